import Bot
import Conversations
import Identifiers
import LanguageModels
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A question that a model was asked, with what it used and what became of it.
struct AssistantQuestion: RowReadable, Sendable {
    let message: ChatMessage.ID
    let conversation: Conversation.ID
    let question: String
    let answer: String
    let model: String
    let version: Int
    let tools: [String]
    let state: State
    let failure: String
    let tokens: Int
    /// In millionths of a dollar.
    let cost: Int64
    let askedAt: Instant

    enum State: String, FieldChoice {
        /// It is being asked, or whoever asked it died meanwhile.
        case asked
        case answered, begun
        case handedOver = "handed_over"
        /// Nothing came that could be said.
        case empty
        case failed
        /// A person took the chat meanwhile.
        case late

        var message: Message {
            switch self {
            case .asked: Message(es: "Preguntando", en: "Asking", pt: "Perguntando")
            case .answered: Message(es: "Respondió", en: "Answered", pt: "Respondeu")
            case .begun: Message(es: "Empezó un trámite", en: "Began something", pt: "Começou um trâmite")
            case .handedOver: Message(es: "Pasó a una persona", en: "Handed over", pt: "Passou a uma pessoa")
            case .empty: Message(es: "Sin respuesta útil", en: "No usable answer", pt: "Sem resposta útil")
            case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
            case .late: Message(es: "Llegó tarde", en: "Too late", pt: "Chegou tarde")
            }
        }

        var tone: Tone {
            switch self {
            case .answered, .begun: .good
            case .asked, .empty, .late: .warning
            case .handedOver: .quiet
            case .failed: .bad
            }
        }
    }

    init(row: Row) throws(DatabaseError) {
        message = try row.read("message_id")
        conversation = try row.read("conversation_id")
        question = try row.read("question")
        answer = try row.read("answer")
        model = try row.read("model")
        let version: Int32 = try row.read("prompt_version")
        self.version = Int(version)
        tools = try row.read("tools")
        state = try row.word("state")
        failure = try row.read("failure")
        let (input, output): (Int, Int) = (try row.read("input_tokens"), try row.read("output_tokens"))
        tokens = input + output
        cost = try row.read("cost")
        askedAt = try row.read("asked_at")
    }
}

/// What was spent on models in a month, in millionths of a dollar.
struct AssistantSpending: RowReadable, Sendable {
    let questions: Int
    let cost: Int64

    init(row: Row) throws(DatabaseError) { (questions, cost) = (try row.read("questions"), try row.read("cost")) }

    init() { (questions, cost) = (0, 0) }
}

struct AssistantDay: RowReadable, Sendable {
    let day: Day
    let questions: Int
    let cost: Int64

    init(row: Row) throws(DatabaseError) {
        (day, questions, cost) = (try row.read("day"), try row.read("questions"), try row.read("cost"))
    }
}

extension TenantDatabase {
    func assistantSpending(in month: Day) async throws(DatabaseError) -> AssistantSpending {
        try await first(
            """
            SELECT count(*) AS questions, coalesce(sum(cost), 0)::bigint AS cost FROM assistant_questions
            WHERE tenant_id = \(tenant) AND day >= \(month)
            """) ?? AssistantSpending()
    }

    /// The newest first.
    func assistantDays(since day: Day) async throws(DatabaseError) -> [AssistantDay] {
        try await rows(
            """
            SELECT day, count(*) AS questions, coalesce(sum(cost), 0)::bigint AS cost FROM assistant_questions
            WHERE tenant_id = \(tenant) AND day >= \(day) GROUP BY day ORDER BY day DESC LIMIT 62
            """)
    }

    /// The newest first, before this message.
    func assistantQuestions(
        before message: ChatMessage.ID?, limit: Int
    ) async throws(DatabaseError) -> [AssistantQuestion] {
        let place: SQL = message.map { "AND q.message_id < \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT q.message_id, q.conversation_id, q.question, q.answer, q.model, q.prompt_version, q.tools, q.state,
                q.failure, q.input_tokens, q.output_tokens, q.cost, q.asked_at
            FROM assistant_questions q WHERE q.tenant_id = \(tenant) \(place)
            ORDER BY q.message_id DESC LIMIT \(limit)
            """)
    }

    func assistantState(of message: ChatMessage.ID) async throws(DatabaseError) -> AssistantQuestion.State? {
        let word: String? = try await value(
            "SELECT state FROM assistant_questions WHERE tenant_id = \(tenant) AND message_id = \(message)")
        return word.flatMap { AssistantQuestion.State(rawValue: $0) }
    }

    /// How many questions of a day were this chat's, or its customer's by any chat.
    func assistantQuestions(of conversation: Conversation, on day: Day) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM assistant_questions q
            JOIN conversations c ON c.tenant_id = \(tenant) AND c.conversation_id = q.conversation_id
            WHERE q.tenant_id = \(tenant) AND q.day = \(day)
                AND (q.conversation_id = \(conversation.id) OR c.customer_id = \(conversation.customer))
            """) ?? 0
    }

    /// Holds so much of the month's budget until it is known what the question cost.
    func insertQuestion(
        _ message: ChatMessage, version: Int, reserving cost: Int64, on day: Day, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO assistant_questions (
                tenant_id, message_id, conversation_id, prompt_version, question, state, cost, day, asked_at)
            VALUES (
                \(tenant), \(message.id), \(message.conversation), \(Int32(clamping: version)),
                \(message.body.prefix(scalars: 2000)), 'asked', \(cost), \(day), \(now))
            """)
    }

    func settleQuestion(
        _ message: ChatMessage.ID, as state: AssistantQuestion.State, by model: String, answer: String, tools: [String],
        failure: String, usage: ModelUsage, cost: Int64
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE assistant_questions SET state = \(state.rawValue), model = \(model.prefix(scalars: 100)),
                answer = \(answer.filter { $0 != "\0" }.prefix(scalars: 2000)), tools = \(Array(tools.prefix(60))),
                failure = \(failure.filter { $0 != "\0" }.prefix(scalars: 200)), input_tokens = \(usage.input),
                output_tokens = \(usage.output), cost = \(cost)
            WHERE tenant_id = \(tenant) AND message_id = \(message)
            """)
    }
}
