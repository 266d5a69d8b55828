import Declarations
import HTTP

/// A shell's handler argument, made from a visit whose tenant is known.
package protocol ShellVisit: RouteVisit {
    init(_ visit: Visit)
}

extension Visit: ShellVisit {
    package init(_ visit: Visit) { self = visit }
}

/// The routes behind a gate, independent of their handlers' visit type.
package struct GateRoutes: Sendable {
    package let declarations: [RouteDeclaration]
    let match: @Sendable (Request) -> Result<GateMatch, RouteMismatch>

    init<Shell: ShellVisit>(_ routes: Routes<Shell>) {
        declarations = routes.declarations
        match = { request in
            routes.match(request).map { match in
                GateMatch(route: match.declaration.name, permission: match.declaration.permission) { visit in
                    try await match.run(Shell(visit))
                }
            }
        }
    }
}

struct GateMatch: Sendable {
    /// Method and pattern.
    let route: String
    /// As a string, since tenants' and platform permissions are different types.
    let permission: String
    let run: @Sendable (Visit) async throws -> Response

    var isOpenToAnyone: Bool { permission == Permission.anyone.rawValue }

    /// False for signing in and out, one's own account, a subscriber's, and public routes.
    var isOfWork: Bool {
        ![Permission.anyone, .signedIn, .portal].contains { $0.rawValue == permission }
    }
}
