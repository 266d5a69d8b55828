import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import Invoices
import Jobs
import Ledger
import Locale
import Loop
import Payments
import Postgres
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers

/// Nobody is cut, kept cut or brought back otherwise than they were told.
@Suite struct FairnessTests {
    private static let collector: [Permission] = [.paymentsRegister]

    /// Overdue by 300 since the 7th and warned, at nine on the 8th.
    private static func overdue(
        at tenant: TestTenant, _ change: (inout CollectionPolicy) -> Void = { _ in }
    ) async throws -> (customer: Customer.ID, service: Service.ID) {
        tenant.move(to: "2026-12-01")
        try await tenant.policy(change)
        let (beto, line) = try await tenant.makeCustomer()
        try await tenant.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
        for day in ["01", "03", "07"] {
            tenant.move(to: "2026-12-\(day)")
            try await tenant.run()
        }
        tenant.move(to: "2026-12-08")
        return (beto, line)
    }

    /// A payment that waits, as somebody writes it down who may not apply it.
    private static func bring(_ minor: Int64, by customer: Customer.ID, to tenant: TestTenant) async throws -> Payment {
        let new = NewPayment(
            id: tenant.newID(), customer: customer, method: "cash", amount: tenant.money(minor), day: tenant.today,
            reference: "")
        let principal = Principal(
            Actor(.staff, id: UUID(high: 4, low: 4), name: "Cobrador"), permissions: Set(collector),
            of: tenant.site.catalogue, at: tenant.now)
        return try await tenant.till.register(new, of: tenant.tenant, by: principal, in: tenant.database)
    }

    @Test func `a payment that waits for approval holds the cut, rejected it holds no more`() async throws {
        try await withCollectors { norte, _ in
            let (beto, line) = try await Self.overdue(at: norte)
            let payment = try await Self.bring(30_000, by: beto, to: norte)
            #expect(payment.state == .pending)
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.decision(about: line, of: beto)?.cause == .paymentPending)
            norte.move(to: "2026-12-09")
            _ = try await norte.till.reject(
                payment.id, because: "No llegó", isFalse: false, by: norte.owner, in: norte.database)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `what was brought before the cut and approved after it reconnects without the fee`() async throws {
        try await withCollectors { norte, _ in
            let (beto, line) = try await Self.overdue(at: norte)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
            let payment = try await Self.bring(30_000, by: beto, to: norte)
            try norte.site.test.superuser().execute("UPDATE payments SET made_at = made_at - interval '1 hour'")
            _ = try await norte.till.approve(payment.id, by: norte.owner, in: norte.database)
            norte.move(to: "2026-12-09")
            try norte.site.test.superuser().execute("UPDATE payments SET decided_at = decided_at + interval '1 hour'")
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 0)
            #expect(try await norte.database.standingFee(of: beto) == nil)
        }
    }

