import Access
import Bot
import Conversations
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// A company's language models: whether they are asked, by whose keys, within which limits, and what they said.
struct AssistantRoutes: Sendable {
    private let acts: AssistantActs

    init(_ acts: AssistantActs) { self.acts = acts }

    static let path = "/panel/assistant"
    static let questions = "/panel/assistant/questions"

    /// Providers of models charge in dollars.
    private static func dollars(_ visit: Visit) -> Notation { Notation(.usd, for: visit.reader) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/assistant", .botManage, "El modelo de lenguaje del bot y su costo", show)
        routes.post("/panel/assistant", .botManage, "Cambia el uso y los límites del modelo", change)
        routes.get("/panel/assistant/questions", .botManage, "Lo que se preguntó al modelo", asked)
        routes.get("/panel/assistant/models/new", .botManage, "Formulario para agregar un modelo", ask)
        routes.post("/panel/assistant/models", .botManage, "Agrega un modelo", create)
        routes.get("/panel/assistant/models/:id", .botManage, "Formulario para cambiar un modelo", edit)
        routes.post("/panel/assistant/models/:id", .botManage, "Cambia un modelo", changeModel)
        routes.post("/panel/assistant/models/:id/test", .botManage, "Prueba un modelo", test)
        routes.get(
            "/panel/assistant/models/:id/delete", .botManage, "Pregunta antes de eliminar un modelo", askToDelete)
        routes.post("/panel/assistant/models/:id/delete", .botManage, "Elimina un modelo", delete)
    }

    private func show(_ visit: Visit) async throws -> Response {
        try await page(NounForm(try await visit.database.assistantSettings(), in: Self.dollars(visit)), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try NounForm<AssistantSettings>(
            try await visit.request.body.form(upTo: 16_384), in: Self.dollars(visit))
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let known = try await visit.database.assistantSettings()
        if let late = form.late(for: known) { return try await page(late, .conflict, visit) }
        try await form.applied(to: known).put(by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.path)
    }

    private func page(
        _ form: NounForm<AssistantSettings>, _ status: Status, _ visit: Visit, tested: String? = nil,
        fault: AssistantRefusal? = nil
    ) async throws -> Response {
        let today = visit.tenant.timeZone.day(at: visit.now)
        let page = AssistantPage(
            form: form, settings: try await visit.database.assistantSettings(),
            models: try await visit.database.models(),
            spending: try await visit.database.assistantSpending(in: today.month.first),
            days: try await visit.database.assistantDays(since: today - 30), tested: tested, fault: fault,
            visit: visit)
        return try await Panel.page(
            page, titled: AssistantWords.title.text(for: visit.reader), status: status, for: visit)
    }

    private func asked(_ visit: Visit) async throws -> Response {
        let before = try visit.request.query.value("before", as: UUID.self)
        let found = try await visit.database.assistantQuestions(
            before: before.map { ChatMessage.ID($0) }, limit: AssistantQuestionsPage.length + 1)
        let page = AssistantQuestionsPage(questions: found, isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: AssistantWords.asked.text(for: visit.reader), for: visit)
    }

    // MARK: - Models

    private func ask(_ visit: Visit) async throws -> Response {
        try await modelPage(NounForm(new: acts.blank(at: visit.now), in: Self.dollars(visit)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<ModelAccess>(sent, in: Self.dollars(visit))
        guard form.faults.isEmpty else { return try await modelPage(form, nil, .unprocessableContent, visit) }
        let new = form.applied(to: acts.blank(at: visit.now))
        do {
            _ = try await visit.once(sent) { database in
                (try await acts.save(new, isNew: true, by: visit.principal, in: database), Self.path)
            }
            return Panel.done(.created, at: Self.path)
        } catch let refusal as AssistantRefusal {
            form.add(refusal, beside: refusal.field)
            return try await modelPage(form, nil, refusal.status, visit)
        }
    }

    private func edit(_ visit: Visit, id: ModelAccess.ID) async throws -> Response {
        let access = try await found(id, visit)
        return try await modelPage(NounForm(access, in: Self.dollars(visit)), access, .ok, visit)
    }

    private func changeModel(_ visit: Visit, id: ModelAccess.ID) async throws -> Response {
        let access = try await found(id, visit)
        var form = try NounForm<ModelAccess>(try await visit.request.body.form(upTo: 8192), in: Self.dollars(visit))
        guard form.faults.isEmpty else { return try await modelPage(form, access, .unprocessableContent, visit) }
        if let late = form.late(for: access) { return try await modelPage(late, access, .conflict, visit) }
        do {
            _ = try await acts.save(
                form.applied(to: access), isNew: false, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as AssistantRefusal {
            form.add(refusal, beside: refusal.field)
            return try await modelPage(form, access, refusal.status, visit)
        }
    }

    private func modelPage(
        _ form: NounForm<ModelAccess>, _ access: ModelAccess?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = access?.model ?? AssistantWords.newModel.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: access?.panelPath ?? ModelAccess.path, cancel: Self.path,
            submit: access == nil ? AssistantWords.newModel.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func test(_ visit: Visit, id: ModelAccess.ID) async throws -> Response {
        let access = try await found(id, visit)
        let form = NounForm(try await visit.database.assistantSettings(), in: Self.dollars(visit))
        do {
            try await acts.examine(access, in: visit.database)
            return try await page(form, .ok, visit, tested: access.model)
        } catch let refusal as AssistantRefusal {
            return try await page(form, refusal.status, visit, fault: refusal)
        }
    }

    private func askToDelete(_ visit: Visit, id: ModelAccess.ID) async throws -> Response {
        let access = try await found(id, visit)
        return try await Panel.confirm(
            AssistantWords.deleteTitle.text(for: visit.reader, .name(access.model)),
            text: AssistantWords.deleteText.text(for: visit.reader),
            act: AssistantWords.delete.text(for: visit.reader), action: "\(access.panelPath)/delete", back: Self.path,
            for: visit)
    }

    private func delete(_ visit: Visit, id: ModelAccess.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Self.path)
    }

    private func found(_ id: ModelAccess.ID, _ visit: Visit) async throws -> ModelAccess {
        guard let access = try await visit.database.model(id) else { throw AccessRefusal.notFound }
        return access
    }
}
