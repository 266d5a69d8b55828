import Access
import Customers
import Events
import Identifiers
import JSON
import Jobs
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A customer's promise to pay by a day: una promesa de pago. While open it prevents a cut; it ends by itself as kept
/// or broken.
package struct PaymentPromise: Sendable, Equatable {
    package typealias ID = Identifiers.ID<PaymentPromise>

    package let id: ID
    package let number: Int
    package let customer: Customer.ID
    package let customerName: String
    package let amount: Money
    /// The debt when it was made.
    package let owed: Money
    package let day: Day
    package let until: Day
    package let note: String
    package let state: State
    package let isBySubscriber: Bool
    package let author: String
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, FieldChoice {
        case open, kept, broken, cancelled

        package var message: Message {
            switch self {
            case .open: Message(es: "Vigente", en: "Open", pt: "Vigente")
            case .kept: Message(es: "Cumplida", en: "Kept", pt: "Cumprida")
            case .broken: Message(es: "Incumplida", en: "Broken", pt: "Não cumprida")
            case .cancelled: Message(es: "Cancelada", en: "Cancelled", pt: "Cancelada")
            }
        }

        package var tone: Tone {
            switch self {
            case .open: .warning
            case .kept: .good
            case .broken: .bad
            case .cancelled: .quiet
            }
        }
    }
}

/// A new promise, as entered.
package struct NewPromise: Sendable, Equatable {
    package var amount: Money
    package var until: Day
    package var note = ""

    package init(amount: Money, until: Day, note: String = "") {
        (self.amount, self.until, self.note) = (amount, until, note)
    }
}

extension NewPromise: Fielded {
    package static let noun = "Promise"

    package static let fields: [Field<NewPromise>] = [
        .money("amount", \.amount, isRequired: true, Message(es: "Importe", en: "Amount", pt: "Valor")),
        .day("until", \.until, Message(es: "Pagará a más tardar", en: "Will pay by", pt: "Pagará até")),
        .line("note", \.note, 0...300, Message(es: "Nota", en: "Note", pt: "Nota")),
    ]
}

extension CollectionPolicy {
    /// Refuses a promise beyond the policy's limits. `recent` counts those of the last 90 days; `due` is the debt that
    /// the promise must cover.
    func check(
        _ promise: NewPromise, owed: Money, due: Money, recent: Int, on today: Day
    ) throws(PromiseRefusal) {
        guard promiseDays > 0 else { throw .notTaken }
        guard owed.isPositive else { throw .nothingOwed }
        guard promise.amount.isPositive, promise.amount.minor <= owed.minor else { throw .amountOutside }
        let least = (due.minor * Int64(promisePart) + 99) / 100
        guard promise.amount.minor >= least else { throw .tooLittle(percent: promisePart) }
        guard promise.until >= today else { throw .inThePast }
        guard promise.until <= today + promiseDays else { throw .tooFar(days: promiseDays) }
        guard promiseMost.isZero || owed.minor <= promiseMost.minor else { throw .tooMuchOwed }
        guard recent < promiseCount else { throw .tooMany(count: promiseCount) }
    }
}

