import Access
import Crypto
import Declarations
import HTTP
import JSON
import Locale
import Nouns
import Tenancy
import Time

/// The shell for programs, under `/api/v1`: tokens in, JSON out.
package enum API {
    package static func add(to routes: inout Routes) {
        routes.get("/api/v1", .anyone, APIWords.index) { visit in APIIndex(tenant: visit.tenant) }
        SearchAPI.add(to: &routes)
    }

    package static func credential(of request: Request) -> Credential? {
        guard let value = request.headers["authorization"], value.utf8.prefix(7).elementsEqual("Bearer ".utf8),
            let token = Token(String(Substring(value.utf8.dropFirst(7))))
        else { return nil }
        return Credential(.token, secret: token)
    }

    /// RFC 9457, in the language that was asked for.
    package static func refuse(_ refusal: any Refusal, _ request: Request, _ reader: Reader, _: Tenant?) -> Response {
        var response = Response(
            refusal.status, contentType: .problem, body: .bytes(Problem.write(refusal, request, for: reader)))
        if refusal.status == .unauthorized { response.headers["WWW-Authenticate"] = "Bearer" }
        return response
    }
}

/// The API's index: its company, and the currency and time zone of its values.
private struct APIIndex: Resource {
    let tenant: Tenant

    static let schema = Schema.object(
        "Index",
        [
            .required("api", .words(["v1"]), APIWords.version),
            .required("company", .text, APIWords.company),
            .required("currency", .text, APIWords.currency),
            .required("time_zone", .text, APIWords.zone),
            .required("description", .text, APIWords.descriptionAddress),
        ])

    var path: String { "/api/v1" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("api", "v1" as StaticString)
            json.member("company", tenant.name)
            json.member("currency", tenant.currency.code)
            json.member("time_zone", tenant.timeZone.name)
            json.member("description", Description.jsonPath)
        }
    }
}
