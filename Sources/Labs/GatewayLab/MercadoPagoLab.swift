import Crypto
import HTTP
import JSON
import Time

/// Mercado Pago's Checkout Pro as its API shows it: preferences, their payments, refunds, chargebacks and webhooks.
struct MercadoPagoLab: ProviderLab {
    private let make: LabMaker
    var origin = ""
    private var preferences: [String: Preference] = [:]
    /// In the order in which they were made.
    private var payments: [Payment] = []
    private var listeners: [(address: String, secret: String)] = []
    private var answers = KeptAnswers()
    var events: [LabEvent] = []

    private struct Preference {
        let id: String
        /// In centavos, which is what the lab's only currency has.
        let amount: Int64
        let currency: String
        let title: String
        let reference: String?
        let backs: [String: String]
        let expires: Instant?
        let created: Instant
        var isPaid = false
    }

    private struct Payment {
        let id: Int64
        let preference: String
        let reference: String?
        let amount: Int64
        let currency: String
        let way: String
        let created: Instant
        var status: String
        var detail: String
        var approved: Instant?
        var refunded: Int64 = 0
    }

    init(_ make: LabMaker) { self.make = make }

    private var now: Instant { make.clock.now() }

    var received: [String: Int64] {
        let approved = payments.filter { $0.approved != nil && $0.status != "charged_back" }
        return Dictionary(
            approved.map { ("\($0.id)", $0.amount - $0.refunded) }, uniquingKeysWith: { first, _ in first })
    }

    var waiting: [LabCheckout] {
        preferences.values.filter { !$0.isPaid }.sorted { $0.created < $1.created }.map(shown)
    }

    var unknownKey: Response { Self.error("invalid access token", "unauthorized", .unauthorized) }

    mutating func answer(_ request: LabRequest, failing: Int?, lagging: Bool) -> Response {
        var answers = answers
        let response = answers.answer(
            request, clashing: Self.error("The key was used with another body", "idempotency_error", .badRequest)
        ) {
            if failing != nil { return Self.error("internal_error", "internal_error", .internalServerError) }
            return route(request, lagging: lagging) ?? Self.error("Not found", "not_found", .notFound)
        }
        self.answers = answers
        return response
    }

    private mutating func route(_ request: LabRequest, lagging: Bool) -> Response? {
        let path = request.path
        switch (request.method, path.count) {
        case (.get, 2) where path == ["users", "me"]: return .labJSON { account(to: &$0) }
        case (.post, 2) where path == ["checkout", "preferences"]: return create(request.json)
        case (.get, 3) where path[..<2] == ["checkout", "preferences"]:
            return preferences[path[2]].map { preference in .labJSON { write(preference, to: &$0) } }
        case (.get, 3) where path == ["v1", "payments", "search"]:
            let wanted = request.query["external_reference"]
            return .labJSON(.ok, list(lagging ? [] : payments.reversed().filter { $0.reference == wanted }))
        case (.get, 3) where path[..<2] == ["v1", "payments"]:
            return find(path[2]).map { place in .labJSON { write(payments[place], to: &$0) } }
        case (.post, 4) where path[..<2] == ["v1", "payments"] && path[3] == "refunds":
            guard let place = find(path[2]) else { return nil }
            return refund(place, request.json["amount"])
        default: return nil
        }
    }

    private func find(_ id: String) -> Int? { payments.firstIndex { "\($0.id)" == id } }
}

// The API.
extension MercadoPagoLab {
    private mutating func create(_ asked: JSONValue) -> Response {
        let item = asked["items"]?[0]
        guard let price = item?["unit_price"].flatMap(Self.centavos), (1...99_999_999).contains(price),
            let quantity = item?["quantity"]?.whole, (1...100).contains(quantity), let title = item?["title"]?.text
        else { return Self.error("unit_price invalid", "invalid_items", .badRequest) }
        let names = ["success", "pending", "failure"]
        let backs = names.compactMap { name in asked["back_urls"]?[name]?.text.map { (name, $0) } }
        guard asked["auto_return"] == nil || !backs.isEmpty else {
            return Self.error(
                "auto_return invalid. back_url.success must be defined", "invalid_auto_return", .badRequest)
        }
        let expires = asked["expiration_date_to"]?.text
        guard expires == nil || Instant(rfc3339: expires ?? "") != nil else {
            return Self.error("expiration_date_to invalid", "invalid_expiration_date_to", .badRequest)
        }
        let preference = Preference(
            id: "\(make.digits(9))-\(make.id(""))", amount: price * quantity,
            currency: item?["currency_id"]?.text ?? "MXN", title: title,
            reference: asked["external_reference"]?.text, backs: Dictionary(uniqueKeysWithValues: backs),
            expires: expires.flatMap { Instant(rfc3339: $0) }, created: now)
        preferences[preference.id] = preference
        return .labJSON(.created) { write(preference, to: &$0) }
    }

