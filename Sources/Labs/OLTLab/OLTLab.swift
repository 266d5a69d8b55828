import Addresses
import Loop
import Sockets

/// An OLT that does not exist, at a real port: telnet with its pager, prompts, questions and error texts, and the fibre
/// behind it. The peer of the command-line driver for tests and the demo.
package final class OLTLab: Sendable {
    package struct Plan: Sendable {
        package var vendor: LabVendor
        package var login = "mastil"
        package var password = "clave"
        /// Empty: `enable` asks for none.
        package var enablePassword = ""
        package var ports = 4
        /// Customers' ONUs that are registered already, spread over the ports.
        package var units = 0
        /// ONUs that ask to be registered.
        package var asking = 0
        package var faults: [LabFault] = []
        /// Every kind of profile and ONU type that the OLT has by name.
        package var profiles: Set<String> = [
            "10", "20", "30", "100M", "200M", "300M", "F660", "AN5506-04-F", "line-100", "srv-100",
        ]
        package var vlans: [Int] = [100, 200, 300]

        package init(_ vendor: LabVendor) { self.vendor = vendor }
    }

    private let server: Confined<LabServer>

    private init(_ server: Confined<LabServer>) { self.server = server }

    deinit { close() }

    package static func start(_ plan: Plan, on loop: EventLoop) async -> OLTLab {
        let server: Confined<LabServer> = await withUnsafeContinuation { continuation in
            loop.perform { continuation.resume(returning: Confined(LabServer(plan, on: loop), on: loop)) }
        }
        return OLTLab(server)
    }

    /// The serial number of the registered customer's or the asking ONU with this number, as the lab makes them up.
    package static func serial(_ number: Int, asking: Bool = false, of vendor: LabVendor = .huawei) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return vendor.maker + (asking ? "5" : "1") + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    package func listen(at address: IPAddress = .loopback, port: UInt16 = 0) async throws(SocketError) -> UInt16 {
        let result: Result<UInt16, SocketError> = await with { server in
            Result { () throws(SocketError) in try server.listen(at: address, port: port) }
        }
        return try result.get()
    }

    /// Looks at the plant, or changes it, between commands.
    package func inspect<Result: Sendable>(_ look: @escaping @Sendable (LabPlant) -> Result) async -> Result {
        await with { look($0.plant) }
    }

    package func set(_ faults: [LabFault]) async { await with { $0.faults.all = faults } }

    /// The most sessions that were open at once.
    package func mostSessions() async -> Int { await with { $0.mostSessions } }

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

/// The lab on its loop.
final class LabServer {
    let loop: EventLoop
    let plan: OLTLab.Plan
    let plant = LabPlant()
    var faults = LabFaults()
    /// The interface that each session configures.
    var interfaces: [ObjectIdentifier: String] = [:]
    private(set) var mostSessions = 0
    private var listeners: [SocketListener] = []
    private var sessions: [ObjectIdentifier: LabSession] = [:]

    init(_ plan: OLTLab.Plan, on loop: EventLoop) {
        (self.plan, self.loop) = (plan, loop)
        faults.all = plan.faults
        let ports = max(1, plan.ports)
        for number in 0..<plan.units {
            let port = plan.vendor.port(number % ports)
            let serial = OLTLab.serial(number + 1, of: plan.vendor)
            plant.register(
                serial, at: port, number: number / ports + 1, description: "Cliente_\(number + 1)")
            plant.plugs[serial]?.received = -1800 - number * 37 % 700
        }
        for number in 0..<plan.asking {
            plant.plug(
                OLTLab.serial(number + 1, asking: true, of: plan.vendor), at: plan.vendor.port(number % ports),
                model: "F660",
                received: -2050 - number * 90)
        }
    }

    func listen(at address: IPAddress, port: UInt16) throws(SocketError) -> UInt16 {
        let listener = try SocketListener(at: address, port: port, on: loop) { [unowned self] descriptor, _ in
            let session = LabSession(SocketConnection(descriptor, on: loop), of: self)
            sessions[ObjectIdentifier(session)] = session
            session.start()
        }
        listeners.append(listener)
        return listener.port
    }

    func signedIn() { mostSessions = max(mostSessions, sessions.count) }

    func forget(_ session: LabSession) {
        interfaces[ObjectIdentifier(session)] = nil
        sessions[ObjectIdentifier(session)] = nil
    }

    func close() {
        for listener in listeners { listener.close() }
        listeners = []
        for session in sessions.values { session.close() }
        sessions = [:]
    }
}
