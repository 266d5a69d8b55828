import Access
import BankAccounts
import Crypto
import Declarations
import Documents
import Events
import HTTP
import Identifiers
import Identity
import Invoices
import Jobs
import Ledger
import Locale
import Notices
import Nouns
import Payments
import Portal
import Postgres
import Services
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Time
import Zones

@testable import Collection
@testable import Customers
@testable import Plans

/// Two companies with the rooms that collection needs, each with a bank account.
func withCollectors(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments,
        .notices, .collection
    ) { norte, sur in
        for (tenant, bank) in [(norte, "Banco Norte"), (sur, "Banco Sur")] {
            var account = BankAccount(id: tenant.newID())
            (account.bank, account.holder, account.account) = (bank, "Redes S.A.", "0118359719")
            _ = try await account.add(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        }
        try await body(norte, sur)
    }
}

extension Day {
    init(_ text: String) { self = Day(iso: text)! }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    var acts: CollectionActs {
        CollectionActs(randomness: site.randomness)
    }
    var till: PaymentActs { PaymentActs(randomness: site.randomness) }
    var owner: Principal {
        Principal(
            Actor(.staff, id: UUID(high: 3, low: 3), name: "Caro"), permissions: Set(everything), of: site.catalogue,
            at: now)
    }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// To the hour of a day by the company's clock.
    func move(to day: String, hour: Int = 9) {
        site.clock.advance(by: Day(day).start(in: tenant.timeZone) + .seconds(hour * 3600) - now)
    }

    @discardableResult
    func policy(_ change: (inout CollectionPolicy) -> Void = { _ in }) async throws -> CollectionPolicy {
        var policy = CollectionPolicy(in: tenant.currency)
        policy.isOn = true
        (policy.feeRule, policy.feeAmount) = (.fixed, money(8000))
        change(&policy)
        try await policy.put(of: tenant, by: commandLine, in: database)
        return policy
    }

    func makePlan(_ name: String = "Básico", isCollected: Bool = true) async throws -> Plan.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price, plan.isCollected) = ("\(name) \(site.randomness.next())", money(30_000), isCollected)
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        return try await plan.add(by: commandLine, in: database).id
    }

    /// A customer with an active service.
    func makeCustomer(
        _ name: String = "Beto", on plan: Plan.ID? = nil, email: String = "beto@example.com"
    ) async throws -> (customer: Customer.ID, service: Service.ID) {
        var customer = Customer(id: newID(), name: name, state: .prospect, since: today)
        customer.email = email
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return (customer.id, try await makeService(of: customer.id, on: plan))
    }

    func makeService(of customer: Customer.ID, on plan: Plan.ID? = nil) async throws -> Service.ID {
        guard let person = try await database.customer(customer) else { throw AccessRefusal.notFound }
        var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
        if let plan { service.plan = plan } else { service.plan = try await makePlan() }
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        return sold.id
    }

    @discardableResult
    func charge(
        _ minor: Int64 = 30_000, to customer: Customer.ID, on day: String, due: String, at moment: Instant? = nil
    ) async throws -> Transaction.ID {
        let id: Transaction.ID = newID()
        let transaction = Transaction(
            id: id, .invoice, of: id.uuid, on: Day(day), due: Day(due), note: "F-1",
            [Posting(.receivable(customer), money(minor)), Posting(.income("internet"), money(-minor))])
        try await database.post(transaction, by: .commandLine, at: moment ?? now)
        return id
    }

    @discardableResult
    func pay(_ minor: Int64, by customer: Customer.ID, reference: String = "") async throws -> Payment {
        let new = NewPayment(
            id: newID(), customer: customer, method: reference.isEmpty ? "cash" : "transfer", amount: money(minor),
            day: today, reference: reference)
        let payment = try await till.register(new, of: tenant, by: owner, in: database)
        if payment.state == .pending { _ = try await till.approve(payment.id, by: owner, in: database) }
        try await look(at: customer)
        return payment
    }

    func look(at customer: Customer.ID) async throws {
        try await acts.look(at: customer, of: tenant, by: commandLine, in: database)
    }

    @discardableResult
    func run(_ id: CollectionRun.ID? = nil) async throws -> CollectionRun? {
        let principal = commandLine
        return try await acts.run(id, of: tenant, as: { principal }, in: database)
    }

    func state(of service: Service.ID) async throws -> Service.State? {
        try await database.service(service, on: today)?.state
    }

    /// What was done about a customer, the oldest first: "notice 2026-12-01".
    func steps(of customer: Customer.ID) async throws -> [String] {
        try await database.collectionSteps(of: customer, until: now + .seconds(1), limit: 200).reversed()
            .map { "\($0.kind.rawValue) \($0.day.iso)\($0.outcome == .collapsed ? " collapsed" : "")" }
    }

    func balance(of customer: Customer.ID) async throws -> Int64 {
        try await database.balance(of: customer, in: tenant.currency).balance.minor
    }

    func decision(about service: Service.ID, of customer: Customer.ID) async throws -> Decision? {
        try await database.decision(about: service, of: customer, on: today, of: tenant, at: now)
    }
}

extension TenantDatabase {
    /// The days, the first one first.
    func nextCuts(of customers: [Customer.ID], at tenant: TestTenant) async throws -> [String] {
        let view = try await CollectionView(of: tenant.tenant, at: tenant.now, in: self)
        return try await NextCut.find(of: customers, in: view, self).values.map(\.day.iso).sorted()
    }
}

/// Somebody of a company's customers, at its portal.
struct Subscriber: Sendable {
    private let tenant: TestTenant
    private let gate: RequestGate
    private let cookie: String

    init(
        _ customer: Customer.ID, at tenant: TestTenant, rooms: (inout Portal.Routes) -> Void = { _ in }
    ) async throws {
        let link = try await PortalLink.make(
            for: customer, by: tenant.commandLine, from: tenant.site.randomness, in: tenant.database)
        let (session, _) = try await PortalEntry.enter(
            with: link.secret.text, at: Session.Place(device: "x", address: "x"), now: tenant.now,
            randomness: tenant.site.randomness, in: tenant.database)
        var routes = Portal.Routes()
        PortalCollectionRoutes(randomness: tenant.site.randomness).add(to: &routes)
        rooms(&routes)
        self.tenant = tenant
        gate = tenant.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
        cookie = "portal=\(session.secret.text)"
    }

    func see(_ path: String) async throws -> Answer { try await tenant.ask(gate, path, headers: ["Cookie": cookie]) }

    func send(_ path: String, _ form: String) async throws -> Answer {
        try await tenant.ask(
            gate, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }
}
