import Loop
import Synchronization
import TestSupport

/// Many who ask at once, again and again, and remember what they were told.
struct Crowd: Sendable {
    struct Answer: Sendable {
        let status: Int
        let retryAfter: String?
        let asked: Monotonic
        let took: Duration
    }

    private struct Memory {
        var answers: [Answer] = []
        var failures: [String] = []
        var turnedAway = 0
        var isOver = false
    }

    /// A reference, since all of them share it.
    private final class Shared: Sendable { let memory = Mutex(Memory()) }

    private let shared = Shared()

    var answers: [Answer] { shared.memory.withLock(\.answers) }
    /// Requests that were cut, answered in part or never.
    var failures: [String] { shared.memory.withLock(\.failures) }
    /// New connections that were reset before a byte of an answer.
    var turnedAway: Int { shared.memory.withLock(\.turnedAway) }

    func answers(since moment: Monotonic) -> [Answer] { answers.filter { $0.asked >= moment } }

    /// Half of them keep their connection, half come anew each time; all leave when the work is done.
    func ask(
        _ questions: [(Visitor, path: String)], _ count: Int, during work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                let (visitor, path) = questions[number % questions.count]
                let keepsConnection = number / questions.count % 2 == 0
                group.addTask {
                    let caller = Caller(visitor, path, keepsConnection: keepsConnection)
                    while !isOver, await ask(caller) {
                        try await Loops.tests.all[0].sleep(for: .milliseconds(30))
                    }
                }
            }
            group.addTask {
                defer { leave() }
                try await work()
            }
            try await group.waitForAll()
        }
    }

    func leave() { shared.memory.withLock { $0.isOver = true } }

    private var isOver: Bool { shared.memory.withLock(\.isOver) }

    /// False when the server no longer listens, which is no failure of those who were served.
    private func ask(_ caller: Caller) async -> Bool {
        let asked = Monotonic.read()
        do {
            let response = try await Visitor.threads.run { try caller.ask() }
            let answer = Answer(
                status: response.status, retryAfter: response["retry-after"], asked: asked,
                took: Monotonic.read() - asked)
            shared.memory.withLock { $0.answers.append(answer) }
            return true
        } catch Caller.Closed.refused {
            return false
        } catch Caller.Closed.reset {
            shared.memory.withLock { $0.turnedAway += 1 }
            return true
        } catch {
            shared.memory.withLock { $0.failures.append("\(error)") }
            return true
        }
    }
}

/// One of the crowd. It does one thing at a time.
private final class Caller: @unchecked Sendable {
    // Unchecked: the next question waits for the last one's answer.
    enum Closed: Error { case refused, reset }

    private let visitor: Visitor
    private let request: String
    private let keepsConnection: Bool
    private var client: RawClient?

    init(_ visitor: Visitor, _ path: String, keepsConnection: Bool) {
        self.visitor = visitor
        self.keepsConnection = keepsConnection
        request = visitor.request("GET", path) + (keepsConnection ? "" : "Connection: close\r\n") + "\r\n"
    }

    func ask() throws -> RawResponse {
        let isNew = client == nil
        let client = try self.client ?? connect()
        self.client = nil
        do {
            try client.send(request)
            let response = try client.response()
            if keepsConnection, response["connection"] != "close" { self.client = client }
            return response
        } catch let cut as RawClient.Cut where isNew && cut.received.isEmpty {
            throw Closed.reset
        } catch is RawClient.Errno where isNew {
            throw Closed.reset
        }
    }

    private func connect() throws -> RawClient {
        do {
            return try RawClient(to: visitor.address)
        } catch is RawClient.Errno {
            throw Closed.refused
        }
    }
}
