import Access
import HTML
import HTTP
import Identifiers
import Locale
import Panel
import Tenancy
import Time

/// A statement for staff and subscribers, on screen and on paper.
struct StatementView: View {
    let statement: Statement
    let period: StatementPeriod
    /// The page's path, for its form.
    let path: String
    /// The currencies in which the customer has an account.
    let currencies: [Currency]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        form(.class("filter"), .method(.get), .action(path)) {
            FormField(LedgerWords.from.text(for: reader), name: "from") { wiring in
                input(wiring, .type("date"), .value(period.from.iso))
            }
            FormField(LedgerWords.to.text(for: reader), name: "to") { wiring in
                input(wiring, .type("date"), .value(period.to.iso))
            }
            FormField(LedgerWords.asOf.text(for: reader), name: "as_of") { wiring in
                input(wiring, .type("date"), .value(period.asOf?.iso ?? ""))
            }
            if currencies.contains(where: { $0 != period.currency }) { currencyChoice }
            button(.type("submit")) { LedgerWords.show.text(for: reader) }
        }
        totals
        if statement.isCut {
            p(.class("notice")) { LedgerWords.cut.text(for: reader, .number("most", Statement.longestPage)) }
        }
        if statement.lines.isEmpty {
            p { LedgerWords.noMovements.text(for: reader) }
        } else {
            table
        }
    }

    private var currencyChoice: some View {
        FormField(LedgerWords.currency.text(for: reader), name: "currency") { wiring in
            select(wiring) {
                for currency in Currency.allCases where currency == period.currency || currencies.contains(currency) {
                    option(.value(currency.rawValue), .selected(currency == period.currency)) { currency.code }
                }
            }
        }
    }

    private var totals: Markup {
        let facts: [(LedgerWords, Money)] = [
            (.opening, statement.opening), (.charges, statement.charged), (.payments, statement.paid),
            (.balance, statement.closing), (.overdue, statement.overdue),
        ]
        return dl(.class("facts card")) {
            for (words, money) in facts {
                div {
                    dt { words.text(for: reader) }
                    dd {
                        words == .overdue || words == .charges || words == .payments
                            ? money.exactText(for: reader) : money.ledgerText(for: reader)
                    }
                }
            }
        }
    }

    private var table: Markup {
        let title = LedgerWords.movements.text(for: reader)
        return div(.class("table prose"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [LedgerWords.day, .what, .due, .charge, .payment, .balance] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { forEach(statement.lines) { [reader] line in Self.row(line, reader) } }
            }
        }
    }

    private static func row(_ line: Statement.Line, _ reader: Reader) -> Markup {
        let amount = line.change.magnitude.exactText(for: reader)
        return tr {
            cell(.day, line.day.text(.short, for: reader), reader)
            td {
                line.kind.words.text(for: reader)
                if !line.note.isEmpty { " · \(line.note)" }
                if line.isReversed {
                    span(.class("mark")) { (line.kind == .invoice ? LedgerWords.voided : .reversed).text(for: reader) }
                }
            }
            cell(.due, line.isCharge ? line.due.text(.short, for: reader) : "–", reader)
            cell(.charge, line.change.isPositive ? amount : "–", reader)
            cell(.payment, line.change.isNegative ? amount : "–", reader)
            cell(.balance, line.balance.ledgerText(for: reader), reader)
        }
    }

    private static func cell(_ words: LedgerWords, _ text: String, _ reader: Reader) -> Markup {
        td {
            span(.class("figure-name")) { "\(words.text(for: reader)): " }
            text
        }
    }
}

extension Statement.Line {
    var isCharge: Bool { change.isPositive && kind != .reversal && kind != .refund }
}

extension Money {
    /// A customer's balance; credit is named in words, without a minus.
    package func ledgerText(for reader: Reader) -> String {
        guard isNegative else { return exactText(for: reader) }
        return LedgerWords.inFavour.text(for: reader, .text("amount", magnitude.exactText(for: reader)))
    }
    /// For files: digits and a point in every language.
    var decimalText: String {
        let (whole, part) = minor.magnitude.quotientAndRemainder(dividingBy: UInt64(currency.minorPerUnit))
        let decimals = "\(part)"
        let zeros = String(repeating: "0", count: max(0, currency.minorDigits - decimals.count))
        return "\(minor < 0 ? "-" : "")\(whole)\(currency.minorDigits == 0 ? "" : ".\(zeros)\(decimals)")"
    }
}
