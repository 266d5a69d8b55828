import Crypto
import GatewayProtocol
import HTTP
import JSON
import Locale
import Time

/// Stripe, by Checkout Sessions on its hosted page.
package struct StripeGateway: PaymentGateway {
    package static let address = "https://api.stripe.com"
    private static let version = "2026-10-28.endive"
    /// An older signature counts as a replay.
    private static let tolerance: Int64 = 300

    private let line: GatewayLine

    package init(_ line: GatewayLine) { self.line = line }

    package var provider: GatewayProvider { .stripe }

    private func ask(
        _ method: String, _ path: String, _ keys: GatewayKeys, _ form: [(name: String, value: String)] = [],
        once key: String? = nil
    ) async throws(GatewayFailure) -> JSONValue {
        var headers = [("Authorization", "Bearer \(keys.secret)"), ("Stripe-Version", Self.version)]
        if let key { headers.append(("Idempotency-Key", key)) }
        return try await line.ask(
            method, path, headers, method == "POST" ? .form(form) : .none
        ) { $0["error"]?["message"]?.text ?? "" }
    }

    package func examine(_ keys: GatewayKeys) async throws(GatewayFailure) -> GatewayAccount {
        let account = try await ask("GET", "/v1/account", keys)
        var addresses: [String]?
        do throws(GatewayFailure) {
            let endpoints = try await ask("GET", "/v1/webhook_endpoints?limit=100", keys)
            addresses = (endpoints["data"]?.list ?? []).filter { $0["status"]?.text != "disabled" }.compactMap {
                $0["url"]?.text
            }
        } catch {
            // A restricted key may not list the endpoints.
        }
        let name =
            account["settings"]?["dashboard"]?["display_name"]?.text ?? account["business_profile"]?["name"]?.text
            ?? account["id"]?.id
        guard let name else { throw .unreadable }
        return GatewayAccount(
            name: name, isLive: keys.secret.contains("_live_"), mayCharge: account["charges_enabled"]?.flag ?? true,
            currencies: nil, noticeAddresses: addresses)
    }

    package func open(_ checkout: NewCheckout, with keys: GatewayKeys) async throws(GatewayFailure) -> OpenedCheckout {
        var form: [(name: String, value: String)] = [
            ("mode", "payment"), ("success_url", checkout.returnAddress), ("cancel_url", checkout.returnAddress),
            ("client_reference_id", checkout.reference), ("metadata[online_payment]", checkout.reference),
            ("payment_intent_data[metadata][online_payment]", checkout.reference),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", checkout.amount.currency.code.lowercased()),
            ("line_items[0][price_data][unit_amount]", "\(checkout.amount.minor)"),
            ("line_items[0][price_data][product_data][name]", checkout.title),
            ("expires_at", "\(checkout.expiresAt.seconds)"),
        ]
        if let email = checkout.email { form.append(("customer_email", email)) }
        let session = try await ask("POST", "/v1/checkout/sessions", keys, form, once: checkout.idempotencyKey)
        guard let id = session["id"]?.id, let address = session["url"]?.text else { throw .unreadable }
        return OpenedCheckout(id: id, address: address, expiresAt: session["expires_at"]?.moment)
    }

    package func look(
        at checkout: String, _ reference: String, knowing _: [String], with keys: GatewayKeys
    ) async throws(GatewayFailure) -> CheckoutTruth {
        let session = try await ask(
            "GET", "/v1/checkout/sessions/\(checkout)?expand%5B%5D=payment_intent.latest_charge", keys)
        guard session["id"]?.id == checkout else { throw .unreadable }
        return Self.truth(of: session)
    }

    static func truth(of session: JSONValue) -> CheckoutTruth {
        let intent = session["payment_intent"]
        let known = session["client_reference_id"]?.text
        if session["payment_status"]?.text == "paid", let intent, let id = intent["id"]?.id {
            let charge = intent["latest_charge"]
            let money = ReceivedMoney(
                id: id, minor: (intent["amount_received"] ?? session["amount_total"])?.amount,
                currency: (intent["currency"] ?? session["currency"])?.text?.uppercased() ?? "",
                paidAt: charge?["created"]?.moment, refunded: charge?["amount_refunded"]?.amount ?? 0,
                isDisputed: charge?["disputed"]?.flag ?? false)
            return CheckoutTruth(.paid, reference: known, payments: [money])
        }
        let state: CheckoutTruth.State =
            switch (session["status"]?.text, intent?["status"]?.text) {
            case ("expired", _): .expired
            case ("complete", "requires_payment_method"), ("complete", "canceled"): .failed
            case ("complete", _): .processing
            default: .open
            }
        return CheckoutTruth(state, reference: known)
    }

    package func read(_ message: GatewayMessage, secret: String, at now: Instant) throws(NoticeFault) -> GatewayNotice {
        try Self.notice(in: message, secret: secret, at: now)
    }

    static func notice(
        in message: GatewayMessage, secret: String, at now: Instant
    ) throws(NoticeFault) -> GatewayNotice {
        guard let header = message.headers["stripe-signature"] else { throw .unsigned }
        try check(header, of: message.body, secret: secret, at: now)
        guard let event: JSONValue = try? .parse(message.body), let id = event["id"]?.id,
            let kind = event["type"]?.text, let object = event["data"]?["object"]
        else { throw .unreadable }
        let name = object["object"]?.text
        let payment =
            name == "payment_intent" ? object["id"]?.id : object["payment_intent"].flatMap { $0.id ?? $0["id"]?.id }
        return GatewayNotice(
            event: id, kind: kind,
            reference: object["client_reference_id"]?.id ?? object["metadata"]?["online_payment"]?.id,
            checkout: name == "checkout.session" ? object["id"]?.id : nil, payment: payment)
    }

    package func reference(
        of notice: GatewayNotice, with keys: GatewayKeys
    ) async throws(GatewayFailure) -> String? { notice.reference }

    /// Checks `t=1700000000,v1=…`, which signs the time, a dot and the raw body. A secret being rotated gives two
    /// signatures.
    static func check(_ header: String, of body: [UInt8], secret: String, at now: Instant) throws(NoticeFault) {
        var moment: Int64?
        var signatures: [String] = []
        for part in header.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            switch pair[0].filter({ $0 != " " }) {
            case "t": moment = Int64(pair[1])
            case "v1": signatures.append(String(pair[1]))
            default: continue
            }
        }
        guard let moment, moment >= 0, !signatures.isEmpty else { throw .unsigned }
        let expected = Array(Hex.encode(HMAC.sha256(Array("\(moment).".utf8) + body, key: Array(secret.utf8))).utf8)
        // Compares all signatures, whichever matches, in constant time.
        let matches = signatures.prefix(16).filter { ConstantTime.equal(Array($0.utf8), to: expected) }
        guard !matches.isEmpty else { throw .forged }
        guard now.seconds - moment <= tolerance else { throw .late }
    }
}
