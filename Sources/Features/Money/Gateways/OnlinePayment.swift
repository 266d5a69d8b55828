import Customers
import GatewayProtocol
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// A payment requested at a gateway. It becomes a payment in the books once the provider confirms the money.
package struct OnlinePayment: Sendable, Equatable {
    package typealias ID = Identifiers.ID<OnlinePayment>

    package let id: ID
    /// Its place among the company's.
    let number: Int
    package let customer: Customer.ID
    package let customerName: String
    package let provider: GatewayProvider
    package let way: PaymentWay
    package let amount: Money
    package let state: State
    package let trouble: Trouble?
    let attempt: Int
    /// The provider's id of the checkout.
    package let checkout: String?
    package let address: String?
    package let payReference: String?
    package let payPlace: String?
    /// The provider's payment id, and the amount received.
    package let received: String?
    package let receivedMinor: Int64?
    package let receivedCurrency: String?
    package let refundedMinor: Int64
    /// Payments beyond the first that people were told of.
    let extraPayments: Int
    package let madeAt: Instant
    package let expiresAt: Instant
    package let lookedAt: Instant?
    package let settledAt: Instant?
    package let decider: String
    package let reason: String

    package enum State: String, FieldChoice {
        case opening, open, processing, paid, failed, expired, review, refunded
        case chargedBack = "charged_back"

        package var message: Message {
            switch self {
            case .opening: Message(es: "Abriendo", en: "Opening", pt: "Abrindo")
            case .open: Message(es: "Esperando pago", en: "Waiting to be paid", pt: "Aguardando pagamento")
            case .processing: Message(es: "En proceso", en: "Under way", pt: "Em processamento")
            case .paid: Message(es: "Pagado", en: "Paid", pt: "Pago")
            case .failed: Message(es: "No se cobró", en: "Not charged", pt: "Não cobrado")
            case .expired: Message(es: "Venció", en: "Expired", pt: "Venceu")
            case .review: Message(es: "Por revisar", en: "To be looked at", pt: "A conferir")
            case .refunded: Message(es: "Devuelto", en: "Refunded", pt: "Devolvido")
            case .chargedBack: Message(es: "Contracargo", en: "Charged back", pt: "Contestado")
            }
        }

        package var tone: Tone {
            switch self {
            case .paid: .good
            case .opening, .open, .processing, .review: .warning
            case .failed, .refunded, .chargedBack: .bad
            case .expired: .quiet
            }
        }

        /// Nothing more is expected from the customer or the provider.
        var isSettled: Bool { self != .opening && self != .open && self != .processing }
    }

    /// Why the payment needs review.
    package enum Trouble: String, MessageCatalogue {
        case amount, currency, twice, reference, books
        case partRefund = "part_refund"

        package var message: Message {
            switch self {
            case .amount:
                Message(
                    es: "Se pidieron {asked} y el proveedor dice que se cobraron {received}.",
                    en: "{asked} was asked for, and the provider says that {received} was charged.",
                    pt: "Foram pedidos {asked} e o provedor diz que foram cobrados {received}.")
            case .currency:
                Message(
                    es: "Se pidieron {asked} y el proveedor cobró en otra moneda: {received}.",
                    en: "{asked} was asked for, and the provider charged another currency: {received}.",
                    pt: "Foram pedidos {asked} e o provedor cobrou em outra moeda: {received}.")
            case .twice:
                Message(
                    es:
                        "El cliente pagó {asked} dos veces. Se registró un pago; devuelva el otro en el panel del proveedor.",
                    en:
                        "The customer paid {asked} twice. One payment was written down; refund the other in the provider's panel.",
                    pt:
                        "O cliente pagou {asked} duas vezes. Um pagamento foi registrado; devolva o outro no painel do provedor."
                )
            case .reference:
                Message(
                    es: "El cobro que guarda el proveedor no es el que se pidió aquí. No se registró nada.",
                    en: "What the provider keeps is not what was asked for here. Nothing was written down.",
                    pt: "A cobrança que o provedor guarda não é a pedida aqui. Nada foi registrado.")
            case .books:
                Message(
                    es: "El proveedor cobró {received} y el pago no se pudo registrar. Revise la cuenta del cliente.",
                    en:
                        "The provider charged {received}, and the payment could not be written down. Look at the customer's account.",
                    pt:
                        "O provedor cobrou {received} e o pagamento não pôde ser registrado. Confira a conta do cliente."
                )
            case .partRefund:
                Message(
                    es:
                        "El proveedor devolvió una parte al cliente: {refunded}. Registre la devolución en la cuenta del cliente.",
                    en:
                        "The provider gave a part back to the customer: {refunded}. Write the refund down in the customer's account.",
                    pt:
                        "O provedor devolveu uma parte ao cliente: {refunded}. Registre a devolução na conta do cliente."
                )
            }
        }
    }

    /// The reason for the review, in full.
    func troubleText(for reader: Reader) -> String? {
        func shown(_ minor: Int64) -> String {
            let code = receivedCurrency ?? amount.currency.code
            guard let currency = Currency(rawValue: code) else { return code }
            return "\(Money(minor: minor, currency).exactText(for: reader)) \(code)"
        }
        return trouble?.text(
            for: reader, .text("asked", "\(amount.exactText(for: reader)) \(amount.currency.code)"),
            .text("received", shown(receivedMinor ?? 0)), .text("refunded", shown(refundedMinor)))
    }
}

