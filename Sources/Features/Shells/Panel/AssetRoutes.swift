import Access
import Declarations
import HTTP
import Tenancy

/// Style sheets, scripts and icons: our own from `Public/`, and the tenant's generated colours.
package struct AssetRoutes: Sendable {
    private let directory: String

    package init(directory: String) {
        self.directory = directory
        AssetMarks.read(from: directory)
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/assets/brand.css", .anyone, "Los colores de la empresa", brand)
        add(.style, "La hoja de estilos", to: &routes)
        add(.portal, "La hoja de estilos del portal", to: &routes)
        add(.script, "El script de las páginas", to: &routes)
        add(.live, "Lo que renueva páginas abiertas", to: &routes)
        add(.signature, "Lo que dibuja firmas", to: &routes)
        add(.htmx, "La biblioteca htmx", to: &routes)
        add(.icons, "Los iconos de las páginas", to: &routes)
        add(.charts, "Lo que acerca gráficas", to: &routes)
        add(.map, "Lo que acerca el mapa", to: &routes)
        add(.dygraphs, "La biblioteca dygraphs", to: &routes)
        add(.dygraphsStyle, "La hoja de estilos de dygraphs", to: &routes)
        add(.leaflet, "La biblioteca Leaflet", to: &routes)
        add(.leafletStyle, "La hoja de estilos de Leaflet", to: &routes)
    }

    private func add(_ asset: Asset, _ summary: String, to routes: inout Panel.Routes) {
        routes.get(asset.path, .anyone, summary) { visit in try file(asset, visit) }
    }

    private func brand(_ visit: Visit) -> Response {
        let sheet = visit.tenant.brand.sheet
        return Response(
            .ok, contentType: .css,
            headers: [
                "Cache-Control": Self.lasting(visit.request.query["v"] == sheet.mark), "ETag": "\"\(sheet.mark)\"",
            ], body: .bytes(Array(sheet.text.utf8)))
    }

    private func file(_ asset: Asset, _ visit: Visit) throws -> Response {
        guard var response = Response.file("\(directory)/\(asset.rawValue)") else { throw AccessRefusal.notFound }
        // A URL with the file's hash never changes its contents.
        let isMarked = visit.request.query["v"].map { $0 == AssetMarks.mark(of: asset)?.mark } ?? false
        response.headers["Cache-Control"] = Self.lasting(isMarked)
        return response
    }

    private static func lasting(_ isMarked: Bool) -> String {
        isMarked ? "public, max-age=31536000, immutable" : "public, max-age=300"
    }
}
