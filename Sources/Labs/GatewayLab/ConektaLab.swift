import Crypto
import HTTP
import JSON
import Time

/// Conekta's orders as its API shows them: cash at OXXO, SPEI to a CLABE, refunds, chargebacks and webhooks.
struct ConektaLab: ProviderLab {
    private let make: LabMaker
    private let key = RSAKeyPair.make()
    var origin = ""
    private var orders: [Order] = []
    private var hooks: [(id: String, address: String)] = []
    var events: [LabEvent] = []

    private struct Order {
        let id: String
        let amount: Int64
        let currency: String
        let title: String
        let customer: (name: String, email: String, phone: String)
        let metadata: JSONValue
        let created: Int64
        var status = "pending_payment"
        var charges: [Charge]
    }

    private struct Charge {
        let id: String
        let way: String
        /// The reference for the shop, or the CLABE.
        let reference: String
        let expires: Int64
        var amount: Int64
        var status = "pending_payment"
        var paid: Int64?
        var refunds: [(id: String, amount: Int64)] = []
        var isDisputed = false

        var refunded: Int64 { refunds.reduce(0) { $0 + $1.amount } }
    }

    init(_ make: LabMaker) { self.make = make }

    private var now: Int64 { make.now }

    var received: [String: Int64] {
        let paid = orders.flatMap(\.charges).filter { $0.paid != nil && !$0.isDisputed }
        return Dictionary(paid.map { ($0.id, $0.amount - $0.refunded) }, uniquingKeysWith: { first, _ in first })
    }

    var waiting: [LabCheckout] { orders.filter { $0.status == "pending_payment" }.map(shown) }

    var unknownKey: Response {
        Self.error("authentication_error", "Acceso no autorizado.", .unauthorized, "conekta.errors.authentication.key")
    }

    mutating func answer(_ request: LabRequest, failing: Int?, lagging: Bool) -> Response {
        if failing != nil {
            return Self.error(
                "api_error", "Algo salió mal de nuestro lado.", .internalServerError, "conekta.errors.api")
        }
        return route(request)
            ?? Self.error(
                "resource_not_found_error", "El recurso no existe.", .notFound, "conekta.errors.resource_not_found")
    }

    private mutating func route(_ request: LabRequest) -> Response? {
        let path = request.path
        switch (request.method, path.first, path.count) {
        case (.get, "companies", 2) where path[1] == "current": return .labJSON { Self.company(to: &$0) }
        case (.get, "webhooks", 1):
            return .labJSON(.ok, Self.list(hooks.map { hook in { Self.write(hook, to: &$0) } }))
        case (.post, "webhooks", 1):
            guard let address = request.json["url"]?.text else { return Self.invalid("url") }
            _ = listen(at: address, nil)
            return .labJSON { Self.write(hooks[hooks.count - 1], to: &$0) }
        case (.post, "webhook_keys", 1), (.get, "webhook_keys", 1):
            let write: LabWrite = { [self] in writeKey(to: &$0) }
            return .labJSON(.ok, request.isWrite ? write : Self.list([write]))
        case (.post, "orders", 1): return create(request.json)
        case (.get, "orders", 1):
            return .labJSON(.ok, Self.list(orders.map { order in { Self.write(order, to: &$0) } }))
        case (.get, "orders", 2): return find(path[1]).map { place in .labJSON { Self.write(orders[place], to: &$0) } }
        case (.post, "orders", 3): return find(path[1]).flatMap { change($0, path[2], request.json) }
        default: return nil
        }
    }

    private func find(_ id: String) -> Int? { orders.firstIndex { $0.id == id } }

    private func findCharge(_ id: String) -> (order: Int, charge: Int)? {
        for (place, order) in orders.enumerated() {
            if let charge = order.charges.firstIndex(where: { $0.id == id }) { return (place, charge) }
        }
        return nil
    }
}

// The API.
extension ConektaLab {
    private mutating func create(_ asked: JSONValue) -> Response {
        let (item, customer) = (asked["line_items"]?[0], asked["customer_info"])
        guard asked["currency"]?.text == "MXN" else { return Self.invalid("currency") }
        guard let name = customer?["name"]?.text, let email = customer?["email"]?.text, email.contains("@"),
            let phone = customer?["phone"]?.text
        else { return Self.invalid("customer_info") }
        guard let price = item?["unit_price"]?.whole, (1...99_999_999).contains(price),
            let quantity = item?["quantity"]?.whole, (1...100).contains(quantity), let title = item?["name"]?.text
        else { return Self.invalid("line_items") }
        let method = asked["charges"]?[0]?["payment_method"]
        guard let way = method?["type"]?.text, way == "cash" || way == "spei" else { return Self.invalid("type") }
        let expires = method?["expires_at"]?.whole ?? now + 30 * 86_400
        guard expires > now else { return Self.invalid("expires_at") }
        let order = Order(
            id: make.id("ord_"), amount: price * quantity, currency: "MXN", title: title,
            customer: (name, email, phone), metadata: asked["metadata"] ?? .null, created: now,
            charges: [charge(way, price * quantity, way == "cash" ? make.digits(14) : clabe(), expires)])
        orders.append(order)
        return .labJSON { Self.write(order, to: &$0) }
    }

