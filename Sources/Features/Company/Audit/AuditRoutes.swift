import Access
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Tenancy
import Time

/// The filter of the record, held in the URL.
struct AuditFilter {
    let kind: String?
    let actor: UUID?
    let subject: UUID?
    /// The first and last day, in the company's time zone.
    let from: Day?
    let to: Day?
    let before: Int?
    /// The filtered page: the tenant's record, or the platform's own.
    let base: String

    init(_ query: Fields, at base: String) throws(RequestError) {
        self.base = base
        kind = query["kind"].flatMap { Self.isKind($0) ? $0 : nil }
        actor = try query.value("actor", as: UUID.self)
        subject = try query.value("subject", as: UUID.self)
        // A form field left empty is no date.
        from = query["from"].flatMap(Day.init(iso:))
        to = query["to"].flatMap(Day.init(iso:))
        before = try query.value("before", as: Int.self)
    }

    /// Whether it shows the newest part of a tenant's own record.
    var isNewest: Bool { before == nil && to == nil && base == AuditRoutes.path }

    func selection(in zone: TimeZone) -> EventSelection {
        EventSelection(
            kind: kind, actor: actor, subject: subject, from: from?.start(in: zone),
            until: to?.advanced(by: 1).start(in: zone))
    }

    /// Only words such as `role.changed` filter; anything else is ignored.
    private static func isKind(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_")
            }
    }

    /// The URL of the same filter from a position on, at another path, or for one person or thing.
    func path(before: Int? = nil, at path: String? = nil, actor: UUID? = nil, subject: UUID? = nil) -> String {
        Fields([
            "kind": kind, "actor": (actor ?? self.actor).map { "\($0)" },
            "subject": (subject ?? self.subject).map { "\($0)" }, "from": from?.iso, "to": to?.iso,
            "before": before.map { "\($0)" },
        ]).query(of: path ?? base)
    }
}

package enum AuditRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/audit", .auditRead, "Quién hizo qué") { try await page(at: path, $0) }
        routes.get("/panel/audit/export", .auditRead, "Quién hizo qué, como hoja de cálculo") {
            AuditExport.response(to: try AuditFilter($0.request.query, at: path), $0)
        }
    }

    static let path = "/panel/audit"
    static let export = "/panel/audit/export"

    /// The record of the visit's tenant, at this path.
    package static func page(at base: String, _ visit: Visit) async throws -> Response {
        let filter = try AuditFilter(visit.request.query, at: base)
        // In a transaction of its own, since filtering a long record may take a while.
        let events = try await visit.database.transaction { database in
            try await database.events(
                filter.selection(in: visit.tenant.timeZone), before: filter.before ?? .max, limit: AuditPage.length + 1)
        }
        let page = AuditPage(
            events: events, kinds: try await visit.database.eventKinds(),
            signed: try await visit.database.lastSignedHead(), filter: filter, visit: visit)
        return try await Panel.page(page, titled: AuditWords.audit.text(for: visit.reader), for: visit)
    }
}
