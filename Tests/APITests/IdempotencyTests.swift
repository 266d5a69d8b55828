import Access
import Customers
import HTTP
import Identifiers
import JSON
import Jobs
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time

@testable import API
@testable import Nouns

/// Something that counts how often it was done.
private struct Tick: Resource {
    static let schema = Schema.object("Tick", [.required("count", .integer(0...1000), APIWords.items)])
    let count: Int
    var path: String { "/api/v1/ticks/\(count)" }

    func write(to json: inout JSONWriter) { json.object { $0.member("count", count) } }

    static func next(in database: TenantDatabase) async throws -> Tick {
        // Acts open transactions of their own, which join the one that keeps the answer.
        try await database.transaction { database in
            let count: Int? = try await database.value(
                """
                INSERT INTO counters (tenant_id, name, last) VALUES (\(database.tenant), 'tick', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
                """)
            return Tick(count: count ?? 0)
        }
    }

    static func count(in database: TenantDatabase) async throws -> Int {
        try await database.value(
            "SELECT last FROM counters WHERE tenant_id = \(database.tenant) AND name = 'tick'") ?? 0
    }
}

private struct TickOrder: Input {
    static let schema = Schema.object("TickOrder", [.optional("note", .line(0...20), APIWords.items)])
    let note: String?
    init(_ members: Members) { note = members.text("note") }
}