    private func charge(_ way: String, _ amount: Int64, _ reference: String, _ expires: Int64) -> Charge {
        Charge(id: make.id(""), way: way, reference: reference, expires: expires, amount: amount)
    }

    /// At STP, with its check digit.
    private func clabe() -> String {
        let digits = ("646180" + make.digits(11)).utf8.map { Int($0 - UInt8(ascii: "0")) }
        let sum = zip(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7]).reduce(0) { $0 + $1.0 * $1.1 % 10 }
        return (digits + [(10 - sum % 10) % 10]).map { "\($0)" }.joined()
    }

    private mutating func change(_ place: Int, _ act: String, _ asked: JSONValue) -> Response? {
        switch act {
        case "cancel":
            guard orders[place].status == "pending_payment" else { return Self.invalid("status") }
            orders[place].status = "canceled"
            tell("order.canceled", orders[place])
        case "refunds":
            guard let charge = orders[place].charges.first(where: { $0.paid != nil }), asked["reason"]?.text != nil,
                let amount = asked["amount"]?.whole, (1...max(charge.amount - charge.refunded, 1)).contains(amount),
                charge.amount > charge.refunded
            else { return Self.invalid("amount") }
            _ = giveBack(charge.id, amount: amount)
        default: return nil
        }
        return .labJSON { Self.write(orders[place], to: &$0) }
    }

    mutating func listen(at address: String, _ secret: String?) -> String {
        hooks.append((make.id(""), address))
        return key.publicPEM
    }

    /// A second payment to the same CLABE is another charge of its order.
    mutating func pay(_ id: String, _ outcome: String, amount: Int64?) -> Bool {
        guard let place = find(id) else { return false }
        if outcome == "expire", orders[place].status == "pending_payment" {
            orders[place].status = "expired"
            orders[place].charges[0].status = "expired"
            tell("order.expired", orders[place])
        }
        guard outcome == "paid", orders[place].status != "canceled" else { return true }
        var first = orders[place].charges[0]
        if first.paid != nil {
            first = charge(first.way, orders[place].amount, first.reference, first.expires)
            orders[place].charges.append(first)
        }
        let last = orders[place].charges.count - 1
        if let amount { orders[place].charges[last].amount = amount }
        orders[place].charges[last].status = "paid"
        orders[place].charges[last].paid = now
        orders[place].status = "paid"
        tell("order.paid", orders[place])
        tell("charge.paid", orders[place], orders[place].charges[last])
        return true
    }

    mutating func giveBack(_ id: String, amount: Int64?) -> Bool {
        guard let (place, number) = findCharge(id) else { return false }
        let charge = orders[place].charges[number]
        orders[place].charges[number].refunds.append(
            (make.id(""), min(amount ?? charge.amount, charge.amount - charge.refunded)))
        let isWhole = orders[place].charges[number].refunded == charge.amount
        orders[place].charges[number].status = isWhole ? "refunded" : "partially_refunded"
        orders[place].status = isWhole ? "refunded" : "partially_refunded"
        tell("charge.refunded", orders[place], orders[place].charges[number])
        return true
    }

    mutating func dispute(_ id: String) -> Bool {
        guard let (place, number) = findCharge(id) else { return false }
        orders[place].charges[number].isDisputed = true
        tell("charge.chargeback.created", orders[place], orders[place].charges[number])
        return true
    }
}

// The counter of the shop, and the customer's bank.
extension ConektaLab {
    func checkout(_ id: String) -> LabCheckout? { find(id).map { shown(orders[$0]) } }

    private func shown(_ order: Order) -> LabCheckout {
        LabCheckout(
            id: order.id, title: "\(order.title) · \(order.customer.name)", amount: order.amount,
            currency: order.currency, reference: order.charges[0].reference, isOpen: order.status == "pending_payment",
            outcomes: [("paid", "Pagar"), ("expire", "Dejar vencer")], back: nil)
    }

    mutating func visit(_ checkout: LabCheckout, _ outcome: String) -> Response {
        _ = pay(checkout.id, outcome, amount: nil)
        return .redirect(to: "/pay/\(checkout.id)")
    }
}

// JSON of answers and webhooks.
extension ConektaLab {
    private static func error(_ type: String, _ message: String, _ status: Status, _ code: String) -> Response {
        .labJSON(status) { json in
            json.object { json in
                json.member("object", "error")
                json.member("type", type)
                json.member("log_id", "507f1f77bcf86cd799439011")
                json.array("details") { json in
                    json.object { json in
                        json.member("message", message)
                        json.member("debug_message", message)
                        json.member("code", code)
                    }
                }
            }
        }
    }

