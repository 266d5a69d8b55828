import Access
import Collection
import Customers
import Declarations
import Events
import Identifiers
import Invoices
import Ledger
import Locale
import Payments
import Plans
import Postgres
import Services
import Tenancy
import Time

/// A demo company's year of business: every invoice, payment, promise and cut is made by the ordinary acts, on a
/// simulated clock. Each day is one transaction, so an interrupted year continues from there; the closing of the books
/// marks its end.
package struct InventedYear: Sendable {
    private let tenant: Tenant
    private let catalogue: Catalogue
    private let randomness: Randomness
    private let database: TenantDatabase
    private let now: Instant
    private let collecting: CollectionActs
    private let invoicing: InvoiceActs
    private let till: PaymentActs

    package init(
        of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) {
        (self.tenant, self.catalogue, self.randomness) = (tenant, catalogue, randomness)
        (self.database, self.now) = (database, now)
        collecting = CollectionActs(inventing: randomness)
        (invoicing, till) = (InvoiceActs(randomness: randomness), PaymentActs(randomness: randomness))
    }

    /// The first day of the month a year ago.
    package static func firstDay(of tenant: Tenant, at now: Instant, months: Int = 12) -> Day {
        (tenant.timeZone.day(at: now).month - months).first
    }

    /// Returns the number of days added: none when the year is complete, or without sales or collection from its first
    /// day.
    package func happen(services wanted: Int, months: Int = 12) async throws -> Int {
        guard try await database.closedThrough() == nil else { return 0 }
        let known = try await database.billingSettings()
        let first = known?.firstDay ?? Self.firstDay(of: tenant, at: now, months: months)
        let policies = try await database.collectionPolicies(
            in: tenant.currency, at: first.start(in: tenant.timeZone))
        let (rules, plans) = (policies.company.rules, try await database.plans())
        guard rules.isOn, !plans.isEmpty else { return 0 }
        let settings = known ?? billing(from: first, by: rules, plans)
        let last = tenant.timeZone.day(at: now)
        let coming = try await happenings(services: wanted, among: plans, until: last)
        let isSold =
            try await database.value(
                "SELECT EXISTS (SELECT FROM services WHERE tenant_id = \(database.tenant))") ?? false
        if !isSold {
            try await database.transaction { database in
                if known == nil { try await settings.put(of: tenant, by: principal(first, at: .zero), in: database) }
                for (day, happening) in coming where day < first {
                    try await happen(happening, on: day, billedOn: billingDay(by: rules), in: database)
                }
                try await giveDays(on: first - 1, in: database)
            }
        }
        let year = Year(
            settings: settings, rules: rules, methods: try await database.paymentMethods(of: tenant).filter(\.isActive),
            last: last, coming: Dictionary(grouping: coming, by: \.day).mapValues { $0.map(\.happening) })
        let begun = try await database.lastCollectionDay()
        var (day, days, falsePayments) = (begun.map { $0 + 1 } ?? first, 0, [Day: [Payment.ID]]())
        while day <= last {
            let (today, found) = (day, falsePayments.removeValue(forKey: day) ?? [])
            falsePayments[day + 2] = try await database.transaction { database in
                try await live(today, of: year, reversing: found, in: database)
            }
            (day, days) = (day + 1, days + 1)
        }
        let closer = Principal.commandLine(of: catalogue, at: now)
        try await SettleServices.settle(of: tenant, by: closer, in: database)
        try await Closing.close(
            through: (last.month - 2).first - 1, because: "", as: newID(at: now), of: tenant, by: closer, in: database)
        return days
    }

    /// A company that collects by days of the month bills on its first, with a due day before the cut.
    private func billing(from first: Day, by rules: CollectionPolicy, _ plans: [Plan]) -> BillingSettings {
        var settings = BillingSettings(firstDay: first)
        if plans.contains(where: { $0.charge == .byDays }) {
            (settings.dueDays, settings.cutShare) = (0, .none)
        } else {
            settings.dueDays = rules.cycleAnchor == .calendar ? max(0, rules.cutDays - 2) : 10
        }
        return settings
    }

    private func billingDay(by rules: CollectionPolicy) -> Int? { rules.cycleAnchor == .calendar ? 1 : nil }

    private func newID<Noun>(at moment: Instant) -> ID<Noun> {
        .make(milliseconds: moment.milliseconds, from: randomness)
    }

    private func principal(_ day: Day, at time: Duration, as name: String = Actor.commandLine.name) -> Principal {
        Principal(
            Actor(.system, name: name), permissions: catalogue.grantable, of: catalogue,
            at: day.start(in: tenant.timeZone) + time)
    }
}

