import Access
import Conversations
import Customers
import Declarations
import Identifiers
import Intents
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Somebody who is asked about what the bot did not understand. Whoever takes a message answers it from a desk, later.
package struct BotFallback: RoomPart {
    package typealias Take =
        @Sendable (ChatMessage, Tenant, _ now: Instant, TenantDatabase) async throws -> Bool

    package let number: Int
    /// Whether it takes the message, for which it then queues its own work.
    let take: Take

    package init(_ number: Int, _ take: @escaping Take) { (self.number, self.take) = (number, take) }
}

/// The bot's answers in one conversation, for another program that understands language: always of the customer of the
/// chat, whom nothing that is asked can change. The conversation is locked until the commit.
package struct BotDesk: Sendable {
    package let conversation: Conversation
    /// The customer the conversation is linked to.
    package let customer: Customer?
    private let talk: BotTalk
    private let author: MessageAuthor

    /// Answers that only tell something, and what they tell.
    private static let tellings: [(name: String, meaning: String)] = [
        (BotNames.balance, "What this customer owes, until when, and their last payment."),
        (BotNames.howToPay, "How this customer can pay: bank accounts and places."),
        (BotNames.invoice, "This customer's open invoices."),
        (BotNames.service, "This customer's plan, address and whether it is active."),
        (BotNames.connection, "Why this customer may be without internet: outage, debt, session."),
        ("change_plan", "The plans this customer could change to, with prices."),
        ("wifi_password", "How the wifi password is changed."),
        ("sign_up", "The plans on sale for new customers, with prices."),
        ("office", "The company's hours, address and telephone."),
    ]

    /// Things of several steps that the bot does itself once they are begun.
    private static let flows: [(name: String, meaning: String)] = [
        (BotNames.promise, "promises to pay on a day"), (BotNames.days, "buys prepaid days"),
        (BotNames.report, "reports a fault"), ("paid", "says that they have paid"),
        (BotNames.link, "links this chat to their account"),
    ]

    /// Nil where the bot does not have the conversation any more.
    package init?(
        at conversation: Conversation.ID, of company: Tenant, knowing catalogue: Catalogue, at now: Instant,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        guard !company.standing(at: now).isReadOnly,
            let found = try await database.conversation(conversation, locked: true), found.state == .bot
        else { return nil }
        let settings = try await database.botSettings()
        guard settings.isOn else { return nil }
        var customer: Customer?
        if let id = found.customer { customer = try await database.customer(id) }
        author = MessageAuthor(.bot, name: settings.name.isEmpty ? company.name : settings.name)
        let responder = BotResponder(catalogue: catalogue, randomness: randomness)
        talk = BotTalk(
            database: database, company: company, settings: settings, answers: catalogue.parts(BotAnswer.self),
            questions: try await database.botQuestions(), customer: customer,
            principal: responder.principal(for: customer, author, now), randomness: randomness,
            state: try await database.botState(of: conversation), conversation: conversation, refusal: nil)
        (self.conversation, self.customer) = (found, customer)
    }

    private var database: TenantDatabase { talk.database }
    private var now: Instant { talk.principal.now }

    /// Which of these there are for whoever writes: those about a customer only where the chat is a customer's.
    private func open(_ names: [(name: String, meaning: String)]) -> [(name: String, meaning: String)] {
        names.filter { name, _ in
            talk.answers.contains { $0.name == name && (customer != nil || !$0.needsCustomer) }
        }
    }

    package var tellings: [(name: String, meaning: String)] { open(Self.tellings) }
    package var flows: [(name: String, meaning: String)] { open(Self.flows) }

    /// What an answer tells; nil for what is none of the tellings.
    package func tell(_ name: String) async throws -> String? {
        guard tellings.contains(where: { $0.name == name }) else { return nil }
        return try await talk.work(of: name, "", .nothing, nil, pressed: nil)?.text
    }

    /// Begins one of the flows, which the bot goes on with; false for what is none of them.
    package func begin(_ name: String) async throws -> Bool {
        guard flows.contains(where: { $0.name == name }),
            let reply = try await talk.work(of: name, "", .nothing, nil, pressed: nil)
        else { return false }
        try await send(talk.finish(reply, of: name, .nothing))
        return true
    }

    package func say(_ text: String) async throws {
        try await send(talk.finish(BotReply(text, [BotNames.menuButton, BotNames.personButton]), of: "", .nothing))
    }

    package func handOver(because reason: HandOverReason) async throws {
        try await send(talk.finish(.handOver(reason), of: BotNames.person, .nothing))
    }

    /// Answers as the bot does alone to what it did not understand.
    package func giveUp() async throws { try await send(talk.missed(.nothing)) }

    private func send(_ result: BotTalk.Result) async throws {
        try await database.put(result.state, of: conversation.id)
        if let new = result.reply.message(as: result.state.turn, for: talk.company.reader) {
            try await database.send(new, in: conversation.id, by: author, at: now)
        }
        if let reason = result.reply.handOver {
            try await database.handOver(conversation.id, because: reason, by: author, at: now)
        }
    }
}
