import Billing
import Customers
import Identifiers
import Locale
import Plans
import Postgres
import Services
import Time

extension TenantDatabase {
    /// Accounts with something to bill by that day, by id.
    func customersToBill(
        after last: Customer.ID?, on day: Day, by settings: BillingSettings, limit: Int
    ) async throws(DatabaseError) -> [Customer.ID] {
        let place: SQL = last.map { "AND coalesce(c.payer_id, c.customer_id) > \($0)" } ?? .nothing
        let found: [BillableID] = try await rows(
            """
            SELECT DISTINCT coalesce(c.payer_id, c.customer_id) AS customer_id
            FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN activations a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
            LEFT JOIN cancellations e ON e.tenant_id = s.tenant_id AND e.service_id = s.service_id
            LEFT JOIN LATERAL (\(newestPeriod)) b ON true
            WHERE s.tenant_id = \(tenant) \(place) AND a.day <= \(day) AND NOT coalesce(b.is_last, false)
                AND (coalesce(b.to_day + 1, greatest(a.day, \(settings.firstDay))) <= \(day)
                    AND (b.to_day IS NOT NULL OR e.day IS NULL OR e.day > greatest(a.day, \(settings.firstDay)))
                    OR e.day <= \(day) AND b.to_day IS NOT NULL)
            ORDER BY 1 LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// The last charged period of the service `s`.
    private var newestPeriod: SQL {
        """
        SELECT p.from_day, p.to_day, p.cycle_from, p.cycle_to, p.is_first, p.is_last, p.is_void, p.cut_share,
            p.invoice_id
        FROM billed_periods p WHERE p.tenant_id = \(tenant) AND p.service_id = s.service_id
        ORDER BY p.from_day DESC LIMIT 1
        """
    }

    /// These customers with everything that determines their charges.
    func billable(_ customers: [Customer.ID], in zone: TimeZone) async throws -> [BillableCustomer] {
        guard !customers.isEmpty else { return [] }
        let first = try await batch([
            """
            SELECT c.customer_id, c.number, c.name FROM customers c
            WHERE c.tenant_id = \(tenant) AND c.customer_id = ANY (\(customers)) ORDER BY c.customer_id
            """,
            """
            SELECT s.service_id, s.number, coalesce(c.payer_id, c.customer_id) AS customer_id, s.billing_day,
                CASE WHEN c.payer_id IS NULL THEN s.profile_id END AS profile_id,
                CASE WHEN c.payer_id IS NOT NULL THEN c.customer_id END AS user_id,
                CASE WHEN c.payer_id IS NOT NULL THEN c.name END AS user_name, c.is_billed_apart,
                a.day AS activated_on, e.day AS cancelled_on, b.from_day, b.to_day, b.cycle_from, b.cycle_to, b.is_first, b.is_last, b.is_void,
                b.cut_share, b.invoice_id
            FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN activations a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
            LEFT JOIN cancellations e ON e.tenant_id = s.tenant_id AND e.service_id = s.service_id
            LEFT JOIN LATERAL (\(newestPeriod)) b ON true
            WHERE s.tenant_id = \(tenant) AND \(onAccounts(customers)) AND NOT coalesce(b.is_last, false)
            ORDER BY s.number
            """,
            fiscalProfilesStatement(of: customers),
        ])
        let found: [BillableRow] = try first[1].read()
        let parts = try await parts(of: found, in: zone)
        let profiles: [FiscalProfile] = try first[2].read()
        let profilesByCustomer = Dictionary(grouping: profiles, by: \.customer)
        let services = Dictionary(grouping: found, by: \.customer)
        return try first[0].read(as: BillableCustomerRow.self).map { row in
            BillableCustomer(
                id: row.id, number: row.number, name: row.name, profiles: profilesByCustomer[row.id] ?? [],
                services: (services[row.id] ?? []).compactMap { parts.service($0) })
        }
    }

    private func parts(of found: [BillableRow], in zone: TimeZone) async throws -> BillableParts {
        let ids = found.map(\.id)
        guard !ids.isEmpty else { return BillableParts() }
        let charged = found.filter { $0.invoice != nil }
        let results = try await batch([
            """
            SELECT t.service_id, t.from_day, t.plan_id, t.price, t.currency, p.name, p.tax, p.charge,
                p.early_discount, p.early_days
            FROM service_terms t JOIN plans p ON p.tenant_id = t.tenant_id AND p.plan_id = t.plan_id
            WHERE t.tenant_id = \(tenant) AND t.service_id = ANY (\(ids)) ORDER BY t.from_day, t.sequence
            """,
            """
            SELECT service_id, charge_id, kind, name, amount, currency, from_day, to_day FROM service_charges
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(ids)) AND (to_day IS NULL OR to_day >= from_day)
            ORDER BY from_day, charge_id
            """,
            """
            SELECT service_id, percent, amount, currency, from_day, periods FROM service_promotions
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(ids)) ORDER BY from_day, promotion_id
            """,
            """
            SELECT service_id, from_day, to_day FROM freezes
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(ids)) AND (to_day IS NULL OR to_day >= from_day)
            """,
            """
            SELECT service_id, made_at, lifted_at FROM cuts
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(ids))
            """,
            """
            SELECT service_id, credit_id, name, amount, currency FROM service_credits
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(ids)) AND invoice_id IS NULL ORDER BY credit_id
            """,
            """
            SELECT l.service_id, l.part_id, sum(CASE i.kind WHEN 'invoice' THEN l.amount ELSE -l.amount END)::bigint AS amount
            FROM unnest(\(charged.map(\.id)), \(charged.map(\.invoice)), \(charged.map(\.from))) g(service, invoice, first)
            JOIN invoices i ON i.tenant_id = \(tenant) AND i.invoice_id = g.invoice
            JOIN invoice_lines l ON l.tenant_id = \(tenant) AND l.invoice_id = g.invoice AND l.service_id = g.service
                AND l.billed_from = g.first
            GROUP BY l.service_id, l.part_id
            """,
        ])
        return try BillableParts(results, in: zone)
    }

    private func fiscalProfilesStatement(of customers: [Customer.ID]) -> SQL {
        """
        SELECT profile_id, customer_id, legal_name, tax_id, regime, purpose, postal_code, address, email, tax, tax_rate
        FROM fiscal_profiles WHERE tenant_id = \(tenant) AND customer_id = ANY (\(customers)) ORDER BY profile_id
        """
    }
}

private struct BillableID: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

private struct BillableCustomerRow: RowReadable {
    let id: Customer.ID
    let number: Int
    let name: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
    }
}

private struct BillableRow: RowReadable {
    let id: Service.ID
    let number: Int
    let customer: Customer.ID
    let anchor: AnchorDay
    let profile: FiscalProfile.ID?
    let user: BillableService.User?
    let activatedOn: Day
    let cancelledOn: Day?
    let last: BilledPeriod?
    let invoice: Invoice.ID?
    var from: Day { last?.from ?? activatedOn }

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        let day: Int32 = try row.read("billing_day")
        anchor = AnchorDay(Int(day)) ?? .first
        profile = try row.read("profile_id")
        let (user, name): (Customer.ID?, String?) = (try row.read("user_id"), try row.read("user_name"))
        let isApart: Bool = try row.read("is_billed_apart")
        self.user = user.map { BillableService.User(id: $0, name: name ?? "", isBilledApart: isApart) }
        activatedOn = try row.read("activated_on")
        cancelledOn = try row.read("cancelled_on")
        invoice = try row.read("invoice_id")
        let from: Day? = try row.read("from_day")
        guard let from else {
            last = nil
            return
        }
        let (cycleFrom, cycleTo): (Day, Day) = (try row.read("cycle_from"), try row.read("cycle_to"))
        guard let cycle = Period(from: cycleFrom, to: cycleTo) else {
            throw .wrongColumn("A period ends before it begins")
        }
        last = BilledPeriod(
            from: from, to: try row.read("to_day"), cycle: cycle, isFirst: try row.read("is_first"),
            isLast: try row.read("is_last"), isVoid: try row.read("is_void"),
            cutShare: (try row.read("cut_share") as Int32?).flatMap { share in
                BillingSettings.CutShare.allCases.first { $0.percent == share }
            })
    }
}

/// The data that determines charges, by service.
private struct BillableParts {
    private var terms: [Service.ID: [BillableService.Terms]] = [:]
    private var charges: [Service.ID: [BillableService.Extra]] = [:]
    private var promotions: [Service.ID: [Promotion]] = [:]
    private var freezes: [Service.ID: [ServiceLife.Pause]] = [:]
    private var cuts: [Service.ID: [ServiceLife.Pause]] = [:]
    private var credits: [Service.ID: [BillableService.Credit]] = [:]
    private var billed: [Service.ID: [UUID: Int64]] = [:]

    init() {}

    init(_ results: [Rows], in zone: TimeZone) throws(DatabaseError) {
        for row in results[0] {
            terms[try row.read("service_id"), default: []].append(try BillableService.Terms(row: row))
        }
        for row in results[1] {
            charges[try row.read("service_id"), default: []].append(try BillableService.Extra(row: row))
        }
        for row in results[2] {
            promotions[try row.read("service_id"), default: []].append(try Promotion(row: row))
        }
        for row in results[3] {
            freezes[try row.read("service_id"), default: []].append(try ServiceLife.Pause(row: row))
        }
        for row in results[4] {
            // A day counts as cut if the service is cut at its end.
            let (made, lifted): (Instant, Instant?) = (try row.read("made_at"), try row.read("lifted_at"))
            let pause = ServiceLife.Pause(from: zone.day(at: made), to: lifted.map { zone.day(at: $0) - 1 })
            if let to = pause.to, to < pause.from { continue }
            cuts[try row.read("service_id"), default: []].append(pause)
        }
        for row in results[5] {
            credits[try row.read("service_id"), default: []].append(
                BillableService.Credit(
                    id: try row.read("credit_id"), name: try row.read("name"), amount: try row.amount()))
        }
        for row in results[6] {
            billed[try row.read("service_id"), default: [:]][try row.read("part_id")] = try row.read("amount")
        }
    }

    /// Nil without terms, which does not occur.
    func service(_ row: BillableRow) -> BillableService? {
        guard let terms = terms[row.id], !terms.isEmpty else { return nil }
        var last = row.last
        if let known = last, let parts = billed[row.id] {
            last = BilledPeriod(
                from: known.from, to: known.to, cycle: known.cycle, isFirst: known.isFirst, isLast: known.isLast,
                isVoid: known.isVoid, cutShare: known.cutShare, parts: parts)
        }
        var service = BillableService(
            id: row.id, number: row.number, profile: row.profile, anchor: row.anchor, activatedOn: row.activatedOn,
            cancelledOn: row.cancelledOn, terms: terms, last: last)
        service.user = row.user
        service.charges = charges[row.id] ?? []
        service.promotions = promotions[row.id] ?? []
        service.freezes = freezes[row.id] ?? []
        service.cuts = cuts[row.id] ?? []
        service.credits = credits[row.id] ?? []
        return service
    }
}

extension Row {
    func currency() throws(DatabaseError) -> Currency {
        let code: String = try read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        return currency
    }

    fileprivate func amount() throws(DatabaseError) -> Money { Money(minor: try read("amount"), try currency()) }
}

extension BillableService.Terms: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let tax: Plan.TaxRule = try row.word("tax")
        let currency = try row.currency()
        let (discount, days): (Int64, Int32) = (try row.read("early_discount"), try row.read("early_days"))
        self.init(
            from: try row.read("from_day"), plan: try row.read("plan_id"), name: try row.read("name"),
            price: Money(minor: try row.read("price"), currency), isExempt: tax == .exempt,
            charge: try row.word("charge"),
            early: discount > 0
                ? EarlyPayment(.amount(Money(minor: discount, currency)), within: Int(days)) : nil)
    }
}

extension BillableService.Extra: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("charge_id"), try row.word("kind"), name: try row.read("name"), amount: try row.amount(),
            from: try row.read("from_day"), to: try row.read("to_day"))
    }
}

extension Promotion {
    fileprivate init(row: Row) throws(DatabaseError) {
        let (percent, amount): (Int32?, Int64?) = (try row.read("percent"), try row.read("amount"))
        let discount: Discount =
            if let percent { .percent(Percentage(percent)) } else {
                .amount(Money(minor: amount ?? 0, try row.currency()))
            }
        let periods: Int32 = try row.read("periods")
        self.init(discount, from: try row.read("from_day"), periods: Int(periods))
    }
}
