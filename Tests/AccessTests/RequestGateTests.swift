import Crypto
import Customers
import Declarations
import Events
import HTTP
import Locale
import Postgres
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Access

@Suite struct RequestGateTests {
    /// A gate whose one page reads, and whose one act writes, with nothing of a shell around them.
    private static func gate(of tenant: TestTenant) -> RequestGate {
        var routes = Routes<Visit>()
        routes.get("/read", .customersRead, "Lee") { visit in
            let count: Int =
                try await visit.database.value(
                    "SELECT count(*) FROM counters WHERE tenant_id = \(visit.database.tenant) AND name = 'x'") ?? -1
            return .text("\(count) \(visit.person ?? "nobody")")
        }
        routes.get("/idle", .customersRead, "No toca la base") { _ in .text("done") }
        routes.get("/transaction", .customersRead, "Escribe a pesar de ser GET") { visit in
            let written = try await visit.database.transaction { database in
                try await database.execute(
                    "INSERT INTO counters (tenant_id, name, last) VALUES (\(database.tenant), 'x', 1)")
            }
            return .text("\(written)")
        }
        routes.post("/act", .customersRead, "Actúa") { _ in .text("acted") }
        routes.post("/same", .customersRead, "Hace lo que ya está") { visit in
            try await visit.database.execute(
                """
                INSERT INTO roles (tenant_id, role_id, name)
                SELECT tenant_id, gen_random_uuid(), name FROM roles WHERE tenant_id = \(visit.database.tenant) LIMIT 1
                """)
            return .text("made")
        }
        routes.post("/gone", .customersRead, "Usa lo que ya no está") { visit in
            try await visit.database.execute(
                """
                INSERT INTO staff_roles (tenant_id, staff_id, role_id)
                SELECT tenant_id, staff_id, gen_random_uuid() FROM staff
                WHERE tenant_id = \(visit.database.tenant) LIMIT 1
                """)
            return .text("made")
        }
        routes.post("/lost", .customersRead, "Se corta al guardar") { _ in
            throw DatabaseError.connectionLost(outcomeUnknown: true)
        }
        routes.get("/lost", .customersRead, "Se corta al leer") { _ in
            throw DatabaseError.connectionLost(outcomeUnknown: true)
        }
        routes.post("/own", .signedIn, "Lo propio") { _ in .text("mine") }
        routes.get("/open", .anyone, "Abierta") { _ in .text("open") }
        return tenant.gate(
            routes,
            credential: { request in
                request.cookies["sid"].flatMap(Token.init).map { Credential(.session, secret: $0) }
            },
            refuse: { refusal, _, _, _ in Response(refusal.status, body: .bytes(Array(refusal.code.utf8))) })
    }

    @Test func `a session reads its own tenant and is nobody at the other`() async throws {
        try await withTenants { norte, sur in
            try await norte.database.execute(
                "INSERT INTO counters (tenant_id, name, last) VALUES (\(norte.database.tenant), 'x', 1)")
            let cookie = try await norte.signIn([.customersRead])
            let mine = try await norte.ask(Self.gate(of: norte), "/read", headers: ["Cookie": cookie])
            #expect(mine.status == .ok && mine.text == "1 Ana")
            let theirs = try await sur.ask(Self.gate(of: sur), "/read", headers: ["Cookie": cookie])
            #expect(theirs.status == .unauthorized)
            let own = try await sur.ask(
                Self.gate(of: sur), "/read", headers: ["Cookie": try await sur.signIn([.customersRead], as: "Bea")])
            #expect(own.text == "0 Bea")
        }
    }

