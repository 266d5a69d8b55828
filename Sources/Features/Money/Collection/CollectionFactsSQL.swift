import Customers
import Identifiers
import Ledger
import Locale
import Plans
import Postgres
import Services
import Time

extension TenantDatabase {
    /// Facts about every service on the customers' accounts as of a moment, ordered by customer and number. `start` is
    /// the first day that is collected. With `isNow`, everything not ended counts, whatever its timestamp says.
    package func collectionFacts(
        of customers: [Customer.ID], on day: Day, at moment: Instant, from start: Day?, in currency: Currency,
        isNow: Bool = true
    ) async throws(DatabaseError) -> [CollectionFacts] {
        guard !customers.isEmpty else { return [] }
        let coin = currency.rawValue
        let isMade: SQL = isNow ? .nothing : "AND r.made_at <= \(moment)"
        let isOpen: SQL =
            isNow ? "AND r.ended_at IS NULL" : "\(isMade) AND (r.ended_at IS NULL OR r.ended_at > \(moment))"
        let isNotAnnulled: SQL =
            isNow ? "AND r.annulled_at IS NULL" : "\(isMade) AND (r.annulled_at IS NULL OR r.annulled_at > \(moment))"
        let end: SQL = isNow ? "r.ended_as" : "CASE WHEN r.ended_at <= \(moment) THEN r.ended_as END AS ended_as"
        let waits: SQL =
            isNow
            ? "AND r.state = 'pending'"
            : "\(isMade) AND (r.state = 'pending' OR r.state IN ('applied', 'rejected') AND r.decided_at > \(moment))"
        let results = try await batch([
            serviceStatement(of: customers, on: day, at: isNow ? nil : moment),
            isNow ? openCharges(of: customers, coin) : openCharges(of: customers, coin, at: moment),
            isNow ? credits(of: customers, coin) : credits(of: customers, coin, at: moment),
            paidElsewhere(of: customers, coin, on: day, from: start, at: isNow ? nil : moment),
            """
            SELECT r.customer_id, r.amount FROM standing_fees r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) AND r.currency = \(coin) \(isOpen)
            """,
            """
            SELECT r.customer_id, r.until, r.amount, r.payment_id IS NOT NULL AS is_provisional FROM payment_promises r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) \(isOpen) ORDER BY r.made_at
            """,
            """
            SELECT r.customer_id, r.service_id, r.source, r.reason, r.from_day, r.to_day FROM collection_holds r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) \(isOpen)
                AND (r.to_day IS NULL OR r.to_day >= \(day))
            ORDER BY r.made_at
            """,
            """
            SELECT r.customer_id, r.day, r.expires_on FROM collection_strikes r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) \(isNotAnnulled)
            ORDER BY r.made_at
            """,
            """
            SELECT r.customer_id, r.service_id, r.stage, r.period, r.day, \(end)
            FROM collection_steps r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) \(isMade)
                AND r.stage NOT IN ('missing', 'reconnected')
            ORDER BY r.made_at, r.step_id
            """,
            """
            SELECT r.customer_id, sum(r.amount)::bigint AS amount FROM payments r
            WHERE r.tenant_id = \(tenant) AND r.customer_id = ANY (\(customers)) AND r.currency = \(coin) \(waits)
                AND NOT EXISTS (
                    SELECT FROM payment_evidence e
                    WHERE e.tenant_id = \(tenant) AND e.payment_id = r.payment_id)
            GROUP BY r.customer_id
            """,
            prepaidDays(ofServices(on: customers), at: isNow ? nil : moment),
            pauses(ofServices(on: customers), at: isNow ? nil : moment),
        ])
        let others = try FactParts(results)
        var facts: [CollectionFacts] = []
        for row in try results[0].read() as [ServiceFactRow] { facts.append(others.facts(row, on: day, in: currency)) }
        return facts
    }

