import Addresses

/// Speaks to one make of antenna.
package protocol AntennaDriver: Sendable {
    /// Reads the configuration in effect and the state.
    func read(_ target: AntennaTarget) async throws(AntennaFailure) -> AntennaReading
    /// Drops the configuration that hides the saved one, and restarts the agent so that it reads the saved one. Only the
    /// child is ended: its parent starts another.
    func restartAgent(of reading: AntennaReading, at target: AntennaTarget) async throws(AntennaFailure) -> AgentRestart
    /// Writes where the agent connects, saves it to flash, reads it back, and restarts the agent.
    func point(
        _ reading: AntennaReading, to connection: String, at target: AntennaTarget
    ) async throws(AntennaFailure) -> AgentRestart
    func reboot(_ target: AntennaTarget) async throws(AntennaFailure)
}

/// Where an antenna answers, and how to get in. Never printed.
package struct AntennaTarget: Sendable {
    /// A user and a password, as one antenna or jump host takes them.
    package struct Login: Sendable, Equatable {
        package let user: String
        package let password: String

        package init(user: String, password: String) { (self.user, self.password) = (user, password) }
    }

    /// A machine on the way.
    package struct Hop: Sendable, Equatable {
        package let address: IPAddress
        package let port: UInt16
        package let login: Login
        /// As the antenna's.
        package let hostKey: String

        package init(address: IPAddress, port: UInt16, login: Login, hostKey: String = "") {
            (self.address, self.port, self.login, self.hostKey) = (address, port, login, hostKey)
        }
    }

    package let address: IPAddress
    package let port: UInt16
    package let login: Login
    /// The first one is the nearest.
    package var hops: [Hop] = []
    /// Its key as OpenSSH writes it: `ssh-rsa AAAA…`. Empty at the first contact.
    package var hostKey = ""
    /// The company accepts signatures and ciphers that are broken today.
    package var allowsOldCryptography = false

    package init(address: IPAddress, port: UInt16, login: Login) {
        (self.address, self.port, self.login) = (address, port, login)
    }
}

extension AntennaTarget: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(address):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why an antenna did not do what it was asked.
package enum AntennaFailure: Error, Equatable {
    case unreachable(String)
    case loginRefused
    /// A machine on the way did not take its password, or showed another key.
    case hopRefused
    /// Another key than the one that is known: another antenna, or reset to factory settings.
    case keyChanged
    /// It only offers what the company did not allow.
    case oldCryptography
    /// The connection ended in the middle.
    case dropped
    case timedOut
    case unreadable(String)
    /// A command did not succeed, with what it answered.
    case refused(String)
    /// The agent is not running, or did not come back.
    case noAgent

    package var word: String {
        switch self {
        case .unreachable: "unreachable"
        case .loginRefused: "login_refused"
        case .hopRefused: "hop_refused"
        case .keyChanged: "key_changed"
        case .oldCryptography: "old_cryptography"
        case .dropped: "dropped"
        case .timedOut: "timed_out"
        case .unreadable: "unreadable"
        case .refused: "refused"
        case .noAgent: "no_agent"
        }
    }

    package var detail: String {
        switch self {
        case .unreachable(let text), .unreadable(let text), .refused(let text): text
        default: ""
        }
    }
}

/// An antenna's configuration in effect and its state. Of the configuration, only what has no secret in it is kept.
package struct AntennaReading: Sendable, Equatable {
    /// Twelve hexadecimal digits in capitals with colons.
    package var mac = ""
    package var name = ""
    package var model = ""
    package var firmware = ""
    /// The key it showed, and those of the machines on the way.
    package var hostKey = ""
    package var hopKeys: [String] = []
    package var ssid = ""
    /// The sector that it is connected to; empty while it is not.
    package var sector = ""
    /// In dBm.
    package var signal: Int?
    /// In percent; newer antennas have none.
    package var ccq: Int?
    /// In seconds.
    package var uptime: Int?
    /// Where the agent is told to connect, in effect and in the saved configuration.
    package var effective = AgentAddress()
    package var saved = AgentAddress()
    /// The configuration in effect tells the agent something else than the saved one.
    package var isShadowed = false
    package var parent: Int?
    package var child: Int?

    package init() {}
}

/// The server that an agent is told to connect to. Its key is not kept.
package struct AgentAddress: Sendable, Equatable {
    package var host = ""
    package var flag = ""
    package var isEnabled = false

    package init() {}

    /// `wss://HOST:443+KEY+FLAG`.
    package init(_ uri: String, isEnabled: Bool) {
        self.isEnabled = isEnabled
        let parts = uri.split(separator: "+", omittingEmptySubsequences: false)
        flag = parts.count > 2 ? String(parts[2...].joined(separator: "+")) : ""
        var authority = parts.first ?? ""
        for scheme in ["wss://", "ws://"] where authority.hasPrefix(scheme) {
            authority = authority.dropFirst(scheme.utf8.count)
        }
        host = (authority.split(separator: ":").first.map(String.init) ?? "").lowercased()
    }
}

/// The agent's processes around a restart.
package struct AgentRestart: Sendable, Equatable {
    package let parent: Int?
    package let childBefore: Int
    package let childAfter: Int
    /// What was run there, with secrets masked.
    package let commands: [String]

    package init(parent: Int?, childBefore: Int, childAfter: Int, commands: [String]) {
        (self.parent, self.childBefore, self.childAfter) = (parent, childBefore, childAfter)
        self.commands = commands
    }
}
