import Access
import Collection
import Customers
import Declarations
import Events
import Identifiers
import Invoices
import Jobs
import Ledger
import Locale
import Payments
import Plans
import Postgres
import Services
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import Demonstration

/// A company's time lived through by a worker that dies at statements which a seed chooses, between transactions and inside
/// them, and begins again with what it was doing.
final class TimeMachine: Sendable {
    private let tenant: TestTenant
    private let randomness: Randomness
    private let first: Day
    private let last: Day
    /// Of a hundred pieces of work so many are cut off.
    private let killed: Int
    private let collecting: CollectionActs
    private let till: PaymentActs
    private let story = Mutex<(kills: Int, payments: Set<Payment.ID>)>((0, []))

    private static let anchors = [1, 31, 30, 29, 15, 5]
    /// Requirement CAT-01.
    private static let plans = """
        name,price,charge,download,upload,is_collected
        Básico,300,in_advance,8M,3M,yes
        Residencial,500,in_advance,12M,4M,yes
        Profesional,800,in_advance,15M,5M,yes
        Empresarial,"1,000",in_advance,20M,8M,yes
        Socios,400,in_advance,15M,10M,
        Descuento,200,in_arrears,4M,2M,

        """

    init(_ tenant: TestTenant, seed: UInt64, from first: Day, to last: Day, killed: Int) {
        (self.tenant, self.first, self.last, self.killed) = (tenant, first, last, killed)
        randomness = Randomness(seed: seed)
        collecting = CollectionActs(randomness: randomness)
        till = PaymentActs(randomness: randomness)
    }

    var kills: Int { story.withLock(\.kills) }
    private var company: Tenant { tenant.tenant }
    private var database: TenantDatabase { tenant.database }

    /// Everybody has a service from the first day on.
    func begin(customers count: Int) async throws {
        let principal = move(to: first, .zero)
        var policy = CollectionPolicy(in: company.currency)
        (policy.isOn, policy.feeRule) = (true, .fixed)
        policy.feeAmount = Money(minor: 8000, company.currency)
        try await policy.put(of: company, by: principal, in: database)
        var settings = BillingSettings(firstDay: first)
        settings.dueDays = 6
        try await settings.put(of: company, by: principal, in: database)
        _ = try await PlanFile(Array(Self.plans.utf8), of: company, at: principal.now, from: randomness).apply(
            by: principal, in: database)
        _ = try await InventedCustomers.fill(
            upTo: count, at: principal.now, zone: company.timeZone, withMail: true, from: randomness, in: database)
        let plans = try await database.plans()
        for debtor in try await database.everybody() {
            let number = debtor.number
            guard let customer = try await database.customer(debtor.id) else { continue }
            var service = Service.blank(of: customer, for: company, at: principal.now, from: randomness)
            service.plan = plans[number % plans.count].id
            service.billingDay = Self.anchors[number / plans.count % Self.anchors.count]
            let sold = try await service.add(of: company, by: principal, in: database)
            _ = try await Activation(day: first).happen(to: sold.id, of: company, by: principal, in: database)
        }
    }

    func run() async throws {
        guard let settings = try await database.billingSettings() else { return }
        for day in first...last {
            let night = move(to: day, .seconds(1200))
            try await dying { [self] database in
                try await BillingRun(of: company, by: settings, on: day, from: randomness, batch: 7)
                    .run(by: night.actor, at: night.now, in: database)
            }
            // Before the policy's hour nothing is done.
            for hour in [8, 9] {
                let principal = move(to: day, .seconds(Int64(hour) * 3600 + 60))
                try await dying { [self] database in
                    _ = try await collecting.run(nil, of: company, as: { principal }, in: database)
                }
            }
            try await meetDebtors(on: day)
            try await lookAtThose(by: move(to: day, .seconds(20 * 3600)))
        }
    }

