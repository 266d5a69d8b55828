import AccessProtocol
import Identifiers
import Jobs
import Loop
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Compares routers, books and UISP, each night and when somebody asks.
package struct CompareFleet: NightlyJob {
    package static let kind = "network.compare-fleet"
    package static let time = "40 4 * * *"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.tenantLimit, rules.timeLimit) = (2, 1, .seconds(240))
        return rules
    }

    package init() {}

    package func run(in context: JobContext, with acts: FleetActs, workingOn pool: BlockingPool) async throws {
        guard try await !context.database.controllers(limit: 1).isEmpty,
            let tenant = try await context.database.lockedTenant()
        else { return }
        try await acts.compare(
            on: tenant.timeZone.day(at: context.now), at: context.now, workingOn: pool, in: context.database)
    }
}

/// How many there were on a day, and which.
struct FleetCount: Sendable, Equatable {
    enum Kind: String, CaseIterable, Sendable {
        case services, linked, unlinked, missing, devices, endpoints, down, phantoms, intruders, secrets, sessions
        case sharedSessions = "shared_sessions"
        /// Services that the routers hold back by their profile, and by their address list, at one moment.
        case cutProfile = "cut_profile"
        case cutList = "cut_list"
        /// Routers that did not answer.
        case unread
    }

    /// More are counted, but not named.
    static let named = 5000

    let kind: Kind
    let count: Int
    let names: [String]

    init(_ kind: Kind, _ names: [String]) {
        (self.kind, count) = (kind, names.count)
        self.names = Array(names.sorted().prefix(Self.named)).map { String($0.prefix(300)) }
    }
}

/// What routers say at one moment.
struct RouterReadings: Sendable {
    private(set) var lines: [String: SeenLine] = [:]
    private(set) var onCutProfile: [String] = []
    private(set) var onCutList: [String] = []
    var unread: [String] = []

    mutating func add(_ observed: ObservedAccess, of router: Router) {
        for (login, accounts) in observed.accounts {
            lines[login] = SeenLine(login: login, hasSecret: true, sessions: lines[login]?.sessions ?? [])
            if accounts.contains(where: { !router.cutProfile.isEmpty && $0.profile == router.cutProfile }) {
                onCutProfile.append(login)
            }
        }
        for (login, sessions) in observed.sessions {
            var line = lines[login] ?? SeenLine(login: login, hasSecret: false, sessions: [])
            line.sessions += sessions.map { SeenLine.Session(mac: $0.caller ?? "", address: $0.address ?? "") }
            lines[login] = line
        }
        onCutList += observed.listed.map { $0.comment.isEmpty ? $0.address : $0.comment }
    }
}

extension FleetActs {
    /// Reads all routers, joins what they say with the books and UISP, and writes down what differs.
    func compare(
        on day: Day, at now: Instant, workingOn pool: BlockingPool, in database: TenantDatabase
    ) async throws {
        var readings = RouterReadings()
        for router in try await database.routers() where !router.isPaused {
            do {
                let session = try await reach.dialer.connect(to: router, in: database)
                defer { session.close() }
                readings.add(try await session.observe(.all, list: router.cutList), of: router)
            } catch is AccessFailure {
                readings.unread.append(router.name)
            } catch is RouterRefusal {
                readings.unread.append(router.name)
            }
        }
        try await keep(readings, on: day, at: now, workingOn: pool, in: database)
    }

    func keep(
        _ readings: RouterReadings, on day: Day, at now: Instant, workingOn pool: BlockingPool,
        in database: TenantDatabase
    ) async throws {
        let antennas = try await database.antennas()
        let lines = readings.lines.values.sorted { $0.login < $1.login }
        let macs = Set(lines.flatMap { $0.sessions.map(\.mac) } + antennas.map(\.mac))
        let found = CrossReference(
            lines: lines, services: try await database.billedServices(), antennas: antennas,
            kept: try await database.fleetLinks(), vendors: try await OUIRegister.read(for: macs, on: pool))
        let counts = Self.counts(of: found, readings, endpoints: try await database.endpointNames())
        try await database.transaction { database in
            try await database.put(links: Array(found.links.values), at: now)
            try await database.put(gaps: found.gaps, at: now, from: randomness)
            try await database.put(counts, on: day, at: now)
        }
    }

    private static func counts(
        of found: CrossReference, _ readings: RouterReadings, endpoints: [String]
    ) -> [FleetCount] {
        func title(_ service: BilledService) -> String { "\(service.customer) (\(service.number))" }
        func devices(_ standings: Set<FleetDevice.Standing>) -> [String] {
            found.antennas.filter { standings.contains($0.standing) }.map(\.title)
        }
        let shared = found.lines.filter { $0.sessions.count > 1 }
        return [
            FleetCount(.services, found.services.map(title)),
            FleetCount(.linked, found.services.filter { found.links[$0.id] != nil }.map(title)),
            FleetCount(.unlinked, found.unlinked.map(title)),
            FleetCount(.missing, found.gaps.filter { $0.kind == .missing }.map(\.name)),
            FleetCount(.devices, devices([.up, .down, .unknown, .unauthorized])),
            FleetCount(.endpoints, endpoints),
            FleetCount(.down, devices([.down])),
            FleetCount(.phantoms, devices([.phantom])),
            FleetCount(.intruders, devices([.intruder])),
            FleetCount(.secrets, found.lines.filter(\.hasSecret).map(\.login)),
            FleetCount(.sessions, found.lines.flatMap { line in line.sessions.map { _ in line.login } }),
            FleetCount(.sharedSessions, shared.flatMap { line in line.sessions.map { _ in line.login } }),
            FleetCount(.cutProfile, readings.onCutProfile), FleetCount(.cutList, readings.onCutList),
            FleetCount(.unread, readings.unread),
        ]
    }
}
