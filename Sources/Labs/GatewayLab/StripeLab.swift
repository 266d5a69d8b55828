import Crypto
import HTML
import HTTP
import Identifiers
import JSON
import Time

/// Stripe's Checkout as its API shows it: sessions, their payments, refunds, disputes and events.
struct StripeLab: ProviderLab {
    private let make: LabMaker
    var origin = ""
    private var sessions: [String: Session] = [:]
    private var intents: [String: Intent] = [:]
    private var endpoints: [Endpoint] = []
    private var answers = KeptAnswers()
    var events: [LabEvent] = []

    struct Session {
        enum Status: String { case open, complete, expired }

        let id: String
        let amount: Int64
        let currency: String
        let reference: String?
        let metadata: [(String, String)]
        let intentMetadata: [(String, String)]
        let success: String
        let cancel: String
        let email: String?
        let title: String
        let created: Int64
        let expires: Int64
        var status = Status.open
        var isPaid = false
        var intent: String?
    }

    struct Intent {
        let id: String
        let charge: String
        let amount: Int64
        let currency: String
        let metadata: [(String, String)]
        let created: Int64
        var refunded: Int64 = 0
        var isDisputed = false
    }

    struct Endpoint {
        let id: String
        let address: String
        let secret: String
    }

    init(_ make: LabMaker) { self.make = make }

    var received: [String: Int64] {
        Dictionary(intents.values.map { ($0.id, $0.amount - $0.refunded) }, uniquingKeysWith: { first, _ in first })
    }

    var waiting: [LabCheckout] {
        sessions.values.filter { $0.status == .open }.sorted { $0.created < $1.created }.map(shown)
    }

    var unknownKey: Response {
        Self.error("invalid_request_error", "Invalid API Key provided", status: .unauthorized)
    }

    private var now: Int64 { make.now }

    mutating func answer(_ request: LabRequest, failing failure: Int?, lagging: Bool) -> Response {
        var answers = answers
        let response = answers.answer(
            request,
            clashing: Self.error(
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                status: .badRequest)
        ) {
            if failure != nil {
                return Self.error("api_error", "Something went wrong", status: .internalServerError)
            }
            return route(request) ?? Self.error("invalid_request_error", "No such object", status: .notFound)
        }
        self.answers = answers
        return response
    }

    private mutating func route(_ request: LabRequest) -> Response? {
        let path = request.path.dropFirst().map(\.self)
        let lab = self
        switch (request.method, path.count > 1 ? "\(path[0])/\(path[1])" : path.first) {
        case (.get, "account"): return .labJSON(.ok, account)
        case (.get, "webhook_endpoints"):
            return .labJSON(.ok, list(endpoints.map { endpoint in { lab.write(endpoint, to: &$0) } }))
        case (.post, "webhook_endpoints"): return register(request.form)
        case (.post, "checkout/sessions") where path.count == 2: return create(request.form)
        case (.get, "checkout/sessions") where path.count == 3:
            let isExpanded = request.query.all.contains { $0.name.hasPrefix("expand") }
            return sessions[path[2]].map { session in .labJSON { lab.write(session, expanded: isExpanded, to: &$0) } }
        case (.post, "checkout/sessions") where path.count == 4 && path[3] == "expire": return expire(path[2])
        case (.get, _) where path.first == "payment_intents" && path.count == 2:
            return intents[path[1]].map { intent in .labJSON { lab.write(intent, expanded: false, to: &$0) } }
        case (.post, "refunds"): return refund(request.form)
        default: return nil
        }
    }
}

// The API.
extension StripeLab {
    private mutating func register(_ form: Fields) -> Response {
        guard let address = form["url"], address.hasPrefix("http") else {
            return Self.error("invalid_request_error", "Invalid URL", status: .badRequest)
        }
        _ = listen(at: address, nil)
        return .labJSON { write(endpoints[endpoints.count - 1], withSecret: true, to: &$0) }
    }

    mutating func listen(at address: String, _ secret: String?) -> String {
        let endpoint = Endpoint(id: make.id("we_"), address: address, secret: secret ?? make.id("whsec_"))
        endpoints.append(endpoint)
        return endpoint.secret
    }

