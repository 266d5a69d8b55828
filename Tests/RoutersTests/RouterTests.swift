import API
import Access
import Addresses
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import JSON
import Locale
import Loop
import Nouns
import Panel
import Postgres
import RouterOSAccess
import RouterOSLab
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Zones

@testable import Routers

@Suite struct RouterTests {
    private static func with(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .zones, .routers, body: body)
    }

    private static func acts(_ tenant: TestTenant, labs: [(AddressRange, port: UInt16)] = []) -> RouterActs {
        RouterActs(
            RouterDialer(RouterOSDriver(), vault: tenant.site.vault, on: .tests, labs: labs),
            randomness: tenant.site.randomness)
    }

    private static func person(
        _ tenant: TestTenant, _ permissions: [Permission] = [.networkRead, .networkOperate, .networkManage],
        labs: [(AddressRange, port: UInt16)] = []
    ) async throws -> Person {
        try await Person(tenant, permissions) { routes, _ in
            RouterRoutes(acts(tenant, labs: labs)).add(to: &routes)
        }
    }

    private static func form(_ address: String = "10.20.0.1", _ more: String = "", port: Int = 8728) -> String {
        "name=Torre&address=\(address)&port=\(port)&security=plain&login=api_bot&password=muy-secreta&cut=profile&cut_profile=Morosos&cut_list=morosos\(more)"
    }

    @Test func `a router is dialled in the company's own networks, and nowhere else`() async throws {
        try await Self.with { norte, sur in
            let ana = try await Self.person(norte)
            let refused = try await ana.send("/panel/routers", Self.form())
            #expect(refused.status == .unprocessableContent && refused.text.contains("redes de equipos"))
            #expect(
                try await ana.send("/panel/device-ranges", "ranges=10.20.0.0%2F16%0A0.0.0.0%2F0").status == .seeOther)
            // However wide the networks, this machine and its link are nobody's router.
            for address in ["127.0.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fe80::1"] {
                let answer = try await ana.send("/panel/routers", Self.form(address))
                #expect(answer.status == .unprocessableContent, "\(address)")
            }
            #expect(try await ana.send("/panel/routers", Self.form("torre.example")).status == .unprocessableContent)
            #expect(try await ana.send("/panel/device-ranges", "ranges=casa").status == .unprocessableContent)
            let made = try await ana.send("/panel/routers", Self.form())
            #expect(made.status == .seeOther)
            // What one company declares opens nothing to another.
            let beto = try await Self.person(sur)
            #expect(try await beto.send("/panel/routers", Self.form()).status == .unprocessableContent)
            #expect(try await beto.see(try #require(made.place)).status == .notFound)
        }
    }

    @Test func `our own networks are open to nobody`() async throws {
        try await Self.with { norte, _ in
            let dialer = RouterDialer(
                RouterOSDriver(), vault: norte.site.vault, on: .tests, excluding: [AddressRange("10.0.0.0/8")!])
            try await norte.database.put(deviceRanges: ["10.0.0.0/8"])
            var router = Router(id: .make(milliseconds: 0, from: norte.site.randomness))
            router.address = "10.1.1.1"
            await #expect(throws: RouterRefusal.addressRefused) {
                try await dialer.check(router, in: norte.database)
            }
        }
    }

    @Test func `a password is sealed, shown to nobody, and not told to another address`() async throws {
        try await Self.with { norte, _ in
            let ana = try await Self.person(norte)
            _ = try await ana.send("/panel/device-ranges", "ranges=10.20.0.0%2F16")
            let path = try #require(try await ana.send("/panel/routers", Self.form()).place)
            for page in [path, "\(path)/edit", "/panel/routers"] {
                #expect(!(try await ana.see(page)).text.contains("muy-secreta"))
            }
            let kept = try norte.site.test.superuser().column("SELECT r::text FROM routers r").joined()
            #expect(!kept.contains("muy-secreta"))
            let events = try norte.site.test.superuser().column("SELECT content::text FROM unsealed_events")
            #expect(!events.joined().contains("muy-secreta"))

            let revision = try #require(try await ana.see("\(path)/edit").hidden("revision"))
            let moved = Self.form("10.20.0.9").replacing("muy-secreta", with: "") + "&revision=\(revision)"
            let refused = try await ana.send(path, moved)
            #expect(refused.status == .unprocessableContent && refused.text.contains("otra vez la contraseña"))
            let renamed = Self.form().replacing("muy-secreta", with: "").replacing("Torre", with: "Cerro")
            #expect(try await ana.send(path, renamed + "&revision=\(revision)").status == .seeOther)
            #expect(try await ana.see(path).text.contains("Cerro"))
        }
    }

    @Test func `a connection that is tried says who the router is, and what our user lacks there`() async throws {
        try await Self.with { norte, sur in
            var plan = RouterLab.Plan()
            (plan.version, plan.customers, plan.password) = (LabVersion(6, 49), 3, "clave")
            let lab = await RouterLab.start(plan, on: Loops.tests.all[0])
            defer { lab.close() }
            await lab.inspect { $0.addUser("api_bot", password: "muy-secreta", group: "read") }
            let port = try await lab.listen()
            let ana = try await Self.person(norte, labs: [(AddressRange("127.0.0.1/32")!, port)])
            let path = try #require(try await ana.send("/panel/routers", Self.form("127.0.0.1", port: Int(port))).place)
            let trial = try await ana.send("\(path)/trial")
            #expect(trial.status == .ok && trial.text.contains("6.49") && trial.text.contains("RB5009"))
            #expect(trial.text.contains("Falta: write"))
            #expect(try await ana.see("/panel/routers?health=up").text.contains("Torre"))
            await lab.set([LabFault(.refuseLogin)])
            #expect(try await ana.send("\(path)/trial").text.contains("no dejó entrar"))
            #expect(try await Self.person(sur).send("\(path)/trial").status == .notFound)
        }
    }

    @Test func `somebody limited to a zone sees the routers of it`() async throws {
        try await Self.with { norte, _ in
            let ana = try await Self.person(norte)
            _ = try await ana.send("/panel/device-ranges", "ranges=10.20.0.0%2F16")
            let zone = Zone.ID.make(milliseconds: 0, from: norte.site.randomness)
            try await norte.database.execute(
                "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(norte.database.tenant), \(zone), 'Centro')"
            )
            let inside = try #require(
                try await ana.send("/panel/routers", Self.form("10.20.0.2", "&zone=\(zone)")).place)
            let outside = try #require(
                try await ana.send("/panel/routers", Self.form().replacing("Torre", with: "Lejos")).place)
            let member = try await norte.staff([.networkRead], as: "Zoe")
            try await norte.database.execute(
                """
                UPDATE staff SET zones = \([zone]) WHERE tenant_id = \(norte.database.tenant) AND staff_id = \(member)
                """)
            let session = try await Session.start(
                for: member, at: Session.Place(device: "", address: ""), now: norte.now, from: norte.site.randomness,
                in: norte.database)
            let zoe = Person(norte, cookie: "sid=\(session.secret.text)") { routes, _ in
                RouterRoutes(Self.acts(norte)).add(to: &routes)
            }
            #expect(try await zoe.see(inside).status == .ok)
            #expect(try await zoe.see(outside).status == .notFound)
        }
    }

    @Test func `programs add routers and never read a password`() async throws {
        try await Self.with { norte, _ in
            try await norte.database.put(deviceRanges: ["10.20.0.0/16"])
            let program = try await Program(norte, [.networkRead, .networkManage]) { routes, _ in
                RouterAPI(Self.acts(norte)).add(to: &routes)
            }
            let body =
                #"{"name":"Torre","address":"10.20.0.1","login":"api_bot","password":"muy-secreta","cut_list":"morosos"}"#
            let made = try await program.create("/api/v1/routers", body)
            #expect(made.status == .created && !made.text.contains("secret") && !made.text.contains("password"))
            let refused = try await program.create("/api/v1/routers", body.replacing("10.20.0.1", with: "192.168.1.1"))
            #expect(refused.status == .unprocessableContent && refused.text.contains("address_refused"))
            let health = try await program.ask("\(try #require(made.headers["Location"]))/health")
            #expect(health.status == .ok && health.text.contains(#""state":"unknown""#))
        }
    }

    @Test func `the room's words are whole in every language`() {
        let fields = Router.fields.flatMap(\.problems) + AccessPoint.fields.flatMap(\.problems)
        #expect(
            RouterWords.problems + RouterMoveWords.problems + RouterAPIWords.problems + RouterRefusal.problems + fields
                == [])
    }
}
