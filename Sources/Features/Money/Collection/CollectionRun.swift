import Access
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// One run of collection: una corrida.
package struct CollectionRun: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CollectionRun>

    package let id: ID
    package let number: Int
    package let day: Day
    /// The only stage it runs; nil for all.
    package let stage: Stage?
    package let isScheduled: Bool
    package let state: State
    /// Cuts of the whole day, earlier runs included.
    package let toCut: Int
    package let inService: Int
    package let most: Int
    /// The number of cuts that a person confirmed, valid for that day and policy version.
    package let confirmed: Confirmation?
    /// Customers for whom a step was refused.
    package let leftOut: Int
    package let cuts: Int
    package let messages: Int
    package let withoutChannel: Int
    package let authorID: UUID?
    package let author: String
    package let madeAt: Instant
    package let stoppedAt: Instant?
    package let decider: String
    package let endedAt: Instant?

    package struct Confirmation: Sendable, Equatable {
        package let cuts: Int
        package let policyVersion: Int
    }

    package enum State: String, FieldChoice {
        case running, waiting, confirmed
        case calledOff = "called_off"
        case done

        package var message: Message {
            switch self {
            case .running: Message(es: "En curso", en: "Running", pt: "Em curso")
            case .waiting: Message(es: "Detenida", en: "Stopped", pt: "Parada")
            case .confirmed: Message(es: "Confirmada", en: "Confirmed", pt: "Confirmada")
            case .calledOff: Message(es: "Cancelada", en: "Called off", pt: "Cancelada")
            case .done: Message(es: "Terminada", en: "Done", pt: "Terminada")
            }
        }

        package var tone: Tone {
            switch self {
            case .running, .confirmed: .warning
            case .waiting: .bad
            case .calledOff: .quiet
            case .done: .good
            }
        }
    }
}

extension TenantDatabase {
    private var runSelection: SQL {
        """
        SELECT r.run_id, r.number, r.day, r.stage, r.is_scheduled, r.state, r.to_cut, r.in_service, r.most, r.cut_count,
            r.messages, r.without_channel, r.author_id, r.author, r.made_at, r.stopped_at, r.decider, r.ended_at,
            r.confirmed_cuts, r.policy_version, r.left_out
        FROM collection_runs r WHERE r.tenant_id = \(tenant)
        """
    }

    package func collectionRun(_ id: CollectionRun.ID) async throws(DatabaseError) -> CollectionRun? {
        try await first("\(runSelection) AND r.run_id = \(id)")
    }

    func scheduledRun(on day: Day) async throws(DatabaseError) -> CollectionRun? {
        try await first("\(runSelection) AND r.is_scheduled AND r.day = \(day)")
    }

    /// Newest first.
    package func collectionRuns(limit: Int) async throws(DatabaseError) -> [CollectionRun] {
        try await rows("\(runSelection) ORDER BY r.number DESC LIMIT \(limit)")
    }

    /// In order of number, for programs.
    func collectionRuns(after number: Int, limit: Int) async throws(DatabaseError) -> [CollectionRun] {
        try await rows("\(runSelection) AND r.number > \(number) ORDER BY r.number LIMIT \(limit)")
    }

    /// A concurrent process may start the day's run too; the first one stays.
    func insertRun(
        _ id: CollectionRun.ID, on day: Day, stage: Stage?, isScheduled: Bool, by principal: Principal
    ) async throws(DatabaseError) {
        let number = try await takeCollectionNumber(of: "collection_run")
        try await execute(
            """
            INSERT INTO collection_runs (
                tenant_id, run_id, number, day, stage, is_scheduled, state, author_id, author, made_at)
            VALUES (
                \(tenant), \(id), \(number), \(day), \(stage?.rawValue ?? ""), \(isScheduled), 'running',
                \(isScheduled ? nil : principal.actor.id), \(principal.actor.name), \(principal.now))
            ON CONFLICT DO NOTHING
            """)
    }