    @Test func `a cut by hand for a debt comes back when all of it and the fee are paid`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-02")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            _ = try await Cut(reason: .unpaid).happen(to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            try await norte.look(at: beto)
            let portal = try await Subscriber(beto, at: norte).see("/portal/collection").text
            #expect(portal.contains("Total para reconectar: $380.00") && !portal.contains("venció"))
            try await norte.pay(100, by: beto)
            #expect(try await norte.state(of: line) == .cut)
            try await norte.pay(37_900, by: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 0)
        }
    }

    @Test func `what was paid as told keeps the service, though the ledger gave it to an older debt`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-11-10")
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto, on: "2026-10-01", due: "2026-10-07")
            norte.move(to: "2026-12-01")
            try await norte.policy { $0.startMonth = "2026-12" }
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            try await norte.run()
            norte.move(to: "2026-12-05")
            try await norte.pay(30_000, by: beto)
            for day in ["07", "08", "09"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 50_000)
        }
    }

    @Test func `what was written down by a clock that is ahead holds all the same`() async throws {
        try await withCollectors { norte, _ in
            let (beto, line) = try await Self.overdue(at: norte)
            _ = try await CollectionHold.give(
                NewHold(until: norte.today + 5, reason: "x"), to: beto, of: norte.tenant, by: norte.owner,
                from: norte.site.randomness, in: norte.database)
            try norte.site.test.superuser().execute("UPDATE collection_holds SET made_at = made_at + interval '59 min'")
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `a promise of a cent is none, and the policy says the least part`() async throws {
        try await withCollectors { norte, _ in
            let (beto, _) = try await Self.overdue(at: norte) { $0.promisePart = 50 }
            func promise(_ minor: Int64) async throws {
                _ = try await PaymentPromise.make(
                    NewPromise(amount: norte.money(minor), until: norte.today + 2), by: .staff, for: beto,
                    of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
            }
            for minor in [1, 14_999] as [Int64] {
                await #expect(throws: PromiseRefusal.tooLittle(percent: 50)) { try await promise(minor) }
            }
            try await promise(15_000)
        }
    }

    @Test func `the cuts of a day are counted together, and what was confirmed is what was shown`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy { $0.missedMessages = .all }
            let plan = try await norte.makePlan()
            func owing(_ count: Int) async throws {
                for number in 0..<count {
                    let (customer, _) = try await norte.makeCustomer("C\(number)", on: plan)
                    try await norte.charge(to: customer, on: "2026-12-01", due: "2026-12-07")
                }
            }
            func byHand() async throws -> CollectionRun {
                let asked = try await CollectionRun.begin(
                    nil, of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
                return try #require(try await norte.run(asked.id))
            }
            try await owing(8)
            norte.move(to: "2026-12-08")
            #expect(try await norte.run()?.cuts == 8)
            try await owing(3)
            let stopped = try await byHand()
            #expect(stopped.state == .waiting && stopped.toCut == 11 && stopped.most == 10)
            let other = Principal(
                Actor(.staff, id: UUID(high: 5, low: 5), name: "Otra"), permissions: Set(norte.everything),
                of: norte.site.catalogue, at: norte.now)
            await #expect(throws: RunRefusal.changed) {
                _ = try await CollectionRun.confirm(
                    stopped.id, ofCuts: 10, signedInAt: nil, by: other, in: norte.database)
            }
            _ = try await CollectionRun.confirm(stopped.id, ofCuts: 11, signedInAt: nil, by: other, in: norte.database)
            // One more fell due meanwhile.
            try await owing(1)
            let again = try #require(try await norte.run(stopped.id))
            #expect(again.state == .waiting && again.toCut == 12 && again.cuts == 0)
            _ = try await CollectionRun.confirm(stopped.id, ofCuts: 12, signedInAt: nil, by: other, in: norte.database)
            #expect(try await norte.run(stopped.id)?.cuts == 4)
        }
    }

    @Test func `one customer who is refused stops nobody else, and the run says how many it left out`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy { policy in
                policy.missedMessages = .all
                (policy.lateRule, policy.lateAmount, policy.lateDays) = (.fixed, norte.money(500), 1)
            }
            let (rich, _) = try await norte.makeCustomer("Rico")
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(1_000_000_000_000, to: rich, on: "2026-12-01", due: "2026-12-06")
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-06")
            norte.move(to: "2026-12-08")
            let run = try #require(try await norte.run())
            #expect(run.state == .done && run.leftOut == 1)
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `a payment queues the look, and each job of money does its work as a job`() async throws {
        try await withCollectors { norte, _ in
            let superuser = try norte.site.test.superuser()
            norte.move(to: "2026-12-01", hour: 1)
            try await norte.policy { $0.missedMessages = .all }
            let (beto, line) = try await norte.makeCustomer()
            try await BillingSettings(firstDay: Day("2026-12-01")).put(
                of: norte.tenant, by: norte.commandLine, in: norte.database)
            try await norte.work { RaiseInvoices() }
            let owed = try await norte.balance(of: beto)
            #expect(owed > 0)
            norte.move(to: "2026-12-08", hour: 10)
            try await norte.work { CollectToday() }
            #expect(try await norte.state(of: line) == .cut)
            try superuser.execute("DELETE FROM jobs WHERE kind <> 'notices.carry'")
            let new = NewPayment(
                id: norte.newID(), customer: beto, method: "cash", amount: norte.money(owed + 8000), day: norte.today,
                reference: "")
            _ = try await norte.till.register(new, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try superuser.column("SELECT kind FROM jobs WHERE kind = 'customers.look-at'").count == 1)
            try await norte.work()
            #expect(try await norte.state(of: line) == .active)
            try await norte.work { ProveLedger() }
            let proofs = "SELECT count(*) FROM ledger_proofs WHERE tenant_id = '\(norte.tenant.id)'"
            #expect(try superuser.column(proofs) == ["1"])
        }
    }
}

extension TestTenant {
    /// Queues a job and does it, with what it queues, as a worker does.
    func work<Queued: Job>(_ job: () -> Queued) async throws {
        try await database.queue(job(), at: now)
        try await work()
    }

    func work() async throws {
        let (acts, catalogue) = (acts, site.catalogue)
        var (kinds, configuration) = (JobKinds(), WorkerConfiguration())
        kinds.add(RaiseInvoices.self) { try await $0.run(in: $1) }
        kinds.add(ProveLedger.self) { try await $0.run(in: $1) }
        kinds.add(CollectToday.self) { try await $0.run(in: $1, by: acts, knowing: catalogue) }
        kinds.add(LookAtCustomer.self) { try await $0.run(in: $1, by: acts, knowing: catalogue) }
        configuration.poll = .milliseconds(50)
        let worker = Worker(
            database: site.test.database, loops: .tests, kinds: kinds, time: site.clock.source,
            randomness: site.randomness, configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        let superuser = try site.test.superuser()
        for _ in 0..<400 {
            let left = try superuser.column(
                """
                SELECT kind FROM jobs
                WHERE kind IN ('invoices.raise', 'ledger.prove', 'collection.today', 'customers.look-at')
                """)
            if left.isEmpty { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        await worker.drain(within: .seconds(10))
        await work.value
    }
}