    /// Current if `moment` is nil.
    private func serviceStatement(of customers: [Customer.ID], on day: Day, at moment: Instant?) -> SQL {
        func isMade(_ table: SQL) -> SQL { moment.map { "AND \(table).made_at <= \($0)" } ?? .nothing }
        let isInForce: SQL =
            moment.map { "AND k.made_at <= \($0) AND (k.lifted_at IS NULL OR k.lifted_at > \($0))" }
            ?? "AND k.lifted_at IS NULL"
        return """
            SELECT s.service_id, c.account AS customer_id, t.plan_id, t.price, p.is_collected,
                p.charge = 'by_days' AS is_prepaid, (\(byDaysFrom("s.service_id", on: day))) AS by_days_from,
                a.day AS activated_on,
                b.day AS cancelled_on, k.cut_id IS NOT NULL AS is_cut, k.reason AS cut_reason,
                EXISTS (
                    SELECT FROM freezes f WHERE f.tenant_id = \(tenant) AND f.service_id = s.service_id
                        AND f.from_day <= \(day) AND (f.to_day IS NULL OR f.to_day >= \(day)) \(isMade("f"))
                ) AS is_frozen,
                d.step_id IS NOT NULL AS is_by_collection,
                k.cut_id IS NOT NULL AND EXISTS (
                    SELECT FROM ledger_postings g
                    JOIN ledger_transactions x ON x.tenant_id = \(tenant) AND x.transaction_id = g.transaction_id
                    WHERE g.tenant_id = \(tenant) AND g.customer_id = c.account AND g.made_at >= k.made_at
                        \(isMade("g")) AND x.kind = ANY (\(Transaction.Kind.paying.map(\.rawValue)))
                ) AS is_followed,
                coalesce((
                    SELECT sum(y.amount) FROM payments y
                    WHERE y.tenant_id = \(tenant) AND y.customer_id = c.account AND y.state = 'applied'
                        AND y.made_at <= k.made_at AND y.decided_at > k.made_at
                ) >= (d.decision ->> 'overdue')::bigint, FALSE) AS was_paid
            FROM services s
            JOIN (
                SELECT c.customer_id, coalesce(c.payer_id, c.customer_id) AS account FROM customers c
                WHERE c.tenant_id = \(tenant) AND \(onAccounts(customers))) c ON c.customer_id = s.customer_id
            CROSS JOIN LATERAL (
                SELECT g.plan_id, g.price FROM service_terms g
                WHERE g.tenant_id = \(tenant) AND g.service_id = s.service_id
                ORDER BY g.from_day > \(day), CASE WHEN g.from_day > \(day) THEN g.from_day END, g.from_day DESC,
                    g.sequence DESC LIMIT 1) t
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = t.plan_id
            LEFT JOIN activations a
                ON a.tenant_id = \(tenant) AND a.service_id = s.service_id \(isMade("a"))
            LEFT JOIN cancellations b
                ON b.tenant_id = \(tenant) AND b.service_id = s.service_id \(isMade("b"))
            LEFT JOIN cuts k ON k.tenant_id = \(tenant) AND k.service_id = s.service_id \(isInForce)
            LEFT JOIN collection_steps d
                ON d.tenant_id = \(tenant) AND d.customer_id = c.account AND d.service_id = s.service_id
                    AND d.made_at = k.made_at AND d.stage IN ('cut', 'fraud', 'days_over')
            WHERE s.tenant_id = \(tenant) \(isMade("s"))
            ORDER BY c.account, s.number
            """
    }

