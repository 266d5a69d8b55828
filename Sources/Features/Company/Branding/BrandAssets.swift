import Access
import Declarations
import HTTP
import Locale
import Panel
import Tenancy

/// A brand's public files: its logo, and the web app manifest for home screens.
package enum BrandAssets {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/assets/brand/:file", .anyone, "El logo de la empresa en un tamaño", picture)
        routes.get("/assets/logo", .anyone, "El logo de la empresa, o su inicial") { visit in
            try await present("logo", visit)
        }
        routes.get("/assets/icon", .anyone, "El icono de la empresa, o su inicial") { visit in
            try await present("icon-32", visit)
        }
        routes.get("/assets/touch-icon", .anyone, "El icono para la pantalla de inicio") { visit in
            try await present("icon-180", visit)
        }
        routes.get("/assets/app.webmanifest", .anyone, "Lo que un teléfono necesita para instalar el panel", manifest)
    }

    /// The URL contains the logo's hash, so it is cached for ever.
    private static func picture(_ visit: Visit, file: BrandFile) async throws -> Response {
        guard let png = try await visit.database.brandPicture(file.name, of: file.version) else {
            throw AccessRefusal.notFound
        }
        var response = image(png, .png)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    }

    /// A fixed URL, for pages that do not know the tenant.
    private static func present(_ name: String, _ visit: Visit) async throws -> Response {
        var response: Response
        let brand = visit.tenant.brand
        if let logo = brand.logo, let png = try await visit.database.brandPicture(name, of: logo) {
            response = image(png, .png)
            response.headers["ETag"] = "\"\(logo)\""
        } else {
            response = image(Monogram.svg(of: visit.tenant), .svg)
            response.headers["ETag"] = "\"\(brand.colour.rgb)-\(visit.tenant.name.utf8.first ?? 0)\""
        }
        response.headers["Cache-Control"] = "public, max-age=300"
        return response
    }

    private static func image(_ bytes: [UInt8], _ type: ContentType) -> Response {
        Response(
            .ok, contentType: type,
            headers: ["Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"],
            body: .bytes(bytes))
    }

    private static func manifest(_ visit: Visit) -> Response {
        let screen = HomeScreen(
            of: visit.tenant, language: visit.tenant.reader.languageTag, start: "/panel", scope: "/")
        return Response(
            .ok, contentType: .manifest, headers: ["Cache-Control": "public, max-age=300"],
            body: .bytes(screen.manifest))
    }
}

/// `<version>-<name>.png`.
struct BrandFile: PathParameter {
    let version: String
    let name: String

    static let schema = ParameterSchema(type: "string")

    init?(pathSegment: String) {
        guard pathSegment.utf8.count > 37, pathSegment.utf8.count < 64, pathSegment.hasSuffix(".png") else {
            return nil
        }
        version = String(decoding: pathSegment.utf8.prefix(32), as: UTF8.self)
        let name = String(decoding: pathSegment.utf8.dropFirst(33).dropLast(4), as: UTF8.self)
        guard Logo.names.contains(name), pathSegment == "\(version)-\(name).png" else { return nil }
        self.name = name
    }
}

/// The icon of a company without a logo: its initial.
enum Monogram {
    static func svg(of tenant: Tenant) -> [UInt8] {
        // A letter needs no XML escaping; other characters might.
        let letter = tenant.name.first { $0.isLetter }.map { String($0).uppercased().prefix(1) } ?? "·"
        let (ground, ink) = (tenant.brand.colour.text, tenant.brand.colour.readableText.text)
        return Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\
            <rect width="64" height="64" rx="14" fill="\(ground)"/>\
            <text x="32" y="44" text-anchor="middle" font-family="sans-serif" font-size="36" font-weight="700" \
            fill="\(ink)">\(letter)</text></svg>
            """.utf8)
    }
}