/// Constants of the year.
private struct Year: Sendable {
    let settings: BillingSettings
    let rules: CollectionPolicy
    let methods: [PaymentMethod]
    let last: Day
    let coming: [Day: [Happening]]
}

/// A known event of a service; nil is its sale.
private struct Happening: Sendable {
    let life: InventedLife
    let event: (any ServiceEvent)?
}

// The services' events.
extension InventedYear {
    /// In order.
    private func happenings(
        services wanted: Int, among plans: [Plan], until last: Day
    ) async throws -> [(day: Day, happening: Happening)] {
        let customers = try await database.allCustomers()
        guard !customers.isEmpty else { return [] }
        let lives = (0..<wanted).map { place in
            InventedLife(
                of: customers[place % customers.count], service: place / customers.count, among: plans, until: last)
        }
        let all = lives.flatMap { life in
            [(day: life.begins, happening: Happening(life: life, event: nil))]
                + life.events.map { (day: $0.day, happening: Happening(life: life, event: $0.event)) }
        }
        return all.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }

    private func happen(
        _ happening: Happening, on day: Day, billedOn billingDay: Int?, in database: TenantDatabase
    ) async throws {
        let principal = principal(day, at: .seconds(36_000))
        guard let event = happening.event else {
            _ = try await happening.life.sell(
                billedOn: billingDay, of: tenant, by: principal, from: randomness, in: database)
            return
        }
        let services = try await database.services(of: happening.life.customer.id, on: day)
        guard happening.life.service < services.count else { return }
        let service = services[happening.life.service]
        guard service.state != .cancelled else { return }
        _ = try await event.happen(to: service.id, of: tenant, by: principal, in: database)
    }
}

// A day's business.
extension InventedYear {
    /// Returns the payments with false receipts, which are found out later.
    private func live(
        _ day: Day, of year: Year, reversing falsePayments: [Payment.ID], in database: TenantDatabase
    ) async throws -> [Payment.ID] {
        let night = principal(day, at: .seconds(1200))
        try await BillingRun(of: tenant, by: year.settings, on: day, from: randomness)
            .run(by: night.actor, at: night.now, in: database)
        // Prepaid days end at midnight.
        try await collect(by: night, in: database)
        let morning = principal(day, at: .seconds(Int64(year.rules.hour) * 3600 + 60))
        guard morning.now <= now else { return [] }
        try await collect(by: morning, in: database)
        for happening in year.coming[day] ?? [] {
            try await happen(happening, on: day, billedOn: billingDay(by: year.rules), in: database)
        }
        let noon = principal(day, at: .seconds(12 * 3600), as: "Lucía Peña")
        for id in falsePayments {
            // One that nobody approved counts for nothing yet.
            guard try await database.payment(id)?.state == .applied else { continue }
            let payment = try await till.reverse(
                id, of: tenant, because: "El banco no lo tiene", isFalse: true, by: noon, in: database)
            try await collecting.look(at: payment.customer, of: tenant, by: noon, in: database)
        }
        if day.dayOfMonth == 20 { try await creditSome(by: noon, in: database) }
        let falsePayments = try await meet(day, of: year, in: database)
        try await recharge(day, of: year, in: database)
        return falsePayments
    }

    /// Confirms a run stopped by the fuse, as a person would.
    private func collect(by principal: Principal, in database: TenantDatabase) async throws {
        let run = try await collecting.run(nil, of: tenant, as: { principal }, in: database)
        guard let run, run.state == .waiting else { return }
        _ = try await CollectionRun.confirm(
            run.id, ofCuts: run.toCut, signedInAt: nil, by: principal, in: database)
        _ = try await collecting.run(run.id, of: tenant, as: { principal }, in: database)
    }

