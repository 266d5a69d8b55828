import Identifiers
import JSON
import Jobs
import Loop
import Postgres
import Synchronization
import TestSupport
import Time

/// A job whose work is a closure of the test that queued it.
struct Errand: Job {
    static let kind = "test.errand"
    static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 3
        rules.backoff = Backoff(first: .milliseconds(20), longest: .milliseconds(60))
        rules.timeLimit = .seconds(20)
        return rules
    }

    let script: Script
    var name = ""
    var key: String?
    var lane: String?
    var priority = JobPriority.normal

    func run(in context: JobContext) async throws { try await script.work(self, context) }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("script", script.number)
            json.member("name", name)
            json.member("key", key)
            json.member("lane", lane)
        }
    }

    init(_ script: Script, _ name: String = "", key: String? = nil, lane: String? = nil) {
        self.script = script
        self.name = name
        self.key = key
        self.lane = lane
    }

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let number = fields.required("script", as: Int.self)
        let name = fields.required("name", as: String.self)
        key = fields.optional("key", as: String.self)
        lane = fields.optional("lane", as: String.self)
        let (script, text) = try fields.finish(number, name)
        self.script = Script.known(script)
        self.name = text
    }
}

/// The same, but two at a time in a tenant.
struct NarrowErrand: Job {
    static let kind = "test.narrow"
    static var rules: JobRules {
        var rules = Errand.rules
        rules.tenantLimit = 2
        return rules
    }

    let errand: Errand
    var lane: String? { errand.lane }

    init(_ script: Script, _ name: String = "", lane: String? = nil) { errand = Errand(script, name, lane: lane) }
    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) { errand = try Errand(json: json, at: pointer) }
    func write(to json: inout JSONWriter) { errand.write(to: &json) }
}

/// The same, but cut short.
struct HastyErrand: Job {
    static let kind = "test.hasty"
    static var rules: JobRules {
        var rules = Errand.rules
        rules.timeLimit = .milliseconds(100)
        return rules
    }

    let errand: Errand

    init(_ script: Script) { errand = Errand(script) }
    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) { errand = try Errand(json: json, at: pointer) }
    func write(to json: inout JSONWriter) { errand.write(to: &json) }
}

final class Script: Sendable {
    let number: Int
    let work: @Sendable (Errand, JobContext) async throws -> Void
    private static let all = Mutex<[Script]>([])

    private init(_ number: Int, _ work: @escaping @Sendable (Errand, JobContext) async throws -> Void) {
        self.number = number
        self.work = work
    }

    static func make(_ work: @escaping @Sendable (Errand, JobContext) async throws -> Void) -> Script {
        all.withLock { all in
            let script = Script(all.count, work)
            all.append(script)
            return script
        }
    }

    static func known(_ number: Int) -> Script { all.withLock { $0[number] } }

    /// Leaves the errand's name as an effect.
    static let trace = make { errand, context in try await context.database.leaveEffect(errand.name) }
}

/// What workers reported.
final class EventLog: Sendable {
    private let events = Mutex<[WorkerEvent]>([])

    var all: [WorkerEvent] { events.withLock(\.self) }

    func add(_ event: WorkerEvent) { events.withLock { $0.append(event) } }

    func reports(_ choose: (WorkerEvent) -> JobReport?) -> [JobReport] { all.compactMap(choose) }

    var started: [JobReport] { reports { if case .started(let report) = $0 { report } else { nil } } }
    var finished: [JobReport] { reports { if case .finished(let report, _) = $0 { report } else { nil } } }
    var lost: [JobReport] { reports { if case .lost(let report) = $0 { report } else { nil } } }
    var released: [JobReport] { reports { if case .released(let report) = $0 { report } else { nil } } }
}

/// A box that closures of a test share.
final class Shared<Value: Sendable>: Sendable {
    private let box: Mutex<Value>

    init(_ value: Value) { box = Mutex(value) }

    var value: Value { box.withLock(\.self) }
    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result { box.withLock { change(&$0) } }
}

extension JobKinds {
    static var tests: JobKinds {
        var kinds = JobKinds()
        kinds.add(Errand.self) { try await $0.run(in: $1) }
        kinds.add(NarrowErrand.self) { try await $0.errand.run(in: $1) }
        kinds.add(HastyErrand.self) { try await $0.errand.run(in: $1) }
        return kinds
    }
}

extension TestDatabase {
    func worker(
        time: TimeSource = .system, log: EventLog = EventLog(), kinds: JobKinds? = nil,
        configure: (inout WorkerConfiguration) -> Void = { _ in }
    ) -> Worker {
        var configuration = WorkerConfiguration()
        configuration.lease = .seconds(15)
        configuration.lastWords = .milliseconds(200)
        configure(&configuration)
        return Worker(
            database: database, loops: loops, kinds: kinds ?? .tests, time: time, randomness: Randomness(seed: 7),
            configuration: configuration, onEvent: log.add)
    }

    /// Runs the workers while the test does its work.
    func run(
        _ workers: [Worker], patience: Duration = .seconds(10), while work: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.run() } }
            do {
                try await work()
            } catch {
                for worker in workers { await worker.drain(within: .zero) }
                throw error
            }
            for worker in workers { await worker.drain(within: patience) }
        }
    }
}
