import Access
import Bot
import Conversations
import Customers
import Declarations
import Identifiers
import JSON
import Jobs
import LanguageModels
import Locale
import Postgres
import Tenancy
import Time

/// Asks a company's models about a message that the bot did not understand, and answers it. A question is asked once:
/// where whoever asked it died meanwhile, the bot answers as it does alone.
package struct AskAssistant: Job {
    package static let kind = "assistant.ask"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 5
        rules.timeLimit = .seconds(150)
        return rules
    }

    package let message: ChatMessage.ID
    package let conversation: Conversation.ID

    package var key: String? { message.description }
    package var lane: String? { "respond \(conversation)" }
    package var priority: JobPriority { .urgent }

    package init(_ message: ChatMessage.ID, in conversation: Conversation.ID) {
        (self.message, self.conversation) = (message, conversation)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let (one, other) = (
            fields.required("message", as: String.self), fields.required("conversation", as: String.self)
        )
        let (message, conversation) = try fields.finish(one, other)
        guard let message = ChatMessage.ID(message), let conversation = Conversation.ID(conversation) else {
            throw .expected("ids", at: pointer)
        }
        (self.message, self.conversation) = (message, conversation)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("message", message.description)
            json.member("conversation", conversation.description)
        }
    }
}

/// Answers what the bot did not understand, by a company's models.
package struct AssistantResponder: Sendable {
    let acts: AssistantActs
    let catalogue: Catalogue
    let randomness: Randomness

    package init(_ acts: AssistantActs, knowing catalogue: Catalogue, from randomness: Randomness) {
        (self.acts, self.catalogue, self.randomness) = (acts, catalogue, randomness)
    }

    /// Messages of the chat that a model is shown.
    private static let remembered = 8
    /// Takes a message that the bot did not understand, where the company has a model and the message is about its trade.
    package static let fallback = BotFallback(10) { message, company, now, database in
        guard try await database.assistantSettings().isOn, try await !database.models().isEmpty,
            AssistantTopic.isOurs(message.body)
        else { return false }
        try await database.queue(AskAssistant(message.id, in: message.conversation), at: now)
        return true
    }

    package func run(_ job: AskAssistant, of company: Tenant, at now: Instant, in database: TenantDatabase) async throws
    {
        guard let begun = try await begin(job, company, now, database) else { return }
        var outcome = AssistantTalk.Outcome(end: .nothing("no_model"))
        var (cost, used, failures) = (Int64(0), "", [String]())
        for access in begun.models {
            outcome = AssistantTalk.Outcome(end: .nothing(""))
            used = access.model
            do {
                let model = try await acts.model(access, in: database)
                try await begun.talk.ask(model, into: &outcome)
                cost += access.cost(of: outcome.usage)
                break
            } catch let failure as ModelFailure {
                // What it read before it failed is paid for, too; what nobody knows counts as the most there may be.
                outcome.usage.add(failure.usage)
                let known = access.cost(of: outcome.usage)
                cost += failure.mayCost ? max(known, access.cost(of: AssistantTalk.most)) : known
                failures.append("\(access.model): \(failure.reason.rawValue) \(failure.detail)")
                outcome.end = .nothing("failed")
            }
        }
        try await end(job, outcome, by: used, cost, failures, company, now, database)
    }

    private struct Begun: Sendable {
        let talk: AssistantTalk
        let models: [ModelAccess]
    }

    /// Nil where there is nothing to ask: then the bot has answered.
    private func begin(
        _ job: AskAssistant, _ company: Tenant, _ now: Instant, _ database: TenantDatabase
    ) async throws -> Begun? {
        let outside = database
        return try await database.transaction { database in
            let settings = try await database.assistantSettings(locked: true)
            guard let desk = try await desk(job, company, now, database),
                let message = try await database.message(job.message)
            else { return nil }
            switch try await database.assistantState(of: message.id) {
            case nil: break
            case .asked:
                // It may have been asked: it is not asked again, and what it may have cost stays held.
                try await database.settleQuestion(
                    message.id, as: .failed, by: "", answer: "", tools: [], failure: "outcome_unknown",
                    usage: ModelUsage(), cost: Self.most(of: try await database.models()))
                try await desk.giveUp()
                return nil
            default: return nil
            }
            let today = company.timeZone.day(at: now)
            let models = try await database.models()
            guard settings.isOn, !models.isEmpty else {
                try await desk.giveUp()
                return nil
            }
            guard try await database.assistantQuestions(of: desk.conversation, on: today) < settings.perDay else {
                try await desk.say(AssistantWords.tooMany.text(for: company.reader))
                return nil
            }
            let held = Self.most(of: models)
            let spent = try await database.assistantSpending(in: today.month.first).cost
            // Cents are ten thousand millionths of a dollar.
            let (budget, isTooMuch) = settings.budget.minor.multipliedReportingOverflow(by: 10_000)
            guard isTooMuch || spent + held <= budget else {
                try await desk.giveUp()
                return nil
            }
            try await database.insertQuestion(
                message, version: settings.version, reserving: held, on: today, at: now)
            return Begun(
                talk: try await talk(desk, message, settings, job, company, now, database, outside), models: models)
        }
    }

    /// Each model may be asked, and may fail at the end of a talk.
    private static func most(of models: [ModelAccess]) -> Int64 {
        models.reduce(0) { $0 + $1.cost(of: AssistantTalk.most) }
    }

    private func desk(
        _ job: AskAssistant, _ company: Tenant, _ now: Instant, _ database: TenantDatabase
    ) async throws -> BotDesk? {
        try await BotDesk(
            at: job.conversation, of: company, knowing: catalogue, at: now, from: randomness, in: database)
    }

    private func talk(
        _ desk: BotDesk, _ message: ChatMessage, _ settings: AssistantSettings, _ job: AskAssistant, _ company: Tenant,
        _ now: Instant, _ database: TenantDatabase, _ outside: TenantDatabase
    ) async throws -> AssistantTalk {
        var turns: [ModelTurn] = []
        let said = try await database.messages(in: job.conversation, limit: Self.remembered)
            .filter { $0.direction == .in || $0.direction == .out }.reversed()
        for line in said where line.id != message.id && !line.body.isEmpty {
            let text = String(line.body.prefix(600))
            // Providers want them by turns, a person's first.
            switch (line.direction == .in, turns.last) {
            case (true, .user?): continue
            case (false, .assistant?), (false, nil): continue
            case (true, _): turns.append(.user(text))
            case (false, _): turns.append(.assistant(text))
            }
        }
        if case .user? = turns.last { turns.removeLast() }
        turns.append(.user(String(message.body.prefix(1500))))
        return AssistantTalk(
            system: AssistantPrompt.text(
                company: company.name, language: company.language.modelName, customer: desk.customer?.name,
                instructions: settings.instructions),
            turns: turns, tellings: desk.tellings, flows: desk.flows,
            tell: { name in
                try await outside.transaction { database in
                    try await self.desk(job, company, now, database)?.tell(name)
                }
            })
    }

    private func end(
        _ job: AskAssistant, _ outcome: AssistantTalk.Outcome, by model: String, _ cost: Int64, _ failures: [String],
        _ company: Tenant, _ now: Instant, _ database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            var (state, answer) = (AssistantQuestion.State.late, "")
            var failure = failures.joined(separator: "; ")
            if let desk = try await desk(job, company, now, database) {
                switch outcome.end {
                case .said(let text):
                    (state, answer) = (.answered, text)
                    try await desk.say(text)
                case .begins(let name):
                    (state, answer) = (.begun, name)
                    if try await !desk.begin(name) { try await desk.giveUp() }
                case .handsOver:
                    state = .handedOver
                    try await desk.handOver(because: .unsure)
                case .nothing(let why):
                    state = why == "failed" || why == "no_model" ? .failed : .empty
                    if failure.isEmpty { failure = why }
                    try await desk.giveUp()
                }
            }
            try await database.settleQuestion(
                job.message, as: state, by: model, answer: answer, tools: outcome.tools, failure: failure,
                usage: outcome.usage, cost: min(max(0, cost), ModelAccess.mostCost))
        }
    }
}

