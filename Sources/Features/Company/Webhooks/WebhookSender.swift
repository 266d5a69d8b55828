import Identifiers
import Loop
import Postgres
import Time
import Vault
import WebClient

/// Sends a message to its address and returns the response.
package struct WebhookSender: Sendable {
    let client: HTTPClient
    let egress: Egress
    let trust: WebRequest.Trust
    let vault: Vault
    let deadline: Duration

    /// At most so much of a response is read, and less is kept.
    static let mostRead = 100_000
    private static let mostKept = 2000

    package init(
        client: HTTPClient, egress: Egress, trust: WebRequest.Trust = .system, vault: Vault,
        deadline: Duration = .seconds(20)
    ) {
        self.client = client
        self.egress = egress
        self.trust = trust
        self.vault = vault
        self.deadline = deadline
    }

    /// Ends all requests.
    package func close() async { await client.close() }

    func send(
        _ due: DueDelivery, to webhook: Webhook.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> AttemptResult {
        let headers = try await headers(of: due, to: webhook, at: now, in: database)
        let start = Monotonic.read()
        var result = AttemptResult()
        do {
            let request = WebRequest(
                "POST", due.address, egress: egress, headers: headers, body: .bytes(due.message.body), trust: trust,
                deadline: deadline, bodyLimit: .max)
            try await client.stream(request) { answer in
                result.status = answer.status
                result.retryAfter = Self.retryAfter(answer, at: now)
                result.answer = try await Self.text(of: answer)
            }
        } catch let error as WebError {
            if error == .cancelled { throw CancellationError() }
            // With a status the attempt has a result, whatever broke afterwards.
            result.failure = error.description
        }
        result.took = Monotonic.read() - start
        return result
    }

    private func headers(
        of due: DueDelivery, to webhook: Webhook.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> WebHeaders {
        let field = WebhookSecret.field(of: webhook)
        var sealed = [due.secret]
        if let old = due.oldSecret, let end = due.oldSecretUntil, now < end { sealed.append(old) }
        var secrets: [WebhookSecret] = []
        for sealed in sealed {
            secrets.append(WebhookSecret(bytes: try await vault.open(sealed, for: field, in: database)))
        }
        let (id, body) = (due.message.id, due.message.body)
        return [
            ("Content-Type", "application/json"), ("User-Agent", "Webhooks/1"), ("webhook-id", id),
            ("webhook-timestamp", "\(now.seconds)"),
            ("webhook-signature", secrets.map { $0.signature(of: body, id: id, at: now) }.joined(separator: " ")),
        ].reduce(into: WebHeaders()) { $0.add($1.0, $1.1) }
    }

    private static func text(of answer: WebStream) async throws -> String {
        var kept: [UInt8] = []
        var count = 0
        while count < mostRead, let piece = try await answer.next() {
            count += piece.count
            kept += piece.prefix(mostKept - kept.count)
        }
        // PostgreSQL stores no NUL in text.
        return String(decoding: kept.filter { $0 != 0 }, as: UTF8.self)
    }

    /// Seconds, or a date.
    private static func retryAfter(_ answer: WebStream, at now: Instant) -> Duration? {
        guard let text = answer.headers["retry-after"] else { return nil }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 31_536_000)) }
        return Instant(httpDate: text).map { $0 - now }
    }
}
