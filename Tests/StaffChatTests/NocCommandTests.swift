import Access
import Declarations
import Events
import Identifiers
import Incidents
import Locale
import Monitoring
import Nouns
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time
import Topology

@testable import Customers
@testable import StaffChat
@testable import Zones

/// What the staff see and do of the network in their chats.
@Suite struct NocCommandTests {
    @Test func `outages are listed and acknowledged, the monitor turned and maintenance announced from the chat`()
        async throws
    {
        try await withStaffChats { norte, _ in
            let far = try await norte.makeZone("Lejos")
            let tower = try await norte.tower("Cerro Alto", in: far)
            try await norte.watch("Cerro Alto · Enlace", in: far, isUp: false)
            try await norte.watch("Centro · Switch", in: nil, isUp: true)
            var new = NewIncident()
            (new.title, new.site) = ("Cerro Alto", tower)
            let incident = try await new.declare(as: norte.newID(), by: norte.commandLine, in: norte.database)
            let (_, chat) = try await norte.member("Ana", norte.everything)
            let (_, near) = try await norte.member(
                "Caro", norte.everything, zones: [try await norte.makeZone("Cerca")])
            for words in ["/caidas", "/incidentes", "/dispositivos", "/dispositivos cerro", "/zonas"] {
                let (hers, his) = (try await near.say(words).joined(), try await chat.say(words).joined())
                #expect(his.contains(words == "/zonas" ? "Lejos" : "Cerro Alto"), "\(words): \(his)")
                #expect(!hers.contains("Cerro Alto") && !hers.contains("Lejos"), "\(words): \(hers)")
            }
            #expect(try await chat.say("/dispositivos").joined().contains("1 de 2"))
            try await chat.say("/caidas")
            #expect(try await chat.press("Cerro Alto").joined().contains("Abierta"))
            #expect(try await chat.press("Reconocer").joined().contains("Cerro Alto"))
            let acknowledged = try #require(try await norte.database.incident(incident.id))
            #expect(acknowledged.state == .acknowledged && acknowledged.acknowledger == "Ana (por Telegram)")
            #expect(try await near.say("x", press: "st.open.incident.\(incident.id)").joined().contains("no existe"))

            try await chat.say("/monitor")
            try await chat.press("Apagar")
            #expect(try await norte.database.monitorSwitch().isOn == false)
            try await chat.press("Encender")
            #expect(try await norte.database.monitorSwitch().isOn)

            #expect(try await chat.say("/mantenimiento 60 Torre Ajena").joined().contains("Torre Ajena"))
            #expect(try await norte.database.comingMaintenances(at: norte.now).isEmpty)
            #expect(try await chat.say("/mantenimiento 60 cerro alto").joined().contains("60 minutos"))
            #expect(try await norte.database.comingMaintenances(at: norte.now).isEmpty)
            try await chat.press("Empezar")
            let made = try #require(try await norte.database.comingMaintenances(at: norte.now).first)
            #expect(made.site == tower && made.isActive(at: norte.now))
            #expect(try await chat.say("/mantenimiento").joined().contains("En curso"))
        }
    }
}

extension TestTenant {
    fileprivate func tower(_ name: String, in zone: UUID) async throws -> Site.ID {
        var tower = Site(id: newID())
        (tower.name, tower.kind, tower.zone) = (name, .tower, Zone.ID(zone))
        return try await tower.add(by: commandLine, in: database).id
    }

    fileprivate func watch(_ name: String, in zone: UUID?, isUp: Bool) async throws {
        let device: Device.ID = newID()
        _ = try await database.batch([
            """
            INSERT INTO devices (
                tenant_id, device_id, number, name, kind, method, address, zone_id, is_watched, made_at)
            SELECT \(database.tenant), \(device), count(*) + 1, \(name), 'backhaul', 'ping', '10.0.0.1', \(zone), true,
                \(now)
            FROM devices WHERE tenant_id = \(database.tenant)
            """,
            """
            INSERT INTO device_states (
                tenant_id, device_id, state, failed_polls, since, polled_at, answered_by, trouble, identity, model,
                counters)
            VALUES (
                \(database.tenant), \(device), \(isUp ? "up" : "down"), 0, \(now), \(now), '', '', '', '', '')
            """,
        ])
    }
}
