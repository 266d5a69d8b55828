import HTML
import Locale
import Postgres
import Tenancy

/// How to pay by transfer: the accounts and the customer's payment reference, in the same words on invoices, in the
/// portal and in messages. Empty while the company shows no account.
package struct HowToPay: Sendable, View {
    package typealias Line = (name: String, value: String)

    private let accounts: [BankAccount]
    private let number: Int
    private let reader: Reader

    /// `number` is the customer's.
    package init(_ accounts: [BankAccount], number: Int, for reader: Reader) {
        (self.accounts, self.number, self.reader) = (accounts, number, reader)
    }

    package var title: String { BankAccountWords.howToPay.text(for: reader) }
    package var hint: String { BankAccountWords.referenceHint.text(for: reader) }

    package var reference: Line {
        (BankAccountWords.reference.text(for: reader), PaymentReference(of: number).text)
    }

    /// For each account, its bank and holder first.
    package var lines: [[Line]] {
        accounts.map { account in
            let numbers: [Line] = account.numbers(in: reader.region, for: reader).map { ($0.name, $0.number) }
            let note: [Line] =
                account.note.isEmpty ? [] : [(BankAccountWords.note.text(for: reader), account.note)]
            return [(account.bank, account.holder)] + numbers + note
        }
    }

    /// A line for each account and one for the reference.
    package var text: String {
        guard !accounts.isEmpty else { return "" }
        let places = accounts.map { $0.text(in: reader.region, for: reader) }
        return (places + ["\(reference.name): \(reference.value)"]).joined(separator: "\n")
    }

    package var body: Markup {
        if !accounts.isEmpty {
            section(.class("card")) {
                h2 { title }
                dl(.class("facts")) {
                    div {
                        dt { reference.name }
                        dd { strong { reference.value } }
                    }
                }
                p(.class("hint")) { hint }
                for account in lines {
                    dl(.class("facts")) {
                        for (name, value) in account {
                            div {
                                dt { name }
                                dd { value }
                            }
                        }
                    }
                }
            }
        }
    }
}
