import Access
import Addresses
import Collection
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Loop
import Monitoring
import Notices
import PagerDutyLab
import Panel
import Plans
import Postgres
import Routers
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Topology
import WebClient

@testable import Incidents
@testable import Paging
@testable import Zones

/// Incidents at PagerDuty: one alert each, which ends as the incident does.
@Suite struct PagingTests {
    private struct Fixture: Sendable {
        let norte: TestTenant
        let sur: TestTenant
        let lab: PagerDutyLab
        let address: String
        let acts: PagingActs

        func save(_ key: String?, at address: String? = nil, for tenant: TestTenant? = nil) async throws {
            var account = PagingAccount()
            (account.key, account.address) = (key, address ?? self.address)
            let tenant = tenant ?? norte
            try await acts.save(account, by: tenant.commandLine, in: tenant.database)
        }

        /// What waits in the queue for one incident.
        func page(_ id: Incident.ID) async throws {
            try await acts.page(
                id, of: norte.tenant, reachedAt: "https://norte.test", at: norte.now, in: norte.database)
        }

        func declare(_ title: String) async throws -> Incident {
            var new = NewIncident()
            new.title = title
            let incident = try await new.declare(
                as: .make(milliseconds: norte.now.milliseconds, from: norte.site.randomness), by: norte.commandLine,
                in: norte.database)
            try await follow(incident.id)
            return incident
        }

        func follow(_ id: Incident.ID) async throws {
            try await IncidentFollowing(
                norte.site.catalogue, origin: { _ in nil }, randomness: norte.site.randomness
            ).follow(id, of: norte.tenant, at: norte.now, in: norte.database)
        }
    }

    private static func withPager(_ body: @Sendable (Fixture) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .collection, .routers, .monitoring, .topology,
            .notices, .incidents, .paging
        ) { norte, sur in
            let lab = PagerDutyLab(keys: ["llave-de-norte"])
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let egress = Egress.publicOnly(besides: [
                    .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
                ])
                let acts = PagingActs(PagingLine(web, egress: egress), vault: norte.site.vault)
                do {
                    try await body(
                        Fixture(
                            norte: norte, sur: sur, lab: lab, address: "http://127.0.0.1:\(port)/v2/enqueue",
                            acts: acts))
                    await web.close()
                } catch {
                    await web.close()
                    throw error
                }
            }
        }
    }

    @Test func `an incident is one alert, acknowledged and resolved with it, however often it is looked at`()
        async throws
    {
        try await Self.withPager { pager in
            let norte = pager.norte
            // Before there is a key nobody is paged.
            let early = try await pager.declare("Antes")
            try await pager.page(early.id)
            try await pager.save("llave-de-norte")
            let incident = try await pager.declare("Torre Cerro")
            let queued = try norte.site.test.superuser().column(
                "SELECT kind FROM jobs WHERE tenant_id = '\(norte.tenant.id)' AND kind = '\(PageIncident.kind)'")
            #expect(queued.count == 1)
            // What is refused for now is sent again.
            pager.lab.refuse(with: 429, times: 1)
            await #expect(throws: PagingFailure.self) { try await pager.page(incident.id) }
            #expect(try await norte.database.pagingAccount()?.failure?.contains("429") == true)
            for _ in 1...2 { try await pager.page(incident.id) }
            #expect(try await norte.database.pagingAccount()?.failure == nil)
            #expect(pager.lab.alerts.map(\.summary) == ["Falla: Torre Cerro (0 clientes)"])
            _ = try await Incident.acknowledge(incident.id, by: norte.commandLine, in: norte.database)
            for _ in 1...2 { try await pager.page(incident.id) }
            #expect(pager.lab.alerts.map(\.state) == ["acknowledged"])
            _ = try await Incident.resolve(incident.id, by: norte.commandLine, in: norte.database)
            for _ in 1...2 { try await pager.page(incident.id) }
            #expect(pager.lab.alerts.map(\.state) == ["resolved"])
            #expect(pager.lab.alerts.map(\.events) == [["trigger", "acknowledge", "resolve"]])
            #expect(pager.lab.alerts[0].key == "mastil-\(incident.id)")
            // The neighbour has nothing of it.
            #expect(try await pager.sur.database.pagingAccount() == nil)
            #expect(try await pager.sur.database.page(of: incident.id) == nil)
        }
    }

    @Test func `one that is over before anybody was paged opens nothing, and a wrong key is said`() async throws {
        try await Self.withPager { pager in
            let norte = pager.norte
            try await pager.save("llave-de-norte")
            let short = try await pager.declare("Breve")
            _ = try await Incident.resolve(short.id, by: norte.commandLine, in: norte.database)
            try await pager.page(short.id)
            #expect(pager.lab.alerts == [])
            try await pager.save("llave-de-nadie")
            let refused = try await pager.declare("Sin llave")
            try await pager.page(refused.id)
            #expect(try await norte.database.pagingAccount()?.failure?.contains("Invalid routing key") == true)
            // Not again, even with the right key.
            try await pager.save("llave-de-norte")
            try await pager.page(refused.id)
            #expect(pager.lab.alerts == [])
        }
    }

    @Test func `the settings keep the key to themselves, test it, and send it nowhere else`() async throws {
        try await Self.withPager { pager in
            let norte = pager.norte
            let ana = try await Person(norte, norte.everything) { routes, _ in
                PagingRoutes(pager.acts).add(to: &routes)
            }
            let form = try await ana.see("/panel/paging")
            func send(_ key: String, _ address: String) async throws -> Answer {
                let page = try await ana.see("/panel/paging")
                return try await ana.send(
                    "/panel/paging",
                    Fields([
                        "form": page.hidden("form"), "revision": page.hidden("revision"), "paging_on": "yes",
                        "paging_address": address, "paging_key": key,
                    ]).urlEncoded)
            }
            #expect(form.text.contains("events.pagerduty.com"))
            #expect(try await send("", pager.address).status == .unprocessableContent)
            #expect(try await send("llave-de-norte", "http://10.0.0.1/v2/enqueue").status == .unprocessableContent)
            #expect(try await send("llave-de-norte", pager.address).status == .seeOther)
            let page = try await ana.see("/panel/paging").text
            #expect(page.contains("•••• orte") && !page.contains("llave-de-norte"))
            let stored = try #require(try await norte.database.sealedPagingKey())
            #expect(!String(decoding: stored, as: UTF8.self).contains("llave"))
            // To another address the old key does not go.
            #expect(try await send("", "https://events.eu.pagerduty.com/v2/enqueue").status == .unprocessableContent)
            #expect(try await ana.send("/panel/paging/test", "").status == .seeOther)
            #expect(pager.lab.alerts.map(\.events) == [["trigger", "resolve"]])
            pager.lab.refuse(with: 500, times: 1)
            let refused = try await ana.send("/panel/paging/test", "")
            #expect(refused.status == .unprocessableContent && refused.text.contains("500"))
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(PagingWords.problems == [] && PagingRefusal.problems == [])
    }
}
