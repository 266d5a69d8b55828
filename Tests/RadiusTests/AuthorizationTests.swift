import Identifiers
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Radius
@testable import Services

/// Who gets in, by the real FreeRADIUS and what the company decided.
@Suite struct AuthorizationTests {
    /// RFC 2759, 9.2: what the user User with the password clientPass answers.
    private static let challenge = "0x5B5D7C7D7B3F2F3E3C2C602132262628"
    private static let response =
        "0x000021402324255E262A28295F2B3A337C7E000000000000000082309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"

    @Test func `a customer gets in by PAP and MS-CHAPv2, at the plan's speed, by a NAS of its own company alone`()
        async throws
    {
        try await RadiusBench.serving { norte, sur in
            try await norte.serve("User", "clientPass", address: "10.20.30.40")
            let accepted = try await norte.authenticate("User", "clientPass")
            #expect(accepted.isAccepted)
            #expect(accepted["Mikrotik-Rate-Limit"] == "5000k/10000k")
            #expect(accepted["Framed-IP-Address"] == "10.20.30.40")
            #expect(accepted["Message-Authenticator"] != nil)
            #expect(accepted["Session-Timeout"] == nil)

            func answer(_ response: String) async throws -> FreeRADIUS.Reply {
                try await norte.radius.ask(
                    [
                        "User-Name = User", "MS-CHAP-Challenge = \(Self.challenge)", "MS-CHAP2-Response = \(response)",
                    ], from: norte.source, secret: norte.secret)
            }
            let right = try await answer(Self.response)
            #expect(right.isAccepted && right["MS-CHAP2-Success"] != nil)
            let wrong = try await answer(String(Self.response.dropLast()) + "0")
            #expect(wrong.isRejected && wrong["MS-CHAP2-Success"] == nil)

            // The neighbour has no such customer, and one of that name with another password.
            #expect(try await sur.authenticate("User", "clientPass").isRejected)
            try await sur.serve("User", "otra-clave")
            #expect(try await sur.authenticate("User", "clientPass").isRejected)
            #expect(try await sur.authenticate("User", "otra-clave").isAccepted)
            #expect(try await norte.authenticate("User", "otra-clave").isRejected)
            // Whoever is no NAS of anybody's gets no answer.
            #expect(try await norte.radius.isSilent(to: "127.0.0.3"))

            let chap = try await norte.radius.ask(
                ["User-Name = User", "CHAP-Password = clientPass"], from: norte.source, secret: norte.secret)
            #expect(chap.isRejected)
            #expect(try await Set(norte.rejections()) == ["User: password", "User: chap"])
            #expect(try await Set(sur.rejections()) == ["User: unknown", "User: password"])
        }
    }

