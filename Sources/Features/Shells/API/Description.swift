import Access
import Crypto
import HTML
import HTTP
import JSON
import Locale
import Nouns
import Tenancy

/// The API's description, generated from the route declarations.
struct Description: Sendable {
    static let jsonPath: StaticString = "/api/v1/openapi.json"
    static let pagePath: StaticString = "/api/v1/docs"

    let operations: [Operation]

    fileprivate func json(_ visit: Visit) -> Response {
        var json = JSONWriter(reserving: 32 * 1024)
        json.value(OpenAPI(operations: operations, tenant: visit.tenant, reader: visit.reader))
        return Self.tagged(.json(json.bytes), json.bytes)
    }

    fileprivate func page(_ visit: Visit) -> Response {
        var bytes: [UInt8] = []
        DescriptionPage(operations: operations, visit: visit).body.render(into: &bytes)
        var response = Self.tagged(.html(bytes), bytes)
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    }

    /// Changes with the program and the reader's language, so caches must revalidate.
    private static func tagged(_ response: Response, _ bytes: [UInt8]) -> Response {
        var response = response
        response.headers["ETag"] = EntityTag(of: bytes).text
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Language"
        return response
    }
}

extension API {
    /// Adds the description of all routes added before, itself included.
    package static func describe(_ routes: inout Routes) {
        var declared = routes
        declared.document(Description.jsonPath, .openAPI, as: .json(.anyObject)) { _ in .text("") }
        declared.document(Description.pagePath, .readable, as: .other(.html)) { _ in .text("") }
        let description = Description(operations: declared.operations)
        routes.document(Description.jsonPath, .openAPI, as: .json(.anyObject), description.json)
        routes.document(Description.pagePath, .readable, as: .other(.html), description.page)
    }
}