    private func ofServices(on accounts: [Customer.ID]) -> SQL {
        """
        s.customer_id IN (SELECT c.customer_id FROM customers c WHERE c.tenant_id = \(tenant) AND \(onAccounts(accounts)))
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

    /// From the postings up to the moment.
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

    /// Settlements of charges not yet due (ahead), and since the start, of charges from before it (behind); undone ones
    /// do not count.
    private func paidElsewhere(
        of customers: [Customer.ID], _ coin: String, on day: Day, from start: Day?, at moment: Instant?
    ) -> SQL {
        let isMade: SQL = moment.map { "AND g.made_at <= \($0)" } ?? .nothing
        let isBehind: SQL = start.map { "c.day < \($0) AND coalesce(u.day, t.day) >= \($0)" } ?? "FALSE"
        let isAhead: SQL = start.map { "c.due_on >= \(day) AND c.day >= \($0)" } ?? "c.due_on >= \(day)"
        return """
            SELECT c.customer_id, coalesce(-sum(g.amount) FILTER (WHERE \(isAhead)), 0)::bigint AS ahead,
                coalesce(-sum(g.amount) FILTER (WHERE \(isBehind)), 0)::bigint AS behind
            FROM ledger_charges c
            JOIN ledger_postings g ON g.tenant_id = \(tenant) AND g.settles = c.charge_id
                AND g.customer_id = c.customer_id AND g.currency = c.currency AND g.account = 'receivable' \(isMade)
            JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = g.transaction_id
            LEFT JOIN ledger_transactions u ON u.tenant_id = \(tenant) AND u.transaction_id = t.reverses
            WHERE c.tenant_id = \(tenant) AND c.customer_id = ANY (\(customers)) AND c.currency = \(coin)
                AND (t.kind = 'settlement' OR u.kind = 'settlement') AND (\(isAhead) OR \(isBehind))
            GROUP BY c.customer_id
            """
    }

    /// Customers with something to decide: a debt, a cut, a strike, or prepaid days ending by a day. Paged by id.
    package func customersToCollect(
        after last: Customer.ID?, in currency: Currency, endingBy end: Day, limit: Int
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
                    SELECT FROM services s
                    JOIN customers u ON u.tenant_id = s.tenant_id AND u.customer_id = s.customer_id
                    WHERE s.tenant_id = \(tenant) AND s.state = 'cut'
                        AND (u.customer_id = c.customer_id AND u.payer_id IS NULL OR u.payer_id = c.customer_id))
                OR c.customer_id IN (
                    SELECT coalesce(u.payer_id, u.customer_id) FROM services s
                    JOIN customers u ON u.tenant_id = s.tenant_id AND u.customer_id = s.customer_id
                    WHERE s.tenant_id = \(tenant) AND s.state = 'active' AND s.prepaid_through <= \(end))
                OR EXISTS (
                    SELECT FROM collection_strikes k WHERE k.tenant_id = \(tenant) AND k.customer_id = c.customer_id
                        AND k.annulled_at IS NULL))
            ORDER BY c.customer_id LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Accounts with an active service whose prepaid days ended before a day, by id.
    func accountsOutOfDays(
        on day: Day, after last: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [Customer.ID] {
        let position: SQL = last.map { "AND coalesce(c.payer_id, c.customer_id) > \($0)" } ?? .nothing
        let found: [CustomerIDRow] = try await rows(
            """
            SELECT DISTINCT coalesce(c.payer_id, c.customer_id) AS customer_id FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            WHERE s.tenant_id = \(tenant) AND s.state = 'active' AND s.prepaid_through < \(day) \(position)
            ORDER BY 1 LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Customers with a cut service, by id.
    func customersCut(after last: Customer.ID?, limit: Int) async throws(DatabaseError) -> [Customer.ID] {
        let position: SQL = last.map { "AND s.customer_id > \($0)" } ?? .nothing
        let found: [CustomerIDRow] = try await rows(
            """
            SELECT DISTINCT s.customer_id FROM services s
            WHERE s.tenant_id = \(tenant) AND s.state = 'cut' \(position) ORDER BY s.customer_id LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// The stop for all the platform's companies; nil without one.
    package func collectionStop(at moment: Instant) async throws(DatabaseError) -> String? {
        try await value(
            "SELECT g.reason FROM collection_stop_at(\(moment)) g(reason) WHERE g.reason IS NOT NULL")
    }
}

struct CustomerIDRow: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

/// A service with its state.
private struct ServiceFactRow: RowReadable {
    let service: Service.ID
    let customer: Customer.ID
    let plan: Plan.ID
    let isCollected: Bool
    let isPrepaid: Bool
    let byDaysFrom: Day?
    let price: Int64
    let life: ServiceLife
    let cut: CollectionFacts.CutInForce?

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        customer = try row.read("customer_id")
        plan = try row.read("plan_id")
        isCollected = try row.read("is_collected")
        isPrepaid = try row.read("is_prepaid")
        byDaysFrom = try row.read("by_days_from")
        price = try row.read("price")
        var life = ServiceLife()
        life.activatedOn = try row.read("activated_on")
        life.cancelledOn = try row.read("cancelled_on")
        life.isCut = try row.read("is_cut")
        if try row.read("is_frozen") { life.freezes = [.init(from: Day(number: .min), to: nil)] }
        self.life = life
        let reason: String? = try row.read("cut_reason")
        let (isByCollection, isFollowed): (Bool, Bool) = (try row.read("is_by_collection"), try row.read("is_followed"))
        let wasPaid: Bool = try row.read("was_paid")
        cut = reason.flatMap(Cut.Reason.init).map {
            .init(reason: $0, isByCollection: isByCollection, isFollowedByPayment: isFollowed, wasPaid: wasPaid)
        }
    }
}

/// The other facts, by customer.
private struct FactParts {
    private var charges: [Customer.ID: [CollectionFacts.OpenCharge]] = [:]
    private var credit: [Customer.ID: Int64] = [:]
    private var paidAhead: [Customer.ID: Int64] = [:]
    private var paidBehind: [Customer.ID: Int64] = [:]
    private var pending: [Customer.ID: Int64] = [:]
    private var fees: [Customer.ID: Int64] = [:]
    private var promises: [Customer.ID: CollectionFacts.Promise] = [:]
    private var holds: [Customer.ID: [(service: Service.ID?, hold: CollectionFacts.Hold)]] = [:]
    private var strikes: [Customer.ID: [CollectionFacts.Strike]] = [:]
    private var done: [Customer.ID: [(service: Service.ID?, done: CollectionFacts.Done)]] = [:]
    private let bought: [Service.ID: [PrepaidRow]]
    private let pauses: [Service.ID: [PauseRow]]

    init(_ results: [Rows]) throws(DatabaseError) {
        bought = Dictionary(grouping: try results[10].read() as [PrepaidRow], by: \.service)
        pauses = Dictionary(grouping: try results[11].read() as [PauseRow], by: \.service)
        for row in results[1] {
            charges[try row.read("customer_id"), default: []].append(
                .init(
                    day: try row.read("day"), due: try row.read("due_on"), open: try row.read("open"),
                    isFee: try row.read("is_fee")))
        }
        for row in results[2] { credit[try row.read("customer_id")] = try row.read("amount") as Int64 }
        for row in results[3] {
            let customer: Customer.ID = try row.read("customer_id")
            (paidAhead[customer], paidBehind[customer]) = (try row.read("ahead"), try row.read("behind"))
        }
        for row in results[4] { fees[try row.read("customer_id")] = try row.read("amount") as Int64 }
        for row in results[5] {
            promises[try row.read("customer_id")] = .init(
                until: try row.read("until"), amount: try row.read("amount"),
                isProvisional: try row.read("is_provisional"))
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
                try row.word("stage"), period: try row.read("period"), day: try row.read("day"),
                endedAs: word.flatMap(Decision.Return.init))
            done[try row.read("customer_id"), default: []].append((try row.read("service_id"), step))
        }
        for row in results[9] { pending[try row.read("customer_id")] = try row.read("amount") as Int64 }
    }

    func facts(_ row: ServiceFactRow, on day: Day, in currency: Currency) -> CollectionFacts {
        let customer = row.customer
        var facts = CollectionFacts(service: row.service, customer: customer, plan: row.plan, in: currency)
        facts.state = row.life.state(on: day)
        facts.cut = facts.state == .cut ? row.cut : nil
        facts.isCollected = row.isCollected
        if row.isPrepaid, let first = row.life.activatedOn {
            let through = (bought[row.service] ?? []).map(\.days).last(
                since: first, byDaysFrom: row.byDaysFrom, pauses: (pauses[row.service] ?? []).map(\.pause))
            facts.prepaid = .init(through: through, price: row.price)
        }
        facts.charges = charges[customer] ?? []
        facts.credit = credit[customer] ?? 0
        facts.paidAhead = paidAhead[customer] ?? 0
        facts.paidBehind = paidBehind[customer] ?? 0
        facts.pending = pending[customer] ?? 0
        facts.standingFee = fees[customer] ?? 0
        facts.promise = promises[customer]
        facts.holds = (holds[customer] ?? []).filter { $0.service == nil || $0.service == row.service }.map(\.hold)
        facts.strikes = strikes[customer] ?? []
        let steps = done[customer] ?? []
        facts.done = steps.filter { $0.service == nil || $0.service == row.service }.map(\.done)
        // One debt may cut several services on the same day.
        facts.cutsBefore = Set(steps.filter { $0.done.kind == .cut }.map(\.done.day)).count
        return facts
    }
}
