import Access
import Customers
import Events
import Identifiers
import Ledger
import Locale
import Plans
import Postgres
import Services
import Spreadsheets
import Time

extension TenantDatabase {
    private func imports(_ which: SQL) -> SQL {
        """
        SELECT i.import_id, i.number, i.name, i.state, i.titles, i.samples, i.fields, i.day_doubts,
            i.amount_doubts, i.day_order, i.decimal_mark, i.are_distinct, i.row_count, i.done_count, i.interruption, i.actor_kind, i.actor_id, i.actor, i.made_at,
            i.ended_at, coalesce(c.created, 0) AS created, coalesce(c.merged, 0) AS merged,
            coalesce(c.known, 0) AS known, coalesce(c.refused, 0) AS refused, coalesce(c.services, 0) AS services,
            coalesce(c.owed, 0)::bigint AS owed, coalesce(c.in_favour, 0)::bigint AS in_favour
        FROM imports i
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE r.outcome = 'created') AS created,
                count(*) FILTER (WHERE r.outcome = 'merged') AS merged,
                count(*) FILTER (WHERE r.outcome = 'known') AS known,
                count(*) FILTER (WHERE r.outcome = 'refused') AS refused, count(r.plan_id) AS services,
                sum(r.balance) FILTER (WHERE r.balance > 0) AS owed,
                -sum(r.balance) FILTER (WHERE r.balance < 0) AS in_favour
            FROM import_rows r WHERE r.tenant_id = \(tenant) AND r.import_id = i.import_id) c
        WHERE i.tenant_id = \(tenant) \(which)
        """
    }

    package func fileImport(_ id: Import.ID) async throws(DatabaseError) -> Import? {
        try await first(imports("AND i.import_id = \(id)"))
    }

    /// Newest first, before a number.
    func fileImports(before number: Int = .max, limit: Int) async throws(DatabaseError) -> [Import] {
        try await rows(imports("AND i.number < \(number) ORDER BY i.number DESC LIMIT \(limit)"))
    }

    func fileImports(
        after number: Int, in state: Import.State?, limit: Int
    ) async throws(DatabaseError) -> [Import] {
        let state: SQL = state.map { "AND i.state = \($0.rawValue)" } ?? .nothing
        return try await rows(imports("AND i.number > \(number) \(state) ORDER BY i.number LIMIT \(limit)"))
    }

    func insert(_ file: Import, _ bytes: [UInt8]) async throws(DatabaseError) -> Int {
        let number: Int =
            try await value(
                """
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'import', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
                """) ?? 1
        try await execute(
            """
            INSERT INTO imports (
                tenant_id, import_id, number, name, file, state, titles, samples, fields, day_doubts, amount_doubts,
                row_count, actor_kind, actor_id, actor, made_at)
            VALUES (
                \(tenant), \(file.id), \(number), \(file.name), \(bytes), \(file.state.rawValue),
                \(file.columns.map(\.title)), \(file.columns.map(\.sample)),
                \(file.columns.map { $0.field?.rawValue ?? "" }), \(file.columns.map(\.daysAreDoubtful)),
                \(file.columns.map(\.amountsAreDoubtful)), \(file.rowCount), \(file.author.kind.rawValue), \(file.author.id), \(file.author.name), \(file.madeAt))
            """)
        return number
    }

    func fileBytes(of id: Import.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value(
            "SELECT file FROM imports WHERE tenant_id = \(tenant) AND import_id = \(id) AND file IS NOT NULL")
    }

    /// False when it is in none of these states any more.
    func move(
        _ id: Import.ID, from states: [Import.State], to state: Import.State, at now: Instant,
        because interruption: Import.Interruption? = nil
    ) async throws(DatabaseError) -> Bool {
        let endedAt = [.done, .undone].contains(state) ? now : nil
        return try await execute(
            """
            UPDATE imports SET state = \(state.rawValue), interruption = \(interruption?.rawValue),
                ended_at = CASE WHEN \(state == .undoing) THEN ended_at ELSE \(endedAt) END
            WHERE tenant_id = \(tenant) AND import_id = \(id) AND state = ANY (\(states.map(\.rawValue)))
            """) > 0
    }

    func isImportUnderWay() async throws(DatabaseError) -> Bool {
        try await value(
            "SELECT EXISTS (SELECT FROM imports WHERE tenant_id = \(tenant) AND state IN ('committing', 'undoing'))")
            ?? false
    }

