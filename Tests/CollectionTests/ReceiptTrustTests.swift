import Access
import Customers
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Services
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Collection
@testable import Payments

/// Receipts that subscribers send, before anybody looked at them.
@Suite struct ReceiptTrustTests {
    @Test func `a receipt changes nothing until it is approved, unless the policy says so`() async throws {
        try await withCollectors { norte, _ in
            let (customer, service) = try await norte.cutDebtor { _ in }
            let sent = try await norte.claims(30_000, by: customer, picture: "uno")
            #expect(sent.state == .pending && sent.hold == .evidence && sent.hasEvidence)
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .cut)
            #expect(try await norte.balance(of: customer) == 30_000)
            #expect(try await norte.database.promises(of: customer, limit: 9).isEmpty)
            let approved = try await norte.till.approve(sent.id, by: norte.owner, in: norte.database)
            #expect(approved.state == .applied)
            #expect(try await norte.balance(of: customer) == 0)
        }
    }

    @Test func `where the policy trusts it the service is back for some days, and cut again once it is rejected`()
        async throws
    {
        try await withCollectors { norte, sur in
            let (customer, service) = try await norte.cutDebtor { $0.receiptDays = 2 }
            let sent = try await norte.claims(30_000, by: customer, picture: "uno")
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .active)
            let promise = try #require(try await norte.database.promises(of: customer, limit: 9).first)
            #expect(promise.state == .open && promise.until == norte.today + 2 && promise.amount == norte.money(30_000))
            // Not a cent of it is in the books, but for the reconnection's fee.
            #expect(try await norte.balance(of: customer) == 38_000)
            _ = try await norte.till.reject(
                sent.id, because: "No llegó", isFalse: true, by: norte.owner, in: norte.database)
            try await norte.look(at: customer)
            #expect(try await norte.database.promise(promise.id)?.state == .cancelled)
            #expect(try await norte.state(of: service) == .cut)
            #expect(try await norte.database.strikes(of: customer).count == 1)
            // Who sent a false one is not trusted again, nor is the same picture.
            let again = try await norte.claims(30_000, by: customer, picture: "uno")
            #expect(again.hold == .duplicate)
            _ = try await norte.claims(29_000, by: customer, picture: "dos")
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .cut)
            #expect(try await sur.database.payment(sent.id) == nil)
        }
    }

    @Test func `nobody looks for days: the promise breaks by itself and the service is cut again`() async throws {
        try await withCollectors { norte, _ in
            let (customer, service) = try await norte.cutDebtor { policy in
                policy.receiptDays = 2
                policy.receiptMost = norte.money(30_000)
            }
            // More than the policy trusts.
            _ = try await norte.claims(30_001, by: customer, picture: "mucho")
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .cut)
            let sent = try await norte.claims(30_000, by: customer, picture: "uno")
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .active)
            norte.move(to: (norte.today + 3).iso)
            try await norte.look(at: customer)
            #expect(try await norte.state(of: service) == .cut)
            // Found at last, it pays what it says.
            _ = try await norte.till.approve(sent.id, by: norte.owner, in: norte.database)
            #expect(try await norte.balance(of: customer) == 8_000)
        }
    }

    @Test func `the same picture is taken once, whoever sends it, and so is the same reference`() async throws {
        try await withCollectors { norte, sur in
            let (beto, ana) = (
                try await norte.makeCustomer("Beto").customer, try await norte.makeCustomer("Ana").customer
            )
            let sent = try await norte.claims(30_000, by: beto, picture: "uno", reference: "ABC 123")
            await #expect(throws: PaymentRefusal.sameEvidence(folio: sent.folio)) {
                try await norte.claims(20_000, by: ana, picture: "uno", reference: "XYZ")
            }
            await #expect(throws: PaymentRefusal.sameReference(folio: sent.folio)) {
                try await norte.claims(20_000, by: ana, picture: "dos", reference: "abc-123")
            }
            await #expect(throws: PaymentRefusal.unknownMethod) {
                try await norte.claims(20_000, by: ana, picture: "tres", method: "cash")
            }
            for number in 0..<PaymentEvidence.mostWaiting {
                _ = try await norte.claims(
                    Int64(100 + number), by: ana, picture: "ana \(number)", reference: "R\(number)")
            }
            await #expect(throws: PaymentRefusal.tooManyWaiting) {
                try await norte.claims(900, by: ana, picture: "más", reference: "R9")
            }
            // The neighbour's customers may have sent the same.
            let lola = try await sur.makeCustomer("Lola").customer
            #expect(try await sur.claims(30_000, by: lola, picture: "uno", reference: "ABC123").state == .pending)
        }
    }
}

extension TestTenant {
    /// Somebody who owes 300, cut for it on the eighth.
    fileprivate func cutDebtor(
        _ change: (inout CollectionPolicy) -> Void
    ) async throws -> (customer: Customer.ID, service: Service.ID) {
        move(to: "2026-12-01")
        try await policy(change)
        let (customer, service) = try await makeCustomer()
        try await charge(to: customer, on: "2026-12-01", due: "2026-12-05")
        for day in ["2026-12-01", "2026-12-03", "2026-12-07", "2026-12-08"] {
            move(to: day)
            try await run()
        }
        #expect(try await state(of: service) == .cut)
        return (customer, service)
    }

    @discardableResult
    fileprivate func claims(
        _ minor: Int64, by customer: Customer.ID, picture: String, reference: String? = nil, method: String = "transfer"
    ) async throws -> Payment {
        let subscriber = Principal(
            Actor(.subscriber, id: customer.uuid, name: "Beto"), permissions: [.portal], of: site.catalogue, at: now)
        let new = NewPayment(
            id: newID(), customer: customer, method: method, amount: money(minor), day: today,
            reference: reference ?? "R\(site.randomness.next())")
        let evidence = PaymentEvidence(
            digest: Array(repeating: 0, count: 32 - picture.utf8.count) + Array(picture.utf8), picture: [1, 2, 3])
        return try await till.claim(
            new, shownBy: evidence, sealedIn: site.vault, of: tenant, by: subscriber, in: database)
    }
}
