import Access
import Customers
import Declarations
import Events
import HTML
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Tenancy
import Time

/// Cash that somebody took on a day while they had no shift open: it stands in no close until they take it into one.
struct LooseCash: Sendable, Equatable {
    let payment: Payment.ID
    let account: Customer.ID
    let folio: String
    let customer: String
    let amount: Money

    /// In the form by which cash is taken.
    static let part = TakingPart(10) { visit in try await visit.warningWithoutShift() }
}

extension ShiftActs {
    /// What the keeper took on the day without a shift is in this one from now on.
    func takeIn(
        _ id: Shift.ID, on day: Day, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let shift = try await openShift(id, by: principal, in: database)
            let cash = try await database.cashMethods(of: tenant)
            func loose() async throws -> [LooseCash] {
                try await database.looseCash(
                    of: shift.keeperID, on: day, by: cash, in: shift.currency, limit: Self.mostLoose)
            }
            // Nobody undoes one of them meanwhile: it would go out of no drawer.
            for account in Set(try await loose().map(\.account)).sorted(by: { $0.uuid < $1.uuid }) {
                try await database.holdPayments(of: account)
            }
            let found = try await loose()
            var sales: [LooseSale] = []
            for part in principal.catalogue.parts(OtherCash.self) {
                for sale in try await part.loose(shift.keeperID, day, tenant, database)
                where sale.amount.currency == shift.currency {
                    if try await part.takeIn(sale, id, database) { sales.append(sale) }
                }
            }
            guard !found.isEmpty || !sales.isEmpty else { return }
            for one in found {
                try await database.append(
                    .payment, one.amount, payment: one.payment.uuid, to: id, by: principal.actor.name,
                    at: principal.now)
            }
            for sale in sales {
                try await database.append(
                    .sale, sale.amount, note: String(sale.title.prefix(300)), to: id, by: principal.actor.name,
                    at: principal.now)
            }
            let taken = (found.map(\.folio) + sales.map(\.title)).joined(separator: ", ")
            try await database.record(
                Act(.cashTakenIn, shift.subject, after: shift.details + [Act.Detail("payments", taken)]),
                by: principal.actor, at: principal.now)
        }
    }

    static let mostLoose = 200
}

extension TenantDatabase {
    func cashMethods(of tenant: Tenant) async throws -> [String] {
        try await paymentMethods(of: tenant).filter { $0.kind == .cash }.map(\.word)
    }

    /// The oldest first.
    func looseCash(
        of person: UUID, on day: Day, by methods: [String], in currency: Currency, limit: Int
    ) async throws(DatabaseError) -> [LooseCash] {
        try await rows(
            """
            SELECT p.payment_id, p.customer_id, p.series, p.number, p.amount, p.currency, c.name AS customer_name
            FROM payments p JOIN customers c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
            WHERE p.tenant_id = \(tenant) AND p.day = \(day) AND p.actor_id = \(person) AND p.method = ANY (\(methods))
                AND p.currency = \(currency.rawValue) AND \(isLoose)
            ORDER BY p.made_at, p.entry LIMIT \(limit)
            """)
    }

    /// By person, for whoever looks at a day.
    func looseCash(
        on day: Day, by methods: [String]
    ) async throws(DatabaseError) -> [Takings] {
        try await rows(
            """
            SELECT p.actor, p.method_name, count(*) AS count, sum(p.amount)::bigint AS sum, p.currency
            FROM payments p
            WHERE p.tenant_id = \(tenant) AND p.day = \(day) AND p.method = ANY (\(methods)) AND \(isLoose)
            GROUP BY p.actor, p.method_name, p.currency ORDER BY p.actor, sum(p.amount) DESC
            """)
    }

    /// What a subscriber claims, or waits with a picture, is in nobody's hands.
    private var isLoose: SQL {
        """
        p.state IN ('pending', 'applied')
        AND NOT EXISTS (
            SELECT FROM shift_entries e
            WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.payment_id AND e.kind = 'payment')
        AND NOT EXISTS (
            SELECT FROM payment_evidence v WHERE v.tenant_id = p.tenant_id AND v.payment_id = p.payment_id)
        """
    }
}

extension LooseCash: RowReadable {
    init(row: Row) throws(DatabaseError) {
        payment = try row.read("payment_id")
        account = try row.read("customer_id")
        let (series, number): (String, Int) = (try row.read("series"), try row.read("number"))
        folio = Payment.folio(series: series, number: number)
        customer = try row.read("customer_name")
        let minor: Int64 = try row.read("amount")
        amount = Money(minor: minor, try row.currency())
    }
}

/// On the page of one's till: what is in no shift, and the way into this one.
struct LooseCashCard: View {
    let cash: [LooseCash]
    let sales: [LooseSale]
    /// Nil before one is open.
    let shift: Shift?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if !cash.isEmpty || !sales.isEmpty {
            section(.class("card notice notice-warn"), .aria("label", CashDeskWords.loose.text(for: reader))) {
                h2 { CashDeskWords.loose.text(for: reader) }
                ul(.class("plain lines")) {
                    for one in cash {
                        li {
                            a(.href("/panel/payments/\(one.payment)")) { "\(one.folio) \(one.customer)" }
                            span(.class("figures")) { one.amount.exactText(for: reader) }
                        }
                    }
                    for sale in sales {
                        li {
                            a(.href(sale.path)) { sale.title }
                            span(.class("figures")) { sale.amount.exactText(for: reader) }
                        }
                    }
                }
                if let shift, visit.mayAct(with: .cashKeep) {
                    form(.method(.post), .action("\(shift.panelPath)/payments")) {
                        button(.type("submit"), .class("primary")) { CashDeskWords.takeIn.text(for: reader) }
                    }
                } else {
                    p(.class("hint")) { CashDeskWords.looseHint.text(for: reader) }
                }
            }
        }
    }
}
