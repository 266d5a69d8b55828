import HTML
import Locale
import Panel

/// A company's bills and postings.
package struct AccountTables: View {
    let account: PlatformAccount
    let paper: @Sendable (PlatformPosting.ID) -> String
    /// The act that undoes a posting, for those who may.
    let undoing: (@Sendable (PlatformPosting) -> (text: String, path: String)?)?
    let reader: Reader

    package init(
        _ account: PlatformAccount, paper: @escaping @Sendable (PlatformPosting.ID) -> String,
        undoing: (@Sendable (PlatformPosting) -> (text: String, path: String)?)? = nil, reader: Reader
    ) {
        self.account = account
        self.paper = paper
        self.undoing = undoing
        self.reader = reader
    }

    package var body: Markup {
        h2 { "\(BillingWords.bills.text(for: reader)) · \(account.currency.code)" }
        if account.bills.isEmpty {
            p { BillingWords.noBills.text(for: reader) }
        } else {
            BillingTable(
                "\(BillingWords.bills.text(for: reader)) (\(account.currency.code))",
                headings: [.number, .period, .amount, .left, .dueOn, .state], rows: account.bills.reversed().map(row),
                reader: reader)
        }
        h2 { "\(BillingWords.movements.text(for: reader)) · \(account.currency.code)" }
        BillingTable(
            "\(BillingWords.movements.text(for: reader)) (\(account.currency.code))",
            headings: [.day, .what, .charge, .credit, .balance], rows: account.lines.reversed().map(row),
            reader: reader)
    }

    private func row(of standing: PlatformAccount.Standing) -> Markup {
        let bill = standing.bill
        return tr {
            td {
                a(.href(paper(standing.posting.id)), .aria("label", "\(bill.name(for: reader)), PDF")) {
                    bill.name(for: reader)
                }
                if standing.state != .annulled { undo(standing.posting) }
            }
            td {
                bill.period.text(for: reader)
                span(.class("hint")) { " \(bill.plan)" }
            }
            cell(.amount, standing.posting.amount.exactText(for: reader))
            cell(.left, standing.left.exactText(for: reader))
            cell(.dueOn, bill.dueOn.text(.short, for: reader))
            td { span(.class("state"), .data("state", standing.state.mark)) { standing.state.words.text(for: reader) } }
        }
    }

    private func row(of line: PlatformAccount.Line) -> Markup {
        let posting = line.posting
        let amount = posting.amount.exactText(for: reader)
        let isCharge = posting.kind.accounts.debit == .receivable
        return tr {
            cell(.day, posting.day.text(.short, for: reader))
            td {
                posting.name(for: reader)
                if line.isUndone { span(.class("mark")) { BillingWords.undone.text(for: reader) } }
                if !note(of: posting).isEmpty { span(.class("hint")) { " \(note(of: posting))" } }
                if posting.kind == .payment, !line.isUndone { undo(posting) }
            }
            cell(.charge, isCharge ? amount : "–")
            cell(.credit, isCharge ? "–" : amount)
            cell(.balance, line.balance.balanceText(for: reader))
        }
    }

    private func note(of posting: PlatformPosting) -> String {
        if posting.reverses != nil {
            return BillingWords.reasonOf.text(for: reader, .text("reason", posting.note))
        }
        return [posting.method?.words.text(for: reader) ?? "", posting.note].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    private func undo(_ posting: PlatformPosting) -> Markup {
        guard let (text, path) = undoing?(posting) else { return .nothing }
        return div { a(.class("danger"), .href(path), .data("dialog", "")) { text } }
    }

    private func cell(_ words: BillingWords, _ text: String) -> Markup {
        td {
            span(.class("figure-name")) { "\(words.text(for: reader)): " }
            text
        }
    }
}

/// A captioned table that scrolls on its own.
struct BillingTable: View {
    let label: String
    let headings: [BillingWords]
    let rows: [Markup]
    let reader: Reader

    init(_ label: String, headings: [BillingWords], rows: [Markup], reader: Reader) {
        self.label = label
        self.headings = headings
        self.rows = rows
        self.reader = reader
    }

    var body: Markup {
        div(.class("table prose"), .role("region"), .tabindex(0), .aria("label", label)) {
            table {
                caption { label }
                thead { tr { for heading in headings { th(.scope("col")) { heading.text(for: reader) } } } }
                tbody { for row in rows { row } }
            }
        }
    }
}
