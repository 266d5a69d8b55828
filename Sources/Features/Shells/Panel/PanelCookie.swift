import HTTP

/// The panel's cookies.
package enum PanelCookie: String {
    case session = "sid"
    /// Proof of an earlier sign-in on this browser.
    case device
    case theme, keys
    /// The list last viewed, with its filter: a noun's page links back to it.
    case list
    /// A sign-in that owes its second step.
    case pending
    /// A sign-in that was sent to Google.
    case openid
    /// A subscriber's session and device: one browser may hold both kinds.
    case portal
    case portalDevice = "portal-device"

    /// Over plain HTTP a browser would refuse `__Host-`.
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
