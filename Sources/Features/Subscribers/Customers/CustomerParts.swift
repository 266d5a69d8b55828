import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres

/// A room's part of a customer's pages, for holders of its permission. All of a page's statements are run in one round
/// trip, so a part provides its statements and builds its content from their results.
package struct CustomerPart<Content: Sendable>: RoomPart {
    package let number: Int
    let permission: Permission
    let statements: @Sendable (Visit, Customer) -> [SQL]
    let content: @Sendable ([Rows], Visit, Customer) throws -> Content

    package init(
        _ number: Int, for permission: Permission,
        reading statements: @escaping @Sendable (Visit, Customer) -> [SQL] = { _, _ in [] },
        _ content: @escaping @Sendable ([Rows], Visit, Customer) throws -> Content
    ) {
        (self.number, self.permission) = (number, permission)
        (self.statements, self.content) = (statements, content)
    }
}

/// A fact in the heading of a customer's pages, such as the debt.
package struct CustomerFact: Sendable {
    let name: String
    let value: String
    let tone: Tone
    let path: String?

    package init(_ name: String, _ value: String, _ tone: Tone = .quiet, at path: String? = nil) {
        (self.name, self.value, self.tone, self.path) = (name, value, tone, path)
    }
}

/// An action in the heading of a customer's pages, and in the bottom bar on a phone.
package struct CustomerAct: Sendable {
    package enum Style: Sendable { case primary, plain, danger }

    let text: String
    let path: String
    let style: Style
    let icon: Icon?
    let key: String?
    let isAsked: Bool

    /// `key` is its shortcut. An act with a confirmation opens as a dialog with scripts.
    package init(
        _ text: String, at path: String, _ style: Style = .plain, icon: Icon? = nil, key: String? = nil,
        asked isAsked: Bool = false
    ) {
        (self.text, self.path, self.style) = (text, path, style)
        (self.icon, self.key, self.isAsked) = (icon, key, isAsked)
    }
}

/// A card on a customer's first page: work in the wide column, reference beside it.
package struct CustomerCard: Sendable {
    package enum Column: Sendable { case wide, side }

    let title: String
    let column: Column
    let content: Markup

    package init(_ title: String, in column: Column, @MarkupBuilder content: () -> Markup) {
        (self.title, self.column, self.content) = (title, column, content())
    }
}

package typealias CustomerFacts = CustomerPart<[CustomerFact]>
package typealias CustomerActs = CustomerPart<[CustomerAct]>
package typealias CustomerCards = CustomerPart<CustomerCard?>

/// A forecast about customers that no statement can express, such as the day of the next cut. Shown in the heading of a
/// customer's pages and as a column of the list, for holders of its permission.
package struct CustomerOutlook: RoomPart {
    package let number: Int
    let permission: Permission
    let name: String
    let kind: FieldKind
    let label: Message
    /// A condition on the customer `c`: whether there is anything to compute, which for most there is not.
    let condition: @Sendable (Visit) -> SQL
    let find: @Sendable (Visit, [Customer.ID]) async throws -> [Customer.ID: Sight]

    package struct Sight: Sendable {
        let value: FieldValue
        let tone: Tone
        /// The page that explains it.
        let path: String

        package init(_ value: FieldValue, _ tone: Tone, at path: String) {
            (self.value, self.tone, self.path) = (value, tone, path)
        }
    }

    package init(
        _ number: Int, for permission: Permission, _ name: String, _ kind: FieldKind, _ label: Message,
        where condition: @escaping @Sendable (Visit) -> SQL,
        _ find: @escaping @Sendable (Visit, [Customer.ID]) async throws -> [Customer.ID: Sight]
    ) {
        (self.number, self.permission, self.name) = (number, permission, name)
        (self.kind, self.label, self.condition, self.find) = (kind, label, condition, find)
    }
}