    @Test func `what is decided of a service holds at the next try, and is said only to who knows the password`()
        async throws
    {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            #expect(try await norte.authenticate("ana", "clave-de-ana").isAccepted)
            #expect(try await norte.tenant.database.radiusAccess(id)?.acceptedAt != nil)

            try await norte.cut(id)
            let refused = try await norte.authenticate("ana", "clave-de-ana")
            #expect(refused.isRejected && refused["Reply-Message"] == "Servicio suspendido")
            #expect(refused["Mikrotik-Rate-Limit"] == nil)
            let stranger = try await norte.authenticate("ana", "otra")
            #expect(stranger.isRejected && stranger["Reply-Message"] == nil)
            try await norte.reconnect(id)
            #expect(try await norte.authenticate("ana", "clave-de-ana").isAccepted)

            try await norte.serve("sin-instalar", "clave-12", isInstalled: false)
            #expect(try await norte.authenticate("sin-instalar", "clave-12").isRejected)
            try await norte.report("Start", "81a00001", "ana")
            try await norte.tenant.set("state = 'suspended'")
            #expect(try await norte.authenticate("ana", "clave-de-ana").isRejected)
            // Whoever is on line stays.
            let now = TimeSource.system.now()
            #expect(try await norte.tenant.database.sessionsToEnd(of: .service(id), at: now, limit: 5).isEmpty)
            try await sur.serve("ana", "clave-de-ana")
            #expect(try await sur.authenticate("ana", "clave-de-ana").isAccepted)
            #expect(
                try await Set(norte.rejections()) == [
                    "ana: suspended", "ana: password", "ana: company", "sin-instalar: inactive",
                ])
            #expect(try await sur.rejections() == [])
        }
    }

    @Test func `a trial of 72 hours ends then, to the minute, and prepaid days with their last one`() async throws {
        try await RadiusBench.serving { norte, _ in
            let id = try await norte.serve("prueba", "clave-12", trialHours: 72)
            func left() async throws -> Int? {
                try await norte.authenticate("prueba", "clave-12")["Session-Timeout"].flatMap { Int($0) }
            }
            let whole = try #require(try await left())
            #expect((72 * 3600 - 60...72 * 3600).contains(whole))
            func end(in span: String) throws {
                try norte.change("UPDATE radius_accesses SET ends_at = now() + interval '\(span)'")
            }
            try end(in: "61 seconds")
            #expect(try (1...61).contains(#require(try await left())))
            try end(in: "-1 second")
            let over = try await norte.authenticate("prueba", "clave-12")
            #expect(over.isRejected && over["Reply-Message"]?.hasPrefix("Sin d") == true)

            // Days that were paid for end at the company's midnight, in Lima.
            try norte.change("UPDATE radius_accesses SET ends_at = NULL")
            func pay(through days: Int) throws {
                try norte.change(
                    """
                    UPDATE services SET prepaid_through = (now() AT TIME ZONE 'America/Lima')::date + \(days)
                    WHERE service_id = '\(id)'
                    """)
            }
            try pay(through: 2)
            let zone = try TimeZone.named("America/Lima")
            let now = TimeSource.system.now()
            let midnight = zone.instant(of: zone.day(at: now) + 3, at: .midnight)
            let seconds = Int((midnight - now).components.seconds)
            #expect(try (seconds - 30...seconds + 1).contains(#require(try await left())))
            // Five more add to what is left.
            try pay(through: 7)
            #expect(try (seconds + 5 * 86_400 - 30...seconds + 5 * 86_400 + 1).contains(#require(try await left())))
            try pay(through: -1)
            #expect(try await norte.authenticate("prueba", "clave-12").isRejected)
            #expect(try await norte.rejections() == ["prueba: no_days"])
        }
    }

    @Test func `what a NAS sends is never a part of a statement, however it is written`() async throws {
        try await RadiusBench.serving { norte, sur in
            let own = "ñandú'; DROP TABLE x; -- \\"
            try await norte.serve(own, "clave-12")
            func ask(_ login: String) async throws -> FreeRADIUS.Reply {
                try await norte.authenticate(login, "clave-12")
            }
            #expect(try await ask(own.replacing("\\", with: "\\\\")).isAccepted)
            // No text at all, what PostgreSQL cannot hold, as long as a name can be, and FreeRADIUS's own language.
            let long = String(repeating: "A", count: 253)
            for login in ["\\377", "a\\000b", long, "%{sql:SELECT 1}", "0xfff"] {
                #expect(try await ask(login).isRejected)
            }
            // What is no text is nobody to us.
            #expect(
                try await Set(norte.rejections()) == [
                    ": unknown", "\(long): unknown", "%{sql:SELECT 1}: unknown",
                ])
            #expect(try await sur.rejections() == [])
        }
    }

    @Test func `FreeRADIUS's role reads no table, and the server's reads neither hashes nor secrets`() async throws {
        try await RadiusBench.serving { norte, _ in
            let id = try await norte.serve("ana", "clave-de-ana")
            let server = norte.tenant.site.test.server
            let role = try server.connect(to: norte.tenant.site.test.name, as: Roles.radius)
            for table in ["tenants", "services", "radius_accesses", "radius_peers", "radius_sessions", "customers"] {
                #expect(throws: DatabaseError.self) { try role.execute("SELECT FROM \(table)") }
            }
            #expect(throws: DatabaseError.self) {
                try role.execute("SELECT put_radius_peer(gen_random_uuid(), gen_random_uuid(), '10.0.0.1', 'x')")
            }
            let own = norte.tenant.database
            for statement: SQL in [
                "SELECT nt_hash FROM radius_accesses WHERE tenant_id = \(own.tenant)",
                "SELECT secret FROM radius_peers",
            ] {
                await #expect(throws: DatabaseError.self) { try await own.execute(statement) }
            }
            let kept = try norte.tenant.site.test.superuser().column(
                "SELECT password::text || nt_hash::text FROM radius_accesses"
            ).joined()
            #expect(!kept.contains("clave-de-ana"))
            #expect(
                try await norte.acts.readPassword(of: norte.service(id), by: norte.principal, in: own)
                    == "clave-de-ana")
        }
    }

    @Test func `an address stands for one NAS of one company`() async throws {
        try await RadiusBench.serving { norte, sur in
            var other = sur.acts.blank(at: sur.tenant.now)
            (other.name, other.address) = ("Ajeno", norte.source)
            let taken = other
            await #expect(throws: RadiusRefusal.addressTaken) {
                try await sur.acts.add(
                    taken, to: sur.tenant.tenant, by: sur.tenant.commandLine, in: sur.tenant.database)
            }
            try await norte.serve("ana", "clave-de-ana")
            try await sur.serve("eva", "clave-de-eva")
            #expect(try await norte.authenticate("ana", "clave-de-ana").isAccepted)
            // What is removed lets nobody in, and its address is free for somebody else.
            try await norte.acts.delete(norte.server.id, by: norte.principal, in: norte.tenant.database)
            #expect(try await norte.authenticate("ana", "clave-de-ana").isRejected)
            let moved = try await sur.acts.add(
                taken, to: sur.tenant.tenant, by: sur.tenant.commandLine, in: sur.tenant.database)
            #expect(try await sur.tenant.database.accessServers().map(\.id) == [sur.server.id, moved.id])
            #expect(try await norte.tenant.database.accessServers() == [])
        }
    }
}
