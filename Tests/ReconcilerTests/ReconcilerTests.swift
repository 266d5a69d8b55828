import Access
import AccessProtocol
import Assembly
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Locale
import Loop
import Panel
import Postgres
import RouterOSAccess
import RouterOSLab
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Home
@testable import Reconciler
@testable import Routers
@testable import Services

/// What is decided becomes true on the router, and counts as true once it was read back there. The router is a lab on a
/// socket.
@Suite struct ReconcilerTests {
    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 19)])
    func `a cut closes the customer's session, and a reconnection brings it back as it was`(version: LabVersion)
        async throws
    {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte, version: version)
            defer { bench.lab.close() }
            let (before, own) = (await bench.export(), await bench.profile())
            let service = try await bench.serve()
            #expect(try await bench.standing(service) == .toConnect)
            try await bench.working {
                try await bench.becomes(.connected, service)
                // Nothing had to be sent for what was so already.
                #expect(await bench.journal() == [])

                try await bench.cut(service)
                #expect([.toCut, .cut].contains(try await bench.standing(service)))
                try await bench.becomes(.cut, service)
                #expect(await bench.profile() == "Morosos")
                try await eventually { await bench.speed() == "64000/64000" }

                try await bench.reconnect(service)
                try await bench.becomes(.connected, service)
                #expect(await bench.profile() == own)
                try await eventually { await bench.speed() == "10000000/20000000" }
                // The customer's return is seen, not only that they may.
                try await eventually { try await norte.database.networkState(of: service)?.isOnline == true }
            }
            #expect(await bench.export() == before)
            let commands = try await bench.commands()
            #expect(commands.count == 4 && commands.allSatisfy { $0.state == .verified })
            #expect(try await sur.database.networkState(of: service) == nil)
            #expect(try await sur.database.routerCommands(limit: 10) == [])
        }
    }

    @Test(arguments: [Router.Cut.list, .disable])
    func `every way to cut is verified and leaves no trace when it is over`(cut: Router.Cut) async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, cut: cut)
            defer { bench.lab.close() }
            let before = await bench.export()
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                try await bench.cut(service)
                try await bench.becomes(.cut, service)
                let isOnline = await bench.speed() != nil
                #expect(isOnline == (cut == .list))
                #expect(await bench.export() != before)
                try await bench.reconnect(service)
                try await bench.becomes(.connected, service)
            }
            #expect(await bench.export() == before)
        }
    }

    @Test func `what is sold new is made on the router, with its password, and nobody reads that again`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            try await norte.database.put([bench.plan: "Plan10"], of: bench.router)
            let service = try await bench.serve("nuevo", password: "muy-secreta")
            try await bench.working { try await bench.becomes(.connected, service) }
            #expect(await bench.profile("nuevo") == "Plan10")
            #expect(await bench.lab.inspect { $0.text("password", of: "nuevo", in: "/ppp/secret") } == "muy-secreta")
            let commands = try await bench.commands()
            #expect(commands.map(\.content).joined().contains("name=nuevo password=•••"))
            let kept = try norte.site.test.superuser().column(
                "SELECT string_agg(c::text, '') FROM router_commands c"
            ).joined()
            #expect(!kept.contains("muy-secreta"))
        }
    }

    @Test func `a service's MAC is given its address by DHCP, and the list cuts it`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await norte.sell(bench.plan)
            var point = AccessPoint(service: service)
            (point.router, point.method, point.address) = (bench.router, .lease, "10.30.0.5")
            func bind() async throws {
                _ = try await bench.acts.bind(
                    point, of: norte.service(service), by: norte.commandLine, in: norte.database)
            }
            point.name = "la de Beto"
            await #expect(throws: RouterRefusal.macUnreadable) { try await bind() }
            point.name = "02-00-00-00-99-0a"
            try await bind()
            try await bench.working {
                try await bench.becomes(.connected, service)
                let leases = try await bench.observe().leases
                #expect(leases["02:00:00:00:99:0A"]?.map(\.address) == ["10.30.0.5"])
                #expect(leases["02:00:00:00:99:0A"]?.first?.speed == AccessSpeed(up: 5_000_000, down: 10_000_000))
                try await bench.cut(service)
                try await bench.becomes(.cut, service)
                #expect(try await bench.observe().listed.map(\.address) == ["10.30.0.5"])
            }
        }
    }

    @Test func `a second service with an address is refused, and one from before never cuts the other`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            func bind(_ name: String, at address: String) async throws -> Service.ID {
                let service = try await norte.sell(bench.plan)
                var point = AccessPoint(service: service)
                (point.router, point.method) = (bench.router, .queue)
                (point.name, point.address) = (name, address)
                _ = try await bench.acts.bind(
                    point, of: norte.service(service), by: norte.commandLine, in: norte.database)
                return service
            }
            let debtor = try await bind("q2", at: "10.30.0.5")
            let title = try await norte.service(debtor).title
            await #expect(throws: RouterRefusal.addressBound(title)) { try await bind("q3", at: "10.30.0.5") }
            let payer = try await bind("q3", at: "10.30.0.6")
            try norte.site.test.superuser().execute(
                """
                UPDATE access_points SET address = '10.30.0.5', address_turn = 1, revision = revision + 1
                WHERE service_id = '\(payer)'
                """)
            func found() async throws -> [String] {
                try await norte.database.networkDifferences(limit: 10).map { "\($0.service) \($0.kind)" }.sorted()
            }
            try await bench.working {
                try await bench.cut(debtor)
                try await eventually {
                    try await found() == ["\(debtor) shared_address", "\(payer) shared_address"].sorted()
                }
                #expect(try await bench.observe().listed == [])
                // Once both are cut, the address is.
                try await bench.cut(payer)
                try await eventually { try await bench.observe().listed.map(\.address) == ["10.30.0.5"] }
                // And whoever pays is let in.
                try await bench.reconnect(payer)
                try await eventually { try await bench.observe().listed == [] }
            }
        }
    }

    @Test func `a debtor in the list who dials anew stays cut, and whoever gets the old address does not`()
        async throws
    {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, cut: .list)
            defer { bench.lab.close() }
            let (debtor, payer) = (try await bench.serve(), try await bench.serve(NetworkBench.login(2)))
            func address(_ number: Int) async -> String? {
                await bench.lab.inspect { $0.text("address", of: NetworkBench.login(number), in: "/ppp/active") }
            }
            try await bench.working {
                for service in [debtor, payer] { try await bench.becomes(.connected, service) }
                try await bench.cut(debtor)
                try await bench.becomes(.cut, debtor)
                let before = (await address(1), await address(2))
                // Both switch off; the debtor is the first to be back.
                await bench.lab.inspect { router in
                    for number in 1...2 { router.disconnect(line: "02:00:00:00:00:0\(number)") }
                    for number in 1...2 {
                        router.connect(
                            line: "02:00:00:00:00:0\(number)", login: NetworkBench.login(number),
                            password: "clave0000\(number)", up: 100_000, down: 800_000)
                    }
                }
                let after = (await address(1), await address(2))
                #expect(after.0 == before.1 && after.1 == before.0)
                // It is looked at again within a minute; here at once.
                try await eventually { try norte.networkJobs(within: "61 seconds") > 0 }
                try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                try await eventually { try await bench.observe().listed.map(\.address) == [after.0] }
                #expect(try await norte.database.networkDifferences(limit: 10) == [])
            }
        }
    }

    @Test func `a router that was lost is compared as a whole once it answers again`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                try await eventually { try !norte.isNetworkBusy }
                let before = try await norte.database.routerHealth(bench.router)?.comparedAt
                try norte.site.test.superuser().execute("UPDATE routers SET health = 'down', failures = 3")
                // Nothing waits for it, and it came back with an older configuration.
                await bench.lab.inspect { $0.put("Morosos", in: "profile", of: NetworkBench.login, at: "/ppp/secret") }
                try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                try await eventually {
                    let health = try await norte.database.routerHealth(bench.router)
                    return health?.state == .up && health?.comparedAt != before
                }
                try await eventually { await bench.profile() != "Morosos" }
            }
        }
    }

    @Test func `while its router is dead a cut is pending, and it is made when the router is back`() async throws {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                await bench.lab.set([LabFault(.refuseLogin)])
                try await bench.cut(service)
                try await eventually { try await norte.database.routerHealth(bench.router)?.failures ?? 0 > 0 }
                #expect(try await bench.standing(service) == .toCut)
                // Nobody reads «Cortado» until the router confirms it.
                #expect(try await norte.sight(of: service) == ["to_cut"])
                #expect(try await sur.sight(of: service).isEmpty)
                #expect(try await norte.database.routerHealth(bench.router)?.trouble.isEmpty == false)
                await bench.lab.set([])
                try await bench.becomes(.cut, service)
                #expect(try await norte.database.routerHealth(bench.router)?.failures == 0)
                #expect(try await norte.sight(of: service) == ["verified"])
            }
            #expect(await bench.profile() == "Morosos")
        }
    }

    @Test func `while the router of somebody who paid is dead, they read that the reconnection is queued`() async throws
    {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            let customer = try await norte.service(service).customer.uuid
            try await bench.working {
                try await bench.becomes(.connected, service)
                try await bench.cut(service)
                try await bench.becomes(.cut, service)
                #expect(try await norte.database.queuedReconnections(of: customer).isEmpty)
                await bench.lab.set([LabFault(.refuseLogin)])
                try await bench.reconnect(service)
                #expect(try await norte.database.queuedReconnections(of: customer).map(\.isPaid) == [false])
                try await norte.pay(customer)
                #expect(try await norte.database.queuedReconnections(of: customer).map(\.isPaid) == [true])
                #expect(try await sur.database.queuedReconnections(of: customer).isEmpty)
                await bench.lab.set([])
                try await bench.becomes(.connected, service)
            }
            #expect(try await norte.database.queuedReconnections(of: customer).isEmpty)
        }
    }

    @Test func `nobody reads that a customer is active before their router has confirmed it`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            let customer = try await norte.service(service).customer
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
            }
            let head = try await ana.see("/panel/customers/\(customer)").text
            #expect(head.contains("data-tone=\"warning\">Por reconectar") && !head.contains(">Activo<"), "\(head)")
            #expect(try await ana.see("/panel/customers").text.contains("Por reconectar"))
            try await bench.working { try await bench.becomes(.connected, service) }
            let later = try await ana.see("/panel/customers/\(customer)").text
            #expect(!later.contains("Por reconectar") && later.contains(">Activo<"))
            #expect(!(try await ana.see("/panel/customers").text.contains("Por reconectar")))
            // Nor that one is whom no router was told of.
            try norte.site.test.superuser().execute(
                "DELETE FROM service_proofs WHERE service_id = '\(service)';"
                    + "DELETE FROM access_points WHERE service_id = '\(service)'")
            let unbound = try await ana.see("/panel/customers/\(customer)").text
            #expect(unbound.contains("Activo, sin ligar a un router") && !unbound.contains(">Activo<"), "\(unbound)")
            #expect(try await ana.see("/panel/customers").text.contains("Activo, sin ligar a un router"))
        }
    }

    @Test func `services are found by user, address and MAC, routers by name, and those that are down are counted`()
        async throws
    {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try norte.site.test.superuser().execute(
                """
                INSERT INTO service_proofs (
                    tenant_id, service_id, desired_revision, access_revision, router_id, access, is_online, token,
                    first_at, proved_at, address, caller)
                VALUES ('\(norte.tenant.id)', '\(service)', 1000, 1000, '\(bench.router)', 'open', true, 1, now(), now(),
                    '10.7.0.9', '02:AB:00:12:34:56')
                """)
            func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
                try await Person(tenant, permissions) { routes, _ in
                    HomeRoutes(rooms: [.routers]).add(to: &routes)
                    SearchRoutes.add(to: &routes)
                }
            }
            let ana = try await person(norte, norte.everything)
            let link = "href=\"/panel/services/\(service)\""
            for text in [
                NetworkBench.login, String(NetworkBench.login.prefix(3)), "10.7.0.9", "02:ab:00:12:34:56",
                "02-AB-00-12-34-56", "02ab00123456",
            ] {
                #expect(try await ana.see("/panel/search?q=\(text)").text.contains(link), "\(text)")
            }
            #expect(!(try await ana.see("/panel/search?q=10.7.0.").text.contains(link)))
            let found = try #require(try await norte.database.router(bench.router))
            for text in [found.name.lowercased(), found.address] {
                let page = try await ana.see("/panel/search?q=\(text.replacing(" ", with: "+"))").text
                #expect(page.contains("href=\"/panel/routers/\(bench.router)\""))
            }
            for other in [try await person(sur, sur.everything), try await person(norte, [.customersRead])] {
                #expect(!(try await other.see("/panel/search?q=10.7.0.9").text.contains(link)))
                #expect(!(try await other.see("/panel/search?q=\(found.address)").text.contains("/panel/routers/")))
                #expect(!(try await other.see("/panel").text.contains("Routers caídos")))
            }
            #expect(try await ana.see("/panel").text.contains("Routers caídos</span><strong>0"))
            try norte.site.test.superuser().execute(
                "UPDATE routers SET health = 'down' WHERE router_id = '\(bench.router)'")
            let home = try await ana.see("/panel").text
            #expect(home.contains("Routers caídos</span><strong>1") && home.contains("/panel/routers?health=down"))
        }
    }

    @Test func `a profile that is missing is named with the way to set it, also before it is needed`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve("nadie", password: "x")
            let ana = try await Person(norte, norte.everything) { routes, _ in
                routes = norte.site.context(of: [.services, .reconciler]).panelRoutes
            }
            let way = "href=\"/panel/routers/\(bench.router)/profiles\""
            try await bench.working {
                try await eventually { try await bench.standing(service) == .different }
                let page = try await ana.see("/panel/network/differences").text
                #expect(page.contains(way) && page.contains("Definir el perfil de"), "\(page)")
            }
            let other = try await norte.makePlan("Más")
            let change = try await ana.send(
                "/panel/services/\(service)/plan-changes/new",
                "plan=\(other)&day=\(norte.tenant.timeZone.day(at: norte.now).iso)")
            #expect(change.text.contains(way) && change.text.contains("no tiene perfil"), "\(change.text)")
            // Another one that is still to be installed, where the router knows other plans.
            try await norte.database.put([other: "Plan20"], of: bench.router)
            let waiting = try await norte.sell(bench.plan, isInstalled: false)
            #expect(try await ana.see("/panel/services/\(waiting)/activations/new").text.contains(way))
            try await norte.database.put([other: "Plan20", bench.plan: "Plan10"], of: bench.router)
            #expect(!(try await ana.see("/panel/services/\(waiting)/activations/new").text.contains(way)))
        }
    }

    @Test func `who is on line before their installation was written down is asked about, not cut`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, cut: .disable)
            defer { bench.lab.close() }
            let service = try await norte.sell(bench.plan, isInstalled: false)
            try await bench.bind(service, to: NetworkBench.login)
            try await bench.working {
                try await eventually { try await !norte.database.networkDifferences(limit: 10).isEmpty }
            }
            #expect(await bench.journal() == [])
            #expect(try await norte.database.networkDifferences(limit: 10).map(\.kind) == ["not_cut"])
        }
    }

    @Test func `a router that says done and does nothing is not believed`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                await bench.lab.set([LabFault(.changeNothing, at: "/ppp/secret/set", times: 1)])
                try await bench.cut(service)
                try await eventually { try await bench.commands().contains { $0.state == .failed } }
                #expect(try await bench.standing(service) != .cut)
                #expect(await bench.profile() != "Morosos")
                // Tried again by itself, and then it is so.
                try await bench.becomes(.cut, service)
            }
            #expect(await bench.profile() == "Morosos")
            let failed = try #require(try await bench.commands().first { $0.state == .failed })
            #expect(failed.reply.contains("Morosos"))
        }
    }

    /// What breaks, at which command: at a change, at the end of a session, at reading.
    private static let faults: [LabFault] = ["/ppp/secret/set", "/ppp/active/remove", "/ppp/secret/print"].flatMap {
        path in
        [.cutAfterBytes(3), .cutAtFirstWord, .cutAfterDone, .halfOpen, .hang, .garbage, .wrongTag].map {
            LabFault($0, at: path, times: 1)
        }
    }

    @Test(arguments: faults)
    func `whatever breaks in between, it ends as it should and nothing is done twice`(fault: LabFault) async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let own = await bench.profile()
            let service = try await bench.serve()
            try await bench.working {
                try await bench.becomes(.connected, service)
                await bench.lab.set([fault])
                try await bench.cut(service)
                try await bench.becomes(.cut, service)
                #expect(await bench.profile() == "Morosos")
                await bench.lab.set([fault])
                try await bench.reconnect(service)
                try await bench.becomes(.connected, service)
            }
            #expect(await bench.profile() == own)
            let sets = await bench.journal().filter { $0.hasPrefix("/ppp/secret/set") }
            #expect(sets.count == 2, "\(sets)")
            #expect(try await bench.commands().allSatisfy { $0.state != .sent })
        }
    }

    @Test func `a router in shadow is looked at and told nothing, until it is activated`() async throws {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte, mode: .shadow)
            defer { bench.lab.close() }
            let (open, debtor) = (try await bench.serve(), try await bench.serve("cliente00002"))
            try await bench.working {
                try await bench.becomes(.connected, open)
                try await bench.cut(debtor)
                try await eventually {
                    try await norte.database.networkDifferences(limit: 10).map(\.kind) == ["not_cut"]
                }
                #expect(try await bench.standing(debtor) == .different)
                // What somebody wants put right waits for the activation as well.
                #expect(try await !norte.database.approveRepair(of: debtor))
                #expect(try await norte.database.differenceCounts(of: bench.router).map(\.count) == [1])
                #expect(try await sur.database.differenceCounts(of: bench.router).isEmpty)
                #expect(await bench.journal() == [])
                try await bench.acts.set(bench.router, to: .active, by: norte.commandLine, in: norte.database)
                try await bench.becomes(.cut, debtor)
            }
            #expect(await bench.profile("cliente00002") == "Morosos")
        }
    }

    /// The proportions of a provider's router: 255 secrets, 198 sessions of which 6 on one secret, 62 off line, 18 in the
    /// profile of debtors and 14 of them in the list.
    @Test func `a living router is taken over: what is on it is counted, and whose it is recognised`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, mode: .shadow, customers: 0)
            defer { bench.lab.close() }
            let shared = NetworkBench.login(100)
            await bench.lab.inspect { router in
                router.furnish(customers: 255, onLine: 0)
                for number in 1...18 {
                    router.put("Morosos", in: "profile", of: NetworkBench.login(number), at: "/ppp/secret")
                }
                // Customers 15 to 18 are off line, and so are those from 198 on.
                for number in (1...14).map({ $0 }) + (19...197) {
                    router.connect(
                        line: "02:00:00:00:01:\(number)", login: NetworkBench.login(number),
                        password: "clave" + NetworkBench.login(number).dropFirst(7), up: 0, down: 0)
                }
                for extra in 1...5 {
                    router.connect(
                        line: "02:00:00:00:02:0\(extra)", login: shared, password: "clave00100", up: 0, down: 0)
                }
            }
            let observed = try await bench.observe()
            let census = RouterCensus(observed, cutProfile: "Morosos")
            #expect(census.secrets == 255 && census.sessions == 198 && census.offline.count == 62)
            #expect(census.shared == [RouterCensus.Shared(login: shared, sessions: 6)])
            #expect(census.inCutProfile.count == 18 && census.notListed == (15...18).map(NetworkBench.login))
            #expect(census.listed == 14 && census.withoutSecret == [])
        }
    }

    @Test func `a payment that was committed before the last check sends nothing`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            let gate = Gate()
            let looks = Counter()
            let frozen = HaltingDriver {
                // The first look proves that it is connected, the second decides the cut.
                if looks.next() == 2 { await gate.pass() }
            }
            try await bench.working(with: [frozen]) {
                try await bench.becomes(.connected, service)
                try await bench.cut(service)
                try await eventually { gate.hasBeenReached }
                try await bench.reconnect(service)
                gate.open()
                try await bench.becomes(.connected, service)
            }
            #expect(await bench.journal() == [])
            #expect(try await bench.commands() == [])
        }
    }

    @Test func `a decision that grew old between two commands is not carried on with`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working { try await bench.becomes(.connected, service) }
            try await bench.cut(service)
            let gate = Gate()
            let frozen = HaltingDriver { point, _ in if point == .afterSending { await gate.pass() } }
            try await bench.working(with: [frozen]) {
                try await eventually { gate.hasBeenReached }
                try await bench.reconnect(service)
                try await Loops.tests.all[1].sleep(for: RouterAlignment.freshness)
                gate.open()
                try await bench.becomes(.connected, service)
            }
            // The session goes on until the account is as it should be again.
            let paths = await bench.journal().map { $0.prefix { $0 != " " } }
            #expect(paths.prefix(2) == ["/ppp/secret/set", "/ppp/secret/set"], "\(paths)")
        }
    }

    @Test func `a worker that was taken for dead sends nothing when it wakes up`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            let gate = Gate()
            let frozen = HaltingDriver { await gate.pass() }
            try await bench.working { try await bench.becomes(.connected, service) }
            try await bench.cut(service)
            try await bench.working(with: [frozen]) {
                try await eventually { gate.hasBeenReached }
                try norte.takeOverRouters()
                try await bench.working { try await bench.becomes(.cut, service) }
                gate.open()
            }
            let journal = await bench.journal()
            #expect(journal.filter { $0.hasPrefix("/ppp/secret/set") }.count == 1)
            let tokens = try norte.site.test.superuser().column("SELECT count(DISTINCT token) FROM router_commands")
            #expect(tokens == ["1"])
        }
    }

    @Test func `what somebody changed by hand is found at night: opened is put right, cut is asked about`() async throws
    {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let (open, cut) = (try await bench.serve(), try await bench.serve("cliente00002"))
            try await bench.working {
                try await bench.becomes(.connected, open)
                try await bench.becomes(.connected, cut)
                try await bench.cut(cut)
                try await bench.becomes(.cut, cut)
                // In Winbox: the one is cut by mistake, the other is let in as a favour.
                await bench.lab.inspect { router in
                    router.put("Morosos", in: "profile", of: NetworkBench.login, at: "/ppp/secret")
                    router.put("Plan20", in: "profile", of: "cliente00002", at: "/ppp/secret")
                }
                try await norte.database.queue(CompareRouters(), at: norte.now)
                try await eventually { try await !norte.database.networkDifferences(limit: 10).isEmpty }
                try await eventually { await bench.profile() == "Plan20" }
                #expect(await bench.profile("cliente00002") == "Plan20")
                let differences = try await norte.database.networkDifferences(limit: 10)
                #expect(differences.map(\.kind) == ["not_cut"] && differences.first?.service == cut)
                #expect(try await bench.standing(cut) == .different)
                #expect(try await sur.database.networkDifferences(limit: 10) == [])

                #expect(try await norte.database.approveRepair(of: cut))
                try await norte.database.queue(AlignRouter(bench.router), at: norte.now)
                try await bench.becomes(.cut, cut)
                #expect(await bench.profile("cliente00002") == "Morosos")
            }
        }
    }

    @Test func `many are cut by one look at the router`() async throws {
        try await withNetworks { norte, _ in
            let bench = try await NetworkBench.open(norte, customers: 60)
            defer { bench.lab.close() }
            var services: [Service.ID] = []
            for number in 1...40 {
                services.append(try await bench.serve("cliente000" + (number < 10 ? "0" : "") + "\(number)"))
            }
            for service in services { try await bench.cut(service) }
            try await bench.working {
                for service in services { try await bench.becomes(.cut, service) }
            }
            #expect(await bench.lab.acceptedCount() <= 5)
            #expect(await bench.journal().filter { $0.hasPrefix("/ppp/secret/set") }.count == 40)
        }
    }

    @Test func `programs are told when a service was verified, and when a router is lost`() async throws {
        try await withNetworks { norte, sur in
            let bench = try await NetworkBench.open(norte)
            defer { bench.lab.close() }
            let service = try await bench.serve()
            try await bench.working { try await bench.becomes(.connected, service) }
            try await norte.database.noteFailure("x", of: bench.router, restingFor: .zero, at: norte.now)
            try await norte.database.noteFailure("x", of: bench.router, restingFor: .zero, at: norte.now)
            await bench.lab.set([LabFault(.refuseLogin)])
            try await bench.cut(service)
            try await bench.working {
                try await eventually { try await norte.database.routerHealth(bench.router)?.state == .down }
            }
            let kinds = try await norte.database.events(limit: 100).map(\.kind)
            #expect(kinds.filter { $0 == "service.verified" }.count == 1)
            #expect(kinds.filter { $0 == "router.unreachable" }.count == 1)
            #expect(norte.site.catalogue.event("service.verified")?.publication != nil)
            #expect(try await !sur.database.events(limit: 100).map(\.kind).contains("service.verified"))
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(NetworkState.Unbound.problems == [])
        #expect(ReconcilerWords.problems + DepartureWords.problems + AddressWords.problems == [])
    }
}
