import Customers
import Declarations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A channel that takes notices to customers. The room that has the channel lists it in its parts.
package struct NoticeCarrier: RoomPart {
    package typealias Reach = @Sendable (_ customer: Customer.ID, _ kind: String) -> Bool

    /// As stored.
    package let name: String
    package let words: Message
    /// The company's order where it has chosen none: the lowest first.
    package let number: Int
    /// Why this channel did not deliver, by code.
    let failures: [String: Message]
    /// Whether a customer can be told by this channel now.
    let reach: @Sendable ([Customer.ID], NoticeDesk) async throws -> Reach
    /// Takes a notice in the transaction of the desk's database, or says why it does not.
    let carry: @Sendable (CustomerNotice, NoticeDesk) async throws -> Carriage

    package init(
        _ name: String, _ words: Message, rank number: Int, failures: [String: Message],
        reach: @escaping @Sendable ([Customer.ID], NoticeDesk) async throws -> Reach,
        carry: @escaping @Sendable (CustomerNotice, NoticeDesk) async throws -> Carriage
    ) {
        (self.name, self.words, self.number, self.failures) = (name, words, number, failures)
        (self.reach, self.carry) = (reach, carry)
    }
}

/// What a channel does with a notice.
package enum Carriage: Sendable {
    /// A message or letter with this id was queued; its fate is noted with `note(_:ofCarried:)`.
    case taken(UUID)
    /// Not by this channel; the code is one of its failures.
    case refused(String)
    /// Not now, as in quiet hours.
    case later(Instant)
    /// The company does not have this channel, or the customer is not on it.
    case absent
}

/// What a carrier needs besides the notice.
package struct NoticeDesk: Sendable {
    package let tenant: Tenant
    package let database: TenantDatabase
    package let now: Instant
    package let randomness: Randomness
    /// The company's stored origin, for links.
    package let address: String
    /// Whether a mail server is configured.
    package let isMailed: Bool

    package init(
        _ tenant: Tenant, in database: TenantDatabase, at now: Instant, randomness: Randomness, address: String,
        isMailed: Bool
    ) {
        (self.tenant, self.database, self.now, self.randomness) = (tenant, database, now, randomness)
        (self.address, self.isMailed) = (address, isMailed)
    }

    func within(_ database: TenantDatabase) -> NoticeDesk {
        NoticeDesk(tenant, in: database, at: now, randomness: randomness, address: address, isMailed: isMailed)
    }
}

/// Who of some customers can be told of what.
package struct NoticeReach: Sendable {
    private let orders: NoticeOrders
    private let reaches: [String: NoticeCarrier.Reach]

    package init(_ customers: [Customer.ID], by carriers: [NoticeCarrier], at desk: NoticeDesk) async throws {
        orders = try await desk.database.noticeOrders(by: carriers)
        var reaches: [String: NoticeCarrier.Reach] = [:]
        for carrier in carriers { reaches[carrier.name] = try await carrier.reach(customers, desk) }
        self.reaches = reaches
    }

    package func contains(_ customer: Customer.ID, of kind: NoticeKind) -> Bool {
        channel(to: customer, of: kind) != nil
    }

    /// The first of the company's channels that reaches the customer.
    package func channel(to customer: Customer.ID, of kind: NoticeKind) -> String? {
        orders.channels(of: kind.name).first { reaches[$0]?(customer, kind.name) == true }
    }
}

extension Catalogue {
    package var noticeCarriers: [NoticeCarrier] {
        parts(NoticeCarrier.self).sorted { $0.number < $1.number }
    }

    package var noticeKinds: [NoticeKind] { parts() }

    /// Why a channel did not deliver a notice, in words.
    package func failure(_ code: String, by channel: String?, for reader: Reader) -> String {
        let carrier = noticeCarriers.first { $0.name == channel }
        if let words = carrier?.failures[code] { return words.text(for: reader) }
        return (code == NoticeFate.noChannelCode ? NoticeWords.noChannel : .failed).text(for: reader)
    }
}
