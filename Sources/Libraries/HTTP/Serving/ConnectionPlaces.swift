import Addresses
import Synchronization

/// Limits connections, in total and per address. Internal addresses have a limit of their own, so that a health check
/// does not wait behind a crowd.
final class ConnectionPlaces: Sendable {
    private struct State {
        var total = 0
        var ofInternal = 0
        var byAddress: [IPAddress: Int] = [:]
    }

    private let limits: ServerLimits
    private let proxies: [AddressRange]
    private let state = Mutex(State())
    let turnedAway = Atomic(0)

    init(limits: ServerLimits, proxies: [AddressRange]) {
        self.limits = limits
        self.proxies = proxies
    }

    func enter(_ link: Link) -> Bool {
        let hasEntered = state.withLock { state in
            if link.isInternal {
                guard state.ofInternal < limits.internalConnections else { return false }
                state.ofInternal += 1
                return true
            }
            guard state.total < limits.connections else { return false }
            if isCounted(link) {
                guard state.byAddress[link.peer, default: 0] < limits.connectionsPerAddress else { return false }
                state.byAddress[link.peer, default: 0] += 1
            }
            state.total += 1
            return true
        }
        if !hasEntered { turnedAway.increment() }
        return hasEntered
    }

    func leave(_ link: Link) {
        state.withLock { state in
            if link.isInternal { return state.ofInternal -= 1 }
            state.total -= 1
            guard isCounted(link), let count = state.byAddress[link.peer] else { return }
            state.byAddress[link.peer] = count == 1 ? nil : count - 1
        }
    }

    /// Clients behind a proxy share its address, and the proxy limits them.
    private func isCounted(_ link: Link) -> Bool {
        !link.isLocal && !proxies.contains { $0.contains(link.peer) }
    }
}
