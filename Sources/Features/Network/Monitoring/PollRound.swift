import AccessProtocol
import Addresses
import Events
import Identifiers
import Loop
import Pings
import Postgres
import Routers
import SNMP
import Time
import Vault
import WebClient

/// One poll of a company's devices. What is down is asked once and briefly, in a lane of its own, so that it never
/// holds up what is alive.
struct PollRound: Sendable {
    let dialer: RouterDialer
    let vault: Vault
    let database: TenantDatabase
    let time: TimeSource
    let randomness: Randomness
    let loop: EventLoop
    let uplink: Uplink

    /// Devices written in one transaction.
    private static let batch = 500
    private static let routersAtOnce = 8

    struct Polled: Sendable {
        let device: Device
        var state: DeviceState
        var change: DeviceState.Change?
        var readings: [Reading] = []
        let at: Instant
        fileprivate let before: DeviceState

        init(_ one: DeviceInState, at now: Instant) {
            (device, state, before, at) = (one.device, one.state, one.state, now)
        }
    }

    /// What the polls of a lane came to.
    private struct Lane: Sendable {
        var living = Duration.zero
        var answered = 0
        /// Those that were not down and did not answer. They are written at the round's end, when it is known whether
        /// any other did.
        var silent: [Polled] = []
    }

    /// When the devices that were alive had all been asked, and when all had.
    struct Spans: Sendable {
        var living = Duration.zero
        var whole = Duration.zero
    }

    @discardableResult
    func poll(_ devices: [DeviceInState]) async throws -> Spans {
        try await database.keepSampleDays(at: time.now())
        let begin = Monotonic.read()
        let routers = devices.filter { $0.device.method == .routeros }
        let others = devices.filter { $0.device.method != .routeros }
        let reach = Reach(
            egress: try await dialer.egress(ports: Set(others.map { UInt16(clamping: $0.device.port) }), in: database),
            communities: try await communities(of: others))
        let living = PollLine(on: loop, window: 256, tries: 2, randomness: randomness)
        let dead = PollLine(on: loop, window: 2048, tries: 1, randomness: randomness)
        defer {
            living.close()
            dead.close()
        }
        let lanes = await withTaskGroup(of: Result<Lane, any Error>.self) { group in
            group.addTask {
                await lane(others.filter { $0.state.standing != .down }, atOnce: 512) {
                    await ask($0, by: living, reach)
                }.map { lane in
                    var lane = lane
                    lane.living = Monotonic.read() - begin
                    return lane
                }
            }
            group.addTask {
                await lane(others.filter { $0.state.standing == .down }, atOnce: 4096) {
                    await ask($0, by: dead, reach)
                }
            }
            group.addTask { await lane(routers, atOnce: Self.routersAtOnce) { await pollRouter($0) } }
            var lanes: [Result<Lane, any Error>] = []
            for await lane in group { lanes.append(lane) }
            return lanes
        }
        let done = lanes.compactMap { try? $0.get() }
        let isCutOff = await uplink.isLost(for: Set(devices.map(\.device.address)), by: living)
        try await keep(
            silent: done.flatMap(\.silent), answered: done.reduce(0) { $0 + $1.answered }, isCutOff: isCutOff)
        // One lane's failure keeps nothing of the others from being written.
        for lane in lanes { _ = try lane.get() }
        return Spans(living: done.map(\.living).max() ?? .zero, whole: Monotonic.read() - begin)
    }

    /// Where this server has lost its network, the silence of nearly all devices says nothing of them.
    private func keep(silent: [Polled], answered: Int, isCutOff: Bool) async throws {
        var silent = silent
        if isCutOff, silent.count >= 2, answered * 20 <= silent.count {
            let isNew = !silent.contains { $0.before.trouble == DeviceTrouble.noUplink.rawValue }
            for index in silent.indices { silent[index].forget(because: .noUplink) }
            if isNew {
                let now = time.now()
                _ = try await database.transaction { database in
                    try await database.record(Act(.monitorCutOff), by: .commandLine, at: now, from: randomness)
                }
            }
        }
        for start in stride(from: 0, to: silent.count, by: Self.batch) {
            try await keep(Array(silent[start..<min(start + Self.batch, silent.count)]))
        }
    }

