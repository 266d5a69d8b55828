import Crypto
import GatewayProtocol
import JSON
import Locale
import Time

/// Mercado Pago: Checkout Pro, a preference that customers pay on its own page, by card, balance or cash.
package struct MercadoPagoGateway: PaymentGateway {
    package static let address = "https://api.mercadopago.com"
    /// A preference is paid once or twice; whoever tries more often is looked at by a person.
    private static let mostPayments = 20
    /// What each of its countries is paid in.
    private static let currencies = [
        "MLA": "ARS", "MLB": "BRL", "MLC": "CLP", "MCO": "COP", "MLM": "MXN", "MPE": "PEN", "MLU": "UYU",
    ]

    private let line: GatewayLine

    package init(_ line: GatewayLine) { self.line = line }

    package var provider: GatewayProvider { .mercadopago }

    private func ask(
        _ method: String, _ path: String, _ keys: GatewayKeys, _ body: GatewayLine.Body = .none,
        once key: String? = nil
    ) async throws(GatewayFailure) -> JSONValue {
        var headers = [("Authorization", "Bearer \(keys.secret)")]
        if let key { headers.append(("X-Idempotency-Key", key)) }
        return try await line.ask(method, path, headers, body) { $0["message"]?.text ?? $0["error"]?.text ?? "" }
    }

    package func examine(_ keys: GatewayKeys) async throws(GatewayFailure) -> GatewayAccount {
        let user = try await ask("GET", "/users/me", keys)
        guard let name = user["nickname"]?.text ?? user["id"]?.id else { throw .unreadable }
        let state = user["status"]?["site_status"]?.text
        return GatewayAccount(
            name: name, isLive: !Self.isTest(keys), mayCharge: state == nil || state == "active",
            currencies: user["site_id"]?.text.flatMap { Self.currencies[$0] }.map { [$0] }, noticeAddresses: nil)
    }

    private static func isTest(_ keys: GatewayKeys) -> Bool { keys.secret.hasPrefix("TEST-") }

    package func open(_ checkout: NewCheckout, with keys: GatewayKeys) async throws(GatewayFailure) -> OpenedCheckout {
        var json = JSONWriter()
        json.object { json in
            json.array("items") { json in
                json.object { json in
                    json.member("id", checkout.reference)
                    json.member("title", checkout.title)
                    json.member("quantity", 1)
                    json.member("unit_price", JSONValue.inMajorUnits(checkout.amount))
                    json.member("currency_id", checkout.amount.currency.code)
                }
            }
            if let email = checkout.email { json.object("payer") { $0.member("email", email) } }
            json.member("external_reference", checkout.reference)
            json.object("back_urls") { json in
                for name in ["success", "pending", "failure"] { json.member(named: name, checkout.returnAddress) }
            }
            json.member("auto_return", "approved")
            json.member("expires", true)
            json.member("expiration_date_to", checkout.expiresAt.rfc3339)
        }
        let preference = try await ask(
            "POST", "/checkout/preferences", keys, .json(json.bytes), once: checkout.idempotencyKey)
        let address =
            (Self.isTest(keys) ? preference["sandbox_init_point"]?.text : nil) ?? preference["init_point"]?.text
        guard let id = preference["id"]?.id, let address else { throw .unreadable }
        return OpenedCheckout(id: id, address: address, expiresAt: nil)
    }

    /// A preference does not say how it stands: its payments do. The search knows of a payment later than the notices.
    package func look(
        at checkout: String, _ reference: String, knowing payments: [String], with keys: GatewayKeys
    ) async throws(GatewayFailure) -> CheckoutTruth {
        let preference = try await ask("GET", "/checkout/preferences/\(checkout)", keys)
        guard preference["id"]?.id == checkout else { throw .unreadable }
        let known = preference["external_reference"]?.text
        let found = try await ask(
            "GET", "/v1/payments/search?external_reference=\(reference)&sort=date_created&criteria=desc", keys)
        // Money first: refused tries may be many.
        let listed = found["results"]?.list ?? []
        let refused = listed.filter { $0["status"]?.text == "rejected" || $0["status"]?.text == "cancelled" }
        let others = listed.filter { $0["status"]?.text != "rejected" && $0["status"]?.text != "cancelled" }
        var numbers: [String] = []
        for id in others.compactMap({ $0["id"]?.id }) + payments + refused.compactMap({ $0["id"]?.id })
        where !numbers.contains(id) {
            numbers.append(id)
        }
        var received: [ReceivedMoney] = []
        var isUnderWay = false
        for number in numbers.prefix(Self.mostPayments) {
            let payment = try await ask("GET", "/v1/payments/\(number)", keys)
            guard payment["id"]?.id == number else { throw .unreadable }
            guard payment["external_reference"]?.text == reference else { continue }
            switch payment["status"]?.text {
            case "approved", "in_mediation", "refunded", "charged_back": received.append(Self.money(number, payment))
            case "pending", "in_process", "authorized": isUnderWay = true
            // Refused or given up: the customer may try again on the same page.
            default: continue
            }
        }
        return CheckoutTruth(
            received.isEmpty ? isUnderWay ? .processing : .open : .paid, reference: known, payments: received)
    }

    static func money(_ id: String, _ payment: JSONValue) -> ReceivedMoney {
        let currency = payment["currency_id"]?.text ?? ""
        let minor = payment["transaction_amount"]?.minorUnits(of: currency)
        let state = payment["status"]?.text
        let refunded = payment["transaction_amount_refunded"]?.minorUnits(of: currency) ?? 0
        return ReceivedMoney(
            id: id, minor: minor, currency: currency,
            paidAt: payment["date_approved"]?.text.flatMap { Instant(rfc3339: $0) },
            refunded: state == "refunded" ? minor ?? refunded : refunded,
            // A chargeback that ended well for the company leaves the money where it is.
            isDisputed: state == "charged_back" && payment["status_detail"]?.text != "reimbursed")
    }

    /// The signature covers the payment's number in the query, not the body, so nothing in the body is believed.
    package func read(_ message: GatewayMessage, secret: String, at now: Instant) throws(NoticeFault) -> GatewayNotice {
        try Self.notice(in: message, secret: secret)
    }

    static func notice(in message: GatewayMessage, secret: String) throws(NoticeFault) -> GatewayNotice {
        guard let header = message.headers["x-signature"] else {
            // The older form of notices, which nobody signs, comes beside these.
            throw message.query["topic"] == nil ? .unsigned : .unreadable
        }
        let (object, request) = (message.query["data.id"], message.headers["x-request-id"])
        let moment = try check(header, of: object, request: request, secret: secret)
        let body: JSONValue? = try? .parse(message.body)
        let kind = message.query["type"] ?? body?["type"]?.text
        let number = object.flatMap { JSONValue.string($0).id }
        let name = [number, moment, request.flatMap { JSONValue.string($0).id }].compactMap(\.self)
        return GatewayNotice(
            event: String(name.joined(separator: "-").prefix(200)), kind: body?["action"]?.text ?? kind ?? "",
            payment: kind == "payment" ? number : nil)
    }

    package func reference(
        of notice: GatewayNotice, with keys: GatewayKeys
    ) async throws(GatewayFailure) -> String? {
        guard let number = notice.payment else { return nil }
        do throws(GatewayFailure) {
            return try await ask("GET", "/v1/payments/\(number)", keys)["external_reference"]?.text
        } catch .refused {
            // There is no such payment.
            return nil
        }
    }

    /// `ts=1704908010,v1=…`: of the number, the request and the moment, each where it was sent. Repetitions carry the first
    /// signature, so that an old one is as good. Returns the moment.
    static func check(
        _ header: String, of object: String?, request: String?, secret: String
    ) throws(NoticeFault) -> String {
        var (moment, signature): (String?, String?)
        for part in header.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard pair.count == 2 else { continue }
            if pair[0] == "ts" { moment = pair[1] }
            if pair[0] == "v1" { signature = pair[1] }
        }
        guard let moment, let signature, (1...20).contains(moment.utf8.count), Int64(moment) != nil else {
            throw .unsigned
        }
        // Their documentation writes the number in small letters, their own client as it came.
        for object in [object, object?.lowercased()] {
            var manifest = ""
            if let object, !object.isEmpty { manifest += "id:\(object);" }
            if let request, !request.isEmpty { manifest += "request-id:\(request);" }
            manifest += "ts:\(moment);"
            let expected = Hex.encode(HMAC.sha256(Array(manifest.utf8), key: Array(secret.utf8)))
            if ConstantTime.equal(Array(signature.utf8), to: Array(expected.utf8)) { return moment }
        }
        throw .forged
    }
}
