import Synchronization

/// Wakes tasks of this process that follow its commits, without a query: a NOTIFY in the transaction would serialise
/// the commits of all tenants.
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

    /// Rings during the handling of the last one are coalesced.
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
