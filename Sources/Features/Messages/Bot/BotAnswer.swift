import Access
import Conversations
import Customers
import Declarations
import Identifiers
import Intents
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Something that the bot can answer or do, declared by the room that it speaks of. One about a customer is handed the
/// customer that the conversation is linked to: nothing that is written can name another.
package struct BotAnswer: RoomPart {
    package typealias ForAnybody = @Sendable (BotTurn) async throws -> BotReply
    package typealias ForCustomer = @Sendable (BotTurn, Customer) async throws -> BotReply

    enum Work: Sendable {
        case anybody(ForAnybody)
        case customer(ForCustomer)
    }

    package let number: Int
    /// In the log, in buttons and in steps: it must stay.
    let name: String
    /// On its button, in up to 24 letters.
    let title: Message
    /// Without the slash.
    let commands: [String]
    let intents: [Intent]
    let isInMenu: Bool
    let work: Work

    package init(
        _ number: Int, _ name: String, _ title: Message, commands: [String] = [], intents: [Intent] = [],
        inMenu: Bool = false, forAnybody work: @escaping ForAnybody
    ) {
        (self.number, self.name, self.title) = (number, name, title)
        (self.commands, self.intents, isInMenu) = (commands, intents, inMenu)
        self.work = .anybody(work)
    }

    package init(
        _ number: Int, _ name: String, _ title: Message, commands: [String] = [], intents: [Intent] = [],
        inMenu: Bool = false, forCustomer work: @escaping ForCustomer
    ) {
        (self.number, self.name, self.title) = (number, name, title)
        (self.commands, self.intents, isInMenu) = (commands, intents, inMenu)
        self.work = .customer(work)
    }

    var needsCustomer: Bool { if case .customer = work { true } else { false } }
    var button: BotButton { .open(name, title) }
}

/// A room's answer to a customer whom a known outage keeps offline, when they ask about their connection or report a
/// fault.
package struct BotInterruption: RoomPart {
    package typealias Find = @Sendable (BotTurn, Customer) async throws -> String?

    package let number: Int
    let find: Find

    package init(_ number: Int, _ find: @escaping Find) { (self.number, self.find) = (number, find) }
}

/// A room that takes a fault which a customer describes, and what it answers them.
package struct BotReport: RoomPart {
    package typealias Take = @Sendable (BotTurn, Customer) async throws -> String

    package let number: Int
    let take: Take

    package init(_ number: Int, _ take: @escaping Take) { (self.number, self.take) = (number, take) }
}

/// A message that the bot answers, with what it may use for that.
package struct BotTurn: Sendable {
    package let database: TenantDatabase
    package let company: Tenant
    /// The conversation's customer, on whose behalf the answer acts.
    package let principal: Principal
    package let randomness: Randomness
    package let understood: Understanding
    package let said: String
    package let conversation: Conversation.ID
    /// Where the customer is in something of several steps; nil at its beginning.
    package let step: BotStep?
    /// The choice under the step's message that was pressed.
    package let pressed: String?
    /// Why what the step did was refused; it is asked again what to say.
    package let refusal: (any Refusal)?
    let settings: BotSettings
    let answers: [BotAnswer]
    let isLinked: Bool

    package var reader: Reader { company.reader }
    package var now: Instant { principal.now }
    package var today: Day { company.timeZone.day(at: now) }

    /// The amount that was written, in the company's currency.
    package var amount: Money? {
        guard let amount = understood.amount else { return nil }
        return Money(hundredths: amount.hundredths, company.currency)
    }
}

/// Where somebody is in something of several steps, with what they said before.
package struct BotStep: Sendable, Equatable {
    package let name: String
    package var answered: [String: String]
    /// A number that is typed is an answer, and not the number of a choice.
    package let takesNumbers: Bool

    package init(_ name: String, _ answered: [String: String] = [:], takesNumbers: Bool = false) {
        (self.name, self.answered, self.takesNumbers) = (name, answered, takesNumbers)
    }
}

package enum BotButton: Sendable {
    /// Opens another answer; never expires.
    case open(String, Message)
    /// Chooses in the next step; works once.
    case choose(String, String)
}

package struct BotReply: Sendable {
    package var text: String
    package var buttons: [BotButton]
    /// What waits for the next message.
    package var next: BotStep?
    package var handOver: HandOverReason?
    /// Nothing at the step fits what was said: it is understood as if there were no step, and asked again if that fails.
    package var isLost = false

    package init(_ text: String, _ buttons: [BotButton] = [], next: BotStep? = nil) {
        (self.text, self.buttons, self.next) = (text, buttons, next)
    }

    package static func handOver(_ reason: HandOverReason, saying text: String = "") -> BotReply {
        var reply = BotReply(text)
        reply.handOver = reason
        return reply
    }

    /// `asking` is what to ask once more.
    package static func lost(asking reply: BotReply) -> BotReply {
        var reply = reply
        reply.isLost = true
        return reply
    }
}

extension Money {
    /// Nil beyond what anybody may enter.
    init?(hundredths: Int64, _ currency: Currency) {
        guard hundredths >= 0, hundredths <= Money.most else { return nil }
        let minor = currency.minorDigits == 0 ? (hundredths + 50) / 100 : hundredths
        self.init(minor: minor, currency)
    }
}
