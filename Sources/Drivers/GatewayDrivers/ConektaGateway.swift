import Crypto
import GatewayProtocol
import JSON
import Locale
import Time

/// Conekta: an order with one charge, paid in cash at a shop with its reference or by SPEI to its own CLABE.
package struct ConektaGateway: PaymentGateway {
    package static let address = "https://api.conekta.io"
    private static let version = "application/vnd.conekta-v2.2.0+json"

    private let line: GatewayLine

    package init(_ line: GatewayLine) { self.line = line }

    package var provider: GatewayProvider { .conekta }

    private func ask(
        _ method: String, _ path: String, _ keys: GatewayKeys, _ body: GatewayLine.Body = .none
    ) async throws(GatewayFailure) -> JSONValue {
        let headers = [
            ("Authorization", "Bearer \(keys.secret)"), ("Accept", Self.version), ("Accept-Language", "es"),
        ]
        return try await line.ask(method, path, headers, body) { answer in
            let details = (answer["details"]?.list ?? []).compactMap { $0["message"]?.text }
            return details.joined(separator: " ")
        }
    }

    package func examine(_ keys: GatewayKeys) async throws(GatewayFailure) -> GatewayAccount {
        let hooks = try await ask("GET", "/webhooks?limit=100", keys)["data"]?.list ?? []
        var company: JSONValue?
        do throws(GatewayFailure) {
            company = try await ask("GET", "/companies/current", keys)
        } catch {
            // Not every key may ask.
        }
        return GatewayAccount(
            name: company?["name"]?.text ?? provider.name, isLive: hooks.first?["livemode"]?.flag ?? true,
            mayCharge: company?["active"]?.flag ?? true, currencies: [Currency.mxn.code],
            noticeAddresses: hooks.filter { $0["active"]?.flag != false }.compactMap { $0["url"]?.text })
    }

    /// No key of idempotency is documented: an order that was asked for twice has two references, of which customers learn
    /// one.
    package func open(_ checkout: NewCheckout, with keys: GatewayKeys) async throws(GatewayFailure) -> OpenedCheckout {
        var json = JSONWriter()
        json.object { json in
            json.member("currency", checkout.amount.currency.code)
            json.object("customer_info") { json in
                json.member("name", checkout.customerName)
                json.member("email", checkout.email)
                json.member("phone", checkout.phone)
            }
            json.array("line_items") { json in
                json.object { json in
                    json.member("name", checkout.title)
                    json.member("unit_price", checkout.amount.minor)
                    json.member("quantity", 1)
                }
            }
            json.array("charges") { json in
                json.object { json in
                    json.object("payment_method") { json in
                        json.member("type", checkout.way == .cash ? "cash" : "spei")
                        json.member("expires_at", checkout.expiresAt.seconds)
                    }
                }
            }
            json.object("metadata") { $0.member("online_payment", checkout.reference) }
        }
        let order = try await ask("POST", "/orders", keys, .json(json.bytes))
        guard let id = order["id"]?.id, let method = order["charges"]?["data"]?.list.first?["payment_method"],
            let reference = method[checkout.way == .cash ? "reference" : "clabe"]?.id
        else { throw .unreadable }
        let place =
            checkout.way == .cash ? method["store_name"]?.text ?? method["service_name"]?.text : method["bank"]?.text
        return OpenedCheckout(
            id: id, address: nil, payReference: reference, place: place.map { String($0.prefix(200)) },
            expiresAt: method["expires_at"]?.moment)
    }

    package func look(
        at checkout: String, _ reference: String, knowing _: [String], with keys: GatewayKeys
    ) async throws(GatewayFailure) -> CheckoutTruth {
        let order = try await ask("GET", "/orders/\(checkout)", keys)
        guard order["id"]?.id == checkout else { throw .unreadable }
        return Self.truth(of: order)
    }

    static func truth(of order: JSONValue) -> CheckoutTruth {
        let charges = (order["charges"]?["data"]?.list ?? []).filter(came)
        let received = charges.compactMap { charge -> ReceivedMoney? in
            // What went back of the order is of its only charge.
            money(charge, refunded: charges.count == 1 ? order["amount_refunded"]?.amount ?? 0 : 0)
        }
        let state: CheckoutTruth.State =
            switch order["payment_status"]?.text {
            case _ where !received.isEmpty: .paid
            case "paid": .processing
            case "expired": .expired
            case "canceled", "declined": .failed
            default: .open
            }
        return CheckoutTruth(state, reference: order["metadata"]?["online_payment"]?.text, payments: received)
    }

    private static func came(_ charge: JSONValue) -> Bool {
        charge["paid_at"]?.moment != nil
            || ["paid", "partially_refunded", "refunded", "charged_back"].contains(charge["status"]?.text ?? "")
    }

    private static func money(_ charge: JSONValue, refunded: Int64) -> ReceivedMoney? {
        guard let id = charge["id"]?.id else { return nil }
        let (minor, state) = (charge["amount"]?.amount, charge["status"]?.text)
        // A refund's amount is below zero; one that was refused gives nothing back.
        let refunds = (charge["refunds"]?["data"]?.list ?? []).filter {
            !["declined", "failed", "expired", "canceled"].contains($0["status"]?.text ?? "")
        }
        let given = refunds.reduce(Int64(0)) { sum, refund in
            let amount = refund["amount"]?.whole?.magnitude ?? 0
            return sum + Int64(min(amount, UInt64(Money.most)))
        }
        let dispute = charge["chargeback"]?["status"]?.text
        return ReceivedMoney(
            id: id, minor: minor, currency: charge["currency"]?.text?.uppercased() ?? "",
            paidAt: charge["paid_at"]?.moment,
            refunded: state == "refunded" ? minor ?? refunded : max(given, refunded),
            isDisputed: dispute.map { $0 != "won" && $0 != "covered" } ?? (state == "charged_back"))
    }

    /// The secret is the public key of the company's webhooks. That the padding is PKCS #1 v1.5 is not written anywhere
    /// by the provider.
    package func read(_ message: GatewayMessage, secret: String, at now: Instant) throws(NoticeFault) -> GatewayNotice {
        try Self.notice(in: message, secret: secret)
    }

    static func notice(in message: GatewayMessage, secret: String) throws(NoticeFault) -> GatewayNotice {
        guard let header = message.headers["digest"] else { throw .unsigned }
        // Copied out of an answer of the API, a key has its line breaks spelt out.
        let key = WebKey(pem: secret.replacing("\\n", with: "\n"))
        guard let key, let signature = Base64.standard.decode(header.utf8), key.signed(message.body, as: signature)
        else { throw .forged }
        guard let event: JSONValue = try? .parse(message.body), let id = event["id"]?.id,
            let kind = event["type"]?.text
        else { throw .unreadable }
        let object = event["data"]?["object"]
        let isOrder = object?["object"]?.text == "order"
        return GatewayNotice(
            event: id, kind: kind, reference: object?["metadata"]?["online_payment"]?.id,
            checkout: (isOrder ? object?["id"] : object?["order_id"])?.id)
    }

    package func reference(
        of notice: GatewayNotice, with keys: GatewayKeys
    ) async throws(GatewayFailure) -> String? { notice.reference }
}
