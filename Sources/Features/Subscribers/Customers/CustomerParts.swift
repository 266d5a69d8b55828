import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Postgres

/// What a room above shows of a customer, to those who hold its permission. All that a page shows is read in one round
/// trip: a part says what it reads, and makes its content of the answers.
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

/// In the head of every page about a customer: what they owe.
package struct CustomerFact: Sendable {
    let name: String
    let value: String
    let tone: Tone
    let path: String?

    package init(_ name: String, _ value: String, _ tone: Tone = .quiet, at path: String? = nil) {
        (self.name, self.value, self.tone, self.path) = (name, value, tone, path)
    }
}

/// A button in the head of every page about a customer, and at the foot of a phone's screen.
package struct CustomerAct: Sendable {
    package enum Style: Sendable { case primary, plain, danger }

    let text: String
    let path: String
    let style: Style
    let icon: Icon?
    let key: String?
    let isAsked: Bool

    /// `key` presses it. One that is asked about opens as a dialog, where scripts run.
    package init(
        _ text: String, at path: String, _ style: Style = .plain, icon: Icon? = nil, key: String? = nil,
        asked isAsked: Bool = false
    ) {
        (self.text, self.path, self.style) = (text, path, style)
        (self.icon, self.key, self.isAsked) = (icon, key, isAsked)
    }
}

/// On a customer's first page: in the wide column what is worked with, beside it what is looked up.
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

/// What a room above works out about customers where no statement can, such as the day of the next cut. It stands in the
/// head of a customer's pages and is a column of the list, for those who hold its permission.
package struct CustomerOutlook: RoomPart {
    package let number: Int
    let permission: Permission
    let name: String
    let kind: FieldKind
    let label: Message
    /// Of the customer `c`, whether there may be anything to work out: most have nothing, and cost nothing.
    let condition: @Sendable (Visit) -> SQL
    let find: @Sendable (Visit, [Customer.ID]) async throws -> [Customer.ID: Sight]

    package struct Sight: Sendable {
        let value: FieldValue
        let tone: Tone
        /// To the page that says why.
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

extension Visit {
    var customerOutlooks: [CustomerOutlook] { catalogue.parts(CustomerOutlook.self).filter { may($0.permission) } }
}

/// Nouns that belong to a customer, such as payments: what happened to them stands in the customer's timeline, and leads
/// to their pages.
package struct CustomerNouns: RoomPart {
    package let number = 0
    /// Its pages are at this path with an id behind it; nil where it has none.
    let path: String?
    let permission: Permission
    let ids: @Sendable (TenantDatabase, Customer.ID) -> SQL

    /// `ids` selects two columns: the ids, and this path as text is added to them.
    package init(
        at path: String?, for permission: Permission, _ ids: @escaping @Sendable (TenantDatabase, Customer.ID) -> SQL
    ) {
        (self.path, self.permission, self.ids) = (path, permission, ids)
    }
}

/// Parts of several kinds, read together.
struct CustomerReading {
    let visit: Visit
    let customer: Customer
    private(set) var statements: [SQL] = []

    init(_ customer: Customer, for visit: Visit) { (self.customer, self.visit) = (customer, visit) }

    /// What is to come for the customer; what it returns works it out of the answers.
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

    /// Takes up the statements of all parts of this kind; what it returns makes the contents of the answers.
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