    @Test(arguments: [("/same", "made_meanwhile"), ("/gone", "gone_meanwhile")])
    func `an act that another came before is refused with words`(path: String, code: String) async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                let cookie = try await tenant.signIn([.customersRead])
                let answer = try await tenant.ask(
                    Self.gate(of: tenant), path, method: "POST",
                    headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
                #expect(answer.status == .conflict && answer.text == code)
            }
        }
    }

    @Test func `a session that ended reads nothing and writes nothing from the next request on`() async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([.customersRead])
            let gate = Self.gate(of: norte)
            #expect(try await norte.ask(gate, "/read", headers: ["Cookie": cookie]).status == .ok)
            try await norte.database.execute(
                "UPDATE sessions SET ended_at = \(norte.now) WHERE tenant_id = \(norte.database.tenant)")
            for path in ["/read", "/idle", "/transaction"] {
                #expect(try await norte.ask(gate, path, headers: ["Cookie": cookie]).status == .unauthorized, "\(path)")
            }
            let written: Int? = try await norte.database.value("SELECT count(*) FROM counters WHERE name = 'x'")
            #expect(written == 0)
        }
    }

    @Test func `an act that is done is answered as done though its use cannot be noted`() async throws {
        try await withTenants { norte, sur in
            let cookie = try await norte.signIn([.customersRead])
            let other = try await sur.signIn([.customersRead], as: "Bea")
            norte.site.clock.advance(by: .seconds(600))
            try norte.site.test.owner().execute("REVOKE UPDATE ON sessions FROM mastil_app")
            for path in ["/act", "/read"] {
                for (tenant, cookie) in [(norte, cookie), (sur, other)] {
                    let answer = try await tenant.ask(
                        Self.gate(of: tenant), path, method: path == "/act" ? "POST" : "GET",
                        headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
                    #expect(answer.status == .ok, "\(path)")
                }
            }
        }
    }

    @Test func `an act whose outcome is unknown is not to be tried again, and a reading is`() async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([.customersRead])
            func lost(_ method: String) async throws -> Answer {
                try await norte.ask(
                    Self.gate(of: norte), "/lost", method: method,
                    headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
            }
            let act = try await lost("POST")
            #expect(act.status == .internalServerError && act.text == "outcome_unknown")
            #expect(act.headers["Retry-After"] == nil)
            let reading = try await lost("GET")
            #expect(reading.status == .serviceUnavailable && reading.headers["Retry-After"] != nil)
        }
    }

    @Test func `at a company that is suspended, or whose trial is over, everything is read and nothing changed`()
        async throws
    {
        try await withTenants { norte, sur in
            let platform = norte.site.test.database.platform
            let cookie = try await norte.signIn([.customersRead])
            let other = try await sur.signIn([.customersRead], as: "Bea")
            func statuses(_ tenant: TestTenant, _ cookie: String) async throws -> [Status] {
                try await tenant.readAnew()
                let gate = Self.gate(of: tenant)
                let headers: KeyValuePairs = ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"]
                return [
                    try await tenant.ask(gate, "/read", headers: headers).status,
                    try await tenant.ask(gate, "/act", method: "POST", headers: headers).status,
                    try await tenant.ask(gate, "/own", method: "POST", headers: headers).status,
                    try await tenant.ask(gate, "/act", method: "POST", headers: ["Sec-Fetch-Site": "none"]).status,
                ]
            }
            #expect(try await statuses(norte, cookie) == [.ok, .ok, .ok, .unauthorized])
            _ = try await Tenant.suspend("norte", because: "x", by: .commandLine, at: norte.now, in: platform)
            #expect(try await statuses(norte, cookie) == [.ok, .forbidden, .ok, .unauthorized])
            #expect(try await statuses(sur, other) == [.ok, .ok, .ok, .unauthorized])
            _ = try await Tenant.resume("norte", because: "x", by: .commandLine, at: norte.now, in: platform)
            #expect(try await statuses(norte, cookie) == [.ok, .ok, .ok, .unauthorized])
            try await norte.set("state = 'trial', trial_ends_on = '2020-01-01'")
            #expect(try await statuses(norte, cookie) == [.ok, .forbidden, .ok, .unauthorized])
        }
    }

    @Test(arguments: [
        "norte.test.", "NORTE.test.evil", "evil", "test", "norte.test..", ".norte.test", "norte.test\u{301}",
    ])
    func `a name that is not exactly a tenant's is nobody's, and the answer hints at none`(host: String) async throws {
        try await withTenants { norte, _ in
            let gate = Self.gate(of: norte)
            guard let answer = try? await norte.ask(gate, "/open", host: host) else { return }
            #expect(answer.status == .misdirectedRequest)
            #expect(!answer.text.contains("norte"))
        }
    }

    @Test func `a session is over when its time is`() async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([.customersRead])
            norte.site.clock.advance(by: .seconds(8 * 3600))
            #expect(
                try await norte.ask(Self.gate(of: norte), "/read", headers: ["Cookie": cookie]).status == .unauthorized)
        }
    }

    @Test(arguments: ["/read", "/idle", "/transaction"])
    func `who lacks the permission is refused, also where no row would be read`(path: String) async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([])
            #expect(try await norte.ask(Self.gate(of: norte), path, headers: ["Cookie": cookie]).status == .forbidden)
            let written: Int? = try await norte.database.value("SELECT count(*) FROM counters WHERE name = 'x'")
            #expect(written == 0)
        }
    }

    @Test func `an act asked for by another site is refused`() async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([.customersRead])
            let gate = Self.gate(of: norte)
            func act(_ headers: KeyValuePairs<String, String>) async throws -> Status {
                try await norte.ask(gate, "/act", method: "POST", headers: headers).status
            }
            #expect(try await act(["Cookie": cookie, "Sec-Fetch-Site": "same-origin"]) == .ok)
            #expect(try await act(["Cookie": cookie, "Origin": "http://norte.test"]) == .ok)
            #expect(try await act(["Cookie": cookie, "Sec-Fetch-Site": "cross-site"]) == .forbidden)
            #expect(try await act(["Cookie": cookie, "Sec-Fetch-Site": "same-site"]) == .forbidden)
            #expect(try await act(["Cookie": cookie, "Origin": "http://sur.test"]) == .forbidden)
            #expect(try await act(["Cookie": cookie, "Origin": "null"]) == .forbidden)
            #expect(try await act(["Cookie": cookie]) == .forbidden)
        }
    }

    @Test func `what nobody has to sign in for is open and everything else asks`() async throws {
        try await withTenants { norte, _ in
            let gate = Self.gate(of: norte)
            for (path, status) in [("/open", Status.ok), ("/read", .unauthorized), ("/nothing", .notFound)] {
                let answer = try await norte.ask(gate, path)
                #expect(answer.status == status)
            }
            let answer = try await norte.ask(gate, "/read", method: "POST")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS")
            let unknown = try await norte.ask(gate, "/read", method: "BREW")
            #expect(unknown.status == .notImplemented)
        }
    }

    @Test func `no answer is guessed at or kept by those on its way`() async throws {
        try await withTenants { norte, _ in
            for path in ["/open", "/read", "/nothing"] {
                let answer = try await norte.ask(Self.gate(of: norte), path)
                #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
                #expect(answer.headers["Cache-Control"] == "no-store")
            }
        }
    }

    @Test func `a fault is logged whole and shown as no more than a fault`() async throws {
        try await withTenants { norte, _ in
            var routes = Routes<Visit>()
            routes.get("/broken", .anyone, "Falla") { visit in
                try await visit.database.execute("SELECT 1 FROM no_such_table")
                return .text("")
            }
            let gate = norte.gate(
                routes, credential: { _ in nil },
                refuse: { refusal, _, reader, _ in
                    .text(refusal.message.text(for: reader), status: refusal.status)
                })
            let answer = try await norte.ask(gate, "/broken")
            #expect(answer.status == .internalServerError)
            #expect(!answer.text.contains("no_such_table"))
            #expect(norte.site.log.text.contains("no_such_table"))
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(AccessWords.problems == [])
    }
}
