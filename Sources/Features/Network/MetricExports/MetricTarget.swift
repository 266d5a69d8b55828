import Events
import Identifiers
import JSON
import Nouns
import Postgres
import Time
import Vault

/// Where a company's measurements are written as well: an address that takes InfluxDB's line protocol.
package struct MetricTarget: Sendable, Equatable {
    package var isOn = true
    package var address = ""
    /// A token just typed; the stored one is sealed and never read back here.
    package var token: String?
    package internal(set) var tokenEnd = ""
    package internal(set) var sentUntil = Instant(seconds: 0)
    package internal(set) var failure: String?
    package internal(set) var failedAt: Instant?

    package init() {}

    static func field(of tenant: TenantID) -> SecretField {
        SecretField("token", of: "metric_targets", row: tenant.uuid)
    }
}

extension MetricTarget: Fielded {
    package static let noun = "MetricTarget"

    package static let fields: [Field<MetricTarget>] = [
        .flag("export_on", \.isOn, MetricExportWords.isOn.message),
        .line("export_address", \.address, 1...300, MetricExportWords.address.message).hint(
            MetricExportWords.addressHint.message),
        .secret("export_token", \.token, upTo: 200, MetricExportWords.token.message).hint(
            MetricExportWords.tokenHint.message),
    ]
}

extension MetricTarget: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension TenantDatabase {
    func metricTarget(locked: Bool = false) async throws(DatabaseError) -> MetricTarget? {
        try await first(
            """
            SELECT is_on, address, token_end, sent_until, failure, failed_at FROM metric_targets
            WHERE tenant_id = \(tenant) \(locked ? .forUpdate(of: "metric_targets") : .nothing)
            """)
    }

    func sealedMetricToken() async throws(DatabaseError) -> [UInt8]? {
        let token: [UInt8]?? = try await value("SELECT token FROM metric_targets WHERE tenant_id = \(tenant)")
        return token ?? nil
    }

    func put(_ target: MetricTarget, token: [UInt8]?) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO metric_targets (tenant_id, is_on, address, token, token_end, sent_until)
            VALUES (
                \(tenant), \(target.isOn), \(target.address), \(token), \(target.tokenEnd), \(target.sentUntil))
            ON CONFLICT (tenant_id) DO UPDATE SET is_on = excluded.is_on, address = excluded.address,
                token = excluded.token, token_end = excluded.token_end, sent_until = excluded.sent_until,
                failure = NULL, failed_at = NULL
            """)
    }

    func noteMetrics(sentUntil moment: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE metric_targets SET sent_until = \(moment), failure = NULL, failed_at = NULL
            WHERE tenant_id = \(tenant)
            """)
    }

    func noteMetrics(failure: String, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE metric_targets SET failure = \(failure), failed_at = \(now) WHERE tenant_id = \(tenant)
            """)
    }

    /// What was measured in a time, by moment and device, behind a place.
    func samples(
        after start: Instant, until end: Instant, behind place: (at: Instant, series: Int)?, limit: Int
    ) async throws(DatabaseError) -> [ExportedSample] {
        let behind: SQL = place.map { "AND (x.at, x.series_id) > (\($0.at), \($0.series))" } ?? .nothing
        return try await rows(
            """
            SELECT x.at, x.series_id, x.value, s.metric, s.interface, d.name, d.kind FROM samples x
            JOIN sample_series s ON s.tenant_id = \(tenant) AND s.series_id = x.series_id
            JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = s.device_id
            WHERE x.tenant_id = \(tenant) AND x.at > \(start) AND x.at <= \(end) \(behind)
            ORDER BY x.at, x.series_id LIMIT \(limit)
            """)
    }
}

extension MetricTarget: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        address = try row.read("address")
        tokenEnd = try row.read("token_end")
        sentUntil = try row.read("sent_until")
        failure = try row.read("failure")
        failedAt = try row.read("failed_at")
    }
}

struct ExportedSample: RowReadable, Sendable {
    let at: Instant
    let series: Int
    let value: Int
    let metric: String
    let interface: String
    let device: String
    let kind: String

    init(row: Row) throws(DatabaseError) {
        (at, series, value) = (try row.read("at"), try row.read("series_id"), try row.read("value"))
        (metric, interface) = (try row.read("metric"), try row.read("interface"))
        (device, kind) = (try row.read("name"), try row.read("kind"))
    }

    init(at: Instant, value: Int, metric: String, interface: String = "", device: String, kind: String) {
        (self.at, self.value, self.metric, self.interface) = (at, value, metric, interface)
        (self.device, self.kind, series) = (device, kind, 0)
    }

    /// As InfluxDB's line protocol has it: `mastil,company=norte,device=Sector\ 1,kind=access_point signal=-61i 17…`.
    func append(to bytes: inout [UInt8], company: String) {
        bytes += "mastil,company=".utf8
        Self.tag(company, &bytes)
        bytes += ",device=".utf8
        Self.tag(device, &bytes)
        bytes += ",kind=".utf8
        Self.tag(kind, &bytes)
        if !interface.isEmpty {
            bytes += ",interface=".utf8
            Self.tag(interface, &bytes)
        }
        bytes += " \(metric)=\(value)i \(at.microseconds)000\n".utf8
    }

    /// Blanks, commas and equal signs behind a backslash; control characters, which would end the line, as blanks.
    private static func tag(_ text: String, _ bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "="): bytes += [UInt8(ascii: "\\"), byte]
            case ..<0x20, 0x7F: bytes += [UInt8(ascii: "\\"), UInt8(ascii: " ")]
            // At the end it would take the sign behind it along.
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "/"))
            default: bytes.append(byte)
            }
        }
    }
}
