import Access
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Search

/// Customers who have the name, the telephone or the e-mail of one who is about to be added. They are added only by
/// somebody who says that it is another person: in the form with a box, by a program with `distinct`.
struct LikelyDuplicates: ExplainedRefusal {
    let customers: [Customer]

    /// The box or member with which somebody says that it is another person.
    static let field = "distinct"

    var status: Status { .conflict }
    var code: String { "customer_alike" }
    var message: Message { CustomerWords.alike.message }

    func writeMembers(to json: inout JSONWriter, for reader: Reader) {
        json.member("alike", customers.map(\.id.description))
    }

    func notice(for reader: Reader) -> Markup {
        section(.class("notice notice-warn")) {
            p { CustomerWords.alike.text(for: reader) }
            ul {
                for customer in customers {
                    li {
                        a(.href(customer.panelPath)) { "\(customer.name) (\(customer.number))" }
                        [Phone.text(of: customer.phone, in: reader.region), customer.email, customer.address]
                            .filter { !$0.isEmpty }.map { " · \($0)" }.joined()
                    }
                }
            }
            label(.class("choice")) {
                input(.type("checkbox"), .name(Self.field), .value("yes"))
                span { CustomerWords.distinct.text(for: reader) }
            }
        }
    }
}

extension Customer {
    /// The different words of the name, in order: whoever is called the same in another order or without accents is alike.
    package var nameKey: String { Set(SearchText.words(name)).sorted().joined(separator: " ") }

    /// Two customers who share one of these are likely the same person.
    package var likenesses: Set<String> { Set([nameKey, phone, email].filter { !$0.isEmpty }) }
}

extension TenantDatabase {
    /// The customers that are there already and are likely the same person as one of these, a few for each, by the
    /// place of that one. Nobody is alike to themselves.
    package func customers(alike these: [Customer]) async throws(DatabaseError) -> [(place: Int, customer: Customer)] {
        let others: SQL = "customer_id <> given.id AND merged_into IS NULL"
        let found: [AlikeCustomer] = try await rows(
            """
            SELECT given.place, alike.* FROM unnest(
                \(these.map(\.id)), \(these.map(\.nameKey)), \(these.map(\.phone)), \(these.map(\.email)))
                WITH ORDINALITY given(id, name_key, phone, email, place)
            CROSS JOIN LATERAL (
                SELECT \(customerColumns) FROM customers
                WHERE tenant_id = \(tenant) AND name_key = given.name_key AND name_key <> '' AND \(others)
                UNION SELECT \(customerColumns) FROM customers
                WHERE tenant_id = \(tenant) AND phone = given.phone AND phone <> '' AND \(others)
                UNION SELECT \(customerColumns) FROM customers
                WHERE tenant_id = \(tenant) AND email = given.email AND email <> '' AND \(others)
                ORDER BY number LIMIT 5) alike
            ORDER BY given.place, alike.number
            """)
        return found.map { ($0.place - 1, $0.customer) }
    }
}

private struct AlikeCustomer: RowReadable {
    let place: Int
    let customer: Customer

    init(row: Row) throws(DatabaseError) {
        place = try row.read("place")
        customer = try Customer(row: row)
    }
}
