import Access
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// Where the map's pictures come from, by the company's own choice, and to whom they are owed.
package struct MapTiles: Sendable, Equatable {
    /// Of a picture, with {z}, {x} and {y}, and {s} before hosts of several names; empty for none.
    package var address = ""
    package var attribution = ""

    package init() {}

    static let path = "/panel/sites/map/tiles"
}

extension MapTiles: Fielded {
    package static let noun = "MapTiles"

    package static let fields: [Field<MapTiles>] = [
        .line("address", \.address, 0...300, TopologyWords.tilesAddress.message).hint(
            TopologyWords.tilesAddressHint.message),
        .line("attribution", \.attribution, 0...200, TopologyWords.attribution.message).hint(
            TopologyWords.attributionHint.message),
    ]
}

extension MapTiles: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension MapTiles {
    /// What the page's policy allows: the pictures' host and nothing that could be read as another rule. Nil for an
    /// address that is none.
    var origin: String? {
        let scheme = "https://"
        guard address.hasPrefix(scheme), ["{z}", "{x}", "{y}"].allSatisfy(address.contains) else { return nil }
        let rest = address.dropFirst(scheme.count)
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        var host = rest[..<slash]
        var several = ""
        if host.hasPrefix("{s}.") { (host, several) = (host.dropFirst(4), "*.") }
        let isHost = host.contains(".") && host.utf8.allSatisfy(Self.isOfHost)
        guard isHost, rest[slash...].utf8.allSatisfy(Self.isOfPath) else { return nil }
        return "\(scheme)\(several)\(host)"
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isOfPath(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !#""'<>\;,"#.utf8.contains(byte)
    }

    /// The map's page alone may show them. Many servers of maps want to know which site asks.
    func allow(in response: inout Response) {
        guard let origin, let policy = response.headers["Content-Security-Policy"] else { return }
        let rules = policy.split(separator: ";").map { rule in
            rule.trimmingPrefix(" ").hasPrefix("img-src ") ? "\(rule) \(origin)" : String(rule)
        }
        response.headers["Content-Security-Policy"] = rules.joined(separator: ";")
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    }

    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        let tiles = self
        guard address.isEmpty || origin != nil else { throw MapTilesRefusal.unreadable }
        try await database.transaction { database in
            let company = try await database.lockedTenant()?.name ?? ""
            let known = try await database.mapTiles()
            guard
                let act = Act.change(
                    .mapTilesChanged, Act.Subject("tenant", database.tenant.uuid, named: company),
                    from: known.details(), to: tiles.details())
            else { return }
            try await database.execute(
                """
                INSERT INTO map_tiles (tenant_id, address, attribution)
                VALUES (\(database.tenant), \(tiles.address), \(tiles.attribution))
                ON CONFLICT (tenant_id) DO UPDATE
                SET address = excluded.address, attribution = excluded.attribution
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func mapTiles() async throws(DatabaseError) -> MapTiles {
        try await first("SELECT address, attribution FROM map_tiles WHERE tenant_id = \(tenant)") ?? MapTiles()
    }
}

extension MapTiles: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        (address, attribution) = (try row.read("address"), try row.read("attribution"))
    }
}

package enum MapTilesRefusal: Refusal, MessageCatalogue {
    case unreadable

    package var status: Status { .unprocessableContent }
    package var code: String { "tiles_unreadable" }

    package var message: Message {
        Message(
            es: "No es una dirección https con z, x y y entre llaves.",
            en: "Not an https address with z, x and y in braces.",
            pt: "Não é um endereço https com z, x e y entre chaves.")
    }
}
