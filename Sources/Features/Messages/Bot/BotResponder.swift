import Access
import Conversations
import Customers
import Declarations
import Events
import Identifiers
import Intents
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Answers messages. Everything about a message happens in one transaction: what was understood, what was done, where the
/// conversation stands now and what is sent. A message that was answered is not answered again.
struct BotResponder: Sendable {
    let catalogue: Catalogue
    let randomness: Randomness

    private var answers: [BotAnswer] { catalogue.parts(BotAnswer.self) }

    /// Attempts after which a person is asked instead.
    private static let tries = 3

    func run(_ job: RespondToMessage, in context: JobContext) async throws {
        guard let company = try await context.database.lockedTenant() else { return }
        do {
            try await respond(to: job, of: company, at: context.now, in: context.database)
        } catch  where context.attempt >= Self.tries && !(error is CancellationError) {
            let author = MessageAuthor(.bot, name: company.name)
            try await context.database.handOver(job.conversation, because: .failed, by: author, at: context.now)
        }
    }

    func respond(
        to job: RespondToMessage, of company: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws {
        do {
            try await attempt(job, company, now, refused: nil, database)
        } catch is ConversationRefusal {
            // Nothing can be said to them now.
            let author = MessageAuthor(.bot, name: company.name)
            try await database.handOver(job.conversation, because: .failed, by: author, at: now)
        } catch let refusal as any Refusal {
            // An act that was refused has undone its transaction: why is told in another one.
            try await attempt(job, company, now, refused: refusal, database)
        }
    }

    /// In ten minutes, in one conversation.
    private static let mostAnswers = 40

    private func attempt(
        _ job: RespondToMessage, _ company: Tenant, _ now: Instant, refused: (any Refusal)?, _ database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            // Suspended by the platform, a company sells and promises nothing.
            guard !company.standing(at: now).isReadOnly,
                let conversation = try await database.conversation(job.conversation, locked: true),
                conversation.state == .bot, let message = try await database.message(job.message),
                message.conversation == conversation.id, message.direction == .in,
                try await !database.isAnswered(message.id)
            else { return }
            let settings = try await database.botSettings()
            let author = MessageAuthor(.bot, name: settings.name.isEmpty ? company.name : settings.name)
            guard settings.isOn else {
                return try await database.handOver(conversation.id, because: .unsure, by: author, at: now)
            }
            // Another program may be answering: one that answers a bot goes on for ever.
            guard try await database.answersOfBot(in: conversation.id, since: now - .seconds(600)) < Self.mostAnswers
            else { return try await database.handOver(conversation.id, because: .unsure, by: author, at: now) }
            var customer: Customer?
            if let id = conversation.customer { customer = try await database.customer(id) }
            let talk = BotTalk(
                database: database, company: company, settings: settings, answers: answers,
                questions: try await database.botQuestions(), customer: customer,
                principal: principal(for: customer, author, now), randomness: randomness,
                state: try await database.botState(of: conversation.id), conversation: conversation.id,
                refusal: refused)
            var (record, reply, state) = try await talk.answer(message)
            if record.answer.isEmpty, message.kind == .text, talk.state.step == nil,
                try await isTaken(message, company, now, database)
            {
                (record.outcome, reply, state) = (.silent, BotReply(""), talk.state)
            }
            try await database.put(state, of: conversation.id)
            try await database.note(record, about: message.id, in: conversation.id, at: now)
            if record.outcome == .refused {
                try await database.record(
                    Act(.botCommandRefused, conversation.subject, after: [Act.Detail("command", record.answer)]),
                    by: Actor(.system, name: author.name), at: now)
            }
            if let new = reply.message(as: state.turn, for: company.reader) {
                try await database.send(new, in: conversation.id, by: author, at: now)
            }
            if let reason = reply.handOver {
                try await database.handOver(conversation.id, because: reason, by: author, at: now)
            }
        }
    }