    private func lane(
        _ devices: [DeviceInState], atOnce: Int, _ poll: @escaping @Sendable (DeviceInState) async -> Polled?
    ) async -> Result<Lane, any Error> {
        do {
            return .success(try await each(devices, atOnce: atOnce, poll))
        } catch {
            return .failure(error)
        }
    }

    private struct Reach: Sendable {
        let egress: Egress
        let communities: [Device.ID: [UInt8]]
    }

    private func communities(of devices: [DeviceInState]) async throws -> [Device.ID: [UInt8]] {
        guard devices.contains(where: { $0.device.method.isSNMP }) else { return [:] }
        let sealed = try await database.communities()
        let opened = try await vault.open(sealed.map { ($0.community, DeviceActs.field($0.id)) }, in: database)
        var communities: [Device.ID: [UInt8]] = [:]
        for (device, community) in zip(sealed, opened) { communities[device.id] = community }
        return communities
    }

    /// Works on so many at once, and writes what was found in batches.
    private func each(
        _ devices: [DeviceInState], atOnce: Int, _ poll: @escaping @Sendable (DeviceInState) async -> Polled?
    ) async throws -> Lane {
        try await withThrowingTaskGroup(of: Polled?.self) { group in
            var lane = Lane()
            var rest = devices[...]
            for one in rest.prefix(atOnce) { group.addTask { await poll(one) } }
            rest = rest.dropFirst(atOnce)
            var found: [Polled] = []
            while let polled = try await group.next() {
                if let one = rest.popFirst() { group.addTask { await poll(one) } }
                guard let polled else { continue }
                if polled.isSilent {
                    lane.silent.append(polled)
                    continue
                }
                if polled.state.standing == .up { lane.answered += 1 }
                found.append(polled)
                if found.count >= Self.batch {
                    try await keep(found)
                    found = []
                }
            }
            try await keep(found)
            return lane
        }
    }

    private func keep(_ found: [Polled]) async throws {
        guard !found.isEmpty else { return }
        let now = time.now()
        try await database.transaction { database in
            try await database.put(found.map { ($0.device.id, $0.state) })
            try await database.put(found.map { Measured(device: $0.device.id, at: $0.at, readings: $0.readings) })
            for polled in found {
                guard let change = polled.change else { continue }
                let act =
                    switch change {
                    case .wentDown:
                        Act(.deviceDown, polled.device.subject, after: [Act.Detail("trouble", polled.state.trouble)])
                    case .cameUp: Act(.deviceUp, polled.device.subject)
                    }
                try await database.record(act, by: .commandLine, at: now, from: randomness)
            }
        }
    }
}

// Agents and hosts.
extension PollRound {
    private func ask(_ one: DeviceInState, by line: PollLine, _ reach: Reach) async -> Polled? {
        var polled = Polled(one, at: time.now())
        let port = UInt16(clamping: one.device.port)
        guard let address = IPAddress(one.device.address), (try? reach.egress.checkDevice(address, port: port)) != nil
        else {
            polled.fail(.addressRefused)
            return polled
        }
        guard let access = reach.communities[one.device.id].flatMap({ one.device.access(with: $0) }) else {
            polled.note(await line.ping(address))
            return polled
        }
        let agent = SNMPAgent(address, port: port, access)
        async let pinged = line.ping(address)
        let answer = await line.question(agent)
        let ping = await pinged
        switch answer {
        case .success(let (reading, latency)):
            polled.change = polled.state.answered(by: one.device.method, latency: ping?.mean ?? latency, at: polled.at)
            polled.note(reading)
            if let ping { polled.readings += ping.readings }
            polled.readings.append(Reading(.available, 100))
            if let ticks = reading.ticks,
                let now = await line.interfaces(
                    agent, ticks: ticks, readAt: polled.at.microseconds)
            {
                if let before = InterfaceCounters(one.state.counters) { polled.readings += now.rates(since: before) }
                polled.state.counters = now.text
            }
        case .failure(.notPermitted):
            polled.change = polled.state.answered(by: one.device.method, latency: ping?.mean, at: polled.at)
            polled.readings = (ping?.readings ?? []) + [Reading(.available, 100)]
            polled.state.trouble = DeviceTrouble.credentials.rawValue
        case .failure(let failure):
            // This machine answers for its labs: that says nothing of a device.
            guard let ping, ping.isAnswered, !address.isOfThisMachine else {
                polled.fail(failure == .garbage ? .garbage : .snmpSilence)
                return polled
            }
            polled.note(ping)
            polled.state.trouble = DeviceTrouble.agentSilent.rawValue
        }
        return polled
    }
}

