import Synchronization

/// Antennas of Ubiquiti that do not exist, each at an address of its own.
package final class AirOSLab: Sendable {
    package let server: LabServer
    private let antennas: Mutex<[String: LabAntenna]>
    /// Told of each antenna that the server has let in, by its MAC address.
    private let onConnection: @Sendable (String) -> Void

    package init(
        _ antennas: [String: LabAntenna], server: LabServer = LabServer(),
        onConnection: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.antennas = Mutex(antennas)
        (self.server, self.onConnection) = (server, onConnection)
    }

    package var addresses: [String] { antennas.withLock { $0.keys.sorted() } }

    package func antenna(at address: String) -> LabAntenna? { antennas.withLock { $0[address] } }

    package func change(at address: String, _ change: (inout LabAntenna) -> Void) {
        antennas.withLock { antennas in
            guard var antenna = antennas[address] else { return }
            change(&antenna)
            antennas[address] = antenna
        }
    }

    /// So many antennas are connected to the server.
    package var connected: Int {
        antennas.withLock { antennas in
            antennas.values.count { $0.child != nil && server.admits($0.connection, of: $0.mac).isIn }
        }
    }

    /// Runs a line in an antenna's shell, once its SSH server has let somebody in.
    package func run(_ line: String, input: [UInt8], at address: String) -> (status: Int32, output: [UInt8])? {
        let (answer, joined): ((Int32, [UInt8])?, String?) = antennas.withLock { antennas in
            guard var antenna = antennas[address] else { return (nil, nil) }
            let (status, output, restarted) = antenna.run(line, input: input)
            var joined: String?
            if restarted, antenna.child != nil {
                let (isIn, isEnrolment) = server.admits(antenna.connection, of: antenna.mac)
                if isEnrolment {
                    antenna.enrol(
                        with: "wss://\(server.host):443+\(LabServer.ownKey(of: antenna.mac))+allowUntrustedCertificate")
                }
                if isIn { joined = antenna.mac }
            }
            antennas[address] = antenna
            return ((status, output), joined)
        }
        if let joined { onConnection(joined) }
        return answer
    }
}
