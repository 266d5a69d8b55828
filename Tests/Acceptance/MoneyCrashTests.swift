import Glibc
import JSON
import Loop
import Synchronization
import TestSupport
import Testing

/// Billing, collection and payments of two companies whose working process is killed at any moment. More kills by hand:
/// MASTIL_MONEY_KILLS=1000.
@Suite struct MoneyCrashTests {
    private static let kills = getenv("MASTIL_MONEY_KILLS").flatMap { Int(String(cString: $0)) } ?? 20

    @Test func `money is charged, taken and collected once by processes that are killed at any moment`() async throws {
        try await Installation.with { installation in
            try await Self.open(installation)
            let settings = ["MASTIL_API_TOKEN_RATE": "0", "MASTIL_API_TENANT_RATE": "0"]
            try await RunningMastil.run("serve", "--work", for: installation, settings: settings) { mastil in
                try await mastil.waitUntilReady()
                let tills = Tills()
                var programs: [(slug: String, program: Visitor)] = []
                for slug in Installation.tenants {
                    let token = try await installation.mastil(
                        "token", "create", slug, "--name", "caja", "--permission", "customers.read", "--permission",
                        "payments.view", "--permission", "payments.register", "--permission", "payments.apply",
                        "--permission", "collection.view", "--permission", "collection.run", "--permission",
                        "invoices.run")
                    programs.append((slug, mastil.visitor(of: slug).with("Authorization", "Bearer \(token)")))
                }
                try await withThrowingTaskGroup(of: Void.self) { [programs] group in
                    for (slug, program) in programs {
                        let customers = try await installation.ids(
                            "SELECT customer_id FROM customers JOIN tenants USING (tenant_id) WHERE slug = '\(slug)'")
                        for _ in 0..<2 { group.addTask { await tills.take(from: customers, at: slug, by: program) } }
                    }
                    group.addTask {
                        defer { tills.close() }
                        for round in 0..<Self.kills {
                            try await installation.addWork(round: round)
                            for (_, program) in programs {
                                _ = try? await program.with("Idempotency-Key", "corrida-\(round)").send(
                                    "POST", "/api/v1/collection/runs", json: "{}")
                                _ = try? await program.with("Idempotency-Key", "factura-\(round)").send(
                                    "POST", "/api/v1/billing-runs", json: "{}")
                            }
                            try await Loops.tests.all[0].sleep(for: .milliseconds(Int.random(in: 20...900)))
                            try await installation.kill(
                                round % 5 == 4 ? "serving-process" : "working-process", of: mastil)
                        }
                    }
                    try await group.waitForAll()
                }
                try await eventually("all is done", within: .seconds(120)) {
                    try await installation.sql("SELECT rescue_jobs(now())")
                    return try await installation.sql(
                        """
                        SELECT FROM jobs
                        WHERE kind IN ('invoices.raise', 'invoices.go-on', 'collection.run', 'customers.look-at')
                        UNION ALL SELECT FROM unsealed_events
                        """
                    ).isEmpty
                }
                #expect(try await mastil.stop() == 0)
                #expect(tills.strange.isEmpty, "\(tills.strange.prefix(3))")
                let taken = tills.taken
                #expect(taken.count > Self.kills)
                let wrong = try await installation.wrongMoney()
                #expect(wrong == [])
                let list = taken.map { "'\($0)'" }.joined(separator: ",")
                let kept = try await installation.ids(
                    "SELECT payment_id FROM payments WHERE payment_id IN (\(list))")
                #expect(Set(kept) == Set(taken), "a payment that was answered is not there")
            }
            for slug in Installation.tenants {
                #expect(try await installation.mastil("audit", "verify", "--tenant", slug).contains("ok  \(slug)"))
            }
        }
    }

