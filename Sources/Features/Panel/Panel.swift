import Access
import Crypto
import HTML
import HTTP
import Identity
import Locale

/// The shell for an ISP's staff, under `/panel`: pages in the tenant's colours.
package enum Panel {
    package typealias Routes = HTTP.Routes<Visit>

    /// Not `__Host-` over plain HTTP: a browser would refuse it.
    static func cookieName(of request: Request) -> String { request.scheme == .https ? "__Host-sid" : "sid" }

    package static func credential(of request: Request) -> Credential? {
        guard let value = request.cookies[cookieName(of: request)], let token = Token(value) else { return nil }
        return Credential(.session, secret: token)
    }

    package static func refuse(_ refusal: any Refusal, _ request: Request, _ reader: Reader) -> Response {
        page(RefusalPage(refusal: refusal, reader: reader), status: refusal.status, for: reader)
    }

    /// A page inside the frame of those who are signed in.
    package static func page(_ content: some View, titled title: String, for visit: Visit) -> Response {
        html(Layout(title: title, visit: visit, content: content))
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
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    }
}