@Suite struct IdempotencyTests {
    private static func gate(of tenant: TestTenant) -> RequestGate {
        var routes = API.Routes(of: tenant.site.catalogue)
        routes.post("/api/v1/ticks", .customersWrite, APIWords.made) { (visit, order: TickOrder) in
            let tick = try await Tick.next(in: visit.database)
            if order.note == "fail" { throw AccessRefusal.notFound }
            return tick
        }
        routes.post("/api/v1/tocks/:name", .customersWrite, APIWords.made) { (visit, _: TickOrder, name: String) in
            try await Tick.next(in: visit.database)
        }
        routes.patch(
            "/api/v1/ticks/:id", .customersWrite, APIWords.changed,
            of: { (visit, id: Int) in Tick(count: try await Tick.count(in: visit.database)) },
            { (visit, _, _: TickOrder) in try await Tick.next(in: visit.database) })
        return tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse)
    }

    private static func post(
        _ tenant: TestTenant, _ token: String, key: String?, body: String = "{}", to path: String = "/api/v1/ticks"
    ) async throws -> Answer {
        var headers: [(key: String, value: String)] = [
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ]
        if let key { headers.append(("Idempotency-Key", key)) }
        let request = try DirectRequests(on: .tests).request(
            "POST", path, host: tenant.host, fields: headers, body: Array(body.utf8))
        return Answer(await gate(of: tenant).answer(request))
    }

    private static func code(_ answer: Answer) throws -> String? {
        guard case .object(let object) = try JSONValue.parse(answer.bytes), case .string(let code)? = object["code"]
        else { return nil }
        return code
    }

    @Test func `the same key is done once and answered alike, quoted or bare`() async throws {
        try await withTenants { norte, _ in
            let token = try await norte.token([.customersWrite])
            let first = try await Self.post(norte, token, key: "uno")
            let again = try await Self.post(norte, token, key: "\"uno\"")
            #expect(first.status == .created && again.status == .created)
            #expect(first.bytes == again.bytes && first.headers["Location"] == again.headers["Location"])
            #expect(first.headers["ETag"] != nil && first.headers["ETag"] == again.headers["ETag"])
            #expect(first.headers["Idempotency-Replayed"] == nil && again.headers["Idempotency-Replayed"] == "true")
            #expect(try await Tick.count(in: norte.database) == 1)
            #expect(try await Self.post(norte, token, key: "dos").text == #"{"count":2}"#)
        }
    }

    @Test func `twenty at once with one key are one effect`() async throws {
        try await withTenants { norte, _ in
            let token = try await norte.token([.customersWrite])
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.post(norte, token, key: "a la vez") } }
                for _ in 0..<20 { group.addTask { try await Self.post(norte, token, key: "a-la-vez") } }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(try await Tick.count(in: norte.database) == 1)
            #expect(answers.filter { $0.status == .badRequest }.count == 20)
            let done = answers.filter { $0.status == .created }
            #expect(done.count == 20)
            #expect(Set(done.map(\.text)) == [#"{"count":1}"#])
            #expect(done.filter { $0.headers["Idempotency-Replayed"] == nil }.count == 1)
        }
    }

    @Test func `a key with another request is refused and changes nothing`() async throws {
        try await withTenants { norte, _ in
            let token = try await norte.token([.customersWrite])
            _ = try await Self.post(norte, token, key: "k")
            let other = try await Self.post(norte, token, key: "k", body: #"{"note":"x"}"#)
            #expect(other.status == .unprocessableContent)
            #expect(try Self.code(other) == "idempotency_key_reused")
            let ana = try await Self.post(norte, token, key: "p", to: "/api/v1/tocks/ana")
            let eva = try await Self.post(norte, token, key: "p", to: "/api/v1/tocks/eva")
            #expect(ana.status == .created && eva.status == .unprocessableContent)
            #expect(try await Tick.count(in: norte.database) == 2)
        }
    }

    @Test func `a key is one program's, one tenant's and one route's`() async throws {
        try await withTenants { norte, sur in
            let token = try await norte.token([.customersWrite])
            let other = try await norte.token([.customersWrite])
            #expect(try await Self.post(norte, token, key: "k").text == #"{"count":1}"#)
            #expect(try await Self.post(norte, other, key: "k").text == #"{"count":2}"#)
            #expect(try await Self.post(norte, token, key: "k", to: "/api/v1/tocks/k").text == #"{"count":3}"#)
            #expect(try await Self.post(sur, try await sur.token([.customersWrite]), key: "k").text == #"{"count":1}"#)
        }
    }

    @Test func `a refusal undoes everything, and the key may try again`() async throws {
        try await withTenants { norte, _ in
            let token = try await norte.token([.customersWrite])
            #expect(try await Self.post(norte, token, key: "k", body: #"{"note":"fail"}"#).status == .notFound)
            #expect(try await Tick.count(in: norte.database) == 0)
            #expect(try await Self.post(norte, token, key: "k").status == .created)
        }
    }

    @Test func `a kept answer is not given to a token that is revoked or may no longer act`() async throws {
        try await withTenants { norte, _ in
            let token = try await norte.token([.customersWrite])
            _ = try await Self.post(norte, token, key: "k")
            try await norte.database.execute(
                "UPDATE api_tokens SET permissions = '{}' WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await Self.post(norte, token, key: "k").status == .forbidden)
            try await norte.database.execute(
                "UPDATE api_tokens SET revoked_at = \(norte.now) WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await Self.post(norte, token, key: "k").status == .unauthorized)
        }
    }

    @Test(arguments: [
        (nil, "idempotency_key_missing"), ("", "idempotency_key_malformed"), ("\"\"", "idempotency_key_malformed"),
        ("a b", "idempotency_key_malformed"), ("a\"", "idempotency_key_malformed"), ("ñ", "idempotency_key_malformed"),
        (String(repeating: "x", count: 256), "idempotency_key_malformed"),
    ])
    func `without a good key nothing is done`(key: String?, code: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await Self.post(norte, try await norte.token([.customersWrite]), key: key)
            #expect(answer.status == .badRequest)
            #expect(try Self.code(answer) == code)
            #expect(try await Tick.count(in: norte.database) == 0)
        }
    }

    @Test func `a change is repeated with its key although its condition no longer holds`() async throws {
        try await withTenants { norte, _ in
            let headers: KeyValuePairs = [
                "Authorization": "Bearer \(try await norte.token([.customersWrite]))",
                "Content-Type": "application/json", "Idempotency-Key": "k",
                "If-Match": EntityTag(of: Tick(count: 0)).text,
            ]
            func change() async throws -> Answer {
                try await norte.ask(
                    Self.gate(of: norte), "/api/v1/ticks/1", method: "PATCH", headers: headers, body: Array("{}".utf8))
            }
            let (first, again) = (try await change(), try await change())
            #expect(first.status == .ok && again.status == .ok && first.bytes == again.bytes)
            #expect(again.headers["Idempotency-Replayed"] == "true")
            #expect(try await Tick.count(in: norte.database) == 1)
        }
    }

    @Test func `after a day a key is forgotten, and no sooner`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                _ = try await Self.post(tenant, try await tenant.token([.customersWrite]), key: "k")
            }
            func kept(_ tenant: TestTenant) async throws -> Int? {
                try await tenant.database.value(
                    "SELECT count(*) FROM idempotency_keys WHERE tenant_id = \(tenant.database.tenant)")
            }
            let day = ForgetIdempotencyKeys.span
            try await ForgetIdempotencyKeys.forget(before: norte.now + day - .seconds(1) - day, in: norte.database)
            #expect(try await kept(norte) == 1)
            try await ForgetIdempotencyKeys.forget(before: norte.now + .seconds(1), in: norte.database)
            #expect(try await kept(norte) == 0)
            #expect(try await kept(sur) == 1)
        }
    }
}