extension OnlinePayment {
    /// What the provider's state implies.
    enum Verdict: Equatable {
        case stands(State)
        case pay(ReceivedMoney)
        /// The payment was booked before.
        case giveBack, chargeBack
        case review(Trouble, ReceivedMoney?)
        /// The payment is booked, and a person reviews the rest.
        case payAndReview(Trouble, ReceivedMoney)
    }

    /// Only decides. `isAccepted` where a person accepted the amount received.
    func verdict(on truth: CheckoutTruth, isAccepted: Bool = false) -> Verdict {
        guard truth.reference == id.description else {
            return truth.payments.isEmpty && !state.isSettled
                ? .stands(state) : .review(.reference, truth.payments.first)
        }
        guard let money = money(in: truth) else {
            return switch truth.state {
            case .open: .stands(.open)
            // Paid without a payment to show: asked again later.
            case .processing, .paid: .stands(.processing)
            case .failed: .stands(.failed)
            case .expired: .stands(.expired)
            }
        }
        let isTwice = others(in: truth) > extraPayments
        if state == .refunded || state == .chargedBack { return isTwice ? .review(.twice, money) : .stands(state) }
        if state == .paid || trouble == .partRefund || trouble == .twice {
            if money.isDisputed { return .chargeBack }
            if money.isGone { return .giveBack }
            if money.refunded > refundedMinor { return .review(.partRefund, money) }
            return isTwice ? .review(.twice, money) : .stands(state)
        }
        // Refunded or disputed before we booked it.
        if money.isDisputed { return .stands(.chargedBack) }
        if money.isGone { return .stands(.refunded) }
        guard money.currency == amount.currency.code else { return .review(.currency, money) }
        guard let minor = money.minor, (1...Money.most).contains(minor), isAccepted || minor == amount.minor else {
            return .review(.amount, money)
        }
        if isTwice { return .payAndReview(.twice, money) }
        return money.refunded > 0 ? .payAndReview(.partRefund, money) : .pay(money)
    }

    /// The payment that is written down, or would be.
    private func money(in truth: CheckoutTruth) -> ReceivedMoney? {
        truth.payments.first { $0.id == received } ?? truth.payments.first { !$0.isGone } ?? truth.payments.first
    }

    /// How many payments the customer made besides, and did not get back.
    func others(in truth: CheckoutTruth) -> Int {
        let counted = money(in: truth)?.id
        return truth.payments.count { !$0.isGone && $0.id != counted }
    }

    /// A page that did not open for so long is given up.
    static let mostOpening = Duration.seconds(120)

    /// When it is looked at again without being told: at first often, then each hour.
    func nextLook(after now: Instant) -> Instant {
        let age = now - madeAt
        return now + min(max(age, .seconds(60)), .seconds(3600))
    }

