import HTTP
import Identifiers
import Loop
import TestSupport
import Testing

private struct Visit: RouteVisit {
    enum Permission: String, Sendable { case customersRead = "customers.read", customersWrite = "customers.write" }
    let request: Request
}

private enum Customer { typealias ID = Identifiers.ID<Customer> }

@Suite struct RoutesTests {
    private let requests = DirectRequests(on: Loops(count: 1))

    private func routes() -> Routes<Visit> {
        var routes = Routes<Visit>()
        routes.get("/", .customersRead, "Inicio") { visit in .text("root \(visit.request.method)") }
        routes.get("/customers/:id", .customersRead, "Ver un cliente") { (_, id: Customer.ID) in .text("customer \(id)")
        }
        routes.get("/customers/new", .customersWrite, "Nuevo cliente") { _ in .text("new") }
        routes.put("/customers/:id", .customersWrite, "Guardar", limits: RouteLimits(body: 10)) {
            (_, id: Customer.ID) in .text("put \(id)")
        }
        routes.get("/a/:name/b/:number", .customersRead, "Dos") { (_, name: String, number: Int) in
            .text("\(name) \(number)")
        }
        return routes
    }

    @Test func `two patterns that answer one path, neither more specific, stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Visit>()
            routes.get("/customers/:id", .customersRead, "Ver") { (_, id: Int) in .text("\(id)") }
            routes.get("/:kind/new", .customersWrite, "Nuevo") { (_, kind: String) in .text(kind) }
        }
    }

    private func answer(_ method: String, _ target: String, body: [UInt8] = []) async throws -> (Int, String, String?) {
        let request = try requests.request(method, target, body: body)
        switch routes().match(request) {
        case .success(let match):
            let response = try await match.run(Visit(request: request))
            return (response.status.code, String(decoding: try await response.wholeBody(), as: UTF8.self), nil)
        case .failure(let mismatch):
            let response = mismatch.response(to: request)
            return (response.status.code, "", response.headers["allow"])
        }
    }

    @Test(arguments: [
        ("GET", "/", "root get"), ("HEAD", "/", "root head"), ("GET", "/customers/new", "new"),
        ("GET", "/a/x%20y/b/12?q=1", "x y 12"),
        (
            "GET", "/customers/0190163D-8694-739B-AEA5-966C26F8AD91",
            "customer 0190163d-8694-739b-aea5-966c26f8ad91"
        ),
    ])
    func `a path leads to its handler with its parameters`(method: String, target: String, text: String) async throws {
        #expect(try await answer(method, target).1 == text)
    }

    @Test(arguments: [
        "/customers/7", "/customers/", "/customers", "/customers//", "//", "/a/x/b/012", "/a//b/1",
        "/a/x/b/9999999999999999999",
    ])
    func `a path that is none is not found`(target: String) async throws {
        #expect(try await answer("GET", target).0 == 404)
    }

    @Test func `another method is told what the path answers`() async throws {
        #expect(try await answer("DELETE", "/customers/new") == (405, "", "GET, PUT, HEAD, OPTIONS"))
        #expect(try await answer("OPTIONS", "/") == (204, "", "GET, HEAD, OPTIONS"))
        #expect(try await answer("BREW", "/").0 == 501)
    }

    @Test func `a body over the route's limit is refused before it is read`() async throws {
        let path = "/customers/0190163d-8694-739b-aea5-966c26f8ad91"
        #expect(try await answer("PUT", path, body: [UInt8](repeating: 1, count: 11)).0 == 413)
        #expect(try await answer("PUT", path, body: [UInt8](repeating: 1, count: 10)).0 == 200)
    }

    @Test func `declarations tell everything about a route`() {
        let declaration = routes().declarations[4]
        #expect(declaration.pattern == "/a/:name/b/:number")
        #expect(declaration.permission == "customers.read")
        #expect(declaration.parameters.map(\.name) == ["name", "number"])
        #expect(declaration.parameters.map(\.schema.type) == ["string", "integer"])
        #expect(declaration.summary == "Dos")
    }

    @Test func `two routes for one path stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Visit>()
            routes.get("/a/:x", .customersRead, "Uno") { (_, x: String) in .text(x) }
            routes.get("/a/:y", .customersRead, "Otro") { (_, y: String) in .text(y) }
        }
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Visit>()
            routes.get("/a/:x", .customersRead, "Uno") { (_, x: String) in .text(x) }
            routes.get("/:y/b", .customersRead, "Otro") { (_, y: String) in .text(y) }
        }
    }

    @Test func `a handler with a parameter too many or too few stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Visit>()
            routes.get("/a/:x", .customersRead, "Uno") { _ in .text("") }
        }
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Visit>()
            routes.get("/a", .customersRead, "Uno") { (_, x: String) in .text(x) }
        }
    }
}