    /// Stores the assigned columns. An earlier preview is deleted.
    func put(_ file: Import) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE imports SET fields = \(file.columns.map { $0.field?.rawValue ?? "" }),
                day_order = \(file.notation.dayOrder?.rawValue),
                decimal_mark = \(file.notation.decimalMark?.rawValue), are_distinct = \(file.areDistinct)
            WHERE tenant_id = \(tenant) AND import_id = \(file.id)
            """,
            "DELETE FROM import_rows WHERE tenant_id = \(tenant) AND import_id = \(file.id)",
        ])
    }

    func insert(_ rows: [(row: ImportRow, digest: [UInt8])], of id: Import.ID) async throws(DatabaseError) {
        guard !rows.isEmpty else { return }
        let faults = rows.flatMap { one in
            one.row.faults.map { (line: Int32(clamping: one.row.line), fault: $0) }
        }
        try await execute(
            """
            INSERT INTO import_rows (
                tenant_id, import_id, line, name, reference, digest, outcome, customer_id, same_as, evidence,
                plan_id, price, is_price_agreed, service_state, billing_day, balance, currency, fault_columns, fault_reasons,
                fault_values)
            SELECT \(tenant), \(id), g.line, g.name, g.reference, g.digest, g.outcome, g.customer, g.same_as,
                string_to_array(g.evidence, ' '), g.plan, g.price,
                coalesce(g.is_agreed, false), g.state, g.day, g.balance, g.currency, coalesce(f.columns, '{}'), coalesce(f.reasons, '{}'),
                coalesce(f.given, '{}')
            FROM unnest(
                \(rows.map { Int32(clamping: $0.row.line) }), \(rows.map(\.row.name)), \(rows.map(\.row.reference)),
                \(rows.map(\.digest)), \(rows.map(\.row.outcome.rawValue)), \(rows.map { $0.row.customer?.id }),
                \(rows.map { $0.row.sameAs.map { Int32(clamping: $0) } }),
                \(rows.map { $0.row.evidence.map(\.rawValue).joined(separator: " ") }),
                \(rows.map { $0.row.service?.plan }), \(rows.map { $0.row.service?.price.minor }),
                \(rows.map { $0.row.service?.isPriceAgreed }),
                \(rows.map { $0.row.service?.state.rawValue }),
                \(rows.map { $0.row.service.map { Int32($0.billingDay) } }), \(rows.map { $0.row.balance?.minor }),
                \(rows.map { ($0.row.service?.price ?? $0.row.balance)?.currency.rawValue }))
                g(line, name, reference, digest, outcome, customer, same_as, evidence, plan, price, is_agreed, state, day, balance,
                    currency)
            LEFT JOIN (
                SELECT f.line, array_agg(f.place ORDER BY f.step) AS columns, array_agg(f.reason ORDER BY f.step) AS reasons,
                    array_agg(f.given ORDER BY f.step) AS given
                FROM unnest(
                    \(faults.map(\.line)), \(faults.map { Int32(clamping: $0.fault.column ?? -1) }),
                    \(faults.map(\.fault.reason.rawValue)), \(faults.map(\.fault.value)))
                    WITH ORDINALITY f(line, place, reason, given, step)
                GROUP BY f.line) f ON f.line = g.line
            """)
    }

    private func importRows(of id: Import.ID, _ which: SQL) -> SQL {
        """
        SELECT r.line, r.name, r.reference, r.outcome, r.customer_id, r.same_as, r.evidence, r.fault_columns,
            r.fault_reasons, r.fault_values, r.is_done, c.number AS customer_number, c.name AS customer_name,
            r.plan_id, p.name AS plan_name, r.price, r.is_price_agreed, r.service_state, r.billing_day, r.balance, r.currency,
            r.filled, r.filled_values, r.kept
        FROM import_rows r
        LEFT JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = r.plan_id
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = r.customer_id
        WHERE r.tenant_id = \(tenant) AND r.import_id = \(id) \(which)
        """
    }

    /// In file order. A text filters by row number, reference, or the beginning of the name.
    func importRows(
        of id: Import.ID, after line: Int = 0, only outcome: ImportRow.Outcome? = nil, found text: String = "",
        limit: Int = .max
    ) async throws(DatabaseError) -> [ImportRow] {
        let outcome: SQL = outcome.map { "AND r.outcome = \($0.rawValue)" } ?? .nothing
        let found: SQL =
            text.isEmpty
            ? .nothing
            : "AND (r.line = \(Int32(text) ?? 0) OR r.reference = \(text) OR starts_with(lower(r.name), lower(\(text))))"
        return try await rows(
            importRows(
                of: id, "AND r.line > \(Int32(clamping: line)) \(outcome) \(found) ORDER BY r.line LIMIT \(limit)"))
    }

    /// Marks rows as imported, in the transaction that creates their customers, so that each is imported once.
    func finish(
        _ rows: [FinishedRow], of id: Import.ID
    ) async throws(DatabaseError) {
        guard !rows.isEmpty else { return }
        _ = try await batch([
            """
            UPDATE import_rows r SET is_done = true, customer_id = coalesce(given.customer, r.customer_id),
                service_id = given.service, opening_id = given.opening,
                filled = string_to_array(given.filled, chr(31)), filled_values = string_to_array(given.given, chr(31))
            FROM unnest(
                \(rows.map { Int32(clamping: $0.line) }), \(rows.map(\.customer)), \(rows.map(\.service)),
                \(rows.map(\.opening)), \(rows.map { $0.filled.map(\.field).joined(separator: "\u{1F}") }),
                \(rows.map { $0.filled.map(\.value).joined(separator: "\u{1F}") }))
                given(line, customer, service, opening, filled, given)
            WHERE r.tenant_id = \(tenant) AND r.import_id = \(id) AND r.line = given.line
            """,
            """
            UPDATE imports SET done_count = done_count + \(rows.count)
            WHERE tenant_id = \(tenant) AND import_id = \(id)
            """,
        ])
    }

    /// Removes what these rows created. Returns those removed; the others note why they stay.
    func undo(
        _ rows: [ImportRow], of id: Import.ID, on day: Day, because note: String, by actor: Actor, at now: Instant
    ) async throws(DatabaseError) -> Set<Int> {
        let undone: [UndoneRow] = try await self.rows(
            """
            WITH undone AS MATERIALIZED (
                SELECT u.line, u.reason FROM undo_import_rows(
                    \(tenant), \(id), \(rows.map { Int32(clamping: $0.line) }), \(day), \(note), \(actor.id), \(actor.name),
                    \(now)) u)
            SELECT line, reason FROM undone
            """)
        let gone = Set(undone.filter { $0.kept == nil }.map(\.line))
        try await execute(
            """
            UPDATE imports SET done_count = done_count - \(gone.count)
            WHERE tenant_id = \(tenant) AND import_id = \(id)
            """)
        return gone
    }

    /// Takes back the last customer numbers that are unused.
    func takeBackNumbers() async throws(DatabaseError) {
        try await execute(
            """
            UPDATE counters n SET last = least(n.last, CASE n.name
                WHEN 'customer' THEN (SELECT coalesce(max(c.number), 0) FROM customers c WHERE c.tenant_id = \(tenant))
                ELSE (SELECT coalesce(max(s.number), 0) FROM services s WHERE s.tenant_id = \(tenant)) END)
            WHERE n.tenant_id = \(tenant) AND n.name IN ('customer', 'service')
            """)
    }

    /// Data of other imports' committed rows.
    func earlierImports(than id: Import.ID) async throws(DatabaseError) -> ImportMatch.Earlier {
        let rows: [EarlierRow] = try await rows(
            """
            SELECT r.reference, r.digest, r.opening_id IS NOT NULL AS has_balance, coalesce(c.merged_into, c.customer_id) AS customer_id
            FROM import_rows r
            LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = r.customer_id
            WHERE r.tenant_id = \(tenant) AND r.import_id <> \(id) AND r.is_done
            """)
        var earlier = ImportMatch.Earlier()
        for row in rows {
            earlier.digests.insert(row.digest)
            guard let customer = row.customer else { continue }
            if !row.reference.isEmpty { earlier.references[row.reference] = customer }
            if row.hasBalance { earlier.balances.insert(customer) }
        }
        let sold: [SoldPlan] = try await self.rows(
            """
            SELECT s.customer_id, d.plan_id FROM services s
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = s.service_id
            WHERE s.tenant_id = \(tenant) AND s.state <> 'cancelled'
            """)
        earlier.services = Set(sold.map(\.sold))
        return earlier
    }
}

private struct EarlierRow: RowReadable {
    let reference: String
    let digest: [UInt8]
    let customer: Customer.ID?
    let hasBalance: Bool

    init(row: Row) throws(DatabaseError) {
        (reference, digest) = (try row.read("reference"), try row.read("digest"))
        hasBalance = try row.read("has_balance")
        customer = try row.read("customer_id")
    }
}

private struct SoldPlan: RowReadable {
    let sold: ImportMatch.Earlier.Sold

    init(row: Row) throws(DatabaseError) {
        sold = .init(customer: try row.read("customer_id"), plan: try row.read("plan_id"))
    }
}

/// An imported row, with what it created.
struct FinishedRow {
    let line: Int
    let customer: Customer.ID?
    let service: Service.ID?
    let opening: Transaction.ID?
    let filled: [(field: String, value: String)]
}

/// An undone row, or why it stays.
private struct UndoneRow: RowReadable {
    let line: Int
    let kept: String?

    init(row: Row) throws(DatabaseError) {
        let line: Int32 = try row.read("line")
        (self.line, kept) = (Int(line), try row.read("reason"))
    }
}

extension Import: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("actor_kind")
        guard let kind = Actor.Kind(rawValue: word) else { throw .wrongColumn("There is no actor '\(word)'") }
        id = try row.read("import_id")
        number = try row.read("number")
        name = try row.read("name")
        state = try row.word("state")
        let (titles, samples): ([String], [String]) = (try row.read("titles"), try row.read("samples"))
        let (fields, doubts): ([String], [Bool]) = (try row.read("fields"), try row.read("day_doubts"))
        let amounts: [Bool] = try row.read("amount_doubts")
        columns = titles.indices.map { place in
            Column(
                title: titles[place], sample: samples[place], field: ImportedField(rawValue: fields[place]),
                daysAreDoubtful: doubts[place], amountsAreDoubtful: amounts.indices.contains(place) && amounts[place])
        }
        let order: String? = try row.read("day_order")
        let mark: String? = try row.read("decimal_mark")
        notation = WrittenNotation(
            dayOrder: order.flatMap { DayOrder(rawValue: $0) }, decimalMark: mark.flatMap { DecimalMark(rawValue: $0) })
        areDistinct = try row.read("are_distinct")
        (rowCount, doneCount) = (try row.read("row_count"), try row.read("done_count"))
        var counts: [ImportRow.Outcome: Int] = [:]
        (counts[.created], counts[.merged]) = (try row.read("created"), try row.read("merged"))
        (counts[.known], counts[.refused]) = (try row.read("known"), try row.read("refused"))
        self.counts = counts
        (services, owed, inFavour) = (
            try row.read("services"), try row.read("owed"), try row.read("in_favour")
        )
        let interruption: String? = try row.read("interruption")
        self.interruption = interruption.flatMap { Interruption(rawValue: $0) }
        author = Actor(kind, id: try row.read("actor_id"), name: try row.read("actor"))
        (madeAt, endedAt) = (try row.read("made_at"), try row.read("ended_at"))
    }
}

extension ImportRow: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (line, same): (Int32, Int32?) = (try row.read("line"), try row.read("same_as"))
        (self.line, sameAs) = (Int(line), same.map { Int($0) })
        (name, reference) = (try row.read("name"), try row.read("reference"))
        outcome = try row.word("outcome")
        let (id, number): (UUID?, Int?) = (try row.read("customer_id"), try row.read("customer_number"))
        let customerName: String? = try row.read("customer_name")
        customer = id.map { Customer(id: $0, number: number ?? 0, name: customerName ?? "") }
        let evidence: [String] = try row.read("evidence")
        self.evidence = evidence.compactMap { Evidence(rawValue: $0) }
        let (columns, reasons): ([Int32], [String]) = (try row.read("fault_columns"), try row.read("fault_reasons"))
        let values: [String] = try row.read("fault_values")
        faults = columns.indices.compactMap { place in
            Fault.Reason(rawValue: reasons[place]).map {
                Fault(column: columns[place] < 0 ? nil : Int(columns[place]), reason: $0, value: values[place])
            }
        }
        isDone = try row.read("is_done")
        let code: String? = try row.read("currency")
        let currency = code.flatMap { Currency(rawValue: $0) }
        let (plan, price): (Plan.ID?, Int64?) = (try row.read("plan_id"), try row.read("price"))
        let (planName, day): (String?, Int32?) = (try row.read("plan_name"), try row.read("billing_day"))
        let (state, balance): (String?, Int64?) = (try row.read("service_state"), try row.read("balance"))
        if let plan, let price, let currency, let state = state.flatMap({ Service.State(rawValue: $0) }) {
            service = Sold(
                plan: plan, planName: planName ?? "", price: Money(minor: price, currency),
                isPriceAgreed: try row.read("is_price_agreed"), state: state,
                billingDay: day.map { Int($0) } ?? 1)
        } else {
            service = nil
        }
        let (fields, given): ([String], [String]) = (try row.read("filled"), try row.read("filled_values"))
        filled = zip(fields, given).map { ($0, $1) }
        let kept: String? = try row.read("kept")
        self.kept = kept.flatMap { Kept(rawValue: $0) }
        self.balance = currency.flatMap { currency in balance.map { Money(minor: $0, currency) } }
    }
}