    private mutating func refund(_ place: Int, _ asked: JSONValue?) -> Response {
        let payment = payments[place]
        let left = payment.amount - payment.refunded
        let amount = asked.flatMap(Self.centavos) ?? left
        guard left > 0, (1...left).contains(amount), payment.approved != nil else {
            return Self.error(
                "The action requested is not valid for the current payment state", "bad_request", .badRequest)
        }
        _ = giveBack("\(payment.id)", amount: amount)
        return .labJSON(.created) { json in
            json.object { json in
                json.member("id", Int64(make.digits(10)) ?? 1)
                json.member("payment_id", payment.id)
                json.member("amount", Self.pesos(amount))
                json.member("status", "approved")
            }
        }
    }

    mutating func listen(at address: String, _ secret: String?) -> String {
        let secret = secret ?? make.id("")
        listeners.append((address, secret))
        return secret
    }

    /// Each time is another payment: a page that was left open is paid twice.
    mutating func pay(_ id: String, _ outcome: String, amount: Int64?) -> Bool {
        if let place = find(id), payments[place].status == "pending" {
            // The ticket of earlier is paid at the shop.
            settle(place)
            return true
        }
        guard let preference = preferences[id] else { return false }
        let states = [
            "paid": ("approved", "accredited"), "later": ("pending", "pending_waiting_payment"),
            "refused": ("rejected", "cc_rejected_insufficient_amount"),
        ]
        guard let (status, detail) = states[outcome], preference.expires.map({ now < $0 }) ?? true else { return true }
        payments.append(
            Payment(
                id: Int64(make.digits(11)) ?? 1, preference: id, reference: preference.reference,
                amount: amount ?? preference.amount, currency: preference.currency,
                way: outcome == "later" ? "oxxo" : "visa", created: now, status: "pending", detail: detail))
        let place = payments.count - 1
        tell("payment.created", payments[place])
        if status == "approved" {
            settle(place)
        } else {
            payments[place].status = status
        }
        return true
    }

    private mutating func settle(_ place: Int) {
        payments[place].status = "approved"
        payments[place].detail = "accredited"
        payments[place].approved = now
        preferences[payments[place].preference]?.isPaid = true
        tell("payment.updated", payments[place])
    }

    mutating func giveBack(_ id: String, amount: Int64?) -> Bool {
        guard let place = find(id) else { return false }
        payments[place].refunded += min(
            amount ?? payments[place].amount, payments[place].amount - payments[place].refunded)
        let isWhole = payments[place].refunded == payments[place].amount
        payments[place].status = isWhole ? "refunded" : "approved"
        payments[place].detail = isWhole ? "refunded" : "partially_refunded"
        tell("payment.updated", payments[place])
        return true
    }

    mutating func dispute(_ id: String) -> Bool {
        guard let place = find(id) else { return false }
        payments[place].status = "charged_back"
        payments[place].detail = "in_process"
        tell("payment.updated", payments[place])
        return true
    }
}

// The page where a customer pays.
extension MercadoPagoLab {
    func checkout(_ id: String) -> LabCheckout? { preferences[id].map(shown) }

    private func shown(_ preference: Preference) -> LabCheckout {
        LabCheckout(
            id: preference.id, title: preference.title, amount: preference.amount, currency: preference.currency,
            isOpen: !preference.isPaid,
            outcomes: [
                ("paid", "Pagar"), ("later", "Pagar en efectivo"), ("refused", "Tarjeta rechazada"),
                ("cancel", "Cancelar"),
            ], back: preference.backs["success"])
    }

    mutating func visit(_ checkout: LabCheckout, _ outcome: String) -> Response {
        _ = pay(checkout.id, outcome, amount: nil)
        let backs = preferences[checkout.id]?.backs ?? [:]
        let name = outcome == "paid" ? "success" : outcome == "later" ? "pending" : "failure"
        guard outcome != "refused", let back = backs[name] else { return .redirect(to: "/pay/\(checkout.id)") }
        return .redirect(to: "\(back)?preference_id=\(checkout.id)")
    }
}

