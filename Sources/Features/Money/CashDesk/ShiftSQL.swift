import Access
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Time

extension TenantDatabase {
    private var shiftSelection: SQL {
        """
        SELECT s.shift_id, s.number, s.till_id, coalesce(t.name, '') AS till_name, s.keeper_id, s.keeper, s.currency,
            s.opened_at, s.closed_at, s.closer, s.counted, s.expected, s.reason, s.handed_to, s.received_at
        FROM shifts s LEFT JOIN tills t ON t.tenant_id = s.tenant_id AND t.till_id = s.till_id
        WHERE s.tenant_id = \(tenant)
        """
    }

    package func shift(_ id: Shift.ID) async throws(DatabaseError) -> Shift? {
        try await first("\(shiftSelection) AND s.shift_id = \(id)")
    }

    package func openShift(of keeper: UUID) async throws(DatabaseError) -> Shift? {
        try await first("\(shiftSelection) AND s.keeper_id = \(keeper) AND s.closed_at IS NULL")
    }

    func openShifts() async throws(DatabaseError) -> [Shift] {
        try await rows("\(shiftSelection) AND s.closed_at IS NULL ORDER BY s.number LIMIT 200")
    }

    /// Newest first.
    func shifts(of keeper: UUID, limit: Int) async throws(DatabaseError) -> [Shift] {
        try await rows("\(shiftSelection) AND s.keeper_id = \(keeper) ORDER BY s.number DESC LIMIT \(limit)")
    }

    func shifts(before number: Int, limit: Int) async throws(DatabaseError) -> [Shift] {
        try await rows("\(shiftSelection) AND s.number < \(number) ORDER BY s.number DESC LIMIT \(limit)")
    }

    /// Totals by kind, in order of first occurrence.
    func sums(of shift: Shift) async throws(DatabaseError) -> [ShiftSum] {
        try await rows(
            """
            SELECT e.kind, count(*) AS count, sum(e.amount)::bigint AS sum, s.currency
            FROM shift_entries e JOIN shifts s ON s.tenant_id = e.tenant_id AND s.shift_id = e.shift_id
            WHERE e.tenant_id = \(tenant) AND e.shift_id = \(shift.id)
            GROUP BY e.kind, s.currency ORDER BY min(e.number)
            """)
    }

    /// In order of number, for programs.
    func shifts(after number: Int, in state: Shift.State?, limit: Int) async throws(DatabaseError) -> [Shift] {
        let state: SQL =
            switch state {
            case .open: "AND s.closed_at IS NULL"
            case .closed: "AND s.closed_at IS NOT NULL"
            case nil: .nothing
            }
        return try await rows("\(shiftSelection) AND s.number > \(number) \(state) ORDER BY s.number LIMIT \(limit)")
    }

    /// Closed shifts whose cash this shift has to confirm.
    func shifts(handedTo shift: Shift.ID) async throws(DatabaseError) -> [Shift] {
        try await rows(
            "\(shiftSelection) AND s.handed_to = \(shift) AND s.received_at IS NULL ORDER BY s.number LIMIT 200")
    }

    /// Serialises writes to a shift until the commit. Check after it that the shift is still open.
    func lock(_ shift: Shift.ID) async throws(DatabaseError) {
        try await execute(
            "SELECT FROM shifts WHERE tenant_id = \(tenant) AND shift_id = \(shift) \(.forUpdate(of: "shifts"))")
    }

