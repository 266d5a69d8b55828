import Access
import BankAccounts
import BankStatements
import Declarations
import Events
import HTML
import Locale
import Nouns
import Panel
import Payments
import Search
import Spreadsheets
import Tenancy
import Time

/// Lo que dice una línea.
struct LineFacts: View {
    let line: BankLine
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let facts: [(BankFileWords, String)] = [
            (.day, line.day.text(.long, for: reader)), (.amount, line.amount.exactText(for: reader)),
            (.description, line.statement.description), (.reference, line.statement.reference),
            (.payer, line.statement.payer), (.payerAccount, line.statement.payerAccount),
            (.evidence, line.match.evidence?.text(for: reader) ?? ""), (.customer, line.customerName),
            (.payment, line.folio), (.reason, line.reason), (.decider, line.decider),
        ]
        dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }
}

/// Candidates for a line, each with a button.
struct CandidateList: View {
    let line: BankLine
    let candidates: [Candidate]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        ul(.class("plain service-rows")) {
            for candidate in candidates {
                li {
                    span {
                        a(.href("/panel/customers/\(candidate.customer)")) { "\(candidate.name) (\(candidate.number))" }
                        " "
                        small { reasons(of: candidate) }
                    }
                    if visit.mayAct(with: .bankFilesAssign) {
                        AssignButton(
                            line: line, customer: "\(candidate.customer)", name: candidate.name,
                            payment: candidate.payment.map { "\($0.payment)" }, visit: visit)
                    }
                }
            }
        }
    }

    private func reasons(of candidate: Candidate) -> String {
        let words = candidate.reasons.map { reason -> String in
            switch reason {
            case .reference: LineEvidence.reference.text(for: reader)
            case .alias: LineEvidence.alias.text(for: reader)
            case .payment: BankFileWords.samePayment.text(for: reader)
            case .amount: BankFileWords.sameAmount.text(for: reader)
            case .name: BankFileWords.sameName.text(for: reader)
            }
        }
        let owes =
            candidate.owed.isZero
            ? BankFileWords.owesNothing.text(for: reader)
            : BankFileWords.owes.text(for: reader, .text("amount", candidate.owed.exactText(for: reader)))
        return (words + [owes]).joined(separator: " · ")
    }
}

private struct AssignButton: View {
    let line: BankLine
    let customer: String
    let name: String
    var payment: String?
    let visit: Visit

    var body: Markup {
        form(.class("inline"), .method(.post), .action("\(line.panelPath)/assign")) {
            input(.type("hidden"), .name("customer"), .value(customer))
            if let payment { input(.type("hidden"), .name("payment"), .value(payment)) }
            button(.type("submit"), .aria("label", BankFileWords.assignTo.text(for: visit.reader, .name(name)))) {
                (payment == nil ? BankFileWords.assign : .confirmPayment).text(for: visit.reader)
            }
        }
    }
}

/// Por identificar: each line with the best candidates.
struct QueuePage: View {
    let lines: [BankLine]
    let candidates: [BankLine.ID: [Candidate]]
    let isFirst: Bool
    let hasMore: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(BankFileWords.files.text(for: reader), path: BankFile.list.path)
        PageHeading(BankFileWords.queue.text(for: reader))
        p(.class("hint lead")) { BankFileWords.queueIntro.text(for: reader) }
        LivingList {
            if lines.isEmpty {
                EmptyState(.check, BankFileWords.nothingWaits.text(for: reader))
            } else {
                ul(.class("cards")) { for line in lines { card(line) } }
                Pager(
                    first: isFirst ? nil : BankFileRoutes.queue,
                    next: hasMore
                        ? lines.last.map { "\(BankFileRoutes.queue)?day=\($0.day.iso)&after=\($0.id)" } : nil,
                    reader: reader)
            }
        }
    }

    private func card(_ line: BankLine) -> Markup {
        let about = [line.statement.payer, line.statement.description, line.statement.reference]
        let own = candidates[line.id] ?? []
        return li(.class("card")) {
            p {
                strong { line.amount.exactText(for: reader) }
                " · \(line.day.text(.short, for: reader))"
            }
            p { about.filter { !$0.isEmpty }.joined(separator: " · ") }
            if let doubt = line.match.doubt { p(.class("hint")) { doubt.text(for: reader) } }
            CandidateList(line: line, candidates: own, visit: visit)
            div(.class("acts")) {
                a(.class("button"), .href(line.panelPath)) {
                    (own.isEmpty ? BankFileWords.search : .searchOther).text(for: reader)
                }
                if visit.mayAct(with: .bankFilesAssign) {
                    a(.class("button"), .href("\(line.panelPath)/dismiss"), .data("dialog", "")) {
                        BankFileWords.dismiss.text(for: reader)
                    }
                }
            }
        }
    }
}

