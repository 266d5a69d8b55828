import Access
import Events
import HTTP
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Vault
import WebClient

/// Writes what was measured since the last time to the company's address, every two minutes. What could not be written is
/// written later, as far as a day back.
package struct ExportMetrics: Job {
    package static let kind = "network.export-metrics"

    package static var rules: JobRules {
        var rules = JobRules()
        // The next one comes anyway.
        rules.attempts = 1
        rules.tenantLimit = 1
        return rules
    }

    package var key: String? { "all" }
    package var lane: String? { "metrics" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    func run(in context: JobContext, by acts: MetricExportActs) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.export(of: tenant, at: context.now, in: context.database)
    }
}

/// Acts on where a company's measurements go as well.
package struct MetricExportActs: Sendable {
    private let client: HTTPClient
    private let egress: Egress
    private let trust: WebRequest.Trust
    private let vault: Vault

    /// A poll's values are in the database by then.
    static let lag = Duration.seconds(120)
    private static let longestGap = Duration.seconds(86_400)
    /// Written in one go: a request each for so many values.
    private static let batch = 5000
    private static let mostBatches = 40

    package init(_ client: HTTPClient, egress: Egress, trust: WebRequest.Trust = .system, vault: Vault) {
        (self.client, self.egress, self.trust, self.vault) = (client, egress, trust, vault)
    }

    /// Keeps the target. An empty token keeps what there is, at the same address only.
    package func save(
        _ target: MetricTarget, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard (try? egress.check(target.address)) != nil else { throw MetricExportRefusal.addressWrong }
        let token = target.token ?? ""
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw MetricExportRefusal.tokenWrong }
        try await database.transaction { database in
            let company = try await database.lockedTenant()
            let known = try await database.metricTarget(locked: true)
            var kept = target
            (kept.token, kept.sentUntil) = (nil, known?.sentUntil ?? principal.now)
            // What was measured while it was off is not made up for.
            if known?.isOn == false { kept.sentUntil = principal.now }
            var sealed: [UInt8]?
            if known?.address == target.address { sealed = try await database.sealedMetricToken() }
            kept.tokenEnd = sealed == nil ? "" : known?.tokenEnd ?? ""
            if !token.isEmpty {
                sealed = try await vault.seal(
                    Array(token.utf8), for: MetricTarget.field(of: database.tenant), at: principal.now, in: database)
                kept.tokenEnd = String(token.suffix(4))
            }
            let subject = Act.Subject("tenant", database.tenant.uuid, named: company?.name ?? "")
            let act =
                known.map { Act.change(.metricTargetChanged, subject, from: $0.details(), to: kept.details()) }
                ?? Act(.metricTargetChanged, subject, after: kept.details())
            guard act != nil || !token.isEmpty else { return }
            try await database.put(kept, token: sealed)
            try await database.record(
                act ?? Act(.metricTargetChanged, subject), by: principal.actor, at: principal.now)
            if kept.isOn {
                try await database.schedule(
                    ExportMetrics(), named: ExportMetrics.kind, at: "*/2 * * * *", in: tenant.timeZone, catchUp: .skip,
                    from: principal.now)
            } else {
                try await database.unschedule(ExportMetrics.kind)
            }
        }
    }

    package func export(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {
        guard let target = try await database.metricTarget(), target.isOn else {
            try await database.unschedule(ExportMetrics.kind)
            return
        }
        var headers: WebHeaders = ["Content-Type": "text/plain; charset=utf-8"]
        if let sealed = try await database.sealedMetricToken() {
            let token = try await vault.open(sealed, for: MetricTarget.field(of: database.tenant), in: database)
            headers.add("Authorization", "Token \(String(decoding: token, as: UTF8.self))")
        }
        let start = max(target.sentUntil, now - Self.longestGap)
        let end = now - Self.lag
        guard end > start else { return }
        var place: (at: Instant, series: Int)?
        for _ in 0..<Self.mostBatches {
            let samples = try await database.samples(after: start, until: end, behind: place, limit: Self.batch)
            var body: [UInt8] = []
            body.reserveCapacity(samples.count * 96)
            for sample in samples { sample.append(to: &body, company: tenant.slug) }
            if !body.isEmpty, let failure = await send(body, to: target.address, headers) {
                return try await database.noteMetrics(failure: failure, at: now)
            }
            guard samples.count == Self.batch, let last = samples.last else {
                return try await database.noteMetrics(sentUntil: end)
            }
            place = (last.at, last.series)
            // A slow target may end the job at any batch. Values of one moment that are written twice are the same.
            try await database.noteMetrics(sentUntil: max(start, last.at - .milliseconds(1)))
        }
    }

    /// Why it was not taken; nil where it was.
    private func send(_ body: [UInt8], to address: String, _ headers: WebHeaders) async -> String? {
        do {
            let answer = try await client.send(
                WebRequest(
                    "POST", address, egress: egress, headers: headers, body: .bytes(body), trust: trust,
                    deadline: .seconds(30), bodyLimit: 64 << 10))
            guard !(200..<300).contains(answer.status) else { return nil }
            let said = String(decoding: answer.body.prefix(600).filter { $0 != 0 }, as: UTF8.self)
            return "\(answer.status) \(said.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
                .prefix(scalars: 300)
        } catch {
            return "\(error)".prefix(scalars: 300)
        }
    }
}

package enum MetricExportRefusal: Refusal, MessageCatalogue, Equatable {
    case addressWrong, tokenWrong

    package var status: Status { .unprocessableContent }

    package var code: String {
        switch self {
        case .addressWrong: "address_wrong"
        case .tokenWrong: "token_wrong"
        }
    }

    var field: String { self == .addressWrong ? "export_address" : "export_token" }

    package var message: Message {
        switch self {
        case .addressWrong:
            Message(
                es: "Escriba una dirección pública que empiece con https://.",
                tu: "Escribe una dirección pública que empiece con https://.",
                vos: "Escribí una dirección pública que empiece con https://.",
                en: "Write a public address that begins with https://.",
                pt: "Escreva um endereço público que comece com https://.")
        case .tokenWrong:
            Message(
                es: "El token tiene letras y números, sin espacios.",
                en: "The token is letters and digits, without blanks.", pt: "O token tem letras e números, sem espaços."
            )
        }
    }
}
