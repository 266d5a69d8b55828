import Glibc
import Loop
import Synchronization

/// The system's request to stop (SIGTERM, Ctrl-C) or to reload files (SIGHUP). A second Ctrl-C stops without waiting.
final class StopRequest: Sendable {
    static let signals = [SIGTERM, SIGINT, SIGHUP]

    private struct State {
        var isMade = false
        var interruptions = 0
        var waiting: UnsafeContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Handles the signals until the program ends.
    init(on loop: EventLoop, whenFilesChanged read: @escaping @Sendable () -> Void = {}) {
        loop.perform {
            _ = Signals(Self.signals, on: loop) { signal in
                if signal == SIGHUP { read() } else { self.make(by: signal) }
            }
        }
    }

    var isMade: Bool { state.withLock(\.isMade) }

    /// Suspends until a stop is requested.
    func arrived() async {
        await withUnsafeContinuation { continuation in
            let isMade = state.withLock { state in
                if !state.isMade { state.waiting = continuation }
                return state.isMade
            }
            if isMade { continuation.resume() }
        }
    }

    private func make(by signal: Int32) {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            if signal == SIGINT { state.interruptions += 1 }
            if state.interruptions > 1 { _exit(128 + SIGINT) }
            state.isMade = true
            return state.waiting
        }
        waiting?.resume()
    }
}
