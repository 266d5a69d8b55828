import Access
import AccessProtocol
import Events
import Identifiers
import Loop
import Plans
import Postgres
import Routers
import Services
import Time

/// A service's entries on its former router. They are removed once the service is verified on the new one.
struct Leftover: Sendable {
    let service: Service.ID
    let number: Int
    let planName: String
    let revision: Int
    let method: AccessPoint.Method
    let name: String

    var subject: Act.Subject { Act.Subject("service", service.uuid, named: "\(planName) (\(number))") }

    /// As the comparison knows it.
    var access: DesiredAccess {
        DesiredAccess(service: service.uuid, state: .absent, method: method.desired(name: name))
    }

    func steps(at observed: ObservedAccess, list: String) -> [AccessStep] {
        observed.removal(of: access.method, marked: access.mark, in: list)
    }
}

extension RouterAlignment {
    /// Keeps batches small, so that each is rechecked just before it is sent.
    private static let leftoversAtOnce = 32

    /// Returns whether nothing removable is left.
    func removeLeftovers(_ router: Router, _ session: any AccessSession) async throws -> Bool {
        var rest = try await database.leftovers(at: router.id)[...]
        var isClean = true
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Self.leftoversAtOnce))
            rest = rest.dropFirst(batch.count)
            if try await !remove(batch, router, session) { isClean = false }
        }
        return isClean
    }

    private func remove(_ batch: [Leftover], _ router: Router, _ session: any AccessSession) async throws -> Bool {
        let part = ObservedPart.names(Set(batch.map(\.name)))
        let observed = try await session.observe(part, list: router.cutList)
        let (checkedAt, now) = (Monotonic.read(), time.now())
        let orders = try await database.transaction { database in
            let due = Set(try await database.leftovers(at: router.id, of: batch.map(\.service)).map(\.service))
            let orders = batch.filter { due.contains($0.service) }.flatMap { leftover in
                leftover.steps(at: observed, list: router.cutList).map { step in
                    (
                        service: leftover.service, revision: leftover.revision,
                        command: Order.Command(
                            id: .make(milliseconds: now.milliseconds, from: randomness), step: step,
                            text: dialer.driver.text(of: step))
                    )
                }
            }
            try await database.write(orders, to: router.id, token: token, at: now)
            return orders
        }
        var outcomes: [CommandOutcome] = []
        var failure: AccessFailure?
        await withTaskGroup(of: (outcomes: [CommandOutcome], failure: AccessFailure?).self) { group in
            for one in Dictionary(grouping: orders, by: \.service).values {
                group.addTask { await carryOut(one.map(\.command), checkedAt, session) }
            }
            for await one in group {
                outcomes += one.outcomes
                failure = failure ?? one.failure
            }
        }
        let left = failure == nil ? try await session.observe(part, list: router.cutList) : observed
        let gone = failure == nil ? batch.filter { $0.steps(at: left, list: router.cutList).isEmpty } : []
        let done = outcomes
        try await database.transaction { database in
            try await database.write(done, at: time.now())
            try await database.forget(gone, at: router, now: time.now(), from: randomness)
        }
        if let failure { throw failure }
        return gone.count == batch.count
    }

    /// Sends one service's commands in order.
    private func carryOut(
        _ commands: [Order.Command], _ checkedAt: Monotonic, _ session: any AccessSession
    ) async -> (outcomes: [CommandOutcome], failure: AccessFailure?) {
        var rest = commands[...]
        while let command = rest.first, Monotonic.read() - checkedAt < Self.freshness {
            rest = rest.dropFirst()
            do throws(AccessFailure) {
                try await session.perform(command.step)
            } catch {
                return (
                    [CommandOutcome(id: command.id, result: .failed(error.reason))]
                        + rest.map { CommandOutcome(id: $0.id, result: .unsent) }, error.isOfDevice ? error : nil
                )
            }
        }
        return (rest.map { CommandOutcome(id: $0.id, result: .unsent) }, nil)
    }

    /// Stores PPPoE passwords known only to the router: without them a spare could not replace it.
    func keepPasswords(of targets: [ServiceTarget], _ session: any AccessSession) async throws {
        let unknown = targets.filter(\.lacksPassword)
        guard !unknown.isEmpty else { return }
        let found = try await session.passwords(of: Set(unknown.map(\.name)))
        for target in unknown {
            guard let password = found[target.name], !password.isEmpty else { continue }
            let sealed = try await dialer.seal(password, of: target.service, at: time.now(), in: database)
            try await database.transaction { database in
                try await database.keepPassword(sealed, of: target.service, at: router)
            }
        }
    }
}