    /// The fuse for all cuts of a day, of whatever run and reason.
    func fuse(on day: Day) async throws(DatabaseError) -> (fuse: Fuse, cutBefore: Int) {
        let results = try await batch([
            "SELECT count(*) AS count FROM services s WHERE s.tenant_id = \(tenant) AND s.state = 'active'",
            """
            SELECT count(*) AS count FROM collection_steps d
            WHERE d.tenant_id = \(tenant) AND d.run_id IS NOT NULL AND d.stage IN ('cut', 'fraud', 'days_over') AND d.day = \(day)
            """,
            """
            SELECT sum(r.cut_count)::bigint AS count FROM collection_runs r
            WHERE r.tenant_id = \(tenant) AND r.state = 'done' AND r.cut_count > 0 AND r.day < \(day)
            GROUP BY r.day ORDER BY r.day DESC LIMIT 3
            """,
        ])
        let cutBefore: Int = try results[1].first?.read("count") ?? 0
        var earlier: [Int] = []
        for row in results[2] { earlier.append(try row.read("count")) }
        return (Fuse(inService: (try results[0].first?.read("count") ?? 0) + cutBefore, earlier: earlier), cutBefore)
    }

    func note(
        _ fuse: Fuse, toCut: Int, under version: Int, stopsAt moment: Instant?, _ id: CollectionRun.ID
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_runs SET to_cut = \(Int32(clamping: toCut)),
                in_service = \(Int32(clamping: fuse.inService)), most = \(Int32(clamping: fuse.most)),
                policy_version = \(version), stopped_at = \(moment),
                state = CASE WHEN \(moment)::timestamptz IS NULL THEN state ELSE 'waiting' END
            WHERE tenant_id = \(tenant) AND run_id = \(id)
            """)
    }

    func noteLeftOut(_ customers: Int, _ id: CollectionRun.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_runs SET left_out = \(Int32(clamping: customers))
            WHERE tenant_id = \(tenant) AND run_id = \(id)
            """)
    }

    func decide(
        _ id: CollectionRun.ID, _ state: CollectionRun.State, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_runs SET state = \(state.rawValue), decider_id = \(principal.actor.id),
                decider = \(principal.actor.name), decided_at = \(principal.now), confirmed_cuts = to_cut
            WHERE tenant_id = \(tenant) AND run_id = \(id) AND state = 'waiting'
            """)
    }

    /// Cancels waiting runs, whose customers a newer run looks at.
    func callOffOlderRuns(than id: CollectionRun.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_runs SET state = 'called_off', decider = 'mastil', decided_at = \(now)
            WHERE tenant_id = \(tenant) AND run_id <> \(id) AND state = 'waiting'
            """)
    }

    func end(_ id: CollectionRun.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_runs r SET state = 'done', ended_at = \(now), cut_count = g.cut_count, messages = g.messages,
                without_channel = g.without_channel
            FROM (
                SELECT count(*) FILTER (WHERE d.stage IN ('cut', 'fraud', 'days_over')) AS cut_count,
                    count(*) FILTER (WHERE d.outcome = 'sent') AS messages,
                    count(*) FILTER (WHERE d.outcome = 'no_channel') AS without_channel
                FROM collection_steps d WHERE d.tenant_id = \(tenant) AND d.run_id = \(id)) g
            WHERE r.tenant_id = \(tenant) AND r.run_id = \(id)
            """)
    }
}

extension CollectionRun: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (word, stage): (String, String) = (try row.read("state"), try row.read("stage"))
        guard let state = State(rawValue: word) else { throw .wrongColumn("A run is \(word)") }
        func number(_ name: StaticString) throws(DatabaseError) -> Int {
            let number: Int32 = try row.read(name)
            return Int(number)
        }
        let (confirmed, version): (Int32?, Int?) = (try row.read("confirmed_cuts"), try row.read("policy_version"))
        self.init(
            id: try row.read("run_id"), number: try row.read("number"), day: try row.read("day"),
            stage: Stage(rawValue: stage), isScheduled: try row.read("is_scheduled"), state: state,
            toCut: try number("to_cut"), inService: try number("in_service"), most: try number("most"),
            confirmed: confirmed.map { Confirmation(cuts: Int($0), policyVersion: version ?? 0) },
            leftOut: try number("left_out"),
            cuts: try number("cut_count"), messages: try number("messages"),
            withoutChannel: try number("without_channel"), authorID: try row.read("author_id"),
            author: try row.read("author"), madeAt: try row.read("made_at"), stoppedAt: try row.read("stopped_at"),
            decider: try row.read("decider"), endedAt: try row.read("ended_at"))
    }
}
