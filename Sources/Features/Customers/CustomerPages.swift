import Access
import Audit
import Events
import HTML
import Identifiers
import Locale
import Panel
import Tenancy
import Time
import Zones

struct CustomerListPage: View {
    static let length = 50

    /// One more than is shown, when there are more.
    let customers: [Customer]
    let zones: [CoverageZone]
    let list: CustomerList
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(CustomerWords.list.text(for: reader)) {
            if visit.mayAct(with: .customersWrite) {
                NewLink(CustomerWords.new.text(for: reader), path: "/panel/customers/new")
            }
        }
        CustomerFilterBar(list: list, zones: zones, reader: reader)
        LivingList {
            if customers.isEmpty { nothing } else { CustomerTable(customers: shown, list: list, reader: reader) }
            Pager(
                first: list.after == nil ? nil : list.following(nil).address,
                next: customers.count > Self.length ? list.following(shown.last).address : nil, reader: reader)
        }
    }

    private var shown: ArraySlice<Customer> { customers.prefix(Self.length) }

    private var nothing: Markup {
        if list.after != nil { return EmptyState(.customers, CustomerWords.none.text(for: reader)).body }
        if list.isFiltered {
            return EmptyState(
                .search, CustomerWords.noneMatch.text(for: reader),
                act: (CustomerWords.showAll.text(for: reader), CustomerList.path)
            ).body
        }
        let act = (CustomerWords.new.text(for: reader), "/panel/customers/new")
        return EmptyState(
            .customers, CustomerWords.noneYet.text(for: reader), act: visit.mayAct(with: .customersWrite) ? act : nil
        ).body
    }
}

struct CustomerFilterBar: View {
    let list: CustomerList
    let zones: [CoverageZone]
    let reader: Reader

    var body: Markup {
        FilterBar(CustomerList.path, button: CustomerWords.filter.text(for: reader)) {
            if list.order != .number { input(.type("hidden"), .name("order"), .value(list.order.rawValue)) }
            FormField(CustomerWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .value(list.text), .maxlength(100), .autocomplete("off"))
            }
            FormField(CustomerWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { CustomerWords.everyState.text(for: reader) }
                    for state in Customer.State.allCases {
                        option(.value(state.rawValue), .selected(state == list.state)) {
                            state.words.text(for: reader)
                        }
                    }
                }
            }
            if !zones.isEmpty { zoneChoice }
        }
    }

    @MarkupBuilder private var zoneChoice: Markup {
        FormField(ZoneWords.zone.text(for: reader), name: "zone") { wiring in
            select(wiring) {
                option(.value("")) { ZoneWords.everyZone.text(for: reader) }
                for zone in zones {
                    option(.value(zone.id.description), .selected(zone.id == list.zone)) { zone.name }
                }
            }
        }
    }
}

struct CustomerTable: View {
    let customers: ArraySlice<Customer>
    let list: CustomerList
    let reader: Reader

    var body: Markup {
        // Looked up once, not in each row.
        let states = Customer.State.allCases
        let stateTexts = states.map { $0.words.text(for: reader) }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", CustomerWords.list.text(for: reader))) {
            table {
                caption { CustomerWords.list.text(for: reader) }
                thead { headings }
                tbody {
                    rows(of: customers) { [reader] customer, row in
                        row.cell(customer.number, .class("number"))
                        row.link(customer.name, to: "/panel/customers/\(customer.id)", .class("name"))
                        let state = customer.state
                        let text = states.firstIndex(of: state).map { stateTexts[$0] } ?? ""
                        row.cell(text, .class("state"), .data("state", state.rawValue))
                        row.cell(customer.phone, .class("figures"))
                        row.cell(customer.address, .class("minor"))
                        row.cell(customer.neighbourhood)
                        row.cell(customer.since.text(.short, for: reader), .class("figures minor"))
                    }
                }
            }
        }
    }

    private var headings: Markup {
        tr {
            heading(.number, .number, "number")
            heading(.name, .name)
            plain(.state)
            plain(.phone)
            plain(.address, "minor")
            plain(.neighbourhood)
            heading(.since, .since, "minor")
        }
    }

    private func plain(_ words: CustomerWords, _ className: String = "") -> Markup {
        th(.scope("col"), .when(!className.isEmpty, .class(className))) { words.text(for: reader) }
    }

    private func heading(_ words: CustomerWords, _ order: CustomerList.Order, _ className: String = "") -> Markup {
        let isUp = list.order == order
        let isDown = list.order == order.turned
        return SortHeading(
            order.rawValue, words.text(for: reader), path: list.sorted(by: isUp ? order.turned : order).address,
            order: isUp ? .ascending : isDown ? .descending : nil, class: className, reader: reader
        ).body
    }
}

struct CustomerPage: View {
    let customer: Customer
    let zone: CoverageZone?
    /// Of those who may see the record.
    let events: [Event]?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        CustomerHeading(customer.id, number: customer.number, name: customer.name, state: customer.state, visit: visit)
        dl(.class("facts card")) {
            fact(.phone, customer.phone.isEmpty ? nil : a(.href("tel:\(dialled)")) { customer.phone })
            fact(.email, customer.email.isEmpty ? nil : a(.href("mailto:\(customer.email)")) { customer.email })
            fact(.address, customer.address.isEmpty ? nil : .text(customer.address))
            fact(.neighbourhood, customer.neighbourhood.isEmpty ? nil : .text(customer.neighbourhood))
            if let zone {
                div {
                    dt { ZoneWords.zone.text(for: reader) }
                    dd { zone.name }
                }
            }
            fact(.since, .text(customer.since.text(.long, for: reader)))
        }
        if let events { CustomerHistory(customer: customer, events: events, visit: visit) }
    }

    private var dialled: String { customer.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") } }

    private func fact(_ words: CustomerWords, _ value: Markup?) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { value ?? span(.class("hint")) { CustomerWords.notSaid.text(for: reader) } }
        }
    }
}

struct CustomerHistory: View {
    let customer: Customer
    let events: [Event]
    let visit: Visit

    var body: Markup {
        h2 { CustomerWords.history.text(for: visit.reader) }
        if events.isEmpty {
            p(.class("hint")) { CustomerWords.noHistory.text(for: visit.reader) }
        } else {
            EventTimeline(events: events, visit: visit)
            p { a(.href("/panel/audit?subject=\(customer.id)")) { CustomerWords.wholeHistory.text(for: visit.reader) } }
        }
    }
}
