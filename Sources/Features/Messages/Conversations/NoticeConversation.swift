import Customers
import Identifiers
import Locale
import Postgres
import Time

/// Where a customer can be told something by a channel of chats.
package enum NoticePlace: Sendable {
    case conversation(Conversation)
    /// A telephone on the customer's record, with which nobody has talked yet.
    case phone(Phone)
    /// They asked for no messages.
    case optedOut
}

extension TenantDatabase {
    /// The customer's own conversation with one of these accounts, or their telephone if the channel is reached by it.
    package func noticePlace(
        of customer: Customer.ID, on channel: Channel, at accounts: [UUID]
    ) async throws(DatabaseError) -> NoticePlace? {
        let isOut: Bool? = try await value(
            """
            SELECT EXISTS (
                SELECT FROM conversations
                WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND opted_out_at IS NOT NULL)
            """)
        if isOut == true { return .optedOut }
        let linked: Conversation? = try await first(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.customer_id = \(customer) AND c.channel = \(channel.rawValue)
                AND c.account_id = ANY (\(accounts))
                AND (c.link_proof <> 'phone' OR c.phone = cu.phone AND NOT cu.phone_is_claimed)
            ORDER BY c.unreachable IS NOT NULL, c.last_inbound_at DESC NULLS LAST, c.last_message_at DESC LIMIT 1
            """)
        if let linked { return .conversation(linked) }
        guard channel == .whatsapp else { return nil }
        let known: String? = try await value(
            """
            SELECT phone FROM customers
            WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND phone <> '' AND NOT phone_is_claimed
            """)
        guard let phone = known.flatMap({ Phone(e164: $0) }) else { return nil }
        // A chat with that telephone, even if it was linked to nobody or to somebody else of the house.
        let other: Conversation? = try await first(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.phone = \(phone.e164) AND c.channel = \(channel.rawValue)
                AND c.account_id = ANY (\(accounts))
            ORDER BY c.last_message_at DESC LIMIT 1
            """)
        guard let other else { return .phone(phone) }
        return other.optedOutAt == nil ? .conversation(other) : .optedOut
    }

    /// The conversation in which the company begins to talk with that telephone; linked if it is on one customer's record.
    package func beginConversation(
        on channel: Channel, at account: UUID, with phone: Phone, named name: String, by author: MessageAuthor,
        at now: Instant
    ) async throws -> Conversation {
        let conversation = try await openConversation(
            ConversationKey(channel, account: account, with: phone.whatsAppID), name: name,
            phone: phone.e164, at: now)
        if conversation.customer == nil {
            try await linkByChannel(conversation, channel, phone.e164, by: author, at: now)
        }
        return conversation
    }

    /// Of these customers, those with a chat at one of the accounts or a telephone that it reaches, and whether anything
    /// but a template is taken there now. `askingConsent` leaves out those who neither wrote nor agreed to it.
    package func chatReach(
        of customers: [Customer.ID], on channel: Channel, at accounts: [UUID], askingConsent: Bool, now: Instant
    ) async throws(DatabaseError) -> [Customer.ID: Bool] {
        let since = channel.window.map { now - $0 }
        let isOpen: SQL = since.map { "coalesce(bool_or(v.last_inbound_at > \($0)), false)" } ?? "count(v.*) > 0"
        let byPhone: SQL =
            channel == .whatsapp ? "OR (c.phone <> '' AND NOT c.phone_is_claimed AND count(l.*) = 0)" : .nothing
        let mayBegin: SQL = askingConsent ? "(bool_or(v.last_inbound_at IS NOT NULL) OR \(hasConsent))" : "true"
        let rows: [ReachRow] = try await rows(
            """
            SELECT c.customer_id, \(isOpen) AS is_open
            FROM customers c
            LEFT JOIN conversations l ON l.tenant_id = c.tenant_id AND l.customer_id = c.customer_id
                AND l.channel = \(channel.rawValue) AND l.account_id = ANY (\(accounts))
                AND (l.link_proof <> 'phone' OR l.phone = c.phone AND NOT c.phone_is_claimed)
            LEFT JOIN conversations v ON v.tenant_id = l.tenant_id AND v.conversation_id = l.conversation_id
                AND v.unreachable IS NULL
            WHERE c.tenant_id = \(tenant) AND c.customer_id = ANY (\(customers)) AND NOT EXISTS (
                SELECT FROM conversations o
                WHERE o.tenant_id = \(tenant) AND o.customer_id = c.customer_id AND o.opted_out_at IS NOT NULL)
            GROUP BY c.tenant_id, c.customer_id
            HAVING (count(v.*) > 0 \(byPhone)) AND \(mayBegin)
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.customer, $0.isOpen) })
    }
}

extension Phone {
    /// As WhatsApp names it: Mexican numbers keep a 1 after the country's digits there.
    fileprivate var whatsAppID: String {
        let digits = e164.dropFirst()
        return digits.hasPrefix("52") && digits.count == 12 ? "521\(digits.dropFirst(2))" : String(digits)
    }
}

private struct ReachRow: RowReadable {
    let customer: Customer.ID
    let isOpen: Bool

    init(row: Row) throws(DatabaseError) {
        (customer, isOpen) = (try row.read("customer_id"), try row.read("is_open"))
    }
}
