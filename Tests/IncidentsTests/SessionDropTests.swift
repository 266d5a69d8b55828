import Access
import Identifiers
import Postgres
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Customers
@testable import Incidents
@testable import Monitoring
@testable import Topology

/// Sessions that drop together, where no device says that it is down.
@Suite struct SessionDropTests {
    @Test func `the lowest site that explains a drop is its cause, and equipment that is turned off is none`() {
        func id(_ number: Int) -> Site.ID { Site.ID(UUID(high: 5, low: UInt64(number))) }
        func site(_ number: Int, _ name: String, under upstream: Int?) -> Site {
            var site = Site(id: id(number))
            (site.name, site.upstream) = (name, upstream.map(id))
            return site
        }
        let sites = [
            site(1, "Oficina", under: nil), site(2, "Torre", under: 1), site(3, "Norte", under: 2),
            site(4, "Sur", under: 2), site(5, "Otra torre", under: 1),
        ]
        func causes(_ groups: [(site: Int, known: Int, dropped: Int)]) -> [String] {
            SessionDrops.causes(
                groups.map { .init(site: id($0.site), known: $0.known, dropped: $0.dropped) }, sites
            ).map(\.title)
        }
        #expect(causes([(3, 20, 20), (4, 20, 20), (5, 20, 1)]) == ["Torre"])
        #expect(causes([(3, 20, 18), (4, 20, 0), (5, 20, 0)]) == ["Norte"])
        #expect(causes([(3, 40, 30), (4, 40, 0), (5, 20, 12)]) == ["Norte", "Otra torre"])
        #expect(causes([(3, 20, 4), (4, 20, 3), (5, 20, 2)]) == [])
        #expect(causes([(3, 4, 4), (4, 20, 0)]) == [])
        #expect(causes([(3, 20, 20), (4, 20, 20), (5, 20, 20)]) == ["Oficina"])
        var lonely = SessionDrops.Group(known: 12, dropped: 11)
        lonely.name = "NAS 1"
        #expect(SessionDrops.causes([lonely], sites).map(\.title) == ["NAS 1"])
    }

    @Test func `sessions that end together are one incident of exactly those services, until they are back`()
        async throws
    {
        try await IncidentTests.withNetworks { norte, sur in
            let (tower, device) = try await norte.tower("Cerro", customers: 12)
            var up = DeviceState()
            try await norte.poll(device, answered: true, &up)
            let server = try await norte.accessServer()
            let services = try await norte.open(at: server)
            #expect(services.count == 12)
            // One alone is nobody's outage.
            try await norte.end(services[0], of: server, because: "User-Request")
            norte.site.clock.advance(by: .seconds(120))
            try await norte.poll(device, answered: true, &up)
            #expect(try await norte.database.openIncidents() == [])
            for service in services[1...8] { try await norte.end(service, of: server, because: "Lost-Carrier") }
            // Who dials again at once had no outage either.
            norte.site.clock.advance(by: .seconds(30))
            try await norte.poll(device, answered: true, &up)
            #expect(try await norte.database.openIncidents() == [])
            norte.site.clock.advance(by: .seconds(90))
            try await norte.poll(device, answered: true, &up)
            let incident = try #require(try await norte.database.openIncidents().first)
            #expect(incident.cause == .sessions && incident.title == "Cerro Sur" && incident.site != tower)
            #expect(incident.customers == 9)
            #expect(try await norte.count("notices", "AND kind = 'outage'") == 9)
            #expect(try await norte.database.openIncidents().count == 1)
            // The tower is down after all: that incident is all there is.
            var down = DeviceState()
            for _ in 1...2 {
                try await norte.poll(device, answered: false, &down)
                norte.site.clock.advance(by: .seconds(120))
            }
            try await norte.poll(device, answered: false, &down)
            let open = try await norte.database.openIncidents()
            #expect(open.map(\.cause) == [.device] && open[0].customers == 12)
            #expect(try await norte.database.incident(incident.id)?.partOf == open[0].id)
            #expect(try await norte.count("notices", "AND kind = 'outage'") == 12)
            try await norte.poll(device, answered: true, &up)
            #expect(try await norte.database.openIncidents() == [])
            #expect(try await sur.count("incidents") == 0)
        }
    }
}

extension TestTenant {
    fileprivate func accessServer() async throws -> UUID {
        let id = UUID.v7(milliseconds: now.milliseconds, from: site.randomness)
        try await database.execute(
            """
            INSERT INTO radius_clients (tenant_id, client_id, number, name, address, port, secret, made_at)
            VALUES (\(database.tenant), \(id), 1, 'NAS 1', '10.0.0.2', 3799, '\\x00', \(now))
            """)
        return id
    }

    /// A session of each service.
    fileprivate func open(at server: UUID) async throws -> [UUID] {
        struct Sold: RowReadable {
            let id: UUID

            init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
        }
        let services: [Sold] = try await database.rows(
            "SELECT service_id FROM services WHERE tenant_id = \(database.tenant) ORDER BY number")
        try await database.execute(
            """
            INSERT INTO radius_sessions (
                tenant_id, session_id, client_id, name, login, service_id, address, caller, seconds, sent, received,
                started_at, seen_at)
            SELECT \(database.tenant), service_id, \(server), service_id::text, 'x', service_id, '', '', 0, 0, 0, \(now), \(now)
            FROM services WHERE tenant_id = \(database.tenant)
            """)
        return services.map(\.id)
    }

    fileprivate func end(_ service: UUID, of server: UUID, because cause: String) async throws {
        try await database.execute(
            """
            UPDATE radius_sessions SET ended_at = \(now), cause = \(cause)
            WHERE tenant_id = \(database.tenant) AND service_id = \(service)
            """)
    }
}
