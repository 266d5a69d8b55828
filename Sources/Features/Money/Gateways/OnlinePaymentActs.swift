import Access
import Customers
import Declarations
import Events
import GatewayProtocol
import Identifiers
import Jobs
import Ledger
import Locale
import Payments
import Postgres
import Subscribers
import Tenancy
import Time

/// Requests payments at gateways, and books what was received.
package struct OnlinePaymentActs: Sendable {
    let gateways: GatewayActs
    private let payments: PaymentActs

    package init(_ gateways: GatewayActs, _ payments: PaymentActs) {
        (self.gateways, self.payments) = (gateways, payments)
    }

    /// The author of bookings that follow from a provider's state.
    private static func principal(of provider: GatewayProvider, of catalogue: Catalogue, at now: Instant) -> Principal {
        Principal(Actor(.system, name: provider.name), permissions: [], of: catalogue, at: now)
    }

    /// Opens a checkout at the provider, unless there is one. `origin` is our portal's origin.
    func open(
        _ new: NewOnlinePayment, for subscriber: Subscriber, of tenant: Tenant, at origin: String, now: Instant,
        in database: TenantDatabase
    ) async throws -> OnlinePayment {
        try await check(new, for: subscriber, of: tenant, in: database)
        let payment = try await database.transaction { database in
            let payment = try await begin(new, now: now, in: database)
            if payment.state == .failed { try await database.tryAgain(new.id, isOther: false) }
            return payment
        }
        return try await open(payment, for: subscriber, of: tenant, at: origin, now: now, in: database)
    }

    /// The same for who does not wait: a job asks the provider.
    func ask(
        _ new: NewOnlinePayment, of tenant: Tenant, at origin: String, now: Instant, in database: TenantDatabase
    ) async throws -> OnlinePayment {
        guard let subscriber = try await database.subscriber(new.customer) else { throw PaymentRefusal.unknownCustomer }
        try await check(new, for: subscriber, of: tenant, in: database)
        let payment = try await begin(new, now: now, in: database)
        if payment.state == .opening { try await database.queue(OpenOnlinePayment(new.id, at: origin), at: now) }
        return payment
    }

    /// Asks the provider for what a program asked for; what it will not have is over.
    func open(
        _ id: OnlinePayment.ID, of tenant: Tenant, at origin: String, now: Instant, in database: TenantDatabase
    ) async throws {
        guard let payment = try await database.onlinePayment(id), payment.state == .opening,
            let subscriber = try await database.subscriber(payment.customer)
        else { return }
        do {
            _ = try await open(payment, for: subscriber, of: tenant, at: origin, now: now, in: database)
        } catch GatewayRefusal.unreachable(_) {
            throw GatewaySilent(.unreachable(""))
        } catch let refusal as GatewayRefusal {
            try await database.setRefused(id, because: refusal.message.text(for: tenant.reader), at: now)
        }
    }

    private func check(
        _ new: NewOnlinePayment, for subscriber: Subscriber, of tenant: Tenant, in database: TenantDatabase
    ) async throws {
        guard new.amount.minor > 0, new.amount.minor <= Money.most else { throw GatewayRefusal.amountWrong }
        guard try await database.waysToPay(in: tenant.currency).contains(new.way) else { throw GatewayRefusal.noWay }
        let (email, phone) = contact(of: subscriber, at: tenant)
        guard !new.way.provider.needsContact || (email != nil && phone != nil) else {
            throw GatewayRefusal.contactMissing
        }
    }

    private func begin(
        _ new: NewOnlinePayment, now: Instant, in database: TenantDatabase
    ) async throws -> OnlinePayment {
        // What comes of it is a payment of the same id, which no other may have.
        if try await database.onlinePayment(new.id) == nil,
            try await database.payment(Payment.ID(new.id.uuid)) != nil
        {
            throw PaymentRefusal.idTaken
        }
        try await database.insert(new, at: now)
        guard let payment = try await database.onlinePayment(new.id, locked: true), payment.customer == new.customer
        else { throw AccessRefusal.notFound }
        try await database.queue(LookAtOnlinePayment(new.id), at: now + OnlinePayment.mostOpening)
        return payment
    }

    private func open(
        _ payment: OnlinePayment, for subscriber: Subscriber, of tenant: Tenant, at origin: String, now: Instant,
        in database: TenantDatabase
    ) async throws -> OnlinePayment {
        var payment = payment
        let (id, provider) = (payment.id, payment.provider)
        guard let gateway = try await database.gateway(provider) else { throw GatewayRefusal.noWay }
        let driver = try gateways.driver(of: provider)
        let keys = try await gateways.keys(of: provider, in: database)
        for attempt in 1...2 where payment.checkout == nil {
            let checkout = checkout(payment, for: subscriber, of: tenant, at: origin, told: gateway.noticePath())
            let answer: Result<OpenedCheckout, GatewayFailure>
            do throws(GatewayFailure) {
                answer = .success(try await driver.open(checkout, with: keys))
            } catch {
                answer = .failure(error)
            }
            switch answer {
            case .success(let opened):
                try await database.transaction { database in
                    guard try await database.set(id, opened: opened) else { return }
                    try await database.record(
                        Act(.onlinePaymentOpened, payment.subject, after: payment.details),
                        by: Actor(.system, name: provider.name), at: now)
                }
            case .failure(let failure):
                // An answer that is an error stays so under its key; what may have been lost is asked under the same.
                try await database.tryAgain(id, isOther: failure.isKept)
                guard failure.isWorthAnotherTry, attempt == 1 else { throw GatewayRefusal(failure, of: provider) }
            }
            guard let changed = try await database.onlinePayment(id) else { throw AccessRefusal.notFound }
            payment = changed
        }
        return payment
    }

    private func checkout(
        _ payment: OnlinePayment, for subscriber: Subscriber, of tenant: Tenant, at origin: String, told path: String
    ) -> NewCheckout {
        let (email, phone) = contact(of: subscriber, at: tenant)
        return NewCheckout(
            reference: payment.id.description, idempotencyKey: "\(payment.id)-\(payment.attempt)",
            amount: payment.amount, title: tenant.name, way: payment.way, customerName: subscriber.name,
            email: email, phone: phone,
            returnAddress: "\(origin)/portal/online-payments/\(payment.id)", noticeAddress: "\(origin)\(path)",
            expiresAt: payment.expiresAt)
    }

    /// Falls back to the company's telephone for customers without one.
    private func contact(of subscriber: Subscriber, at tenant: Tenant) -> (email: String?, phone: String?) {
        (
            subscriber.email.isEmpty ? nil : subscriber.email,
            subscriber.phone.isEmpty ? tenant.company.contact.phone?.e164 : subscriber.phone
        )
    }
}

