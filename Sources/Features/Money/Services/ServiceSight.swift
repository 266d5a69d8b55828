import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Time

/// Another room's observation of services: whether the decided state is in effect, and when that was seen.
package struct ServiceSight: RoomPart {
    /// A query for `service_id`, `standing` and `seen_at` of the services `s` matching a condition.
    package typealias Statement = @Sendable (_ condition: SQL, _ database: TenantDatabase) -> SQL
    package typealias Show = @Sendable (_ standing: String, _ seenAt: Instant?, Visit) -> Seen?

    package let number: Int
    /// The heading of its column in the list of services.
    let label: Message
    private let statement: Statement
    private let show: Show

    package init(_ number: Int, _ label: Message, _ statement: @escaping Statement, show: @escaping Show) {
        (self.number, self.label, self.statement, self.show) = (number, label, statement, show)
    }

    package struct Seen: Sendable {
        /// Shown in place of the state if that is not in effect yet: a cut that no router has confirmed.
        let mark: Markup?
        /// The same in words, for what stands for all services of a customer.
        let instead: (words: String, tone: Tone)?
        /// It will be what was decided, as soon as the router answers.
        let isAwaited: Bool
        let words: String
        let tone: Tone

        package init(
            instead choice: (any FieldChoice)?, isAwaited: Bool, _ words: String, _ tone: Tone, for reader: Reader
        ) {
            mark = choice.map { Self.mark(of: $0, for: reader) }
            instead = choice.map { ($0.message.text(for: reader), $0.tone) }
            (self.isAwaited, self.words, self.tone) = (isAwaited, words, tone)
        }

        private static func mark(of choice: some FieldChoice, for reader: Reader) -> Markup {
            StateMark(choice, for: reader).body
        }
    }

    /// At most one room observes the network.
    static func first(for visit: Visit) -> ServiceSight? { visit.catalogue.parts(ServiceSight.self).first }

    /// One statement, or none without such a room.
    static func statements(_ condition: SQL, for visit: Visit) -> [SQL] {
        first(for: visit).map { [$0.statement(condition, visit.database)] } ?? []
    }

    /// From its statement's result, if there was one.
    static func seen(_ rows: [Rows], for visit: Visit) throws(DatabaseError) -> [Service.ID: Seen] {
        guard let sight = first(for: visit), let rows = rows.first else { return [:] }
        var all: [Service.ID: Seen] = [:]
        let found: [SeenService] = try rows.read()
        for one in found { all[one.service] = sight.show(one.standing, one.seenAt, visit) }
        return all
    }

    static func seen(_ condition: SQL, for visit: Visit) async throws -> [Service.ID: Seen] {
        let statements = statements(condition, for: visit)
        return try seen(statements.isEmpty ? [] : try await visit.database.batch(statements), for: visit)
    }
}

private struct SeenService: RowReadable {
    let service: Service.ID
    let standing: String
    let seenAt: Instant?

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        standing = try row.read("standing")
        seenAt = try row.read("seen_at")
    }
}

// In the list of services.
extension ServiceRow {
    static func list(for visit: Visit) -> List<ServiceRow> {
        guard let sight = ServiceSight.first(for: visit) else { return list }
        let field = Field<ServiceRow>("network", .line(0...100), sight.label) { row in
            row.seen.map { .text($0.words) } ?? .none
        }
        return list.adding([field.toned { $0.seen?.tone }], after: "state")
    }

    static func seen(_ rows: [ServiceRow], for visit: Visit) async throws -> [ServiceRow] {
        guard !rows.isEmpty else { return [] }
        let seen = try await ServiceSight.seen("s.service_id = ANY (\(rows.map(\.service.id)))", for: visit)
        return rows.map { row in
            var row = row
            row.seen = seen[row.service.id]
            return row
        }
    }
}
