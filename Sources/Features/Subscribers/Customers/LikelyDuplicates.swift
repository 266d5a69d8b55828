import HTML
import Locale
import Nouns
import Postgres
import Search

/// Customers who have the name, the telephone or the e-mail of one who is about to be added. Thrown to ask first.
struct LikelyDuplicates: Error {
    let customers: [Customer]

    /// The box with which somebody says that it is another person.
    static let field = "distinct"
    private static let most = 5

    static func check(_ new: Customer, for reader: Reader, in database: TenantDatabase) async throws {
        let found = try await others(like: new, for: reader, in: database)
        guard found.isEmpty else { throw LikelyDuplicates(customers: found) }
    }

    static func others(
        like one: Customer, for reader: Reader, in database: TenantDatabase
    ) async throws -> [Customer] {
        var found: [Customer] = []
        for text in [one.phone, one.email, one.name] {
            for customer in try await database.customers(foundBy: SearchQuery(text, in: reader.region), limit: 20)
            where customer.isLike(one, in: reader.region) && customer.id != one.id
                && !found.contains(where: { $0.id == customer.id })
            {
                found.append(customer)
            }
        }
        return Array(found.prefix(most))
    }

    func notice(for reader: Reader) -> Markup {
        section(.class("notice notice-warn")) {
            p { CustomerWords.alike.text(for: reader) }
            ul {
                for customer in customers {
                    li {
                        a(.href("\(Customer.list.path)/\(customer.id)")) { "\(customer.name) (\(customer.number))" }
                        [customer.phone, customer.email, customer.address].filter { !$0.isEmpty }
                            .map { " · \($0)" }.joined()
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
    fileprivate func isLike(_ other: Customer, in region: Region) -> Bool {
        let hasPhone = !phone.isEmpty && Self.comparable(phone, in: region) == Self.comparable(other.phone, in: region)
        let hasEmail = !email.isEmpty && email == other.email
        return hasPhone || hasEmail || Set(SearchText.words(name)) == Set(SearchText.words(other.name))
    }

    /// The digits, where the text is no number of a plan that we know.
    private static func comparable(_ phone: String, in region: Region) -> String {
        (try? Phone(typed: phone, in: region))?.e164 ?? String(phone.filter(\.isNumber))
    }
}

extension TenantDatabase {
    fileprivate func customers(foundBy query: SearchQuery, limit: Int) async throws(DatabaseError) -> [Customer] {
        guard !query.isEmpty else { return [] }
        let found = matching(query, .customer, number: "number", beyond: nil, limit: limit)
        return try await rows(
            "SELECT \(customerColumns) FROM customers WHERE tenant_id = \(tenant) \(found) ORDER BY number LIMIT \(limit)"
        )
    }
}
