import Addresses
import Crypto
import HTTP
import Identifiers
import Loop
import Synchronization
import Time
import WebClient

/// A simulated payment provider: its API, its payment page and its signed notices, with faults to be switched on.
package final class GatewayLab: Sendable {
    package struct Plan: Sendable {
        /// What the company's keys are there.
        package var secret = "sk_test_lab"
        package var noticeSecret = "whsec_lab"
        /// Where it tells of events; nil while nobody registered an address.
        package var noticeAddress: String?

        package init() {}
    }

    private let state: Mutex<StripeLab>
    private let faults = Mutex(LabFaults())
    private let outbox = Mutex<[LabNotice]>([])
    private let send: (@Sendable (LabNotice) async -> Void)?

    /// Without a sender, notices wait until taken.
    package init(
        _ plan: Plan, clock: TimeSource = .system, randomness: Randomness = .system,
        send: (@Sendable (LabNotice) async -> Void)? = nil
    ) {
        state = Mutex(StripeLab(plan, clock: clock, randomness: randomness))
        self.send = send
    }

    /// The address at which its pages are reached, once it is known.
    package func open(at origin: String) { state.withLock { $0.origin = origin } }

    /// What was to be sent, in the order of the events.
    package func takeNotices() -> [LabNotice] {
        outbox.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
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
        let failure = request.isWrite && request.path.first == "v1" ? faults.withLock { $0.takeFailure() } : nil
        let response = state.withLock { $0.answer(request, failing: failure) }
        await release()
        return response
    }

    /// `POST /lab/faults times=3&hold=yes`, `POST /lab/deliver`, `POST /lab/pay/cs_…`, `POST /lab/refund/pi_…`,
    /// `POST /lab/dispute/pi_…`.
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
        let happened = state.withLock { state in
            defer { state.notices = [] }
            return state.notices
        }
        let faults = faults.withLock(\.self)
        guard !happened.isEmpty, !faults.loses else { return }
        outbox.withLock { $0 += faults.changed(happened) }
        if send != nil, !faults.holds { await deliver(takeNotices()) }
    }

    private func deliver(_ notices: [LabNotice]) async {
        let isShuffled = faults.withLock(\.shuffles)
        for notice in isShuffled ? notices.shuffled() : notices { await send?(notice) }
    }
}

/// A notice on its way.
package struct LabNotice: Sendable, Equatable {
    package let address: String
    package var headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(address: String, headers: [(name: String, value: String)], body: [UInt8]) {
        (self.address, self.headers, self.body) = (address, headers, body)
    }

    package static func == (left: LabNotice, right: LabNotice) -> Bool {
        left.address == right.address && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0 == $1 }
    }
}

/// What goes wrong with notices and answers.
struct LabFaults: Sendable {
    var times = 1
    var shuffles = false
    var holds = false
    var loses = false
    var forges = false
    /// So many of the next writes are answered with 500, which is kept under their key.
    var failures = 0

    /// Sets the faults named and leaves the others. Returns false for an unknown name.
    mutating func read(_ form: Fields) -> Bool {
        for field in form.all {
            let isOn = field.value == "yes"
            switch field.name {
            case "times": times = min(max(Int(field.value) ?? 1, 1), 10)
            case "failures": failures = min(max(Int(field.value) ?? 0, 0), 100)
            case "shuffle": shuffles = isOn
            case "hold": holds = isOn
            case "lose": loses = isOn
            case "forge": forges = isOn
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

    func changed(_ notices: [LabNotice]) -> [LabNotice] {
        let sent = notices.map { notice in
            guard forges else { return notice }
            var forged = notice
            forged.headers = notice.headers.map { ($0.name, String($0.value.dropLast()) + "0") }
            return forged
        }
        return sent.flatMap { Array(repeating: $0, count: times) }
    }
}

/// A request as a lab reads it.
struct LabRequest: Sendable {
    let method: Method
    let path: [String]
    let query: Fields
    let form: Fields
    let body: [UInt8]
    let authorization: String?
    let idempotencyKey: String?

    var isWrite: Bool { method == .post }

    init(_ request: Request) async throws {
        method = request.method
        path = request.path.all
        query = request.query
        authorization = request.headers["authorization"]
        idempotencyKey = request.headers["idempotency-key"]
        let body = try await request.body.bytes(upTo: 1 << 20)
        self.body = body
        let isForm = request.body.contentType?.hasPrefix("application/x-www-form-urlencoded") ?? false
        form = isForm ? try body.withUnsafeBytes { try Fields(urlEncoded: $0) } : Fields()
    }
}
