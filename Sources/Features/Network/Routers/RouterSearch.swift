import Access
import Declarations
import Panel
import Postgres
import Search

extension Router {
    /// By name or address, in the search for everything.
    static let search = DirectSearch(
        30, RouterWords.routers.message, .domains, at: path, for: .networkRead, needsDigit: false
    ) { visit, text in
        """
        SELECT r.router_id AS id, r.name AS title, r.address AS detail, NULL::date AS day FROM routers r
        WHERE r.tenant_id = \(visit.database.tenant) \(SearchText.condition(text, in: "r.name || ' ' || r.address"))
        ORDER BY r.name COLLATE "und-x-icu", r.router_id LIMIT 8
        """
    }
}
