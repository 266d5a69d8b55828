import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Tenancy

/// The company's access servers, who is on line by them and who was refused.
struct AccessServerRoutes: Sendable {
    static let sessionsPath = "/panel/radius/sessions"
    private static let most = 200

    private let acts: RadiusActs

    init(_ acts: RadiusActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/radius", .networkRead, "Equipos NAS que consultan por RADIUS", list)
        routes.get("/panel/radius/sessions", .networkRead, "Quién está en línea y a quién se rechazó", sessions)
        routes.get("/panel/radius/new", .networkManage, "Formulario para agregar un NAS", ask)
        routes.post("/panel/radius", .networkManage, "Agrega un NAS", create)
        routes.get("/panel/radius/:id", .networkRead, "Un NAS y quién está en línea por él", show)
        routes.get("/panel/radius/:id/edit", .networkManage, "Formulario para cambiar un NAS", edit)
        routes.post("/panel/radius/:id", .networkManage, "Cambia un NAS", change)
        routes.post("/panel/radius/:id/trial", .networkOperate, "Prueba un NAS", tryOut)
        routes.get("/panel/radius/:id/secret", .networkManage, "Pregunta antes de dar otro secreto", askForSecret)
        routes.post("/panel/radius/:id/secret", .networkManage, "Da otro secreto a un NAS", renewSecret)
        routes.get("/panel/radius/:id/delete", .networkManage, "Pregunta antes de eliminar un NAS", askToDelete)
        routes.post("/panel/radius/:id/delete", .networkManage, "Elimina un NAS", delete)
        RadiusAccessRoutes(acts).add(to: &routes)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = AccessServersPage(servers: try await visit.database.accessServers(), visit: visit)
        return try await Panel.page(page, titled: RadiusWords.servers.text(for: visit.reader), for: visit)
    }

    private func sessions(_ visit: Visit) async throws -> Response {
        let text = visit.request.query["q"].map { FormText.line($0, upTo: 100) } ?? ""
        let page = SessionsPage(
            sessions: try await visit.database.openSessions(named: text, limit: Self.most),
            rejections: try await visit.database.rejections(limit: Self.most), search: text, visit: visit)
        return try await Panel.page(page, titled: RadiusWords.sessions.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blank(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<AccessServer>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let server = form.applied(to: acts.blank(at: visit.now))
        do {
            let (made, path) = try await visit.once(sent) { database in
                let made = try await acts.add(server, to: visit.tenant, by: visit.principal, in: database)
                return (made, made.panelPath)
            }
            // Made already, and its secret shown then: it is shown once.
            guard let made else { return .redirect(to: path) }
            return try await page(showing: made, visit)
        } catch let refusal as any Refusal {
            try form.add(radiusRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        try await show(visit, found(id, visit), trial: nil)
    }

    private func show(_ visit: Visit, _ server: AccessServer, trial: RadiusActs.Trial?) async throws -> Response {
        let page = AccessServerPage(
            server: server, trial: trial,
            sessions: try await visit.database.openSessions(at: server.id, limit: Self.most), visit: visit)
        return try await Panel.page(page, titled: server.name, for: visit)
    }

    private func edit(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        let server = try await found(id, visit)
        return try await page(NounForm(server), server, .ok, visit)
    }

    private func change(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        let server = try await found(id, visit)
        var form = try NounForm<AccessServer>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, server, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                guard let server = try await database.accessServer(id, locked: true) else {
                    throw AccessRefusal.notFound
                }
                if let late = sent.late(for: server) { return NounForm<AccessServer>?.some(late) }
                _ = try await acts.change(server, to: sent.applied(to: server), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, server, .conflict, visit) }
            return Panel.done(.saved, at: server.panelPath)
        } catch let refusal as any Refusal {
            try form.add(radiusRefusal: refusal)
            return try await page(form, server, refusal.status, visit)
        }
    }

    private func tryOut(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        let server = try await found(id, visit)
        let trial = try await acts.tryOut(server, at: visit.now, in: visit.database)
        return try await show(visit, server, trial: trial)
    }

    private func askForSecret(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        let server = try await found(id, visit)
        return try await Panel.confirm(
            RadiusWords.renewTitle.text(for: visit.reader, .name(server.name)),
            text: RadiusWords.renewText.text(for: visit.reader), act: RadiusWords.renew.text(for: visit.reader),
            action: "\(server.panelPath)/secret", back: server.panelPath, for: visit)
    }

    private func renewSecret(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        try await page(
            showing: acts.renewSecret(of: id, by: visit.principal, in: visit.database), visit)
    }

    private func askToDelete(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        let server = try await found(id, visit)
        return try await Panel.confirm(
            RadiusWords.deleteTitle.text(for: visit.reader, .name(server.name)),
            text: RadiusWords.deleteText.text(for: visit.reader), act: RadiusWords.delete.text(for: visit.reader),
            action: "\(server.panelPath)/delete", back: server.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: AccessServer.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: AccessServer.path)
    }

    private func found(_ id: AccessServer.ID, _ visit: Visit) async throws -> AccessServer {
        guard let server = try await visit.database.accessServer(id) else { throw AccessRefusal.notFound }
        return server
    }

    private func page(showing server: AccessServer, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            AccessServerSecretPage(server: server, secret: server.newSecret ?? "", visit: visit), titled: server.name,
            for: visit)
    }

    private func page(
        _ form: NounForm<AccessServer>, _ server: AccessServer?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = server?.name ?? RadiusWords.newServer.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: server?.panelPath ?? AccessServer.path, cancel: server?.panelPath ?? AccessServer.path,
            submit: server == nil ? RadiusWords.newServer.message : nil, visit: visit
        ) {
            if let server {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(server.panelPath)/delete"), .data("dialog", "")) {
                        RadiusWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension NounForm {
    /// Told beside the field that it is about; what no field can mend goes on.
    mutating func add(radiusRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as RadiusRefusal: add(refusal, beside: refusal.field)
        case let refusal as RouterRefusal: add(refusal, beside: "address")
        default: throw refusal
        }
    }
}
