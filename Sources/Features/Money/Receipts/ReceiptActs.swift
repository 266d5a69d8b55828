import Access
import BankAccounts
import Collection
import Crypto
import Customers
import Events
import Identifiers
import Images
import Locale
import Payments
import Postgres
import ReceiptTexts
import Sandbox
import Tenancy
import Time
import Vault

/// A receipt that was taken: the payment that waits or was applied, and what was read.
package struct TakenReceipt: Sendable {
    /// Nil for a picture that is no receipt, or says no amount that anybody expects: nothing was written down.
    package let payment: Payment?
    package let facts: ReceiptFacts
    package let doubts: [ReceiptDoubt]
}

/// Takes receipts: reads them in the sandbox, checks them, and has the claim written down.
package struct ReceiptActs: Sendable {
    private let tools: ReceiptTools

    package init(_ tools: ReceiptTools) { self.tools = tools }

    /// Receipts that one is compared with.
    private static let mostKnown = 2000
    private static let knownFor = Duration.seconds(400 * 86_400)

    /// Takes what the customer wrote beside the picture. Throws a `PictureFault` or a `SandboxFailure`.
    package func take(
        _ file: [UInt8], claiming new: NewPayment, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        let (picture, facts) = try await read(file, of: tenant, at: principal.now)
        let taken = try await claim(
            new, isTyped: true, picture, facts, SHA256.digest(of: file), of: tenant, by: principal, in: database)
        return taken.payment
    }

    /// Takes a picture alone: what it claims is what is read. An amount that cannot be read is taken to be the expected
    /// one, and left to a person.
    package func take(
        _ file: [UInt8], as id: Payment.ID, of customer: Customer.ID, expecting expected: Money?, in tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> TakenReceipt {
        let (picture, facts) = try await read(file, of: tenant, at: principal.now)
        let methods = try await database.paymentMethods(of: tenant).filter(\.isActive)
        let isSure = facts.amount?.confidence ?? 0 >= ReceiptFacts.sure
        let expected = expected.flatMap { $0.isPositive ? $0 : nil }
        let amount = isSure ? facts.amount?.value : expected ?? facts.amount?.value
        guard facts.isReceipt, let amount, amount.isPositive, let method = facts.method(among: methods) else {
            return TakenReceipt(payment: nil, facts: facts, doubts: [.unreadable])
        }
        let today = tenant.timeZone.day(at: principal.now)
        let day = facts.day.map(\.value).flatMap { $0 <= today && $0 > today - 400 ? $0 : nil } ?? today
        let reference = facts.reference.flatMap { $0.confidence >= ReceiptFacts.sure ? $0.value : nil } ?? ""
        let new = NewPayment(
            id: id, customer: customer, method: method.word, amount: amount, day: day, reference: reference)
        let taken = try await claim(
            new, isTyped: false, picture, facts, SHA256.digest(of: file), of: tenant, by: principal, in: database)
        return TakenReceipt(payment: taken.payment, facts: facts, doubts: taken.doubts)
    }

    private func read(
        _ file: [UInt8], of tenant: Tenant, at now: Instant
    ) async throws -> (ReceiptPicture, ReceiptFacts) {
        let picture = try await tools.sandbox.run(try ReadReceipt(file), for: tenant.id.uuid)
        let facts = ReceiptFacts(
            picture.words, tenant.currency, in: tenant.region, today: tenant.timeZone.day(at: now))
        return (picture, facts)
    }

    private func claim(
        _ new: NewPayment, isTyped: Bool, _ picture: ReceiptPicture, _ facts: ReceiptFacts, _ digest: [UInt8],
        of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> (payment: Payment, doubts: [ReceiptDoubt]) {
        let policy = try await database.receiptPolicy(in: tenant.currency)
        let today = tenant.timeZone.day(at: principal.now)
        guard let customer = try await database.customer(new.customer) else { throw AccessRefusal.notFound }
        let strikes = try await database.strikes(of: new.customer)
        let known = try await database.knownReceipts(
            showing: picture.signature, since: principal.now - Self.knownFor, limit: Self.mostKnown)
        let check = ReceiptCheck(
            facts, of: new, isTyped: isTyped, on: today, customerAge: today - customer.since,
            hasStrikes: strikes.contains { $0.counts(on: today) },
            accounts: try await database.bankAccounts(shownOnly: false),
            known: known.filter { $0.payment != new.id }, under: policy)
        let evidence = PaymentEvidence(digest: digest, picture: picture.png)
        return try await database.transaction { database in
            let payment = try await tools.acts.claim(
                new, shownBy: evidence, sealedIn: tools.vault, trusting: check.trust, of: tenant, by: principal,
                in: database)
            let trust: ReceiptTrust = payment.hold == .duplicate ? .people : check.trust
            try await database.insert(picture, check, trust, of: payment.id, at: principal.now)
            return (payment, check.doubts)
        }
    }
}

extension ReceiptFacts {
    /// The method that the receipt's bank goes by, or the transfer.
    fileprivate func method(among methods: [PaymentMethod]) -> PaymentMethod? {
        let takes = methods.filter { ![.cash, .card].contains($0.kind) }
        let named = bank.flatMap { bank in
            takes.first { $0.kind == .wallet && $0.name.lowercased() == bank.value.lowercased() }
        }
        return named ?? takes.first { $0.kind == .transfer } ?? takes.first
    }
}

extension ReceiptActs {
    /// What the portal takes.
    static let taking = ReceiptTaking(10) { file, claim, tools, visit in
        try await ReceiptActs(tools).take(
            file, claiming: claim, of: visit.tenant, by: visit.principal, in: visit.database)
    }
}