extension Language {
    /// As the prompt names it.
    fileprivate var modelName: String {
        switch self {
        case .es: "Latin American Spanish"
        case .en: "English"
        case .pt: "Brazilian Portuguese"
        }
    }
}

/// Whether a message is about what an Internet provider does: nothing else is paid for.
enum AssistantTopic {
    private static let roots = [
        "internet", "wifi", "wi-fi", "señal", "senal", "modem", "módem", "router", "ruter", "antena", "fibra", "cable",
        "mega", "veloc", "lent", "conex", "conect", "desconect", "red", "luz roja", "foco", "bombill", "onu", "ping",
        "stream", "netflix", "youtube", "juego", "pag", "cobr", "factur", "recib", "saldo", "deud", "debo", "plan",
        "paquete", "tarifa", "promo", "precio", "cuesta", "vale", "contrat", "servicio", "instal", "técnic", "tecnic",
        "visita", "repar", "falla", "caíd", "caid", "cort", "suspend", "reconect", "activ", "cambi", "mud", "traslad",
        "domicil", "direcci", "horari", "oficin", "sucursal", "titular", "cuenta", "clave", "contraseñ", "prórrog",
        "prorrog", "venc", "cancel", "días", "dias", "recarg", "cobertura", "zona", "equipo", "reinici", "boleto",
        "conta", "sinal", "queda", "slow", "bill", "speed", "pay",
    ]

    static func isOurs(_ text: String) -> Bool {
        let folded = text.lowercased()
        return folded.utf8.count >= 4 && roots.contains { folded.contains($0) }
    }
}
