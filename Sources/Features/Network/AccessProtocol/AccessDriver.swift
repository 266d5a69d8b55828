import Addresses
import Loop

/// A driver for one kind of access device, such as MikroTik routers.
package protocol AccessDriver: Sendable {
    func open(_ target: AccessTarget, on loop: EventLoop) async throws(AccessFailure) -> any AccessSession
    /// The step as it is stored and shown: in the device's own syntax, without secrets.
    func text(of step: AccessStep) -> String
}

/// A signed-in connection to a device; its steps may run concurrently.
package protocol AccessSession: Sendable {
    func identify() async throws(AccessFailure) -> DeviceIdentity
    func observe(_ part: ObservedPart, list: String) async throws(AccessFailure) -> ObservedAccess
    func perform(_ step: AccessStep) async throws(AccessFailure)
    /// The passwords of these accounts, where our user may read them: needed to create them on another router.
    func passwords(of logins: Set<String>) async throws(AccessFailure) -> [String: String]
    func pools() async throws(AccessFailure) -> [AddressPool]
    /// Sends a few pings from the device.
    func ping(_ address: IPAddress) async throws(AccessFailure) -> PingAnswer
    func close()
}

/// A device's address and our credentials. Never printed.
package struct AccessTarget: Sendable {
    package enum Security: Sendable, Equatable {
        case plain
        /// TLS with the certificate of this SHA-256 fingerprint; nil accepts any, for the first contact.
        case tls(fingerprint: [UInt8]?)
        /// TLS without a certificate.
        case anonymousTLS
    }

    package let address: IPAddress
    package let port: UInt16
    package let security: Security
    package let login: String
    package let password: String

    package init(address: IPAddress, port: UInt16, security: Security, login: String, password: String) {
        (self.address, self.port, self.security) = (address, port, security)
        (self.login, self.password) = (login, password)
    }
}

extension AccessTarget: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(address):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

package struct DeviceIdentity: Sendable, Equatable {
    package let name: String
    package let version: String
    package let board: String
    package let serialNumber: String?
    /// SHA-256 of the TLS certificate shown.
    package let fingerprint: [UInt8]?
    /// Our user's permissions; nil where the device does not tell.
    package let policies: Set<String>?

    package init(
        name: String, version: String, board: String, serialNumber: String?, fingerprint: [UInt8]?,
        policies: Set<String>?
    ) {
        (self.name, self.version, self.board) = (name, version, board)
        (self.serialNumber, self.fingerprint, self.policies) = (serialNumber, fingerprint, policies)
    }

    /// The permissions without which nothing can be read or changed.
    package static let neededPolicies = ["api", "read", "write", "test"]

    package var missingPolicies: [String] {
        policies.map { policies in Self.neededPolicies.filter { !policies.contains($0) } } ?? []
    }
}

/// Why a device was not reached or did not carry out a command.
package enum AccessFailure: Error, Equatable {
    /// The device does not answer.
    case unreachable(String)
    /// The certificate is not the pinned one.
    case untrusted(String)
    /// The device rejected our credentials.
    case signInRefused(String)
    /// The device refused, and nothing was changed.
    case refused(String)
    /// No reply confirms the command: read back before repeating.
    case uncertain(String)

    /// Whether the device or the connection is at fault, not one command.
    package var isOfDevice: Bool { if case .refused = self { false } else { true } }

    package var reason: String {
        switch self {
        case .unreachable(let text), .untrusted(let text), .signInRefused(let text), .refused(let text),
            .uncertain(let text):
            text
        }
    }
}
