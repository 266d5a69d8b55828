import Addresses
import Crypto
import HTML
import HTTP
import Identifiers
import Loop
import Synchronization
import Time
import WebClient

/// A simulated payment provider: its API, its payment page and its signed notices, with faults to be switched on.
package final class GatewayLab: Sendable {
    package enum Provider: String, Sendable, CaseIterable {
        case stripe, mercadopago, conekta

        package var name: String {
            switch self {
            case .stripe: "Stripe"
            case .mercadopago: "Mercado Pago"
            case .conekta: "Conekta"
            }
        }
    }

    package struct Plan: Sendable {
        package var provider = Provider.stripe
        /// The keys that it knows, an account for each.
        package var secrets = ["sk_test_lab"]
        /// What notices to the address are signed with; Conekta makes a key of its own.
        package var noticeSecret = "whsec_lab"
        /// Where the first account tells of events; nil while nobody registered an address.
        package var noticeAddress: String?

        package init() {}
    }

    private let provider: Provider
    private let state: Mutex<LabAccounts>
    private let faults = Mutex(LabFaults())
    private let outbox = Mutex<[LabEvent]>([])
    private let clock: TimeSource
    private let send: (@Sendable (LabNotice) async -> Void)?

    /// Without a sender, notices wait until taken.
    package init(
        _ plan: Plan, clock: TimeSource = .system, randomness: Randomness = .system,
        send: (@Sendable (LabNotice) async -> Void)? = nil
    ) {
        provider = plan.provider
        state = Mutex(LabAccounts(plan, clock: clock, randomness: randomness))
        self.clock = clock
        self.send = send
    }

    /// The address at which its pages are reached, once it is known.
    package func open(at origin: String) { state.withLock { $0.open(at: origin) } }

    /// What was to be sent, in the order of the events, signed now.
    package func takeNotices() -> [LabNotice] {
        let waiting = outbox.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        let (faults, now) = (faults.withLock(\.self), clock.now().seconds)
        return waiting.map { faults.changed($0.signed(at: now)) }
    }

    /// Money received, by our references: the truth to compare the books with.
    package var received: [String: Int64] { state.withLock(\.received) }

    package func answer(_ request: Request) async -> Response {
        do {
            let asked = try await LabRequest(request)
            return await answer(asked)
        } catch {
            return .text("unreadable", status: .badRequest)
        }
    }

    private func answer(_ request: LabRequest) async -> Response {
        if request.path.first == "lab" { return await control(request) }
        if request.path.isEmpty { return state.withLock { $0.home(of: provider) } }
        let isAPI = request.path.first != "pay"
        let (failure, slowness) = faults.withLock {
            (isAPI && request.isWrite ? $0.takeFailure() : nil, isAPI ? $0.slowness : 0)
        }
        if slowness > 0 { try? await Task.sleep(for: .seconds(slowness)) }
        let isLagging = faults.withLock(\.lags)
        let response = state.withLock { $0.answer(request, failing: failure, lagging: isLagging) }
        await release()
        return response
    }

    /// `POST /lab/faults times=3&hold=yes`, `POST /lab/deliver`, `POST /lab/notices address=…`, `POST /lab/pay/CHECKOUT`,
    /// `POST /lab/refund/PAYMENT`, `POST /lab/dispute/PAYMENT`.
    private func control(_ request: LabRequest) async -> Response {
        switch request.path.dropFirst().first {
        case "faults" where request.isWrite:
            guard faults.withLock({ $0.read(request.form) }) else { return .text("no such fault", status: .badRequest) }
            return .text("ok")
        case "deliver" where request.isWrite:
            await deliver(takeNotices())
            return .text("ok")
        default:
            let response = state.withLock { $0.control(request) }
            await release()
            return response
        }
    }

    /// Releases the notices, with the faults applied.
    private func release() async {
        let happened = state.withLock { $0.takeEvents() }
        let faults = faults.withLock(\.self)
        guard !happened.isEmpty, !faults.loses else { return }
        outbox.withLock { $0 += happened.flatMap { Array(repeating: $0, count: faults.times) } }
        if send != nil, !faults.holds { await deliver(takeNotices()) }
    }

    private func deliver(_ notices: [LabNotice]) async {
        let isShuffled = faults.withLock(\.shuffles)
        for notice in isShuffled ? notices.shuffled() : notices { await send?(notice) }
    }
}

/// The accounts of a provider, by their keys.
private struct LabAccounts: Sendable {
    private var accounts: [(secret: String, lab: any ProviderLab)]

