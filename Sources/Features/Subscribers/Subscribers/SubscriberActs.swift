import Access
import Crypto
import Customers
import Declarations
import Events
import Identifiers
import Identity
import Letters
import Postgres
import Time

extension Subscriber {
    static let confirmationsAnHour = 5

    /// Sends a confirmation link to the new address, which proves that the mailbox is the subscriber's.
    package static func askToConfirm(
        email: String, of customer: Customer.ID, on head: Letterhead, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        let count = try await database.countTry(
            SHA256.digest(of: "portal confirms \(customer)".utf8), within: .seconds(3600), at: now)
        guard count <= confirmationsAnHour else { throw SubscriberRefusal.tooManyLetters }
        try await database.write(
            .emailConfirmation, to: email, about: customer.uuid, on: head, at: now, from: randomness)
    }

    /// Confirms with that link, and notifies the old mailbox.
    package static func confirmEmail(
        with link: String, at address: String, on head: Letterhead?, now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let used = try await PortalLink.use(link, at: now, in: database)
            guard let email = used.email, let old = try await database.subscriber(used.customer, locked: true) else {
                throw SubscriberRefusal.linkIsOver
            }
            guard old.email != email else { return }
            try await database.setEmail(email, of: old.id)
            if let head, !old.email.isEmpty {
                try await database.write(
                    .emailChanged, to: old.email, about: old.id.uuid, on: head, at: now, from: randomness)
            }
            try await database.record(
                Act(
                    .customerEmailConfirmed, old.subject, before: [Act.Detail("email", old.email)],
                    after: [Act.Detail("email", email)]),
                by: Actor(.subscriber, id: old.id.uuid, name: old.name, address: address), at: now)
        }
    }

    /// The subscriber enters a number; it cannot be used for signing in until the ISP has confirmed it.
    package static func claim(
        phone: String, of customer: Customer.ID, by principal: Principal, in database: TenantDatabase
    )
        async throws
    {
        try await change(customer, .customerPhoneClaimed, by: principal, in: database) { database, old in
            guard old.phone != phone else { return nil }
            try await database.setPhone(phone, isClaimed: true, of: customer)
            return ([Act.Detail("phone", old.phone)], [Act.Detail("phone", phone)])
        }
    }

    package static func confirmPhone(of customer: Customer.ID, by principal: Principal, in database: TenantDatabase)
        async throws
    {
        try await change(customer, .customerPhoneConfirmed, by: principal, in: database) { database, old in
            guard old.phoneIsClaimed else { return nil }
            try await database.setPhone(old.phone, isClaimed: false, of: customer)
            return ([], [Act.Detail("phone", old.phone)])
        }
    }

    /// By staff, on the customer's word.
    package static func setContacts(
        email: String, phone: String, of customer: Customer.ID, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await change(customer, .customerChanged, by: principal, in: database) { database, old in
            guard (old.email, old.phone) != (email, phone) else { return nil }
            try await database.setEmail(email, of: customer)
            if old.phone != phone { try await database.setPhone(phone, isClaimed: false, of: customer) }
            return (
                [Act.Detail("email", old.email), Act.Detail("phone", old.phone)],
                [Act.Detail("email", email), Act.Detail("phone", phone)]
            )
        }
    }

    /// By staff, for a lost telephone.
    package static func endSessions(of customer: Customer.ID, by principal: Principal, in database: TenantDatabase)
        async throws
    {
        try await change(customer, .portalSessionsEnded, by: principal, in: database) { database, _ in
            try await PortalSession.endAll(of: customer, at: principal.now, in: database)
            return ([], [])
        }
    }

    private static func change(
        _ customer: Customer.ID, _ kind: EventKind, by principal: Principal, in database: TenantDatabase,
        _ act: (TenantDatabase, Subscriber) async throws -> (before: [Act.Detail], after: [Act.Detail])?
    ) async throws {
        try await database.transaction { database in
            guard let old = try await database.subscriber(customer, locked: true) else { throw AccessRefusal.notFound }
            guard let (before, after) = try await act(database, old) else { return }
            try await database.record(
                Act(kind, old.subject, before: before, after: after), by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    fileprivate func setEmail(_ email: String, of customer: Customer.ID) async throws {
        try await execute(
            "UPDATE customers SET email = \(email) WHERE tenant_id = \(tenant) AND customer_id = \(customer)")
        try await indexCustomer(customer)
    }

    fileprivate func setPhone(
        _ phone: String, isClaimed: Bool, of customer: Customer.ID
    ) async throws {
        try await execute(
            """
            UPDATE customers SET phone = \(phone), phone_is_claimed = \(isClaimed)
            WHERE tenant_id = \(tenant) AND customer_id = \(customer)
            """)
        try await indexCustomer(customer)
    }
}