    /// Two companies that bill and collect: all stages of a debt at once, five days after its due day.
    private static func open(_ installation: Installation) async throws {
        let plans = "name,price,charge,download,upload,is_collected\nBásico,300,in_advance,8M,3M,yes\n"
        for (slug, folder) in [("norte", Installation.norte), ("sur", Installation.sur)] {
            try installation.write(plans, to: "\(slug)/plans.csv")
            let rules = """
                collection: { on: true, hour: 0, notice_anchor: "due", notice_days: 1, reminder_anchor: "due",
                    reminder_days: 2, warning_anchor: "due", warning_days: 3, cut_anchor: "due", cut_days: 5,
                    missed_messages: "all", fee_rule: "fixed", fee_amount: 8000 }, demo: { customers: 120, services: 40 }
                """
            try installation.write(
                folder.replacing("demo: { customers: 120 }", with: rules), to: "\(slug)/tenant.json")
        }
        _ = try await installation.mastil(
            "tenant", "apply", "\(installation.directory)/norte", "\(installation.directory)/sur")
        try await installation.sql(
            """
            INSERT INTO billing_settings (
                tenant_id, first_day, is_automatic, due_days, cut_share, grouping, series, credit_series)
            SELECT tenant_id, date_trunc('month', now() AT TIME ZONE zone)::date, true, 7, 100, 'customer', 'F', 'NC' FROM tenants
            WHERE slug IN ('norte', 'sur')
            """)
    }
}

/// Those who pay, and ask again with the same payment until they are answered.
private final class Tills: Sendable {
    private let state = Mutex<(taken: [String], strange: [String], isClosed: Bool)>(([], [], false))

    var taken: [String] { state.withLock(\.taken) }
    var strange: [String] { state.withLock(\.strange) }
    func close() { state.withLock { $0.isClosed = true } }

    func take(from customers: [String], at slug: String, by program: Visitor) async {
        while !state.withLock(\.isClosed) {
            let (id, customer) = (Self.newID(), customers.randomElement() ?? "")
            let body = """
                {"id":"\(id)","customer":"\(customer)","method":"cash","amount":\(Int.random(in: 100...60_000))}
                """
            var answered = false
            while !answered {
                do {
                    let answer = try await program.with("Idempotency-Key", id).send(
                        "POST", "/api/v1/payments", json: body)
                    answered = true
                    if answer.status == 201 {
                        state.withLock { $0.taken.append(id) }
                    } else if answer.status == 503 {
                        answered = false
                    } else {
                        state.withLock { $0.strange.append("\(answer.status) \(answer.text)") }
                    }
                } catch {
                    // It was killed before it could answer.
                }
            }
        }
    }

    private static func newID() -> String {
        let digits = (0..<32).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
        let parts = [
            digits.prefix(8), digits.dropFirst(8).prefix(4), "7" + digits.dropFirst(13).prefix(3),
            "8" + digits.dropFirst(17).prefix(3), digits.dropFirst(20),
        ]
        return parts.map { String($0) }.joined(separator: "-")
    }
}

extension Installation {
    fileprivate func ids(_ text: String) async throws -> [String] { try await sql(text).compactMap { $0[0] } }