extension PaymentPromise {
    /// Makes a promise within the policy's limits.
    package static func make(
        _ new: NewPromise, by subscriberOrStaff: Author, for customer: Customer.ID, of tenant: Tenant,
        by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> PaymentPromise {
        try await database.transaction { database in
            // A customer outside the reader's zones is not found; the lock would refuse differently.
            guard try await database.customer(customer) != nil else { throw AccessRefusal.notFound }
            try await database.hold(customer)
            guard let person = try await database.customer(customer, locked: true) else { throw AccessRefusal.notFound }
            let view = try await CollectionView(of: tenant, at: principal.now, in: database)
            let today = view.day
            let policy = try await database.policy(for: customer, of: tenant, at: principal.now)
            guard subscriberOrStaff == .staff || policy.promisesBySubscribers else { throw PromiseRefusal.notTaken }
            let known = try await database.promises(of: customer, limit: 100)
            guard !known.contains(where: { $0.state == .open }) else { throw PromiseRefusal.openAlready }
            let owed = try await database.balance(of: customer, in: tenant.currency).balance
            let recent = known.filter { $0.state != .cancelled && $0.day > today - 90 }.count
            let due = try await view.decisions(about: [person.account]).map(\.promisable).max { $0.minor < $1.minor }
            try policy.check(new, owed: owed, due: due ?? owed, recent: recent, on: today)
            return try await write(
                new, of: person, owing: owed, bySubscriber: subscriberOrStaff == .subscriber, for: nil, on: today,
                by: principal, from: randomness, in: database)
        }
    }

    /// Where the policy allows it, a receipt not yet reviewed counts as a promise of its amount for some days, unless
    /// the customer has strikes. Part of the payment's transaction.
    static func trust(_ paid: PaidAccount, of tenant: Tenant, in database: TenantDatabase) async throws {
        let (principal, today) = (paid.principal, tenant.timeZone.day(at: paid.principal.now))
        let policy = try await database.policy(for: paid.customer, of: tenant, at: principal.now)
        let owed = try await database.balance(of: paid.customer, in: tenant.currency).balance
        guard policy.receiptDays > 0, owed.isPositive,
            policy.receiptMost.isZero || paid.amount.minor <= policy.receiptMost.minor,
            try await database.strikes(of: paid.customer).allSatisfy({ !$0.counts(on: today) }),
            try await database.promises(of: paid.customer, limit: 100).allSatisfy({ $0.state != .open }),
            let person = try await database.customer(paid.customer)
        else { return }
        let amount = Money(minor: min(paid.amount.minor, owed.minor), tenant.currency)
        _ = try await write(
            NewPromise(amount: amount, until: today + policy.receiptDays), of: person, owing: owed, bySubscriber: true,
            for: paid.payment, on: today, by: principal, from: paid.randomness, in: database)
    }

    /// Cancels the promise of a receipt that was rejected.
    static func distrust(_ paid: PaidAccount, in database: TenantDatabase) async throws {
        let id: UUID? = try await database.value(
            """
            SELECT promise_id FROM payment_promises
            WHERE tenant_id = \(database.tenant) AND payment_id = \(paid.payment) AND state = 'open'
            """)
        guard let id, let promise = try await database.promise(ID(id)) else { return }
        try await cancel(promise, by: paid.principal, in: database)
    }

    private static func write(
        _ new: NewPromise, of person: Customer, owing owed: Money, bySubscriber: Bool, for payment: UUID?,
        on today: Day, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> PaymentPromise {
        let id: ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
        let number = try await database.takeCollectionNumber(of: "promise")
        try await database.execute(
            """
            INSERT INTO payment_promises (
                tenant_id, promise_id, number, customer_id, amount, currency, owed, day, until, note, state,
                by_subscriber, payment_id, author, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), \(person.id), \(new.amount.minor),
                \(new.amount.currency.rawValue), \(owed.minor), \(today), \(new.until), \(new.note), 'open',
                \(bySubscriber), \(payment), \(principal.actor.name), \(principal.now))
            """)
        try await database.record(
            Act(
                .promiseMade, Act.Subject("promise", id.uuid, named: "\(person.name) (\(person.number))"),
                after: [Act.Detail("amount", new.amount.plainText), Act.Detail("until", new.until.iso)]),
            by: principal.actor, at: principal.now)
        // A promise may reconnect within seconds.
        try await database.queue(LookAtCustomer(person.id), at: principal.now)
        guard let made = try await database.promise(id) else { throw AccessRefusal.notFound }
        return made
    }

    package enum Author: Sendable {
        case staff, subscriber
    }

    package static func cancel(
        _ id: ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> PaymentPromise {
        try await database.transaction { database in
            guard let promise = try await database.promise(id) else { throw AccessRefusal.notFound }
            try await database.hold(promise.customer)
            try await cancel(promise, by: principal, in: database)
            return try await database.promise(id) ?? promise
        }
    }

    private static func cancel(
        _ promise: PaymentPromise, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard try await database.end(promise.id, as: .cancelled, at: principal.now) else { throw PromiseRefusal.ended }
        try await database.record(Act(.promiseCancelled, promise.subject), by: principal.actor, at: principal.now)
        try await database.queue(LookAtCustomer(promise.customer), at: principal.now)
    }

    fileprivate var subject: Act.Subject { Act.Subject("promise", id.uuid, named: customerName) }
}

extension CollectionActs {
    /// Ends promises: kept if paid, broken after their day.
    func endPromises(
        of tenant: Tenant, only customer: Customer.ID? = nil, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        for promise in try await database.openPromises(of: customer) {
            try await database.transaction { database in
                try await database.hold(promise.customer)
                let left = try await database.stillOpen(of: promise)
                let isKept = promise.owed.minor - left >= promise.amount.minor
                guard isKept || promise.until < today else { return }
                guard try await database.end(promise.id, as: isKept ? .kept : .broken, at: principal.now) else {
                    return
                }
                try await database.record(
                    Act(isKept ? .promiseKept : .promiseBroken, promise.subject), by: principal.actor,
                    at: principal.now)
            }
        }
    }
}

extension TenantDatabase {
    private var promiseSelection: SQL {
        """
        SELECT m.promise_id, m.number, m.customer_id, c.name AS customer_name, m.amount, m.currency, m.owed, m.day,
            m.until, m.note, m.state, m.by_subscriber, m.author, m.made_at, m.ended_at
        FROM payment_promises m
        JOIN customers c ON c.tenant_id = m.tenant_id AND c.customer_id = m.customer_id
        WHERE m.tenant_id = \(tenant)
        """
    }

    package func promise(_ id: PaymentPromise.ID) async throws(DatabaseError) -> PaymentPromise? {
        try await first("\(promiseSelection) AND m.promise_id = \(id)")
    }

    /// Newest first.
    package func promises(of customer: Customer.ID, limit: Int) async throws(DatabaseError) -> [PaymentPromise] {
        try await rows("\(promiseSelection) AND m.customer_id = \(customer) ORDER BY m.number DESC LIMIT \(limit)")
    }

    func openPromiseStatement(of customer: Customer.ID) -> SQL {
        "\(promiseSelection) AND m.state = 'open' AND m.customer_id = \(customer)"
    }

    fileprivate func openPromises(of customer: Customer.ID?) async throws(DatabaseError) -> [PaymentPromise] {
        let only: SQL = customer.map { "AND m.customer_id = \($0)" } ?? .nothing
        return try await rows("\(promiseSelection) AND m.state = 'open' \(only) ORDER BY m.number")
    }

    /// In order of number, for programs.
    func promises(
        after number: Int, in state: PaymentPromise.State?, of customer: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [PaymentPromise] {
        let state: SQL = state.map { "AND m.state = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND m.customer_id = \($0)" } ?? .nothing
        return try await rows(
            "\(promiseSelection) AND m.number > \(number) \(state) \(customer) ORDER BY m.number LIMIT \(limit)")
    }

    /// Newest first, before this number.
    func promises(before number: Int?, in state: PaymentPromise.State?) async throws(DatabaseError) -> [PaymentPromise]
    {
        let state: SQL = state.map { "AND m.state = \($0.rawValue)" } ?? .nothing
        let position: SQL = number.map { "AND m.number < \($0)" } ?? .nothing
        return try await rows("\(promiseSelection) \(state) \(position) ORDER BY m.number DESC LIMIT 51")
    }

    /// What is still open of the debt when the promise was made; later charges do not count.
    fileprivate func stillOpen(of promise: PaymentPromise) async throws(DatabaseError) -> Int64 {
        try await value(
            """
            SELECT coalesce(sum(c.open), 0)::bigint FROM ledger_charges c
            JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = c.charge_id
            WHERE c.tenant_id = \(tenant) AND c.customer_id = \(promise.customer)
                AND c.currency = \(promise.amount.currency.rawValue) AND c.open > 0 AND t.made_at <= \(promise.madeAt)
            """) ?? 0
    }

    fileprivate func end(
        _ id: PaymentPromise.ID, as state: PaymentPromise.State, at now: Instant
    ) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE payment_promises SET state = \(state.rawValue), ended_at = \(now)
            WHERE tenant_id = \(tenant) AND promise_id = \(id) AND state = 'open'
            """) > 0
    }

    /// The customer's own policy, their first service's plan's, or the company's.
    package func policy(
        for customer: Customer.ID, of tenant: Tenant, at now: Instant
    ) async throws -> CollectionPolicy {
        let view = try await CollectionView(of: tenant, at: now, in: self)
        let account = try await account(of: customer) ?? customer
        return try await view.facts(of: [account]).first.map { view.policies.policy(for: $0).rules }
            ?? view.policies.exceptions[.customer(customer)]?.rules ?? view.policies.company.rules
    }
}

extension PaymentPromise: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (code, word): (String, String) = (try row.read("currency"), try row.read("state"))
        guard let currency = Currency(rawValue: code), let state = State(rawValue: word) else {
            throw .wrongColumn("A promise is \(word) in \(code)")
        }
        let (amount, owed): (Int64, Int64) = (try row.read("amount"), try row.read("owed"))
        self.init(
            id: try row.read("promise_id"), number: try row.read("number"), customer: try row.read("customer_id"),
            customerName: try row.read("customer_name"), amount: Money(minor: amount, currency),
            owed: Money(minor: owed, currency), day: try row.read("day"), until: try row.read("until"),
            note: try row.read("note"), state: state, isBySubscriber: try row.read("by_subscriber"),
            author: try row.read("author"), madeAt: try row.read("made_at"), endedAt: try row.read("ended_at"))
    }
}
