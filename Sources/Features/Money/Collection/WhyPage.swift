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

/// A decision's figures.
struct WhyFacts: View {
    let decision: Decision
    let reader: Reader

    var body: Markup {
        dl(.class("facts")) {
            for (words, value) in facts {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
        if let next = decision.foreseen {
            p {
                CollectionWords.waits.text(
                    for: reader, .text("stage", next.stage.text(for: reader)),
                    .text("day", next.day.text(.long, for: reader)))
            }
        }
    }

    private var facts: [(CollectionWords, String)] {
        var facts: [(CollectionWords, String)] = [
            (.owed, decision.owed.exactText(for: reader)), (.overdue, decision.overdue.exactText(for: reader)),
        ]
        if let since = decision.oldestDue { facts.append((.since, since.text(.short, for: reader))) }
        if decision.facts.state == .cut {
            facts.append((.fee, decision.toReconnect.fee.exactText(for: reader)))
            facts.append((.total, decision.toReconnect.total.exactText(for: reader)))
        }
        return facts
    }
}

struct WhyPage: View {
    let service: Service
    let customer: Customer
    let decision: Decision
    let steps: [CollectionStep]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(customer.name, path: "/panel/customers/\(customer.id)/collection")
        PageHeading(CollectionWords.whyTitle.text(for: reader, .name("\(service.planName) (\(service.number))")))
        form(.class("filter"), .method(.get), .action("/panel/services/\(service.id)/why")) {
            FormField(CollectionWords.whyDay.text(for: reader), name: "day") { wiring in
                input(wiring, .type("date"), .value(decision.day.iso))
            }
            button(.type("submit")) { CollectionWords.look.text(for: reader) }
        }
        section(.class("card")) {
            h2 { CollectionWords.decision.text(for: reader) }
            p {
                span(.class("state"), .data("tone", decision.cause.tone.rawValue)) { decision.cause.text(for: reader) }
            }
            if !decision.steps.isEmpty {
                p {
                    decision.steps.map { $0.text(in: decision.facts.currency, for: reader) }.joined(separator: ", ")
                }
            }
            WhyFacts(decision: decision, reader: reader)
        }
        inputs
        if !steps.isEmpty {
            h2 { CollectionWords.history.text(for: reader) }
            StepTable(
                steps: steps, title: CollectionWords.history.text(for: reader), showsCustomer: false, visit: visit)
        }
    }

    private var inputs: Markup {
        section(.class("card")) {
            h2 { CollectionWords.inputs.text(for: reader) }
            dl(.class("facts")) {
                for (words, value) in given {
                    div {
                        dt { words.text(for: reader) }
                        dd { value }
                    }
                }
            }
            if !decision.facts.charges.isEmpty {
                h3 { CollectionWords.charges.text(for: reader) }
                ul(.class("plain lines")) {
                    for charge in decision.facts.charges.prefix(50) {
                        li {
                            span { charge.day.text(.short, for: reader) }
                            span {
                                CollectionWords.due.text(
                                    for: reader, .text("day", charge.due.text(.short, for: reader)))
                            }
                            span(.class("figures")) {
                                Money(minor: charge.open, decision.facts.currency).exactText(for: reader)
                            }
                        }
                    }
                }
                p { a(.href("/panel/customers/\(customer.id)/account")) { CollectionWords.owed.text(for: reader) } }
            }
        }
    }

    private var given: [(CollectionWords, String)] {
        let (facts, rules) = (decision.facts, decision.policy.rules)
        func yes(_ isSo: Bool) -> String { (isSo ? CollectionWords.yes : .no).text(for: reader) }
        var given: [(CollectionWords, String)] = [
            (.service, facts.state.text(for: reader)), (.planCollected, yes(facts.isCollected)),
            (.rule, CollectionWords.version.text(for: reader, .number("number", decision.policy.version))),
            (.hour, "\(rules.hour):00"),
            (
                .promise,
                facts.promise.map {
                    "\(Money(minor: $0.amount, facts.currency).exactText(for: reader)), \($0.until.text(.short, for: reader))"
                } ?? CollectionWords.no.text(for: reader)
            ),
            (
                .holds,
                decision.holds.isEmpty
                    ? CollectionWords.no.text(for: reader) : decision.holds.map(\.reason).joined(separator: ", ")
            ),
            (
                .strikes,
                CollectionWords.strikeCount.text(
                    for: reader, .number("number", decision.strikes.count), .number("most", rules.strikes))
            ),
        ]
        if let through = facts.prepaid?.through { given.append((.prepaidThrough, through.text(.short, for: reader))) }
        for stage in Stage.allCases {
            guard let day = decision.endDay(of: stage) ?? decision.day(of: stage) else { continue }
            given.append((stage.words, day.text(.short, for: reader)))
        }
        return given
    }
}

extension Stage {
    fileprivate var words: CollectionWords {
        switch self {
        case .notice: .stageNotice
        case .reminder: .stageReminder
        case .warning: .stageWarning
        case .cut: .stageCut
        }
    }
}
