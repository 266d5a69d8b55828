import Access
import HTML
import HTTP
import Identifiers
import Locale
import Panel

/// What stands above every page about a customer: who it is, and what else there is about them.
package struct CustomerHeading: View {
    private let customer: Customer.ID
    private let number: Int
    private let name: String
    private let state: Customer.State
    private let visit: Visit

    package init(_ customer: Customer.ID, number: Int, name: String, state: Customer.State, visit: Visit) {
        self.customer = customer
        self.number = number
        self.name = name
        self.state = state
        self.visit = visit
    }

    private var reader: Reader { visit.reader }
    private var path: String { "\(CustomerList.path)/\(customer)" }

    package var body: Markup {
        Crumb(CustomerWords.list.text(for: reader), path: CustomerList.path)
        PageHeading(name) {
            if visit.mayAct(with: .customersWrite) {
                a(.class("button"), .href("\(path)/edit")) {
                    Icon.edit
                    span { CustomerWords.edit.text(for: reader) }
                }
            }
        }
        p(.class("subject")) {
            span(.class("number")) { "\(CustomerWords.number.text(for: reader)) \(number)" }
            span(.class("state"), .data("state", state.rawValue)) { state.words.text(for: reader) }
        }
        nav(.class("page-tabs"), .aria("label", CustomerWords.tabs.text(for: reader, .name(name)))) {
            tab(.record, path)
            tab(.contact, "\(path)/portal")
            if visit.may(.contractsView) { tab(.contracts, "\(path)/contracts") }
        }
    }

    private func tab(_ words: CustomerWords, _ path: String) -> Markup {
        let target = visit.request.rawTarget
        let isHere = target == path || target.hasPrefix(path + "?")
        return a(.href(path), .when(isHere, .aria("current", "page"))) { words.text(for: reader) }
    }
}
