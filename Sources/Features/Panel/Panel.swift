import Access
import Crypto
import HTML
import HTTP
import Identity
import Locale
import Postgres
import Tenancy
import Time

/// The shell for an ISP's staff, under `/panel`: pages in the tenant's colours.
package enum Panel {
    package typealias Routes = HTTP.Routes<Visit>

    package static func credential(of request: Request) -> Credential? {
        guard let value = PanelCookie.session.value(in: request), let token = Token(value) else { return nil }
        return Credential(token.prefix == Impersonation.prefix ? .impersonation : .session, secret: token)
    }

    package static func refuse(_ refusal: any Refusal, _ request: Request, _ reader: Reader) -> Response {
        refuse(refusal, request, reader, hasExternal: false)
    }

    /// `hasExternal` where the installation knows another way to sign in.
    package static func refuse(
        _ refusal: any Refusal, _ request: Request, _ reader: Reader, hasExternal: Bool
    ) -> Response {
        if refusal as? AccessRefusal == .signInRequired {
            // A subscriber has no business here, and is told where theirs is.
            if PanelCookie.session.value(in: request) == nil, PanelCookie.portal.value(in: request) != nil {
                return page(SubscriberHerePage(reader: reader), status: .forbidden, for: reader)
            }
            let wanted = request.method == .get ? request.rawTarget : "/panel"
            return page(
                SignInPage(
                    email: "", next: wanted, otherWay: hasExternal ? .asked : .none, fault: nil, reader: reader),
                status: refusal.status, for: reader)
        }
        if refusal as? AccessRefusal == .unknownHost {
            return html(NobodysPage(refusal: refusal, reader: reader), status: refusal.status)
        }
        let isGuest = credential(of: request)?.kind == .impersonation
        return page(
            RefusalPage(refusal: refusal, isGuest: isGuest, reader: reader), status: refusal.status, for: reader)
    }

    /// A page inside the frame of those who are signed in. The frame offers what they may do, so they are let in first.
    package static func page(
        _ content: some View, titled title: String, status: Status = .ok, for visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        // Whoever could settle it is told on every page; nobody else. Not in the answer to an act, which may have ended
        // the session that it was asked in.
        var owes = false
        if visit.request.method == .get, visit.may(Permission.settingsManage) {
            owes = try await visit.database.hasOverdueBills(on: visit.tenant.zone.day(at: visit.now))
        }
        return html(Layout(title: title, visit: visit, owes: owes, content: content), status: status)
    }

    /// After an act: leads to a page that says what was done. A reload then repeats nothing.
    package static func done(_ notice: PanelNotice, at path: String) -> Response {
        .redirect(to: "\(path)?notice=\(notice.rawValue)")
    }

    /// A page for somebody we do not know yet.
    static func page(_ content: some DoorPage, status: Status = .ok, for reader: Reader) -> Response {
        html(DoorLayout(content: content, reader: reader), status: status)
    }

    private static func html(_ page: some View, status: Status = .ok) -> Response {
        var bytes: [UInt8] = []
        page.body.render(into: &bytes)
        var response = Response.html(bytes, status: status)
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    }
}
