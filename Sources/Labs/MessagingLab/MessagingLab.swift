import HTTP
import Identifiers
import JSON
import Loop
import Synchronization
import Time

/// A channel that does not exist: the provider's API, the telephones of customers as pages, and what the provider tells of
/// them, with what goes wrong on a switch.
package final class MessagingLab: Sendable {
    private let state: Mutex<any LabChannel>
    private let faults = Mutex(LabFaults())
    private let outbox = Mutex<[LabNotice]>([])
    private let line: LabLine?

    /// Without a line its notices wait until somebody takes them.
    package init(_ channel: sending any LabChannel, through line: LabLine? = nil) {
        state = Mutex(channel)
        self.line = line
    }

    /// The address at which its files are reached, once it is known.
    package func open(at origin: String) { state.withLock { $0.origin = origin } }

    package func set(_ faults: LabFaults) { self.faults.withLock { $0 = faults } }

    /// What customers have on their telephones: the messages of a company by our mark, in the order in which they came.
    package func received(by person: String) -> [LabLineOfChat] {
        state.withLock { $0.telephones[person]?.lines.filter { !$0.isTheirs } ?? [] }
    }

    package var people: [String] { state.withLock { $0.telephones.people.map(\.id) } }

    package func takeNotices() -> [LabNotice] {
        outbox.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    package func answer(_ request: Request) async -> Response {
        do {
            let call = try await LabCall(request)
            let faults = faults.withLock(\.self)
            if faults.slow > .zero, state.withLock({ $0.isFile(call) }) {
                try await request.loop.sleep(for: faults.slow)
            }
            let response = call.path.first == "lab" ? await control(call) : answer(call)
            release()
            return response
        } catch {
            return .text("unreadable", status: .badRequest)
        }
    }

    private func answer(_ call: LabCall) -> Response {
        state.withLock { state in
            if call.path.isEmpty || call.path.first == "phone" { return TelephonePages.answer(call, at: &state) }
            let before = state.telephones.taken
            let response = faults.withLock { state.answer(call, &$0) }
            guard state.telephones.taken > before, faults.withLock({ $0.takeSwallowed() }) else { return response }
            // The message was accepted, and the answer is lost.
            return .stream(.json) { _ in throw Swallowed() }
        }
    }

    private struct Swallowed: Error {}

    /// `POST /lab/faults`, `/lab/people`, `/lab/write`, `/lab/hook`, `/lab/deliver`.
    private func control(_ call: LabCall) async -> Response {
        guard call.method == .post, call.path.count == 2 else { return .text("unknown", status: .notFound) }
        switch call.path[1] {
        case "faults":
            guard faults.withLock({ $0.read(call.form) }) else { return .text("no such fault", status: .badRequest) }
        case "people":
            let id = state.withLock {
                $0.add(
                    named: call.form["name"] ?? "", phone: call.form["phone"] ?? "",
                    hidden: call.form["hide"] == "yes")
            }
            return .text(id)
        case "write":
            let isKnown = state.withLock { state in
                guard let person = call.form["person"], state.telephones[person] != nil else { return false }
                let said = (0..<min(max(Int(call.form["count"] ?? "") ?? 1, 1), 1000)).map { LabSaid(call, number: $0) }
                state.write(said, by: person)
                return true
            }
            guard isKnown else { return .text("nobody of that name", status: .notFound) }
        case "hook":
            guard await connect(call.form["address"] ?? "", call.form["verify"]) else {
                return .text("the address does not answer as it should", status: .badRequest)
            }
        case "deliver": await deliver()
        default: return .text("unknown", status: .notFound)
        }
        return .text("ok")
    }

    /// Registers the webhook as on the provider's own pages, which verify the address first if the provider does.
    private func connect(_ address: String, _ token: String?) async -> Bool {
        guard let line else { return state.withLock { $0.connect(address) } }
        guard let question = state.withLock({ $0.question(to: address, token) }) else {
            return state.withLock { $0.connect(address) }
        }
        guard await line.get(question.address) == question.answer else { return false }
        return state.withLock { $0.connect(address) }
    }

    /// Puts what happened with what is on its way, changed by what is to go wrong with it.
    private func release() {
        let happened = state.withLock { $0.takeHappened() }
        let faults = faults.withLock(\.self)
        guard !happened.isEmpty, !faults.loses else { return }
        outbox.withLock { $0 += faults.changed(happened) }
    }

    /// Hands over what waits. What is not taken with a 2xx waits for the next time, three times.
    package func deliver() async {
        release()
        guard let line, !faults.withLock(\.holds) else { return }
        var missed: [LabNotice] = []
        for var notice in takeNotices() where await !line.post(notice) {
            notice.tries += 1
            if notice.tries < 4 { missed.append(notice) }
        }
        outbox.withLock { $0 = missed + $0 }
    }

    /// Hands over until the task ends.
    package func keepDelivering(on loop: EventLoop) async {
        while !Task.isCancelled {
            await deliver()
            do { try await loop.sleep(for: .milliseconds(100)) } catch { return }
        }
    }
}

/// What a provider does.
package protocol LabChannel: Sendable {
    var name: String { get }
    var origin: String { get set }
    var telephones: LabTelephones { get set }

    mutating func answer(_ call: LabCall, _ faults: inout LabFaults) -> Response
    func isFile(_ call: LabCall) -> Bool
    /// Somebody with a telephone; their identifier.
    mutating func add(named name: String, phone: String, hidden: Bool) -> String
    /// Several messages of theirs, told in one notice where the provider does that.
    mutating func write(_ said: [LabSaid], by person: String)
    /// Marks what a person received as read.
    mutating func see(by person: String)
    /// The verification request for a webhook, and the answer expected.
    mutating func question(to address: String, _ token: String?) -> (address: String, answer: String)?
    mutating func connect(_ address: String) -> Bool
    mutating func takeHappened() -> [LabNotice]
}

/// What goes wrong.
package struct LabFaults: Sendable {
    /// The next `count` messages are refused with that code.
    package var code: Int?
    package var count = 0
    /// So many of the next messages are taken, and the connection breaks before the answer.
    package var swallow = 0
    /// How long files take.
    package var slow = Duration.zero
    package var times = 1
    package var shuffles = false
    package var holds = false
    package var loses = false
    package var forges = false

    package init() {}

    /// Switches the named faults, leaving others; false for an invalid value.
    mutating func read(_ form: Fields) -> Bool {
        for field in form.all {
            let isOn = field.value == "yes"
            let number = min(max(Int(field.value) ?? 0, 0), 1_000_000)
            switch field.name {
            case "code": (code, count) = (number, max(count, 1))
            case "count": count = number
            case "swallow": swallow = number
            case "slow": slow = .milliseconds(number)
            case "times": times = min(max(number, 1), 10)
            case "shuffle": shuffles = isOn
            case "hold": holds = isOn
            case "lose": loses = isOn
            case "forge": forges = isOn
            default: return false
            }
        }
        return true
    }

    mutating func takeCode() -> Int? {
        guard let code, count > 0 else { return nil }
        count -= 1
        return code
    }

    mutating func takeSwallowed() -> Bool {
        guard swallow > 0 else { return false }
        swallow -= 1
        return true
    }

    func changed(_ notices: [LabNotice]) -> [LabNotice] {
        let sent = notices.map { notice in
            guard forges else { return notice }
            var forged = notice
            forged.headers = notice.headers.map { ($0.name, String($0.value.dropLast()) + "-") }
            return forged
        }
        let repeated = sent.flatMap { Array(repeating: $0, count: times) }
        return shuffles ? repeated.reversed() : repeated
    }
}