/// A line: its data, its customer or candidates, and a search.
struct BankLinePage: View {
    let line: BankLine
    let candidates: [Candidate]
    let text: String
    let hits: [SearchHit]
    let isOpen: Bool
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(
            BankFileWords.fileNumber.text(for: reader, .text("number", "\(line.fileNumber)")),
            path: "\(BankFile.list.path)/\(line.file)")
        PageHeading(line.amount.exactText(for: reader)) { acts }
        p(.class("subject")) { StateMark(line.state, for: reader) }
        if let fault { p(.class("notice notice-bad"), .role("alert")) { fault.text(for: reader) } }
        if let doubt = line.match.doubt { p(.class("notice notice-warn")) { doubt.text(for: reader) } }
        LineFacts(line: line, visit: visit)
        if isOpen {
            if !candidates.isEmpty {
                section(.class("card")) {
                    h2 { BankFileWords.candidates.text(for: reader) }
                    CandidateList(line: line, candidates: candidates, visit: visit)
                }
            }
            search
        }
    }

    @MarkupBuilder private var acts: Markup {
        if let payment = line.match.payment, line.state == .applied, visit.may(.paymentsView) {
            a(.class("button"), .href("/panel/payments/\(payment)")) { BankFileWords.seePayment.text(for: reader) }
        }
        if isOpen {
            a(.class("button"), .href("\(line.panelPath)/dismiss"), .data("dialog", "")) {
                BankFileWords.dismiss.text(for: reader)
            }
        }
        if line.state == .dismissed, line.isHeld, visit.mayAct(with: .bankFilesAssign) {
            form(.class("inline"), .method(.post), .action("\(line.panelPath)/recall")) {
                button(.type("submit")) { BankFileWords.recall.text(for: reader) }
            }
        }
    }

    private var search: Markup {
        section(.class("card")) {
            h2 { BankFileWords.search.text(for: reader) }
            form(.method(.get), .action(line.panelPath), .role("search")) {
                FormField(BankFileWords.customer.text(for: reader), name: "q") { wiring in
                    input(wiring, .type("search"), .value(text), .maxlength(100), .autocomplete("off"))
                }
                button(.type("submit")) { BankFileWords.find.text(for: reader) }
            }
            if hits.isEmpty, !text.isEmpty { p(.class("hint")) { BankFileWords.nobodyFound.text(for: reader) } }
            ul(.class("plain service-rows")) {
                for hit in hits {
                    li {
                        span {
                            hit.title
                            " "
                            small { hit.detail }
                        }
                        AssignButton(line: line, customer: "\(hit.id)", name: hit.title, visit: visit)
                    }
                }
            }
        }
    }
}

/// No es de un cliente, y por qué.
struct DismissPage: View {
    let line: BankLine
    let fault: BankFileRefusal?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { BankFileWords.dismiss.text(for: reader) }
        if visit.mayAct(with: .bankFilesAssign) {
            form(.class("card form"), .method(.post), .action("\(line.panelPath)/dismiss")) {
                p { "\(line.amount.exactText(for: reader)) · \(line.day.text(.short, for: reader)) · \(line.title)" }
                FormField(
                    BankFileWords.reason.text(for: reader), name: "reason",
                    hint: BankFileWords.dismissHint.text(for: reader), error: fault?.message.text(for: reader)
                ) { wiring in
                    input(wiring, .required(), .maxlength(300), .autocomplete("off"), .autofocus())
                }
                div(.class("form-acts")) {
                    a(.class("button"), .href(line.panelPath)) { NounWords.cancel.text(for: reader) }
                    button(.type("submit"), .class("primary")) { BankFileWords.dismiss.text(for: reader) }
                }
            }
        }
    }
}

/// Confirms forgetting a known payer.
struct AliasPage: View {
    let alias: PayerAlias
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(PayerAlias.list, visit: visit)
        h1 { alias.shown }
        dl(.class("facts card")) {
            div {
                dt { BankFileWords.customer.text(for: reader) }
                dd { a(.href("/panel/customers/\(alias.customer)")) { alias.customerName } }
            }
            div {
                dt { BankFileWords.author.text(for: reader) }
                dd { "\(alias.author) · \(alias.madeAt.text(.short, in: visit.tenant.timeZone, for: reader))" }
            }
        }
        if visit.mayAct(with: .bankFilesAssign) {
            form(.class("card"), .method(.post), .action("\(PayerAlias.list.path)/\(alias.id)/forget")) {
                p(.class("hint")) { BankFileWords.forgetText.text(for: reader) }
                button(.type("submit"), .class("danger")) { BankFileWords.forget.text(for: reader) }
            }
        }
    }
}