    private func meetDebtors(on day: Day) async throws {
        let principal = move(to: day, .seconds(12 * 3600))
        for debtor in try await database.debtors(on: day, in: company.currency) {
            switch InventedPayer(number: debtor.number, lastDay: last).deed(about: debtor.debt, on: day) {
            case .pay(let amount), .payFalsely(let amount):
                // Whoever was not answered asks again for the same.
                let payment = NewPayment(
                    id: .make(milliseconds: principal.now.milliseconds, from: randomness), customer: debtor.customer,
                    method: "cash", amount: amount, day: day)
                try await dying { [self] database in
                    _ = try await till.register(payment, of: company, by: principal, in: database)
                }
                story.withLock { _ = $0.payments.insert(payment.id) }
            case .promise(let until) where !debtor.hasPromised && until <= day + 7:
                let promise = NewPromise(amount: debtor.debt.open, until: until)
                try await dying { [self] database in
                    do {
                        _ = try await PaymentPromise.make(
                            promise, by: .staff, for: debtor.customer, of: company, by: principal, from: randomness,
                            in: database)
                    } catch PromiseRefusal.openAlready {
                        // Made by whoever died before the answer.
                    }
                }
            default: break
            }
        }
    }

    /// As the queue has it: a job is gone once it was done.
    private func lookAtThose(by principal: Principal) async throws {
        let queue = try tenant.site.test.superuser()
        let waiting = try queue.column("SELECT unique_key FROM jobs WHERE kind = '\(LookAtCustomer.kind)' ORDER BY 1")
        for customer in waiting.compactMap({ Customer.ID($0) }) {
            try await dying { [self] database in
                try await collecting.look(at: customer, of: company, by: principal, in: database)
            }
        }
        try queue.execute("DELETE FROM jobs")
    }

    private func dying(_ work: (TenantDatabase) async throws -> Void) async throws {
        while true {
            let limit = randomness.number(below: 100) < killed ? 1 + randomness.number(below: 24) : Int.max
            let passed = Mutex(0)
            let mortal = database.interrupted { () throws(DatabaseError) in
                let count = passed.withLock { count in
                    count += 1
                    return count
                }
                if count >= limit { throw .cancelled }
            }
            do {
                return try await work(mortal)
            } catch DatabaseError.cancelled {
                story.withLock { $0.kills += 1 }
                tenant.site.clock.advance(by: .milliseconds(3))
            }
        }
    }

    private func move(to day: Day, _ time: Duration) -> Principal {
        tenant.site.clock.advance(by: day.start(in: company.timeZone) + time - tenant.now)
        return tenant.commandLine
    }
}