/// What stands in the place of customers' state: what was decided of their services is not so yet, or not known to be.
package struct CustomerStandings: RoomPart {
    package typealias Find =
        @Sendable (Visit, [Customer.ID]) async throws -> [Customer.ID: (words: String, tone: Tone)]

    package let number: Int
    let permission: Permission
    let find: Find

    package init(_ number: Int, for permission: Permission, _ find: @escaping Find) {
        (self.number, self.permission, self.find) = (number, permission, find)
    }

    /// Of those whose state says how their services are.
    static func find(
        of customers: [Customer], for visit: Visit
    ) async throws -> [Customer.ID: (words: String, tone: Tone)] {
        let asked = customers.filter { [.active, .courtesy, .suspended].contains($0.state) }.map(\.id)
        guard !asked.isEmpty else { return [:] }
        for part in visit.catalogue.parts(CustomerStandings.self) where visit.may(part.permission) {
            return try await part.find(visit, asked)
        }
        return [:]
    }
}

/// A room's list from which customers are opened: their pages lead back to it.
package struct CustomersFrom: RoomPart {
    package let number = 0
    let word: String
    let words: Message
    private let list: String
    private let tab: String

    static let field = "from"

    /// `tab` is the page of a customer that the list opens.
    package init(_ word: String, _ words: Message, at list: String, opening tab: String) {
        (self.word, self.words, self.list, self.tab) = (word, words, list, tab)
    }

    package func path(of customer: Customer.ID) -> String {
        "\(Customer.list.path)/\(customer)\(tab)?\(Self.field)=\(word)"
    }

    static func crumb(for visit: Visit) -> Crumb? {
        guard let word = visit.request.query[field] else { return nil }
        return visit.catalogue.parts(CustomersFrom.self).first { $0.word == word }.map {
            Crumb($0.words.text(for: visit.reader), path: $0.list)
        }
    }
}

extension Visit {
    var customerOutlooks: [CustomerOutlook] { catalogue.parts(CustomerOutlook.self).filter { may($0.permission) } }
}

/// A customer's nouns, such as payments: their events are in the customer's timeline, linked to their pages.
package struct CustomerNouns: RoomPart {
    package let number = 0
    /// The path of their pages, to which the id is appended; nil without pages.
    let path: String?
    let permission: Permission
    let ids: @Sendable (TenantDatabase, Customer.ID) -> SQL

    /// `ids` is a query whose two columns are ids and `path` as text.
    package init(
        at path: String?, for permission: Permission, _ ids: @escaping @Sendable (TenantDatabase, Customer.ID) -> SQL
    ) {
        (self.path, self.permission, self.ids) = (path, permission, ids)
    }
}

/// Collects parts of several kinds, to read them together.
struct CustomerReading {
    let visit: Visit
    let customer: Customer
    private(set) var statements: [SQL] = []

    init(_ customer: Customer, for visit: Visit) { (self.customer, self.visit) = (customer, visit) }

    /// Adds the outlooks' statements; the returned closure computes them from the results.
    mutating func takeOutlooks() -> @Sendable ([Rows]) async throws -> [CustomerFact] {
        var taken: [(outlook: CustomerOutlook, place: Int)] = []
        for outlook in visit.customerOutlooks {
            taken.append((outlook, statements.count))
            statements.append(
                """
                SELECT c.customer_id FROM customers c
                WHERE c.tenant_id = \(visit.database.tenant) AND c.customer_id = \(customer.id)
                    AND \(outlook.condition(visit))
                """)
        }
        return { [taken, visit, customer] rows in
            var facts: [CustomerFact] = []
            for (outlook, place) in taken where rows[place].first != nil {
                guard let sight = try await outlook.find(visit, [customer.id])[customer.id] else { continue }
                facts.append(
                    CustomerFact(
                        outlook.label.text(for: visit.reader), outlook.kind.text(of: sight.value, for: visit.reader),
                        sight.tone, at: sight.path))
            }
            return facts
        }
    }

    /// Adds the statements of all parts of this kind; the returned closure builds their contents from the results.
    mutating func take<Content>(
        _ kind: CustomerPart<Content>.Type
    ) -> @Sendable ([Rows]) throws -> [Content] {
        var taken: [(part: CustomerPart<Content>, place: Range<Int>)] = []
        for part in visit.catalogue.parts(kind) where visit.may(part.permission) {
            let first = statements.count
            statements += part.statements(visit, customer)
            taken.append((part, first..<statements.count))
        }
        return { [taken, visit, customer] rows in
            try taken.map { try $0.part.content(Array(rows[$0.place]), visit, customer) }
        }
    }
}