    /// Credits a tenth of the last invoice to some customers.
    private func creditSome(by principal: Principal, in database: TenantDatabase) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        for customer in try await database.customers(every: 90, from: today.month.first - Day(number: 0)) {
            guard let invoice = try await database.invoices(of: customer, on: today, limit: 1).first,
                invoice.kind == .invoice
            else { continue }
            let tenth = invoice.total.minor / 10
            let amount = Money(minor: tenth - tenth % invoice.total.currency.smallestShown, invoice.total.currency)
            guard amount.isPositive else { continue }
            _ = try await invoicing.credit(
                amount, of: invoice.id, because: "Falla del servicio", of: tenant, by: principal, in: database)
        }
    }

    /// Debtors pay, promise, or do nothing.
    private func meet(_ day: Day, of year: Year, in database: TenantDatabase) async throws -> [Payment.ID] {
        var falsePayments: [Payment.ID] = []
        let debtors = try await database.debtors(on: day, in: tenant.currency).map {
            (debtor: $0, payer: InventedPayer(number: $0.number, lastDay: year.last))
        }
        for (debtor, payer) in debtors.sorted(by: { $0.payer.hour < $1.payer.hour }) {
            let principal = principal(day, at: payer.hour, as: "Lucía Peña")
            guard principal.now <= now else { break }
            switch payer.deed(about: debtor.debt, on: day) {
            case .pay(let amount): _ = try await pay(amount, debtor, year, by: principal, in: database)
            case .payFalsely(let amount):
                falsePayments.append(try await pay(amount, debtor, year, by: principal, in: database))
            case .promise(let until):
                // Within every policy's limits on promises.
                guard !debtor.hasPromised, until <= day + year.rules.promiseDays else { break }
                _ = try await PaymentPromise.make(
                    NewPromise(amount: debtor.debt.open, until: until), by: .staff, for: debtor.customer, of: tenant,
                    by: principal, from: randomness, in: database)
            case .sayPaid:
                _ = try await CollectionHold.give(
                    NewHold(until: day + 10, reason: "Dice que ya pagó; se busca el depósito"), to: debtor.customer,
                    of: tenant, by: principal, from: randomness, in: database)
            case .giveUp:
                for service in try await database.services(of: debtor.customer, on: day)
                where service.state != .cancelled {
                    _ = try await Cancellation(day: day, reason: .unpaid).happen(
                        to: service.id, of: tenant, by: principal, in: database)
                }
            case .leave: break
            }
        }
        return falsePayments
    }

    /// Credits the prepaid days left when the books began.
    private func giveDays(on day: Day, in database: TenantDatabase) async throws {
        for buyer in try await database.dayBuyers(on: day) {
            _ = try await DayCredit(days: 1 + buyer.number % buyer.package, reason: "Saldo anterior").happen(
                to: buyer.service, of: tenant, by: principal(day, at: .seconds(36_000)), in: database)
        }
    }

    /// Customers whose prepaid days end today, or have ended, buy more.
    private func recharge(_ day: Day, of year: Year, in database: TenantDatabase) async throws {
        let buyers = try await database.dayBuyers(on: day).map {
            (buyer: $0, payer: InventedPayer(number: $0.number, lastDay: year.last))
        }
        for (buyer, payer) in buyers.sorted(by: { $0.payer.hour < $1.payer.hour }) {
            let principal = principal(day, at: payer.hour, as: "Lucía Peña")
            guard principal.now <= now else { break }
            guard payer.buysDays(on: day, after: buyer.through) else { continue }
            let days = payer.daysBought(after: buyer.through, of: buyer.package)
            let amount = DaySale.amount(of: days, at: buyer.price, for: buyer.package)
            if amount.isPositive {
                let payment = try await pay(amount, buyer.customer, buyer.number, year, by: principal, in: database)
                guard payment.state == .applied else { continue }
            }
            _ = try await invoicing.sell(
                DaySale(days: min(days, 366)), of: buyer.service, of: tenant, by: principal, in: database)
            if buyer.isCut {
                try await collecting.look(at: buyer.customer, of: tenant, by: principal, in: database)
            }
        }
    }

    private func pay(
        _ amount: Money, _ debtor: Debtor, _ year: Year, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment.ID {
        let payment = try await pay(amount, debtor.customer, debtor.number, year, by: principal, in: database)
        if payment.state == .applied, debtor.debt.isCut {
            try await collecting.look(at: debtor.customer, of: tenant, by: principal, in: database)
        }
        return payment.id
    }

    /// Registers a payment. Some transfers of the last weeks stay pending, to be found at the bank.
    private func pay(
        _ amount: Money, _ customer: Customer.ID, _ number: Int, _ year: Year, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        let day = tenant.timeZone.day(at: principal.now)
        let dice = Randomness(seed: UInt64(number) &* 104_729 &+ UInt64(UInt32(bitPattern: day.number)))
        // Cash is the first method.
        let method = year.methods[dice.number(below: 100) < 55 ? 0 : dice.number(below: year.methods.count)]
        var author = principal
        if method.needsReference, day > year.last - 25, dice.number(below: 6) == 0 {
            author = Principal(
                Actor(.system, name: "Cobrador Raúl"), permissions: [.paymentsRegister], of: catalogue,
                at: principal.now)
        }
        let new = NewPayment(
            id: newID(at: principal.now), customer: customer, method: method.word, amount: amount, day: day,
            reference: method.needsReference ? "\(10_000_000 + dice.next() % 90_000_000)\(number)" : "")
        return try await till.register(new, of: tenant, by: author, in: database)
    }
}

