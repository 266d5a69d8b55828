import Access
import Events
import Identifiers
import Intents
import JSON
import Locale
import Nouns
import Postgres
import Time

/// A question that a company's customers ask, and what the company answers: una pregunta frecuente.
package struct BotQuestion: Sendable, Equatable {
    package typealias ID = Identifiers.ID<BotQuestion>

    package let id: ID
    package var question = ""
    /// Other ways of asking it, a line each.
    package var ways = ""
    package var answer = ""

    package init(id: ID) { self.id = id }

    /// All of them are read for each message.
    static let most = 200
}

extension BotQuestion: Fielded {
    package static let noun = "BotQuestion"

    package static let fields: [Field<BotQuestion>] = [
        .line("question", \.question, 1...200, Message(es: "Pregunta", en: "Question", pt: "Pergunta")),
        .lines(
            "ways", \.ways, 0...2000,
            Message(es: "Otras maneras de preguntarlo", en: "Other ways of asking it", pt: "Outras formas de perguntar")
        ).hint(
            Message(
                es: "Una por renglón, como las escriben los clientes. No hace falta cuidar acentos ni faltas.",
                en: "One a line, as customers write them. Accents and misspellings do not matter.",
                pt: "Uma por linha, como os clientes escrevem. Acentos e erros não importam.")),
        .lines("answer", \.answer, 1...2000, Message(es: "Respuesta", en: "Answer", pt: "Resposta")),
    ]

    fileprivate var subject: Act.Subject { Act.Subject("bot_question", id.uuid, named: question) }
}

extension [BotQuestion] {
    var known: KnownQuestions<BotQuestion.ID> {
        KnownQuestions(
            map { question in
                (question.id, [question.question] + question.ways.split(separator: "\n").prefix(30).map(String.init))
            })
    }
}

extension BotQuestion {
    package func add(by principal: Principal, in database: TenantDatabase) async throws -> BotQuestion {
        try await database.transaction { database in
            guard try await database.botQuestions().count < Self.most else { throw BotRefusal.tooManyQuestions }
            try await database.put(self, at: principal.now)
            try await database.record(
                Act(.botQuestionCreated, subject, after: details()), by: principal.actor, at: principal.now)
            return self
        }
    }

    func change(to changed: BotQuestion, by principal: Principal, in database: TenantDatabase) async throws {
        guard let act = Act.change(.botQuestionChanged, changed.subject, from: details(), to: changed.details()) else {
            return
        }
        try await database.transaction { database in
            try await database.put(changed, at: principal.now)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    static func delete(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let question = try await database.botQuestion(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.execute(
                "DELETE FROM bot_questions WHERE tenant_id = \(database.tenant) AND question_id = \(id)")
            try await database.record(
                Act(.botQuestionDeleted, question.subject, before: question.details()), by: principal.actor,
                at: principal.now)
        }
    }
}

extension TenantDatabase {
    func botQuestions() async throws(DatabaseError) -> [BotQuestion] {
        try await rows(
            """
            SELECT question_id, question, ways, answer FROM bot_questions
            WHERE tenant_id = \(tenant) ORDER BY question_id LIMIT \(BotQuestion.most)
            """)
    }

    func botQuestion(_ id: BotQuestion.ID, locked: Bool = false) async throws(DatabaseError) -> BotQuestion? {
        try await first(
            """
            SELECT question_id, question, ways, answer FROM bot_questions
            WHERE tenant_id = \(tenant) AND question_id = \(id)
            \(locked ? .forUpdate(of: "bot_questions") : .nothing)
            """)
    }

    fileprivate func put(_ question: BotQuestion, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO bot_questions (tenant_id, question_id, question, ways, answer, made_at)
            VALUES (\(tenant), \(question.id), \(question.question), \(question.ways), \(question.answer), \(now))
            ON CONFLICT (tenant_id, question_id) DO UPDATE
            SET question = excluded.question, ways = excluded.ways, answer = excluded.answer
            """)
    }
}

extension BotQuestion: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension BotQuestion: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("question_id"))
        question = try row.read("question")
        ways = try row.read("ways")
        answer = try row.read("answer")
    }
}
