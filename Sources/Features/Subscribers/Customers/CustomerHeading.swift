import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// The heading of a customer's pages, which stays in view: name, facts and acts from rooms, and tabs.
package struct CustomerHeading: View {
    private let customer: Customer
    private let facts: [CustomerFact]
    private let acts: [CustomerAct]
    private let standing: (words: String, tone: Tone)?
    private let visit: Visit

    package init(of id: Customer.ID, for visit: Visit) async throws {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        try await self.init(customer, for: visit)
    }

    package init(_ customer: Customer, for visit: Visit) async throws {
        var reading = CustomerReading(customer, for: visit)
        let (facts, acts) = (reading.take(CustomerFacts.self), reading.take(CustomerActs.self))
        let outlooks = reading.takeOutlooks()
        let rows = try await visit.database.batch(reading.statements)
        try await self.init(customer, facts(rows) + [outlooks(rows)], acts(rows), for: visit)
    }

    init(_ customer: Customer, _ facts: [[CustomerFact]], _ acts: [[CustomerAct]], for visit: Visit) async throws {
        (self.customer, self.visit) = (customer, visit)
        standing = try await CustomerStandings.find(of: [customer], for: visit)[customer.id]
        (self.facts, self.acts) = (facts.flatMap(\.self), acts.flatMap(\.self))
    }

    private var reader: Reader { visit.reader }
    private var path: String { customer.panelPath }

    package var body: Markup {
        CustomersFrom.crumb(for: visit) ?? Crumb(CustomerRow.list(for: visit), visit: visit)
        header(.class("customer-head")) {
            div {
                h1 { customer.name }
                p(.class("subject")) {
                    span(.class("number")) {
                        CustomerWords.number.text(for: reader, .text("number", "\(customer.number)"))
                    }
                    if let standing {
                        span(.class("state"), .data("tone", standing.tone.rawValue)) { standing.words }
                    } else {
                        StateMark(customer.state, for: reader)
                    }
                    for fact in facts { view(of: fact) }
                    if !customer.phone.isEmpty { PhoneLinks(customer.phone, visit: visit) }
                }
            }
            if !acts.isEmpty || visit.mayAct(with: .customersWrite) || !customer.phone.isEmpty { buttons }
        }
        nav(.class("page-tabs"), .aria("label", CustomerWords.tabs.text(for: reader, .name(customer.name)))) {
            for tab in visit.catalogue.customerTabs where visit.may(tab.permission) {
                link(to: path + tab.path, tab.words)
            }
        }
    }

    private func view(of fact: CustomerFact) -> Markup {
        let content = Markup.group([.text("\(fact.name) "), strong { fact.value }])
        return span(.class("fact"), .data("tone", fact.tone.rawValue)) {
            if let path = fact.path { a(.href(path)) { content } } else { content }
        }
    }

    private var buttons: Markup {
        nav(.class("customer-acts"), .aria("label", CustomerWords.acts.text(for: reader, .name(customer.name)))) {
            for act in acts { button(for: act) }
            if visit.mayAct(with: .customersWrite) {
                button(for: CustomerAct(CustomerWords.edit.text(for: reader), at: "\(path)/edit", icon: .edit))
            }
            // On a phone these are in the bottom bar instead.
            if let phone = Phone(e164: customer.phone) {
                a(.class("button on-phone"), .href("https://wa.me/\(phone.e164.dropFirst())"), .rel("noopener")) {
                    "WhatsApp"
                }
                a(
                    .class("button on-phone"), .href("tel:\(phone.e164)"),
                    .aria("label", CustomerWords.call.text(for: reader))
                ) { Icon.phone }
            }
        }
    }

    private func button(for act: CustomerAct) -> Markup {
        let style =
            switch act.style {
            case .primary: "button primary"
            case .danger: "button danger"
            case .plain: "button"
            }
        return a(
            .class(style), .href(act.path), act.key.map { .data("press", $0) } ?? .absent,
            .when(act.isAsked, .data("dialog", ""))
        ) {
            if let icon = act.icon { icon }
            span { act.text }
        }
    }

    private func link(to path: String, _ words: Message) -> Markup {
        let target = visit.request.rawTarget
        let isHere = target == path || target.hasPrefix(path + "?")
        return a(.href(path), .when(isHere, .aria("current", "page"))) { words.text(for: reader) }
    }
}

/// A telephone number with links to call, to write by WhatsApp and to copy.
struct PhoneLinks: View {
    private let stored: String
    private let visit: Visit

    init(_ stored: String, visit: Visit) { (self.stored, self.visit) = (stored, visit) }

    var body: Markup {
        let reader = visit.reader
        let text = Phone.text(of: stored, in: visit.tenant.region)
        span(.class("phone")) {
            a(.href("tel:\(stored.filter { $0 != " " })")) { text }
            if let phone = Phone(e164: stored) {
                a(.href("https://wa.me/\(phone.e164.dropFirst())"), .rel("noopener"), .target("_blank")) { "WhatsApp" }
            }
            button(.type("button"), .class("bare"), .data("copy", text), .hidden()) {
                CustomerWords.copy.text(for: reader)
            }
        }
    }
}

extension Customer {
    package var panelPath: String { "\(Customer.list.path)/\(id)" }
}
