import Synchronization

/// The points at which an operation can be interrupted: each database call, each message to another program. It passes
/// them in order and is killed at one of them, or at none.
package final class KillPoints: Sendable {
    private struct State {
        var names: [String] = []
        var last: Int?
    }

    private let state: Mutex<State>

    /// Kills at that point, counted from 1; at none when nil.
    package init(at number: Int? = nil) { state = Mutex(State(last: number)) }

    /// The names of the points passed.
    package var passed: [String] { state.withLock(\.names) }

    package func pass(_ name: String) throws(Simulation.Killed) {
        let isLast = state.withLock { state in
            state.names.append(name)
            return state.names.count == state.last
        }
        if isLast { throw Simulation.Killed() }
    }
}

/// Three trials for a saga: run to the end twice, killed at each point and run again, killed at each point and undone
/// twice.
package struct SagaTrials: Sendable {
    /// The trial that failed and why, for a test's message.
    package struct Broken: Error, CustomStringConvertible {
        package let trial: String
        package let reason: String

        package var description: String { "\(trial): \(reason)" }
    }

    private let prepare: @Sendable () async throws -> Void
    private let act: @Sendable (KillPoints) async throws -> Void
    private let undo: (@Sendable () async throws -> Void)?
    private let isDone: @Sendable () async throws -> String?
    private let isUndone: (@Sendable () async throws -> String?)?

    /// `isDone` and `isUndone` return what is wrong, or nil.
    package init(
        prepare: @escaping @Sendable () async throws -> Void,
        act: @escaping @Sendable (KillPoints) async throws -> Void,
        isDone: @escaping @Sendable () async throws -> String?,
        undo: (@Sendable () async throws -> Void)? = nil,
        isUndone: (@Sendable () async throws -> String?)? = nil
    ) {
        (self.prepare, self.act, self.undo, self.isDone, self.isUndone) = (prepare, act, undo, isDone, isUndone)
    }

    /// Returns the points that the operation passes.
    @discardableResult
    package func run() async throws -> [String] {
        try await prepare()
        let points = KillPoints()
        try await act(points)
        try await check(isDone, "once")
        try await act(KillPoints())
        try await check(isDone, "done twice")
        for number in 1...max(1, points.passed.count) {
            let name = "cut off at point \(number)"
            try await prepare()
            try await cutOff(at: number)
            try await act(KillPoints())
            try await check(isDone, "\(name) and done again")
            guard let undo, let isUndone else { continue }
            try await prepare()
            try await cutOff(at: number)
            try await undo()
            try await undo()
            try await check(isUndone, "\(name) and undone twice")
        }
        return points.passed
    }

    private func cutOff(at number: Int) async throws {
        do {
            try await act(KillPoints(at: number))
        } catch is Simulation.Killed {}
    }

    private func check(_ fault: @Sendable () async throws -> String?, _ trial: String) async throws {
        if let reason = try await fault() { throw Broken(trial: trial, reason: reason) }
    }
}
