import AccessProtocol
import Identifiers
import Loop
import RouterOSAccess
import RouterOSLab
import TenantSupport
import Testing
import Time

@testable import Reconciler
@testable import Routers
@testable import Services

/// A payment against a cut whose worker is frozen, judged by what the routers themselves wrote down and when.
@Suite(.serialized) struct RaceTests {
    private static let routersOfEach = 8

    @Test(arguments: HaltingDriver.Point.allCases, [false, true])
    func `a payment wins over the cut of a frozen worker`(point: HaltingDriver.Point, isTakenOver: Bool) async throws {
        try await withNetworks { norte, sur in
            var races: [Race] = []
            for tenant in [norte, sur] {
                for _ in 0..<Self.routersOfEach { races.append(try await Race.open(tenant)) }
            }
            defer { for race in races { race.bench.lab.close() } }
            let field = Field(races: races)
            try await field.working(RouterOSDriver(deadlines: .short)) {
                for race in races { try await race.bench.becomes(.connected, race.service) }
            }
            for race in races { try await race.bench.cut(race.service) }
            let gates = Dictionary(uniqueKeysWithValues: races.map { ($0.bench.port, Gate()) })
            let frozen = HaltingDriver { reached, port in if reached == point { await gates[port]?.pass() } }
            try await field.working(frozen) {
                try await eventually { gates.values.allSatisfy(\.hasBeenReached) }
                if isTakenOver { try norte.takeOverRouters() }
                for race in races { try await race.bench.reconnect(race.service) }
                let paidAt = TimeSource.system.now()
                if isTakenOver {
                    try await field.working(RouterOSDriver(deadlines: .short)) {
                        for race in races { try await race.bench.becomes(.connected, race.service) }
                        try await thaw(gates, races, point, paidAt)
                    }
                } else {
                    try await thaw(gates, races, point, paidAt)
                }
            }
        }
    }

    private func thaw(
        _ gates: [UInt16: Gate], _ races: [Race], _ point: HaltingDriver.Point, _ paidAt: Instant
    ) async throws {
        let thawedAt = TimeSource.system.now()
        for gate in gates.values { gate.open() }
        for race in races {
            // Connected may be what was proven before the thaw.
            try await eventually { try await race.isOver }
            let profiles = await race.profiles()
            if point == .afterLook {
                #expect(!profiles.contains { $0.profile == "Morosos" && $0.at > paidAt })
            }
            if let last = profiles.last { #expect(last.profile == race.own && last.at < thawedAt + .seconds(2)) }
            #expect(await race.bench.profile() == race.own)
        }
    }
}

/// A router with a customer who is cut and pays.
private struct Race: Sendable {
    let bench: NetworkBench
    let service: Service.ID
    let own: String

    static func open(_ tenant: TestTenant) async throws -> Race {
        let bench = try await NetworkBench.open(tenant, customers: 1)
        return Race(bench: bench, service: try await bench.serve(), own: await bench.profile() ?? "")
    }

    /// Nothing is under way any more, and it was read back.
    var isOver: Bool {
        get async throws {
            guard try !bench.tenant.isNetworkBusy, await bench.profile() == own else { return false }
            guard try await bench.standing(service) == .connected else { return false }
            return try await bench.commands().allSatisfy { $0.state != .sent }
        }
    }

    /// What the router was told, by its own clock.
    func profiles() async -> [(at: Instant, profile: String)] {
        await bench.lab.inspect { router in
            router.journal.compactMap { entry in
                guard entry.path == "/ppp/secret/set",
                    let profile = entry.attributes.first(where: { $0.hasPrefix("profile=") })
                else { return nil }
                return (entry.at, String(profile.dropFirst("profile=".count)))
            }
        }
    }
}

private struct Field: Sendable {
    let races: [Race]

    func working(_ driver: any AccessDriver, _ use: () async throws -> Void) async throws {
        try await races[0].bench.working(with: [driver], at: races.map(\.bench.port), places: 24, use)
    }
}