// Money received.
extension OnlinePaymentActs {
    /// Reads the provider's state and applies it in one transaction. Idempotent.
    func look(
        at id: OnlinePayment.ID, of tenant: Tenant, knowing catalogue: Catalogue, now: Instant,
        in database: TenantDatabase
    ) async throws {
        guard let payment = try await database.onlinePayment(id) else { return }
        guard let checkout = payment.checkout else {
            // No checkout exists, so nobody can have paid.
            if payment.state == .opening { try await database.set(id, .failed, lookedAt: now) }
            return
        }
        let truth = try await truth(of: payment, checkout, in: database)
        let principal = Self.principal(of: payment.provider, of: catalogue, at: now)
        do {
            try await database.transaction { database in
                guard let payment = try await database.onlinePayment(id, locked: true) else { return }
                try await apply(
                    payment.verdict(on: truth), of: truth, to: payment, of: tenant, by: principal, in: database)
            }
        } catch is PaymentRefusal {
            // The booking was refused: a person reviews the payment.
            try await database.transaction { database in
                guard let payment = try await database.onlinePayment(id, locked: true), payment.trouble != .books else {
                    return
                }
                try await review(payment, .books, truth.payments.first, by: principal, in: database)
            }
        }
    }

    fileprivate func truth(
        of payment: OnlinePayment, _ checkout: String, in database: TenantDatabase
    ) async throws -> CheckoutTruth {
        let driver = try gateways.driver(of: payment.provider)
        let keys = try await gateways.keys(of: payment.provider, in: database)
        let known = try await database.paymentsNamed(about: payment.id)
        do throws(GatewayFailure) {
            return try await driver.look(at: checkout, payment.id.description, knowing: known, with: keys)
        } catch {
            throw GatewaySilent(error)
        }
    }

