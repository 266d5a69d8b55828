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

struct CustomerCollectionPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let decisions: [Decision]
    let promises: [PaymentPromise]
    let holds: [CollectionHold]
    let strikes: [Strike]
    let steps: [CollectionStep]
    let fault: (any Refusal)?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var today: Day { visit.tenant.timeZone.day(at: visit.now) }

    var body: Markup {
        heading
        h2 { CollectionWords.collection.text(for: reader) }
        if let fault { p(.class("notice notice-warn"), .role("alert")) { fault.message.text(for: reader) } }
        for decision in decisions { card(decision) }
        promiseCard
        holdCard
        if visit.may(.collectionPolicy) {
            p {
                a(.href("/panel/customers/\(customer.id)/collection/policy")) {
                    CollectionWords.policy.text(for: reader)
                }
            }
        }
        if !strikes.isEmpty { strikeCard }
        h2 { CollectionWords.history.text(for: reader) }
        if steps.isEmpty {
            p(.class("hint")) { CollectionWords.noHistory.text(for: reader) }
        } else {
            StepTable(
                steps: steps, title: CollectionWords.history.text(for: reader), showsCustomer: false, visit: visit)
        }
    }

    private func card(_ decision: Decision) -> Markup {
        section(.class("card")) {
            p {
                span(.class("state"), .data("tone", decision.cause.tone.rawValue)) { decision.cause.text(for: reader) }
            }
            WhyFacts(decision: decision, reader: reader)
            p {
                a(.class("button"), .href("/panel/services/\(decision.facts.service)/why")) {
                    CollectionWords.why.text(for: reader)
                }
            }
        }
    }

    private var promiseCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.promises.text(for: reader) }
            if !promises.isEmpty {
                ul(.class("plain lines")) {
                    for promise in promises { li { PromiseLine(promise: promise, visit: visit) } }
                }
            }
            if visit.mayAct(with: .collectionPromise), !promises.contains(where: { $0.state == .open }) {
                p {
                    a(.class("button"), .href("/panel/customers/\(customer.id)/promises/new")) {
                        CollectionWords.newPromise.text(for: reader)
                    }
                }
            }
        }
    }

    private var holdCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.holds.text(for: reader) }
            if !holds.isEmpty { ul(.class("plain lines")) { for hold in holds { li { line(hold) } } } }
            if visit.mayAct(with: .collectionHold) {
                details {
                    summary { CollectionWords.newHold.text(for: reader) }
                    HTML.form(.class("form"), .method(.post), .action("/panel/customers/\(customer.id)/holds")) {
                        p(.class("hint")) { CollectionWords.giveGrace.text(for: reader) }
                        input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                        NounFields(NounForm(new: NewHold(until: today + 7)), isNew: false, for: reader)
                        button(.type("submit"), .class("primary")) { CollectionWords.newHold.text(for: reader) }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func line(_ hold: CollectionHold) -> Markup {
        span {
            "\(hold.from.text(.short, for: reader)) – \(hold.to?.text(.short, for: reader) ?? "…") · \(hold.reason) · \(hold.author)"
        }
        if hold.endedAt == nil, hold.to.map({ $0 >= today }) ?? true, visit.mayAct(with: .collectionHold) {
            HTML.form(.method(.post), .action("/panel/holds/\(hold.id)/end")) {
                button(.type("submit")) { CollectionWords.endHold.text(for: reader) }
            }
        }
    }

    private var strikeCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.strikes.text(for: reader) }
            ul(.class("plain lines")) { for strike in strikes { li { line(strike) } } }
        }
    }

    @MarkupBuilder private func line(_ strike: Strike) -> Markup {
        span {
            a(.href("/panel/payments/\(strike.payment)")) { strike.day.text(.short, for: reader) }
            " · \(strike.reason) · \(strike.author)"
            if let by = strike.annulledBy {
                " · \(CollectionWords.annul.text(for: reader)): \(by), \(strike.annulledFor)"
            }
        }
        if strike.annulledAt == nil, visit.mayAct(with: .collectionStrikes) {
            HTML.form(.method(.post), .action("/panel/strikes/\(strike.id)/annul")) {
                label {
                    span(.class("unseen")) { CollectionWords.reason.text(for: reader) }
                    input(.name("reason"), .required(), .maxlength(300), .autocomplete("off"))
                }
                button(.type("submit")) { CollectionWords.annul.text(for: reader) }
            }
        }
    }
}
