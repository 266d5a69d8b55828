import JSON
import Tenancy

/// The web app manifest, with which a phone puts the panel or the portal on its home screen, under the ISP's name and
/// icon.
package struct HomeScreen {
    private let tenant: Tenant
    private let language: String
    private let start: StaticString
    private let scope: StaticString

    package init(of tenant: Tenant, language: String, start: StaticString, scope: StaticString) {
        self.tenant = tenant
        self.language = language
        self.start = start
        self.scope = scope
    }

    package var manifest: [UInt8] {
        var json = JSONWriter(reserving: 512)
        json.object { json in
            json.member("name", tenant.name)
            json.member("short_name", String(tenant.name.prefix(24)))
            json.member("lang", language)
            json.member("start_url", start)
            json.member("scope", scope)
            json.member("display", "standalone")
            json.member("theme_color", tenant.brand.colour.text)
            json.member("background_color", "#ffffff")
            json.array("icons") { json in
                for icon in icons {
                    json.object { json in
                        json.member("src", icon.path)
                        json.member("sizes", icon.size)
                        json.member("type", icon.type)
                        json.member("purpose", icon.purpose)
                    }
                }
            }
        }
        return json.bytes
    }

    private var icons: [(path: String, size: String, type: String, purpose: String)] {
        let drawn = [("icon-192", 192, "any"), ("icon-512", 512, "any"), ("mask-512", 512, "maskable")]
        let pictures = drawn.compactMap { name, side, purpose in
            tenant.brand.path(of: name).map { ($0, "\(side)x\(side)", "image/png", purpose) }
        }
        return pictures.isEmpty ? [("/assets/icon", "any", "image/svg+xml", "any")] : pictures
    }
}