    fileprivate func apply(
        _ verdict: OnlinePayment.Verdict, of truth: CheckoutTruth, to payment: OnlinePayment, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        let (id, now, others) = (payment.id, principal.now, payment.others(in: truth))
        switch verdict {
        case .stands(let state):
            // A person has the last word on what they look at.
            let next: OnlinePayment.State =
                payment.state == .review ? .review : payment.isOver(state, at: now) ? .expired : state
            try await database.set(id, next, payment.trouble, lookedAt: now)
            if !next.isSettled {
                try await database.queue(LookAtOnlinePayment(id), at: payment.nextLook(after: now))
            }
        case .pay(let money):
            try await write(money, of: payment, tenant, by: principal, in: database)
            try await database.set(id, .paid, nil, money, lookedAt: now)
        case .payAndReview(let trouble, let money):
            try await write(money, of: payment, tenant, by: principal, in: database)
            try await review(payment, trouble, money, others: others, by: principal, in: database)
        case .review(let trouble, let money):
            if payment.trouble == trouble, payment.refundedMinor == money?.refunded ?? 0 {
                try await database.set(id, .review, trouble, money, lookedAt: now)
            } else {
                try await review(payment, trouble, money, others: others, by: principal, in: database)
            }
        case .giveBack, .chargeBack:
            let isDisputed = verdict == .chargeBack
            let reason = (isDisputed ? GatewayWords.disputed : .givenBack).text(
                for: tenant.reader, .name(payment.provider.name))
            let written = try await database.payment(Payment.ID(id.uuid))
            if let written, written.state == .applied, written.method == payment.provider.rawValue {
                if isDisputed {
                    _ = try await payments.chargeBack(
                        Payment.ID(id.uuid), of: tenant, because: reason, by: principal, in: database)
                } else {
                    _ = try await payments.reverse(
                        Payment.ID(id.uuid), of: tenant, because: reason, by: principal, in: database)
                }
            }
            try await database.set(id, isDisputed ? .chargedBack : .refunded, lookedAt: now)
        }
    }

    /// The payment has the online payment's id, so that booking it again changes nothing.
    private func write(
        _ money: ReceivedMoney, of payment: OnlinePayment, _ tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        let paidOn = money.paidAt.map { tenant.timeZone.day(at: $0) } ?? today
        let method = PaymentMethod(
            word: payment.provider.rawValue, name: payment.provider.name, kind: .card, needsReference: true)
        _ = try await payments.receive(
            NewPayment(
                id: Payment.ID(payment.id.uuid), customer: payment.customer, method: method.word,
                amount: Money(minor: money.minor ?? payment.amount.minor, payment.amount.currency),
                day: min(today, max(paidOn, today - 30)), reference: money.id), by: method, of: tenant, by: principal,
            in: database)
    }

    private func review(
        _ payment: OnlinePayment, _ trouble: OnlinePayment.Trouble, _ money: ReceivedMoney?, others: Int = 0,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        let told = trouble == .twice ? others : 0
        try await database.set(payment.id, .review, trouble, money, others: told, lookedAt: principal.now)
        try await database.record(
            Act(.onlinePaymentHeld, payment.subject, after: payment.details), by: principal.actor, at: principal.now)
    }

}