    /// Whether the provider may still take the money: for days after its end where the customer did their part.
    func isOver(_ state: State, at now: Instant) -> Bool {
        switch state {
        case .open: now > expiresAt + .seconds(3600)
        case .processing: now > expiresAt + .seconds(5 * 86_400)
        default: false
        }
    }
}

extension TenantDatabase {
    var onlinePaymentSelection: SQL {
        """
        SELECT o.online_payment_id, coalesce(o.number, 0) AS number, o.customer_id, c.name AS customer_name, o.provider,
            o.way, o.amount, o.currency, o.state, o.trouble, o.attempt, o.checkout, o.address, o.pay_reference, o.pay_place, o.received,
            o.received_minor, o.received_currency, o.refunded_minor, o.extra_payments, o.made_at, o.expires_at,
            o.looked_at, o.settled_at, o.decider, o.reason
        FROM online_payments o JOIN customers c ON c.tenant_id = o.tenant_id AND c.customer_id = o.customer_id
        WHERE o.tenant_id = \(tenant)
        """
    }

    package func onlinePayment(
        _ id: OnlinePayment.ID, locked: Bool = false
    ) async throws(DatabaseError) -> OnlinePayment? {
        try await first(
            "\(onlinePaymentSelection) AND o.online_payment_id = \(id) \(locked ? "FOR NO KEY UPDATE OF o" : .nothing)")
    }

    func onlinePayments(of customer: Customer.ID, limit: Int) async throws(DatabaseError) -> [OnlinePayment] {
        try await rows(
            """
            \(onlinePaymentSelection) AND o.customer_id = \(customer)
            ORDER BY o.made_at DESC, o.online_payment_id DESC LIMIT \(limit)
            """)
    }

    /// In the order in which they were asked for, for programs.
    func onlinePayments(
        after number: Int, in state: OnlinePayment.State?, of customer: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [OnlinePayment] {
        let state: SQL = state.map { "AND o.state = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND o.customer_id = \($0)" } ?? .nothing
        return try await rows(
            "\(onlinePaymentSelection) \(state) \(customer) AND o.number > \(number) ORDER BY o.number LIMIT \(limit)")
    }

    /// The newest first, of those before one.
    func onlinePayments(
        in state: OnlinePayment.State?, before: OnlinePayment?, limit: Int
    ) async throws(DatabaseError) -> [OnlinePayment] {
        let state: SQL = state.map { "AND o.state = \($0.rawValue)" } ?? .nothing
        let before: SQL = before.map { "AND (o.made_at, o.online_payment_id) < (\($0.madeAt), \($0.id))" } ?? .nothing
        return try await rows(
            """
            \(onlinePaymentSelection) \(state) \(before)
            ORDER BY o.made_at DESC, o.online_payment_id DESC LIMIT \(limit)
            """)
    }

    /// The payment that a notice names.
    func onlinePayment(
        named notice: GatewayNotice, at provider: GatewayProvider
    ) async throws(DatabaseError) -> OnlinePayment.ID? {
        let reference = notice.reference.flatMap { UUID($0) }
        return try await value(
            """
            SELECT o.online_payment_id FROM online_payments o
            WHERE o.tenant_id = \(tenant) AND o.provider = \(provider.rawValue) AND (
                o.online_payment_id = \(reference) OR o.checkout = \(notice.checkout)
                OR o.received = \(notice.payment))
            ORDER BY o.made_at LIMIT 1
            """)
    }

    /// Idempotent by id.
    func insert(_ new: NewOnlinePayment, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            WITH place AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'online_payment', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO online_payments (
                tenant_id, online_payment_id, number, customer_id, provider, way, amount, currency, state, trouble,
                attempt, made_at, expires_at)
            SELECT \(tenant), \(new.id), place.last, \(new.customer), \(new.way.provider.rawValue),
                \(new.way.way.rawValue), \(new.amount.minor), \(new.amount.currency.code), 'opening', '', 1, \(now),
                \(new.expiresAt(from: now))
            FROM place
            ON CONFLICT (tenant_id, online_payment_id) DO NOTHING
            """)
    }

    /// Reopens a failed request; `isOther` takes a new idempotency key, where the provider stored its error under the
    /// old one.
    func tryAgain(_ id: OnlinePayment.ID, isOther: Bool) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE online_payments SET state = 'opening', attempt = least(attempt + \(isOther ? 1 : 0), 1000)
            WHERE tenant_id = \(tenant) AND online_payment_id = \(id) AND state IN ('opening', 'failed')
                AND checkout IS NULL
            """)
    }

