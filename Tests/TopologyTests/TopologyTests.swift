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

    @Test func `many services are connected to a box at once, as the preview shows, and put back by one undo`()
        async throws
    {
        try await Self.withSites { norte, sur in
            let tower = try await norte.site("Cerro", .tower)
            let sector = try await norte.site("Cerro Sur", .sector, under: tower)
            let box = try await norte.site("NAP 7", .box, under: tower, ports: 4)
            let services = try await norte.services(4)
            try await norte.place(services[0], on: box, port: 2)
            try await norte.place(services[1], on: sector)
            let ana = try await Person(norte, norte.everything) { routes, _ in ConnectRoutes().add(to: &routes) }
            let path = "/panel/sites/\(box)/services"
            let unplaced = try await ana.see(path).text
            #expect(unplaced.contains("\(services[2])") && unplaced.contains("\(services[3])"))
            #expect(!unplaced.contains("\(services[0])") && !unplaced.contains("\(services[1])"))
            #expect(!unplaced.contains(" checked"))
            #expect(try await ana.see("\(path)?moving=yes&all=yes").text.contains(" checked"))
            #expect(try await !ana.see("\(path)?access=10.9.").text.contains("\(services[2])"))
            let chosen = services[1...3].map { "id=\($0)" }.joined(separator: "&")
            let preview = try await ana.send("\(path)/new", chosen)
            #expect(preview.text.contains("de Cerro Sur · Puerto 1") && preview.text.contains("Puerto 4"))
            #expect(try await norte.database.servicesBelow(box) == [services[0]])
            let done = try await ana.send(path, "form=\(preview.hidden("form") ?? "")&\(chosen)")
            let undo = try #require(done.headers["Location"]?.split(separator: "undo=").last)
            #expect(try await Set(norte.database.servicesBelow(box)) == Set(services))
            let ports = try await norte.database.placedServices(on: box, limit: 9).map(\.port)
            #expect(ports == [1, 2, 3, 4])
            // It is full now, and another company's services and sites are none.
            let full = try await ana.send("\(path)/new", "id=\(try await norte.services(1)[0])")
            #expect(full.status == .conflict && full.text.contains("role=\"alert\""))
            let beto = try await Person(sur, sur.everything) { routes, _ in ConnectRoutes().add(to: &routes) }
            #expect(try await beto.see(path).status == .notFound)
            #expect(try await beto.send(ConnectRoutes.undoPath, "undo=\(undo)").status == .conflict)
            // One of them has moved on meanwhile, and stays there.
            try await norte.place(services[3], on: sector)
            #expect(try await ana.send(ConnectRoutes.undoPath, "undo=\(undo)").status == .seeOther)
            #expect(try await norte.database.servicesBelow(box) == [services[0]])
            #expect(try await Set(norte.database.servicesBelow(sector)) == [services[1], services[3]])
            #expect(try await ana.send(ConnectRoutes.undoPath, "undo=\(undo)").status == .conflict)
            let kinds = try await norte.database.events(limit: 20).map(\.kind)
            #expect(kinds.contains("site.services_connected") && kinds.contains("site.connections_undone"))
        }
    }

    @Test(arguments: NetworkDrawing.Size.allCases)
    func `sites at one place share a mark with their names below each other, and no name covers another`(
        size: NetworkDrawing.Size
    ) throws {
        func use(_ name: String, _ kind: Site.Kind, at place: String) -> SiteUse {
            var site = Site(
                id: .init(UUID(high: 2, low: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))))
            (site.name, site.kind, site.coordinates) = (name, kind, Coordinates(place))
            return SiteUse(site: site, upstreamName: "", services: 0)
        }
        var uses = [
            use("Cerro Sur", .sector, at: "19.432600, -99.133200"), use("Cerro", .tower, at: "19.432600, -99.133200"),
            use("Cerro Norte", .sector, at: "19.432601, -99.133201"), use("Loma", .tower, at: "19.450000, -99.150000"),
        ]
        for number in 1...40 {
            uses.append(use("NAP \(number)", .box, at: "19.44\(10 + number), -99.14\(10 + number)"))
        }
        let drawing = NetworkDrawing(uses, for: size)
        let shared = try #require(drawing.places.first { $0.sites.count == 3 })
        #expect(
            shared.sites.map(\.site.name) == ["Cerro", "Cerro Norte", "Cerro Sur"]
                || shared.sites[0].site.name == "Cerro")
        #expect(shared.names != nil)
        let boxes = drawing.places.compactMap { $0.names?.box }
        for (index, box) in boxes.enumerated() {
            #expect(!boxes[(index + 1)...].contains { $0.meets(box) })
            #expect(box.left >= 0 && box.right <= size.width && box.bottom <= drawing.height)
        }
        #expect(drawing.places.reduce(0) { $0 + $1.sites.count } == uses.count)
    }

    @Test func `the map's pictures come from the company's own source, which only that page allows`() async throws {
        try await Self.withSites { norte, _ in
            _ = try await norte.site("Cerro", .tower, at: "19.4326, -99.1332")
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                SiteRoutes(files: .tests, randomness: randomness).add(to: &routes)
            }
            let plain = try await ana.see("/panel/sites/map")
            #expect(plain.headers["Content-Security-Policy"]?.contains("img-src 'self';") == true)
            let form = try await ana.see(MapTiles.path).hidden("form") ?? ""
            for bad in [
                "http://mapas.example/{z}/{x}/{y}.png", "https://mapas.example/1.png",
                "https://mapas.example; script-src *;/{z}/{x}/{y}.png", "https://*/{z}/{x}/{y}.png",
            ] {
                let sent = Fields(["form": form, "address": bad, "attribution": ""]).urlEncoded
                #expect(try await ana.send(MapTiles.path, sent).status == .unprocessableContent)
            }
            let good = Fields([
                "form": form, "address": "https://{s}.mapas.example/{z}/{x}/{y}.png", "attribution": "© Ejemplo",
            ]).urlEncoded
            #expect(try await ana.send(MapTiles.path, good).status == .seeOther)
            let map = try await ana.see("/panel/sites/map")
            #expect(
                map.headers["Content-Security-Policy"]?.contains("img-src 'self' https://*.mapas.example;") == true)
            #expect(
                try await ana.see("/panel/sites/tree").headers["Content-Security-Policy"]?.contains("mapas") == false)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(TopologyWords.problems == [] && TopologyAPIWords.problems == [] && SiteRefusal.problems == [])
        #expect(ConnectWords.problems == [] && MapTilesRefusal.problems == [])
        let fields = Site.fields.flatMap(\.problems) + ServicePlace.fields.flatMap(\.problems)
        #expect(fields + MapTiles.fields.flatMap(\.problems) == [])
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
