import Synchronization

/// Wakes those of this process who go on with what it has just committed. The database is asked nothing for that, so a
/// transaction need not NOTIFY, which would make the commits of all tenants wait for one another.
final class CommitBells: Sendable {
    private struct State {
        var listeners: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    func ring(_ bells: [String]) {
        guard !bells.isEmpty else { return }
        state.withLock { state in
            for bell in bells { for listener in state.listeners[bell, default: [:]].values { listener.yield() } }
        }
    }

    /// Rings that come while the last one is still being answered are one.
    func rings(of bell: String) -> AsyncStream<Void> {
        let (stream, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.count += 1
            state.listeners[bell, default: [:]][state.count] = listener
            return state.count
        }
        listener.onTermination = { [weak self] _ in
            self?.state.withLock { $0.listeners[bell]?[number] = nil }
        }
        return stream
    }
}
