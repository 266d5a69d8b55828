import JSON
import Tenancy

/// What a telephone needs to keep the portal among its applications, under the ISP's name.
struct PortalManifest {
    let tenant: Tenant
    let language: String

    var bytes: [UInt8] {
        var json = JSONWriter(reserving: 512)
        json.object { json in
            json.member("name", tenant.name)
            json.member("short_name", String(tenant.name.prefix(24)))
            json.member("lang", language)
            json.member("start_url", "/portal")
            json.member("scope", "/portal")
            json.member("display", "standalone")
            json.member("theme_color", tenant.colour.text)
            json.member("background_color", "#f4f6f8")
            json.array("icons") { json in
                json.object { json in
                    json.member("src", "/assets/icon.svg")
                    json.member("sizes", "any")
                    json.member("type", "image/svg+xml")
                }
            }
        }
        return json.bytes
    }
}