    private mutating func create(_ form: Fields) -> Response {
        let line = "line_items[0][price_data]"
        guard form["mode"] == "payment", let success = form["success_url"],
            let amount = form["\(line)[unit_amount]"].flatMap({ Int64($0) }), (1...99_999_999).contains(amount),
            let currency = form["\(line)[currency]"], currency.utf8.count == 3, currency == currency.lowercased(),
            let quantity = form["line_items[0][quantity]"].flatMap({ Int64($0) }), (1...100).contains(quantity)
        else { return Self.error("invalid_request_error", "Missing or wrong parameters", status: .badRequest) }
        let expires = form["expires_at"].flatMap { Int64($0) } ?? now + 86_400
        guard (now + 1800...now + 86_400).contains(expires) else {
            return Self.error(
                "invalid_request_error", "The `expires_at` must be between 30 minutes and 24 hours from now",
                status: .badRequest)
        }
        let session = Session(
            id: make.id("cs_test_"), amount: amount * quantity, currency: currency,
            reference: form["client_reference_id"], metadata: Self.members(of: "metadata", in: form),
            intentMetadata: Self.members(of: "payment_intent_data[metadata]", in: form), success: success,
            cancel: form["cancel_url"] ?? success, email: form["customer_email"],
            title: form["\(line)[product_data][name]"] ?? "", created: now, expires: expires)
        sessions[session.id] = session
        return .labJSON { write(session, expanded: false, to: &$0) }
    }

    private mutating func expire(_ id: String) -> Response? {
        guard var session = sessions[id] else { return nil }
        guard session.status == .open else {
            return Self.error("invalid_request_error", "Only open sessions can be expired", status: .badRequest)
        }
        session.status = .expired
        sessions[id] = session
        tell("checkout.session.expired") { lab, json in lab.write(session, expanded: false, to: &json) }
        return .labJSON { write(session, expanded: false, to: &$0) }
    }

    private mutating func refund(_ form: Fields) -> Response? {
        guard let id = form["payment_intent"], let intent = intents[id] else { return nil }
        let left = intent.amount - intent.refunded
        let amount = form["amount"].flatMap { Int64($0) } ?? left
        guard (1...max(left, 1)).contains(amount), left > 0 else {
            return Self.error("invalid_request_error", "Refund is greater than what is left", status: .badRequest)
        }
        _ = giveBack(id, amount: amount)
        return .labJSON { json in
            json.object { json in
                json.member("id", "re_\(intent.charge)")
                json.member("object", "refund")
                json.member("amount", amount)
                json.member("currency", intent.currency)
                json.member("payment_intent", id)
                json.member("status", "succeeded")
            }
        }
    }

    mutating func giveBack(_ id: String, amount: Int64?) -> Bool {
        guard var intent = intents[id] else { return false }
        intent.refunded += min(amount ?? intent.amount, intent.amount - intent.refunded)
        intents[id] = intent
        tell("charge.refunded") { lab, json in lab.writeCharge(of: intent, to: &json) }
        return true
    }

    mutating func dispute(_ id: String) -> Bool {
        guard var intent = intents[id] else { return false }
        intent.isDisputed = true
        intents[id] = intent
        tell("charge.dispute.created") { _, json in
            json.object { json in
                json.member("id", "dp_\(intent.charge)")
                json.member("object", "dispute")
                json.member("charge", intent.charge)
                json.member("payment_intent", intent.id)
                json.member("amount", intent.amount)
                json.member("status", "needs_response")
            }
        }
        return true
    }

    /// Somebody paid, or did not; another amount than was asked for is what came.
    mutating func pay(_ id: String, _ outcome: String, amount: Int64?) -> Bool {
        guard var session = sessions[id] else { return false }
        guard session.status == .open, now < session.expires, outcome == "paid" || outcome == "later" else {
            return true
        }
        session.status = .complete
        if outcome == "paid" {
            let intent = Intent(
                id: make.id("pi_"), charge: make.id("ch_"), amount: amount ?? session.amount,
                currency: session.currency, metadata: session.intentMetadata, created: now)
            intents[intent.id] = intent
            session.intent = intent.id
            session.isPaid = true
            tell("payment_intent.succeeded") { lab, json in lab.write(intent, expanded: false, to: &json) }
        }
        sessions[id] = session
        let done = session
        tell("checkout.session.completed") { lab, json in lab.write(done, expanded: false, to: &json) }
        return true
    }
}

// The payment page.
extension StripeLab {
    func checkout(_ id: String) -> LabCheckout? { sessions[id].map(shown) }

    private func shown(_ session: Session) -> LabCheckout {
        LabCheckout(
            id: session.id, title: session.title, amount: session.amount, currency: session.currency,
            isOpen: session.status == .open,
            outcomes: [("paid", "Pagar"), ("later", "Pagar más tarde"), ("cancel", "Cancelar")], back: session.success)
    }

    mutating func visit(_ checkout: LabCheckout, _ outcome: String) -> Response {
        guard let session = sessions[checkout.id] else { return .text("unknown", status: .notFound) }
        _ = pay(session.id, outcome, amount: nil)
        let back = outcome == "cancel" ? session.cancel : session.success
        return .redirect(to: back.replacing("{CHECKOUT_SESSION_ID}", with: session.id))
    }
}