    func insert(_ shift: Shift) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO shifts (tenant_id, shift_id, number, till_id, keeper_id, keeper, currency, opened_at)
            VALUES (
                \(tenant), \(shift.id), \(shift.number), \(shift.till), \(shift.keeperID), \(shift.keeper),
                \(shift.currency.rawValue), \(shift.openedAt))
            """)
    }

    /// Held until the commit, so that the numbers have no gaps.
    func takeShiftNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'shift', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 0
    }

    /// Appends an entry, sealed with the earlier ones. The caller holds the lock.
    func append(
        _ kind: ShiftEntry.Kind, _ amount: Money, payment: UUID? = nil, refund: Adjustment.ID? = nil,
        from giver: Shift.ID? = nil, undoing undone: Int? = nil, note: String = "",
        to shift: Shift.ID, by actor: String, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO shift_entries (
                tenant_id, shift_id, number, kind, amount, payment_id, adjustment_id, giver_id, undoes, note, actor,
                made_at, seal)
            SELECT \(tenant), n.shift, n.number, n.kind, n.amount, n.payment, n.refund, n.giver, n.undoes, n.note,
                n.actor, n.made_at,
                shift_seal(
                    n.previous, n.shift, n.number, n.kind, n.amount, coalesce(n.payment, n.refund), n.giver,
                    concat_ws(' ', n.undoes, n.note), n.actor, n.made_at)
            FROM (
                SELECT \(shift)::uuid AS shift, coalesce(max(e.number), 0) + 1 AS number,
                    \(kind.rawValue)::text AS kind,
                    \(amount.minor)::bigint AS amount, \(payment)::uuid AS payment, \(refund)::uuid AS refund,
                    \(giver)::uuid AS giver, \(undone.map { Int32(clamping: $0) })::integer AS undoes,
                    \(note)::text AS note, \(actor)::text AS actor, \(now)::timestamptz AS made_at,
                    coalesce((array_agg(e.seal ORDER BY e.number DESC))[1], '') AS previous
                FROM shift_entries e WHERE e.tenant_id = \(tenant) AND e.shift_id = \(shift)) n
            """)
    }

    func close(
        _ shift: Shift.ID, _ count: ShiftCount, expected: Money, by closer: String, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE shifts SET closed_at = \(now), closer = \(closer), counted = \(count.counted.minor),
                expected = \(expected.minor), reason = \(count.reason), handed_to = \(count.handedTo),
                (entries, seal) = (
                    SELECT e.number, e.seal FROM shift_entries e
                    WHERE e.tenant_id = \(tenant) AND e.shift_id = \(shift) ORDER BY e.number DESC LIMIT 1)
            WHERE tenant_id = \(tenant) AND shift_id = \(shift)
            """)
    }

    func markReceived(_ shift: Shift.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            "UPDATE shifts SET received_at = \(now) WHERE tenant_id = \(tenant) AND shift_id = \(shift)")
    }

    /// The expected cash.
    func cash(in shift: Shift) async throws(DatabaseError) -> Money {
        let minor: Int64? = try await value(
            """
            SELECT coalesce(sum(amount), 0)::bigint FROM shift_entries
            WHERE tenant_id = \(tenant) AND shift_id = \(shift.id)
            """)
        return Money(minor: minor ?? 0, shift.currency)
    }

    func entryCount(of shift: Shift.ID) async throws(DatabaseError) -> Int {
        try await value(
            "SELECT count(*) FROM shift_entries WHERE tenant_id = \(tenant) AND shift_id = \(shift)") ?? 0
    }

    /// Newest first.
    func entries(of shift: Shift, limit: Int) async throws(DatabaseError) -> [ShiftEntry] {
        try await rows(
            """
            SELECT e.number, e.kind, e.amount, s.currency, e.payment_id, e.adjustment_id,
                coalesce(p.series, '') AS series, coalesce(p.number, a.number, 0) AS about_number,
                coalesce(c.name, '') AS customer, e.note, e.actor, e.made_at, e.undoes
            FROM shift_entries e
            JOIN shifts s ON s.tenant_id = e.tenant_id AND s.shift_id = e.shift_id
            LEFT JOIN payments p ON p.tenant_id = e.tenant_id AND p.payment_id = e.payment_id
            LEFT JOIN account_adjustments a ON a.tenant_id = e.tenant_id AND a.adjustment_id = e.adjustment_id
            LEFT JOIN customers c
                ON c.tenant_id = e.tenant_id AND c.customer_id = coalesce(p.customer_id, a.customer_id)
            WHERE e.tenant_id = \(tenant) AND e.shift_id = \(shift.id) ORDER BY e.number DESC LIMIT \(limit)
            """)
    }

    func isUndone(_ number: Int, of shift: Shift.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM shift_entries e
                WHERE e.tenant_id = \(tenant) AND e.shift_id = \(shift) AND e.undoes = \(Int32(clamping: number)))
            """) ?? false
    }

    /// The shift that holds a payment's cash, unless it was paid out again.
    func shift(holding payment: UUID) async throws(DatabaseError) -> Shift? {
        try await first(
            """
            \(shiftSelection) AND s.shift_id = (
                SELECT e.shift_id FROM shift_entries e
                WHERE e.tenant_id = \(tenant) AND e.payment_id = \(payment) AND e.kind = 'payment')
            AND NOT EXISTS (
                SELECT FROM shift_entries e
                WHERE e.tenant_id = \(tenant) AND e.payment_id = \(payment) AND e.kind = 'undone')
            """)
    }

    /// The shift that paid out a refund.
    func shift(giving refund: Adjustment.ID) async throws(DatabaseError) -> Shift? {
        try await first(
            """
            \(shiftSelection) AND s.shift_id = (
                SELECT e.shift_id FROM shift_entries e
                WHERE e.tenant_id = \(tenant) AND e.adjustment_id = \(refund) AND e.kind = 'refund')
            """)
    }

    /// The first entry whose seal or amount is wrong; nil where all are right.
    package func brokenEntry(of shift: Shift.ID) async throws(DatabaseError) -> Int? {
        try await value(
            """
            SELECT found.number FROM (
                SELECT e.number FROM (
                    SELECT number, seal, kind, amount, payment_id, adjustment_id,
                        row_number() OVER (ORDER BY number) AS place,
                        shift_seal(
                            lag(seal, 1, '') OVER (ORDER BY number), shift_id, number, kind, amount,
                            coalesce(payment_id, adjustment_id), giver_id, concat_ws(' ', undoes, note), actor, made_at)
                            AS right_seal
                    FROM shift_entries WHERE tenant_id = \(tenant) AND shift_id = \(shift)) e
                LEFT JOIN payments p ON p.tenant_id = \(tenant) AND p.payment_id = e.payment_id
                LEFT JOIN account_adjustments a ON a.tenant_id = \(tenant) AND a.adjustment_id = e.adjustment_id
                WHERE e.seal <> e.right_seal OR e.number <> e.place
                    OR abs(e.amount) <> coalesce(p.amount, a.amount, abs(e.amount))
                UNION ALL
                -- Entries behind which the last ones are gone.
                SELECT s.entries FROM shifts s
                WHERE s.tenant_id = \(tenant) AND s.shift_id = \(shift) AND s.closed_at IS NOT NULL AND NOT EXISTS (
                    SELECT FROM shift_entries e
                    WHERE e.tenant_id = \(tenant) AND e.shift_id = s.shift_id AND e.number = s.entries
                        AND e.seal = s.seal)) found
            ORDER BY found.number LIMIT 1
            """)
    }

    /// The day's applied payments, by person and method.
    func takings(on day: Day) async throws(DatabaseError) -> [Takings] {
        try await rows(
            """
            SELECT p.actor, p.method_name, count(*) AS count, sum(p.amount)::bigint AS sum, p.currency
            FROM payments p WHERE p.tenant_id = \(tenant) AND p.day = \(day) AND p.state = 'applied'
            GROUP BY p.actor, p.method_name, p.currency ORDER BY p.actor, sum(p.amount) DESC
            """)
    }
}

