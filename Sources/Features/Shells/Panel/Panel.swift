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

/// The shell for an ISP's staff, under `/panel`: pages in the tenant's colours.
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

    /// `hasExternal` where the installation knows another way to sign in.
    package static func refuse(
        _ refusal: any Refusal, _ request: Request, _ reader: Reader, _ tenant: Tenant?, hasExternal: Bool
    ) -> Response {
        if refusal as? AccessRefusal == .signInRequired {
            // A subscriber has no business here, and is told where theirs is.
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

    /// Somebody signed in asked for what their roles do not hold.
    package static func forbid(_ permission: Permission, _ visit: Visit) async throws -> Response {
        try await page(
            ForbiddenPage(permission: visit.catalogue.words(of: permission), visit: visit),
            titled: PanelWords.refusedTitle.text(for: visit.reader), status: .forbidden, for: visit)
    }

    /// A page inside the frame of those who are signed in. The frame offers what they may do, so they are let in first.
    package static func page(
        _ content: some View, titled title: String, status: Status = .ok, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        let frame = try await visit.frame()
        return html(Layout(title: title, frame: frame, visit: visit, content: content), status: status)
    }

    /// A page for a customer who was handed a device of the staff's: nothing but the page.
    package static func handedOver(
        _ content: some View, titled title: String, status: Status = .ok, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        return html(HandedOverLayout(title: title, visit: visit, content: content), status: status)
    }

    /// After an act: leads to a page that says what was done. A reload then repeats nothing.
    package static func done(_ notice: Notice, at path: String) -> Response {
        .redirect(to: address(notice, at: path))
    }

    /// `undo` is what the notice offers to take back.
    package static func address(_ notice: Notice, at path: String, undo: UUID? = nil) -> String {
        let undo = undo.map { "&\(Undo.field)=\($0)" } ?? ""
        return "\(path)\(path.contains("?") ? "&" : "?")notice=\(notice.name)\(undo)"
    }

    /// A page for somebody we do not know yet.
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