    /// Whether somebody else answers a message that was not understood.
    private func isTaken(
        _ message: ChatMessage, _ company: Tenant, _ now: Instant, _ database: TenantDatabase
    ) async throws -> Bool {
        for fallback in catalogue.parts(BotFallback.self) where try await fallback.take(message, company, now, database)
        {
            return true
        }
        return false
    }

    /// What a customer does by chat is done by the customer, as on the portal.
    func principal(for customer: Customer?, _ author: MessageAuthor, _ now: Instant) -> Principal {
        let actor =
            customer.map { Actor(.subscriber, id: $0.id.uuid, name: $0.name) } ?? Actor(.system, name: author.name)
        return Principal(actor, permissions: [], of: catalogue, at: now)
    }
}

extension BotReply {
    func message(as turn: Int, for reader: Reader) -> NewMessage? {
        guard !text.isEmpty else { return nil }
        let text = text.prefix(scalars: 1000)
        guard !buttons.isEmpty else { return .text(text) }
        return .buttons(
            text,
            buttons.prefix(NewMessage.mostButtons).map { button in
                MessageButton(BotPress.id(of: button, turn: turn), button.title(for: reader).prefix(scalars: 24))
            })
    }
}

extension BotButton {
    func title(for reader: Reader) -> String {
        switch self {
        case .open(_, let title): title.text(for: reader)
        case .choose(_, let title): title
        }
    }
}

/// What the bot makes of one message, given where the conversation stands.
struct BotTalk: Sendable {
    let database: TenantDatabase
    let company: Tenant
    let settings: BotSettings
    let answers: [BotAnswer]
    let questions: [BotQuestion]
    /// The customer the conversation is linked to.
    let customer: Customer?
    let principal: Principal
    let randomness: Randomness
    let state: BotState
    let conversation: Conversation.ID
    let refusal: (any Refusal)?

    typealias Result = (record: BotTurnRecord, reply: BotReply, state: BotState)

    /// After as many messages that were not understood a person is asked.
    private static let mostMisses = 2

    private var reader: Reader { company.reader }
    private var now: Instant { principal.now }
    private var standing: (answer: String, step: BotStep)? { state.standing(at: now, for: customer?.id) }

    func answer(_ message: ChatMessage) async throws -> Result {
        if case .choice(let id) = message.content { return try await press(id, message.body) }
        switch message.kind {
        case .text, .buttons: return try await read(message.body)
        case .image: return try await gotPicture(message)
        case .document: return gotFile()
        case .sticker: return (record("sticker", .silent), BotReply(""), state)
        case .audio, .video, .location, .contact, .template, .unsupported:
            return missed(.nothing, saying: BotWords.onlyText.text(for: reader))
        }
    }

    // MARK: - Text

    private func read(_ text: String) async throws -> Result {
        let understood = IntentEngine.shared.understand(text, today: company.timeZone.day(at: now))
        if let command = Self.command(in: text) { return try await run(command, text, understood) }
        if let id = offered(by: text) { return try await press(id, text) }
        let isUrgent = [.person, .complaint].contains(understood.intent)
        if let standing, !isUrgent {
            if understood.intent == .cancel || understood.intent == .menu {
                return try await open(BotNames.menu, text, understood)
            }
            let reply = try await work(of: standing.answer, text, understood, standing.step, pressed: nil)
            if let reply, !reply.isLost { return finish(reply, of: standing.answer, understood) }
            guard let asking = reply else { return try await route(text, understood) }
            let route = BotRoute.choose(for: text, understood, questions, answers)
            if case .nothing = route { return missed(understood, asking: asking, of: standing) }
        }
        return try await route(text, understood)
    }

    private func route(_ text: String, _ understood: Understanding) async throws -> Result {
        switch BotRoute.choose(for: text, understood, questions, answers) {
        case .question(let question):
            return finish(BotReply(question.answer), of: question.question, understood)
        case .answer(let answer): return try await open(answer.name, text, understood)
        case .person(let reason):
            return finish(.handOver(reason, saying: handedOver), of: BotNames.person, understood)
        case .nothing: return missed(understood)
        }
    }

