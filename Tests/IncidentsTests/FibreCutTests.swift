import Access
import BankAccounts
import Collection
import Customers
import Declarations
import Events
import Fibre
import Identifiers
import Invoices
import Ledger
import Monitoring
import Notices
import Payments
import Plans
import Postgres
import Radius
import Routers
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Incidents
@testable import Services
@testable import Topology
@testable import Zones

/// A cut fibre, told by the ONUs that lost their light.
@Suite struct FibreCutTests {
    @Test
    func `sixty-four dark ONUs are one incident at their port, eight of one box are one at the box, and both end`()
        async throws
    {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .collection,
            .routers, .fibre, .radius, .monitoring, .topology, .notices, .incidents
        ) { norte, sur in
            let boxes = try await norte.litBoxes(8, of: 8)
            try await norte.look()
            #expect(try await norte.database.openIncidents() == [])

            // Customers whose power failed are no cut.
            try await norte.darken("is_online = FALSE, cause = 'power'", "TRUE")
            try await norte.look()
            #expect(try await norte.database.openIncidents() == [])

            try await norte.darken("is_online = FALSE, cause = 'no_light'", "TRUE")
            for _ in 0..<2 { try await norte.look() }
            let whole = try #require(try await norte.database.openIncidents().first)
            #expect(try await norte.database.openIncidents().count == 1)
            #expect(whole.title == "Central · PON 0/1/0" && whole.cause == .fibre && whole.site == nil)
            #expect(whole.customers == 64)

            try await norte.darken("is_online = TRUE, cause = ''", "TRUE")
            try await norte.look()
            #expect(try await norte.database.incident(whole.id)?.state == .resolved)

            try await norte.darken(
                "is_online = FALSE, cause = 'no_light'",
                """
                service_id IN (
                    SELECT service_id FROM service_places
                    WHERE tenant_id = \(norte.database.tenant) AND site_id = \(boxes[2]))
                """)
            try await norte.look()
            let one = try #require(try await norte.database.openIncidents().first)
            #expect(one.title == "NAP 3" && one.site == boxes[2] && one.customers == 8)
            #expect(try await norte.database.openIncidents().count == 1)
            #expect(try await sur.database.openIncidents() == [])
        }
    }
}

extension TestTenant {
    fileprivate func look() async throws { try await following.look(of: tenant, at: now, in: database) }

    fileprivate func darken(_ values: SQL, _ which: SQL) async throws {
        try await database.execute(
            "UPDATE onus SET \(values) WHERE tenant_id = \(database.tenant) AND \(which)")
    }

    /// Boxes that hang on one PON port, each with so many customers whose ONUs are on line.
    fileprivate func litBoxes(_ count: Int, of size: Int) async throws -> [Site.ID] {
        _ = try await customers(count * size, on: nil)
        var boxes: [Site.ID] = []
        for number in 1...count {
            var box = Site(id: newID())
            (box.name, box.kind, box.ports) = ("NAP \(number)", .box, size)
            boxes.append(try await box.add(by: commandLine, in: database).id)
        }
        let (olt, template): (OLT.ID, ONUTemplate.ID) = (newID(), newID())
        _ = try await database.batch([
            """
            INSERT INTO olts (
                tenant_id, olt_id, number, name, vendor, firmware, address, port, login, password, ports, weak_power, mode,
                made_at)
            VALUES (
                \(database.tenant), \(olt), 1, 'Central', 'huawei', '', '10.0.0.1', 23, 'x', '', '0/1/0', -27, 'active',
                \(now))
            """,
            """
            INSERT INTO onu_templates (
                tenant_id, template_id, number, name, vendor, unit_type, line_profile, service_profile, vlan, gem,
                upload_profile, download_profile, made_at)
            VALUES (\(database.tenant), \(template), 1, '100', 'huawei', '', '10', '10', 100, 1, '', '', \(now))
            """,
            """
            INSERT INTO service_places (tenant_id, service_id, site_id, port, made_at)
            SELECT \(database.tenant), v.service_id, (\(boxes))[1 + (v.place - 1) / \(size)],
                1 + (v.place - 1) % \(size), \(now)
            FROM (
                SELECT service_id, row_number() OVER (ORDER BY number) AS place FROM services
                WHERE tenant_id = \(database.tenant)
            ) v
            """,
            """
            INSERT INTO onus (
                tenant_id, onu_id, number, olt_id, serial, port, place, service_id, template_id, revision, is_online,
                is_enabled, proved_at, proved_access, proved_revision, made_at)
            SELECT \(database.tenant), v.service_id, v.number, \(olt), 'HWTC' || lpad(v.number::text, 8, '0'), '0/1/0',
                v.number, v.service_id, \(template), 1, TRUE, TRUE, \(now), 1, 1, \(now)
            FROM services v WHERE v.tenant_id = \(database.tenant)
            """,
        ])
        return boxes
    }
}
