import Access
import Declarations
import HTTP
import Nouns

/// What belongs to every list, whichever it is.
package enum ListRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.post("/panel/lists/columns", .signedIn, "Guarda qué columnas quiere una persona en una lista", choose)
        Pins.add(to: &routes)
    }

    private static func choose(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 16_384)
        try form.allow(["list", "next"], repeated: ["column"])
        let columns = form.values("column").prefix(100).map { FormText.line($0, upTo: 50) }
        guard let list = form["list"].map({ FormText.line($0, upTo: 50) }), !list.isEmpty else { throw BadRequest() }
        try await visit.choose(columns, of: list)
        return .redirect(to: SignInRoutes.ownPath(form["next"]))
    }
}
