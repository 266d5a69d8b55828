import Access
import Customers
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Tenancy
import Time

// Acts on refunds and withholdings. Each is one transaction, with its event.
extension PaymentActs {
    /// Registers an adjustment, and applies it unless it is a refund that needs another's approval.
    package func adjust(
        _ new: NewAdjustment, of customer: Customer.ID, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Adjustment {
        let today = tenant.timeZone.day(at: principal.now)
        guard new.amount.isPositive else { throw PaymentRefusal.amountNotPositive }
        guard new.amount.minor <= Money.most else { throw PaymentRefusal.amountTooLarge }
        guard new.amount.currency == tenant.currency else { throw PaymentRefusal.otherCurrency }
        guard new.day <= today, new.day >= today - Self.oldest else { throw PaymentRefusal.dayFarOff }
        guard let account = try await database.account(of: customer) else { throw AccessRefusal.notFound }
        return try await database.transaction { database in
            try await database.holdPayments(of: account)
            var (name, state) = (new.method, Adjustment.State.applied)
            switch new.kind {
            case .refund:
                let methods = try await database.paymentMethods(of: tenant)
                guard let method = methods.first(where: { $0.word == new.method && $0.isActive }) else {
                    throw PaymentRefusal.unknownMethod
                }
                guard !method.needsReference || !new.reference.isEmpty else { throw PaymentRefusal.referenceMissing }
                name = method.name
                if try await needsApproval(new.amount, by: new.method, principal, in: database) { state = .pending }
            case .withholding:
                guard !new.reference.isEmpty else { throw PaymentRefusal.certificateMissing }
                guard !new.method.isEmpty else { throw PaymentRefusal.taxMissing }
            }
            let id: Adjustment.ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
            try await insert(new, as: id, of: account, named: name, in: state, by: principal, in: database)
            guard let adjustment = try await database.adjustment(id) else { throw AccessRefusal.notFound }
            try await check(adjustment, in: database)
            if state == .applied { try await book(adjustment, of: tenant, by: principal, in: database) }
            try await database.record(
                Act(adjustment.event, adjustment.subject, after: adjustment.details), by: principal.actor,
                at: principal.now)
            return adjustment
        }
    }

    private func insert(
        _ new: NewAdjustment, as id: Adjustment.ID, of customer: Customer.ID, named method: String,
        in state: Adjustment.State, by principal: Principal, in database: TenantDatabase
    ) async throws {
        do {
            try await database.insert(new, as: id, of: customer, named: method, in: state, by: principal)
        } catch {
            guard error.isUniqueViolation(of: "withholding_certificates") else { throw error }
            throw PaymentRefusal.certificateTaken
        }
    }

    /// A refund may not exceed the credit, nor a withholding the open charge. The lock holds both until the commit.
    private func check(_ adjustment: Adjustment, in database: TenantDatabase) async throws {
        try await database.hold(adjustment.customer)
        let currency = adjustment.amount.currency
        switch adjustment.kind {
        case .refund:
            let balance = try await database.balance(of: adjustment.customer, in: currency)
            guard try adjustment.amount <= balance.inFavour else { throw PaymentRefusal.moreThanInFavour }
        case .withholding:
            let open = try await database.openCharges(of: adjustment.customer, in: currency)
            guard let charge = open.first(where: { $0.id == adjustment.charge }) else {
                throw PaymentRefusal.unknownCharge
            }
            guard try adjustment.amount <= charge.open else { throw PaymentRefusal.moreThanCharged }
        }
    }

    private func book(
        _ adjustment: Adjustment, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        let (amount, customer) = (adjustment.amount, adjustment.customer)
        let postings: [Posting] =
            switch adjustment.kind {
            case .refund:
                [Posting(.credit(customer), amount), Posting(.money(adjustment.method), try -amount)]
            case .withholding:
                [
                    Posting(.withholding(adjustment.method), amount),
                    Posting(.receivable(customer), try -amount, settles: adjustment.charge),
                ]
            }
        try await database.post(
            Transaction(
                id: adjustment.transaction, adjustment.kind == .refund ? .refund : .withholding,
                of: adjustment.id.uuid, on: today, note: adjustment.statementNote, postings),
            by: principal.actor, at: principal.now)
        guard adjustment.kind == .refund,
            try await database.paymentMethods(of: tenant).contains(where: {
                $0.word == adjustment.method && $0.kind == .cash
            })
        else { return }
        try await AfterCashRefund.run(.given, adjustment, by: principal, in: database)
    }

    package func approve(
        _ id: Adjustment.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Adjustment {
        try await decide(id, from: .pending, to: .applied, because: "", by: principal, in: database) {
            adjustment, database in
            if let author = adjustment.authorID, author == principal.actor.id,
                try await database.mayBeApproved(withoutTheHelpOf: author)
            {
                throw PaymentRefusal.ownPayment
            }
            try await check(adjustment, in: database)
            try await book(adjustment, of: tenant, by: principal, in: database)
        }
    }

    package func reject(
        _ id: Adjustment.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Adjustment {
        guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
        return try await decide(id, from: .pending, to: .rejected, because: reason, by: principal, in: database) {
            _, _ in
        }
    }

    package func reverse(
        _ id: Adjustment.ID, because reason: String, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Adjustment {
        guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
        return try await decide(id, from: .applied, to: .reversed, because: reason, by: principal, in: database) {
            adjustment, database in
            try await database.undo(
                adjustment.transaction, as: .make(milliseconds: principal.now.milliseconds, from: randomness),
                on: tenant.timeZone.day(at: principal.now), because: reason, by: principal.actor, at: principal.now,
                from: randomness)
            try await AfterCashRefund.run(.undone, adjustment, by: principal, in: database)
        }
    }

    private func decide(
        _ id: Adjustment.ID, from state: Adjustment.State, to decided: Adjustment.State, because reason: String,
        by principal: Principal, in database: TenantDatabase,
        _ work: (Adjustment, TenantDatabase) async throws -> Void
    ) async throws -> Adjustment {
        try await database.transaction { database in
            guard let found = try await database.adjustment(id) else { throw AccessRefusal.notFound }
            try await database.holdPayments(of: found.customer)
            guard let adjustment = try await database.adjustment(id), adjustment.state == state else {
                throw PaymentRefusal.decided
            }
            try await work(adjustment, database)
            try await database.decide(id, decided, because: reason, by: principal)
            guard let after = try await database.adjustment(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(
                    after.event, after.subject,
                    after: after.details + (reason.isEmpty ? [] : [Act.Detail("reason", reason)])),
                by: principal.actor, at: principal.now)
            return after
        }
    }

    /// A chargeback: the bank took a payment back. Its charges are open again and collected as after a reversal.
    package func chargeBack(
        _ id: Payment.ID, of tenant: Tenant, because reason: String, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        try await undo(id, as: .chargedBack, of: tenant, because: reason, isFalse: false, by: principal, in: database)
    }
}

extension Adjustment {
    fileprivate var event: EventKind {
        switch (kind, state) {
        case (.refund, .pending): .refundRequested
        case (.refund, .applied): .refundApplied
        case (.withholding, .pending), (.withholding, .applied): .withholdingApplied
        case (_, .rejected): .adjustmentRejected
        case (_, .reversed): .adjustmentReversed
        }
    }

    fileprivate var statementNote: String { [methodName, reference].filter { !$0.isEmpty }.joined(separator: " · ") }

    fileprivate var subject: Act.Subject { Act.Subject("adjustment", id.uuid, named: "\(number) · \(customerName)") }

    fileprivate var details: [Act.Detail] {
        [
            Act.Detail("customer", customerName), Act.Detail("amount", amount.plainText),
            Act.Detail("method", methodName), Act.Detail("day", day.iso), Act.Detail("reference", reference),
        ]
    }
}
