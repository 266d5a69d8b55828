import Access
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Search

/// Existing customers with the same name, telephone or e-mail as a new one. The new one is only added when declared to
/// be another person: by a box in the form, or with `distinct` in the API.
struct LikelyDuplicates: ExplainedRefusal {
    let customers: [Customer]

    /// The box or member that declares another person.
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
    /// The name's distinct words, sorted, so that order and accents do not matter.
    package var nameKey: String { Set(SearchText.words(name)).sorted().joined(separator: " ") }

    /// Two customers who share one of these are likely the same person.
    package var likenesses: Set<String> { Set([nameKey, phone, email].filter { !$0.isEmpty }) }
}

extension TenantDatabase {
    /// Existing customers who are likely the same person as one of these, a few for each, by its index. A customer is
    /// not their own duplicate.
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
