import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A merge of two records of one person. What the duplicate had moves to the other, the account by ledger postings.
/// Undoing moves it back; what came since stays.
package struct CustomerMerge: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CustomerMerge>

    package let id: ID
    package let number: Int
    /// The remaining customer.
    package let customer: Customer.ID
    package let duplicate: Customer.ID
    package let duplicateNumber: Int
    package let duplicateName: String
    /// The duplicate's state before.
    let state: Customer.State
    /// Empty fields that were filled from the duplicate.
    package let filled: [String]
    package let moved: [Moved]
    package let author: String
    package let madeAt: Instant
    package let undoneAt: Instant?
    package let undoneBy: String

    /// The number of moved rows of a kind.
    package struct Moved: Sendable, Equatable {
        package let kind: String
        package let count: Int
    }
}

/// Rows of a room that belong to a customer, and move when the customer is merged into another.
package struct CustomerRows: RoomPart {
    package typealias Hold = @Sendable (Customer.ID, TenantDatabase) async throws -> Void
    package typealias Move = @Sendable (CustomerMove, TenantDatabase) async throws -> [UUID]
    package typealias MoveBack = @Sendable ([UUID], CustomerMove, TenantDatabase) async throws -> Void

    package let number: Int
    /// As stored: "invoices".
    let kind: String
    let words: Message
    /// Locks a customer's rows of this kind against writing until the commit.
    let hold: Hold
    let move: Move
    let moveBack: MoveBack

    package init(
        _ number: Int, _ kind: String, _ words: Message, holding hold: @escaping Hold = { _, _ in },
        move: @escaping Move, moveBack: @escaping MoveBack
    ) {
        (self.number, self.kind, self.words, self.hold) = (number, kind, words, hold)
        (self.move, self.moveBack) = (move, moveBack)
    }

    /// For immutable rows, moved by the database itself: "invoices", "payments".
    package init(_ number: Int, papers: String, _ words: Message, holding hold: @escaping Hold) {
        self.init(
            number, papers, words, holding: hold,
            move: { move, database in
                try await database.movePapers(papers, from: move.from, to: move.to, only: nil)
            },
            moveBack: { ids, move, database in
                _ = try await database.movePapers(papers, from: move.to, to: move.from, only: ids)
            })
    }

    /// For rows with a `customer_id` and a key of their own. `condition` excludes rows that cannot move; it refers to
    /// the table as `r`.
    package init(
        _ number: Int, _ kind: String, _ words: Message, in table: SQL, by key: SQL,
        holding hold: @escaping Hold = { _, _ in },
        where condition: @escaping @Sendable (CustomerMove) -> SQL = { _ in .nothing }
    ) {
        self.init(
            number, kind, words, holding: hold,
            move: { move, database in
                try await database.movedRows(
                    """
                    UPDATE \(table) r SET customer_id = \(move.to)
                    WHERE r.tenant_id = \(database.tenant) AND r.customer_id = \(move.from) \(condition(move))
                    RETURNING r.\(key) AS id
                    """)
            },
            moveBack: { ids, move, database in
                try await database.execute(
                    """
                    UPDATE \(table) r SET customer_id = \(move.from)
                    WHERE r.tenant_id = \(database.tenant) AND r.customer_id = \(move.to) AND r.\(key) = ANY (\(ids))
                    """)
            })
    }
}

/// The move's two records, given to every room. Moving back gets the same two.
package struct CustomerMove: Sendable {
    package let from: Customer.ID
    package let to: Customer.ID
    package let tenant: Tenant
    package let principal: Principal
    package let randomness: Randomness
    /// The description on account statements.
    package let note: String

    package var today: Day { tenant.timeZone.day(at: principal.now) }
}

package enum MergeRefusal: Refusal, MessageCatalogue {
    case sameCustomer, undoneAlready, mergedSince

    package var status: Status { self == .sameCustomer ? .unprocessableContent : .conflict }

    package var code: String {
        switch self {
        case .sameCustomer: "same_customer"
        case .undoneAlready: "merge_undone"
        case .mergedSince: "merged_since"
        }
    }

    package var message: Message {
        switch self {
        case .sameCustomer:
            Message(
                es: "Elija otro cliente: es el mismo registro.",
                en: "Choose another customer: this is the same record.",
                pt: "Escolha outro cliente: é o mesmo registro.")
        case .undoneAlready:
            Message(es: "Ya se separaron.", en: "They were separated already.", pt: "Já foram separados.")
        case .mergedSince:
            Message(
                es: "Este cliente se unió después a otro. Separe primero esa unión.",
                en: "This customer was merged into another since. Undo that first.",
                pt: "Este cliente foi unido depois a outro. Desfaça antes essa união.")
        }
    }
}
