import Access
import Declarations
import Events
import Foundation
import Identifiers
import Jobs
import Ledger
import Locale
import Loop
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import PlatformBilling

/// The books on a database, with two companies always.
@Suite struct PlatformBooksTests {
    private static func books(of tenant: TestTenant) -> PlatformBooks {
        PlatformBooks(database: tenant.site.test.database, randomness: tenant.site.randomness)
    }

    private static let petra = Actor(.staff, name: "Petra")

    private static func principal(of tenant: TestTenant) -> Principal {
        Principal(petra, permissions: [], of: tenant.site.catalogue, at: tenant.now)
    }

    private static func payment(
        _ minor: Int64, _ currency: Currency = .usd, on day: String = "2026-11-18", form: UInt64
    ) -> PlatformPayment {
        PlatformPayment(
            amount: Money(minor: minor, currency), day: Day(iso: day)!, method: .transfer, reference: "SPEI",
            form: UUID(high: 1, low: form))
    }

    private static func accounts(of tenant: TestTenant, on day: String = "2027-06-01") async throws -> [PlatformAccount]
    {
        try await tenant.database.platformAccounts(on: Day(iso: day)!)
    }

    @Test func `a bill, its number and both records are written once, however often and by how many it is raised`()
        async throws
    {
        try await withTenants { norte, sur in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            // Since three months ago, as after a worker that stood still.
            try await norte.set("plan = 'Crece', plan_price = 4900, plan_currency = 'USD', billed_from = '2026-09-18'")
            try await sur.set("plan_price = 7000, plan_currency = 'USD', billed_from = '2026-11-01'")
            let tenants = try [#require(norte.present), #require(sur.present)]
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for tenant in tenants + tenants + tenants {
                    group.addTask {
                        try await books.raiseBills(
                            of: tenant, by: .commandLine, at: norte.now, in: platform.database)
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(counts == 4)
            for tenant in tenants {
                #expect(
                    try await books.raiseBills(of: tenant, by: .commandLine, at: norte.now, in: platform.database) == 0)
            }
            let bills = (try await norte.database.platformPostings() + sur.database.platformPostings())
                .compactMap(\.bill)
            #expect(bills.map(\.number).sorted() == [1, 2, 3, 4])
            let own = try await norte.database.platformPostings().sorted { $0.id < $1.id }.compactMap(\.bill)
            #expect(own.map(\.period.from.iso) == ["2026-09-18", "2026-10-18", "2026-11-18"])
            #expect(own.allSatisfy { $0.dueOn.iso == "2026-11-28" && $0.plan == "Crece" })
            let kinds = try await norte.kinds(), platforms = try await platform.kinds()
            #expect(kinds.filter { $0 == "platform.bill_issued" }.count == 3)
            #expect(platforms.filter { $0 == "platform.bill_issued" }.count == 4)
        }
    }

    @Test func `a bill that cannot be recorded was not made, and its number is given to the next`() async throws {
        try await withTenants { norte, sur in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            try await norte.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
            let tenant = try #require(norte.present)
            let superuser = try norte.site.test.superuser()
            try superuser.execute(
                "ALTER TABLE unsealed_events ADD CONSTRAINT refused CHECK (tenant_id <> '\(Tenant.ID.platform)') NOT VALID"
            )
            await #expect(throws: (any Error).self) {
                try await books.raiseBills(of: tenant, by: .commandLine, at: norte.now, in: platform.database)
            }
            #expect(try await norte.database.platformPostings().isEmpty)
            #expect(try await !norte.kinds().contains("platform.bill_issued"))
            try superuser.execute("ALTER TABLE unsealed_events DROP CONSTRAINT refused")
            #expect(try await books.raiseBills(of: tenant, by: .commandLine, at: norte.now, in: platform.database) == 1)
            #expect(try await norte.database.platformPostings().first?.bill?.number == 1)
        }
    }

    private static func eventually(_ isSo: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !isSo() {
            guard ContinuousClock.now < end else { throw TestPost.NeverCame() }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func `the daily job bills everybody, also while one company cannot be billed`() async throws {
        try await withTenants { norte, sur in
            let (books, superuser) = (Self.books(of: norte), try norte.site.test.superuser())
            for tenant in [norte, sur] {
                try await tenant.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
            }
            try superuser.execute(
                "ALTER TABLE unsealed_events ADD CONSTRAINT refused CHECK (tenant_id <> '\(norte.tenant.id)') NOT VALID"
            )
            try superuser.execute(
                "UPDATE job_schedules SET next_at = '2000-01-01' WHERE kind = 'platform.raise-bills'")
            var (kinds, configuration) = (JobKinds(), WorkerConfiguration())
            kinds.add(RaiseBills.self) { try await $0.run(in: $1, with: books) }
            configuration.poll = .milliseconds(100)
            let worker = Worker(
                database: norte.site.test.database, loops: .tests, kinds: kinds, time: norte.site.clock.source,
                randomness: norte.site.randomness, configuration: configuration)
            let work = Loops.tests.all[0].spawn { await worker.run() }
            try await Self.eventually { try await !sur.database.platformPostings().isEmpty }
            #expect(try await norte.database.platformPostings().isEmpty)
            // Tried again by itself, some minutes later.
            try superuser.execute("ALTER TABLE unsealed_events DROP CONSTRAINT refused")
            try await Self.eventually {
                norte.site.clock.advance(by: .seconds(30))
                return try await !norte.database.platformPostings().isEmpty
            }
            #expect(try await sur.database.platformPostings().count == 1)
            await worker.drain(within: .seconds(10))
            await work.value
        }
    }

    @Test(arguments: ["trial", "suspended", "closed"])
    func `whoever is not active is not billed`(state: String) async throws {
        try await withTenants { norte, _ in
            let platform = try await norte.site.platform
            try await norte.set(
                "plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01', state = '\(state)'")
            let found = try await norte.site.test.database.platform.tenants().first { $0.id == norte.tenant.id }
            let tenant = try #require(found)
            let count = try await Self.books(of: norte).raiseBills(
                of: tenant, by: .commandLine, at: norte.now, in: platform.database)
            #expect(count == 0)
        }
    }

    @Test func `a company that was suspended or paid another price since it was read is billed as it is now`()
        async throws
    {
        try await withTenants { norte, sur in
            let platform = try await norte.site.platform
            for tenant in [norte, sur] {
                try await tenant.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
            }
            let (read, other) = (try #require(norte.present), try #require(sur.present))
            try await norte.set("state = 'suspended'")
            try await sur.set("plan_price = 7000")
            for tenant in [read, other] {
                try await Self.books(of: norte).raiseBills(
                    of: tenant, by: .commandLine, at: norte.now, in: platform.database)
            }
            #expect(try await norte.database.platformPostings().isEmpty)
            #expect(try await sur.database.platformPostings().map(\.amount) == [Money(minor: 7000, .usd)])
        }
    }

    @Test func `billing begins with the price or after the trial, and anew on the day of coming back`() async throws {
        try await withTenants { norte, sur in
            let (now, database) = (norte.now, norte.site.test.database.platform)
            var plan = PlatformPlan()
            plan.price = Money(minor: 4900, .usd)
            func billedFrom() async throws -> String? {
                try await database.tenants().first { $0.id == norte.tenant.id }?.billedFrom?.iso
            }
            func agree(_ plan: PlatformPlan, until day: Day? = nil) async throws {
                try await Tenant.agree(
                    plan, trialEndsOn: day, with: "norte", by: Self.petra, at: norte.site.clock.now, in: database)
            }
            #expect(try await billedFrom() == nil)
            try await agree(plan)
            #expect(try await billedFrom() == norte.tenant.timeZone.day(at: now).iso)
            norte.site.clock.advance(by: .seconds(40 * 86_400))
            plan.price = Money(minor: 9900, .usd)
            try await agree(plan)
            #expect(try await billedFrom() == norte.tenant.timeZone.day(at: now).iso)
            _ = try await Tenant.suspend("norte", because: "x", by: Self.petra, at: norte.site.clock.now, in: database)
            #expect(try await billedFrom() == nil)
            norte.site.clock.advance(by: .seconds(40 * 86_400))
            let back = norte.site.clock.now
            _ = try await Tenant.resume("norte", because: "x", by: Self.petra, at: back, in: database)
            #expect(try await billedFrom() == norte.tenant.timeZone.day(at: back).iso)

            try await norte.set("state = 'trial', trial_ends_on = '2027-12-31', billed_from = NULL")
            try await agree(plan, until: Day(iso: "2027-12-31"))
            #expect(try await billedFrom() == nil)
            _ = try await Tenant.resume("norte", because: "x", by: Self.petra, at: back, in: database)
            #expect(try await billedFrom() == "2028-01-01")
            #expect(sur.present?.billedFrom == nil)
        }
    }

    @Test func `a form sent twice pays once, and a payment is reversed once`() async throws {
        try await withTenants { norte, sur in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            let principal = Self.principal(of: norte)
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await books.register(
                            Self.payment(5000, form: 1), of: norte.tenant, by: principal, in: platform.database)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.filter(\.self).count == 1)
            let paid = try await norte.database.platformPostings()
            #expect(paid.count == 1 && paid[0].author == "Petra")
            #expect(try await platform.kinds().filter { $0 == "platform.payment_registered" }.count == 1)
            for _ in 0..<2 {
                try await books.undo(
                    paid[0].id, of: norte.tenant, because: "Era de otra empresa", by: principal, in: platform.database)
            }
            let postings = try await norte.database.platformPostings()
            #expect(postings.count == 2)
            #expect(try await norte.kinds().filter { $0 == "platform.payment_reversed" }.count == 1)
            let reversal = try #require(postings.first { $0.kind == .reversal })
            await #expect(throws: AccessRefusal.notFound) {
                try await books.undo(
                    reversal.id, of: norte.tenant, because: "x", by: principal, in: platform.database)
            }
            // Another company's is not there.
            await #expect(throws: AccessRefusal.notFound) {
                try await books.undo(paid[0].id, of: sur.tenant, because: "x", by: principal, in: platform.database)
            }
            #expect(try await sur.database.platformPostings().isEmpty)
        }
    }

    /// Whatever is done in whichever order, the books balance, and lists say what statements say.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the books balance to the cent after anything`(seed: UInt64) async throws {
        try await withTenants { norte, sur in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            let chance = Randomness(seed: seed)
            func pick(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
            try await norte.set("plan_price = 4901, plan_currency = 'USD', billed_from = '2026-11-18'")
            try await sur.set("plan_price = 100, plan_currency = 'MXN', billed_from = '2026-11-30'")
            for step in 0..<60 {
                norte.site.clock.advance(by: .seconds(pick(12) * 86_400))
                let now = norte.site.clock.now
                let principal = Self.principal(of: norte)
                let tenant = try #require(pick(3) == 0 ? sur.present : norte.present)
                switch pick(4) {
                case 0:
                    try await books.raiseBills(of: tenant, by: .commandLine, at: now, in: platform.database)
                case 1:
                    let currency: Currency = pick(4) == 0 ? .mxn : .usd
                    let today = tenant.timeZone.day(at: now)
                    try await books.register(
                        PlatformPayment(
                            amount: Money(minor: Int64(1 + pick(9000)), currency), day: today - pick(20),
                            method: .cash, reference: "", form: UUID(high: 2, low: UInt64(step))),
                        of: tenant, by: principal, in: platform.database)
                case 2:
                    let postings = try await books.postings(of: tenant).filter { $0.kind.undoing != nil }
                    guard !postings.isEmpty else { continue }
                    try await books.undo(
                        postings[pick(postings.count)].id, of: tenant, because: "Prueba", by: principal,
                        in: platform.database)
                default:
                    let slug = tenant.slug
                    try await (slug == "norte" ? norte : sur).set(
                        "plan_price = \(1 + pick(9999)), plan_currency = '\(pick(3) == 0 ? "MXN" : "USD")'")
                }
            }
            let now = norte.site.clock.now
            let balances = try await books.balances(
                of: [norte.tenant, sur.tenant], at: now, in: platform.database)
            for tenant in [norte, sur] {
                let accounts = try await tenant.database.platformAccounts(on: tenant.tenant.timeZone.day(at: now))
                let sums = try tenant.sums()
                for account in accounts {
                    let code = account.currency.code
                    let ledger = ["receivable", "income", "cash"].map { sums["\(code) \($0)"] ?? 0 }
                    #expect(ledger.reduce(0, +) == 0)
                    #expect(ledger[0] == account.balance.minor)
                    let left = account.bills.reduce(0) { $0 + $1.left.minor }
                    // Nothing is open while there is something in favour.
                    #expect(left == max(account.balance.minor, 0))
                    #expect(account.lines.last?.balance == account.balance)
                    let listed = balances[tenant.tenant.id]?.first { $0.balance.currency == account.currency }
                    #expect((listed?.balance.minor ?? 0) == account.balance.minor)
                    #expect((listed?.overdue.minor ?? 0) == account.overdue.minor)
                }
            }
            let proofs = try await platform.database.proveLedger(as: UUID(high: 9, low: 9), inCurrency: .usd, at: now)
            #expect(proofs.allSatisfy(\.holds) && proofs.contains { $0.transactions > 20 })
            try await Self.migrationBooksTheSame(norte, sur, at: now)
            let numbers = try norte.site.test.superuser().column("SELECT number FROM platform_bills ORDER BY number")
            #expect(numbers == (1...max(numbers.count, 1)).prefix(numbers.count).map { "\($0)" })
        }
    }

    /// What the migration makes of the companies' rows is what the acts booked while they were written.
    private static func migrationBooksTheSame(_ tenants: TestTenant..., at now: Instant) async throws {
        func figures() async throws -> [String] {
            var figures: [String] = []
            for tenant in tenants {
                for account in try await tenant.database.platformAccounts(on: tenant.tenant.timeZone.day(at: now)) {
                    let left = account.bills.reduce(0) { $0 + $1.left.minor }
                    figures.append("\(tenant.tenant.slug) \(account.currency.code) \(account.balance.minor) \(left)")
                }
            }
            return figures
        }
        let booked = try await figures()
        let owner = try tenants[0].site.test.superuser()
        for table in ["ledger_postings", "ledger_charges", "ledger_transactions", "customer_balances", "customers"] {
            try owner.execute("DELETE FROM \(table) WHERE tenant_id = '\(Tenant.ID.platform)'")
        }
        let text = try String(contentsOfFile: Repository.path("Migrations/0069-platform-ledger.sql"), encoding: .utf8)
        let (start, end) = (try #require(text.range(of: "DO $$")), try #require(text.range(of: "END $$;")))
        try owner.execute("BEGIN; \(text[start.lowerBound..<end.upperBound]) COMMIT")
        #expect(try await figures() == booked)
    }

    @Test func `a payment settles the oldest bill first, an annulled bill frees it, and what is left is in favour`()
        async throws
    {
        try await withTenants { norte, _ in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            try await norte.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-09-18'")
            let tenant = try #require(norte.present)
            try await books.raiseBills(of: tenant, by: .commandLine, at: norte.now, in: platform.database)
            func states() async throws -> [PlatformBill.State] {
                try await Self.accounts(of: norte, on: "2026-11-20")[0].bills.map(\.state)
            }
            #expect(try await states() == [.pending, .pending, .pending])
            let principal = Self.principal(of: norte)
            try await books.register(
                Self.payment(4901, form: 1), of: tenant, by: principal, in: platform.database)
            #expect(try await states() == [.paid, .partial, .pending])
            let first = try #require(
                try await norte.database.platformPostings().first { $0.bill?.number == 1 })
            try await books.undo(
                first.id, of: tenant, because: "No se prestó", by: principal, in: platform.database)
            #expect(try await states() == [.annulled, .paid, .partial])
            try await books.register(
                Self.payment(9900, form: 2), of: tenant, by: principal, in: platform.database)
            let account = try await Self.accounts(of: norte)[0]
            #expect(account.bills.map(\.state) == [.annulled, .paid, .paid])
            #expect(account.balance == Money(minor: -5001, .usd) && account.overdue.isZero)
        }
    }

    @Test func `no role of the program changes or removes what stands in the books`() async throws {
        try await withTenants { norte, sur in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            try await norte.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
            try await books.raiseBills(
                of: #require(norte.present), by: .commandLine, at: norte.now, in: platform.database)
            for statement: SQL in [
                "UPDATE platform_postings SET amount = 1", "DELETE FROM platform_postings",
                "UPDATE platform_bills SET number = 7", "DELETE FROM platform_bills",
            ] {
                for attempt in [0, 1] {
                    let error = await #expect(throws: DatabaseError.self) {
                        if attempt == 0 {
                            try await norte.database.execute(statement)
                        } else {
                            try await norte.site.test.database.platform.execute(statement)
                        }
                    }
                    #expect(error?.sqlState == "42501")
                }
            }
            // What the library itself does not send, asked of the catalogue.
            let rights = try norte.site.test.superuser().column(
                """
                SELECT r || ' ' || t || ' ' || p FROM unnest(ARRAY['mastil_app', 'mastil_platform']) r,
                    unnest(ARRAY['platform_postings', 'platform_bills']) t,
                    unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
                WHERE has_table_privilege(r, t, p) ORDER BY 1
                """)
            #expect(
                rights == [
                    "mastil_app platform_bills INSERT", "mastil_app platform_bills SELECT",
                    "mastil_app platform_postings INSERT", "mastil_app platform_postings SELECT",
                ])
            // The neighbour sees none of it, not even when it asks for it by name.
            let seen: Int? = try await sur.database.value(
                "SELECT count(*) FROM platform_postings WHERE tenant_id = \(norte.tenant.id)")
            #expect(seen == 0)
            await #expect(throws: DatabaseError.self) {
                _ = try await sur.database.platformBalances(of: [norte.tenant], at: norte.now)
            }
        }
    }

    @Test(arguments: [
        // Neither half a mirror, nor another's, nor more than there was.
        ("'annulment', 'income', 'receivable', 4899, 'USD'", true),
        ("'annulment', 'income', 'receivable', 4900, 'MXN'", true),
        ("'reversal', 'receivable', 'cash', 4900, 'USD'", true),
        ("'annulment', 'receivable', 'income', 4900, 'USD'", true),
        ("'annulment', 'income', 'receivable', 4900, 'USD'", false),
        ("'bill', 'receivable', 'income', 0, 'USD'", false),
    ])
    func `the keys refuse what would not balance`(values: String, reverses: Bool) async throws {
        try await withTenants { norte, _ in
            let (books, platform) = (Self.books(of: norte), try await norte.site.platform)
            try await norte.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
            try await books.raiseBills(
                of: #require(norte.present), by: .commandLine, at: norte.now, in: platform.database)
            let bill = try #require(try await norte.database.platformPostings().first).id
            let of = reverses ? "'\(bill)'" : "NULL"
            #expect(throws: (any Error).self) {
                try norte.site.test.superuser().execute(
                    """
                    INSERT INTO platform_postings (tenant_id, posting_id, day, note, principal, made_at, kind, debit, credit, amount, currency, reverses)
                    VALUES ('\(norte.tenant.id)', gen_random_uuid(), '2026-11-20', 'x', 'x', now(), \(values), \(of))
                    """)
            }
        }
    }
}

extension TestTenant {
    fileprivate func kinds() async throws -> [String] {
        try await database.events(limit: 200).map(\.kind)
    }

    /// Debits less credits of each account, as the database adds them up.
    fileprivate func sums() throws -> [String: Int64] {
        let lines = try site.test.superuser().column(
            """
            SELECT currency || ' ' || account || '=' || sum(amount)::bigint FROM (
                SELECT currency, debit AS account, amount FROM platform_postings WHERE tenant_id = '\(tenant.id)'
                UNION ALL
                SELECT currency, credit, -amount FROM platform_postings WHERE tenant_id = '\(tenant.id)') moves
            GROUP BY currency, account
            """)
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: "=")
                return (String(parts[0]), Int64(parts[1]) ?? .max)
            })
    }
}
