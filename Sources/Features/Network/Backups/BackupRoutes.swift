import Access
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import RouterScripts
import Routers
import Tenancy
import Time

/// Respaldos: router configurations by version.
package struct BackupRoutes: Sendable {
    static let path = "/panel/network/backups"
    private static let most = 200

    private let backups: BackupVault

    package init(_ backups: BackupVault) { self.backups = backups }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/network/backups", .networkRead, "Respaldos de los routers", company)
        routes.post("/panel/network/backups/rules", .networkManage, "Cambia cuánto se guardan los respaldos", putRules)
        routes.get("/panel/routers/:id/backups", .networkRead, "Versiones de la configuración de un router", list)
        routes.post("/panel/routers/:id/backups", .networkOperate, "Respalda un router", backUp)
        routes.get("/panel/routers/:id/backups/difference", .networkRead, "Diferencia entre dos respaldos", compare)
        routes.get("/panel/network/backups/:id/file", .networkBackups, "Descarga un respaldo", download)
    }

    private func company(_ visit: Visit) async throws -> Response {
        try await company(visit, NounForm(try await visit.database.backupRules()), .ok)
    }

    private func company(_ visit: Visit, _ form: NounForm<BackupRules>, _ status: Status) async throws -> Response {
        let page = BackupsPage(
            routers: try await visit.database.routers(), states: try await visit.database.backupStates(), form: form,
            visit: visit)
        return try await Panel.page(
            page, titled: BackupWords.backups.text(for: visit.reader), status: status, for: visit)
    }

    private func putRules(_ visit: Visit) async throws -> Response {
        let form = try NounForm<BackupRules>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await company(visit, form, .unprocessableContent) }
        try await visit.database.transaction { database in
            let old = try await database.backupRules()
            let new = form.applied(to: old)
            guard let act = Act.change(.backupRulesChanged, nil, from: old.details(), to: new.details()) else { return }
            try await database.put(new)
            try await database.record(act, by: visit.principal.actor, at: visit.now)
        }
        return Panel.done(.saved, at: Self.path)
    }

    private func list(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        let page = RouterBackupsPage(
            router: router, state: try await visit.database.backupStates()[id] ?? BackupState(),
            backups: try await visit.database.backups(of: id, limit: Self.most), visit: visit)
        return try await Panel.page(
            page, titled: BackupWords.back.text(for: visit.reader, .name(router.name)), for: visit)
    }

    private func backUp(_ visit: Visit, id: Router.ID) async throws -> Response {
        _ = try await found(id, visit)
        try await visit.database.queue(BackUpRouter(id, because: .asked), at: visit.now)
        return Panel.done(.backingUp, at: Self.path(of: id))
    }

    private func compare(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        let query = visit.request.query
        guard let from = Self.number(query["from"]), let to = Self.number(query["to"]) else {
            throw RequestError.malformed("The versions cannot be read.")
        }
        guard let old = try await visit.database.backup(from, of: id),
            let new = try await visit.database.backup(to, of: id)
        else { throw AccessRefusal.notFound }
        let page = BackupDifferencePage(
            router: router, old: old, new: new,
            difference: try await backups.difference(from: old, to: new, in: visit.database), visit: visit)
        return try await Panel.page(
            page, titled: BackupWords.difference.text(for: visit.reader), for: visit)
    }

    private static func number(_ text: String?) -> Int? {
        text.flatMap { Int($0) }.flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
    }

    private func download(_ visit: Visit, id: RouterBackup.ID) async throws -> Response {
        guard let response = try await backups.file(id, for: visit) else { throw AccessRefusal.notFound }
        return response
    }

    private func found(_ id: Router.ID, _ visit: Visit) async throws -> Router {
        guard let router = try await visit.database.router(id) else { throw AccessRefusal.notFound }
        return router
    }

    static func path(of router: Router.ID) -> String { "\(Router.path)/\(router)/backups" }
}

extension BackupVault {
    /// The backup as a file; the audit log records who took it.
    func file(_ id: RouterBackup.ID, for visit: Visit) async throws -> Response? {
        guard let backup = try await visit.database.backup(id),
            let router = try await visit.database.router(backup.router)
        else { return nil }
        let text = try await text(of: backup, in: visit.database)
        try await visit.database.record(
            Act(.backupRead, router.subject, after: [Act.Detail("backup", "\(backup.number)")]),
            by: visit.principal.actor, at: visit.now)
        return Response(
            .ok, contentType: .text,
            headers: [
                "Content-Disposition": "attachment; filename=\"router-\(router.number)-v\(backup.number).rsc\"",
                "Cache-Control": "no-store",
            ], body: .bytes(Array(text.utf8)))
    }
}
