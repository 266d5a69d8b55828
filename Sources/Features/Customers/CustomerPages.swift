import HTML
import Locale
import Time

struct CustomerListPage: View {
    static let length = 50

    /// One more than is shown, when there are more.
    let customers: [Customer]
    let after: Int
    let reader: Reader

    var body: Markup {
        let shown = customers.prefix(Self.length)
        h1 { CustomerWords.list.text(for: reader) }
        if customers.isEmpty {
            p(.class("empty")) { (after == 0 ? CustomerWords.noneYet : .none).text(for: reader) }
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", CustomerWords.list.text(for: reader))) {
                CustomerTable(customers: shown, reader: reader)
            }
        }
        CustomerPager(next: customers.count > Self.length ? shown.last?.number : nil, after: after, reader: reader)
    }
}

struct CustomerTable: View {
    let customers: ArraySlice<Customer>
    let reader: Reader

    private static let headings: [CustomerWords] = [
        .number, .name, .phone, .address, .neighbourhood, .state, .since,
    ]

    var body: Markup {
        // Looked up once, not in each row.
        let states = Customer.State.allCases
        let stateTexts = states.map { $0.words.text(for: reader) }
        table {
            caption { CustomerWords.list.text(for: reader) }
            thead { tr { for heading in Self.headings { th(.scope("col")) { heading.text(for: reader) } } } }
            tbody {
                rows(of: customers) { [reader] customer, row in
                    row.cell(customer.number, .class("number"))
                    row.link(customer.name, to: "/panel/customers/\(customer.id)")
                    row.cell(customer.phone)
                    row.cell(customer.address)
                    row.cell(customer.neighbourhood)
                    let state = customer.state
                    let text = states.firstIndex(of: state).map { stateTexts[$0] } ?? ""
                    row.cell(text, .class("state"), .data("state", state.rawValue))
                    row.cell(customer.since.text(.short, for: reader))
                }
            }
        }
    }
}

struct CustomerPager: View {
    let next: Int?
    let after: Int
    let reader: Reader

    var body: Markup {
        div(.class("pager")) {
            if after > 0 { a(.href("/panel/customers")) { CustomerWords.first.text(for: reader) } }
            if let next {
                a(.class("button"), .href("/panel/customers?after=\(next)"), .rel("next")) {
                    CustomerWords.next.text(for: reader)
                }
            }
        }
    }
}
