import Access
import Collection
import Declarations
import Events
import Identifiers
import Invoices
import Jobs
import Ledger
import Letters
import Locale
import Nouns
import Payments
import Postgres
import Services
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Demonstration
@testable import Plans

@Suite struct InventedYearTests {
    @Test func `an invented quarter is one business: its ledger is proved, and it is there once`() async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .invoices, .payments, .collection
        ) { norte, sur in
            // As a pack says it, before anything is sold.
            let first = InventedYear.firstDay(of: norte.tenant, at: norte.now, months: 3)
            try await BillingSettings(firstDay: first).put(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let start = first.start(in: norte.tenant.timeZone)
            var policy = CollectionPolicy(in: norte.tenant.currency)
            policy.isOn = true
            try await policy.put(
                of: norte.tenant, by: .commandLine(of: norte.site.catalogue, at: start), in: norte.database)
            var plan = Plan(id: .make(milliseconds: 1, from: norte.site.randomness), in: norte.tenant.currency)
            (plan.name, plan.price) = ("Básico", Money(minor: 30_000, norte.tenant.currency))
            (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
            _ = try await plan.add(by: norte.commandLine, in: norte.database)
            _ = try await InventedCustomers.fill(
                upTo: 30, at: norte.now, zone: norte.tenant.timeZone, withMail: true, from: norte.site.randomness,
                in: norte.database)
            let year = InventedYear(
                of: norte.tenant, knowing: norte.site.catalogue, at: norte.now, from: norte.site.randomness,
                in: norte.database)
            #expect(try await year.happen(services: 31, months: 3) > 89)
            func count(_ from: SQL) async throws -> Int {
                try await norte.database.value("SELECT count(*) FROM \(from)") ?? 0
            }
            let tenant = norte.database.tenant
            #expect(try await count("services WHERE tenant_id = \(tenant)") == 31)
            #expect(try await count("invoices WHERE tenant_id = \(tenant)") >= 80)
            #expect(try await count("payments WHERE tenant_id = \(tenant) AND state = 'applied'") >= 60)
            #expect(try await count("collection_steps WHERE tenant_id = \(tenant) AND outcome = 'sent'") >= 30)
            #expect(try await count("notices WHERE tenant_id = \(tenant)") == 0)
            let proofs = try await norte.database.proveLedger(
                as: UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness),
                inCurrency: norte.tenant.currency, at: norte.now)
            #expect(proofs.allSatisfy { $0.holds && $0.transactions > 0 })
            #expect(try await year.happen(services: 31, months: 3) == 0)
            #expect(try await sur.database.billingSettings() == nil)
        }
    }

    @Test func `an invented month of prepaid days sells, ends and renews them`() async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .invoices, .payments, .collection
        ) { norte, _ in
            let first = InventedYear.firstDay(of: norte.tenant, at: norte.now, months: 1)
            var policy = CollectionPolicy(in: norte.tenant.currency)
            (policy.isOn, policy.noticeAnchor, policy.noticeDays) = (true, .expiry, -2)
            (policy.reminderAnchor, policy.warningAnchor, policy.warningDays) = (.none, .expiry, 0)
            (policy.cutAnchor, policy.cutDays) = (.expiry, 1)
            try await policy.put(
                of: norte.tenant,
                by: .commandLine(of: norte.site.catalogue, at: first.start(in: norte.tenant.timeZone)),
                in: norte.database)
            for days in [3, 30] {
                var plan = Plan(
                    id: .make(milliseconds: Int64(days), from: norte.site.randomness), in: norte.tenant.currency)
                (plan.name, plan.price) = ("\(days) días", Money(minor: Int64(days) * 1000, norte.tenant.currency))
                (plan.charge, plan.days) = (.byDays, days)
                (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
                _ = try await plan.add(by: norte.commandLine, in: norte.database)
            }
            _ = try await InventedCustomers.fill(
                upTo: 20, at: norte.now, zone: norte.tenant.timeZone, withMail: true, from: norte.site.randomness,
                in: norte.database)
            let year = InventedYear(
                of: norte.tenant, knowing: norte.site.catalogue, at: norte.now, from: norte.site.randomness,
                in: norte.database)
            #expect(try await year.happen(services: 20, months: 1) > 28)
            func count(_ from: SQL) async throws -> Int {
                try await norte.database.value("SELECT count(*) FROM \(from)") ?? 0
            }
            let tenant = norte.database.tenant
            let sold = try await count("prepaid_days WHERE tenant_id = \(tenant) AND invoice_id IS NOT NULL")
            #expect(sold >= 15)
            #expect(try await count("invoices WHERE tenant_id = \(tenant) AND kind = 'invoice'") == sold)
            func steps(_ which: SQL) async throws -> Int {
                try await count("collection_steps WHERE tenant_id = \(tenant) AND \(which)")
            }
            #expect(try await steps("stage = 'notice'") >= 5)
            #expect(try await steps("stage = 'days_over'") >= 2)
            #expect(try await steps("stage = 'days_over' AND ended_as = 'renewed'") >= 1)
            #expect(try await steps("stage = 'cut'") == 0)
            let proofs = try await norte.database.proveLedger(
                as: UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness),
                inCurrency: norte.tenant.currency, at: norte.now)
            #expect(proofs.allSatisfy { $0.holds && $0.transactions > 0 })
        }
    }
}