    /// Five more debts of two months ago, two more services to be charged, and a night's billing.
    fileprivate func addWork(round: Int) async throws {
        for slug in Self.tenants {
            try await sql(
                """
                WITH tenant AS MATERIALIZED (
                    SELECT tenant_id, set_config('app.tenant_id', tenant_id::text, true) AS context FROM tenants
                    WHERE slug = '\(slug)'
                ), debt AS (
                    SELECT customer_id, row_number() OVER ()::integer AS place, uuid_in(md5(customer_id::text || \(round))::cstring) AS id
                    FROM (
                        SELECT c.customer_id FROM customers c JOIN services s USING (tenant_id, customer_id)
                        JOIN tenants t USING (tenant_id) WHERE t.slug = '\(slug)' AND s.state = 'active'
                        ORDER BY md5(c.customer_id::text || \(round)) LIMIT 5) few)
                SELECT post_transactions(
                    (SELECT tenant_id FROM tenant WHERE context <> ''), array_agg(id ORDER BY place),
                    array_fill('charge'::text, ARRAY[count(*)::integer]), array_agg(id ORDER BY place),
                    array_fill(current_date - 60, ARRAY[count(*)::integer]),
                    array_fill(current_date - 50 - \(round % 7), ARRAY[count(*)::integer]),
                    array_fill(''::text, ARRAY[count(*)::integer]), NULL, 'prueba', now(),
                    array_agg(place ORDER BY place) || array_agg(place ORDER BY place),
                    array_fill('receivable'::text, ARRAY[count(*)::integer]) || array_fill('income'::text, ARRAY[count(*)::integer]),
                    array_fill(''::text, ARRAY[2 * count(*)::integer]),
                    array_agg(customer_id ORDER BY place) || array_fill(NULL::uuid, ARRAY[count(*)::integer]),
                    array_fill((SELECT currency FROM tenants WHERE slug = '\(slug)'), ARRAY[2 * count(*)::integer]),
                    array_fill(30000::bigint, ARRAY[count(*)::integer]) || array_fill(-30000::bigint, ARRAY[count(*)::integer]),
                    array_fill(NULL::uuid, ARRAY[2 * count(*)::integer]))
                FROM debt HAVING count(*) > 0
                """)
            try await sql(
                """
                WITH next AS (
                    SELECT c.tenant_id, c.customer_id, c.number, gen_random_uuid() AS service_id FROM customers c
                    JOIN tenants t USING (tenant_id) WHERE t.slug = '\(slug)' AND NOT EXISTS (
                        SELECT FROM services s WHERE s.tenant_id = c.tenant_id AND s.customer_id = c.customer_id)
                    ORDER BY c.number LIMIT 2
                ), sold AS (
                    INSERT INTO services (tenant_id, service_id, number, customer_id, address, neighbourhood, contact,
                        contact_phone, billing_day, state, made_at)
                    SELECT tenant_id, service_id, 100000 + number, customer_id, '', '', '', '', 1, 'active', now() FROM next
                    RETURNING tenant_id, service_id
                ), terms AS (
                    INSERT INTO service_terms (
                        tenant_id, service_id, sequence, from_day, plan_id, price, currency, author, made_at)
                    SELECT s.tenant_id, s.service_id, 1, current_date - 90, p.plan_id, p.price, p.currency, 'prueba', now()
                    FROM sold s JOIN plans p USING (tenant_id)
                )
                INSERT INTO activations (tenant_id, service_id, day, author, made_at)
                SELECT tenant_id, service_id, current_date - 90, 'prueba', now() FROM sold
                """)
            try await sql(
                """
                SELECT add_jobs(tenant_id, 'invoices.raise', ARRAY[gen_random_uuid()], ARRAY['{}'::jsonb], ARRAY[NULL],
                    ARRAY[NULL], ARRAY[1], now(), 20) FROM tenants WHERE slug = '\(slug)'
                """)
        }
    }

    /// What it held is free for others at once, instead of after its lease.
    fileprivate func kill(_ name: String, of mastil: RunningMastil) async throws {
        guard let process = try await mastil.processes(name).randomElement() else { return }
        let held = try await ids("SELECT worker_id FROM job_workers")
        Glibc.kill(process, SIGKILL)
        guard name == "working-process", !held.isEmpty else { return }
        let list = held.map { "'\($0)'" }.joined(separator: ",")
        try await sql("DELETE FROM job_workers WHERE worker_id IN (\(list))")
        try await sql("SELECT rescue_jobs(now())")
    }