extension IPAddress {
    fileprivate var isOfThisMachine: Bool { if case .v4(let bits) = self { bits >> 24 == 127 } else { self == .v6(1) } }
}

extension PollRound.Polled {
    /// It was not down and did not answer.
    fileprivate var isSilent: Bool {
        guard before.standing != .down, state.failedPolls > 0 else { return false }
        return switch DeviceTrouble(rawValue: state.trouble) {
        case .silence, .snmpSilence, .routerSilence: true
        default: false
        }
    }

    /// It could not be asked, or not by this server.
    fileprivate mutating func forget(because trouble: DeviceTrouble) {
        (state, change, readings) = (before, nil, [])
        state.unknown(because: trouble.rawValue, at: at)
    }

    fileprivate mutating func fail(_ trouble: DeviceTrouble) {
        change = state.failed(because: trouble.rawValue, at: at)
        readings.append(Reading(.available, 0))
    }

    /// Nil where this server may not ping: then nothing is known.
    fileprivate mutating func note(_ ping: PingResult?) {
        guard let ping else { return state.unknown(because: DeviceTrouble.noICMP.rawValue, at: at) }
        readings += ping.readings
        guard ping.isAnswered else { return fail(.silence) }
        change = state.answered(by: .ping, latency: ping.mean, at: at)
        readings.append(Reading(.available, 100))
    }

    fileprivate mutating func note(_ reading: AgentReading) {
        (state.identity, state.model) = (reading.identity, reading.model)
        state.uptime = reading.ticks.map { Int($0 / 100) }
        readings += reading.readings
    }
}

extension PingResult {
    fileprivate var readings: [Reading] {
        var readings = [Reading(.loss, loss)]
        if let mean { readings.append(Reading(.latency, mean)) }
        if let jitter { readings.append(Reading(.jitter, jitter)) }
        return readings
    }
}

// Routers.
extension PollRound {
    /// Signs in and asks who it is, unless it is paused. What goes wrong with one router is noted of that one.
    private func pollRouter(_ one: DeviceInState) async -> Polled? {
        var polled = Polled(one, at: time.now())
        let begin = Monotonic.read()
        do {
            guard let id = one.device.router, let router = try await database.router(id), !router.isPaused else {
                return nil
            }
            let session = try await dialer.connect(to: router, in: database)
            defer { session.close() }
            let identity = try await session.identify()
            try await database.note(identity, of: id, at: polled.at)
            let (seconds, attoseconds) = (Monotonic.read() - begin).components
            let latency = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
            polled.change = polled.state.answered(by: .routeros, latency: latency, at: polled.at)
            polled.readings = [Reading(.available, 100), Reading(.latency, latency)]
            polled.state.identity = String(identity.name.prefix(100))
            polled.state.model = String("\(identity.board) · RouterOS \(identity.version)".prefix(200))
        } catch let failure as AccessFailure where failure.isOfDevice {
            polled.fail(.routerSilence)
        } catch is RouterRefusal {
            polled.fail(.addressRefused)
        } catch {
            guard !Task.isCancelled else { return nil }
            polled.forget(because: error is AccessFailure ? .refused : .notAsked)
        }
        return polled
    }
}
