import Loop

/// A matched route with its parameters read, ready to run with the application's visit.
package struct RouteMatch<Visit: RouteVisit>: Sendable {
    package let declaration: RouteDeclaration
    package let permission: Visit.Permission
    private let bound: @Sendable (Visit) async throws -> Response

    init(
        declaration: RouteDeclaration, permission: Visit.Permission,
        bound: @escaping @Sendable (Visit) async throws -> Response
    ) {
        self.declaration = declaration
        self.permission = permission
        self.bound = bound
    }

    package func run(_ visit: Visit) async throws -> Response { try await bound(visit) }
}

/// Why no route matches.
package enum RouteMismatch: Error, Sendable, Equatable {
    case notFound
    case methodNotAllowed(allow: String)
    case methodNotImplemented
    /// OPTIONS is answered from the declarations, with their methods.
    case options(allow: String)
    case bodyTooLarge(limit: Int)

    package func response(to request: Request) -> Response {
        switch self {
        case .notFound: .refusal(.notFound, detail: "There is nothing at this address.", to: request)
        case .methodNotAllowed(let allow):
            .refusal(.methodNotAllowed, detail: "This address answers \(allow).", to: request).allowing(allow)
        case .methodNotImplemented: .refusal(.notImplemented("The method is not known."), to: request)
        case .options(let allow): Response(.noContent).allowing(allow)
        case .bodyTooLarge(let limit): .refusal(.bodyTooLarge(limit: limit), to: request)
        }
    }
}

extension Response {
    fileprivate func allowing(_ methods: String) -> Response {
        var response = self
        response.headers["Allow"] = methods
        return response
    }
}

extension Routes {
    /// The route for the request, whose limits apply from here on.
    package func match(_ request: Request) -> Result<RouteMatch<Visit>, RouteMismatch> {
        // TRACE and QUERY are known methods without a route.
        guard request.method != .other || ["TRACE", "QUERY"].contains(request.head.methodName) else {
            return .failure(.methodNotImplemented)
        }
        if request.method == .options, request.rawTarget == "*" { return .failure(.options(allow: Self.every)) }
        let (index, methods) = tree.find(request.method == .head ? .get : request.method, request.path)
        guard let index else { return .failure(Self.mismatch(request.method, methods)) }
        guard let bound = routes[index].bind(request.path) else { return .failure(.notFound) }
        let declaration = routes[index].declaration
        request.enter(declaration)
        if let length = request.body.declaredLength, length > declaration.limits.body {
            return .failure(.bodyTooLarge(limit: declaration.limits.body))
        }
        return .success(RouteMatch(declaration: declaration, permission: routes[index].permission, bound: bound))
    }

    private static var every: String { "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" }

    private static func mismatch(_ method: Method, _ methods: [Method]) -> RouteMismatch {
        if methods.isEmpty { return .notFound }
        var names = methods.map(\.name.description)
        if methods.contains(.get) { names.append("HEAD") }
        let allow = (names + ["OPTIONS"]).joined(separator: ", ")
        return method == .options ? .options(allow: allow) : .methodNotAllowed(allow: allow)
    }
}

extension Request {
    fileprivate func enter(_ declaration: RouteDeclaration) {
        scope.route = declaration
        scope.deadline = scope.arrived + declaration.limits.deadline
        body.restrict(to: declaration.limits.body)
    }
}
