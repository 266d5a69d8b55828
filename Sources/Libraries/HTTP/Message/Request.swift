import Addresses
import Identifiers
import Loop

package struct Request: Sendable {
    // A single reference, since requests are passed on at every step.
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
    /// The connection's remote address, be it a proxy or the client itself.
    package var peer: IPAddress { scope.origin.peer }
    package var client: IPAddress { scope.origin.client }
    package var scheme: Scheme { scope.origin.scheme }
    /// In lower case, without port.
    package var host: String { scope.origin.host }
    /// Whether it arrived at an internal address, for our own machines: metrics, health.
    package var isInternal: Bool { scope.origin.isInternal }
    /// The matched route, once found.
    package var route: RouteDeclaration? { scope.route }

    /// Notes the request's tenant for crash reports.
    package func note(tenant: UUID) { scope.tenant = tenant }

    /// Whether the client is a browser, which gets a page, rather than a program.
    package var prefersPage: Bool { headers.withValue("accept") { Accept.prefersPage($0) } ?? false }
}