    /// The invariants of money, and how often each is broken.
    fileprivate func wrongMoney() async throws -> [String] {
        var wrong: [String] = []
        let checks: [(what: String, rows: String)] = [
            (
                "transactions that do not sum to zero",
                "SELECT FROM ledger_postings GROUP BY tenant_id, transaction_id, currency HAVING sum(amount) <> 0"
            ),
            (
                "balances that are not the sum of their postings",
                """
                SELECT FROM customer_balances b WHERE b.receivable + b.credit <> (
                   SELECT coalesce(sum(p.amount), 0) FROM ledger_postings p WHERE p.tenant_id = b.tenant_id
                       AND p.customer_id = b.customer_id AND p.currency = b.currency)
                """
            ),
            (
                "days charged twice",
                """
                SELECT FROM billed_periods a JOIN billed_periods b ON b.tenant_id = a.tenant_id
                   AND b.service_id = a.service_id AND b.from_day > a.from_day AND b.from_day <= a.to_day
                """
            ),
            (
                "periods with another number of invoices than one",
                """
                SELECT FROM billed_periods p WHERE p.invoice_id IS NOT NULL AND 1 <> (
                   SELECT count(*) FROM invoice_lines l WHERE l.tenant_id = p.tenant_id AND l.service_id = p.service_id
                       AND l.billed_from = p.from_day AND l.kind = 'plan')
                """
            ),
            (
                "payments without their one transaction",
                """
                SELECT FROM payments p WHERE (p.state = 'applied')::integer <> (
                   SELECT count(*) FROM ledger_transactions t WHERE t.tenant_id = p.tenant_id AND t.kind = 'payment'
                       AND t.source_id = p.payment_id)
                """
            ),
            (
                "payments and invoices without their one event",
                """
                SELECT FROM (
                   SELECT tenant_id, payment_id AS id, ARRAY['payment.applied', 'payment.registered'] AS kinds FROM payments
                   UNION ALL SELECT tenant_id, invoice_id, ARRAY['invoice.issued', 'credit_note.issued'] FROM invoices) n
                WHERE 1 <> (
                   SELECT count(*) FROM events e WHERE e.tenant_id = n.tenant_id AND e.subject_id = n.id AND e.kind = ANY (n.kinds))
                """
            ),
            (
                "cuts of customers who owed nothing then",
                """
                SELECT FROM collection_steps d WHERE d.stage = 'cut' AND 0 >= (
                   SELECT coalesce(sum(p.amount), 0) FROM ledger_postings p
                   JOIN ledger_transactions t ON t.tenant_id = p.tenant_id
                       AND t.transaction_id = coalesce(p.settles, p.transaction_id)
                   WHERE p.tenant_id = d.tenant_id AND p.customer_id = d.customer_id AND p.account = 'receivable'
                       AND p.made_at <= d.made_at AND t.due_on < d.day)
                """
            ),
            (
                "services still cut by collection of customers who owe nothing",
                """
                SELECT FROM services s JOIN cuts k ON k.tenant_id = s.tenant_id AND k.service_id = s.service_id
                WHERE k.lifted_at IS NULL AND k.note = '' AND EXISTS (
                   SELECT FROM collection_steps d WHERE d.tenant_id = s.tenant_id AND d.service_id = s.service_id AND d.stage = 'cut')
                   AND 0 >= (SELECT coalesce(sum(b.balance), 0) FROM customer_balances b
                       WHERE b.tenant_id = s.tenant_id AND b.customer_id = s.customer_id)
                   + (SELECT coalesce(sum(f.amount), 0) FROM standing_fees f
                       WHERE f.tenant_id = s.tenant_id AND f.customer_id = s.customer_id AND f.ended_at IS NULL)
                """
            ),
            (
                "numbers of receipts missing",
                "SELECT FROM payments GROUP BY tenant_id HAVING max(number) <> count(*)"
            ),
            (
                "numbers of invoices missing",
                "SELECT FROM invoices GROUP BY tenant_id, series HAVING max(number) <> count(*)"
            ),
            (
                "runs that never ended",
                "SELECT FROM collection_runs WHERE state IN ('running', 'confirmed')"
            ),
            (
                "companies whose asked runs did not end, or tell of other invoices than they issued",
                """
                SELECT FROM billing_runs r GROUP BY r.tenant_id
                HAVING bool_or(r.state <> 'done') OR sum(r.invoices) <> (
                   SELECT count(*) FROM invoices i
                   WHERE i.tenant_id = r.tenant_id AND i.kind = 'invoice' AND i.actor = 'caja')
                """
            ),
            ("jobs that were given up", "SELECT FROM dead_jobs"),
        ]
        for (what, rows) in checks {
            let count = try await sql(rows).count
            if count > 0 { wrong.append("\(what): \(count)") }
        }
        // Whether a run cuts or asks first depends on how many owe at that moment; some had somebody to cut.
        for (what, table) in [
            ("invoices", "invoices"), ("runs with cuts", "collection_runs WHERE to_cut > 0"),
            ("runs of invoices that were asked for", "billing_runs"),
        ] {
            if try await sql("SELECT FROM \(table) LIMIT 1").isEmpty { wrong.append("there are no \(what)") }
        }
        return wrong
    }
}
