import Access
import BankAccounts
import Collection
import Declarations
import Events
import HTTP
import Identifiers
import Invoices
import Ledger
import Letters
import Locale
import Notices
import Nouns
import Panel
import Payments
import Postgres
import Radius
import Routers
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Incidents
@testable import Monitoring
@testable import Plans
@testable import Services
@testable import Topology
@testable import Zones

/// Outages: one for each cause, told once, held, credited.
@Suite struct IncidentTests {
    static func withNetworks(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .collection,
            .routers, .radius, .monitoring, .topology, .notices, .incidents, body: body)
    }

    @Test func `a tower down for three polls is one incident: each is told once, held, and credited to the cent`()
        async throws
    {
        try await Self.withNetworks { norte, sur in
            let (tower, device) = try await norte.tower("Cerro", customers: 40)
            var policy = OutagePolicy()
            (policy.alerted, policy.isCredited) = ("noc@example.com", true)
            try await policy.put(by: norte.commandLine, in: norte.database)
            let stranger = try await norte.customers(1, on: nil)[0]
            let start = norte.now
            var state = DeviceState()
            for poll in 1...3 {
                try await norte.poll(device, answered: false, &state)
                #expect(try await norte.database.openIncidents().count == (poll == 1 ? 0 : 1))
                norte.site.clock.advance(by: .seconds(120))
            }
            let incident = try #require(try await norte.database.openIncidents().first)
            #expect(incident.title == "Cerro" && incident.site == tower && incident.cause == .device)
            #expect(incident.startedAt == start && incident.customers == 40 && incident.told == 0)
            #expect(try await norte.count("notices", "AND kind = 'outage' AND about = \(incident.id)") == 40)
            // Only whom a notice reached is told.
            try await norte.database.execute(
                "UPDATE notices SET state = 'delivered' WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await norte.database.incident(incident.id)?.told == 40)
            #expect(try await norte.count("letters", "AND kind = 'incident'") == 1)
            #expect(try await norte.count("collection_holds", "AND source = 'outage' AND ended_at IS NULL") == 40)
            #expect(try await norte.database.openIncidents(of: stranger) == [])
            norte.site.clock.advance(by: start + .seconds(6000) - norte.now)
            try await norte.poll(device, answered: true, &state)
            let over = try #require(try await norte.database.incident(incident.id))
            #expect(over.state == .resolved && over.minutes(at: norte.now) == 100)
            // 300.00 × 100 ÷ 43,200 = 0.694…
            #expect(try await norte.count("service_credits", "AND amount = 69") == 40)
            #expect(try await norte.count("service_credits") == 40)
            #expect(try await norte.count("notices", "AND kind = 'outage_over'") == 40)
            #expect(try await norte.count("letters", "AND kind = 'incident'") == 2)
            #expect(try await norte.count("collection_holds", "AND source = 'outage' AND ended_at IS NULL") == 0)
            // Once more changes nothing.
            try await norte.follow(incident.id)
            try await norte.poll(device, answered: true, &state)
            #expect(try await norte.count("service_credits") == 40)
            #expect(try await norte.count("notices", "AND kind IN ('outage', 'outage_over')") == 80)
            #expect(try await sur.database.incident(incident.id) == nil)
            #expect(try await sur.database.openIncidents() == [])
        }
    }

    @Test func `whom one zone's outages concern is told once in half an hour`() async throws {
        try await Self.withNetworks { norte, _ in
            let zone = Zone(id: norte.newID(), name: "Centro")
            try await zone.add(by: norte.commandLine, in: norte.database)
            let customer = try await norte.customers(1, on: nil, in: zone.id)[0]
            var told: [Int] = []
            for wait in [0, 1500, 1860] {
                norte.site.clock.advance(by: .seconds(wait))
                let incident = try await norte.declare("Zona Centro", zone: zone.id)
                #expect(try await norte.database.openIncidents(of: customer).map(\.id) == [incident.id])
                told.append(
                    try await norte.count(
                        "incident_services", "AND incident_id = \(incident.id) AND telling = 'told'"))
                _ = try await Incident.resolve(incident.id, by: norte.commandLine, in: norte.database)
                try await norte.follow(incident.id)
            }
            #expect(told == [1, 0, 1])
            // What was not told does not end with a notice either.
            #expect(try await norte.count("notices", "AND kind = 'outage_over'") == 2)
            // Nothing is credited unless the company says so.
            #expect(try await norte.count("service_credits") == 0)
        }
    }

    @Test func `an announced maintenance is silent from its first second to its last, and tells when it overruns`()
        async throws
    {
        try await Self.withNetworks { norte, _ in
            let (_, device) = try await norte.tower("Cerro", customers: 2)
            var policy = OutagePolicy()
            policy.isCredited = true
            try await policy.put(by: norte.commandLine, in: norte.database)
            var new = NewMaintenance(on: norte.today)
            let midnight = norte.today.start(in: norte.tenant.timeZone)
            let minute = Int((norte.now.seconds - midnight.seconds) / 60) + 1
            (new.title, new.minutes) = ("Cambio de switch", 60)
            new.time = "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
            let window = try await new.announce(
                as: norte.newID(), of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(!window.isActive(at: window.startsAt - .seconds(1)) && window.isActive(at: window.startsAt))
            #expect(window.isActive(at: window.endsAt - .seconds(1)) && !window.isActive(at: window.endsAt))
            norte.site.clock.advance(by: window.startsAt - norte.now)
            var state = DeviceState()
            for _ in 1...3 {
                try await norte.poll(device, answered: false, &state)
                norte.site.clock.advance(by: .seconds(120))
            }
            let incident = try #require(try await norte.database.openIncidents().first)
            #expect(incident.isQuiet && incident.customers == 2 && incident.told == 0)
            #expect(try await norte.count("notices") == 0)
            norte.site.clock.advance(by: window.endsAt - norte.now - .seconds(1))
            try await norte.poll(device, answered: false, &state)
            #expect(try await norte.database.incident(incident.id)?.isQuiet == true)
            norte.site.clock.advance(by: .seconds(1))
            try await norte.poll(device, answered: false, &state)
            let overrun = try #require(try await norte.database.incident(incident.id))
            #expect(!overrun.isQuiet)
            #expect(try await norte.count("notices", "AND kind = 'outage'") == 2)
            // Only what was not announced is credited: an hour and a half.
            norte.site.clock.advance(by: .seconds(5400))
            try await norte.poll(device, answered: true, &state)
            #expect(try await norte.count("service_credits", "AND amount = 63") == 2)
        }
    }

    @Test func `the higher cause takes over the incident, and what recovers below it stays one`() async throws {
        try await Self.withNetworks { norte, _ in
            let (tower, device) = try await norte.tower("Cerro", customers: 3)
            let sector = try #require(try await norte.database.siteUses().first { $0.site.upstream == tower })
            let antenna = try await norte.device("Sectorial", at: sector.site.id)
            var (low, high) = (DeviceState(), DeviceState())
            for _ in 1...2 { try await norte.poll(antenna, answered: false, &low) }
            let first = try #require(try await norte.database.openIncidents().first)
            #expect(first.customers == 3)
            for _ in 1...2 { try await norte.poll(device, answered: false, &high) }
            let open = try await norte.database.openIncidents()
            #expect(open.map(\.id) == [first.id] && open[0].title == "Cerro")
            #expect(try await norte.count("notices", "AND kind = 'outage'") == 3)
        }
    }

    @Test func `an uplink with five thousand devices is one fault, and what answers all the same is spared`() {
        func device(_ number: Int) -> Device.ID { Device.ID(UUID(high: 1, low: UInt64(number))) }
        var nodes = [FaultMap.Node(device(0), "Uplink", .down)]
        for number in 1...5000 {
            nodes.append(FaultMap.Node(device(number), "D\(number)", under: device(number / 10), .down))
        }
        let faults = FaultMap(nodes, []).faults
        #expect(faults.map(\.name) == ["Uplink"] && faults[0].below.count == 5000)
        var (tower, spare) = (Site(id: .init(UUID(high: 2, low: 1))), Site(id: .init(UUID(high: 2, low: 2))))
        (tower.name, tower.device) = ("Torre", device(1))
        (spare.name, spare.upstream, spare.device) = ("Con otro enlace", tower.id, device(2))
        let redundant = FaultMap(
            [FaultMap.Node(device(1), "A", .down), FaultMap.Node(device(2), "B", .up)], [tower, spare]
        ).faults
        #expect(redundant.map(\.sites) == [[tower.id]] && redundant[0].name == "Torre")
        // In a circle nobody is above.
        let circle = FaultMap(
            [
                FaultMap.Node(device(1), "A", under: device(2), .up),
                FaultMap.Node(device(2), "B", under: device(1), .down),
            ],
            [])
        #expect(circle.faults.map(\.name) == ["B"])
    }

    @Test func `why somebody is offline has one answer`() {
        var facts = ConnectionVerdict.Facts()
        #expect(ConnectionVerdict.decide([]) == .noService)
        facts.state = .active
        #expect(ConnectionVerdict.decide([facts]) == .fine)
        facts.hasSession = false
        #expect(ConnectionVerdict.decide(facts) == .noSession(since: nil))
        facts.state = .cut
        facts.cut = .unpaid
        #expect(ConnectionVerdict.decide(facts) == .cutForDebt)
        let incident = Incident(id: .init(UUID(high: 1, low: 1)), startedAt: Instant(seconds: 0))
        facts.incident = incident
        #expect(ConnectionVerdict.decide(facts) == .outage(incident))
        facts.state = .frozen
        #expect(ConnectionVerdict.decide(facts) == .notActive(.frozen))
    }

    @Test func `a customer's other service, elsewhere, is not said to be down`() async throws {
        try await Self.withNetworks { norte, _ in
            let (tower, device) = try await norte.tower("Cerro", customers: 0)
            let sector = try #require(try await norte.database.siteUses().first { $0.site.upstream == tower })
            let id = try await norte.customers(1, on: sector.site.id)[0]
            let person = try #require(try await norte.database.customer(id))
            let near = try #require(try await norte.database.services(of: id, on: norte.today).first)
            var far = Service.blank(of: person, for: norte.tenant, at: norte.now, from: norte.site.randomness)
            far.plan = near.plan
            far = try await far.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            _ = try await Activation(day: norte.today).happen(
                to: far.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            var state = DeviceState()
            for _ in 1...2 {
                try await norte.poll(device, answered: false, &state)
                norte.site.clock.advance(by: .seconds(120))
            }
            let facts = try await norte.database.connectionFacts(of: id, on: norte.today, at: norte.now)
            #expect(facts.map { $0.incident == nil }.count { $0 } == 1 && facts.count == 2)
        }
    }

    @Test func `an incident is declared, acknowledged and ended in the panel, and the board counts it`() async throws {
        try await Self.withNetworks { norte, sur in
            func person(_ tenant: TestTenant) async throws -> Person {
                try await Person(tenant, tenant.everything) { routes, randomness in
                    IncidentRoutes(files: .tests, randomness: randomness).add(to: &routes)
                    NocRoutes.add(to: &routes)
                }
            }
            let (tower, _) = try await norte.tower("Cerro", customers: 2)
            let ana = try await person(norte)
            let form = try await ana.see("/panel/incidents/new")
            #expect(form.text.contains("Toda la red"))
            let typed =
                "form=\(form.hidden("form") ?? "")&title=Torre+Cerro&site=\(tower)&zone=&expected_minutes=90&note="
            // First it says whom it affects; nothing is declared by that.
            let preview = try await ana.send("/panel/incidents", typed)
            #expect(preview.text.contains("2 clientes: se les avisa y su cobranza espera."))
            #expect(try await norte.database.openIncidents() == [])
            let sent = "\(typed)&seen=\(preview.hidden("seen") ?? "")"
            // Another place than the one shown is shown first.
            let elsewhere = sent.replacing("site=\(tower)", with: "site=")
            #expect(try await ana.send("/panel/incidents", elsewhere).status == .ok)
            #expect(try await ana.send("/panel/incidents", sent).status == .seeOther)
            #expect(try await ana.send("/panel/incidents", sent).status == .seeOther)
            let incident = try #require(try await norte.database.openIncidents().first)
            #expect(try await norte.database.openIncidents().count == 1 && incident.customers == 2)
            try await norte.follow(incident.id)
            let path = "/panel/incidents/\(incident.id)"
            #expect(try await ana.send("\(path)/acknowledgement").status == .seeOther)
            #expect(try await ana.see(path).text.contains("Reconocida"))
            let board = try await ana.see("/panel/noc/wall")
            #expect(board.text.contains("href=\"\(path)\"") && board.text.contains("2 clientes"))
            #expect(!board.text.contains("id=\"menu\""))
            #expect(try await ana.see("/panel/noc").text.contains("id=\"menu\""))
            let beto = try await person(sur)
            #expect(try await beto.see(path).status == .notFound)
            #expect(try await beto.send("\(path)/resolution").status == .notFound)
            #expect(try await !beto.see("/panel/noc").text.contains("Cerro"))
            #expect(try await ana.send("\(path)/resolution").status == .seeOther)
            #expect(try await ana.send("\(path)/resolution").status == .conflict)
        }
    }

    @Test func `what was declared by mistake frees collection, credits nothing and is told only to those told of it`()
        async throws
    {
        try await Self.withNetworks { norte, _ in
            var policy = OutagePolicy()
            policy.isCredited = true
            try await policy.put(by: norte.commandLine, in: norte.database)
            let customers = try await norte.customers(2, on: nil)
            var new = NewIncident()
            new.title = "Toda la red"
            let incident = try await new.declare(as: norte.newID(), by: norte.commandLine, in: norte.database)
            try await norte.follow(incident.id)
            #expect(try await norte.count("collection_holds", "AND source = 'outage' AND ended_at IS NULL") == 2)
            try await norte.database.execute(
                """
                UPDATE notices SET state = 'failed', failure = 'no_template', channel = 'whatsapp'
                WHERE tenant_id = \(norte.database.tenant) AND customer_id = \(customers[0])
                """)
            #expect(try await norte.database.missed(customers[0], noticeOf: incident.id))
            #expect(try await !norte.database.missed(customers[1], noticeOf: incident.id))
            let rows = try await norte.database.affected(by: incident.id, limit: 10)
            #expect(rows.count { $0.notice == .failed && $0.failure == "no_template" } == 1)
            norte.site.clock.advance(by: .seconds(7200))
            let ended = try await Incident.retract(incident.id, by: norte.commandLine, in: norte.database)
            #expect(ended.isMistake)
            try await norte.follow(incident.id)
            #expect(try await norte.count("collection_holds", "AND source = 'outage' AND ended_at IS NULL") == 0)
            #expect(try await norte.count("service_credits") == 0)
            #expect(try await norte.count("notices", "AND kind = 'outage_over' AND body LIKE '%por error%'") == 2)
        }
    }

    @Test func `a maintenance's time is read as people write it`() {
        let seconds: [String: Int] = [
            "2:30": 9000, "02:30": 9000, "2:30 am": 9000, "2:30 p. m.": 52_200, "12:05 AM": 300, "14:30": 52_200,
        ]
        var new = NewMaintenance(on: Day(number: 20_000))
        for text in Array(seconds.keys) + ["14:30 pm", "24:00", "2:3", "230", "am"] {
            new.time = text
            #expect(new.second == seconds[text], "\(text)")
        }
    }

    @Test func `a maintenance that would be over is refused`() async throws {
        try await Self.withNetworks { norte, _ in
            var new = NewMaintenance(on: norte.today - 1)
            (new.title, new.time, new.minutes) = ("Cambio de switch", "0:00", 5)
            let late = new
            await #expect(throws: MaintenanceRefusal.overAlready) {
                _ = try await late.announce(
                    as: norte.newID(), of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            let kept = try await norte.count("maintenances")
            #expect(kept == 0)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(IncidentWords.problems == [] && IncidentAPIWords.problems == [] && IncidentRefusal.problems == [])
        #expect(MaintenanceRefusal.problems == [])
        #expect(NocWords.problems == [] && VerdictWords.problems == [])
        #expect(NocCommandTitles.problems == [] && NocCommandWords.problems == [])
        let buttons: [NocCommandTitles] = [.acknowledge, .turnOn, .turnOff, .announce]
        for title in buttons {
            for language in Language.allCases {
                #expect(title.text(for: Reader(language, in: .mexico)).count <= 24)
            }
        }
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    var following: IncidentFollowing {
        IncidentFollowing(site.catalogue, origin: { "https://\($0.slug).test" }, randomness: site.randomness)
    }

    func follow(_ id: Incident.ID) async throws {
        try await following.follow(id, of: tenant, at: now, in: database)
    }

    /// Rows of a table that this company sees.
    func count(_ table: SQL, _ which: SQL = .nothing) async throws -> Int {
        try await database.value("SELECT count(*) FROM \(table) WHERE tenant_id = \(database.tenant) \(which)") ?? 0
    }

    func declare(_ title: String, zone: Zone.ID) async throws -> Incident {
        var new = NewIncident()
        (new.title, new.zone) = (title, zone)
        let incident = try await new.declare(as: newID(), by: commandLine, in: database)
        try await follow(incident.id)
        return incident
    }

    /// A watched tower with a sector and so many customers on it.
    func tower(_ name: String, customers count: Int) async throws -> (site: Site.ID, device: Device.ID) {
        var tower = Site(id: newID())
        (tower.name, tower.kind) = (name, .tower)
        _ = try await tower.add(by: commandLine, in: database)
        var sector = Site(id: newID())
        (sector.name, sector.kind, sector.upstream) = ("\(name) Sur", .sector, tower.id)
        _ = try await sector.add(by: commandLine, in: database)
        _ = try await customers(count, on: sector.id)
        return (tower.id, try await device(name, at: tower.id))
    }

    func device(_ name: String, at site: Site.ID) async throws -> Device.ID {
        let device: Device.ID = newID()
        try await database.execute(
            """
            INSERT INTO devices (tenant_id, device_id, number, name, kind, method, address, is_watched, made_at)
            SELECT \(database.tenant), \(device), count(*) + 1, \(name), 'access_point', 'ping', '10.0.0.1', true, \(now)
            FROM devices WHERE tenant_id = \(database.tenant)
            """)
        guard let known = try await database.site(site, locked: false) else { throw AccessRefusal.notFound }
        var changed = known
        changed.device = device
        _ = try await known.change(to: changed, by: commandLine, in: database)
        return device
    }

    /// A poll, with what follows from it.
    func poll(_ device: Device.ID, answered: Bool, _ state: inout DeviceState) async throws {
        if answered {
            _ = state.answered(by: .ping, latency: 1000, at: now)
        } else {
            _ = state.failed(because: "", at: now)
        }
        try await database.put([(device, state)])
        let before = try await database.openIncidents()
        try await following.look(of: tenant, at: now, in: database)
        let after = try await database.openIncidents()
        for id in Set((before + after).map(\.id)) { try await follow(id) }
    }

    func customers(_ count: Int, on sector: Site.ID?, in zone: Zone.ID? = nil) async throws -> [Customer.ID] {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next())", Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let sold = try await plan.add(by: commandLine, in: database).id
        var customers: [Customer.ID] = []
        for _ in 0..<count {
            var person = Customer(id: newID(), name: "Beto \(site.randomness.next())", state: .prospect, since: today)
            person.zone = zone
            _ = try await Customer.add([person], distinct: true, to: tenant, by: commandLine, in: database)
            guard let person = try await database.customer(person.id) else { throw AccessRefusal.notFound }
            var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
            service.plan = sold
            let added = try await service.add(of: tenant, by: commandLine, in: database)
            _ = try await Activation(day: today).happen(to: added.id, of: tenant, by: commandLine, in: database)
            if let sector {
                var place = ServicePlace(service: added.id)
                place.site = sector
                _ = try await place.put(of: added, by: commandLine, in: database)
            }
            customers.append(person.id)
        }
        return customers
    }
}
