import Access
import HTML
import Locale
import Panel

struct ZoneListPage: View {
    let uses: [ZoneUse]
    let visit: Visit

    private var mayAct: Bool { visit.mayAct(with: .zonesManage) }

    var body: Markup {
        let reader = visit.reader
        PageHeading(ZoneWords.zones.text(for: reader)) {
            if mayAct { NewLink(ZoneWords.new.text(for: reader), path: "/panel/zones/new") }
        }
        p(.class("hint lead")) { ZoneWords.intro.text(for: reader) }
        if uses.isEmpty {
            EmptyState(
                .zones, ZoneWords.none.text(for: reader),
                act: mayAct ? (ZoneWords.new.text(for: reader), "/panel/zones/new") : nil)
        } else {
            table(reader)
        }
    }

    private func table(_ reader: Reader) -> Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", ZoneWords.zones.text(for: reader))) {
            HTML.table {
                caption { ZoneWords.zones.text(for: reader) }
                thead {
                    tr {
                        th(.scope("col")) { ZoneWords.zone.text(for: reader) }
                        th(.scope("col"), .class("number")) { ZoneWords.customers.text(for: reader) }
                        th(.scope("col"), .class("number")) { ZoneWords.people.text(for: reader) }
                    }
                }
                tbody {
                    for use in uses {
                        tr {
                            th(.scope("row")) { a(.href("/panel/zones/\(use.zone.id)")) { use.zone.name } }
                            td(.class("number")) { use.customers.text(for: reader) }
                            td(.class("number")) { use.people.text(for: reader) }
                        }
                    }
                }
            }
        }
    }
}

struct ZonePage: View {
    let name: String
    let fault: Message?
    let zone: CoverageZone?
    let visit: Visit

    var body: Markup {
        let (reader, mayAct) = (visit.reader, visit.mayAct(with: .zonesManage))
        h1 { zone?.name ?? ZoneWords.new.text(for: reader) }
        form(.class("card form"), .method(.post), .action(zone.map { "/panel/zones/\($0.id)" } ?? "/panel/zones")) {
            ErrorSummary(
                ZoneWords.problems.text(for: reader),
                errors: fault.map { [("name", $0.text(for: reader))] } ?? [])
            FormField(ZoneWords.name.text(for: reader), name: "name", error: fault?.text(for: reader)) { wiring in
                input(
                    wiring, .required(), .maxlength(100), .autocomplete("off"), .value(name), .autofocus(zone == nil))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href("/panel/zones")) { ZoneWords.cancel.text(for: reader) }
                if zone == nil || mayAct {
                    button(.type("submit"), .class("primary")) {
                        (zone == nil ? ZoneWords.new : .save).text(for: reader)
                    }
                }
            }
        }
        if let zone, mayAct {
            div(.class("acts")) {
                a(.class("button danger"), .href("/panel/zones/\(zone.id)/delete"), .data("dialog", "")) {
                    ZoneWords.delete.text(for: reader)
                }
            }
        }
    }
}