    /// False where it was opened before, or given up.
    func set(_ id: OnlinePayment.ID, opened: OpenedCheckout) async throws(DatabaseError) -> Bool {
        try await value(
            """
            UPDATE online_payments SET state = 'open', checkout = \(opened.id), address = \(opened.address),
                pay_reference = \(opened.payReference), pay_place = \(opened.place),
                expires_at = coalesce(\(opened.expiresAt), expires_at)
            WHERE tenant_id = \(tenant) AND online_payment_id = \(id) AND state = 'opening'
            RETURNING true
            """) ?? false
    }

    func set(
        _ id: OnlinePayment.ID, _ state: OnlinePayment.State, _ trouble: OnlinePayment.Trouble? = nil,
        _ money: ReceivedMoney? = nil, others: Int = 0, lookedAt now: Instant
    ) async throws(DatabaseError) {
        let settledAt: SQL = state.isSettled ? "coalesce(settled_at, \(now))" : "NULL"
        try await execute(
            """
            UPDATE online_payments SET state = \(state.rawValue), trouble = \(trouble?.rawValue ?? ""),
                received = coalesce(\(money?.id), received), received_minor = coalesce(\(money?.minor), received_minor),
                received_currency = coalesce(\(money.map { String($0.currency.prefix(10)) }), received_currency),
                refunded_minor = greatest(refunded_minor, \(money?.refunded ?? 0)),
                extra_payments = greatest(extra_payments, \(min(others, 1000))), looked_at = \(now),
                settled_at = \(settledAt)
            WHERE tenant_id = \(tenant) AND online_payment_id = \(id)
            """)
    }

    /// The provider will not have it.
    func setRefused(_ id: OnlinePayment.ID, because reason: String, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE online_payments SET state = 'failed', reason = \(String(reason.prefix(300))), looked_at = \(now),
                settled_at = \(now)
            WHERE tenant_id = \(tenant) AND online_payment_id = \(id) AND state = 'opening'
            """)
    }

    func setDecision(
        _ id: OnlinePayment.ID, by person: String, because reason: String
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE online_payments SET decider = \(person), reason = \(reason)
            WHERE tenant_id = \(tenant) AND online_payment_id = \(id)
            """)
    }
}

/// A customer's request to pay.
struct NewOnlinePayment: Sendable {
    let id: OnlinePayment.ID
    let customer: Customer.ID
    let way: GatewayWay
    let amount: Money

    /// Stripe's page expires after a day at most; cash and transfers get three.
    func expiresAt(from now: Instant) -> Instant { now + .seconds(way.way == .hosted ? 23 * 3600 : 72 * 3600) }
}

extension OnlinePayment: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (currency, minor): (Currency, Int64) = (try row.word("currency"), try row.read("amount"))
        let trouble: String = try row.read("trouble")
        id = try row.read("online_payment_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        customerName = try row.read("customer_name")
        provider = try row.word("provider")
        way = try row.word("way")
        amount = Money(minor: minor, currency)
        state = try row.word("state")
        self.trouble = Trouble(rawValue: trouble)
        attempt = try row.read("attempt")
        checkout = try row.read("checkout")
        address = try row.read("address")
        payReference = try row.read("pay_reference")
        payPlace = try row.read("pay_place")
        received = try row.read("received")
        receivedMinor = try row.read("received_minor")
        receivedCurrency = try row.read("received_currency")
        refundedMinor = try row.read("refunded_minor")
        extraPayments = try row.read("extra_payments")
        madeAt = try row.read("made_at")
        expiresAt = try row.read("expires_at")
        lookedAt = try row.read("looked_at")
        settledAt = try row.read("settled_at")
        decider = try row.read("decider")
        reason = try row.read("reason")
    }
}
