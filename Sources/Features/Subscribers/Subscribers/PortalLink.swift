import Access
import Crypto
import Customers
import Events
import Identifiers
import Letters
import Postgres
import Time

/// A single-use link for one act of one customer.
package struct PortalLink: Sendable {
    package let secret: Token

    static let prefix = "mpl"
    /// For a link handed over by staff: the customer may not look at once.
    package static let handedSpan = Duration.seconds(86_400)
    static let confirmationSpan = Duration.seconds(86_400)

    static func make(
        for customer: Customer.ID, confirming email: String? = nil, within span: Duration, at now: Instant,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> PortalLink {
        let link = PortalLink(secret: .make(prefix: prefix, from: randomness))
        try await database.execute(
            """
            INSERT INTO portal_links (tenant_id, digest, customer_id, email, made_at, expires_at)
            VALUES (\(database.tenant), \(link.secret.digest), \(customer), \(email), \(now), \(now + span))
            """)
        return link
    }

    /// Made by staff, to be handed over other than by mail.
    package static func make(
        for customer: Customer.ID, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> PortalLink {
        try await database.transaction { database in
            guard let subscriber = try await database.subscriber(customer) else { throw AccessRefusal.notFound }
            let link = try await make(
                for: customer, within: handedSpan, at: principal.now, from: randomness, in: database)
            try await database.record(
                Act(.portalLinkMade, subscriber.subject), by: principal.actor, at: principal.now)
            return link
        }
    }

    /// Sent to the customer's own mailbox.
    package static func mail(
        to customer: Customer.ID, on head: Letterhead, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let subscriber = try await database.subscriber(customer), !subscriber.email.isEmpty else {
                throw AccessRefusal.notFound
            }
            try await database.write(
                .portalLink, to: subscriber.email, about: customer.uuid, on: head, at: principal.now, from: randomness)
            try await database.record(
                Act(.portalLinkMailed, subscriber.subject), by: principal.actor, at: principal.now)
        }
    }

    /// The link's purpose, without using it: mail scanners open links too.
    package static func look(
        at secret: String, now: Instant, in database: TenantDatabase
    ) async throws -> (subscriber: Subscriber, email: String?) {
        guard let token = Token(secret), token.prefix == prefix else { throw SubscriberRefusal.linkIsOver }
        let found: FoundPortalLink? = try await database.first(
            """
            SELECT customer_id, email FROM portal_links
            WHERE tenant_id = \(database.tenant) AND digest = \(token.digest) AND used_at IS NULL AND expires_at > \(now)
            """)
        guard let found, let subscriber = try await database.subscriber(found.customer) else {
            throw SubscriberRefusal.linkIsOver
        }
        return (subscriber, found.email)
    }

    /// Uses the link, which works once.
    static func use(_ secret: String, at now: Instant, in database: TenantDatabase) async throws -> FoundPortalLink {
        guard let token = Token(secret), token.prefix == prefix else { throw SubscriberRefusal.linkIsOver }
        let used: FoundPortalLink? = try await database.first(
            """
            UPDATE portal_links SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(token.digest) AND used_at IS NULL AND expires_at > \(now)
            RETURNING customer_id, email
            """)
        guard let used else { throw SubscriberRefusal.linkIsOver }
        return used
    }
}

struct FoundPortalLink: RowReadable {
    let customer: Customer.ID
    let email: String?

    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        email = try row.read("email")
    }
}
