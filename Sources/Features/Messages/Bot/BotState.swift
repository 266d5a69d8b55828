import Conversations
import Customers
import Identifiers
import Intents
import Locale
import Nouns
import Postgres
import Time

/// Where the bot stands in a conversation. It is in the database, so that a restart between two messages changes nothing.
struct BotState: Sendable, Equatable {
    var turn = 0
    var misses = 0
    var answer: String?
    var step: BotStep?
    var offered: [String] = []
    var expiresAt: Instant?

    /// What was begun and not gone on with for so long is given up.
    static let patience = Duration.seconds(12 * 3600)

    /// Beside what was answered: whose chat it was.
    static let owner = "customer"

    /// The step, unless it is given up by now or the chat became another customer's.
    func standing(at now: Instant, for customer: Customer.ID?) -> (answer: String, step: BotStep)? {
        guard let answer, let step, let expiresAt, expiresAt > now,
            step.answered[Self.owner] == customer?.description
        else { return nil }
        return (answer, step)
    }
}

/// The ids of the bot's buttons: `bot.open.promise`, `bot.7.confirm`.
enum BotPress: Equatable {
    case open(String)
    case choice(String, turn: Int)

    init?(_ id: String) {
        let parts = id.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "bot" else { return nil }
        if parts[1] == "open" {
            self = .open(String(parts[2]))
        } else if let turn = Int(parts[1]) {
            self = .choice(String(parts[2]), turn: turn)
        } else {
            return nil
        }
    }

    static func id(of button: BotButton, turn: Int) -> String {
        switch button {
        case .open(let name, _): "bot.open.\(name)"
        case .choose(let value, _): "bot.\(turn).\(value)"
        }
    }
}

/// What was understood of a message and what was done about it.
struct BotTurnRecord: Sendable {
    enum Outcome: String, FieldChoice {
        case answered, asked
        case notUnderstood = "not_understood"
        case notLinked = "not_linked"
        case handedOver = "handed_over"
        case refused, expired, silent

        package var message: Message {
            switch self {
            case .answered: Message(es: "Respondió", en: "Answered", pt: "Respondeu")
            case .asked: Message(es: "Preguntó", en: "Asked", pt: "Perguntou")
            case .notUnderstood: Message(es: "No entendió", en: "Not understood", pt: "Não entendeu")
            case .notLinked: Message(es: "Sin vincular", en: "Not linked", pt: "Sem vincular")
            case .handedOver: Message(es: "Pasó a una persona", en: "Handed over", pt: "Passou a uma pessoa")
            case .refused: Message(es: "Negó un comando", en: "Refused a command", pt: "Negou um comando")
            case .expired: Message(es: "Botón vencido", en: "Expired button", pt: "Botão vencido")
            case .silent: Message(es: "Calló", en: "Silent", pt: "Calou-se")
            }
        }

        package var tone: Tone {
            switch self {
            case .answered, .asked: .good
            case .notUnderstood, .notLinked, .expired: .warning
            case .refused: .bad
            case .handedOver, .silent: .quiet
            }
        }
    }

    var intent: String
    var confidence: Int
    var runnerUp: String?
    var answer: String
    var outcome: Outcome
}

/// A row of the log of what the bot understood.
struct BotTurnRow: RowReadable {
    let id: ChatMessage.ID
    let conversation: Conversation.ID
    let said: String
    let turn: BotTurnRecord
    let madeAt: Instant

    init(row: Row) throws(DatabaseError) {
        id = try row.read("message_id")
        conversation = try row.read("conversation_id")
        said = try row.read("body")
        madeAt = try row.read("made_at")
        turn = BotTurnRecord(
            intent: try row.read("intent"), confidence: try row.read("confidence"),
            runnerUp: try row.read("runner_up"), answer: try row.read("answer"), outcome: try row.word("outcome"))
    }
}

extension TenantDatabase {
    func botState(of conversation: Conversation.ID) async throws(DatabaseError) -> BotState {
        try await first(
            """
            SELECT turn, misses, answer, step, asked, answered, offered, expires_at FROM bot_states
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation)
            """) ?? BotState()
    }

    func answersOfBot(in conversation: Conversation.ID, since moment: Instant) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM messages
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation) AND made_at > \(moment)
                AND direction = 'out' AND author_kind = 'bot'
            """) ?? 0
    }

    func put(_ state: BotState, of conversation: Conversation.ID) async throws(DatabaseError) {
        let answered = (state.step?.answered ?? [:]).sorted { $0.key < $1.key }
        // The number's kind is part of the step's name, so that it needs no column of its own.
        let step = state.step.map { $0.takesNumbers ? "\($0.name)#" : $0.name }
        try await execute(
            """
            INSERT INTO bot_states (
                tenant_id, conversation_id, turn, misses, answer, step, asked, answered, offered, expires_at)
            VALUES (
                \(tenant), \(conversation), \(state.turn), \(Int32(min(state.misses, 1000))), \(state.answer), \(step),
                \(answered.map(\.key)), \(answered.map(\.value)), \(state.offered), \(state.expiresAt))
            ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET turn = excluded.turn, misses = excluded.misses,
                answer = excluded.answer, step = excluded.step, asked = excluded.asked, answered = excluded.answered,
                offered = excluded.offered, expires_at = excluded.expires_at
            """)
    }

    func isAnswered(_ message: ChatMessage.ID) async throws(DatabaseError) -> Bool {
        let known: Int? = try await value(
            "SELECT 1 FROM bot_turns WHERE tenant_id = \(tenant) AND message_id = \(message)")
        return known != nil
    }

    func note(
        _ turn: BotTurnRecord, about message: ChatMessage.ID, in conversation: Conversation.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO bot_turns (
                tenant_id, message_id, conversation_id, intent, confidence, runner_up, answer, outcome, made_at)
            VALUES (
                \(tenant), \(message), \(conversation), \(turn.intent), \(Int32(turn.confidence)), \(turn.runnerUp),
                \(turn.answer.prefix(scalars: 200)), \(turn.outcome.rawValue), \(now))
            """)
    }

    /// The newest first, before this message.
    func botTurns(
        before: ChatMessage.ID?, missedOnly: Bool, limit: Int
    ) async throws(DatabaseError) -> [BotTurnRow] {
        let missed: SQL = missedOnly ? "AND b.outcome = 'not_understood'" : .nothing
        let place: SQL = before.map { "AND b.message_id < \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT b.message_id, b.conversation_id, m.body, b.intent, b.confidence, b.runner_up, b.answer, b.outcome,
                b.made_at
            FROM bot_turns b JOIN messages m ON m.tenant_id = b.tenant_id AND m.message_id = b.message_id
            WHERE b.tenant_id = \(tenant) \(missed) \(place) ORDER BY b.message_id DESC LIMIT \(limit)
            """)
    }
}

extension BotState: RowReadable {
    init(row: Row) throws(DatabaseError) {
        turn = try row.read("turn")
        misses = try row.read("misses")
        answer = try row.read("answer")
        offered = try row.read("offered")
        expiresAt = try row.read("expires_at")
        guard let name: String = try row.read("step") else { return }
        let (asked, given): ([String], [String]) = (try row.read("asked"), try row.read("answered"))
        let answered = Dictionary(zip(asked, given)) { first, _ in first }
        let takesNumbers = name.hasSuffix("#")
        step = BotStep(takesNumbers ? String(name.dropLast()) : name, answered, takesNumbers: takesNumbers)
    }
}