/// What one person took by one method.
package struct Takings: Sendable, Equatable, RowReadable {
    package let person: String
    package let method: String
    package let count: Int
    package let sum: Money

    package init(person: String, method: String, count: Int, sum: Money) {
        (self.person, self.method, self.count, self.sum) = (person, method, count, sum)
    }

    /// Those of one person, method and currency become one.
    static func together(_ all: [Takings]) -> [Takings] {
        var together: [Takings] = []
        for one in all {
            let same = together.firstIndex {
                $0.person == one.person && $0.method == one.method && $0.sum.currency == one.sum.currency
            }
            guard let same else {
                together.append(one)
                continue
            }
            let (minor, isTooMuch) = together[same].sum.minor.addingReportingOverflow(one.sum.minor)
            together[same] = Takings(
                person: one.person, method: one.method, count: together[same].count + one.count,
                sum: Money(minor: isTooMuch ? .max : minor, one.sum.currency))
        }
        return together.sorted { $0.person < $1.person }
    }

    package init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("sum")
        person = try row.read("actor")
        method = try row.read("method_name")
        count = try row.read("count")
        sum = Money(minor: minor, try row.currency())
    }
}

struct ShiftSum: Sendable, RowReadable {
    let kind: ShiftEntry.Kind
    let count: Int
    let sum: Money

    init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("sum")
        kind = try row.word("kind")
        count = try row.read("count")
        sum = Money(minor: minor, try row.currency())
    }
}

extension Shift: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        let closedAt: Instant? = try row.read("closed_at")
        var close: Close?
        if let closedAt {
            let (counted, expected): (Int64, Int64) = (try row.read("counted"), try row.read("expected"))
            close = Close(
                at: closedAt, closer: try row.read("closer"), counted: Money(minor: counted, currency),
                expected: Money(minor: expected, currency), reason: try row.read("reason"),
                handedTo: try row.read("handed_to"), receivedAt: try row.read("received_at"))
        }
        self.init(
            id: try row.read("shift_id"), number: try row.read("number"), till: try row.read("till_id"),
            tillName: try row.read("till_name"), keeperID: try row.read("keeper_id"), keeper: try row.read("keeper"),
            currency: currency, openedAt: try row.read("opened_at"), close: close)
    }
}

extension ShiftEntry: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (minor, number): (Int64, Int32) = (try row.read("amount"), try row.read("number"))
        let (payment, refund): (Payment.ID?, Adjustment.ID?) = (
            try row.read("payment_id"), try row.read("adjustment_id")
        )
        let about: Int = try row.read("about_number")
        let folio = payment == nil ? "\(about)" : Payment.folio(series: try row.read("series"), number: about)
        self.init(
            number: Int(number), kind: try row.word("kind"), amount: Money(minor: minor, try row.currency()),
            payment: payment, refund: refund, folio: payment == nil && refund == nil ? "" : folio,
            customer: try row.read("customer"),
            note: try row.read("note"), actor: try row.read("actor"), madeAt: try row.read("made_at"),
            undoes: (try row.read("undoes") as Int32?).map { Int($0) })
    }
}
