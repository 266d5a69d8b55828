import Addresses
import Identifiers
import Loop

package struct Request: Sendable {
    // One reference, since requests are handed on at every step.
    let scope: RequestScope

    package var head: RequestHead { scope.head }
    package var body: RequestBody { scope.body }
    package var method: Method { head.method }
    package var path: RequestPath { head.path }
    package var query: Fields { head.query }
    package var headers: RequestHeaders { head.headers }
    package var rawTarget: String { head.rawTarget }
    package var cookies: Cookies { Cookies(head.headers) }

    /// Version 7, so that log lines of one moment stand together.
    package var id: UUID { scope.id }
    package var arrived: Monotonic { scope.arrived }
    package var loop: EventLoop { scope.loop }
    /// The other end of the connection, be it a proxy or the client itself.
    package var peer: IPAddress { scope.origin.peer }
    package var client: IPAddress { scope.origin.client }
    package var scheme: Scheme { scope.origin.scheme }
    /// In lower case, without port.
    package var host: String { scope.origin.host }
    /// Whether it came in at an address meant for our own machines: metrics, health.
    package var isInternal: Bool { scope.origin.isInternal }
    /// The route that answers it, once found.
    package var route: RouteDeclaration? { scope.route }

    /// Notes whose request it is, for the record of a crash.
    package func note(tenant: UUID) { scope.tenant = tenant }

    /// Whether a person's browser asks, who should see a page, rather than a program.
    package var prefersPage: Bool { headers.withValue("accept") { Accept.prefersPage($0) } ?? false }
}
