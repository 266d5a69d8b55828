import Time

/// Where customers write to a provider of Internet: un canal. Drivers conform.
package protocol MessagingChannel: Sendable {
    var provider: ChannelProvider { get }

    /// Asks whose the keys are, what they may do, and whether we are told of messages at our address.
    func examine(_ keys: ChannelKeys, toldAt hook: String) async throws(ChannelFailure) -> ExaminedAccount

    /// Has the provider tell us at that address; does nothing where people set that on the provider's own pages.
    func register(_ hook: String, with keys: ChannelKeys) async throws(ChannelFailure)

    /// Returns once the provider has taken the message. It is not done again unless the failure says that it may be.
    func send(_ message: OutboundMessage, with keys: ChannelKeys) async throws(ChannelFailure) -> SentMessage

    /// What to answer to a GET with which the provider makes sure of our address; nil refuses it.
    func challenge(of query: [String: String], with keys: ChannelKeys) -> String?

    /// Makes sure of who sent a notice.
    func check(_ notice: ChannelNotice, with keys: ChannelKeys) throws(NoticeFault)

    /// What stands in a notice that was checked, besides what is neither a message nor the fate of one.
    func events(in body: [UInt8]) throws(NoticeFault) -> [ChannelEvent]

    /// Tells the provider that a pressed button was seen.
    func acknowledge(_ receipt: String, with keys: ChannelKeys) async throws(ChannelFailure)

    /// The bytes of a file that came with a message.
    func fetch(_ file: IncomingFile, upTo most: Int, with keys: ChannelKeys) async throws(ChannelFailure) -> FetchedFile

    /// The texts that the provider keeps and approves for the company.
    func templates(with keys: ChannelKeys) async throws(ChannelFailure) -> [ProviderTemplate]

    /// Asks the provider to approve a text. An example stands for each of its places.
    func submit(
        _ template: ProviderTemplate, examples: [String], with keys: ChannelKeys
    ) async throws(ChannelFailure)
}

// For channels without templates.
extension MessagingChannel {
    package func templates(with keys: ChannelKeys) async throws(ChannelFailure) -> [ProviderTemplate] { [] }

    package func submit(
        _ template: ProviderTemplate, examples: [String], with keys: ChannelKeys
    ) async throws(ChannelFailure) {
        throw ChannelFailure(.refused, "no templates")
    }
}

package enum ChannelProvider: String, Sendable, CaseIterable {
    case whatsapp, telegram

    package var name: String {
        switch self {
        case .whatsapp: "WhatsApp"
        case .telegram: "Telegram"
        }
    }

    /// Whether somebody who has not written for a day can be sent approved templates only.
    package var hasWindow: Bool { self == .whatsapp }

    /// How much text a message takes.
    package var longestText: Int { 4096 }

    /// How many messages a second an account may send before the provider holds it back.
    package var pace: Int { self == .whatsapp ? 60 : 25 }
}

package struct ChannelKeys: Sendable, Equatable {
    /// What opens the provider's API: an access token, a bot's token.
    package let token: String
    /// The number's identifier at the provider; empty where the token says it.
    package let number: String
    /// What notices are signed with: the app's secret, or one of ours.
    package let secret: String
    /// What the provider shows when it makes sure of our address. Ours.
    package let verification: String
    /// The business account's identifier, which has the templates; empty where nobody gave it.
    package let business: String

    package init(
        token: String, number: String = "", secret: String, verification: String = "", business: String = ""
    ) {
        (self.token, self.number, self.secret, self.verification) = (token, number, secret, verification)
        self.business = business
    }
}

/// What the provider says of a company's number or bot.
package struct ExaminedAccount: Sendable, Equatable {
    package enum Flaw: Sendable, Equatable {
        /// Nothing is told us: no address is registered, or another one.
        case otherHook(String?)
        /// The provider could not reach our address, in its words.
        case hookTroubled(String)
        /// The keys lack a permission.
        case lacks(String)
        /// Customers complain of this number, and the provider will soon hold it back.
        case poorQuality
    }

    package let name: String
    /// The telephone number or the name under which customers find it.
    package let handle: String
    package let flaws: [Flaw]

    package init(name: String, handle: String, flaws: [Flaw]) {
        (self.name, self.handle, self.flaws) = (name, handle, flaws)
    }
}