// JSON of answers and webhooks.
extension MercadoPagoLab {
    private static func error(_ message: String, _ error: String, _ status: Status) -> Response {
        .labJSON(status) { json in
            json.object { json in
                json.member("message", message)
                json.member("error", error)
                json.member("status", Int(status.code))
            }
        }
    }

    /// Its clocks stand four hours behind Greenwich.
    private static func date(_ moment: Instant) -> String {
        String((moment - .seconds(4 * 3600)).rfc3339.dropLast()) + "-04:00"
    }

    private static func pesos(_ centavos: Int64) -> JSONValue {
        // Shortest, as its own answers are: 350, 350.5, 350.25.
        if centavos % 100 == 0 { return .integer(centavos / 100) }
        let rest = centavos % 100
        return .decimal("\(centavos / 100).\(rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")")
    }

    private static func centavos(_ value: JSONValue) -> Int64? {
        switch value {
        case .integer(let pesos): return (0...10_000_000).contains(pesos) ? pesos * 100 : nil
        case .decimal(let text):
            return Double(text).flatMap { (0...10_000_000).contains($0) ? Int64(($0 * 100).rounded()) : nil }
        default: return nil
        }
    }

    private func account(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", 202_809_963)
            json.member("nickname", "CUENTADEPRUEBA")
            json.member("site_id", site)
            json.object("status") { $0.member("site_status", "active") }
        }
    }

    /// The site code within the key, such as MCO in TEST-MCO-lab; Mexico by default.
    private var site: String {
        make.secret.split(separator: "-").first { $0.utf8.count == 3 && $0.hasPrefix("M") }.map(String.init) ?? "MLM"
    }

    private func list(_ payments: [Payment]) -> LabWrite {
        { json in
            json.object { json in
                json.object("paging") { json in
                    json.member("total", payments.count)
                    json.member("limit", 30)
                    json.member("offset", 0)
                }
                json.array("results") { json in for payment in payments.prefix(30) { write(payment, to: &json) } }
            }
        }
    }

    private func write(_ preference: Preference, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", preference.id)
            json.member("init_point", "\(origin)/pay/\(preference.id)")
            json.member("sandbox_init_point", "\(origin)/pay/\(preference.id)")
            json.member("external_reference", preference.reference)
            json.array("items") { json in
                json.object { json in
                    json.member("title", preference.title)
                    json.member("quantity", 1)
                    json.member("unit_price", Self.pesos(preference.amount))
                    json.member("currency_id", preference.currency)
                }
            }
            json.object("back_urls") { json in
                for (name, address) in preference.backs.sorted(by: { $0.key < $1.key }) {
                    json.member(named: name, address)
                }
            }
            json.member("expires", preference.expires != nil)
            json.member("expiration_date_to", preference.expires.map(Self.date))
            json.member("date_created", Self.date(preference.created))
        }
    }

    private func write(_ payment: Payment, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", payment.id)
            json.member("status", payment.status)
            json.member("status_detail", payment.detail)
            json.member("transaction_amount", Self.pesos(payment.amount))
            json.member("transaction_amount_refunded", Self.pesos(payment.refunded))
            json.member("currency_id", payment.currency)
            json.member("external_reference", payment.reference)
            json.member("payment_method_id", payment.way)
            json.member("payment_type_id", payment.way == "oxxo" ? "ticket" : "credit_card")
            json.member("date_created", Self.date(payment.created))
            json.member("date_approved", payment.approved.map(Self.date))
            json.member("live_mode", false)
        }
    }

    /// The signature is of the number in the address, the request and the moment; a repetition carries the same.
    private mutating func tell(_ action: String, _ payment: Payment) {
        let moment = now
        var json = JSONWriter()
        json.object { json in
            json.member("id", Int64(make.digits(12)) ?? 1)
            json.member("live_mode", false)
            json.member("type", "payment")
            json.member("date_created", Self.date(moment))
            json.member("user_id", 202_809_963)
            json.member("api_version", "v1")
            json.member("action", action)
            json.object("data") { $0.member("id", "\(payment.id)") }
        }
        for listener in listeners {
            let request = make.id("")
            let manifest = "id:\(payment.id);request-id:\(request);ts:\(moment.seconds);"
            let signed = Hex.encode(HMAC.sha256(Array(manifest.utf8), key: Array(listener.secret.utf8)))
            let headers = [
                (name: "x-signature", value: "ts=\(moment.seconds),v1=\(signed)"), ("x-request-id", request),
            ]
            events.append(
                LabEvent(address: "\(listener.address)?data.id=\(payment.id)&type=payment", body: json.bytes) { _ in
                    headers
                })
        }
    }
}
