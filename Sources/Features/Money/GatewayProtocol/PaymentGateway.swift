import Locale
import Time

/// A payment gateway: a provider that takes cards, cash at shops and transfers. Drivers conform.
package protocol PaymentGateway: Sendable {
    var provider: GatewayProvider { get }

    /// Returns the keys' account and its permissions.
    func examine(_ keys: GatewayKeys) async throws(GatewayFailure) -> GatewayAccount

    /// Opens a checkout. The same idempotency key returns the same one.
    func open(_ checkout: NewCheckout, with keys: GatewayKeys) async throws(GatewayFailure) -> OpenedCheckout

    /// What the provider holds to be true of a checkout, read anew. `payments` are those that genuine notices named, which
    /// its lists may not show yet.
    func look(
        at checkout: String, _ reference: String, knowing payments: [String], with keys: GatewayKeys
    ) async throws(GatewayFailure) -> CheckoutTruth

    /// Verifies a notice's signature and returns the object that it names. Nothing else in it is trusted.
    func read(_ message: GatewayMessage, secret: String, at now: Instant) throws(NoticeFault) -> GatewayNotice

    /// Looks up our reference for a notice that does not carry it.
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

/// How a customer pays at the provider.
package enum PaymentWay: String, Sendable, CaseIterable {
    /// On the provider's hosted page.
    case hosted
    /// At a shop, with a reference.
    case cash
    /// By transfer to an account of this checkout's own.
    case transfer
}

package struct GatewayKeys: Sendable {
    package let secret: String

    package init(secret: String) { self.secret = secret }
}

/// The account that the keys belong to.
package struct GatewayAccount: Sendable, Equatable {
    package let name: String
    package let isLive: Bool
    /// Whether the account may take payments.
    package let mayCharge: Bool
    /// The currencies accepted; nil for any.
    package let currencies: [String]?
    /// The registered webhook addresses; nil where the key may not list them.
    package let noticeAddresses: [String]?

    package init(
        name: String, isLive: Bool, mayCharge: Bool, currencies: [String]?, noticeAddresses: [String]?
    ) {
        (self.name, self.isLive, self.mayCharge) = (name, isLive, mayCharge)
        (self.currencies, self.noticeAddresses) = (currencies, noticeAddresses)
    }
}

package struct NewCheckout: Sendable {
    /// Our reference, which the provider returns with every object.
    package let reference: String
    package let idempotencyKey: String
    package let amount: Money
    package let title: String
    package let way: PaymentWay
    package let customerName: String
    package let email: String?
    package let phone: String?
    /// Where the provider sends the browser back to.
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
    /// The page to send the customer to; nil where they pay with a reference.
    package let address: String?
    /// The reference for the shop, or the account for the transfer.
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
        /// The customer has paid, and the money is on its way.
        case processing
        case paid, failed, expired
    }

    package let state: State
    /// Our reference, as the provider stored it.
    package let reference: String?
    /// Payments received.
    package let payments: [ReceivedMoney]

    package init(_ state: State, reference: String?, payments: [ReceivedMoney] = []) {
        (self.state, self.reference, self.payments) = (state, reference, payments)
    }
}

/// A payment at the provider.
package struct ReceivedMoney: Sendable, Equatable {
    package let id: String
    /// In the currency's minor units; nil where unreadable.
    package let minor: Int64?
    package let currency: String
    package let paidAt: Instant?
    /// The amount refunded, in minor units.
    package let refunded: Int64
    /// Whether there is a dispute or chargeback.
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

/// A request to our webhook address.
package struct GatewayMessage: Sendable {
    /// Names in lowercase.
    package let headers: [String: String]
    package let query: [String: String]
    package let body: [UInt8]

    package init(headers: [String: String], query: [String: String], body: [UInt8]) {
        (self.headers, self.query, self.body) = (headers, query, body)
    }

    /// The header fields that providers sign with.
    package static let signatureHeaders: [StaticString] = ["stripe-signature", "x-signature", "x-request-id", "digest"]
}

/// The object that a genuine notice names.
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
    /// The signature is too old: possibly a replay.
    case late
    case unreadable
}

package enum GatewayFailure: Error, Equatable {
    /// The provider rejected the key.
    case keyRefused
    /// The key lacks the permission.
    case notAllowed(String)
    /// The provider refused the request, for this reason.
    case refused(String)
    /// The provider failed for now, perhaps storing this answer under the idempotency key.
    case troubled(Int)
    /// Whether the request arrived is unknown.
    case unreachable(String)
    case unreadable
}