extension TenantDatabase {
    fileprivate func lastCollectionDay() async throws(DatabaseError) -> Day? {
        try await value(
            "SELECT max(day) AS day FROM collection_runs WHERE tenant_id = \(tenant) AND is_scheduled", as: Day?.self)
            ?? nil
    }

    /// By number.
    fileprivate func allCustomers() async throws(DatabaseError) -> [Customer] {
        let found: [FoundCustomer] = try await rows(
            "SELECT customer_id FROM customers WHERE tenant_id = \(tenant) ORDER BY number")
        return try await customers(found.map(\.id)).sorted { $0.number < $1.number }
    }

    /// Every `step`th customer, offset by `start`.
    fileprivate func customers(every step: Int, from start: Int) async throws(DatabaseError) -> [Customer.ID] {
        let found: [FoundCustomer] = try await rows(
            """
            SELECT customer_id FROM customers WHERE tenant_id = \(tenant) AND (number + \(start)) % \(step) = 0
            ORDER BY number
            """)
        return found.map(\.id)
    }

    /// Customers whose prepaid days end by a day, without a pending payment.
    fileprivate func dayBuyers(on day: Day) async throws(DatabaseError) -> [DayBuyer] {
        try await rows(
            """
            SELECT s.service_id, c.customer_id, c.number, s.prepaid_through, p.days, t.price, t.currency,
                s.state = 'cut' AS is_cut
            FROM services s
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
            CROSS JOIN LATERAL (\(terms(on: day))) t
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = t.plan_id AND p.charge = 'by_days'
            WHERE s.tenant_id = \(tenant) AND s.prepaid_through <= \(day)
                AND (s.state = 'active' OR s.state = 'cut' AND EXISTS (
                    SELECT FROM cuts k WHERE k.tenant_id = \(tenant) AND k.service_id = s.service_id
                        AND k.lifted_at IS NULL AND k.reason = 'days_over'))
                AND NOT EXISTS (
                    SELECT FROM payments p WHERE p.tenant_id = \(tenant) AND p.customer_id = c.customer_id
                        AND p.state = 'pending')
            ORDER BY s.number
            """)
    }

    func debtors(on day: Day, in currency: Currency) async throws(DatabaseError) -> [Debtor] {
        try await rows(
            """
            SELECT c.customer_id, c.number, o.day, o.due_on, o.open, o.currency, coalesce(f.amount, 0) AS fee,
                EXISTS (
                    SELECT FROM services s WHERE s.tenant_id = \(tenant) AND s.customer_id = c.customer_id
                        AND s.state = 'cut') AS is_cut,
                EXISTS (
                    SELECT FROM payment_promises m WHERE m.tenant_id = \(tenant) AND m.customer_id = c.customer_id
                        AND (m.state = 'open' OR m.day > \(day - 90))) AS has_promised
            FROM (
                SELECT customer_id, currency, min(day) AS day, min(due_on) AS due_on, sum(open)::bigint AS open
                FROM ledger_charges WHERE tenant_id = \(tenant) AND currency = \(currency.rawValue) AND open > 0
                GROUP BY customer_id, currency) o
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = o.customer_id
                AND NOT EXISTS (
                    SELECT FROM payments p WHERE p.tenant_id = \(tenant) AND p.customer_id = c.customer_id
                        AND p.state = 'pending')
            LEFT JOIN standing_fees f ON f.tenant_id = \(tenant) AND f.customer_id = c.customer_id
                AND f.ended_at IS NULL
            ORDER BY c.number
            """)
    }
}

private struct FoundCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

private struct DayBuyer: RowReadable {
    let service: Service.ID
    let customer: Customer.ID
    let number: Int
    let through: Day
    /// The days that its plan sells at once.
    let package: Int
    let price: Money
    let isCut: Bool

    init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        let days: Int32 = try row.read("days")
        service = try row.read("service_id")
        customer = try row.read("customer_id")
        number = try row.read("number")
        through = try row.read("prepaid_through")
        package = Int(days)
        price = Money(minor: try row.read("price"), currency)
        isCut = try row.read("is_cut")
    }
}

struct Debtor: RowReadable {
    let customer: Customer.ID
    let number: Int
    let debt: InventedDebt
    /// Within the last ninety days.
    let hasPromised: Bool

    init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("Somebody owes \(code)") }
        let (open, fee): (Int64, Int64) = (try row.read("open"), try row.read("fee"))
        customer = try row.read("customer_id")
        number = try row.read("number")
        hasPromised = try row.read("has_promised")
        debt = InventedDebt(
            day: try row.read("day"), due: try row.read("due_on"), open: Money(minor: open, currency),
            fee: Money(minor: fee, currency), isCut: try row.read("is_cut"))
    }
}
