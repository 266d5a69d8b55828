import Customers
import Identifiers
import Ledger
import Locale
import Plans
import Postgres
import Services
import Time

extension TenantDatabase {
    /// About every service of these customers, as it was known at a moment; the order is that of customers and numbers.
    package func collectionFacts(
        of customers: [Customer.ID], on day: Day, at moment: Instant, in currency: Currency, isNow: Bool = true
    ) async throws(DatabaseError) -> [CollectionFacts] {
        guard !customers.isEmpty else { return [] }
        let coin = currency.rawValue
        let results = try await batch([
            serviceStatement(of: customers, on: day, at: moment),
            isNow ? openCharges(of: customers, coin) : openCharges(of: customers, coin, at: moment),
            isNow ? credits(of: customers, coin) : credits(of: customers, coin, at: moment),
            paidAhead(of: customers, coin, on: day, at: moment),
            """
            SELECT f.customer_id, f.amount FROM standing_fees f
            WHERE f.tenant_id = \(tenant) AND f.customer_id = ANY (\(customers)) AND f.currency = \(coin)
                AND f.made_at <= \(moment) AND (f.ended_at IS NULL OR f.ended_at > \(moment))
            """,
            """
            SELECT m.customer_id, m.until, m.amount FROM payment_promises m
            WHERE m.tenant_id = \(tenant) AND m.customer_id = ANY (\(customers)) AND m.made_at <= \(moment)
                AND (m.ended_at IS NULL OR m.ended_at > \(moment)) ORDER BY m.made_at
            """,
            """
            SELECT h.customer_id, h.service_id, h.source, h.reason, h.from_day, h.to_day FROM collection_holds h
            WHERE h.tenant_id = \(tenant) AND h.customer_id = ANY (\(customers)) AND h.made_at <= \(moment)
                AND (h.ended_at IS NULL OR h.ended_at > \(moment)) AND (h.to_day IS NULL OR h.to_day >= \(day))
            ORDER BY h.made_at
            """,
            """
            SELECT k.customer_id, k.day, k.expires_on FROM collection_strikes k
            WHERE k.tenant_id = \(tenant) AND k.customer_id = ANY (\(customers)) AND k.made_at <= \(moment)
                AND (k.annulled_at IS NULL OR k.annulled_at > \(moment)) ORDER BY k.made_at
            """,
            """
            SELECT d.customer_id, d.service_id, d.stage, d.period, d.day,
                CASE WHEN d.ended_at <= \(moment) THEN d.ended_as END AS ended_as
            FROM collection_steps d
            WHERE d.tenant_id = \(tenant) AND d.customer_id = ANY (\(customers)) AND d.made_at <= \(moment)
                AND d.stage NOT IN ('missing', 'reconnected')
            ORDER BY d.made_at, d.step_id
            """,
        ])
        let others = try FactParts(results)
        var facts: [CollectionFacts] = []
        for row in try results[0].read() as [ServiceFactRow] { facts.append(others.facts(row, on: day, in: currency)) }
        return facts
    }

    private func serviceStatement(of customers: [Customer.ID], on day: Day, at moment: Instant) -> SQL {
        """
        SELECT s.service_id, s.customer_id, t.plan_id, p.is_collected, a.day AS activated_on, b.day AS cancelled_on,
            k.cut_id IS NOT NULL AS is_cut, k.reason AS cut_reason,
            EXISTS (
                SELECT FROM freezes f WHERE f.tenant_id = \(tenant) AND f.service_id = s.service_id
                    AND f.from_day <= \(day) AND (f.to_day IS NULL OR f.to_day >= \(day)) AND f.made_at <= \(moment)
            ) AS is_frozen,
            EXISTS (
                SELECT FROM collection_steps d WHERE d.tenant_id = \(tenant) AND d.customer_id = s.customer_id
                    AND d.service_id = s.service_id AND d.made_at = k.made_at AND d.stage IN ('cut', 'fraud')
            ) AS is_by_collection,
            k.cut_id IS NOT NULL AND EXISTS (
                SELECT FROM ledger_postings g
                JOIN ledger_transactions x ON x.tenant_id = \(tenant) AND x.transaction_id = g.transaction_id
                WHERE g.tenant_id = \(tenant) AND g.customer_id = s.customer_id AND g.made_at >= k.made_at
                    AND g.made_at <= \(moment) AND x.kind = ANY (\(Transaction.Kind.paying.map(\.rawValue)))
            ) AS is_followed
        FROM services s
        CROSS JOIN LATERAL (
            SELECT g.plan_id FROM service_terms g
            WHERE g.tenant_id = \(tenant) AND g.service_id = s.service_id
            ORDER BY g.from_day > \(day), CASE WHEN g.from_day > \(day) THEN g.from_day END, g.from_day DESC,
                g.sequence DESC LIMIT 1) t
        JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = t.plan_id
        LEFT JOIN activations a
            ON a.tenant_id = \(tenant) AND a.service_id = s.service_id AND a.made_at <= \(moment)
        LEFT JOIN cancellations b
            ON b.tenant_id = \(tenant) AND b.service_id = s.service_id AND b.made_at <= \(moment)
        LEFT JOIN cuts k
            ON k.tenant_id = \(tenant) AND k.service_id = s.service_id AND k.made_at <= \(moment)
                AND (k.lifted_at IS NULL OR k.lifted_at > \(moment))
        WHERE s.tenant_id = \(tenant) AND s.customer_id = ANY (\(customers)) AND s.made_at <= \(moment)
        ORDER BY s.customer_id, s.number
        """
    }

