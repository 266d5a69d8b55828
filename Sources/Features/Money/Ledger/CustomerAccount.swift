import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// What a customer's pages show of their account.
enum CustomerAccount {
    static let parts: [any RoomPart] = [
        CustomerFacts(
            10, for: .accountsView,
            reading: { visit, customer in
                [visit.database.balanceStatement(of: customer.id, in: visit.tenant.currency)]
            },
            { rows, visit, customer in
                let balance = try CustomerBalance(rows[0], visit.tenant.currency).balance
                return [
                    CustomerFact(
                        LedgerWords.balance.text(for: visit.reader), balance.ledgerText(for: visit.reader),
                        balance.isPositive ? .bad : balance.isNegative ? .good : .quiet,
                        at: "\(customer.panelPath)/account")
                ]
            }),
        CustomerCards(
            10, for: .accountsView,
            reading: { visit, customer in
                let (database, currency) = (visit.database, visit.tenant.currency)
                return [
                    database.balanceStatement(of: customer.id, in: currency),
                    database.openChargesStatement(of: customer.id, in: currency),
                ]
            },
            { rows, visit, customer in
                let card = AccountCard(
                    balance: try CustomerBalance(rows[0], visit.tenant.currency), charges: try rows[1].read(),
                    path: "\(customer.panelPath)/account", today: visit.tenant.timeZone.day(at: visit.now),
                    reader: visit.reader)
                return CustomerCard(LedgerWords.balance.text(for: visit.reader), in: .side) { card }
            }),
    ]
}

// What the customer reads first in the portal.
extension CustomerAccount {
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        let (database, currency) = (visit.database, visit.tenant.currency)
        let results = try await database.batch([
            database.balanceStatement(of: ID(customer), in: currency),
            database.openChargesStatement(of: ID(customer), in: currency),
        ])
        let card = AccountCard(
            balance: try CustomerBalance(results[0], currency), charges: try results[1].read(),
            path: "/portal/account", today: visit.tenant.timeZone.day(at: visit.now), reader: visit.reader)
        return [HomePart(.top, 20, PortalAccountCard(card: card))]
    }
}

private struct PortalAccountCard: View {
    let card: AccountCard

    var body: Markup {
        section(.class("card")) {
            h2 { LedgerWords.balance.text(for: card.reader) }
            card
        }
    }
}

/// The balance, and the oldest of what is open.
private struct AccountCard: View {
    let balance: CustomerBalance
    let charges: [Charge]
    let path: String
    let today: Day
    let reader: Reader

    private static let shown = 5

    var body: Markup {
        p(.class("large figures")) { balance.balance.ledgerText(for: reader) }
        if !charges.isEmpty {
            ul(.class("plain lines")) {
                for charge in charges.prefix(Self.shown) { li { line(charge) } }
            }
        }
        p {
            a(.href(path)) { LedgerWords.statement.text(for: reader) }
            if charges.count > Self.shown {
                span(.class("hint")) {
                    " " + LedgerWords.moreCharges.text(for: reader, .count(charges.count - Self.shown))
                }
            }
        }
    }

    @MarkupBuilder private func line(_ charge: Charge) -> Markup {
        span {
            charge.kind.words.text(for: reader)
            if !charge.note.isEmpty { " · \(charge.note)" }
            span(.class(charge.due < today ? "state" : "hint"), .when(charge.due < today, .data("tone", "bad"))) {
                " \(charge.due.text(.short, for: reader))"
            }
        }
        span(.class("figures")) { charge.open.exactText(for: reader) }
    }
}
