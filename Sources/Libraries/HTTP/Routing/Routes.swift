import Loop

/// A handler's argument: the request and the application's context for it.
package protocol RouteVisit: Sendable {
    associatedtype Permission: Sendable & RawRepresentable<String>
    var request: Request { get }
}

/// The routes of an application, declared as statements:
///
///     routes.get("/customers/:id", .customersRead, "Ver un cliente") { (visit, id: Customer.ID) in … }
///
/// A wrong declaration (two routes for one path, a parameter too many) stops the program at startup.
package struct Routes<Visit: RouteVisit>: Sendable {
    package typealias Handler<each Value: PathParameter> =
        @Sendable (Visit, repeat each Value) async throws -> Response

    struct Route: Sendable {
        let declaration: RouteDeclaration
        let permission: Visit.Permission
        /// Binds the handler to a path's parameters; nil when one cannot be read.
        let bind: @Sendable (RequestPath) -> (@Sendable (Visit) async throws -> Response)?
    }

    private(set) var routes: [Route] = []
    private(set) var tree = RouteTree()

    package init() {}

    package var declarations: [RouteDeclaration] { routes.map(\.declaration) }

    package mutating func get<each Value: PathParameter>(
        _ pattern: StaticString, _ permission: Visit.Permission, _ summary: String, limits: RouteLimits = .standard,
        _ handler: @escaping Handler<repeat each Value>
    ) {
        add(.get, pattern, permission, summary, limits, handler)
    }

    package mutating func post<each Value: PathParameter>(
        _ pattern: StaticString, _ permission: Visit.Permission, _ summary: String, limits: RouteLimits = .standard,
        _ handler: @escaping Handler<repeat each Value>
    ) {
        add(.post, pattern, permission, summary, limits, handler)
    }

    package mutating func put<each Value: PathParameter>(
        _ pattern: StaticString, _ permission: Visit.Permission, _ summary: String, limits: RouteLimits = .standard,
        _ handler: @escaping Handler<repeat each Value>
    ) {
        add(.put, pattern, permission, summary, limits, handler)
    }

    package mutating func patch<each Value: PathParameter>(
        _ pattern: StaticString, _ permission: Visit.Permission, _ summary: String, limits: RouteLimits = .standard,
        _ handler: @escaping Handler<repeat each Value>
    ) {
        add(.patch, pattern, permission, summary, limits, handler)
    }

    package mutating func delete<each Value: PathParameter>(
        _ pattern: StaticString, _ permission: Visit.Permission, _ summary: String, limits: RouteLimits = .standard,
        _ handler: @escaping Handler<repeat each Value>
    ) {
        add(.delete, pattern, permission, summary, limits, handler)
    }

    private mutating func add<each Value: PathParameter>(
        _ method: Method, _ text: StaticString, _ permission: Visit.Permission, _ summary: String,
        _ limits: RouteLimits, _ handler: @escaping Handler<repeat each Value>
    ) {
        let pattern = RoutePattern(text, method: method)
        var schemas: [ParameterSchema] = []
        for schema in repeat (each Value).schema { schemas.append(schema) }
        precondition(
            schemas.count == pattern.parameters.count,
            "\(pattern): the handler takes \(schemas.count) parameters, the path has \(pattern.parameters.count)")
        let declaration = RouteDeclaration(
            method: method, pattern: pattern.text,
            parameters: zip(pattern.parameters, schemas).map { .init(name: $0.name, schema: $1) },
            permission: permission.rawValue, summary: summary, limits: limits)
        let positions = pattern.parameters.map(\.position)
        let route = Route(declaration: declaration, permission: permission) { path in
            guard let values: (repeat each Value) = read(path, at: positions) else { return nil }
            return { visit in try await handler(visit, repeat each values) }
        }
        tree.add(pattern, route: routes.count)
        routes.append(route)
    }
}

private struct Unreadable: Error {}

/// A path's parameters in order; nil when one cannot be read.
private func read<each Value: PathParameter>(_ path: RequestPath, at positions: [Int]) -> (repeat each Value)? {
    var rest = positions[...]
    func next<One: PathParameter>(_ type: One.Type) throws -> One {
        guard let value = One(pathSegment: path[rest.removeFirst()]) else { throw Unreadable() }
        return value
    }
    return try? (repeat next((each Value).self))
}
