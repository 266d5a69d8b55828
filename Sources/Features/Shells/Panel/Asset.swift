import Crypto
import Declarations
import HTTP
import Synchronization

/// A static file of our own, used by pages. Its URL contains a hash of its bytes, so a browser caches it for ever and
/// fetches a changed one anew.
package enum Asset: String, CaseIterable, Sendable {
    case style = "style.css"
    case portal = "portal.css"
    case script = "panel.js"
    case live = "live.js"
    case signature = "signature.js"
    /// Downloaded at set-up; without it pages work with full reloads.
    case htmx = "vendor/htmx.min.js"
    case icons = "icons.svg"
    case charts = "charts.js"
    case map = "map.js"
    /// Downloaded at set-up; without them charts and maps are as the server drew them.
    case dygraphs = "vendor/dygraph.min.js"
    case dygraphsStyle = "vendor/dygraph.min.css"
    case leaflet = "vendor/leaflet.min.js"
    case leafletStyle = "vendor/leaflet.css"

    var path: StaticString {
        switch self {
        case .style: "/assets/style.css"
        case .portal: "/assets/portal.css"
        case .script: "/assets/panel.js"
        case .live: "/assets/live.js"
        case .signature: "/assets/signature.js"
        case .htmx: "/assets/htmx.js"
        case .icons: "/assets/icons.svg"
        case .charts: "/assets/charts.js"
        case .map: "/assets/map.js"
        case .dygraphs: "/assets/dygraphs.js"
        case .dygraphsStyle: "/assets/dygraphs.css"
        case .leaflet: "/assets/leaflet.js"
        case .leafletStyle: "/assets/leaflet.css"
        }
    }

    /// Nil when the file is missing.
    package var address: String? { AssetMarks.mark(of: self)?.address }

    /// The URL for a page.
    package var href: String { address ?? "\(path)" }
}

/// The hashes of the static files in the program's one directory. Read once when the routes are assembled, and constant
/// from then on.
enum AssetMarks {
    struct Mark: Sendable {
        let mark: String
        let address: String
    }

    private static let known = Mutex<[Asset: Mark]>([:])
    private static let icons = Mutex<[Icon: String]>([:])

    static func mark(of asset: Asset) -> Mark? { known.withLock { $0[asset] } }

    static func address(of icon: Icon) -> String {
        icons.withLock { $0[icon] } ?? "\(Asset.icons.path)#\(icon.rawValue)"
    }

    static func read(from directory: String) {
        for asset in Asset.allCases {
            guard let file = FileContent(path: "\(directory)/\(asset.rawValue)") else { continue }
            let mark = Hex.encode(SHA256.digest(of: file.bytes).prefix(6))
            known.withLock { $0[asset] = Mark(mark: mark, address: "\(asset.path)?v=\(mark)") }
        }
        let sprite = Asset.icons.address ?? "\(Asset.icons.path)"
        icons.withLock { icons in for icon in Icon.allCases { icons[icon] = "\(sprite)#\(icon.rawValue)" } }
    }
}
