import Access
import Conversations
import Declarations
import HTML
import HTTP
import Identifiers
import Intents
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// How the bot speaks, a sentence to try it with, the company's own questions, and what it understood so far.
package struct BotRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/panel/bot"
    static let questionsPath = "/panel/bot/questions"
    static let turnsPath = "/panel/bot/messages"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/bot", .botManage, "Cómo responde el bot, y probarlo", show)
        routes.post("/panel/bot", .botManage, "Cambia cómo responde el bot", change)
        routes.get("/panel/bot/messages", .botManage, "Lo que el bot entendió de cada mensaje", turns)
        routes.get("/panel/bot/questions", .botManage, "Las preguntas frecuentes de la empresa", questions)
        routes.get("/panel/bot/questions/new", .botManage, "Formulario para agregar una pregunta", ask)
        routes.post("/panel/bot/questions", .botManage, "Agrega una pregunta frecuente", create)
        routes.get("/panel/bot/questions/:id", .botManage, "Una pregunta frecuente", showQuestion)
        routes.post("/panel/bot/questions/:id", .botManage, "Cambia una pregunta frecuente", changeQuestion)
        routes.get(
            "/panel/bot/questions/:id/delete", .botManage, "Pregunta antes de eliminar una pregunta frecuente",
            askToDelete)
        routes.post("/panel/bot/questions/:id/delete", .botManage, "Elimina una pregunta frecuente", delete)
    }

    // MARK: - Settings

    private func show(_ visit: Visit) async throws -> Response {
        let settings = try await visit.database.botSettings()
        return try await page(NounForm(settings, in: visit.notation), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try NounForm<BotSettings>(
            try await visit.request.body.form(upTo: 32_768), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        try await form.applied(to: try await visit.database.botSettings()).put(by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.path)
    }

    private func page(_ form: NounForm<BotSettings>, _ status: Status, _ visit: Visit) async throws -> Response {
        let text = FormText.line(try visit.request.query.value("text", as: String.self) ?? "", upTo: 500)
        let trial =
            text.isEmpty
            ? nil
            : BotTrial(
                text, knowing: try await visit.database.botQuestions(), visit.catalogue.parts(BotAnswer.self),
                on: visit.today)
        return try await Panel.page(
            BotPage(form: form, trial: trial, visit: visit), titled: BotPageWords.bot.text(for: visit.reader),
            status: status, for: visit)
    }

    private func turns(_ visit: Visit) async throws -> Response {
        let before = try visit.request.query.value("before", as: UUID.self)
        let isAll = try visit.request.query.value("show", as: String.self) == "all"
        let turns = try await visit.database.botTurns(
            before: before.map { ChatMessage.ID($0) }, missedOnly: !isAll, limit: BotTurnsPage.length + 1)
        let page = BotTurnsPage(turns: turns, isAll: isAll, isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: BotPageWords.understood.text(for: visit.reader), for: visit)
    }

    // MARK: - Questions

    private func questions(_ visit: Visit) async throws -> Response {
        let page = BotQuestionsPage(questions: try await visit.database.botQuestions(), visit: visit)
        return try await Panel.page(page, titled: BotPageWords.questions.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        var question = blank(visit)
        // A message that was not understood is one more way of asking.
        question.question = FormText.line(try visit.request.query.value("text", as: String.self) ?? "", upTo: 200)
        return try await page(NounForm(new: question, in: visit.notation), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        var form = try NounForm<BotQuestion>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let question = form.applied(to: blank(visit))
        do {
            _ = try await visit.once(sent) { database in
                (try await question.add(by: visit.principal, in: database), Self.questionsPath)
            }
            return Panel.done(.created, at: Self.questionsPath)
        } catch let refusal as BotRefusal {
            form.add(refusal, beside: "question")
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func showQuestion(_ visit: Visit, id: BotQuestion.ID) async throws -> Response {
        let question = try await found(id, in: visit.database)
        return try await page(NounForm(question, in: visit.notation), question, .ok, visit)
    }

    private func changeQuestion(_ visit: Visit, id: BotQuestion.ID) async throws -> Response {
        let question = try await found(id, in: visit.database)
        let form = try NounForm<BotQuestion>(try await visit.request.body.form(upTo: 16_384), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, question, .unprocessableContent, visit) }
        let late = try await visit.database.transaction { database in
            let question = try await found(id, locked: true, in: database)
            if let late = form.late(for: question) { return NounForm<BotQuestion>?.some(late) }
            try await question.change(to: form.applied(to: question), by: visit.principal, in: database)
            return nil
        }
        if let late { return try await page(late, question, .conflict, visit) }
        return Panel.done(.saved, at: Self.questionsPath)
    }

    private func askToDelete(_ visit: Visit, id: BotQuestion.ID) async throws -> Response {
        let question = try await found(id, in: visit.database)
        return try await Panel.confirm(
            BotPageWords.deleteTitle.text(for: visit.reader, .name(question.question)),
            text: BotPageWords.deleteText.text(for: visit.reader), act: BotPageWords.delete.text(for: visit.reader),
            action: "\(Self.questionsPath)/\(id)/delete", back: "\(Self.questionsPath)/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: BotQuestion.ID) async throws -> Response {
        try await BotQuestion.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Self.questionsPath)
    }

    private func blank(_ visit: Visit) -> BotQuestion {
        BotQuestion(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
    }

    private func found(
        _ id: BotQuestion.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> BotQuestion {
        guard let question = try await database.botQuestion(id, locked: locked) else { throw AccessRefusal.notFound }
        return question
    }

    private func page(
        _ form: NounForm<BotQuestion>, _ question: BotQuestion?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let title = question?.question ?? BotPageWords.newQuestion.text(for: reader)
        let path = question.map { "\(Self.questionsPath)/\($0.id)" }
        let page = NounFormPage(
            title, form, to: path ?? Self.questionsPath, cancel: Self.questionsPath,
            submit: question == nil ? BotPageWords.newQuestion.message : nil, visit: visit
        ) {
            if let path {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(path)/delete"), .data("dialog", "")) {
                        BotPageWords.delete.text(for: reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// A sentence that somebody tries the bot with: nothing is sent, and no customer is looked at.
struct BotTrial: Sendable {
    let text: String
    let understood: Understanding
    let route: BotRoute

    init(_ text: String, knowing questions: [BotQuestion], _ answers: [BotAnswer], on today: Day) {
        self.text = text
        understood = IntentEngine.shared.understand(text, today: today)
        if let command = BotTalk.command(in: text), let answer = answers.first(where: { $0.commands.contains(command) })
        {
            route = .answer(answer)
        } else {
            route = BotRoute.choose(for: text, understood, questions, answers)
        }
    }
}
