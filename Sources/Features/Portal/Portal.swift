import Access
import Crypto
import HTML
import HTTP
import Locale
import Panel

/// The shell for the ISP's subscribers, under `/portal`: made for a telephone, in the ISP's colours and under its name.
package enum Portal {
    package typealias Routes = HTTP.Routes<Visit>

    package static func credential(of request: Request) -> Credential? {
        guard let value = PanelCookie.portal.value(in: request), let token = Token(value) else { return nil }
        return Credential(.subscriber, secret: token)
    }

    /// Whoever is not signed in is led to the door; the ISP's staff is told that this is not their part of the house.
    package static func refuse(_ refusal: any Refusal, _ request: Request, _ reader: Reader) -> Response {
        if refusal as? AccessRefusal == .unknownHost { return Panel.refuse(refusal, request, reader) }
        guard refusal as? AccessRefusal == .signInRequired else {
            return page(PortalRefusalPage(refusal: refusal, reader: reader), status: refusal.status, for: reader)
        }
        if PanelCookie.portal.value(in: request) == nil, Panel.credential(of: request) != nil {
            return page(StaffHerePage(reader: reader), status: .forbidden, for: reader)
        }
        if request.method == .get || request.method == .head { return .redirect(to: "/portal/sign-in") }
        return page(PortalRefusalPage(refusal: refusal, reader: reader), status: refusal.status, for: reader)
    }

    /// A page inside the frame of those who are signed in.
    package static func page(
        _ content: some View, on tab: PortalTab, status: Status = .ok, hasScripts: Bool = false, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        return html(PortalLayout(tab: tab, visit: visit, content: content), status: status, hasScripts: hasScripts)
    }

    /// A page at the door.
    static func page(_ content: some PortalDoorPage, status: Status = .ok, for reader: Reader) -> Response {
        html(PortalDoorLayout(content: content, reader: reader), status: status)
    }

    /// After an act: leads to a page that says what was done. A reload then repeats nothing.
    package static func done(_ notice: PortalNotice, at path: String) -> Response {
        .redirect(to: "\(path)?notice=\(notice.rawValue)")
    }

    private static func html(_ page: some View, status: Status, hasScripts: Bool = false) -> Response {
        var bytes: [UInt8] = []
        page.body.render(into: &bytes)
        var response = Response.html(bytes, status: status)
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; \(hasScripts ? "script-src 'self'; " : "")style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    }
}
