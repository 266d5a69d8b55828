import Access
import Events
import HTML
import Locale
import Tenancy
import Time

/// The latest events of a subject, beside it: who, what and when, newest first.
package struct EventTimeline: View {
    private let events: [Event]
    private let visit: Visit
    /// False on a page about one subject, whose name need not be repeated.
    private let namesSubjects: Bool

    package init(events: [Event], visit: Visit, namesSubjects: Bool = false) {
        self.events = events
        self.visit = visit
        self.namesSubjects = namesSubjects
    }

    package var body: Markup { ol(.class("timeline")) { for event in events { line(event) } } }

    package static func author(of event: Event, for reader: Reader) -> String {
        event.isOfSystem ? AuditWords.system.text(for: reader) : event.actor
    }

    private func line(_ event: Event) -> Markup {
        let reader = visit.reader
        return li {
            div {
                strong { Self.author(of: event, for: reader) }
                " · \(visit.catalogue.text(of: event, for: reader))"
                if namesSubjects, let subject = event.subject, subject != event.actor { " · \(subject)" }
                time(.class("hint"), .datetime(event.at.rfc3339)) {
                    event.at.text(.short, in: visit.tenant.timeZone, for: reader)
                }
            }
            if !namesSubjects { div(.class("changes")) { ChangeList(event: event, visit: visit) } }
        }
    }
}

/// An event's changes, collapsed; empty without any.
package struct FoldedChanges: View {
    private let event: Event
    private let visit: Visit

    package init(event: Event, visit: Visit) { (self.event, self.visit) = (event, visit) }

    package var body: Markup {
        if !event.before.isEmpty || !event.after.isEmpty {
            details(.class("changes")) {
                summary { AuditWords.changes.text(for: visit.reader) }
                ChangeList(event: event, visit: visit)
            }
        }
    }
}