    private func openCharges(of customers: [Customer.ID], _ coin: String) -> SQL {
        """
        SELECT c.customer_id, c.day, c.due_on, c.open, t.kind = 'fee' AS is_fee FROM ledger_charges c
        JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = c.charge_id
        WHERE c.tenant_id = \(tenant) AND c.customer_id = ANY (\(customers)) AND c.currency = \(coin) AND c.open > 0
        ORDER BY c.due_on, c.day, c.charge_id
        """
    }

    /// By what was posted until then.
    private func openCharges(of customers: [Customer.ID], _ coin: String, at moment: Instant) -> SQL {
        """
        SELECT o.customer_id, t.day, t.due_on, o.open, t.kind = 'fee' AS is_fee FROM (
            SELECT g.customer_id, coalesce(g.settles, g.transaction_id) AS charge_id, sum(g.amount)::bigint AS open
            FROM ledger_postings g
            WHERE g.tenant_id = \(tenant) AND g.customer_id = ANY (\(customers)) AND g.currency = \(coin)
                AND g.account = 'receivable' AND g.made_at <= \(moment)
            GROUP BY g.customer_id, coalesce(g.settles, g.transaction_id)) o
        JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = o.charge_id
        WHERE o.open > 0 ORDER BY t.due_on, t.day, o.charge_id
        """
    }

    private func credits(of customers: [Customer.ID], _ coin: String) -> SQL {
        """
        SELECT b.customer_id, -b.credit AS amount FROM customer_balances b
        WHERE b.tenant_id = \(tenant) AND b.customer_id = ANY (\(customers)) AND b.currency = \(coin)
        """
    }

    private func credits(of customers: [Customer.ID], _ coin: String, at moment: Instant) -> SQL {
        """
        SELECT g.customer_id, -sum(g.amount)::bigint AS amount FROM ledger_postings g
        WHERE g.tenant_id = \(tenant) AND g.customer_id = ANY (\(customers)) AND g.currency = \(coin)
            AND g.account = 'credit' AND g.made_at <= \(moment)
        GROUP BY g.customer_id
        """
    }

    /// What settled charges that are not due on the day, as far as the settlements stand.
    private func paidAhead(of customers: [Customer.ID], _ coin: String, on day: Day, at moment: Instant) -> SQL {
        """
        SELECT c.customer_id, -sum(g.amount)::bigint AS amount FROM ledger_charges c
        JOIN ledger_postings g ON g.tenant_id = \(tenant) AND g.settles = c.charge_id AND g.customer_id = c.customer_id
            AND g.currency = c.currency AND g.account = 'receivable' AND g.made_at <= \(moment)
        JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = g.transaction_id
        LEFT JOIN ledger_transactions u ON u.tenant_id = \(tenant) AND u.transaction_id = t.reverses
        WHERE c.tenant_id = \(tenant) AND c.customer_id = ANY (\(customers)) AND c.currency = \(coin)
            AND c.due_on >= \(day) AND (t.kind = 'settlement' OR u.kind = 'settlement')
        GROUP BY c.customer_id
        """
    }

