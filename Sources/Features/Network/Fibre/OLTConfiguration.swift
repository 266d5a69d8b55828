import Access
import Events
import FibreProtocol
import Identifiers
import JSON
import Jobs
import Nouns
import Postgres
import Time
import Vault

/// One version of an OLT's configuration, stored encrypted: it may hold passwords.
package struct OLTConfiguration: Sendable, Equatable {
    package typealias ID = Identifiers.ID<OLTConfiguration>

    package let id: ID
    package let olt: OLT.ID
    package let number: Int
    let lines: Int
    let added: Int
    let removed: Int
    let takenAt: Instant

    static func field(_ id: ID) -> SecretField { SecretField("content", of: "olt_configurations", row: id.uuid) }

    static let path = "/panel/olt-configurations"
    var panelPath: String { "\(Self.path)/\(id)" }
}

/// What differs between two configurations, line by line. Lines that only moved do not count.
package struct LineDifference: Sendable, Equatable {
    package let added: [String]
    package let removed: [String]

    package init(from old: String, to new: String) {
        func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
        func without(_ lines: [String], _ others: [String]) -> [String] {
            var left = Dictionary(others.map { ($0, 1) }, uniquingKeysWith: +)
            return lines.filter { line in
                guard let count = left[line], count > 0 else { return true }
                left[line] = count - 1
                return false
            }
        }
        let (old, new) = (lines(old), lines(new))
        (added, removed) = (without(new, old), without(old, new))
    }
}

/// Keeps an OLT's configuration, in its lane.
package struct KeepConfiguration: Job {
    package static let kind = "network.keep-olt-configuration"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(240)
        rules.tenantLimit = 4
        return rules
    }

    package let olt: OLT.ID

    package var key: String? { olt.description }
    package var lane: String? { olt.description }
    package var priority: JobPriority { .whenQuiet }

    package init(_ olt: OLT.ID) { self.olt = olt }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("olt", as: String.self)
        guard let id = OLT.ID(try fields.finish(text)) else { throw .expected("an id", at: pointer.appending("olt")) }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("olt", olt.description) } }

    package func run(in context: JobContext, with acts: FibreActs) async throws {
        let database = context.database
        guard let olt = try await database.olt(olt), acts.keepsConfiguration(of: olt.vendor) else { return }
        let session = try await acts.driver.open(try await acts.target(of: olt, in: database), on: context.loop)
        defer { session.close() }
        let text = Self.settled(try await session.configuration())
        guard !text.isEmpty else { return }
        try await acts.keep(text, of: olt, at: context.now, in: database)
    }

    /// Without what differs at each reading: empty lines, the clock, the words before the text.
    private static func settled(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            var line = line
            while line.last?.isWhitespace == true { line = line.dropLast() }
            return line
        }.filter { line in
            let lower = line.lowercased()
            return !line.isEmpty && !lower.contains("building configuration") && !lower.contains("current time")
        }.joined(separator: "\n")
    }
}

/// Keeps the configurations of all OLTs, each night.
package struct KeepConfigurations: NightlyJob {
    package static let kind = "network.keep-olt-configurations"
    package static let time = "40 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let olts = try await context.database.olts()
        try await context.database.queue(olts.map { KeepConfiguration($0.id) }, at: context.now)
    }
}

extension FibreActs {
    func keepsConfiguration(of vendor: OLTVendor) -> Bool { vendor != .fiberhome }

    /// Asks for a backup now.
    package func keepConfiguration(
        of id: OLT.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> OLT {
        try await database.transaction { database in
            guard let olt = try await database.olt(id) else { throw AccessRefusal.notFound }
            try await database.queue(KeepConfiguration(id), at: principal.now)
            return olt
        }
    }

    /// A new version where it differs from the newest.
    func keep(_ text: String, of olt: OLT, at now: Instant, in database: TenantDatabase) async throws {
        let newest = try await database.oltConfigurations(of: olt.id, limit: 1).first
        var before = ""
        if let newest { before = try await self.text(of: newest.id, in: database) ?? "" }
        let difference = LineDifference(from: before, to: text)
        try await database.transaction { database in
            guard newest == nil || difference.added.count + difference.removed.count > 0 else { return }
            let id = OLTConfiguration.ID.make(milliseconds: now.milliseconds, from: randomness)
            let sealed = try await vault.seal(Array(text.utf8), for: OLTConfiguration.field(id), at: now, in: database)
            // The first differs from nothing.
            let (added, removed) =
                newest == nil ? (0, 0) : (difference.added.count, difference.removed.count)
            try await database.execute(
                """
                INSERT INTO olt_configurations (
                    tenant_id, configuration_id, olt_id, number, content, lines, added, removed, taken_at)
                VALUES (
                    \(database.tenant), \(id), \(olt.id), \((newest?.number ?? 0) + 1), \(sealed),
                    \(Int32(clamping: text.utf8.count { $0 == 0x0A } + 1)), \(Int32(clamping: added)),
                    \(Int32(clamping: removed)), \(now))
                """)
            try await database.announceFibre()
        }
    }

    func text(of id: OLTConfiguration.ID, in database: TenantDatabase) async throws -> String? {
        let sealed: [UInt8]? = try await database.value(
            """
            SELECT content FROM olt_configurations
            WHERE tenant_id = \(database.tenant) AND configuration_id = \(id)
            """)
        guard let sealed else { return nil }
        return String(
            decoding: try await vault.open(sealed, for: OLTConfiguration.field(id), in: database), as: UTF8.self)
    }
}

extension TenantDatabase {
    /// Newest first.
    func oltConfigurations(
        of olt: OLT.ID, below number: Int = .max, limit: Int
    ) async throws(DatabaseError) -> [OLTConfiguration] {
        try await rows(
            """
            SELECT configuration_id, olt_id, number, lines, added, removed, taken_at FROM olt_configurations
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND number < \(number) ORDER BY number DESC LIMIT \(limit)
            """)
    }

    func oltConfiguration(_ id: OLTConfiguration.ID) async throws(DatabaseError) -> OLTConfiguration? {
        try await first(
            """
            SELECT configuration_id, olt_id, number, lines, added, removed, taken_at FROM olt_configurations
            WHERE tenant_id = \(tenant) AND configuration_id = \(id)
            """)
    }
}

extension OLTConfiguration: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("configuration_id")
        olt = try row.read("olt_id")
        number = try row.read("number")
        let (lines, added, removed): (Int32, Int32, Int32) = (
            try row.read("lines"), try row.read("added"), try row.read("removed")
        )
        (self.lines, self.added, self.removed) = (Int(lines), Int(added), Int(removed))
        takenAt = try row.read("taken_at")
    }
}