    init(_ plan: GatewayLab.Plan, clock: TimeSource, randomness: Randomness) {
        accounts = plan.secrets.map { secret in
            let make = LabMaker(clock: clock, randomness: randomness, secret: secret)
            let lab: any ProviderLab =
                switch plan.provider {
                case .stripe: StripeLab(make)
                case .mercadopago: MercadoPagoLab(make)
                case .conekta: ConektaLab(make)
                }
            return (secret, lab)
        }
        if let address = plan.noticeAddress { _ = accounts[0].lab.listen(at: address, plan.noticeSecret) }
    }

    var received: [String: Int64] {
        accounts.reduce(into: [:]) { sum, account in sum.merge(account.lab.received) { first, _ in first } }
    }

    mutating func open(at origin: String) {
        for place in accounts.indices { accounts[place].lab.origin = origin }
    }

    mutating func takeEvents() -> [LabEvent] {
        accounts.indices.flatMap { place in
            defer { accounts[place].lab.events = [] }
            return accounts[place].lab.events
        }
    }

    mutating func answer(_ request: LabRequest, failing: Int?, lagging: Bool) -> Response {
        if request.path.first == "pay" {
            let id = request.path.count == 2 ? request.path[1] : ""
            for place in accounts.indices {
                guard let checkout = accounts[place].lab.checkout(id) else { continue }
                guard request.isWrite else { return LabPage(checkout: checkout).response }
                return accounts[place].lab.visit(checkout, request.form["outcome"] ?? "")
            }
            return .text("No such checkout", status: .notFound)
        }
        guard let place = accounts.firstIndex(where: { request.authorization == "Bearer \($0.secret)" }) else {
            return accounts[0].lab.unknownKey
        }
        return accounts[place].lab.answer(request, failing: failing, lagging: lagging)
    }

    /// What a provider's own people and a customer's bank do.
    mutating func control(_ request: LabRequest) -> Response {
        let path = Array(request.path.dropFirst())
        guard request.isWrite else { return .text("unknown", status: .notFound) }
        if path == ["notices"], let address = request.form["address"] {
            let place = accounts.firstIndex { $0.secret == request.form["key"] } ?? 0
            return .text(accounts[place].lab.listen(at: address, request.form["secret"]))
        }
        guard path.count == 2 else { return .text("unknown", status: .notFound) }
        let amount = request.form["amount"].flatMap { Int64($0) }
        for place in accounts.indices {
            let isDone =
                switch path[0] {
                case "pay": accounts[place].lab.pay(path[1], request.form["outcome"] ?? "paid", amount: amount)
                case "refund": accounts[place].lab.giveBack(path[1], amount: amount)
                case "dispute": accounts[place].lab.dispute(path[1])
                default: false
                }
            if isDone { return .text("ok") }
        }
        return .text("unknown", status: .notFound)
    }

    func home(of provider: GatewayLab.Provider) -> Response {
        LabHome(provider: provider, checkouts: accounts.flatMap { $0.lab.waiting }).response
    }
}

/// What goes wrong with notices and answers.
private struct LabFaults: Sendable {
    var times = 1
    var shuffles = false
    var holds = false
    var loses = false
    var forges = false
    /// Lists know later of what is there, as their providers warn.
    var lags = false
    /// So many seconds pass before the API answers.
    var slowness = 0
    /// So many of the next writes are answered with 500.
    var failures = 0

    /// Sets the faults named and leaves the others. Returns false for an unknown name.
    mutating func read(_ form: Fields) -> Bool {
        for field in form.all {
            let isOn = field.value == "yes"
            func number(upTo most: Int) -> Int { min(max(Int(field.value) ?? 0, 0), most) }
            switch field.name {
            case "times": times = max(number(upTo: 10), 1)
            case "failures": failures = number(upTo: 100)
            case "slow": slowness = number(upTo: 60)
            case "shuffle": shuffles = isOn
            case "hold": holds = isOn
            case "lose": loses = isOn
            case "forge": forges = isOn
            case "lag": lags = isOn
            default: return false
            }
        }
        return true
    }

    mutating func takeFailure() -> Int? {
        guard failures > 0 else { return nil }
        failures -= 1
        return 500
    }

    func changed(_ notice: LabNotice) -> LabNotice {
        guard forges else { return notice }
        var forged = notice
        forged.headers = notice.headers.map {
            ($0.name, String($0.value.dropLast()) + ($0.value.last == "0" ? "1" : "0"))
        }
        return forged
    }
}
