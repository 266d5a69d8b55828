import Access
import Addresses
import Declarations
import Panel
import Postgres
import Routers
import Services

/// Services by how the network knows them, in the search for everything: the user of PPPoE or RADIUS or its beginning,
/// an address, or the MAC of the device on line.
enum NetworkSearch {
    static let part = DirectSearch(
        31, ReconcilerWords.onNetwork.message, .domains, at: "/panel/services", for: .networkRead, needsDigit: false
    ) { visit, text in
        let tenant = visit.database.tenant
        let (callers, last) = (callers(text), text + "\u{10FFFF}")
        return """
            SELECT s.service_id AS id, c.name AS title, f.detail, NULL::date AS day
            FROM (
                SELECT g.service_id, max(g.detail) AS detail FROM (
                    SELECT a.service_id, concat_ws(' · ', a.name, NULLIF(a.address, '')) AS detail FROM access_points a
                    WHERE a.tenant_id = \(tenant)
                        AND (a.address = \(text) OR a.name >= \(text) AND a.name < \(last))
                    UNION ALL
                    SELECT p.service_id, concat_ws(' · ', NULLIF(p.address, ''), NULLIF(p.caller, ''))
                    FROM service_proofs p
                    WHERE p.tenant_id = \(tenant) AND (p.address = \(text) OR p.caller = ANY (\(callers)))
                    UNION ALL
                    SELECT r.service_id, concat_ws(' · ', r.login, NULLIF(r.address, '')) FROM radius_accesses r
                    WHERE r.tenant_id = \(tenant)
                        AND (r.address = \(text) OR r.login >= \(text) AND r.login < \(last))
                    UNION ALL
                    SELECT k.service_id, concat_ws(' · ', k.login, NULLIF(k.address, ''), NULLIF(k.caller, ''))
                    FROM radius_sessions k
                    WHERE k.tenant_id = \(tenant) AND k.service_id IS NOT NULL AND k.ended_at IS NULL
                        AND (k.address = \(text) OR k.caller = ANY (\(callers)))) g
                GROUP BY g.service_id LIMIT 50) f
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = f.service_id
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
            ORDER BY c.name COLLATE "und-x-icu", s.service_id LIMIT 8
            """
    }

    /// A MAC as access servers write it; also one typed without separators is understood.
    static func callers(_ text: String) -> [String] {
        var typed = text
        if text.utf8.count == 12 {
            let letters = Array(text)
            typed = stride(from: 0, to: letters.count, by: 2).map { String(letters[$0..<min($0 + 2, letters.count)]) }
                .joined(separator: ":")
        }
        guard let mac = MACAddress(typed)?.description else { return [] }
        let dashed = mac.replacing(":", with: "-")
        return [mac, mac.lowercased(), dashed, dashed.lowercased()]
    }
}
