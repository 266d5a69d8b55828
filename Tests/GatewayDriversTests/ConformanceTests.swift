import Addresses
import GatewayLab
import GatewayProtocol
import HTTP
import JSON
import Locale
import Loop
import TestSupport
import Testing
import Time
import WebClient

@testable import GatewayDrivers

/// What every driver promises, held against its provider's lab.
@Suite struct ConformanceTests {
    private typealias State = CheckoutTruth.State

    @Test(arguments: GatewayProvider.allCases)
    func `keys are examined, and a stranger's are refused`(provider: GatewayProvider) async throws {
        try await Bench.with(provider) { bench in
            let account = try await bench.driver.examine(bench.keys)
            #expect(!account.name.isEmpty && account.mayCharge)
            #expect(account.currencies?.contains("MXN") ?? true)
            await #expect(throws: GatewayFailure.keyRefused) {
                try await bench.driver.examine(GatewayKeys(secret: "otra"))
            }
            await #expect(throws: GatewayFailure.keyRefused) {
                try await bench.driver.open(bench.checkout(), with: GatewayKeys(secret: "otra"))
            }
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `what was paid is read to the cent, by the notices' own numbers, each way`(
        provider: GatewayProvider
    ) async throws {
        try await Bench.with(provider) { bench in
            for way in provider.ways {
                let checkout = bench.checkout(way)
                let opened = try await bench.driver.open(checkout, with: bench.keys)
                #expect((opened.address == nil) == (way != .hosted))
                #expect((opened.payReference == nil) == (way == .hosted))
                if way == .transfer { #expect(opened.payReference?.utf8.count == 18 && opened.place == "STP") }
                #expect(try await bench.look(opened, checkout) == CheckoutTruth(.open, reference: checkout.reference))
                try await bench.tell("/lab/pay/\(opened.id)")
                let truth = try await bench.look(opened, checkout)
                let money = try #require(truth.payments.first)
                #expect(truth.state == .paid && truth.reference == checkout.reference && truth.payments.count == 1)
                #expect(money.minor == 35_025 && money.currency == "MXN" && money.refunded == 0 && !money.isDisputed)
                #expect(money.paidAt?.seconds == bench.now.seconds)
                #expect(bench.lab.received[money.id] == 35_025)
                let notices = bench.lab.takeNotices()
                #expect(notices.count == 2)
                for notice in notices {
                    let read = try bench.read(notice)
                    let reference = try await bench.driver.reference(of: read, with: bench.keys)
                    #expect(
                        [reference, read.reference].contains(checkout.reference) || read.checkout == opened.id,
                        "\(read)")
                }
            }
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `another amount, a part given back, all of it, and a chargeback are seen`(
        provider: GatewayProvider
    ) async throws {
        try await Bench.with(provider) { bench in
            let other = try await bench.paid(amount: 30_000)
            #expect(other.truth.payments.map(\.minor) == [30_000])
            let part = try await bench.paid()
            try await bench.tell("/lab/refund/\(part.id)", ["amount": "5000"])
            let partly = try await bench.look(part.opened, part.checkout).payments.first
            #expect(partly?.refunded == 5000 && partly?.minor == 35_025 && partly?.isGone == false)
            try await bench.tell("/lab/refund/\(part.id)")
            let whole = try await bench.look(part.opened, part.checkout).payments.first
            #expect(whole?.refunded == 35_025 && whole?.isGone == true)
            let disputed = try await bench.paid()
            try await bench.tell("/lab/dispute/\(disputed.id)")
            #expect(try await bench.look(disputed.opened, disputed.checkout).payments.map(\.isDisputed) == [true])
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `an error, silence and nonsense are told apart, and nothing is taken for paid`(
        provider: GatewayProvider
    ) async throws {
        try await Bench.with(provider, deadline: .milliseconds(300)) { bench in
            try await bench.tell("/lab/faults", ["failures": "1"])
            await #expect(throws: GatewayFailure.troubled(500)) {
                try await bench.driver.open(bench.checkout(), with: bench.keys)
            }
            let opened = try await bench.driver.open(bench.checkout(), with: bench.keys)
            await #expect(throws: GatewayFailure.self) {
                try await bench.driver.look(
                    at: "\(opened.id)0", "x", knowing: [], with: bench.keys)
            }
            try await bench.tell("/lab/faults", ["slow": "1"])
            do throws(GatewayFailure) {
                _ = try await bench.driver.open(bench.checkout(), with: bench.keys)
                Issue.record("it waited")
            } catch {
                guard case .unreachable = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
        for answer in ["", "{", "[]", "null", "{}", #"{"id":{},"data":7,"results":[1],"charges":[]}"#] {
            try await Bench.with(provider, answering: answer) { bench in
                await #expect(throws: GatewayFailure.unreadable) {
                    try await bench.driver.open(bench.checkout(), with: bench.keys)
                }
                await #expect(throws: GatewayFailure.unreadable) {
                    try await bench.driver.look(at: "x", "y", knowing: [], with: bench.keys)
                }
            }
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a notice that is forged, unsigned, of another account or about another thing is refused`(
        provider: GatewayProvider
    ) async throws {
        try await Bench.with(provider) { bench in
            _ = try await bench.paid()
            let notice = try #require(bench.lab.takeNotices().last)
            _ = try bench.read(notice)
            var bare = notice
            bare.headers = []
            #expect(throws: NoticeFault.unsigned) { try bench.read(bare) }
            #expect(throws: NoticeFault.forged) { try bench.read(notice, secret: "otro") }
            // Another body, or where the body is not signed another number.
            let changed =
                provider == .mercadopago
                ? LabNotice(
                    address: notice.address.replacing("data.id=", with: "data.id=1"), headers: notice.headers,
                    body: notice.body)
                : LabNotice(address: notice.address, headers: notice.headers, body: notice.body + [0x20])
            #expect(throws: NoticeFault.forged) { try bench.read(changed) }
            try await bench.tell("/lab/faults", ["forge": "yes"])
            _ = try await bench.paid()
            for forged in bench.lab.takeNotices() {
                #expect(throws: NoticeFault.forged) { try bench.read(forged) }
            }
        }
    }

    @Test func `a payment that the search does not show yet is found by the number that its notice named`()
        async throws
    {
        try await Bench.with(.mercadopago) { bench in
            try await bench.tell("/lab/faults", ["lag": "yes"])
            let checkout = bench.checkout()
            let opened = try await bench.driver.open(checkout, with: bench.keys)
            for outcome in ["refused", "paid"] { try await bench.tell("/lab/pay/\(opened.id)", ["outcome": outcome]) }
            #expect(try await bench.look(opened, checkout).state == .open)
            let named = try bench.lab.takeNotices().compactMap { try bench.read($0).payment }
            let truth = try await bench.driver.look(
                at: opened.id, checkout.reference, knowing: named, with: bench.keys)
            #expect(truth.state == .paid && truth.payments.count == 1)
            // Another's payment is not this one's, whoever names it.
            let other = bench.checkout()
            let elsewhere = try await bench.driver.open(other, with: bench.keys)
            #expect(
                try await bench.driver.look(at: elsewhere.id, other.reference, knowing: named, with: bench.keys)
                    .payments.isEmpty)
        }
    }

    @Test(arguments: [GatewayProvider.mercadopago, .conekta])
    func `a second payment of the same is seen beside the first`(provider: GatewayProvider) async throws {
        try await Bench.with(provider) { bench in
            let first = try await bench.paid()
            try await bench.tell("/lab/pay/\(first.opened.id)")
            let both = try await bench.look(first.opened, first.checkout).payments
            #expect(both.count == 2 && Set(both.map(\.id)).contains(first.id) && both.allSatisfy { $0.minor == 35_025 })
        }
    }
}

/// A driver and its provider's lab, at a real port.
private struct Bench: Sendable {
    let driver: any PaymentGateway
    let lab: GatewayLab
    let keys: GatewayKeys
    let now: Instant
    private let noticeSecret: String
    private let origin: String
    private let egress: Egress
    private let web: HTTPClient

    static func with(
        _ provider: GatewayProvider, deadline: Duration = .seconds(20), answering fixed: String? = nil,
        _ test: (Bench) async throws -> Void
    ) async throws {
        var plan = GatewayLab.Plan()
        plan.provider = try #require(GatewayLab.Provider(rawValue: provider.rawValue))
        plan.secrets = ["lab"]
        let now = Instant(seconds: 1_764_500_000)
        let lab = GatewayLab(plan, clock: TimeSource { now })
        let handler: @Sendable (Request) async -> Response = { request in
            if let fixed { return .json(Array(fixed.utf8)) }
            return await lab.answer(request)
        }
        try await RunningServer.run(handler: handler) { server in
            guard case .ip(_, let port) = server.address else { return }
            let origin = "http://127.0.0.1:\(port)"
            lab.open(at: origin)
            let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
            let egress = Egress.publicOnly(besides: [
                .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
            ])
            let line = GatewayLine(web, egress: egress, base: origin, deadline: deadline)
            let driver: any PaymentGateway =
                switch provider {
                case .stripe: StripeGateway(line)
                case .mercadopago: MercadoPagoGateway(line)
                case .conekta: ConektaGateway(line)
                }
            do {
                var secret = ""
                if fixed == nil {
                    secret = try await Self.tell(
                        "\(origin)/lab/notices", ["address": "http://norte.test/hook"], web, egress)
                }
                try await test(
                    Bench(
                        driver: driver, lab: lab, keys: GatewayKeys(secret: "lab"), now: now, noticeSecret: secret,
                        origin: origin, egress: egress, web: web))
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }

    func checkout(_ way: PaymentWay? = nil) -> NewCheckout {
        let reference = "\(UInt64.random(in: 1...UInt64.max))"
        return NewCheckout(
            reference: reference, idempotencyKey: reference, amount: Money(minor: 35_025, .mxn), title: "Internet",
            way: way ?? driver.provider.ways[0], customerName: "Luz", email: "luz@norte.example",
            phone: "+525512345678", returnAddress: "http://norte.test/back", noticeAddress: "http://norte.test/hook",
            expiresAt: now + .seconds(12 * 3600))
    }

    func look(_ opened: OpenedCheckout, _ checkout: NewCheckout) async throws -> CheckoutTruth {
        try await driver.look(at: opened.id, checkout.reference, knowing: [], with: keys)
    }

    struct Paid {
        let opened: OpenedCheckout
        let checkout: NewCheckout
        let truth: CheckoutTruth
        let id: String
    }

    func paid(amount: Int64? = nil) async throws -> Paid {
        let checkout = checkout()
        let opened = try await driver.open(checkout, with: keys)
        try await tell("/lab/pay/\(opened.id)", ["amount": amount.map { "\($0)" }])
        let truth = try await look(opened, checkout)
        return Paid(opened: opened, checkout: checkout, truth: truth, id: try #require(truth.payments.first?.id))
    }

    func read(_ notice: LabNotice, secret: String? = nil) throws -> GatewayNotice {
        let parts = notice.address.split(separator: "?", maxSplits: 1)
        var query: [String: String] = [:]
        if parts.count > 1 {
            for field in try Array(parts[1].utf8).withUnsafeBytes({ try Fields(urlEncoded: $0) }).all {
                query[field.name] = field.value
            }
        }
        let headers = Dictionary(uniqueKeysWithValues: notice.headers.map { ($0.name.lowercased(), $0.value) })
        return try driver.read(
            GatewayMessage(headers: headers, query: query, body: notice.body), secret: secret ?? noticeSecret, at: now)
    }

    @discardableResult
    func tell(_ path: String, _ form: KeyValuePairs<String, String?> = [:]) async throws -> String {
        try await Self.tell(origin + path, form, web, egress)
    }

    private static func tell(
        _ address: String, _ form: KeyValuePairs<String, String?>, _ web: HTTPClient, _ egress: Egress
    ) async throws -> String {
        let answer = try await web.send(
            WebRequest(
                "POST", address, egress: egress, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(Fields(form).urlEncoded.utf8))))
        try #require(answer.status == 200, "\(address): \(answer.status)")
        return String(decoding: answer.body, as: UTF8.self)
    }
}
