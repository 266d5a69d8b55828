import API
import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns

/// Zones in the API, which a customer's `zone` refers to.
package enum ZoneAPI {
    package static func add(to routes: inout API.Routes) {
        routes.get("/api/v1/zones", Permission("customers.read"), ZoneAPIWords.list) { visit in
            Zones(items: try await visit.database.zones())
        }
    }

    private struct Zones: Resource {
        let items: [Zone]

        private static let item = Schema.object("Zone", [.required("id", .id, ZoneAPIWords.id)] + Zone.schemaFields)
        static let schema = Schema.object("Zones", [.required("items", .list(of: item), ZoneAPIWords.list)])

        var path: String { "/api/v1/zones" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for zone in items { json.value(zone) } }
            }
        }
    }
}

enum ZoneAPIWords: MessageCatalogue {
    case list, id

    var message: Message {
        switch self {
        case .list: Message(es: "Las zonas, por nombre", en: "The zones, by name", pt: "As zonas, por nome")
        case .id: Message(es: "Identifica a la zona.", en: "Stands for the zone.", pt: "Identifica a zona.")
        }
    }
}
