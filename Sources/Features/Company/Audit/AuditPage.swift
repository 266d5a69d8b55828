import Access
import Declarations
import Events
import HTML
import Identifiers
import Locale
import Panel
import Tenancy
import Time

struct AuditPage: View {
    static let length = 50

    /// One more than is shown, if there are earlier ones.
    let events: [Event]
    let kinds: [String]
    let signed: SignedHead?
    let filter: AuditFilter
    let visit: Visit

    private var shown: ArraySlice<Event> { events.prefix(Self.length) }

    var body: Markup {
        let reader = visit.reader
        h1 { AuditWords.audit.text(for: reader) }
        p(.class("hint lead")) { AuditWords.intro.text(for: reader) }
        p(.class("hint")) { signature(reader) }
        AuditFilterForm(kinds: kinds, filter: filter, visit: visit)
        if filter.isNewest {
            LivePart(.audit, for: visit) { LivingList { list(reader) } }
        } else {
            LivingList { list(reader) }
        }
    }

    @MarkupBuilder
    private func list(_ reader: Reader) -> Markup {
        if shown.isEmpty {
            EmptyState(.audit, AuditWords.none.text(for: reader))
        } else {
            div(
                .class("table prose"), .role("region"), .tabindex(0), .aria("label", AuditWords.audit.text(for: reader))
            ) {
                table {
                    caption { AuditWords.audit.text(for: reader) }
                    thead {
                        tr {
                            for heading in [AuditWords.when, .who, .what, .whom, .changes] {
                                th(.scope("col")) { heading.text(for: reader) }
                            }
                        }
                    }
                    tbody { for event in shown { AuditRow(event: event, filter: filter, visit: visit) } }
                }
            }
        }
        Pager(
            first: filter.before == nil ? nil : filter.path(),
            next: events.count > Self.length ? shown.last.map { filter.path(before: $0.sequence) } : nil,
            reader: reader)
        if filter.base == AuditRoutes.path {
            p {
                a(.href(filter.path(at: AuditRoutes.export)), .data("hx-boost", "false")) {
                    AuditWords.export.text(for: reader)
                }
            }
        }
    }

    private func signature(_ reader: Reader) -> String {
        guard let signed else { return AuditWords.notSigned.text(for: reader) }
        return AuditWords.signed.text(
            for: reader, .number("entry", signed.head.sequence),
            .text("when", signed.signedAt.text(.short, in: visit.tenant.timeZone, for: reader)))
    }
}

struct AuditRow: View {
    let event: Event
    let filter: AuditFilter
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        tr {
            td { time(.datetime(event.at.rfc3339)) { event.at.text(.short, in: visit.tenant.timeZone, for: reader) } }
            td {
                name(event.isOfSystem ? AuditWords.system.text(for: reader) : event.actor, event.actorID) {
                    filter.path(actor: $0)
                }
                if let address = event.address { span(.class("hint")) { address } }
            }
            td { visit.catalogue.text(of: event, for: reader) }
            td { name(event.subject ?? "", event.subjectID) { filter.path(subject: $0) } }
            td(.class("wide")) { ChangeList(event: event, visit: visit) }
        }
    }

    /// Links to all events of the person or thing.
    private func name(_ text: String, _ id: UUID?, at path: (UUID) -> String) -> Markup {
        if let id { a(.href(path(id))) { text } } else { .text(text) }
    }
}

/// An event's changes, before and after.
struct ChangeList: View {
    private struct Change {
        let name: String
        var old: String?
        var new: String?
    }

    let event: Event
    let visit: Visit

    var body: Markup {
        for change in Self.changes(in: event, of: visit.catalogue, for: visit.reader) {
            p {
                "\(change.name): "
                if let old = change.old {
                    del { old }
                    if change.new != nil { " → " }
                }
                if let new = change.new { ins { new } }
            }
        }
    }

    /// As text.
    static func lines(of event: Event, catalogue: Catalogue, for reader: Reader) -> [String] {
        changes(in: event, of: catalogue, for: reader).map { change in
            "\(change.name): " + [change.old, change.new].compactMap(\.self).joined(separator: " → ")
        }
    }

    private static func changes(in event: Event, of catalogue: Catalogue, for reader: Reader) -> [Change] {
        func name(_ detail: Act.Detail) -> String { catalogue.text(ofDetail: detail.name, in: event, for: reader) }
        func text(_ detail: Act.Detail, _ value: String) -> String {
            catalogue.value(ofDetail: detail.name, value, in: event, for: reader)
        }
        let before = Dictionary(event.before.map { ($0.name, $0.value) }) { first, _ in first }
        var changes: [Change] = []
        for detail in event.after where before[detail.name] != detail.value {
            var change = Change(name: name(detail))
            if let old = before[detail.name], !old.isEmpty { change.old = text(detail, old) }
            change.new = detail.value.isEmpty ? "–" : text(detail, detail.value)
            changes.append(change)
        }
        for detail in event.before where !event.after.contains(where: { $0.name == detail.name }) {
            changes.append(Change(name: name(detail), old: text(detail, detail.value)))
        }
        return changes
    }
}

struct AuditFilterForm: View {
    let kinds: [String]
    let filter: AuditFilter
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        FilterBar(filter.base, button: AuditWords.filter.text(for: reader)) {
            FormField(AuditWords.what.text(for: reader), name: "kind") { wiring in
                select(wiring) {
                    option(.value("")) { AuditWords.everything.text(for: reader) }
                    for kind in kinds {
                        option(.value(kind), .selected(kind == filter.kind)) {
                            visit.catalogue.text(ofEvent: kind, for: reader)
                        }
                    }
                }
            }
            day(.from, "from", filter.from)
            day(.to, "to", filter.to)
            if let actor = filter.actor { input(.type("hidden"), .name("actor"), .value("\(actor)")) }
            if let subject = filter.subject { input(.type("hidden"), .name("subject"), .value("\(subject)")) }
        }
    }
    private func day(_ word: AuditWords, _ name: String, _ day: Day?) -> Markup {
        FormField(word.text(for: reader), name: name) { wiring in
            input(wiring, .type("date"), .value(day?.iso ?? ""))
        }.body
    }
}
