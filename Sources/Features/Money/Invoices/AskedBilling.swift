import API
import Access
import Billing
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A billing run requested by a person or a program, queued and reporting its progress.
package struct AskedBilling: Sendable, Equatable {
    package typealias ID = Identifiers.ID<AskedBilling>

    package let id: ID
    package let number: Int
    /// Everything due by this day is invoiced.
    package let day: Day
    package let state: State
    /// The preview's totals, or those issued so far.
    package let outcome: BillingRun.Outcome
    package let author: Actor
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, FieldChoice {
        /// The preview is being computed, customer by customer.
        case preparing, prepared
        /// Issuing, or waiting to.
        case queued
        case done

        package var message: Message {
            switch self {
            case .preparing: Message(es: "Preparando", en: "Being prepared", pt: "Preparando")
            case .prepared: Message(es: "Vista previa", en: "Preview", pt: "Prévia")
            case .queued: Message(es: "Emitiendo", en: "Being issued", pt: "Emitindo")
            case .done: Message(es: "Emitida", en: "Issued", pt: "Emitida")
            }
        }

        package var tone: Tone {
            switch self {
            case .preparing, .queued: .warning
            case .prepared: .quiet
            case .done: .good
            }
        }
    }
}

extension AskedBilling {
    /// Queues a run for everything due today. One at a time: a second request is refused.
    package static func ask(
        of tenant: Tenant, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> AskedBilling {
        try await add(
            .queued, on: tenant.timeZone.day(at: principal.now), of: tenant, by: principal, from: randomness,
            in: database)
    }

    /// Computes a preview for a day, to be reviewed before issuing.
    package static func prepare(
        for day: Day, of tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> AskedBilling {
        try await add(.preparing, on: day, of: tenant, by: principal, from: randomness, in: database)
    }

    private static func add(
        _ state: State, on day: Day, of tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> AskedBilling {
        try await database.transaction { database in
            guard try await database.billingSettings() != nil else { throw InvoiceRefusal.notSetUp }
            let id: ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
            let isNew = try await database.insert(
                AskedBilling(
                    id: id, number: try await database.takeBillingNumber(), day: day, state: state,
                    outcome: BillingRun.Outcome(in: tenant.currency), author: principal.actor, madeAt: principal.now,
                    endedAt: nil))
            guard isNew, let run = try await database.askedBilling(id) else { throw InvoiceRefusal.runUnderWay }
            try await database.queue(GoOnBilling(id), at: principal.now)
            return run
        }
    }

    /// Issues a reviewed preview: everything due by its day, dated today.
    package static func issue(
        _ id: ID, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws -> AskedBilling {
        try await database.transaction { database in
            guard let run = try await database.askedBilling(id) else { throw AccessRefusal.notFound }
            guard run.state == .prepared, run.day <= today else { throw InvoiceRefusal.notPrepared }
            guard try await database.begin(id, on: today, by: principal) else { throw InvoiceRefusal.runUnderWay }
            try await database.queue(GoOnBilling(id), at: principal.now)
            guard let begun = try await database.askedBilling(id) else { throw AccessRefusal.notFound }
            return begun
        }
    }
}

/// Continues a preview or run in batches. Batches done before a failure are not repeated.
package struct GoOnBilling: Job {
    package static let kind = "invoices.go-on"

    package static var rules: JobRules { RaiseInvoices.rules }

    package let run: AskedBilling.ID

    package var key: String? { run.description }
    package var priority: JobPriority { .urgent }

    package init(_ run: AskedBilling.ID) { self.run = run }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("run", as: String.self)
        guard let id = AskedBilling.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("run"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("run", run.description) } }

    package func run(in context: JobContext, from randomness: Randomness) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await go(of: tenant, at: context.now, from: randomness, in: context.database)
    }

    package func go(
        of tenant: Tenant, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        guard let settings = try await database.billingSettings(), let asked = try await database.askedBilling(run)
        else { return }
        // A company suspended meanwhile gets no more invoices, and may start again later.
        guard !tenant.standing(at: now).isReadOnly else {
            if asked.state == .queued { try await database.end(run, at: now) }
            return
        }
        let billing = BillingRun(of: tenant, by: settings, on: asked.day, from: randomness)
        switch asked.state {
        case .prepared, .done: return
        case .preparing: try await prepare(billing, in: database)
        case .queued:
            try await billing.run(by: asked.author, at: now, in: database) { outcome, database in
                try await database.add(outcome, to: run)
            }
            try await database.end(run, at: now)
        }
    }

    private func prepare(_ billing: BillingRun, in database: TenantDatabase) async throws {
        var last = try await database.lastPrepared(run)
        while true {
            let next: Customer.ID? = try await database.transaction { database in
                let step = try await billing.preview(after: last, limit: BillingRun.batch, in: database)
                var outcome = BillingRun.Outcome(in: billing.tenant.currency)
                try outcome.add(step.drafts)
                try await database.insert(step.drafts, of: run, in: billing.tenant.currency)
                try await database.add(outcome, to: run)
                return step.last
            }
            guard let next else { return try await database.endPreparing(run) }
            last = next
        }
    }
}

/// A customer's charges in a preview.
struct BilledCustomer: Sendable, Equatable {
    let customer: Customer.ID
    let number: Int
    let name: String
    let invoices: Int
    let creditNotes: Int
    let amount: Money
    let hasFaults: Bool

    static func list(of run: AskedBilling.ID) -> List<BilledCustomer> {
        List(
            "billing_previews", at: "\(BillingRoutes.path)/runs/\(run)/customers", InvoiceWords.billing.message,
            of: fields,
            by: "number", key: "b.customer_id", id: \.customer.uuid, isSearchable: true)
    }

    private static let fields: [Field<BilledCustomer>] = [
        .counted("number", \.number, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "b.number"),
        Field("name", .line(1...200), InvoiceWords.customer.message) { .text($0.name) }
            .sorted(by: "b.name COLLATE \"und-x-icu\""),
        .counted("invoices", \.invoices, InvoiceWords.invoices.message),
        .counted("credit_notes", \.creditNotes, InvoiceWords.creditNotes.message),
        Field("amount", .money(isRequired: true), InvoiceWords.total.message) { .money($0.amount) }
            .sorted(by: "b.amount"),
    ]
}

extension TenantDatabase {
    private func askedBillings(_ which: SQL) -> SQL {
        """
        SELECT r.run_id, r.number, r.day, r.state, r.invoices, r.credit_notes, r.customers, r.total, r.currency,
            array_to_string(r.faults, ',') AS faults, r.actor_kind, r.actor_id, r.actor, r.made_at, r.ended_at
        FROM billing_runs r WHERE r.tenant_id = \(tenant) \(which)
        """
    }

    package func askedBilling(_ id: AskedBilling.ID) async throws(DatabaseError) -> AskedBilling? {
        try await first(askedBillings("AND r.run_id = \(id)"))
    }

    /// Newest first.
    func askedBillings(limit: Int) async throws(DatabaseError) -> [AskedBilling] {
        try await rows(askedBillings("ORDER BY r.number DESC LIMIT \(limit)"))
    }

    /// By number, for programs.
    func askedBillings(after number: Int, limit: Int) async throws(DatabaseError) -> [AskedBilling] {
        try await rows(askedBillings("AND r.number > \(number) ORDER BY r.number LIMIT \(limit)"))
    }

    fileprivate func takeBillingNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'billing_run', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    /// False while another run is issuing. Deletes earlier previews.
    fileprivate func insert(_ run: AskedBilling) async throws(DatabaseError) -> Bool {
        let added = try await execute(
            """
            INSERT INTO billing_runs (
                tenant_id, run_id, number, day, state, currency, actor_kind, actor_id, actor, made_at)
            VALUES (
                \(tenant), \(run.id), \(run.number), \(run.day), \(run.state.rawValue),
                \(run.outcome.total.currency.rawValue), \(run.author.kind.rawValue), \(run.author.id),
                \(run.author.name), \(run.madeAt))
            ON CONFLICT DO NOTHING
            """)
        if added > 0 { try await execute("DELETE FROM billing_previews WHERE tenant_id = \(tenant)") }
        return added > 0
    }

    /// False while another run is issuing.
    fileprivate func begin(
        _ id: AskedBilling.ID, on day: Day, by principal: Principal
    ) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE billing_runs r SET state = 'queued', day = \(day), invoices = 0, credit_notes = 0, customers = 0,
                total = 0, faults = '{}', actor_kind = \(principal.actor.kind.rawValue),
                actor_id = \(principal.actor.id), actor = \(principal.actor.name)
            WHERE r.tenant_id = \(tenant) AND r.run_id = \(id) AND r.state = 'prepared' AND NOT EXISTS (
                SELECT FROM billing_runs o WHERE o.tenant_id = \(tenant) AND o.state = 'queued')
            """) > 0
    }

    fileprivate func add(_ outcome: BillingRun.Outcome, to run: AskedBilling.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE billing_runs SET invoices = invoices + \(outcome.invoices),
                credit_notes = credit_notes + \(outcome.creditNotes), customers = customers + \(outcome.customers),
                total = total + \(outcome.total.minor), faults = (faults || \(outcome.faults))[1:1000]
            WHERE tenant_id = \(tenant) AND run_id = \(run)
            """)
    }

