import Declarations
import Events
import Identifiers
import Jobs
import Postgres
import RouterOSLab
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Reconciler
@testable import Routers
@testable import Services
@testable import Zones

/// Services that go from one router to another: each is made and proven there before it is taken off where it was.
@Suite struct MoveTests {
    @Test func `a service that moves to another zone is made on that zone's router and then taken off the old one`()
        async throws
    {
        try await withNetworks { norte, sur in
            let (here, there) = (try await norte.makeZone("Centro"), try await norte.makeZone("Cerro"))
            let old = try await NetworkBench.open(norte, zone: here)
            let new = try await NetworkBench.open(norte, customers: 0, zone: there)
            defer { for bench in [old, new] { bench.lab.close() } }
            await new.lab.inspect { $0.furnish(customers: 0) }
            try await norte.database.put([old.plan: "Plan10"], of: new.router)
            let service = try await old.serve()
            try await norte.move(service, to: here)
            try await old.working(at: [old.port, new.port]) {
                try await old.becomes(.connected, service)
                // The router alone knew the password; the nightly comparison keeps it.
                try await norte.database.queue(AlignRouter(old.router, isWhole: true), at: norte.now)
                try await eventually { try norte.passwordsKept == 1 }
                #expect(try await norte.router(of: service) == old.router)
                try await norte.move(service, to: there)
                try await eventually { try await norte.router(of: service) == new.router }
                try await old.becomes(.connected, service)
                try await eventually { await old.profile() == nil }
                try await eventually { try await norte.database.departure(from: old.router) == nil }
            }
            #expect(
                await new.lab.inspect { $0.text("password", of: NetworkBench.login, in: "/ppp/secret") } == "clave00001"
            )
            #expect(await old.speed() == nil)
            let added = await new.lab.inspect { $0.journal.first { $0.path == "/ppp/secret/add" }?.at }
            let removed = await old.lab.inspect { $0.journal.first { $0.path == "/ppp/secret/remove" }?.at }
            #expect(try #require(added) < #require(removed))
            // Nobody else on the old router was touched.
            #expect(await old.profile("cliente00002") != nil)
            let kinds = try await norte.database.events(limit: 100).map(\.kind)
            #expect(kinds.contains("access_point.left"))
            #expect(try await sur.database.accessPoint(service) == nil)
        }
    }

    @Test func `where a zone has no router a service that moves there stays where it is`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, zone: try await norte.makeZone("Centro"))
            defer { bench.lab.close() }
            let service = try await bench.serve()
            let nowhere = try await norte.makeZone("Valle")
            try await bench.working {
                try await bench.becomes(.connected, service)
                try await norte.move(service, to: nowhere)
                try await eventually { try !norte.isNetworkBusy }
            }
            #expect(try await norte.router(of: service) == bench.router)
            #expect(await bench.journal() == [])
        }
    }

    @Test func `a dead router's services go to a spare in one act, and off the dead one when it is back`() async throws
    {
        try await withNetworks { norte, sur in
            let dead = try await NetworkBench.open(norte, customers: 12)
            let spare = try await NetworkBench.open(norte, customers: 0)
            defer { for bench in [dead, spare] { bench.lab.close() } }
            await spare.lab.inspect { $0.furnish(customers: 0) }
            try await norte.database.put([dead.plan: "Plan20"], of: spare.router)
            var services: [Service.ID] = []
            for number in 1...10 { services.append(try await dead.serve(NetworkBench.login(number))) }
            try await dead.working(at: [dead.port, spare.port]) {
                for service in services { try await dead.becomes(.connected, service) }
                try await norte.database.queue(AlignRouter(dead.router, isWhole: true), at: norte.now)
                try await eventually {
                    try await dead.acts.previewMove(of: dead.router, to: spare.router, in: norte.database)
                        == RouterMove(services: 10, withoutPassword: 0, nameTaken: 0)
                }
                await dead.lab.set([LabFault(.refuseLogin)])
                try await dead.cut(services[0])
                let moved = try await dead.acts.move(
                    dead.router, to: spare.router, by: norte.commandLine, in: norte.database)
                #expect(moved.services == 10)
                for service in services.dropFirst() { try await dead.becomes(.connected, service) }
                try await dead.becomes(.cut, services[0])
                let departure = try #require(try await norte.database.departure(from: dead.router))
                #expect(departure.leaving == 10 && departure.proven == 10 && departure.to == spare.router)
                #expect(try await sur.database.departure(from: dead.router) == nil)
                #expect(await dead.profile() != nil)
                await dead.lab.set([])
                try await eventually { try await norte.database.departure(from: dead.router) == nil }
            }
            for number in 1...10 {
                #expect(await dead.profile(NetworkBench.login(number)) == nil)
                // Who is cut needs no account to be kept out.
                #expect(await spare.profile(NetworkBench.login(number)) == (number == 1 ? nil : "Plan20"))
            }
            // Who is no service of ours stays.
            #expect(await dead.profile(NetworkBench.login(11)) != nil)
            let kinds = try await norte.database.events(limit: 100).map(\.kind)
            #expect(kinds.filter { $0 == "router.services_moved" }.count == 1)
        }
    }

    @Test func `services are not moved to a router in shadow, to the same one or to another company's`() async throws {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            let shadow = try await NetworkBench.open(norte, mode: .shadow, customers: 0)
            let foreign = try await NetworkBench.open(sur, customers: 0)
            defer { for bench in [bench, shadow, foreign] { bench.lab.close() } }
            let service = try await bench.serve()
            for (spare, refusal) in [
                (shadow.router, RouterRefusal.spareNotActive), (bench.router, .unknown), (foreign.router, .unknown),
            ] {
                await #expect(throws: refusal) {
                    try await bench.acts.move(bench.router, to: spare, by: norte.commandLine, in: norte.database)
                }
            }
            #expect(try await norte.router(of: service) == bench.router)
        }
    }

    @Test func `a session that workers died before ending is ended by the next`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working { try await bench.becomes(.connected, service) }
            try await bench.cut(service)
            let (gate, steps) = (Gate(), Counter())
            // The first changes the account, and no one comes to end its session.
            let dying = HaltingDriver { point, _ in
                if point == .beforeSending, steps.next() > 1 { await gate.pass() }
            }
            func work(dying deaths: Int) async throws {
                guard deaths > 0 else { return try await bench.working { try await bench.becomes(.cut, service) } }
                let before = steps.value
                try await bench.working(with: [dying]) {
                    try await eventually { steps.value == max(2, before + 1) }
                    try norte.takeOverRouters()
                    try await work(dying: deaths - 1)
                    gate.open()
                }
            }
            try await work(dying: ServiceTarget.mostEndings)
            #expect(await bench.speed() == "64000/64000")
        }
    }

    @Test func `how often an earlier decision failed does not make the next one wait`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            func failures() async throws -> Int {
                try await norte.database.failures(of: [service], since: norte.now - .seconds(3600))
            }
            try await bench.working {
                try await bench.becomes(.connected, service)
                await bench.lab.set([LabFault(.changeNothing, at: "/ppp/secret/set")])
                try await bench.cut(service)
                try await eventually { try await failures() == 1 }
                try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                try await eventually { try await failures() >= 2 }
                await bench.lab.set([])
                try await bench.reconnect(service)
                try await bench.becomes(.connected, service)
                #expect(try await failures() == 0)
            }
        }
    }

    @Test func `a customer whose session comes back the same is not thrown off at each look`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                await bench.lab.set([LabFault(.changeNothing, at: "/ppp/active/remove")])
                try await bench.cut(service)
                for _ in 0..<30 {
                    try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                    try await eventually { try norte.networkJobsDue == 0 }
                }
                try await eventually {
                    try await norte.database.networkDifferences(limit: 10).map(\.kind) == ["old_session"]
                }
                let told = try await bench.commands().filter { $0.content.hasPrefix("/ppp/active/remove") }
                #expect(told.count == ServiceTarget.mostEndings)
                // Somebody's word counts more than that.
                await bench.lab.set([])
                #expect(try await norte.database.approveRepair(of: service))
                try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                try await bench.becomes(.cut, service)
            }
        }
    }
}

extension TestTenant {
    func makeZone(_ name: String) async throws -> Zone.ID {
        let zone = Zone(id: newID(), name: name)
        try await zone.add(by: commandLine, in: database)
        return zone.id
    }

    func move(_ service: Service.ID, to zone: Zone.ID) async throws {
        _ = try await Move(address: "Calle 1", zone: zone).happen(
            to: service, of: tenant, by: commandLine, in: database)
    }

    func router(of service: Service.ID) async throws -> Router.ID? {
        try await database.accessPoint(service)?.router
    }

    var passwordsKept: Int {
        get throws {
            try site.test.superuser().column("SELECT 1 FROM access_points WHERE password IS NOT NULL").count
        }
    }

    /// Looks that are to happen now or happen at this moment.
    var networkJobsDue: Int {
        get throws {
            try site.test.superuser().column(
                """
                SELECT 1 FROM jobs WHERE kind = 'network.align-router' AND (state = 'running' OR run_at <= now())
                """
            ).count
        }
    }
}
