import Identifiers
import JSON
import Jobs
import Postgres
import Time

/// Aligns one OLT with the desired state, and reads which ONUs ask to be registered: with all of its ports, or with those
/// of ONUs without a current proof. The OLT's lane lets one worker at a time in.
package struct AlignOLT: Job {
    package static let kind = "network.align-olt"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(240)
        // A company with many dead OLTs leaves capacity for the others.
        rules.tenantLimit = 8
        return rules
    }

    package let olt: OLT.ID
    package let isWhole: Bool

    package var key: String? { isWhole ? "\(olt):whole" : olt.description }
    package var lane: String? { olt.description }
    package var priority: JobPriority { isWhole ? .whenQuiet : .urgent }

    package init(_ olt: OLT.ID, isWhole: Bool = false) { (self.olt, self.isWhole) = (olt, isWhole) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("olt", as: String.self)
        let isWhole = fields.required("whole", as: Bool.self)
        let values = try fields.finish(text, isWhole)
        guard let id = OLT.ID(values.0) else { throw .expected("an id", at: pointer.appending("olt")) }
        self.init(id, isWhole: values.1)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("olt", olt.description)
            json.member("whole", isWhole)
        }
    }

    /// Ends the job in the same transaction that queues the next alignment, where one is needed.
    package func run(in context: JobContext, with acts: FibreActs) async throws {
        let alignment = OLTAlignment(
            olt: olt, isWhole: isWhole, acts: acts, database: context.database, time: context.time,
            randomness: context.randomness, loop: context.loop)
        guard let next = try await alignment.run() else { return }
        try await context.database.transaction { database in
            try await database.queue(AlignOLT(olt, isWhole: next.isWhole), at: max(next.at, context.now))
            try await context.complete(in: database)
        }
    }
}

/// Reads all OLTs of a company every five minutes.
package struct WatchOLTs: Job {
    package static let kind = "network.watch-olts"
    package static var rules: JobRules {
        var rules = JobRules()
        // The next one comes anyway.
        rules.attempts = 1
        rules.tenantLimit = 1
        return rules
    }

    /// How long commands are kept.
    private static let keeping = Duration.seconds(180 * 86_400)

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: "*/5 * * * *", in: zone, catchUp: .skip, from: now)
    }

    package func run(in context: JobContext) async throws {
        let (database, now) = (context.database, context.now)
        let olts = try await database.olts()
        guard !olts.isEmpty else {
            try await database.unschedule(Self.kind)
            return
        }
        try await database.queue(olts.map { AlignOLT($0.id, isWhole: true) }, at: now)
        try await database.execute(
            """
            DELETE FROM olt_commands
            WHERE tenant_id = \(database.tenant) AND olt_id = ANY (\(olts.map(\.id))) AND sent_at < \(now - Self.keeping)
            """)
    }
}
