import AntennaProtocol

/// Runs one command on an antenna.
package protocol RemoteShell: Sendable {
    /// The command is a text of this driver's own; what comes from elsewhere goes in as input.
    func run(
        _ command: String, input: [UInt8], on target: AntennaTarget
    ) async throws(AntennaFailure) -> ShellAnswer
}

package struct ShellAnswer: Sendable, Equatable {
    package let status: Int32
    package let output: [UInt8]
    /// The key of the machine that answered, as OpenSSH writes it.
    package let hostKey: String
    /// Those of the machines on the way.
    package let hopKeys: [String]

    package init(status: Int32, output: [UInt8], hostKey: String, hopKeys: [String] = []) {
        (self.status, self.output, self.hostKey, self.hopKeys) = (status, output, hostKey, hopKeys)
    }
}
