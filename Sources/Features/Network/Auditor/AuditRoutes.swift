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
import Time

/// The auditor's pages: findings on the routers and their fixes.
package struct AuditRoutes: Sendable {
    static let path = "/panel/network/audit"
    private static let most = 500
    private static let remembered = Duration.seconds(90 * 86_400)

    package init() {}

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/network/audit", .networkRead, "Auditor de los routers", company)
        routes.get("/panel/routers/:id/audit", .networkRead, "Auditoría de un router", router)
        routes.post("/panel/routers/:id/audit", .networkOperate, "Audita un router", audit)
        routes.get(
            "/panel/network/findings/:id/fix", .networkManage, "Muestra una corrección antes de aplicarla", preview)
        routes.post("/panel/network/findings/:id/fix", .networkManage, "Aplica una corrección", apply)
        routes.get("/panel/network/findings/:id/ignore", .networkManage, "Pregunta por qué se ignora un hallazgo", ask)
        routes.post("/panel/network/findings/:id/ignore", .networkManage, "Ignora un hallazgo", ignore)
        routes.post("/panel/network/findings/:id/heed", .networkManage, "Deja de ignorar un hallazgo", heed)
    }

    private func company(_ visit: Visit) async throws -> Response {
        let page = AuditorPage(
            routers: try await visit.database.routers(), audits: try await visit.database.routerAudits(),
            findings: try await visit.database.findings(limit: Self.most), visit: visit)
        return try await Panel.page(page, titled: AuditorWords.auditor.text(for: visit.reader), for: visit)
    }

    private func router(_ visit: Visit, id: Router.ID) async throws -> Response {
        guard let router = try await visit.database.router(id) else { throw AccessRefusal.notFound }
        let page = RouterAuditPage(
            router: router, audit: try await visit.database.routerAudit(id),
            findings: try await visit.database.findings(
                of: id, fixedSince: visit.now - Self.remembered, limit: Self.most), visit: visit)
        return try await Panel.page(
            page, titled: "\(AuditorWords.auditor.text(for: visit.reader)) · \(router.name)", for: visit)
    }

    private func audit(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await AuditActs.audit(id, by: visit.principal, in: visit.database)
        return Panel.done(.auditing, at: Self.path(of: id))
    }

    private func preview(_ visit: Visit, id: RouterFinding.ID) async throws -> Response {
        let finding = try await AuditActs.found(id, in: visit.database)
        let router = try await visit.database.router(finding.router)
        let isHeld = router.map { $0.mode == .shadow || $0.isPaused } ?? true
        return try await Panel.page(
            FixPage(finding: finding, isHeld: isHeld, visit: visit),
            titled: AuditorWords.applyTitle.text(for: visit.reader), for: visit)
    }

    private func apply(_ visit: Visit, id: RouterFinding.ID) async throws -> Response {
        let finding = try await AuditActs.applyFix(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.fixing, at: Self.path(of: finding.router))
    }

    private func ask(_ visit: Visit, id: RouterFinding.ID) async throws -> Response {
        try await ask(visit, AuditActs.found(id, in: visit.database), fault: nil)
    }

    private func ask(_ visit: Visit, _ finding: RouterFinding, fault: AuditRefusal?) async throws -> Response {
        try await Panel.page(
            IgnorePage(finding: finding, fault: fault, visit: visit),
            titled: AuditorWords.ignoreTitle.text(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func ignore(_ visit: Visit, id: RouterFinding.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason", FormID.field])
        let finding = try await AuditActs.found(id, in: visit.database)
        do {
            try await AuditActs.ignore(
                id, because: FormText.line(sent["reason"] ?? "", upTo: 300), by: visit.principal, in: visit.database)
        } catch AuditRefusal.reasonNeeded {
            return try await ask(visit, finding, fault: .reasonNeeded)
        }
        return Panel.done(.saved, at: Self.path(of: finding.router))
    }

    private func heed(_ visit: Visit, id: RouterFinding.ID) async throws -> Response {
        let finding = try await AuditActs.heed(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.path(of: finding.router))
    }

    static func path(of router: Router.ID) -> String { "\(Router.path)/\(router)/audit" }
    static func path(of finding: RouterFinding) -> String { "/panel/network/findings/\(finding.id)" }

    /// For the router's page.
    static func ofRouter(_ router: Router, _ visit: Visit) async throws -> Markup {
        guard let audit = try await visit.database.routerAudit(router.id) else {
            return AuditCard(router: router, audit: nil, findings: [], visit: visit).body
        }
        let findings = try await visit.database.findings(of: router.id, limit: most)
        return AuditCard(router: router, audit: audit, findings: findings, visit: visit).body
    }
}