    fileprivate func end(_ run: AskedBilling.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE billing_runs SET state = 'done', ended_at = \(now) WHERE tenant_id = \(tenant) AND run_id = \(run)
            """)
    }

    fileprivate func endPreparing(_ run: AskedBilling.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE billing_runs SET state = 'prepared' WHERE tenant_id = \(tenant) AND run_id = \(run)")
    }

    fileprivate func lastPrepared(_ run: AskedBilling.ID) async throws(DatabaseError) -> Customer.ID? {
        try await value(
            """
            SELECT max(customer_id::text)::uuid AS id FROM billing_previews
            WHERE tenant_id = \(tenant) AND run_id = \(run)
            """, as: Customer.ID?.self) ?? nil
    }

    fileprivate func insert(
        _ drafts: [CustomerDraft], of run: AskedBilling.ID, in currency: Currency
    ) async throws(DatabaseError) {
        let rows = drafts.map { draft in
            let own = draft.invoices.filter { $0.totals.total.currency == currency }
            return (
                draft: draft,
                notes: Int32(draft.invoices.lazy.filter { $0.kind == .creditNote }.count),
                amount: own.reduce(0) { $0 + ($1.kind == .invoice ? 1 : -1) * $1.totals.total.minor }
            )
        }
        guard !rows.isEmpty else { return }
        try await execute(
            """
            INSERT INTO billing_previews (
                tenant_id, run_id, customer_id, number, name, invoices, credit_notes, amount, currency, has_faults)
            SELECT \(tenant), \(run), g.customer, g.number, g.name, g.invoices, g.notes, g.amount, \(currency.rawValue),
                g.has_faults
            FROM unnest(
                \(rows.map(\.draft.customer.id)), \(rows.map(\.draft.customer.number)),
                \(rows.map(\.draft.customer.name)),
                \(rows.map { Int32($0.draft.invoices.count) - $0.notes }), \(rows.map(\.notes)), \(rows.map(\.amount)),
                \(rows.map { !$0.draft.faults.isEmpty }))
                g(customer, number, name, invoices, notes, amount, has_faults)
            """)
    }

    func billedCustomers(_ query: ListQuery<BilledCustomer>, of run: AskedBilling.ID) -> SQL {
        """
        SELECT b.customer_id, b.number, b.name, b.invoices, b.credit_notes, b.amount, b.currency, b.has_faults
        FROM billing_previews b WHERE b.tenant_id = \(tenant) AND b.run_id = \(run) \(query.restriction)
            \(found(by: query.text)) \(query.position) \(query.sorting)
        """
    }

    func billedCustomersCounted(_ query: ListQuery<BilledCustomer>, of run: AskedBilling.ID) -> SQL {
        """
        FROM billing_previews b
        WHERE b.tenant_id = \(tenant) AND b.run_id = \(run) \(query.restriction) \(found(by: query.text))
        """
    }

    /// By number, or the beginning of the name.
    private func found(by text: String) -> SQL {
        if text.isEmpty { return .nothing }
        return "AND (b.number = \(Int(text) ?? 0) OR starts_with(b.name, \(text)))"
    }
}

extension BilledCustomer: RowReadable {
    init(row: Row) throws(DatabaseError) {
        let (invoices, notes): (Int32, Int32) = (try row.read("invoices"), try row.read("credit_notes"))
        self.init(
            customer: try row.read("customer_id"), number: try row.read("number"), name: try row.read("name"),
            invoices: Int(invoices), creditNotes: Int(notes),
            amount: Money(minor: try row.read("amount"), try row.currency()), hasFaults: try row.read("has_faults"))
    }
}

extension AskedBilling: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (word, faults): (String, String) = (try row.read("actor_kind"), try row.read("faults"))
        guard let kind = Actor.Kind(rawValue: word) else { throw .wrongColumn("There is no actor '\(word)'") }
        var outcome = BillingRun.Outcome(in: try row.currency())
        (outcome.invoices, outcome.creditNotes) = (try row.read("invoices"), try row.read("credit_notes"))
        (outcome.customers, outcome.total) = (
            try row.read("customers"), Money(minor: try row.read("total"), outcome.total.currency)
        )
        outcome.faults = faults.split(separator: ",").compactMap { Int($0) }
        self.init(
            id: try row.read("run_id"), number: try row.read("number"), day: try row.read("day"),
            state: try row.word("state"), outcome: outcome,
            author: Actor(kind, id: try row.read("actor_id"), name: try row.read("actor")),
            madeAt: try row.read("made_at"), endedAt: try row.read("ended_at"))
    }
}
