import Access
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Ledger
import Locale
import Postgres
import Tenancy
import Time
import Vault

/// Acts on payments. Each is one transaction, with its event.
package struct PaymentActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    /// A payment may be registered this many days back; an older day is a typing error.
    static let oldest = 731
    /// A second payment of the same amount by the customer within this time waits for review.
    static let suspiciousFor = Duration.seconds(24 * 3600)

    /// Registers a payment, and applies it unless it needs review. Idempotent: the same payment sent again returns the
    /// first one.
    package func register(
        _ new: NewPayment, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        try await register(new, shownBy: nil, of: tenant, by: principal, in: database)
    }

    /// Registers a payment found in the bank statement: it needs no review.
    package func receive(
        _ new: NewPayment, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        try await register(new, shownBy: nil, isAtBank: true, of: tenant, by: principal, in: database)
    }

    /// Registers a payment claimed by a subscriber, with a picture as evidence: it waits for review.
    package func claim(
        _ new: NewPayment, shownBy evidence: PaymentEvidence, sealedIn vault: Vault,
        trusting trust: ReceiptTrust = .provisional, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        try await register(new, shownBy: (evidence, vault, trust), of: tenant, by: principal, in: database)
    }

    /// Registers money that a trusted third party collected: it is applied without review, in a closed period on the
    /// first open day. Idempotent: the same money sent again returns the first payment.
    package func receive(
        _ new: NewPayment, by method: PaymentMethod, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        let today = tenant.timeZone.day(at: principal.now)
        guard let account = try await database.account(of: new.customer) else { throw AccessRefusal.notFound }
        let new = new.on(account)
        guard new.amount.isPositive else { throw PaymentRefusal.amountNotPositive }
        guard new.amount.minor <= Money.most else { throw PaymentRefusal.amountTooLarge }
        guard new.amount.currency == tenant.currency else { throw PaymentRefusal.otherCurrency }
        guard new.day <= today, new.day >= today - Self.oldest else { throw PaymentRefusal.dayFarOff }
        return try await database.transaction { database in
            try await database.holdPayments(of: new.customer)
            if let known = try await database.payment(new.id) {
                guard known.customer == new.customer, known.method == new.method, known.reference == new.reference
                else { throw PaymentRefusal.idTaken }
                return known
            }
            let payment = try await insert(new, by: method, hold: .none, by: principal, in: database)
            try await apply(payment, [], by: principal, in: database)
            try await database.record(
                Act(payment.state.event, payment.subject, after: payment.details),
                by: principal.actor, at: principal.now)
            return payment
        }
    }

    private func register(
        _ new: NewPayment, shownBy shown: (evidence: PaymentEvidence, vault: Vault, trust: ReceiptTrust)?,
        isAtBank: Bool = false,
        of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        let today = tenant.timeZone.day(at: principal.now)
        // A payment for a customer with a payer goes to the payer's account.
        let account = try await database.account(of: new.customer)
        guard let new = account.map({ new.on($0) }) else { throw AccessRefusal.notFound }
        guard new.amount.isPositive else { throw PaymentRefusal.amountNotPositive }
        guard new.amount.minor <= Money.most else { throw PaymentRefusal.amountTooLarge }
        guard new.amount.currency == tenant.currency else { throw PaymentRefusal.otherCurrency }
        guard new.day <= today, new.day >= today - Self.oldest else { throw PaymentRefusal.dayFarOff }
        return try await database.transaction { database in
            try await database.holdPayments(of: new.customer)
            guard try await database.customer(new.customer) != nil else { throw AccessRefusal.notFound }
            if let known = try await database.payment(new.id) {
                guard known.isSame(as: new) else { throw PaymentRefusal.idTaken }
                return known
            }
            let methods = try await database.paymentMethods(of: tenant)
            guard let method = methods.first(where: { $0.word == new.method && $0.isActive }),
                shown == nil || method.leavesReceipt
            else { throw PaymentRefusal.unknownMethod }
            guard isAtBank || shown != nil || !method.needsReference || !new.reference.isEmpty else {
                throw PaymentRefusal.referenceMissing
            }
            // An offline device may send a payment after the period was closed, and a bank statement may come later
            // too.
            if new.folio == nil, !isAtBank, let closed = try await database.closedThrough(), new.day <= closed {
                throw LedgerRefusal.dayClosed
            }
            var hold = isAtBank ? .none : try await hold(on: new, paidBy: method, by: principal, in: database)
            if let shown {
                let wasRejected = try await database.checkEvidence(shown.evidence, of: new)
                hold = wasRejected || hold == .duplicate ? .duplicate : shown.trust.hold
            }
            var entered = new
            if let folio = new.folio, try await !database.counts(in: folio, principal) {
                // A wrong number is no reason to refuse money already taken: the payment waits for review.
                (entered, hold) = (new.withoutFolio, .series)
            }
            // The lock orders this before or after collection: a pending payment prevents a cut.
            if hold != .none { try await database.hold(new.customer) }
            var payment = try await insert(entered, by: method, hold: hold, by: principal, in: database)
            if method.kind == .cash, shown == nil {
                try await AfterPayment.run(
                    payment.paid(.takenInCash, bookedOn: new.day, by: principal, from: randomness), in: database)
            }
            if hold == .none { try await apply(payment, new.chosen, by: principal, in: database) }
            if let shown {
                try await database.insert(shown.evidence, of: payment.id, sealedIn: shown.vault, at: principal.now)
                payment = try await database.payment(payment.id) ?? payment
                // Evidence seen before has no effect before the review.
                if hold == .evidence {
                    try await AfterPayment.run(
                        payment.paid(.claimed, bookedOn: today, by: principal, from: randomness), in: database)
                }
            }
            try await database.record(
                Act(payment.state.event, payment.subject, after: payment.details),
                by: principal.actor, at: principal.now)
            return payment
        }
    }

    private func hold(
        on new: NewPayment, paidBy method: PaymentMethod, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment.Hold {
        if !new.reference.isEmpty {
            let others = try await database.payments(named: new.reference, by: new.method)
            if let other = others.first(where: { $0.state == .pending || $0.state == .applied }) {
                throw PaymentRefusal.sameReference(folio: other.folio)
            }
            // The reference was rejected or reversed before.
            if !others.isEmpty { return .duplicate }
        }
        if try await database.hasPayment(
            of: new.customer, like: new.amount, since: principal.now - Self.suspiciousFor)
        {
            return .duplicate
        }
        if try await needsApproval(new.amount, by: new.method, principal, in: database) { return .approval }
        return try await isLeftToTheBank(method, principal, in: database) ? .approval : .none
    }

    func needsApproval(
        _ amount: Money, by method: String, _ principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        Approval.isNeeded(
            for: amount, limits: try await database.approvalLimits(of: method, for: principal.actor),
            mayApply: principal.permissions.contains(.paymentsApply))
    }

    /// A bank payment by staff who may not approve waits for somebody who may, unless a role's limit decides.
    private func isLeftToTheBank(
        _ method: PaymentMethod, _ principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        guard method.kind.arrivesAtBank, principal.actor.kind == .staff, let author = principal.actor.id,
            !principal.permissions.contains(.paymentsApprove),
            try await database.approvalLimits(of: method.word, for: principal.actor).isEmpty
        else { return false }
        return try await database.mayBeApproved(withoutTheHelpOf: author)
    }

    private func insert(
        _ new: NewPayment, by method: PaymentMethod, hold: Payment.Hold, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        do {
            let number: Int =
                if let folio = new.folio { folio.number } else { try await database.takePaymentNumber() }
            try await database.insert(new, by: method, number: number, hold: hold, by: principal)
        } catch {
            // A concurrent payment for another customer has the same reference.
            if error.isUniqueViolation(of: "payments_by_reference") {
                throw PaymentRefusal.sameReference(folio: "")
            }
            if error.isUniqueViolation(of: "payments_tenant_id_series_number_key") { throw PaymentRefusal.folioTaken }
            if error.isUniqueViolation(of: "payments_pkey") { throw PaymentRefusal.idTaken }
            throw error
        }
        guard let payment = try await database.payment(new.id) else { throw AccessRefusal.notFound }
        return payment
    }

    private func apply(
        _ payment: Payment, _ chosen: [Transaction.ID], by principal: Principal, in database: TenantDatabase
    ) async throws {
        let (actor, now) = (principal.actor, principal.now)
        // If the day was closed while the payment waited, the first open day is used.
        let day = max(payment.day, try await database.closedThrough().map { $0 + 1 } ?? payment.day)
        let money = Transaction(
            id: payment.transaction, .payment, of: payment.id.uuid, on: day, note: payment.statementNote,
            [
                Posting(.money(payment.method), payment.amount),
                Posting(.credit(payment.customer), try -payment.amount),
            ])
        try await database.post(money, by: actor, at: now)
        try await settle(payment, chosen, on: day, by: principal, in: database)
        try await AfterPayment.run(
            payment.paid(.applied, bookedOn: day, by: principal, from: randomness), in: database)
    }

    private func settle(
        _ payment: Payment, _ chosen: [Transaction.ID], on day: Day, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        let (actor, now) = (principal.actor, principal.now)
        let settlement: Transaction.ID = .make(milliseconds: now.milliseconds, from: randomness)
        if chosen.isEmpty {
            try await database.settleOldest(
                [(payment.customer, settlement, payment.id.uuid)], in: payment.amount.currency, on: day, by: actor,
                at: now)
            return
        }
        try await database.hold(payment.customer)
        let open = try await database.openCharges(of: payment.customer, in: payment.amount.currency)
        let parts = Allocation.parts(of: payment.amount, among: open, chosen: chosen)
        guard !parts.isEmpty else { return }
        let settled = Money(minor: parts.reduce(0) { $0 + $1.part }, payment.amount.currency)
        try await database.post(
            Transaction(
                id: settlement, .settlement, of: payment.id.uuid, on: day,
                [Posting(.credit(payment.customer), settled)]
                    + parts.map { charge, part in
                        Posting(
                            .receivable(payment.customer), Money(minor: -part, payment.amount.currency),
                            settles: charge.id)
                    }), by: actor, at: now)
    }

    /// Corrects what a receipt was taken to say, before it is decided.
    package func correct(
        _ id: Payment.ID, to right: NewPayment, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        let today = tenant.timeZone.day(at: principal.now)
        guard right.amount.isPositive else { throw PaymentRefusal.amountNotPositive }
        guard right.amount.minor <= Money.most else { throw PaymentRefusal.amountTooLarge }
        guard right.amount.currency == tenant.currency else { throw PaymentRefusal.otherCurrency }
        guard right.day <= today, right.day >= today - Self.oldest else { throw PaymentRefusal.dayFarOff }
        return try await database.transaction { database in
            guard let found = try await database.payment(id) else { throw AccessRefusal.notFound }
            try await database.holdPayments(of: found.customer)
            guard let payment = try await database.payment(id), payment.state == .pending, payment.hasEvidence else {
                throw PaymentRefusal.decided
            }
            let methods = try await database.paymentMethods(of: tenant)
            guard let method = methods.first(where: { $0.word == right.method }), method.leavesReceipt else {
                throw PaymentRefusal.unknownMethod
            }
            guard
                payment.amount != right.amount || payment.day != right.day || payment.reference != right.reference
                    || payment.method != right.method
            else { return payment }
            if !right.reference.isEmpty, right.reference != payment.reference || right.method != payment.method {
                let others = try await database.payments(named: right.reference, by: right.method)
                if let other = others.first(where: { $0.state == .pending || $0.state == .applied }),
                    other.folio != payment.folio
                {
                    throw PaymentRefusal.sameReference(folio: other.folio)
                }
            }
            try await database.correct(id, to: right, by: method)
            guard let after = try await database.payment(id) else { throw AccessRefusal.notFound }
            if let act = Act.change(.paymentCorrected, after.subject, from: payment.details, to: after.details) {
                try await database.record(act, by: principal.actor, at: principal.now)
            }
            return after
        }
    }

    /// Approves a pending payment, and applies it.
    package func approve(_ id: Payment.ID, by principal: Principal, in database: TenantDatabase) async throws -> Payment
    {
        try await approve(id, isAtBank: false, by: principal, in: database)
    }

    /// Approves a pending payment found in the bank statement.
    package func confirm(_ id: Payment.ID, by principal: Principal, in database: TenantDatabase) async throws -> Payment
    {
        try await approve(id, isAtBank: true, by: principal, in: database)
    }

    private func approve(
        _ id: Payment.ID, isAtBank: Bool, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        try await decide(id, from: .pending, to: .applied, because: "", by: principal, in: database) {
            payment, chosen, database in
            // An author may not approve a payment beyond their own limit.
            if !isAtBank, let author = payment.authorID, author == principal.actor.id {
                var needsAnother = payment.hold == .approval
                if !needsAnother {
                    needsAnother = try await needsApproval(payment.amount, by: payment.method, principal, in: database)
                }
                if needsAnother, try await database.mayBeApproved(withoutTheHelpOf: author) {
                    throw PaymentRefusal.ownPayment
                }
            }
            try await apply(payment, chosen, by: principal, in: database)
        }
    }

    /// Rejects a pending payment, which never changed the balance. A false receipt counts as a strike.
    package func reject(
        _ id: Payment.ID, because reason: String, isFalse: Bool = false, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Payment {
        guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
        return try await decide(
            id, from: .pending, to: .rejected, because: reason, isFalse: isFalse, by: principal, in: database
        ) { payment, _, database in
            if isFalse { try await database.queue(LookAtCustomer(payment.customer), at: principal.now) }
            try await AfterPayment.run(
                payment.paid(.rejected, bookedOn: payment.day, by: principal, from: randomness), in: database)
        }
    }

    /// Reverses an applied payment: its charges are open again. `supervisor` confirmed it for somebody who may not
    /// reverse alone.
    package func reverse(
        _ id: Payment.ID, of tenant: Tenant, because reason: String, isFalse: Bool = false,
        confirmedBy supervisor: String? = nil, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        try await undo(
            id, as: .reversed, of: tenant, because: reason, isFalse: isFalse, confirmedBy: supervisor, by: principal,
            in: database)
    }

    /// Books the reverse entry, or for a chargeback its own entry.
    func undo(
        _ id: Payment.ID, as state: Payment.State, of tenant: Tenant, because reason: String, isFalse: Bool,
        confirmedBy supervisor: String? = nil, by principal: Principal, in database: TenantDatabase
    ) async throws -> Payment {
        guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
        let today = tenant.timeZone.day(at: principal.now)
        return try await decide(
            id, from: .applied, to: state, because: reason, isFalse: isFalse, confirmedBy: supervisor, by: principal,
            in: database
        ) { payment, _, database in
            try await book(undoing: payment, as: state, on: today, because: reason, by: principal, in: database)
            try await AfterPayment.run(
                payment.paid(.undone(because: reason), bookedOn: today, by: principal, from: randomness), in: database)
        }
    }

    /// Together with the fee of the reconnection that it brought about: whoever has to pay again pays one fee.
    func book(
        undoing payment: Payment, as state: Payment.State, on today: Day, because reason: String,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        func newID() -> Transaction.ID { .make(milliseconds: principal.now.milliseconds, from: randomness) }
        for fee in try await database.reconnectionFees(broughtAboutBy: payment.id) {
            try await database.undo(
                Transaction.ID(fee.id.uuid), as: newID(), on: today, because: reason, by: principal.actor,
                at: principal.now, from: randomness)
        }
        let undoing = newID()
        let chargeback =
            state == .chargedBack
            ? Transaction(
                id: undoing, .chargeback, of: payment.id.uuid, on: today, note: payment.statementNote,
                [
                    Posting(.credit(payment.customer), payment.amount),
                    Posting(.money(payment.method), try -payment.amount),
                ]) : nil
        try await database.undo(
            payment.transaction, as: undoing, booking: chargeback, on: today, because: reason, by: principal.actor,
            at: principal.now, from: randomness)
    }

    private func decide(
        _ id: Payment.ID, from state: Payment.State, to decided: Payment.State, because reason: String,
        isFalse: Bool = false, confirmedBy supervisor: String? = nil, by principal: Principal,
        in database: TenantDatabase, _ work: (Payment, [Transaction.ID], TenantDatabase) async throws -> Void
    ) async throws -> Payment {
        try await database.transaction { database in
            guard let found = try await database.payment(id) else { throw AccessRefusal.notFound }
            try await database.holdPayments(of: found.customer)
            guard let payment = try await database.payment(id), payment.state == state else {
                throw PaymentRefusal.decided
            }
            try await work(payment, database.chosenCharges(of: id), database)
            try await database.decide(id, decided, because: reason, isFalse: isFalse, by: principal)
            guard let after = try await database.payment(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(
                    decided.event, after.subject, before: [Act.Detail("payment_state", state.rawValue)],
                    after: after.details + (reason.isEmpty ? [] : [Act.Detail("reason", reason)])
                        + (isFalse ? [Act.Detail("false_receipt", "yes")] : [])
                        + (supervisor.map { [Act.Detail("supervisor", $0)] } ?? [])),
                by: principal.actor, at: principal.now)
            return after
        }
    }
}

extension Payment.State {
    /// The event of a payment's new state.
    fileprivate var event: EventKind {
        switch self {
        case .pending: .paymentRegistered
        case .applied: .paymentApplied
        case .rejected: .paymentRejected
        case .reversed: .paymentReversed
        case .chargedBack: .paymentChargedBack
        }
    }
}

extension Payment {
    fileprivate func paid(
        _ event: PaidAccount.Event, bookedOn day: Day, by principal: Principal, from randomness: Randomness
    ) -> PaidAccount {
        PaidAccount(
            event, id.uuid, of: amount, to: customer, paidOn: self.day, bookedOn: day, by: principal, from: randomness)
    }

    fileprivate func isSame(as new: NewPayment) -> Bool {
        customer == new.customer && method == new.method && amount == new.amount && day == new.day
            && reference == new.reference
            && (new.folio == nil || series.isEmpty || new.folio?.series == series && new.folio?.number == number)
    }

    fileprivate var statementNote: String {
        [folio, methodName, reference].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    fileprivate var subject: Act.Subject { Act.Subject("payment", id.uuid, named: "\(folio) · \(customerName)") }

    fileprivate var details: [Act.Detail] {
        [
            Act.Detail("payment_state", state.rawValue), Act.Detail("amount", amount.plainText),
            Act.Detail("method", methodName), Act.Detail("day", day.iso), Act.Detail("reference", reference),
            Act.Detail("customer", customerName),
        ]
    }
}