extension AccessPoint.Method {
    func desired(name: String, password: String? = nil, address: String = "") -> DesiredAccess.Method {
        switch self {
        case .pppoe: .account(login: name, password: password, address: address.isEmpty ? nil : address)
        case .queue: .queue(name: name, address: address)
        case .lease: .lease(mac: name, address: address)
        }
    }
}

extension TenantDatabase {
    /// Leftovers whose service is verified on its new router, and whose name nobody else has here.
    private func dueLeftovers(at router: Router.ID) -> SQL {
        """
        FROM access_leftovers l
        JOIN access_points a ON a.tenant_id = l.tenant_id AND a.service_id = l.service_id AND a.router_id <> l.router_id
        JOIN desired_services d ON d.tenant_id = l.tenant_id AND d.service_id = l.service_id
        WHERE l.tenant_id = \(tenant) AND l.router_id = \(router) AND EXISTS (
            SELECT FROM service_proofs f
            WHERE f.tenant_id = l.tenant_id AND f.service_id = l.service_id AND f.desired_revision = d.revision
                AND f.access_revision = a.revision AND f.router_id = a.router_id)
            AND NOT EXISTS (
                SELECT FROM access_points o
                WHERE o.tenant_id = l.tenant_id AND o.router_id = l.router_id AND o.method = l.method AND o.name = l.name)
        """
    }

    func hasLeftovers(at router: Router.ID) async throws(DatabaseError) -> Bool {
        try await value("SELECT EXISTS (SELECT \(dueLeftovers(at: router)))") ?? false
    }

    func leftovers(at router: Router.ID, of services: [Service.ID]? = nil) async throws(DatabaseError) -> [Leftover] {
        let which: SQL = services.map { "AND due.service_id = ANY (\($0))" } ?? .nothing
        return try await rows(
            """
            SELECT due.service_id, s.number, p.name AS plan_name, due.revision, due.method, due.name
            FROM (SELECT l.service_id, l.method, l.name, d.revision, d.plan_id \(dueLeftovers(at: router))) due
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = due.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = due.plan_id
            WHERE TRUE \(which) ORDER BY due.name, due.service_id
            """)
    }

    /// Routers with leftovers of these services.
    func routersLeft(by services: [Service.ID]) async throws(DatabaseError) -> [Router.ID] {
        guard !services.isEmpty else { return [] }
        let rows: [RouterLeft] = try await rows(
            """
            SELECT DISTINCT router_id FROM access_leftovers
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(services))
            """)
        return rows.map(\.router)
    }

    func forget(
        _ gone: [Leftover], at router: Router, now: Instant, from randomness: Randomness
    ) async throws {
        guard !gone.isEmpty else { return }
        try await execute(
            """
            DELETE FROM access_leftovers l USING unnest(
                \(gone.map(\.service)), \(gone.map(\.method.rawValue)), \(gone.map(\.name))) given(service, method, name)
            WHERE l.tenant_id = \(tenant) AND l.router_id = \(router.id) AND l.service_id = given.service
                AND l.method = given.method AND l.name = given.name
            """)
        try await settleCommands(of: router.id, verified: gone.map(\.service), failed: [], at: now)
        try await announceChange()
        for leftover in gone {
            try await record(
                Act(
                    .accessLeft, leftover.subject,
                    after: [Act.Detail("router", router.name), Act.Detail("name", leftover.name)]),
                by: .commandLine, at: now, from: randomness)
        }
    }

    func keepPassword(_ sealed: [UInt8], of service: Service.ID, at router: Router.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE access_points SET password = \(sealed)
            WHERE tenant_id = \(tenant) AND service_id = \(service) AND router_id = \(router) AND password IS NULL
            """)
    }
}

private struct RouterLeft: RowReadable {
    let router: Router.ID

    init(row: Row) throws(DatabaseError) { router = try row.read("router_id") }
}

extension Leftover: RowReadable {
    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        number = try row.read("number")
        planName = try row.read("plan_name")
        revision = try row.read("revision")
        method = try row.word("method")
        name = try row.read("name")
    }
}
