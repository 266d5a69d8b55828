import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

struct PromiseLine: View {
    let promise: PaymentPromise
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        span {
            StateMark(promise.state, for: reader)
            " \(promise.amount.exactText(for: reader)) · \(promise.until.text(.short, for: reader)) · \(promise.author)"
            if promise.isBySubscriber { " (\(CollectionWords.bySubscriber.text(for: reader)))" }
            if !promise.note.isEmpty { " · \(promise.note)" }
        }
        if promise.state == .open, visit.mayAct(with: .collectionPromise) {
            a(.class("button"), .href("/panel/promises/\(promise.id)/cancel"), .data("dialog", "")) {
                CollectionWords.cancelPromise.text(for: reader)
            }
        }
    }
}

struct NewPromisePage: View {
    let customer: Customer
    let form: NounForm<NewPromise>
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let path = "/panel/customers/\(customer.id)"
        Crumb(customer.name, path: "\(path)/collection")
        h1 { CollectionWords.promiseOf.text(for: reader, .name(customer.name)) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/promises")) {
            ErrorSummary(
                CollectionWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text(for: reader)) })
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            NounFields(form, isNew: true, for: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href("\(path)/collection")) { CollectionWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { CollectionWords.newPromise.text(for: reader) }
            }
        }
    }
}

struct PromisesPage: View {
    let promises: [PaymentPromise]
    let state: PaymentPromise.State?
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private static let path = "/panel/promises"

    var body: Markup {
        PageHeading(CollectionWords.promises.text(for: reader))
        FilterBar(Self.path, button: CollectionWords.filter.text(for: reader)) {
            FormField(CollectionWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { CollectionWords.every.text(for: reader) }
                    for known in PaymentPromise.State.allCases {
                        option(.value(known.rawValue), .selected(known == state)) { known.text(for: reader) }
                    }
                }
            }
        }
        LivingList {
            if promises.isEmpty {
                EmptyState(.calendar, CollectionWords.noPromises.text(for: reader))
            } else {
                table
                let filter = Fields(["state": state?.rawValue]).query(of: Self.path)
                let next =
                    promises.count > 50
                    ? Fields(["state": state?.rawValue, "before": "\(promises[49].number)"]).query(of: Self.path) : nil
                Pager(first: isFirst ? nil : filter, next: next, reader: reader)
            }
        }
    }

    private var table: Markup {
        let title = CollectionWords.promises.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [CollectionWords.customer, .state, .amount, .until, .author] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for promise in promises.prefix(50) {
                        tr {
                            td(.class("name")) {
                                a(.href("/panel/customers/\(promise.customer)/collection")) { promise.customerName }
                            }
                            td { StateMark(promise.state, for: reader) }
                            td(.class("figures"), .data("label", CollectionWords.amount.text(for: reader))) {
                                promise.amount.exactText(for: reader)
                            }
                            td(.data("label", CollectionWords.until.text(for: reader))) {
                                promise.until.text(.short, for: reader)
                            }
                            td(.data("label", CollectionWords.author.text(for: reader))) { promise.author }
                        }
                    }
                }
            }
        }
    }
}
