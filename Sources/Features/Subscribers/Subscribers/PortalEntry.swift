import Access
import Crypto
import Customers
import Events
import Identifiers
import Identity
import Postgres
import Time

/// A subscriber's sign-in, by code or by link.
package enum PortalEntry {
    package enum Outcome: Sendable {
        case entered(PortalSession, PortalDevice)
        /// The code is right, but its mailbox is shared by these customers.
        case choose([Subscriber])
    }

    /// With the digits of a requested code, or of one made by staff meanwhile.
    package static func enter(
        with digits: String, for id: PortalCode.ID, as chosen: Customer.ID?, from device: PortalDevice?,
        at place: Session.Place, within addresses: AddressQuota, now: Instant, randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Outcome {
        guard let asked = try await database.countGuess(at: id, now: now) else { throw SubscriberRefusal.codeIsOver }
        let tries = PortalTries(
            contact: asked.contact, device: device, address: place.address, addresses: addresses)
        guard try await tries.count(.guess, at: now, in: database) else { throw SubscriberRefusal.tooManyTries }
        let (used, candidates) = try await match(digits, id, asked, at: now, in: database)
        guard !candidates.isEmpty else { throw SubscriberRefusal.wrongCode }
        guard let subscriber = candidates.count == 1 ? candidates[0] : candidates.first(where: { $0.id == chosen })
        else { return .choose(candidates) }
        return try await database.transaction { database in
            guard try await database.useCodes(used, at: now) else { throw SubscriberRefusal.codeIsOver }
            try await tries.forgive(in: database)
            let (session, device) = try await start(for: subscriber, at: place, now, randomness, in: database)
            return .entered(session, device)
        }
    }

    package static func enter(
        with link: String, at place: Session.Place, now: Instant, randomness: Randomness, in database: TenantDatabase
    ) async throws -> (PortalSession, PortalDevice) {
        try await database.transaction { database in
            let used = try await PortalLink.use(link, at: now, in: database)
            guard used.email == nil, let subscriber = try await database.subscriber(used.customer) else {
                throw SubscriberRefusal.linkIsOver
            }
            return try await start(for: subscriber, at: place, now, randomness, in: database)
        }
    }

    /// Takes the same time whether or not the contact is known.
    private static func match(
        _ digits: String, _ id: PortalCode.ID, _ asked: AskedCode, at now: Instant, in database: TenantDatabase
    ) async throws -> (used: [PortalCode.ID], candidates: [Subscriber]) {
        let known = try await database.subscribers(known: asked.contact)
        let readOut = try await database.readOutCodes(for: asked.contact, at: now)
        let isMailed = ConstantTime.equal(PortalCode.digest(of: digits, id), to: asked.digest ?? [])
        if isMailed { return ([id], known.filter { $0.email == asked.recipient }) }
        let said = readOut.first { ConstantTime.equal(PortalCode.digest(of: digits, $0.id), to: $0.digest) }
        guard let said else { return ([], []) }
        return ([id, said.id], known.filter { $0.id == said.customer })
    }

    private static func start(
        for subscriber: Subscriber, at place: Session.Place, _ now: Instant, _ randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> (PortalSession, PortalDevice) {
        let device = try await PortalDevice.remember(for: subscriber.id, at: now, from: randomness, in: database)
        let session = try await PortalSession.start(
            for: subscriber.id, at: place, now: now, from: randomness, in: database)
        let actor = Actor(.subscriber, id: subscriber.id.uuid, name: subscriber.name, address: place.address)
        try await database.record(Act(.portalEntered, subscriber.subject), by: actor, at: now)
        return (session, device)
    }
}
