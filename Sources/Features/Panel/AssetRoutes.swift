import Access
import HTTP
import Tenancy

/// Style sheets and icons: the house's own from `Public/`, and the tenant's colours, made here from numbers.
package struct AssetRoutes: Sendable {
    private let directory: String

    package init(directory: String) { self.directory = directory }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/assets/brand.css", .anyone, "Los colores de la empresa", brand)
        routes.get("/assets/style.css", .anyone, "La hoja de estilos") { _ in try file("style.css") }
        routes.get("/assets/portal.css", .anyone, "La hoja de estilos del portal") { _ in try file("portal.css") }
        routes.get("/assets/live.js", .anyone, "Lo que renueva páginas abiertas") { _ in try file("live.js") }
        routes.get("/assets/icon.svg", .anyone, "El icono") { _ in try file("icon.svg") }
    }

    private func brand(_ visit: Visit) -> Response {
        let colour = visit.tenant.colour
        let css = ":root{--brand:\(colour.text);--on-brand:\(colour.readableText.text)}\n"
        return Response(
            .ok, contentType: .css, headers: ["Cache-Control": "public, max-age=300", "ETag": "\"\(colour.rgb)\""],
            body: .bytes(Array(css.utf8)))
    }

    private func file(_ name: String) throws -> Response {
        guard var response = Response.file("\(directory)/\(name)") else { throw AccessRefusal.notFound }
        response.headers["Cache-Control"] = "public, max-age=300"
        return response
    }
}
