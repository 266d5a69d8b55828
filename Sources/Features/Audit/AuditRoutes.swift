import Access
import Events
import HTTP
import Identifiers
import Locale
import Panel

/// Which entries are asked for; it stands in the address.
struct AuditFilter {
    let kind: String?
    let actor: UUID?
    let subject: UUID?
    let before: Int?
    /// The page that is filtered: the tenant's record, or the platform's own.
    let base: String

    init(_ query: Fields, at base: String) throws(RequestError) {
        self.base = base
        kind = query["kind"].flatMap { Self.isKind($0) ? $0 : nil }
        actor = try query.value("actor", as: UUID.self)
        subject = try query.value("subject", as: UUID.self)
        before = try query.value("before", as: Int.self)
    }

    /// Whether it is a tenant's own record, up to now.
    var isNewest: Bool { before == nil && base == AuditRoutes.path }

    /// A word such as `role.changed`; anything else filters nothing.
    private static func isKind(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_")
            }
    }

    func path(before: Int?) -> String {
        Fields([
            "kind": kind, "actor": actor.map { "\($0)" }, "subject": subject.map { "\($0)" },
            "before": before.map { "\($0)" },
        ]).query(of: base)
    }
}

package enum AuditRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/audit", .auditRead, "Quién hizo qué") { try await page(at: path, $0) }
    }

    static let path = "/panel/audit"

    /// The record of the visit's tenant, as a page at this path.
    package static func page(at base: String, _ visit: Visit) async throws -> Response {
        let filter = try AuditFilter(visit.request.query, at: base)
        let events = try await visit.database.events(
            before: filter.before, kind: filter.kind, actor: filter.actor, subject: filter.subject,
            limit: AuditPage.length + 1)
        let page = AuditPage(
            events: events, kinds: try await visit.database.eventKinds(),
            signed: try await visit.database.lastSignedHead(), filter: filter, visit: visit)
        return try await Panel.page(page, titled: AuditWords.audit.text(for: visit.reader), for: visit)
    }
}
