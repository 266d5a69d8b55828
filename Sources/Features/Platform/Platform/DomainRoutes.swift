import Access
import HTML
import HTTP
import Locale
import Tenancy

/// The installation's domains, read-only; each tenant's owner decides about its own.
struct DomainRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/domains", .see, "A qué nombres responde la instalación", show)
    }

    private func show(_ visit: ConsoleVisit) async throws -> Response {
        let page = DomainPage(
            names: parts.directory.tenants.flatMap { tenant in
                parts.directory.hosts(of: tenant).map { (tenant, $0) }
            }, base: parts.directory.base, visit: visit)
        return try await Console.page(page, titled: PlatformWords.domains.text(for: visit.reader), for: visit)
    }
}

struct DomainPage: View {
    let names: [(tenant: Tenant, host: String)]
    let base: String
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        h1 { PlatformWords.domains.text(for: reader) }
        p(.class("hint lead")) { PlatformWords.domainsIntro.text(for: reader) }
        ConsoleTable(
            label: PlatformWords.domains.text(for: reader),
            headings: [PlatformWords.domain, .company, .kind].map { $0.text(for: reader) },
            rows: names.map { tenant, host in
                tr {
                    td { code { host } }
                    td { a(.href("/platform/tenants/\(tenant.id)")) { tenant.name } }
                    td { (host.hasSuffix(".\(base)") ? PlatformWords.baseName : .ownName).text(for: reader) }
                }
            })
    }
}
