import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import JSON
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers

@Suite struct CustomerAPITests {
    /// A program of one tenant's.
    private struct Program {
        let tenant: TestTenant
        let token: String

        init(_ tenant: TestTenant, _ permissions: [Permission] = [.customersRead, .customersWrite]) async throws {
            self.tenant = tenant
            token = try await tenant.token(permissions)
        }

        func ask(
            _ path: String, method: String = "GET", _ headers: [(key: String, value: String)] = [], body: String = ""
        ) async throws -> Answer {
            var routes = API.Routes(of: tenant.site.catalogue)
            CustomerAPI(randomness: tenant.site.randomness).add(to: &routes)
            let gate = tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse)
            var fields: [(key: String, value: String)] = headers + [("Authorization", "Bearer \(token)")]
            if !body.isEmpty { fields.append(("Content-Type", "application/json")) }
            let request = try DirectRequests(on: .tests).request(
                method, path, host: tenant.host, fields: fields, body: Array(body.utf8))
            return Answer(await gate.answer(request))
        }

        func create(_ body: String, key: String = "k\(UInt64.random(in: 0...UInt64.max))") async throws -> Answer {
            try await ask("/api/v1/customers", method: "POST", [("Idempotency-Key", key)], body: body)
        }

        func change(_ path: String, _ body: String, tag: String?) async throws -> Answer {
            try await ask(path, method: "PATCH", tag.map { [("If-Match", $0)] } ?? [], body: body)
        }
    }

    private static func fill(_ tenant: TestTenant, upTo count: Int) async throws {
        _ = try await InventedCustomers.fill(
            upTo: count, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness, in: tenant.database
        )
    }

    @Test func `no customer is added, or comes back, beyond what the plan allows, also not twenty at once`()
        async throws
    {
        try await withTenants { norte, sur in
            let program = try await Program(norte)
            try await norte.set("customer_limit = 3")
            let gone = try await program.create(#"{"name":"Ida"}"#)
            let path = try #require(gone.headers["Location"])
            let ida = try #require(Customer.ID(String(path.suffix(36))))
            try await norte.make(ida, .cancelled)
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<20 { group.addTask { try await program.create(#"{"name":"Ana","distinct":true}"#) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0.status == .created }.count == 3)
            let refused = try #require(answers.first { $0.status == .conflict })
            #expect(refused.text.contains("customer_limit") && refused.text.contains("hasta 3 clientes"))
            let tag = try #require(try await program.ask(path).headers["ETag"])
            await #expect(throws: PlanLimit.self) {
                try await norte.make(ida, .active)
            }
            #expect(try await program.change(path, #"{"name":"Ida Díaz"}"#, tag: tag).status == .ok)
            #expect(try await Program(sur).create(#"{"name":"Ana"}"#).status == .created)
        }
    }

    @Test func `a program reads its tenant's customer and finds no other's`() async throws {
        try await withTenants { norte, sur in
            try await Self.fill(norte, upTo: 1)
            let customer = try #require(try await norte.database.customers(after: 0, limit: 1).first)
            let mine = try await Program(norte).ask(customer.path)
            #expect(mine.status == .ok)
            #expect(try mine.member("name") == .string(customer.name))
            #expect(try mine.member("number") == .integer(1))
            let theirs = try await Program(sur).ask(customer.path)
            let absent = try await Program(sur).ask("/api/v1/customers/00000000-0000-7000-8000-000000000000")
            #expect(theirs.status == .notFound && absent.status == .notFound)
            #expect(!theirs.text.contains(customer.name))
            #expect(theirs.bytes.count == absent.bytes.count)
        }
    }

    @Test func `a new customer has the next number, and the record says who made it`() async throws {
        try await withTenants { norte, sur in
            let program = try await Program(norte)
            try await Self.fill(norte, upTo: 3)
            let made = try await program.create(#"{"name":"Inés Ñandú","phone":"55 0000 0000"}"#)
            #expect(made.status == .created)
            #expect(try made.member("number") == .integer(4))
            #expect(try made.member("state") == .string("prospect"))
            #expect(try made.member("phone") == .string("+525500000000"))
            #expect(try made.member("since") == .string(norte.tenant.timeZone.day(at: norte.now).iso))
            let read = try await program.ask(try #require(made.headers["Location"]))
            #expect(read.bytes == made.bytes && read.headers["ETag"] == made.headers["ETag"])
            let event = try await norte.database.events(
                EventSelection(kind: "customer.created"), limit: 1
            ).first
            #expect(event?.actor == "prueba" && event?.subject == "Inés Ñandú (4)")
            #expect(try await sur.database.customers(after: 0, limit: 9).isEmpty)
            #expect(try await Program(sur).create(#"{"name":"x"}"#).member("number") == .integer(1))
        }
    }

    @Test func `who may only read changes nothing`() async throws {
        try await withTenants { norte, _ in
            let reader = try await Program(norte, [.customersRead])
            #expect(try await reader.create(#"{"name":"x"}"#).status == .forbidden)
            try await Self.fill(norte, upTo: 1)
            let customer = try #require(try await norte.database.customers(after: 0, limit: 1).first)
            #expect(try await reader.change(customer.path, #"{"name":"x"}"#, tag: "*").status == .forbidden)
            #expect(try await norte.database.customer(customer.id) == customer)
        }
    }

    @Test func `a change needs the tag of what was read, and says what became different`() async throws {
        try await withTenants { norte, sur in
            let program = try await Program(norte)
            let made = try await program.create(#"{"name":"Ana"}"#)
            let path = try #require(made.headers["Location"])
            let tag = try #require(made.headers["ETag"])
            #expect(try await program.change(path, #"{"name":"Eva"}"#, tag: nil).status.code == 428)
            for stale in ["\"x\"", "W/\(tag)", tag.uppercased() + "x"] {
                #expect(try await program.change(path, #"{"name":"Eva"}"#, tag: stale).status == .preconditionFailed)
            }
            let changed = try await program.change(path, #"{"name":"Eva"}"#, tag: "\"x\", \(tag)")
            #expect(changed.status == .ok)
            #expect(try changed.member("name") == .string("Eva") && changed.headers["ETag"] != tag)
            #expect(try await program.change(path, #"{"name":"Ida"}"#, tag: tag).status == .preconditionFailed)
            let event = try await norte.database.events(
                EventSelection(kind: "customer.changed"), limit: 9)
            #expect(event.count == 1)
            #expect(event.first?.before.map(\.value) == ["Ana"])
            #expect(event.first?.after.map(\.value) == ["Eva"])
            let compressed = try #require(changed.headers["ETag"]).dropLast() + "-br\""
            #expect(try await program.change(path, "{}", tag: String(compressed)).status == .ok)
            #expect(try await program.change(path, "{}", tag: "*").bytes == changed.bytes)
            #expect(try await Program(sur).change(path, #"{"name":"Ida"}"#, tag: "*").status == .notFound)
        }
    }

    @Test func `of two who change what both have read, one is told`() async throws {
        try await withTenants { norte, _ in
            let program = try await Program(norte)
            let made = try await program.create(#"{"name":"Ana"}"#)
            let (path, tag) = (try #require(made.headers["Location"]), try #require(made.headers["ETag"]))
            let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                for name in ["Eva", "Ida"] {
                    group.addTask { try await program.change(path, #"{"name":"\#(name)"}"#, tag: tag).status }
                }
                return try await group.reduce(into: Set<Status>()) { $0.insert($1) }
            }
            #expect(statuses == [.ok, .preconditionFailed])
        }
    }

    @Test func `following next shows every customer once, of one state when asked`() async throws {
        try await withTenants { norte, sur in
            try await Self.fill(norte, upTo: 23)
            let program = try await Program(norte)
            func follow(_ start: String) async throws -> [Int64] {
                var numbers: [Int64] = []
                var path: String? = start
                while let asked = path, numbers.count < 100 {
                    let answer = try await program.ask(asked)
                    try #require(answer.status == .ok)
                    numbers += try answer.numbers
                    let link = answer.headers["Link"]
                    #expect(try (answer.member("next") == .null) == (link == nil))
                    path = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
                }
                return numbers
            }
            #expect(try await follow("/api/v1/customers?limit=5") == Array(1...23))
            #expect(try await follow("/api/v1/customers?limit=23") == Array(1...23))
            #expect(try await follow("/api/v1/customers") == Array(1...23))
            let active = try await norte.database.customers(after: 0, limit: 99).filter { $0.state == .active }
            #expect(try await follow("/api/v1/customers?state=active&limit=2") == active.map { Int64($0.number) })
            #expect(try await Program(sur).ask("/api/v1/customers").numbers == [])
        }
    }

    @Test func `a cursor is of its own list only`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] { try await Self.fill(tenant, upTo: 9) }
            let program = try await Program(norte)
            guard case .string(let cursor) = try await program.ask("/api/v1/customers?limit=2").member("next") else {
                throw DatabaseError.cancelled
            }
            func status(_ program: Program, _ query: String) async throws -> Status {
                try await program.ask("/api/v1/customers?\(query)").status
            }
            #expect(try await status(program, "cursor=\(cursor)") == .ok)
            #expect(try await status(program, "cursor=\(cursor)&limit=7") == .ok)
            #expect(try await status(program, "cursor=\(cursor)&state=active") == .badRequest)
            #expect(try await status(try await Program(sur), "cursor=\(cursor)") == .badRequest)
            for place in cursor.indices {
                var changed = cursor
                changed.replaceSubrange(place...place, with: cursor[place] == "A" ? "B" : "A")
                #expect(try await status(program, "cursor=\(changed)") == .badRequest)
            }
            for wrong in ["", "x", cursor + "A", String(cursor.dropLast())] {
                #expect(try await status(program, "cursor=\(wrong)") == .badRequest)
            }
        }
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=x", "limit=+5", "limit=05", "limit=1&limit=1", "state=gone", "page=2",
    ])
    func `a query that is not as described is refused`(query: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await Program(norte).ask("/api/v1/customers?\(query)")
            #expect(answer.status == .badRequest)
            #expect(try answer.member("code") == .string("invalid_query"))
        }
    }

    @Test func `a program is refused a likely duplicate, unless it says that it is another person`() async throws {
        try await withTenants { norte, sur in
            let (program, stranger) = (try await Program(norte), try await Program(sur))
            let first = try await program.create(
                #"{"name":"Inés Ñandú","phone":"55 0000 1234","email":"ines@example.com"}"#)
            let id = try #require(try first.member("id"))
            for body in [
                #""name":"NANDU ines""#, #""name":"Otra","phone":"+525500001234""#,
                #""name":"Tercera","email":"Ines@example.com""#,
            ] {
                let refused = try await program.create("{\(body)}")
                #expect(refused.status == .conflict, "\(body)")
                #expect(try refused.member("code") == .string("customer_alike"))
                #expect(try refused.member("alike") == .array([id]))
                #expect(try await stranger.create("{\(body),\"distinct\":false}").status == .created)
                #expect(try await program.create("{\(body),\"distinct\":true}").status == .created)
            }
            #expect(try await program.create(#"{"name":"Inés"}"#).status == .created)
            #expect(try await norte.database.customers(after: 0, limit: 9).count == 5)
            let together = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await program.create(#"{"name":"Dora"}"#) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(together.filter { $0.status == .created }.count == 1)
        }
    }

    @Test func `every mistake of a body is told, in the language asked for`() async throws {
        try await withTenants { norte, _ in
            let program = try await Program(norte)
            let answer = try await program.ask(
                "/api/v1/customers", method: "POST", [("Idempotency-Key", "k"), ("Accept-Language", "pt")],
                body: #"{"phone":7,"since":"ayer","nmae":"x"}"#)
            let unreadable = try await program.create(#"{"name":"x","phone":"no tiene"}"#)
            #expect(unreadable.status == .unprocessableContent && unreadable.text.contains("\"pointer\":\"/phone\""))
            #expect(answer.status == .unprocessableContent)
            guard case .array(let errors) = try answer.member("errors") else { throw DatabaseError.cancelled }
            let told = try errors.map { try JSONFields($0) }.map { fields in
                var fields = fields
                return [
                    fields.required("pointer", as: String.self), fields.required("code", as: String.self),
                    fields.required("detail", as: String.self),
                ].compactMap(\.self)
            }
            #expect(
                told == [
                    ["/name", "missing", "Falta este campo."], ["/phone", "type", "Deve ser um texto."],
                    ["/since", "format", "Deve ser uma data que exista, como 2026-11-20."],
                    ["/nmae", "unknown", "Não existe um campo com este nome aqui."],
                ])
            #expect(try await norte.database.customers(after: 0, limit: 1).isEmpty)
        }
    }

    @Test(arguments: [
        ("{", 400, "malformed_json"), (#"{"name":"a","name":"b"}"#, 400, "malformed_json"), ("[]", 422, "invalid_body"),
        ("null", 422, "invalid_body"), (#"{"name":"\#(String(repeating: "x", count: 70_000))"}"#, 413, "bad_request"),
    ])
    func `what is no customer is none`(body: String, status: Int, code: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await Program(norte).create(body)
            #expect(answer.status.code == status)
            // Too large is told by the route before anybody is asked.
            if status != 413 { #expect(try answer.member("code") == .string(code)) }
        }
    }
}

extension Answer {
    fileprivate func member(_ name: String) throws -> JSONValue? {
        guard case .object(let object) = try JSONValue.parse(bytes) else { return nil }
        return object[name]
    }

    fileprivate var numbers: [Int64] {
        get throws {
            guard case .array(let items) = try member("items") else { return [] }
            return items.compactMap { item in
                guard case .object(let object) = item, case .integer(let number)? = object["number"] else { return nil }
                return number
            }
        }
    }
}
