import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Plans
@testable import Routers
@testable import Services
@testable import Topology

/// Where the network stands, and who loses the connection with which site.
@Suite struct TopologyTests {
    static func withSites(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .zones, .plans, .services, .routers, .topology, body: body)
    }

    @Test func `a tower takes its sectors, boxes and their customers down, and nobody else`() async throws {
        try await Self.withSites { norte, sur in
            let office = try await norte.site("Oficina", .office)
            let tower = try await norte.site("Cerro", .tower, under: office)
            let sector = try await norte.site("Cerro Sur", .sector, under: tower, ports: 2)
            let box = try await norte.site("NAP 7", .box, under: tower, ports: 8)
            let other = try await norte.site("Loma", .box, under: office, ports: 8)
            let services = try await norte.services(4)
            try await norte.place(services[0], on: sector)
            try await norte.place(services[1], on: box, port: 3)
            try await norte.place(services[2], on: other, port: 3)
            let database = norte.database
            #expect(try await Set(database.servicesBelow(tower)) == [services[0], services[1]])
            #expect(try await Set(database.servicesBelow(office)) == Set(services.prefix(3)))
            #expect(try await database.servicesBelow(box) == [services[1]])
            let tree = NetworkTree(try await database.siteUses())
            #expect(tree.roots.map(\.use.site.name) == ["Oficina"] && tree.roots[0].services == 3)
            #expect(tree.roots[0].below.map(\.services) == [2, 1])
            // A port is one customer's, a sector carries so many, and a tower none directly.
            await #expect(throws: SiteRefusal.portTaken) { try await norte.place(services[3], on: box, port: 3) }
            await #expect(throws: SiteRefusal.portOutside) { try await norte.place(services[3], on: box, port: 9) }
            await #expect(throws: SiteRefusal.portMissing) { try await norte.place(services[3], on: box) }
            await #expect(throws: SiteRefusal.notServing) { try await norte.place(services[3], on: tower) }
            try await norte.place(services[3], on: sector)
            await #expect(throws: SiteRefusal.full) { try await norte.place(services[1], on: sector) }
            // A tower cannot be fed by what it feeds, nor go while something hangs on it.
            let fed = try #require(try await database.site(office))
            var turned = fed
            turned.upstream = sector
            let circular = turned
            await #expect(throws: SiteRefusal.circular) {
                _ = try await fed.change(to: circular, by: norte.commandLine, in: database)
            }
            await #expect(throws: SiteRefusal.inUse) {
                try await Site.delete(tower, by: norte.commandLine, in: database)
            }
            #expect(try await sur.database.site(tower) == nil)
            #expect(try await sur.database.servicesBelow(tower) == [])
        }
    }

    @Test func `services of a router hang on its site unless they are placed elsewhere`() async throws {
        try await Self.withSites { norte, _ in
            let router = Router.ID(UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness))
            let database = norte.database
            try await database.execute(
                """
                INSERT INTO routers (
                    tenant_id, router_id, number, name, address, port, security, login, password, cut, cut_profile,
                    cut_list, mode, is_paused, made_at)
                VALUES (\(database.tenant), \(router), 1, 'RB', '10.0.0.1', 8728, 'plain', 'x', '', 'list', '', 'm',
                    'shadow', false, \(norte.now))
                """)
            let tower = try await norte.site("Torre", .tower, router: router)
            let sector = try await norte.site("Sur", .sector)
            let services = try await norte.services(2)
            for (index, service) in services.enumerated() {
                try await database.execute(
                    """
                    INSERT INTO access_points (
                        tenant_id, service_id, router_id, method, name, address, profile, revision, made_at)
                    VALUES (\(database.tenant), \(service), \(router), 'pppoe', \("c\(index)"), '', '', 1, \(norte.now))
                    """)
            }
            try await norte.place(services[1], on: sector)
            #expect(try await Set(database.servicesBelow(tower)) == Set(services))
            #expect(try await database.servicesBelow(sector) == [services[1]])
            // In counts each service is once.
            #expect(try await database.siteUses().map(\.services) == [1, 1])
        }
    }

    @Test func `where there is service is told by the nearest box with a free port or sector with room`() throws {
        let home = try #require(Coordinates("19.432608, -99.133209"))
        let near = try #require(Coordinates("19.433608, -99.133209"))
        #expect(home.meters(to: near) == 111)
        func use(_ name: String, _ kind: Site.Kind, at place: String, ports: Int, services: Int) -> SiteUse {
            var site = Site(id: .init(UUID(high: 1, low: UInt64(name.utf8.count))))
            (site.name, site.kind, site.coordinates, site.ports) = (name, kind, Coordinates(place), ports)
            return SiteUse(site: site, upstreamName: "", services: services)
        }
        let sites = [
            use("Lejos", .box, at: "19.442608, -99.133209", ports: 8, services: 0),
            use("Llena", .box, at: "19.432708, -99.133209", ports: 8, services: 8),
            use("Cerca", .box, at: "19.433608, -99.133209", ports: 8, services: 5),
            use("Sectorial", .sector, at: "19.482608, -99.133209", ports: 0, services: 90),
            use("Torre", .tower, at: "19.432608, -99.133209", ports: 0, services: 0),
        ]
        let answer = Feasibility(at: home, among: sites)
        #expect(answer.offers.map(\.site.name) == ["Cerca", "Sectorial"])
        #expect(answer.offers.map(\.free) == [3, nil] && answer.offers[0].meters == 111)
        #expect(answer.full?.site.name == "Llena")
        #expect(!Feasibility(at: try #require(Coordinates("0, 0")), among: sites).isFeasible)
    }

    @Test func `sites are kept in the panel, drawn as a tree and a map, and the neighbour sees nothing`() async throws {
        try await Self.withSites { norte, sur in
            func person(_ tenant: TestTenant) async throws -> Person {
                try await Person(tenant, tenant.everything) { routes, randomness in
                    SiteRoutes(files: .tests, randomness: randomness).add(to: &routes)
                    ServicePlaceRoutes().add(to: &routes)
                }
            }
            let ana = try await person(norte)
            let form = try await ana.see("/panel/sites/new")
            let sent =
                "form=\(form.hidden("form") ?? "")&name=Cerro&kind=tower&coordinates=19.4326,-99.1332&upstream=&ports=0&note="
            #expect(try await ana.send("/panel/sites", sent).status == .seeOther)
            #expect(try await ana.send("/panel/sites", sent).status == .seeOther)
            let tower = try #require(try await norte.database.siteUses().first?.site)
            #expect(try await norte.database.siteUses().count == 1)
            let sector = try await norte.site("Cerro Sur", .sector, under: tower.id, at: "19.4330, -99.1340")
            let map = try await ana.see("/panel/sites/map")
            #expect(map.text.contains("href=\"/panel/sites/\(sector)\"") && map.text.contains("<circle"))
            #expect(try await ana.see("/panel/sites/tree").text.contains("Cerro Sur"))
            #expect(try await ana.see("/panel/sites/\(tower.id)").text.contains("Cerro Sur"))
            let coverage = try await ana.see("/panel/sites/coverage?at=19.4326,-99.1332")
            #expect(coverage.text.contains("Sí hay servicio") && coverage.text.contains("Cerro Sur"))
            #expect(try await ana.see("/panel/sites/coverage?at=x").text.contains("role=\"alert\""))
            let service = try await norte.services(1)[0]
            let placed = try await ana.send("/panel/services/\(service)/place", "site=\(sector)&port=0")
            #expect(placed.status == .seeOther)
            #expect(try await ana.see("/panel/sites/\(sector)").text.contains("/panel/services/\(service)"))
            let beto = try await person(sur)
            #expect(try await beto.see("/panel/sites/\(tower.id)").status == .notFound)
            #expect(try await !beto.see("/panel/sites").text.contains("Cerro"))
            let kinds = try await norte.database.events(limit: 20).map(\.kind)
            #expect(kinds.first == "service_place.put" && kinds.filter { $0 == "site.created" }.count == 2)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(TopologyWords.problems == [] && TopologyAPIWords.problems == [] && SiteRefusal.problems == [])
        #expect((Site.fields.flatMap(\.problems) + ServicePlace.fields.flatMap(\.problems)) == [])
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func site(
        _ name: String, _ kind: Site.Kind, under upstream: Site.ID? = nil, ports: Int = 0, router: Router.ID? = nil,
        at place: String = ""
    ) async throws -> Site.ID {
        var site = Site(id: newID())
        (site.name, site.kind, site.upstream, site.ports, site.router) = (name, kind, upstream, ports, router)
        site.coordinates = Coordinates(place)
        return try await site.add(by: commandLine, in: database).id
    }

    /// Active, each of a customer of its own.
    func services(_ count: Int) async throws -> [Service.ID] {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next())", Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let sold = try await plan.add(by: commandLine, in: database).id
        var services: [Service.ID] = []
        for _ in 0..<count {
            let person = Customer(
                id: newID(), name: "Beto \(site.randomness.next())", state: .prospect, since: today)
            _ = try await Customer.add([person], distinct: true, to: tenant, by: commandLine, in: database)
            guard let person = try await database.customer(person.id) else { throw AccessRefusal.notFound }
            var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
            service.plan = sold
            let added = try await service.add(of: tenant, by: commandLine, in: database)
            _ = try await Activation(day: today).happen(to: added.id, of: tenant, by: commandLine, in: database)
            services.append(added.id)
        }
        return services
    }

    func place(_ service: Service.ID, on site: Site.ID, port: Int = 0) async throws {
        guard let sold = try await database.service(service, on: today) else { throw AccessRefusal.notFound }
        var place = ServicePlace(service: service)
        (place.site, place.port) = (site, port)
        _ = try await place.put(of: sold, by: commandLine, in: database)
    }
}
