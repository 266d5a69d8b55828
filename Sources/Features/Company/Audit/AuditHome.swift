import Access
import Assembly
import Events
import HTML
import Locale
import Panel

/// The latest events, on the first page.
enum AuditHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.auditRead) else { return [] }
        let events = try await visit.database.events(limit: 8)
        return [HomePart(.card, 80, LatestEvents(events: events, visit: visit))]
    }
}

struct LatestEvents: View {
    let events: [Event]
    let visit: Visit

    var body: Markup {
        section(.class("card")) {
            h2 { AuditWords.latest.text(for: visit.reader) }
            if events.isEmpty {
                p(.class("hint")) { AuditWords.noEvents.text(for: visit.reader) }
            } else {
                EventTimeline(events: events, visit: visit, namesSubjects: true)
                p { a(.href("/panel/audit")) { AuditWords.wholeAudit.text(for: visit.reader) } }
            }
        }
    }
}
