import Access
import HTTP
import Identifiers
import Postgres
import Routers
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers
@testable import Incidents
@testable import Monitoring
@testable import Services
@testable import Topology
@testable import Zones

/// When outages end, and that no minute of one is credited twice.
@Suite struct OutageEndTests {
    private static func credit(_ tenant: TestTenant) async throws {
        var policy = OutagePolicy()
        policy.isCredited = true
        try await policy.put(by: tenant.commandLine, in: tenant.database)
    }

    @Test func `nobody resolves the incident of a device that is down, and what a person resolves is credited once`()
        async throws
    {
        try await IncidentTests.withNetworks { norte, _ in
            let (_, device) = try await norte.tower("Cerro", customers: 2)
            try await Self.credit(norte)
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                IncidentRoutes(files: .tests, randomness: randomness).add(to: &routes)
            }
            let start = norte.now
            var state = DeviceState()
            for _ in 1...2 {
                try await norte.poll(device, answered: false, &state)
                norte.site.clock.advance(by: .seconds(120))
            }
            let first = try #require(try await norte.database.openIncidents().first)
            let refused = try await ana.send("\(first.panelPath)/resolution")
            #expect(refused.status == .conflict && refused.text.contains("sigue caído"))
            #expect(try await !ana.see(first.panelPath).text.contains("/resolution"))
            // Not watched any more, it is for a person to say; until then collection waits.
            try await norte.watch(device, false)
            try await norte.look()
            #expect(try await norte.database.incident(first.id)?.state == .open)
            #expect(try await norte.count("collection_holds", "AND ended_at IS NULL") == 2)
            #expect(try await ana.see(first.panelPath).text.contains("no se vigila"))
            norte.site.clock.advance(by: start + .seconds(3600) - norte.now)
            _ = try await Incident.resolve(first.id, by: norte.commandLine, in: norte.database)
            try await norte.follow(first.id)
            #expect(try await norte.count("service_credits", "AND amount = 42") == 2)
            // It was down all the while: the second incident credits only the second hour.
            try await norte.watch(device, true)
            try await norte.poll(device, answered: false, &state)
            let second = try #require(try await norte.database.openIncidents().first)
            #expect(second.startedAt == start)
            norte.site.clock.advance(by: start + .seconds(7200) - norte.now)
            try await norte.poll(device, answered: true, &state)
            #expect(try await norte.database.incident(second.id)?.state == .resolved)
            #expect(try await norte.count("service_credits", "AND amount = 42") == 4)
            #expect(try await norte.count("service_credits") == 4)
            #expect(try await norte.count("incident_services", "AND minutes = 60") == 4)
        }
    }

    @Test func `a device that is gone or unknown did not come back`() async throws {
        try await IncidentTests.withNetworks { norte, _ in
            let (_, device) = try await norte.tower("Cerro", customers: 1)
            var state = DeviceState()
            for _ in 1...2 { try await norte.poll(device, answered: false, &state) }
            let incident = try #require(try await norte.database.openIncidents().first)
            state.unknown(because: "no_icmp", at: norte.now)
            try await norte.database.put([(device, state)])
            try await norte.look()
            #expect(try await norte.database.openIncidents().map(\.id) == [incident.id])
            try await norte.database.execute(
                "UPDATE sites SET device_id = NULL WHERE tenant_id = \(norte.database.tenant)")
            try await norte.database.delete(device)
            try await norte.look()
            #expect(try await norte.database.openIncidents().map(\.id) == [incident.id])
            #expect(try await norte.count("collection_holds", "AND ended_at IS NULL") == 1)
            _ = try await Incident.resolve(incident.id, by: norte.commandLine, in: norte.database)
            // Its job is lost: the night's finds what it left.
            #expect(try await norte.database.unsettledIncidents(limit: 10).map(\.id) == [incident.id])
            try await norte.follow(incident.id)
            #expect(try await norte.database.unsettledIncidents(limit: 10) == [])
            #expect(try await norte.count("collection_holds", "AND ended_at IS NULL") == 0)
        }
    }

    @Test func `overlapping incidents that end before either is settled are credited and told as one`() async throws {
        try await IncidentTests.withNetworks { norte, sur in
            try await Self.credit(norte)
            let zone = Zone(id: norte.newID(), name: "Centro")
            try await zone.add(by: norte.commandLine, in: norte.database)
            let customer = try await norte.customers(1, on: nil, in: zone.id)[0]
            let first = try await norte.declare("Fibra cortada", zone: zone.id)
            norte.site.clock.advance(by: .seconds(3600))
            let second = try await norte.declare("Sin luz", zone: zone.id)
            norte.site.clock.advance(by: .seconds(3600))
            _ = try await Incident.resolve(first.id, by: norte.commandLine, in: norte.database)
            norte.site.clock.advance(by: .seconds(3600))
            _ = try await Incident.resolve(second.id, by: norte.commandLine, in: norte.database)
            // In either order the three hours are credited once: 300.00 × 180 ÷ 43,200 = 1.25.
            for id in [first.id, second.id, first.id] { try await norte.follow(id) }
            #expect(try await norte.count("service_credits", "AND amount = 125") == 1)
            #expect(try await norte.count("service_credits") == 1)
            #expect(try await norte.count("notices", "AND kind = 'outage_over'") == 1)
            #expect(try await norte.count("collection_holds", "AND ended_at IS NULL") == 0)
            #expect(try await norte.database.openIncidents(of: customer) == [])
            #expect(try await sur.database.incident(first.id) == nil)
        }
    }

    @Test func `minutes credited before are left out, whatever their order and however they overlap`() {
        func at(_ minute: Int64) -> Instant { Instant(seconds: minute * 60) }
        func minutes(_ spans: [(Int64, Int64)]) -> Int {
            Incident.minutes(
                from: at(100), to: at(200), without: spans.map { CreditedSpan(from: at($0.0), to: at($0.1)) })
        }
        #expect(minutes([]) == 100)
        #expect(minutes([(0, 150)]) == 50 && minutes([(150, 300)]) == 50 && minutes([(0, 300)]) == 0)
        #expect(minutes([(0, 50), (120, 130), (125, 140), (250, 300)]) == 80)
    }

    @Test func `a gauge that is down takes nobody along whose router answers`() {
        func device(_ number: Int) -> Device.ID { Device.ID(UUID(high: 1, low: UInt64(number))) }
        let router = Router.ID(UUID(high: 3, low: 1))
        var (tower, sector) = (Site(id: .init(UUID(high: 2, low: 1))), Site(id: .init(UUID(high: 2, low: 2))))
        (tower.name, tower.device, tower.router) = ("Torre", device(1), router)
        (sector.name, sector.upstream, sector.device) = ("Sector", tower.id, device(3))
        func faults(router state: DeviceState.Standing, sector below: DeviceState.Standing = .unknown) -> [FaultMap
            .Fault]
        {
            FaultMap(
                [
                    FaultMap.Node(device(1), "UPS", .down), FaultMap.Node(device(2), "Router", router: router, state),
                    FaultMap.Node(device(3), "Antena", below),
                ], [tower, sector]
            ).faults
        }
        #expect(faults(router: .up).map(\.sites) == [[]] && faults(router: .up).map(\.routers) == [[]])
        #expect(faults(router: .unknown).map(\.sites) == [[tower.id, sector.id]])
        // What is down below the router that answers is a cause of its own.
        #expect(faults(router: .up, sector: .down).map(\.sites) == [[sector.id], []])
    }
}

extension TestTenant {
    /// What a look at the last polls comes to, with what follows from it.
    fileprivate func look() async throws {
        try await following.look(of: tenant, at: now, in: database)
        for incident in try await database.openIncidents() { try await follow(incident.id) }
    }

    fileprivate func watch(_ device: Device.ID, _ isWatched: Bool) async throws {
        try await database.execute(
            """
            UPDATE devices SET is_watched = \(isWatched)
            WHERE tenant_id = \(database.tenant) AND device_id = \(device)
            """)
    }
}