// Decisions by a person.
extension OnlinePaymentActs {
    /// Books the amount received, although it is not the amount requested.
    func accept(
        _ id: OnlinePayment.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard let payment = try await database.onlinePayment(id), let checkout = payment.checkout else {
            throw AccessRefusal.notFound
        }
        guard payment.state == .review, payment.trouble == .amount else { throw GatewayRefusal.settled }
        let truth: CheckoutTruth
        do {
            truth = try await self.truth(of: payment, checkout, in: database)
        } catch is GatewaySilent {
            throw GatewayRefusal.unreachable(payment.provider)
        }
        try await database.transaction { database in
            guard let payment = try await database.onlinePayment(id, locked: true), payment.state == .review,
                payment.trouble == .amount
            else { throw GatewayRefusal.settled }
            let verdict = payment.verdict(on: truth, isAccepted: true)
            try await apply(verdict, of: truth, to: payment, of: tenant, by: principal, in: database)
            try await database.setDecision(id, by: principal.actor.name, because: "")
        }
    }

    /// Closes a review that was resolved elsewhere.
    func close(
        _ id: OnlinePayment.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
        try await database.transaction { database in
            guard let payment = try await database.onlinePayment(id, locked: true), payment.state == .review else {
                throw GatewayRefusal.settled
            }
            let isWritten = try await database.payment(Payment.ID(id.uuid))?.state == .applied
            try await database.set(id, isWritten ? .paid : .failed, lookedAt: principal.now)
            try await database.setDecision(id, by: principal.actor.name, because: reason)
            try await database.record(
                Act(.onlinePaymentClosed, payment.subject, after: payment.details + [Act.Detail("reason", reason)]),
                by: principal.actor, at: principal.now)
        }
    }

}

// Notices.
extension OnlinePaymentActs {
    /// Finds the payment that a notice concerns, and queues a check. Nothing else in the notice is trusted.
    func follow(
        _ event: String, of provider: GatewayProvider, at now: Instant, in database: TenantDatabase
    ) async throws {
        guard let (notice, known) = try await database.notice(event, of: provider) else { return }
        var payment = known
        if payment == nil {
            let driver = try gateways.driver(of: provider)
            let keys = try await gateways.keys(of: provider, in: database)
            let reference: String?
            do throws(GatewayFailure) {
                reference = try await driver.reference(of: notice, with: keys)
            } catch {
                throw GatewaySilent(error)
            }
            let found = GatewayNotice(
                event: event, kind: notice.kind, reference: reference, checkout: notice.checkout,
                payment: notice.payment)
            payment = try await database.onlinePayment(named: found, at: provider)
        }
        guard let payment else { return }
        try await database.transaction { database in
            if known == nil { try await database.link(event, of: provider, to: payment) }
            try await database.queue(LookAtOnlinePayment(payment), at: now)
        }
    }
}

extension GatewayFailure {
    /// The provider stores this error under the idempotency key.
    fileprivate var isKept: Bool { if case .troubled = self { true } else { false } }

    /// Whether an immediate retry may succeed.
    fileprivate var isWorthAnotherTry: Bool { if case .unreachable = self { true } else { isKept } }
}

/// The provider's state could not be read; the job is retried later.
struct GatewaySilent: ExplainedFailure {
    let reason: String

    init(_ failure: GatewayFailure) {
        reason =
            switch failure {
            case .keyRefused: "The provider refused the key"
            case .notAllowed: "The key may not read payments"
            case .refused: "The provider refused the question"
            case .troubled(let status): "The provider answered \(status)"
            case .unreachable: "The provider could not be reached"
            case .unreadable: "The provider's answer could not be read"
            }
    }
}

extension OnlinePayment {
    var subject: Act.Subject { Act.Subject("online_payment", id.uuid, named: "\(provider.name) · \(customerName)") }

    var details: [Act.Detail] {
        [
            Act.Detail("customer", customerName), Act.Detail("amount", amount.plainText),
            Act.Detail("gateway", provider.name),
        ]
    }
}