    /// Those about whom there is something to decide: they owe, are cut, or brought a false receipt. In the order of
    /// their ids, from the one after.
    package func customersToCollect(
        after last: Customer.ID?, in currency: Currency, limit: Int
    ) async throws(DatabaseError) -> [Customer.ID] {
        let position: SQL = last.map { "AND c.customer_id > \($0)" } ?? .nothing
        let found: [CustomerIDRow] = try await rows(
            """
            SELECT c.customer_id FROM customers c
            WHERE c.tenant_id = \(tenant) \(position) AND (
                EXISTS (
                    SELECT FROM customer_balances b WHERE b.tenant_id = \(tenant) AND b.customer_id = c.customer_id
                        AND b.currency = \(currency.rawValue) AND b.receivable > 0)
                OR EXISTS (
                    SELECT FROM services s WHERE s.tenant_id = \(tenant) AND s.customer_id = c.customer_id
                        AND s.state = 'cut')
                OR EXISTS (
                    SELECT FROM collection_strikes k WHERE k.tenant_id = \(tenant) AND k.customer_id = c.customer_id
                        AND k.annulled_at IS NULL))
            ORDER BY c.customer_id LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Those with a service that is cut, in the order of their ids.
    func customersCut(after last: Customer.ID?, limit: Int) async throws(DatabaseError) -> [Customer.ID] {
        let position: SQL = last.map { "AND s.customer_id > \($0)" } ?? .nothing
        let found: [CustomerIDRow] = try await rows(
            """
            SELECT DISTINCT s.customer_id FROM services s
            WHERE s.tenant_id = \(tenant) AND s.state = 'cut' \(position) ORDER BY s.customer_id LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Of all the platform's companies; nil while nobody stopped them.
    package func collectionStop(at moment: Instant) async throws(DatabaseError) -> String? {
        try await value(
            "SELECT g.reason FROM collection_stop_at(\(moment)) g(reason) WHERE g.reason IS NOT NULL")
    }
}

struct CustomerIDRow: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

/// A service, and what its life says of it.
private struct ServiceFactRow: RowReadable {
    let service: Service.ID
    let customer: Customer.ID
    let plan: Plan.ID
    let isCollected: Bool
    let life: ServiceLife
    let cut: CollectionFacts.CutInForce?

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        customer = try row.read("customer_id")
        plan = try row.read("plan_id")
        isCollected = try row.read("is_collected")
        var life = ServiceLife()
        life.activatedOn = try row.read("activated_on")
        life.cancelledOn = try row.read("cancelled_on")
        life.isCut = try row.read("is_cut")
        if try row.read("is_frozen") { life.freezes = [.init(from: Day(number: .min), to: nil)] }
        self.life = life
        let reason: String? = try row.read("cut_reason")
        let (isByCollection, isFollowed): (Bool, Bool) = (try row.read("is_by_collection"), try row.read("is_followed"))
        cut = reason.flatMap(Cut.Reason.init).map {
            .init(reason: $0, isByCollection: isByCollection, isFollowedByPayment: isFollowed)
        }
    }
}

/// What is known of the customers, by customer.
private struct FactParts {
    private var charges: [Customer.ID: [CollectionFacts.OpenCharge]] = [:]
    private var credit: [Customer.ID: Int64] = [:]
    private var paidAhead: [Customer.ID: Int64] = [:]
    private var fees: [Customer.ID: Int64] = [:]
    private var promises: [Customer.ID: CollectionFacts.Promise] = [:]
    private var holds: [Customer.ID: [(service: Service.ID?, hold: CollectionFacts.Hold)]] = [:]
    private var strikes: [Customer.ID: [CollectionFacts.Strike]] = [:]
    private var done: [Customer.ID: [(service: Service.ID?, done: CollectionFacts.Done)]] = [:]

    init(_ results: [Rows]) throws(DatabaseError) {
        for row in results[1] {
            charges[try row.read("customer_id"), default: []].append(
                .init(
                    day: try row.read("day"), due: try row.read("due_on"), open: try row.read("open"),
                    isFee: try row.read("is_fee")))
        }
        for row in results[2] { credit[try row.read("customer_id")] = try row.read("amount") as Int64 }
        for row in results[3] { paidAhead[try row.read("customer_id")] = try row.read("amount") as Int64 }
        for row in results[4] { fees[try row.read("customer_id")] = try row.read("amount") as Int64 }
        for row in results[5] {
            promises[try row.read("customer_id")] = .init(
                until: try row.read("until"), amount: try row.read("amount"))
        }
        for row in results[6] {
            let hold = CollectionFacts.Hold(
                source: try row.read("source"), reason: try row.read("reason"), from: try row.read("from_day"),
                until: try row.read("to_day"))
            holds[try row.read("customer_id"), default: []].append((try row.read("service_id"), hold))
        }
        for row in results[7] {
            strikes[try row.read("customer_id"), default: []].append(
                .init(day: try row.read("day"), expiresOn: try row.read("expires_on")))
        }
        for row in results[8] {
            let word: String? = try row.read("ended_as")
            let step = CollectionFacts.Done(
                step: try row.read("stage"), period: try row.read("period"), day: try row.read("day"),
                endedAs: word.flatMap(Decision.Return.init))
            done[try row.read("customer_id"), default: []].append((try row.read("service_id"), step))
        }
    }

    func facts(_ row: ServiceFactRow, on day: Day, in currency: Currency) -> CollectionFacts {
        let customer = row.customer
        var facts = CollectionFacts(service: row.service, customer: customer, plan: row.plan, in: currency)
        facts.state = row.life.state(on: day)
        facts.cut = facts.state == .cut ? row.cut : nil
        facts.isCollected = row.isCollected
        facts.charges = charges[customer] ?? []
        facts.credit = credit[customer] ?? 0
        facts.paidAhead = paidAhead[customer] ?? 0
        facts.standingFee = fees[customer] ?? 0
        facts.promise = promises[customer]
        facts.holds = (holds[customer] ?? []).filter { $0.service == nil || $0.service == row.service }.map(\.hold)
        facts.strikes = strikes[customer] ?? []
        let steps = done[customer] ?? []
        facts.done = steps.filter { $0.service == nil || $0.service == row.service }.map(\.done)
        // Several services are cut at once for one debt.
        facts.cutsBefore = Set(steps.filter { $0.done.step == Stage.cut.rawValue }.map(\.done.day)).count
        return facts
    }
}
