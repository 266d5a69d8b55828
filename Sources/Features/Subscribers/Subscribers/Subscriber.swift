import Customers
import Events
import Identifiers
import Identity
import Locale
import Postgres
import Time

/// A customer in the portal, with contact data.
package struct Subscriber: Sendable, Equatable {
    package let id: Customer.ID
    package let number: Int
    package let name: String
    package let email: String
    package let phone: String
    /// Entered by the subscriber, and not yet confirmed by the ISP.
    package let phoneIsClaimed: Bool
    package let address: String
    package let neighbourhood: String
    package let state: Customer.State
    package let since: Day

    package var subject: Act.Subject { Act.Subject("customer", id.uuid, named: "\(name) (\(number))") }
}

extension Subscriber: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        email = try row.read("email")
        phone = try row.read("phone")
        phoneIsClaimed = try row.read("phone_is_claimed")
        address = try row.read("address")
        neighbourhood = try row.read("neighbourhood")
        let word: String = try row.read("state")
        guard let known = Customer.State(rawValue: word) else { throw .wrongColumn("A customer's state is '\(word)'") }
        state = known
        since = try row.read("since")
    }
}

/// The e-mail or telephone number typed for signing in.
package enum Contact: Sendable, Equatable {
    case email(String)
    /// E.164.
    case phone(String)

    package init?(_ text: String, in region: Region) {
        if text.utf8.contains(UInt8(ascii: "@")) {
            guard let email = EmailAddress.normalised(text) else { return nil }
            self = .email(email)
        } else {
            guard let phone = try? Phone(typed: text, in: region) else { return nil }
            self = .phone(phone.e164)
        }
    }

    /// As stored with a code.
    init(stored: String) {
        self = stored.utf8.contains(UInt8(ascii: "@")) ? .email(stored) : .phone(stored)
    }

    package var text: String {
        switch self {
        case .email(let text), .phone(let text): text
        }
    }

    /// Selects the contact's customers.
    var condition: SQL {
        switch self {
        case .email(let email): "email = \(email)"
        case .phone(let e164): "phone = \(e164) AND phone <> '' AND NOT phone_is_claimed"
        }
    }
}

extension TenantDatabase {
    package func subscriber(_ id: Customer.ID, locked: Bool = false) async throws(DatabaseError) -> Subscriber? {
        try await first(
            """
            SELECT customer_id, number, name, email, phone, phone_is_claimed, address, neighbourhood, state, since
            FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(id) \(locked ? .forUpdate(of: "customers") : .nothing)
            """)
    }

    /// Few, even for a shared mailbox. A merged customer's old address leads to the remaining one.
    func subscribers(known contact: Contact) async throws(DatabaseError) -> [Subscriber] {
        try await rows(
            """
            SELECT customer_id, number, name, email, phone, phone_is_claimed, address, neighbourhood, state, since
            FROM customers WHERE tenant_id = \(tenant) AND customer_id IN (
                SELECT coalesce(merged_into, customer_id) FROM customers
                WHERE tenant_id = \(tenant) AND \(contact.condition))
            ORDER BY number LIMIT 20
            """)
    }
}
