import Access
import Crypto
import Declarations
import HTML
import HTTP
import Locale
import Panel
import Tenancy

/// The subscribers' shell, under `/portal`: made for phones, in the ISP's colours and under its name.
package enum Portal {
    package typealias Routes = HTTP.Routes<Visit>

    package static func credential(of request: Request) -> Credential? {
        guard let value = PanelCookie.portal.value(in: request), let token = Token(value) else { return nil }
        return Credential(.subscriber, secret: token)
    }

    /// Sends signed-out visitors to sign in, and tells the ISP's staff that the portal is for subscribers.
    package static func refuse(
        _ refusal: any Refusal, _ request: Request, _ reader: Reader, _ tenant: Tenant?
    ) -> Response {
        if refusal as? AccessRefusal == .unknownHost { return Panel.refuse(refusal, request, reader, tenant) }
        guard refusal as? AccessRefusal == .signInRequired else {
            return page(PortalRefusalPage(refusal: refusal, reader: reader), status: refusal.status, for: reader)
        }
        if PanelCookie.portal.value(in: request) == nil, Panel.credential(of: request) != nil {
            return page(StaffHerePage(reader: reader), status: .forbidden, for: reader)
        }
        if request.method == .get || request.method == .head { return .redirect(to: "/portal/sign-in") }
        return page(PortalRefusalPage(refusal: refusal, reader: reader), status: refusal.status, for: reader)
    }

    /// A page in the signed-in layout.
    package static func page(
        _ content: some View, on tab: PortalTab, status: Status = .ok, hasScripts: Bool = false, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        return html(PortalLayout(tab: tab, visit: visit, content: content), status: status, hasScripts: hasScripts)
    }

    /// A page for signed-out visitors.
    static func page(_ content: some PortalSignedOutPage, status: Status = .ok, for reader: Reader) -> Response {
        html(PortalSignedOutLayout(content: content, reader: reader), status: status)
    }

    /// Redirects after an act to a page with a notice (post/redirect/get), so that a reload repeats nothing.
    package static func done(_ notice: Notice, at path: String) -> Response {
        .redirect(to: "\(path)?notice=\(notice.name)")
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
