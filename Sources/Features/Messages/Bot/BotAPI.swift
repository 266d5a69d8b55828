import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A company's own questions in the API.
struct BotAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.get("/api/v1/bot-questions", .botManage, BotAPIWords.list) { visit in
            KnownQuestionList(items: try await visit.database.botQuestions())
        }
        routes.post("/api/v1/bot-questions", .botManage, BotAPIWords.create) {
            (visit, new: NewNoun<BotQuestion>) in
            let blank = BotQuestion(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
            return try await new.noun(from: blank).add(by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/bot-questions/:id", .botManage, BotAPIWords.read) { (visit, id: BotQuestion.ID) in
            try await visit.database.botQuestion(id)
        }
        routes.patch(
            "/api/v1/bot-questions/:id", .botManage, BotAPIWords.change,
            of: { (visit, id: BotQuestion.ID) in try await visit.database.botQuestion(id, locked: true) }
        ) { (visit, question, changes: NounChanges<BotQuestion>) in
            let changed = try changes.applied(to: question)
            try await question.change(to: changed, by: visit.principal, in: visit.database)
            return changed
        }
        routes.delete("/api/v1/bot-questions/:id", .botManage, BotAPIWords.delete) { (visit, id: BotQuestion.ID) in
            try await BotQuestion.delete(id, by: visit.principal, in: visit.database)
        }
    }
}

extension BotQuestion: Resource {
    package static let schema = Schema.object(
        "BotQuestion", [.required("id", .id, BotAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/bot-questions/\(id)" }
}

private struct KnownQuestionList: Resource {
    let items: [BotQuestion]

    static let schema = Schema.object(
        "BotQuestions", [.required("items", .list(of: BotQuestion.schema), BotAPIWords.list)])

    var path: String { "/api/v1/bot-questions" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in for item in items { json.value(item) } }
        }
    }
}

enum BotAPIWords: MessageCatalogue {
    case list, create, read, change, delete, id

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las preguntas frecuentes que el bot responde",
                en: "The questions of the company's that the bot answers",
                pt: "As perguntas frequentes que o bot responde")
        case .create:
            Message(
                es: "Agrega una pregunta frecuente", en: "Adds a question of the company's",
                pt: "Adiciona uma pergunta frequente")
        case .read:
            Message(es: "Una pregunta frecuente", en: "One question of the company's", pt: "Uma pergunta frequente")
        case .change:
            Message(
                es: "Cambia una pregunta frecuente", en: "Changes a question of the company's",
                pt: "Altera uma pergunta frequente")
        case .delete:
            Message(
                es: "Elimina una pregunta frecuente", en: "Deletes a question of the company's",
                pt: "Exclui uma pergunta frequente")
        case .id: Message(es: "Identifica la pregunta.", en: "Stands for the question.", pt: "Identifica a pergunta.")
        }
    }
}
