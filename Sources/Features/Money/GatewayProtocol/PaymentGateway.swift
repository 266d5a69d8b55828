import Locale
import Time

/// A company that takes cards, cash at shops and transfers for a provider of Internet: una pasarela de pago. Drivers conform.
package protocol PaymentGateway: Sendable {
    var provider: GatewayProvider { get }

    /// Asks whose the keys are, and what the account may do.
    func examine(_ keys: GatewayKeys) async throws(GatewayFailure) -> GatewayAccount

    /// Asks for money. The same key of idempotency opens the same checkout.
    func open(_ checkout: NewCheckout, with keys: GatewayKeys) async throws(GatewayFailure) -> OpenedCheckout

    /// What the provider holds to be true of a checkout, read anew. `payments` are those that genuine notices named, which
    /// its lists may not show yet.
    func look(
        at checkout: String, _ reference: String, knowing payments: [String], with keys: GatewayKeys
    ) async throws(GatewayFailure) -> CheckoutTruth

    /// Checks who sent a notice, and reads which object it is about. Nothing else of a notice is believed.
    func read(_ message: GatewayMessage, secret: String, at now: Instant) throws(NoticeFault) -> GatewayNotice

    /// Our own reference of the object that a notice names, where the notice does not say it.
    func reference(of notice: GatewayNotice, with keys: GatewayKeys) async throws(GatewayFailure) -> String?
}

package enum GatewayProvider: String, Sendable, CaseIterable {
    case stripe, mercadopago, conekta

    package var name: String {
        switch self {
        case .stripe: "Stripe"
        case .mercadopago: "Mercado Pago"
        case .conekta: "Conekta"
        }
    }

    package var ways: [PaymentWay] {
        switch self {
        case .stripe, .mercadopago: [.hosted]
        case .conekta: [.cash, .transfer]
        }
    }

    /// It takes no order without the customer's e-mail and telephone.
    package var needsContact: Bool { self == .conekta }
}

/// How a customer pays there.
package enum PaymentWay: String, Sendable, CaseIterable {
    /// On a page of the provider's.
    case hosted
    /// With a reference, at a shop.
    case cash
    /// To a bank account of this checkout's own.
    case transfer
}

package struct GatewayKeys: Sendable {
    package let secret: String

    package init(secret: String) { self.secret = secret }
}

/// Whose keys they are.
package struct GatewayAccount: Sendable, Equatable {
    package let name: String
    package let isLive: Bool
    /// Whether the provider lets it take money.
    package let mayCharge: Bool
    /// What it may be paid in; nil where the provider takes any currency.
    package let currencies: [String]?
    /// The addresses that are told of events; nil where the keys do not let us ask.
    package let noticeAddresses: [String]?

    package init(
        name: String, isLive: Bool, mayCharge: Bool, currencies: [String]?, noticeAddresses: [String]?
    ) {
        (self.name, self.isLive, self.mayCharge) = (name, isLive, mayCharge)
        (self.currencies, self.noticeAddresses) = (currencies, noticeAddresses)
    }
}

package struct NewCheckout: Sendable {
    /// Ours, which the provider hands back with everything about it.
    package let reference: String
    package let idempotencyKey: String
    package let amount: Money
    package let title: String
    package let way: PaymentWay
    package let customerName: String
    package let email: String?
    package let phone: String?
    /// Where the customer's browser comes back to.
    package let returnAddress: String
    package let noticeAddress: String
    package let expiresAt: Instant

    package init(
        reference: String, idempotencyKey: String, amount: Money, title: String, way: PaymentWay, customerName: String,
        email: String?, phone: String?, returnAddress: String, noticeAddress: String, expiresAt: Instant
    ) {
        (self.reference, self.idempotencyKey, self.amount, self.title) = (reference, idempotencyKey, amount, title)
        (self.way, self.customerName, self.email, self.phone) = (way, customerName, email, phone)
        (self.returnAddress, self.noticeAddress, self.expiresAt) = (returnAddress, noticeAddress, expiresAt)
    }
}

package struct OpenedCheckout: Sendable, Equatable {
    package let id: String
    /// Where the customer goes on; nil where they pay with a reference.
    package let address: String?
    /// What they say at the shop, or the account they transfer to.
    package let payReference: String?
    /// The shop or the bank.
    package let place: String?
    package let expiresAt: Instant?

    package init(id: String, address: String?, payReference: String? = nil, place: String? = nil, expiresAt: Instant?) {
        (self.id, self.address, self.payReference) = (id, address, payReference)
        (self.place, self.expiresAt) = (place, expiresAt)
    }
}

package struct CheckoutTruth: Sendable, Equatable {
    package enum State: Sendable {
        case open
        /// The customer did their part, and the money is on its way.
        case processing
        case paid, failed, expired
    }

    package let state: State
    /// As the provider kept it.
    package let reference: String?
    /// Money that really came.
    package let payments: [ReceivedMoney]

    package init(_ state: State, reference: String?, payments: [ReceivedMoney] = []) {
        (self.state, self.reference, self.payments) = (state, reference, payments)
    }
}

/// A payment as the provider keeps it.
package struct ReceivedMoney: Sendable, Equatable {
    package let id: String
    /// In minor units, as that currency has them; nil where it cannot be read.
    package let minor: Int64?
    package let currency: String
    package let paidAt: Instant?
    /// What went back to the customer, in minor units.
    package let refunded: Int64
    /// The customer's bank took it back, or is about to.
    package let isDisputed: Bool

    package init(
        id: String, minor: Int64?, currency: String, paidAt: Instant?, refunded: Int64 = 0, isDisputed: Bool = false
    ) {
        (self.id, self.minor, self.currency, self.paidAt) = (id, minor, currency, paidAt)
        (self.refunded, self.isDisputed) = (refunded, isDisputed)
    }

    /// All of it went back, or is about to.
    package var isGone: Bool { isDisputed || minor.map { $0 > 0 && refunded >= $0 } ?? false }
}

/// What came to an address of ours.
package struct GatewayMessage: Sendable {
    /// Names in lower case.
    package let headers: [String: String]
    package let query: [String: String]
    package let body: [UInt8]

    package init(headers: [String: String], query: [String: String], body: [UInt8]) {
        (self.headers, self.query, self.body) = (headers, query, body)
    }

    /// The header fields that any of the providers sign with.
    package static let signatureHeaders: [StaticString] = ["stripe-signature", "x-signature", "x-request-id", "digest"]
}

/// What a genuine notice is about.
package struct GatewayNotice: Sendable, Equatable {
    package let event: String
    package let kind: String
    package let reference: String?
    package let checkout: String?
    package let payment: String?

    package init(event: String, kind: String, reference: String? = nil, checkout: String? = nil, payment: String? = nil)
    {
        (self.event, self.kind, self.reference) = (event, kind, reference)
        (self.checkout, self.payment) = (checkout, payment)
    }
}

package enum NoticeFault: Error, Equatable {
    case unsigned, forged
    /// Signed so long ago that somebody may be repeating it.
    case late
    case unreadable
}

package enum GatewayFailure: Error, Equatable {
    /// The provider does not know the key.
    case keyRefused
    /// The key is good and may not do this.
    case notAllowed(String)
    /// The provider will not have the request as it is, in its words.
    case refused(String)
    /// It answered that it cannot now. What it kept under a key of idempotency may be just that answer.
    case troubled(Int)
    /// Whether the request arrived is not known.
    case unreachable(String)
    case unreadable
}