    /// "/misaldo", "/misaldo@NorteBot 123": the command, in small letters.
    static func command(in text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        let word = text.dropFirst().prefix { !$0.isWhitespace && $0 != "@" }
        return String(word.prefix(40)).lowercased()
    }

    /// Commands of the staff, which a customer's chat is refused.
    static let staffCommands: Set<String> = [
        "red", "clientes", "buscar", "dispositivos", "pppoe", "diagnostico", "caidas", "zonas", "incidentes", "monitor",
        "mantenimiento", "pagos", "morosos", "reactivar", "cobranza",
    ]

    private func run(_ command: String, _ text: String, _ understood: Understanding) async throws -> Result {
        if Self.staffCommands.contains(command) {
            let reply = BotReply(BotWords.staffOnly.text(for: reader))
            return (record("/\(command)", .refused), reply, state.without)
        }
        guard let answer = answers.first(where: { $0.commands.contains(command) }) else { return missed(understood) }
        return try await open(answer.name, text, understood)
    }

    // MARK: - Buttons

    private func press(_ id: String, _ text: String) async throws -> Result {
        let nothing = Understanding.nothing
        switch BotPress(id) {
        case .open(let name): return try await open(name, "", nothing)
        case .choice(let value, let turn):
            guard turn == state.turn, let standing,
                let reply = try await work(of: standing.answer, text, nothing, standing.step, pressed: value)
            else {
                let reply = BotReply(BotWords.expired.text(for: reader), [BotNames.menuButton])
                return (record(id, .expired), reply, state)
            }
            return finish(reply, of: standing.answer, nothing)
        case nil: return try await read(text)
        }
    }

    /// Somebody who cannot press writes the number of a choice, or its words.
    private func offered(by text: String) -> String? {
        let typed = text.filter { !$0.isWhitespace }.prefix { $0 != "." && $0 != ")" }
        guard standing?.step.takesNumbers != true, typed.utf8.count <= 2, let number = Int(typed),
            state.offered.indices.contains(number - 1)
        else { return nil }
        return state.offered[number - 1]
    }

    // MARK: - Answers

    private func open(_ name: String, _ text: String, _ understood: Understanding) async throws -> Result {
        guard let reply = try await work(of: name, text, understood, nil, pressed: nil) else {
            return missed(understood)
        }
        return finish(reply, of: name, understood)
    }

    /// Nil where no room answers by that name any more. Whoever is not linked gets no further than how to be.
    func work(
        of name: String, _ text: String, _ understood: Understanding, _ step: BotStep?, pressed: String?
    ) async throws -> BotReply? {
        guard let answer = answers.first(where: { $0.name == name }) else { return nil }
        let turn = BotTurn(
            database: database, company: company, principal: principal, randomness: randomness, understood: understood,
            said: text, conversation: conversation, step: step, pressed: pressed, refusal: refusal, settings: settings,
            answers: answers,
            isLinked: customer != nil)
        switch answer.work {
        case .anybody(let work): return try await work(turn)
        case .customer(let work):
            guard let customer else { return .notLinked(turn) }
            return try await work(turn, customer)
        }
    }

    func finish(_ reply: BotReply, of name: String, _ understood: Understanding) -> Result {
        var reply = reply
        var next = state.after(reply, of: name, for: customer?.id, at: now)
        if reply.handOver != nil {
            next = state.without
            if reply.text.isEmpty { reply.text = handedOver }
        }
        let needsLink = customer == nil && answers.first { $0.name == name }?.needsCustomer == true
        let outcome: BotTurnRecord.Outcome =
            reply.handOver != nil ? .handedOver : needsLink ? .notLinked : reply.next != nil ? .asked : .answered
        return (record(name, outcome, understood), reply, next)
    }

