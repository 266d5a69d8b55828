import Access
import Crypto
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Tenancy

/// The shell for an ISP's staff, under `/panel`, in the tenant's colours.
package enum Panel {
    package typealias Routes = HTTP.Routes<Visit>

    package static func credential(of request: Request) -> Credential? {
        guard let value = PanelCookie.session.value(in: request), let token = Token(value) else { return nil }
        return Credential(token.prefix == Impersonation.prefix ? .impersonation : .session, secret: token)
    }

    package static func refuse(
        _ refusal: any Refusal, _ request: Request, _ reader: Reader, _ tenant: Tenant?
    ) -> Response {
        refuse(refusal, request, reader, tenant, hasExternal: false)
    }

    /// `hasExternal` if the installation has an external identity provider.
    package static func refuse(
        _ refusal: any Refusal, _ request: Request, _ reader: Reader, _ tenant: Tenant?, hasExternal: Bool
    ) -> Response {
        if refusal as? AccessRefusal == .signInRequired {
            // Subscribers are shown the way to their portal.
            if PanelCookie.session.value(in: request) == nil, PanelCookie.portal.value(in: request) != nil {
                return page(SubscriberHerePage(reader: reader), status: .forbidden, for: reader)
            }
            let wanted = request.method == .get ? request.rawTarget : "/panel"
            return page(
                SignInPage(
                    company: SignInPage.company(tenant), email: "", next: wanted,
                    otherWay: hasExternal ? .asked : .none, fault: nil, reader: reader),
                status: refusal.status, for: reader)
        }
        if refusal as? AccessRefusal == .unknownHost {
            return html(NobodysPage(refusal: refusal, reader: reader), status: refusal.status)
        }
        let isImpersonating = credential(of: request)?.kind == .impersonation
        return page(
            RefusalPage(refusal: refusal, isImpersonating: isImpersonating, reader: reader), status: refusal.status,
            for: reader)
    }

    /// A signed-in visitor lacks the permission.
    package static func forbid(_ permission: Permission, _ visit: Visit) async throws -> Response {
        try await page(
            ForbiddenPage(permission: visit.catalogue.words(of: permission), visit: visit),
            titled: PanelWords.refusedTitle.text(for: visit.reader), status: .forbidden, for: visit)
    }

    /// A page in the signed-in layout. The layout depends on permissions, so the visitor is admitted first.
    package static func page(
        _ content: some View, titled title: String, status: Status = .ok, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        let frame = try await visit.frame()
        return html(Layout(title: title, frame: frame, visit: visit, content: content), status: status)
    }

    /// A page for a customer who was handed a staff device: without the layout.
    package static func handedOver(
        _ content: some View, titled title: String, status: Status = .ok, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        return html(HandedOverLayout(title: title, visit: visit, content: content), status: status)
    }

    /// Redirects after an act to a page with a notice (post/redirect/get), so that a reload repeats nothing.
    package static func done(_ notice: Notice, at path: String) -> Response {
        .redirect(to: address(notice, at: path))
    }

    /// `undo` is the id of the act that the notice offers to undo.
    package static func address(_ notice: Notice, at path: String, undo: UUID? = nil) -> String {
        let undo = undo.map { "&\(Undo.field)=\($0)" } ?? ""
        return "\(path)\(path.contains("?") ? "&" : "?")notice=\(notice.name)\(undo)"
    }

    /// A page for signed-out visitors.
    static func page(_ content: some SignedOutPage, status: Status = .ok, for reader: Reader) -> Response {
        html(SignedOutLayout(content: content, reader: reader), status: status)
    }

    private static func html(_ page: some View, status: Status = .ok) -> Response {
        var bytes: [UInt8] = []
        page.body.render(into: &bytes)
        var response = Response.html(bytes, status: status)
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    }
}
