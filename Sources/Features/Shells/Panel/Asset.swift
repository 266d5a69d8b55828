import Crypto
import Declarations
import HTTP
import Synchronization

/// A file of the house's own that pages ask for. Its address carries a mark of its bytes: a browser keeps it for good,
/// and asks anew when it is another.
package enum Asset: String, CaseIterable, Sendable {
    case style = "style.css"
    case portal = "portal.css"
    case script = "panel.js"
    case live = "live.js"
    case signature = "signature.js"
    /// Fetched at set-up; without it pages work with reloads.
    case htmx = "vendor/htmx.min.js"
    case icons = "icons.svg"

    var path: StaticString {
        switch self {
        case .style: "/assets/style.css"
        case .portal: "/assets/portal.css"
        case .script: "/assets/panel.js"
        case .live: "/assets/live.js"
        case .signature: "/assets/signature.js"
        case .htmx: "/assets/htmx.js"
        case .icons: "/assets/icons.svg"
        }
    }

    /// Nil where the file is not there.
    var address: String? { AssetMarks.mark(of: self)?.address }

    /// For a page to name.
    package var href: String { address ?? "\(path)" }
}

/// The marks of the files in the one directory that a program serves. Every page names them, from wherever it is made;
/// they are read once, when the routes are put together, and are constants from then on.
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