    func missed(
        _ understood: Understanding, saying text: String? = nil, asking: BotReply? = nil,
        of standing: (answer: String, step: BotStep)? = nil
    ) -> Result {
        guard state.misses + 1 < Self.mostMisses else {
            return (
                record("", .handedOver, understood), .handOver(.unsure, saying: handedOver), state.without
            )
        }
        let words = text ?? own(settings.notUnderstood, or: .notUnderstood)
        let buttons = answers.filter { $0.isInMenu && (customer != nil || !$0.needsCustomer) }.map(\.button)
        let reply = asking ?? BotReply(words, Array(buttons.prefix(NewMessage.mostButtons)))
        var next =
            standing.map { state.after(reply, of: $0.answer, for: customer?.id, at: now) }
            ?? state.after(reply, of: "", for: customer?.id, at: now)
        next.misses = state.misses + 1
        return (record("", .notUnderstood, understood), reply, next)
    }

    /// A picture of a customer's is read as a receipt, which takes longer than a message may: they hear what came of it.
    private func gotPicture(_ message: ChatMessage) async throws -> Result {
        guard customer != nil else {
            let own = settings.notLinked
            let reply = BotReply(
                own.isEmpty ? BotWords.notLinked.text(for: reader) : own, [BotNames.personButton])
            return (record(BotNames.receipt, .notLinked), reply, state)
        }
        try await database.queue(TakeChatReceipt(message.id, in: message.conversation), at: now)
        return (record(BotNames.receipt, .silent), BotReply(""), state)
    }

    /// A paper is most often a receipt, and people look at those.
    private func gotFile() -> Result {
        (
            record(BotNames.receipt, .handedOver),
            .handOver(.asked, saying: BotWords.gotFile.text(for: reader)), state.without
        )
    }

    private var handedOver: String {
        let office = settings.office.isEmpty ? company.company.contact.hours : settings.office
        let text = own(settings.handedOver, or: .handedOver)
        return office.isEmpty ? text : "\(text)\n\(office)"
    }

    private func own(_ text: String, or usual: BotWords) -> String { text.isEmpty ? usual.text(for: reader) : text }

    private func record(
        _ answer: String, _ outcome: BotTurnRecord.Outcome, _ understood: Understanding = .nothing
    ) -> BotTurnRecord {
        BotTurnRecord(
            intent: understood.intent.rawValue, confidence: understood.confidence,
            runnerUp: understood.runnerUp?.rawValue, answer: answer, outcome: outcome)
    }
}

/// Where a message leads that is no step of anything.
enum BotRoute {
    case question(BotQuestion)
    case answer(BotAnswer)
    case person(HandOverReason)
    case nothing

    /// A company's own question comes before what everybody asks, where it is nearly word for word that.
    private static let surely = 80

    static func choose(
        for text: String, _ understood: Understanding, _ questions: [BotQuestion], _ answers: [BotAnswer]
    ) -> BotRoute {
        switch understood.intent {
        case .person: return .person(.asked)
        case .complaint: return .person(.upset)
        default: break
        }
        let asked = questions.known.best(for: text)
        let question = asked.flatMap { found in questions.first { $0.id == found.id } }
        if let question, let asked, asked.confidence >= surely || understood.intent == .unknown {
            return .question(question)
        }
        return answers.first { $0.intents.contains(understood.intent) }.map(BotRoute.answer) ?? .nothing
    }
}

extension BotState {
    /// Nothing is begun, and what was not understood is forgotten.
    var without: BotState { BotState(turn: turn + 1) }

    func after(
        _ reply: BotReply, of answer: String, for customer: Customer.ID?, at now: Instant
    ) -> BotState {
        var next = without
        if var step = reply.next, !answer.isEmpty {
            step.answered[Self.owner] = customer?.description
            (next.answer, next.step, next.expiresAt) = (answer, step, now + Self.patience)
        }
        next.offered = reply.buttons.map { BotPress.id(of: $0, turn: next.turn) }
        return next
    }
}