// What must be so in the end.
extension TimeMachine {
    /// What is wrong; nothing where all is well.
    func faults() async throws -> [String] {
        let (id, currency) = (database.tenant, company.currency)
        let checks: [(what: String, count: SQL)] = [
            (
                "days of a service charged twice or not at all",
                """
                SELECT count(*) FROM (
                    SELECT from_day, lag(to_day) OVER (PARTITION BY service_id ORDER BY from_day) AS before
                    FROM billed_periods WHERE tenant_id = \(id)) p
                WHERE p.before + 1 <> p.from_day OR p.before IS NULL AND p.from_day <> \(first)
                """
            ),
            (
                "services that are not charged to the last day",
                """
                SELECT count(*) FROM services s WHERE s.tenant_id = \(id) AND NOT EXISTS (
                    SELECT FROM billed_periods p WHERE p.tenant_id = \(id) AND p.service_id = s.service_id
                        AND p.to_day >= \(last - 31))
                """
            ),
            (
                "periods that begin on another day than the service's",
                """
                SELECT count(*) FROM billed_periods p
                JOIN services s ON s.tenant_id = \(id) AND s.service_id = p.service_id
                WHERE p.tenant_id = \(id) AND extract(day FROM p.cycle_from) <> least(
                    s.billing_day, extract(day FROM date_trunc('month', p.cycle_from) + interval '1 month - 1 day'))
                """
            ),
            (
                "periods with another number of invoices than one",
                """
                SELECT count(*) FROM billed_periods p WHERE p.tenant_id = \(id) AND 1 <> (
                    SELECT count(*) FROM invoice_lines l WHERE l.tenant_id = \(id) AND l.service_id = p.service_id
                        AND l.billed_from = p.from_day AND l.kind = 'plan')
                """
            ),
            (
                "numbers of invoices missing or given twice",
                "SELECT coalesce(max(number), 0) - count(*) FROM invoices WHERE tenant_id = \(id) AND series = 'F'"
            ),
            (
                "numbers of receipts missing or given twice",
                "SELECT coalesce(max(number), 0) - count(*) FROM payments WHERE tenant_id = \(id)"
            ),
            (
                "stages on another day than theirs, where nobody had promised",
                """
                SELECT count(*) FROM collection_steps d WHERE d.tenant_id = \(id) AND extract(day FROM d.day) <>
                    CASE d.stage WHEN 'notice' THEN 1 WHEN 'reminder' THEN 3 WHEN 'warning' THEN 7 WHEN 'cut' THEN 8
                        ELSE extract(day FROM d.day) END
                    AND NOT EXISTS (
                        SELECT FROM payment_promises m WHERE m.tenant_id = \(id) AND m.customer_id = d.customer_id
                            AND d.day BETWEEN m.day AND m.until + 3)
                """
            ),
            (
                "messages of a stage sent twice, or not at all",
                """
                SELECT count(*) FROM collection_steps d WHERE d.tenant_id = \(id)
                    AND (d.outcome = 'sent')::integer <> (
                        SELECT count(*) FROM notices l WHERE l.tenant_id = \(id) AND l.about = d.step_id)
                """
            ),
            (
                "cuts of customers who owed nothing then",
                """
                SELECT count(*) FROM collection_steps d
                WHERE d.tenant_id = \(id) AND d.stage = 'cut' AND 0 >= (
                    SELECT coalesce(sum(p.amount), 0) FROM ledger_postings p
                    JOIN ledger_transactions t ON t.tenant_id = \(id)
                        AND t.transaction_id = coalesce(p.settles, p.transaction_id)
                    WHERE p.tenant_id = \(id) AND p.customer_id = d.customer_id AND p.account = 'receivable'
                        AND p.made_at <= d.made_at AND t.due_on < d.day)
                """
            ),
            (
                "services that are cut and owe nothing",
                """
                SELECT count(*) FROM services s WHERE s.tenant_id = \(id) AND s.state = 'cut' AND 0 >= (
                    SELECT coalesce(sum(b.balance), 0) FROM customer_balances b
                    WHERE b.tenant_id = \(id) AND b.customer_id = s.customer_id) + (
                    SELECT coalesce(sum(f.amount), 0) FROM standing_fees f
                    WHERE f.tenant_id = \(id) AND f.customer_id = s.customer_id AND f.ended_at IS NULL)
                """
            ),
        ]
        var faults: [String] = []
        for (what, count) in checks {
            let found: Int? = try await database.value(count)
            if found != 0 { faults.append("\(what): \(found ?? -1)") }
        }
        let answered = story.withLock(\.payments)
        let kept: Int? = try await database.value(
            """
            SELECT count(*) FROM payments WHERE tenant_id = \(id) AND state = 'applied'
                AND payment_id = ANY (\(Array(answered)))
            """)
        let all: Int? = try await database.value("SELECT count(*) FROM payments WHERE tenant_id = \(id)")
        if kept != answered.count || all != answered.count {
            faults.append("\(answered.count) payments were answered, \(kept ?? -1) of \(all ?? -1) are there")
        }
        let proofs = try await database.proveLedger(
            as: UUID.v7(milliseconds: tenant.now.milliseconds, from: randomness), inCurrency: currency, at: tenant.now)
        if !proofs.allSatisfy({ $0.holds && $0.transactions > 0 }) { faults.append("the ledger does not balance") }
        return faults
    }

    /// All that came of it, in few bytes: what a seed brings about, it brings about again.
    func digest() async throws -> String {
        let id = database.tenant
        let digest: String? = try await database.value(
            """
            SELECT (SELECT md5(string_agg(concat_ws(' ', invoice_id, sequence, total, issued_on, made_at), '\n' ORDER BY sequence))
                    FROM invoices WHERE tenant_id = \(id))
                || (SELECT md5(string_agg(concat_ws(' ', step_id, stage, day, owed, outcome, made_at), '\n' ORDER BY step_id))
                    FROM collection_steps WHERE tenant_id = \(id))
                || (SELECT md5(string_agg(concat_ws(' ', payment_id, number, amount, made_at), '\n' ORDER BY number))
                    FROM payments WHERE tenant_id = \(id))
            """)
        return "\(kills) \(digest ?? "")"
    }
}

extension TenantDatabase {
    fileprivate func everybody() async throws(DatabaseError) -> [Numbered] {
        try await rows("SELECT customer_id, number FROM customers WHERE tenant_id = \(tenant) ORDER BY number")
    }
}

private struct Numbered: RowReadable {
    let id: Customer.ID
    let number: Int

    init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        number = try row.read("number")
    }
}
