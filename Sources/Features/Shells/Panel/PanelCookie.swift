import HTTP

/// What a browser keeps for us.
package enum PanelCookie: String {
    case session = "sid"
    /// Says that somebody signed in here before.
    case device
    case theme, keys
    /// The list that was looked at last, with its filter: the way back from one of its nouns.
    case list
    /// Of who owes the second step of signing in.
    case pending
    /// Of who was sent to Google.
    case openid
    /// The same two of a subscriber: one browser may hold both kinds.
    case portal
    case portalDevice = "portal-device"

    /// Not `__Host-` over plain HTTP: a browser would refuse it.
    private func name(for request: Request) -> String { request.scheme == .https ? "__Host-\(rawValue)" : rawValue }

    package func value(in request: Request) -> String? { request.cookies[name(for: request)] }

    package func set(_ value: String, lasting: Duration? = nil, for request: Request, in response: inout Response) {
        let secure = request.scheme == .https ? "; Secure" : ""
        let age = lasting.map { "; Max-Age=\($0.components.seconds)" } ?? ""
        response.headers.add(
            "Set-Cookie", "\(name(for: request))=\(value); Path=/; HttpOnly; SameSite=Lax\(secure)\(age)")
    }

    package func clear(for request: Request, in response: inout Response) {
        set("", lasting: .zero, for: request, in: &response)
    }
}
