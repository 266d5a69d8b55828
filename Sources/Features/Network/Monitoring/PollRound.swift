import AccessProtocol
import Events
import Identifiers
import Postgres
import Routers
import Time

/// One poll of a company's devices.
struct PollRound: Sendable {
    let dialer: RouterDialer
    let database: TenantDatabase
    let time: TimeSource
    let randomness: Randomness

    /// Devices written in one transaction.
    private static let batch = 500
    private static let routersAtOnce = 8

    struct Polled: Sendable {
        let device: Device
        var state: DeviceState
        var change: DeviceState.Change?
    }

    func poll(_ devices: [DeviceInState]) async throws {
        let routers = devices.filter { $0.device.method == .routeros }
        try await each(routers, atOnce: Self.routersAtOnce) { try await pollRouter($0) }
    }

    /// Works on so many at once, and writes what was found in batches.
    func each(
        _ devices: [DeviceInState], atOnce: Int, _ poll: @escaping @Sendable (DeviceInState) async throws -> Polled?
    ) async throws {
        try await withThrowingTaskGroup(of: Polled?.self) { group in
            var rest = devices[...]
            for one in rest.prefix(atOnce) { group.addTask { try await poll(one) } }
            rest = rest.dropFirst(atOnce)
            var found: [Polled] = []
            while let polled = try await group.next() {
                if let one = rest.popFirst() { group.addTask { try await poll(one) } }
                if let polled { found.append(polled) }
                if found.count >= Self.batch {
                    try await keep(found)
                    found = []
                }
            }
            try await keep(found)
        }
    }

    private func keep(_ found: [Polled]) async throws {
        guard !found.isEmpty else { return }
        let now = time.now()
        try await database.transaction { database in
            try await database.put(found.map { ($0.device.id, $0.state) })
            for polled in found {
                guard let change = polled.change else { continue }
                let act =
                    switch change {
                    case .wentDown:
                        Act(
                            .deviceDown, polled.device.subject, after: [Act.Detail("trouble", polled.state.trouble)])
                    case .cameUp: Act(.deviceUp, polled.device.subject)
                    }
                try await database.record(act, by: .commandLine, at: now, from: randomness)
            }
        }
    }

    /// Signs in and asks who it is, unless it is paused.
    private func pollRouter(_ one: DeviceInState) async throws -> Polled? {
        guard let id = one.device.router, let router = try await database.router(id), !router.isPaused else {
            return nil
        }
        var polled = Polled(device: one.device, state: one.state)
        let begin = time.now()
        do {
            let session = try await dialer.connect(to: router, in: database)
            defer { session.close() }
            let identity = try await session.identify()
            let now = time.now()
            try await database.note(identity, of: id, at: now)
            polled.change = polled.state.answered(by: .routeros, latency: nil, at: now)
            (polled.state.identity, polled.state.model) = (
                String(identity.name.prefix(100)),
                String("\(identity.board) · RouterOS \(identity.version)".prefix(200))
            )
        } catch let failure as AccessFailure where failure.isOfDevice {
            polled.change = polled.state.failed(because: DeviceTrouble.routerSilence.rawValue, at: begin)
        } catch is RouterRefusal {
            polled.change = polled.state.failed(because: DeviceTrouble.addressRefused.rawValue, at: begin)
        }
        return polled
    }
}
