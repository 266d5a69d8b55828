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

/// A customer's account on their pages.
enum CustomerAccount {
    static let parts: [any RoomPart] = [
        CustomerFacts(
            10, for: .accountsView,
            reading: { visit, customer in
                [
                    visit.database.balanceStatement(of: customer.id, in: visit.tenant.currency),
                    """
                    SELECT coalesce(\(visit.database.oldestDue(of: "\(customer.id)", in: visit.tenant.currency))
                        < \(visit.tenant.timeZone.day(at: visit.now)), false) AS is_overdue
                    """,
                ]
            },
            { rows, visit, customer in
                let balance = try CustomerBalance(rows[0], visit.tenant.currency).balance
                let isOverdue: Bool = try rows[1].first?.read("is_overdue") ?? false
                return [
                    CustomerFact(
                        LedgerWords.balance.text(for: visit.reader), balance.ledgerText(for: visit.reader),
                        isOverdue ? .bad : balance.isNegative ? .good : .quiet,
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
        CustomerColumns(
            10, for: .accountsView,
            [
                .init("debt", .money(isRequired: true), LedgerWords.owes.message, "coalesce(a.balance, 0)", tone: tone),
                .init("due_on", .day, LedgerWords.oldestDue.message, "a.since", tone: tone),
            ],
            order: .init(of: "debt") { visit in
                """
                SELECT b.customer_id AS owner, b.balance AS figure FROM customer_balances b
                WHERE b.tenant_id = \(visit.database.tenant) AND b.currency = \(visit.tenant.currency.rawValue)
                """
            }
        ) { visit in
            let (database, currency) = (visit.database, visit.tenant.currency)
            return """
                LEFT JOIN LATERAL (
                    SELECT b.balance, d.since, d.since < \(visit.tenant.timeZone.day(at: visit.now)) AS is_overdue
                    FROM customer_balances b
                    CROSS JOIN LATERAL (SELECT \(database.oldestDue(of: "b.customer_id", in: currency)) AS since) d
                    WHERE b.tenant_id = \(database.tenant) AND b.customer_id = c.customer_id
                        AND b.currency = \(currency.rawValue)) a ON true
                """
        },
    ]

    /// Red means overdue, not merely owed.
    private static let tone: SQL = "CASE WHEN a.is_overdue THEN 'bad' WHEN a.balance < 0 THEN 'good' ELSE '' END"
}

extension TenantDatabase {
    /// The due day of the oldest open charge; NULL without any.
    fileprivate func oldestDue(of customer: SQL, in currency: Currency) -> SQL {
        """
        (SELECT min(g.due_on) FROM ledger_charges g
            WHERE g.tenant_id = \(tenant) AND g.customer_id = \(customer) AND g.currency = \(currency.rawValue)
                AND g.open > 0)
        """
    }
}

// The portal's first information to the customer.
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

/// The balance, and the oldest open charge.
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
