import Access
import Declarations
import HTML
import Locale
import Nouns
import Panel
import Postgres

/// What another room saw of services, where it is not yet what was decided: a cut that no router has confirmed.
package struct ServiceSight: RoomPart {
    /// Rows of `service_id` and `standing`, of those of the services `s` that a condition takes.
    package typealias Statement = @Sendable (_ condition: SQL, _ database: TenantDatabase) -> SQL

    package let number: Int
    private let statement: Statement
    private let choice: @Sendable (String) -> (any FieldChoice)?

    package init(
        _ number: Int, _ statement: @escaping Statement,
        standing choice: @escaping @Sendable (String) -> (any FieldChoice)?
    ) {
        (self.number, self.statement, self.choice) = (number, statement, choice)
    }

    /// One statement, or none where no room looks.
    static func statements(_ condition: SQL, for visit: Visit) -> [SQL] {
        visit.catalogue.parts(ServiceSight.self).prefix(1).map { $0.statement(condition, visit.database) }
    }

    /// By what its statement brought, if there was one: what stands in the place of a service's state.
    static func marks(_ rows: [Rows], for visit: Visit) throws(DatabaseError) -> [Service.ID: Markup] {
        guard let sight = visit.catalogue.parts(ServiceSight.self).first, let rows = rows.first else { return [:] }
        var marks: [Service.ID: Markup] = [:]
        let seen: [SeenService] = try rows.read()
        for one in seen {
            marks[one.service] = sight.choice(one.standing).map { mark(of: $0, for: visit.reader) }
        }
        return marks
    }

    private static func mark(of choice: some FieldChoice, for reader: Reader) -> Markup {
        StateMark(choice, for: reader).body
    }

    static func marks(_ condition: SQL, for visit: Visit) async throws -> [Service.ID: Markup] {
        let statements = statements(condition, for: visit)
        return try marks(statements.isEmpty ? [] : try await visit.database.batch(statements), for: visit)
    }
}

private struct SeenService: RowReadable {
    let service: Service.ID
    let standing: String

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        standing = try row.read("standing")
    }
}
