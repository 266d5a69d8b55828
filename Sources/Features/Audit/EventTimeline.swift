import Access
import Events
import HTML
import Locale
import Tenancy
import Time

/// The latest of the record beside what it is about: who, what, when, the newest first.
package struct EventTimeline: View {
    private let events: [Event]
    private let visit: Visit
    /// Where the page is about one thing, its name need not be said in each line.
    private let namesSubjects: Bool

    package init(events: [Event], visit: Visit, namesSubjects: Bool = false) {
        self.events = events
        self.visit = visit
        self.namesSubjects = namesSubjects
    }

    package var body: Markup { ol(.class("timeline")) { for event in events { line(event) } } }

    private func line(_ event: Event) -> Markup {
        let reader = visit.reader
        return li {
            div {
                strong { event.isOfSystem ? AuditWords.system.text(for: reader) : event.actor }
                " · \(EventWords.text(of: event.kind, for: reader))"
                if namesSubjects, let subject = event.subject, subject != event.actor { " · \(subject)" }
                time(.class("hint"), .datetime(event.at.rfc3339)) {
                    event.at.text(.short, in: visit.tenant.zone, for: reader)
                }
            }
            if !namesSubjects { div(.class("changes")) { ChangeList(event: event, reader: reader) } }
        }
    }
}
