import Access
import Crypto
import HTTP
import Identifiers
import JSON
import Locale
import Tenancy
import Time

/// The shell for programs, under `/api/v1`: tokens in, JSON out.
package enum API {
    package typealias Routes = HTTP.Routes<Visit>

    package static func add(to routes: inout Routes) {
        routes.get("/api/v1", .anyone, "What this API is", index)
    }

    package static func credential(of request: Request) -> Credential? {
        guard let value = request.headers["authorization"], value.utf8.prefix(7).elementsEqual("Bearer ".utf8),
            let token = Token(String(value.dropFirst(7)))
        else { return nil }
        return Credential(.token, secret: token)
    }

    /// RFC 9457, in the language that was asked for.
    package static func refuse(_ refusal: any Refusal, _ request: Request, _ reader: Reader) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("type", "about:blank" as StaticString)
            json.member("title", refusal.status.reason)
            json.member("status", refusal.status.code)
            json.member("code", refusal.code)
            json.member("detail", refusal.message.text(for: reader))
            json.member("request_id", request.id.description)
        }
        var response = Response(
            refusal.status, contentType: .problem, body: .bytes(json.bytes))
        if refusal.status == .unauthorized { response.headers["WWW-Authenticate"] = "Bearer" }
        return response
    }

    private static func index(_ visit: Visit) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("api", "v1" as StaticString)
            json.member("company", visit.tenant.name)
            json.member("currency", visit.tenant.currency.code)
            json.member("time_zone", visit.tenant.zone.name)
        }
        return .json(json.bytes)
    }
}
