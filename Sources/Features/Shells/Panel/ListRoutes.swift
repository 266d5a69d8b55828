import Access
import Declarations
import HTTP
import Nouns

/// Routes shared by all lists.
package enum ListRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.post("/panel/lists/columns", .signedIn, "Guarda qué columnas quiere una persona en una lista", choose)
        routes.post("/panel/lists/views", .signedIn, "Guarda o quita una vista de una lista", keepView)
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

    /// Replaces a view of the same name.
    private static func keepView(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 16_384)
        try form.allow(["list", "next", "name", "remove"])
        let next = SignInRoutes.ownPath(form["next"])
        let name = FormText.line(form["remove"] ?? form["name"], upTo: 40)
        guard let list = form["list"].map({ FormText.line($0, upTo: 40) }), !list.isEmpty, !name.isEmpty,
            next.utf8.count <= 2000
        else { throw BadRequest() }
        var views = try await visit.savedViews(of: list).filter { $0.name != name }
        if form["remove"] == nil { views.append(SavedView(name: name, address: next)) }
        try await visit.choose(views.suffix(SavedView.most).map(\.kept), of: SavedView.list(of: list))
        return .redirect(to: next)
    }
}
