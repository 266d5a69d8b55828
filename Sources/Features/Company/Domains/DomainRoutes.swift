import Access
import DNS
import Declarations
import HTTP
import Identifiers
import Locale
import Panel
import Tenancy

package struct DomainRoutes: Sendable {
    private let records: TextRecords
    private let base: String
    private let randomness: Randomness

    package init(asking records: TextRecords, base: String, randomness: Randomness) {
        self.records = records
        self.base = base
        self.randomness = randomness
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/domains", .settingsManage, "Los dominios de la empresa", list)
        routes.post("/panel/domains", .settingsManage, "Agrega un dominio propio", claim)
        routes.post("/panel/domains/:id/check", .settingsManage, "Comprueba un dominio en el DNS", check)
        routes.get(
            "/panel/domains/:id/remove", .settingsManage, "Pregunta antes de quitar un dominio", askToRemove)
        routes.post("/panel/domains/:id/remove", .settingsManage, "Quita un dominio", remove)
    }

    private func list(_ visit: Visit) async throws -> Response { try await page(visit) }

    private func claim(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["host"])
        let typed = form["host"] ?? ""
        do {
            _ = try await Domain.claim(
                typed, besides: base, by: visit.principal, from: randomness, in: visit.database)
        } catch let refusal as DomainRefusal {
            return try await page(visit, typed: typed, fault: refusal)
        }
        return Panel.done(.saved, at: "/panel/domains")
    }

    private func check(_ visit: Visit, id: Domain.ID) async throws -> Response {
        let finding: Domain.Finding
        do {
            finding = try await Domain.check(
                id, asking: records, by: visit.principal.actor, at: visit.now, in: visit.database)
        } catch let refusal as DomainRefusal {
            return try await page(visit, told: (id, refusal.message), refusal.status)
        }
        switch finding {
        case .present: return Panel.done(.domainProven, at: "/panel/domains")
        case .missing: return try await page(visit, told: (id, DomainWords.missing.message))
        case .unanswered: return try await page(visit, told: (id, DomainWords.unanswered.message))
        }
    }

    private func askToRemove(_ visit: Visit, id: Domain.ID) async throws -> Response {
        guard let domain = try await visit.database.domain(id) else { throw AccessRefusal.notFound }
        return try await Panel.confirm(
            DomainWords.removeTitle.text(for: visit.reader, .text("host", domain.host)),
            text: DomainWords.removeText.text(for: visit.reader), act: DomainWords.remove.text(for: visit.reader),
            action: "/panel/domains/\(id)/remove", back: "/panel/domains", for: visit)
    }

    private func remove(_ visit: Visit, id: Domain.ID) async throws -> Response {
        try await Domain.remove(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: "/panel/domains")
    }

    private func page(
        _ visit: Visit, typed: String = "", fault: DomainRefusal? = nil, told: (Domain.ID, Message)? = nil,
        _ status: Status = .ok
    ) async throws -> Response {
        let page = DomainsPage(
            domains: try await visit.database.domains(), home: "\(visit.tenant.slug).\(base)", typed: typed,
            fault: fault, told: told, visit: visit)
        return try await Panel.page(
            page, titled: DomainWords.domains.text(for: visit.reader), status: fault?.status ?? status, for: visit)
    }
}
