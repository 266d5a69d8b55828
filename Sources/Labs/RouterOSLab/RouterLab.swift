import Addresses
import Loop
import Sockets
import Time

/// A simulated router on real ports: the peer of the RouterOS driver for tests, the demo and other clients. It has the
/// menus, error texts and quirks of RouterOS; its subscribers dial in by themselves.
package final class RouterLab: Sendable {
    package struct Plan: Sendable {
        package var version = LabVersion(7, 19)
        package var customers = 0
        package var onLinePercent = 80
        package var latency = Duration.zero
        package var faults: [LabFault] = []
        package var packages: Set<String> = []
        /// The password of the user `admin`.
        package var password = ""
        package var redialDelay = Duration.seconds(2)

        /// The first half of the customers' MAC addresses.
        package var maker = "02:00:00"

        package init() {}
    }

    package enum Encryption: Sendable {
        /// Like a router without a certificate: anonymous Diffie-Hellman.
        case withoutCertificate
        /// Both in PEM.
        case certificate(chain: [UInt8], key: [UInt8])
    }

    private let server: Confined<LabServer>

    private init(_ server: Confined<LabServer>) { self.server = server }

    deinit { close() }

    /// With a given clock, time stands still until `advance`; with the system's, it passes by itself.
    package static func start(_ plan: Plan, clock: TimeSource? = nil, on loop: EventLoop) async -> RouterLab {
        let server: Confined<LabServer> = await withUnsafeContinuation { continuation in
            loop.perform { continuation.resume(returning: Confined(build(plan, clock, on: loop), on: loop)) }
        }
        return RouterLab(server)
    }

    private static func build(_ plan: Plan, _ clock: TimeSource?, on loop: EventLoop) -> LabServer {
        let source = clock ?? .system
        let router = LabRouter(plan.version, at: source.now(), packages: plan.packages)
        router.redialDelay = plan.redialDelay
        router.setPassword(plan.password, of: "admin")
        if plan.customers > 0 {
            router.furnish(customers: plan.customers, onLine: plan.onLinePercent, maker: plan.maker)
        }
        let server = LabServer(
            router, clock: source, runsByItself: clock == nil, latency: plan.latency, on: loop)
        server.faults.all = plan.faults
        return server
    }

    /// Opens a port, any free one for 0, and returns its number.
    package func listen(
        at address: IPAddress = .loopback, port: UInt16 = 0, _ encryption: Encryption? = nil
    ) async throws(SocketError) -> UInt16 {
        let context: TLSContext? =
            switch encryption {
            case nil: nil
            case .withoutCertificate: try TLSContext(server: nil)
            case .certificate(let chain, let key): try TLSContext(server: (chain, key))
            }
        return try await open(at: address, port: port, context, isControl: false)
    }

    /// Opens the lab's control port.
    package func listenForControl(at address: IPAddress = .loopback, port: UInt16 = 0) async throws(SocketError)
        -> UInt16
    {
        try await open(at: address, port: port, nil, isControl: true)
    }

    private func open(
        at address: IPAddress, port: UInt16, _ context: TLSContext?, isControl: Bool
    ) async throws(SocketError) -> UInt16 {
        let result: Result<UInt16, SocketError> = await with { server in
            Result { () throws(SocketError) in
                try server.listen(at: address, port: port, encryptedBy: context, isControl: isControl)
            }
        }
        return try result.get()
    }

    /// Reads or changes the router's state between commands.
    package func inspect<Result: Sendable>(_ look: @escaping @Sendable (LabRouter) -> Result) async -> Result {
        await with { server in
            server.catchUp()
            defer { server.settle() }
            return look(server.router)
        }
    }

    package func set(_ faults: [LabFault]) async { await with { $0.faults.all = faults } }

    package func set(latency: Duration) async { await with { $0.latency = latency } }

    package func advance(by span: Duration) async {
        await with { server in
            server.router.advance(by: span)
            server.settle()
        }
    }

    /// Resets all connections.
    package func cutConnections() async { await with { $0.cutAll() } }

    package func connectionCount() async -> Int { await with { $0.openCount } }

    /// The number of connections so far.
    package func acceptedCount() async -> Int { await with { $0.acceptedCount } }

    package func close() {
        let server = server
        server.loop.perform { server.object.close() }
    }

    private func with<Result: Sendable>(_ work: @escaping @Sendable (LabServer) -> Result) async -> Result {
        let server = server
        return await withUnsafeContinuation { continuation in
            server.loop.perform { continuation.resume(returning: work(server.object)) }
        }
    }
}

extension LabRouter {
    package func setPassword(_ password: String, of user: String) {
        let menu = table("/user")
        guard let id = tables[menu].named(user).first, let position = tables[menu].position("password") else { return }
        update(menu, id, [(position, password)])
    }

    /// A property of the row with that name.
    package func text(_ property: String, of name: String, in path: String) -> String? {
        guard let id = tables[table(path)].named(name).first else { return nil }
        return value(property, of: id, in: path)
    }

    /// A change made by hand in WinBox.
    package func put(_ value: String, in property: String, of name: String, at path: String) {
        let menu = table(path)
        guard let id = tables[menu].named(name).first, let position = tables[menu].position(property) else { return }
        update(menu, id, [(position, value)])
    }

    package func addGroup(_ name: String, policies: String) {
        insert("/user/group", ["name": name, "policy": policies])
    }

    /// A DHCP lease for a device that asked.
    package func lease(address: String, to mac: String) {
        insert(
            "/ip/dhcp-server/lease",
            ["address": address, "mac-address": mac, "dynamic": "true", "status": "bound", "active-address": address])
    }

    /// Adds a user to a group, `read`, `write`, `full` or a new one.
    package func addUser(_ name: String, password: String, group: String) {
        insert("/user", ["name": name, "password": password, "group": group])
    }
}