// Stripe's JSON.
extension StripeLab {
    private static func error(_ type: String, _ message: String, status: Status) -> Response {
        .labJSON(status) { json in
            json.object { json in
                json.object("error") { json in
                    json.member("type", type)
                    json.member("message", message)
                }
            }
        }
    }

    private static func members(of name: String, in form: Fields) -> [(String, String)] {
        form.all.filter { $0.name.hasPrefix("\(name)[") && $0.name.hasSuffix("]") }.map {
            (String($0.name.dropFirst(name.count + 1).dropLast()), $0.value)
        }
    }

    private var account: LabWrite {
        { json in
            json.object { json in
                json.member("id", "acct_lab")
                json.member("object", "account")
                json.member("charges_enabled", true)
                json.member("country", "MX")
                json.member("default_currency", "mxn")
                json.object("settings") { json in
                    json.object("dashboard") { $0.member("display_name", "Cuenta de prueba") }
                }
            }
        }
    }

    private func list(_ items: [LabWrite]) -> LabWrite {
        { json in
            json.object { json in
                json.member("object", "list")
                json.member("has_more", false)
                json.array("data") { json in for item in items { item(&json) } }
            }
        }
    }

    private func write(_ endpoint: Endpoint, withSecret: Bool = false, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", endpoint.id)
            json.member("object", "webhook_endpoint")
            json.member("url", endpoint.address)
            json.member("status", "enabled")
            if withSecret { json.member("secret", endpoint.secret) }
        }
    }

    private func write(_ session: Session, expanded: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", session.id)
            json.member("object", "checkout.session")
            json.member("url", "\(origin)/pay/\(session.id)")
            json.member("mode", "payment")
            json.member("status", session.status.rawValue)
            json.member("payment_status", session.isPaid ? "paid" : "unpaid")
            json.member("amount_total", session.amount)
            json.member("currency", session.currency)
            json.member("client_reference_id", session.reference)
            json.member("customer_email", session.email)
            json.member("created", session.created)
            json.member("expires_at", session.expires)
            json.member("livemode", false)
            json.member("success_url", session.success)
            json.member("cancel_url", session.cancel)
            json.object("metadata") { json in for (name, value) in session.metadata { json.member(named: name, value) }
            }
            if let intent = session.intent.flatMap({ intents[$0] }), expanded {
                json.name("payment_intent")
                write(intent, expanded: true, to: &json)
            } else {
                json.member("payment_intent", session.intent)
            }
        }
    }

    private func write(_ intent: Intent, expanded: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", intent.id)
            json.member("object", "payment_intent")
            json.member("amount", intent.amount)
            json.member("amount_received", intent.amount)
            json.member("currency", intent.currency)
            json.member("status", "succeeded")
            json.member("created", intent.created)
            json.object("metadata") { json in for (name, value) in intent.metadata { json.member(named: name, value) } }
            if expanded {
                json.name("latest_charge")
                writeCharge(of: intent, to: &json)
            } else {
                json.member("latest_charge", intent.charge)
            }
        }
    }

    private func writeCharge(of intent: Intent, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", intent.charge)
            json.member("object", "charge")
            json.member("amount", intent.amount)
            json.member("amount_refunded", intent.refunded)
            json.member("refunded", intent.refunded == intent.amount)
            json.member("disputed", intent.isDisputed)
            json.member("currency", intent.currency)
            json.member("created", intent.created)
            json.member("paid", true)
            json.member("status", "succeeded")
            json.member("payment_intent", intent.id)
            json.object("metadata") { json in for (name, value) in intent.metadata { json.member(named: name, value) } }
        }
    }

    /// Sends a signed event to every endpoint.
    private mutating func tell(_ type: String, _ write: (StripeLab, inout JSONWriter) -> Void) {
        var json = JSONWriter()
        json.object { json in
            json.member("id", make.id("evt_"))
            json.member("object", "event")
            json.member("type", type)
            json.member("created", now)
            json.member("livemode", false)
            json.member("api_version", "2026-10-28.endive")
            json.object("data") { json in
                json.name("object")
                write(self, &json)
            }
        }
        let body = json.bytes
        for endpoint in endpoints {
            events.append(
                LabEvent(address: endpoint.address, body: body) { now in
                    let signed = HMAC.sha256(Array("\(now).".utf8) + body, key: Array(endpoint.secret.utf8))
                    return [("Stripe-Signature", "t=\(now),v1=\(Hex.encode(signed))")]
                })
        }
    }
}
