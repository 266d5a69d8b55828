import Access
import Events
import HTML
import Locale
import Panel
import Tenancy
import Time

struct AuditPage: View {
    static let length = 50

    /// One more than is shown, when there are earlier ones.
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
        AuditFilterForm(kinds: kinds, filter: filter, reader: reader)
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
                    tbody { for event in shown { AuditRow(event: event, visit: visit) } }
                }
            }
        }
        Pager(
            first: filter.before == nil ? nil : filter.path(before: nil),
            next: events.count > Self.length ? shown.last.map { filter.path(before: $0.sequence) } : nil,
            reader: reader)
    }

    private func signature(_ reader: Reader) -> String {
        guard let signed else { return AuditWords.notSigned.text(for: reader) }
        return AuditWords.signed.text(
            for: reader, .number("entry", signed.head.sequence),
            .text("when", signed.signedAt.text(.short, in: visit.tenant.zone, for: reader)))
    }
}

struct AuditRow: View {
    let event: Event
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        tr {
            td { time(.datetime(event.at.rfc3339)) { event.at.text(.short, in: visit.tenant.zone, for: reader) } }
            td {
                event.isOfSystem ? AuditWords.system.text(for: reader) : event.actor
                if let address = event.address { span(.class("hint")) { address } }
            }
            td { EventWords.text(of: event.kind, for: reader) }
            td { event.subject ?? "" }
            td(.class("wide")) { ChangeList(event: event, reader: reader) }
        }
    }
}

/// What differs between before and after.
struct ChangeList: View {
    let event: Event
    let reader: Reader

    var body: Markup {
        let before = Dictionary(event.before.map { ($0.name, $0.value) }) { first, _ in first }
        for detail in event.after where before[detail.name] != detail.value {
            p {
                "\(DetailWords.text(of: detail.name, in: event, for: reader)): "
                if let old = before[detail.name], !old.isEmpty {
                    del { DetailWords.value(of: detail.name, old, in: event, for: reader) }
                    " → "
                }
                ins {
                    detail.value.isEmpty
                        ? "–" : DetailWords.value(of: detail.name, detail.value, in: event, for: reader)
                }
            }
        }
        for detail in event.before where !event.after.contains(where: { $0.name == detail.name }) {
            p {
                "\(DetailWords.text(of: detail.name, in: event, for: reader)): "
                del { DetailWords.value(of: detail.name, detail.value, in: event, for: reader) }
            }
        }
    }
}

struct AuditFilterForm: View {
    let kinds: [String]
    let filter: AuditFilter
    let reader: Reader

    var body: Markup {
        FilterBar(filter.base, button: AuditWords.filter.text(for: reader)) {
            FormField(AuditWords.what.text(for: reader), name: "kind") { wiring in
                select(wiring) {
                    option(.value("")) { AuditWords.everything.text(for: reader) }
                    for kind in kinds {
                        option(.value(kind), .selected(kind == filter.kind)) { EventWords.text(of: kind, for: reader) }
                    }
                }
            }
        }
    }
}