    private static func invalid(_ name: String) -> Response {
        error(
            "parameter_validation_error", "El parámetro \"\(name)\" no es válido.", .unprocessableContent,
            "conekta.errors.parameter_validation.\(name)")
    }

    private static func company(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", "6827305a1ec60400015eb116")
            json.member("name", "Cuenta de prueba")
            json.member("active", true)
            json.member("account_status", "active")
            json.member("onboarding_status", "approved")
            json.array("documents") { _ in }
            json.member("created_at", 1_748_968_241)
            json.member("object", "company")
        }
    }

    private static func list(_ items: [LabWrite]) -> LabWrite {
        { json in
            json.object { json in
                json.member("object", "list")
                json.member("has_more", false)
                json.array("data") { json in for item in items { item(&json) } }
            }
        }
    }

    private static func write(_ hook: (id: String, address: String), to json: inout JSONWriter) {
        json.object { json in
            json.member("id", hook.id)
            json.member("object", "webhook")
            json.member("url", hook.address)
            json.member("livemode", false)
            json.member("active", true)
            json.member("status", "listening")
        }
    }

    private func writeKey(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", "62730ba6fb7dfd6a712f118e")
            json.member("object", "webhook_key")
            json.member("active", true)
            json.member("created_at", now)
            json.member("livemode", false)
            json.member("public_key", key.publicPEM)
        }
    }

    private static func write(_ order: Order, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", order.id)
            json.member("object", "order")
            json.member("livemode", false)
            json.member("amount", order.amount)
            json.member("amount_refunded", order.charges.reduce(Int64(0)) { $0 + $1.refunded })
            json.member("currency", order.currency)
            json.member("payment_status", order.status)
            json.object("customer_info") { json in
                json.member("object", "customer_info")
                json.member("name", order.customer.name)
                json.member("email", order.customer.email)
                json.member("phone", order.customer.phone)
            }
            json.name("line_items")
            list([
                { json in
                    json.object { json in
                        json.member("name", order.title)
                        json.member("unit_price", order.amount)
                        json.member("quantity", 1)
                    }
                }
            ])(&json)
            json.name("charges")
            list(order.charges.map { charge in { write(charge, of: order, to: &$0) } })(&json)
            json.member("metadata", order.metadata)
            json.member("created_at", order.created)
            json.member("updated_at", order.created)
        }
    }

    private static func write(_ charge: Charge, of order: Order, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", charge.id)
            json.member("object", "charge")
            json.member("order_id", order.id)
            json.member("livemode", false)
            json.member("status", charge.status)
            json.member("amount", charge.amount)
            json.member("currency", order.currency)
            json.member("created_at", order.created)
            json.member("paid_at", charge.paid)
            json.object("payment_method") { json in
                json.member("object", charge.way == "cash" ? "cash_payment" : "bank_transfer_payment")
                json.member("type", charge.way == "cash" ? "oxxo" : "spei")
                json.member("expires_at", charge.expires)
                if charge.way == "cash" {
                    json.member("reference", charge.reference)
                    json.member("service_name", "OxxoPay")
                    json.member("store_name", "OXXO")
                } else {
                    json.member("clabe", charge.reference)
                    json.member("bank", "STP")
                    json.member("receiving_account_number", charge.reference)
                    json.member("receiving_account_bank", "STP")
                }
            }
            if !charge.refunds.isEmpty {
                json.name("refunds")
                list(
                    charge.refunds.map { refund in
                        { json in
                            json.object { json in
                                json.member("id", refund.id)
                                json.member("object", "refund")
                                json.member("amount", -refund.amount)
                                json.member("created_at", order.created)
                            }
                        }
                    })(&json)
            }
            if charge.isDisputed {
                json.object("chargeback") { json in
                    json.member("id", "chbk_\(charge.id)")
                    json.member("object", "chargeback")
                    json.member("status", "action_required")
                }
            }
        }
    }

    /// Queues a webhook about an order or one of its charges.
    private mutating func tell(_ type: String, _ order: Order, _ charge: Charge? = nil) {
        var json = JSONWriter()
        json.object { json in
            json.member("id", make.id(""))
            json.member("object", "event")
            json.member("type", type)
            json.member("livemode", false)
            json.member("created_at", now)
            json.member("webhook_status", "pending")
            json.object("data") { json in
                json.name("object")
                if let charge { Self.write(charge, of: order, to: &json) } else { Self.write(order, to: &json) }
            }
        }
        let body = json.bytes
        let signature = Base64.standard.encode(key.sign(body))
        for hook in hooks {
            events.append(LabEvent(address: hook.address, body: body) { _ in [("DIGEST", signature)] })
        }
    }
}
