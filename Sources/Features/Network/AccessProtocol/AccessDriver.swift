import Addresses
import Loop

/// What an access device must do to be driven: MikroTik's routers today, others through the same protocol.
package protocol AccessDriver: Sendable {
    func open(_ target: AccessTarget, on loop: EventLoop) async throws(AccessFailure) -> any AccessSession
    /// The step as it is kept and shown, in the device's own words and without secrets.
    func text(of step: AccessStep) -> String
}

/// Signed in at a device; its steps may run side by side.
package protocol AccessSession: Sendable {
    func identify() async throws(AccessFailure) -> DeviceIdentity
    func observe(_ part: ObservedPart, list: String) async throws(AccessFailure) -> ObservedAccess
    func perform(_ step: AccessStep) async throws(AccessFailure)
    /// Of the accounts of these names, where our user may read them: what another router would need to let them in.
    func passwords(of logins: Set<String>) async throws(AccessFailure) -> [String: String]
    func pools() async throws(AccessFailure) -> [AddressPool]
    /// A few times, from the device itself.
    func ping(_ address: IPAddress) async throws(AccessFailure) -> PingAnswer
    func close()
}

/// Where a device answers and who we are there. Never printed.
package struct AccessTarget: Sendable {
    package enum Security: Sendable, Equatable {
        case plain
        /// TLS with the certificate that has this SHA-256; with any at the first contact.
        case tls(fingerprint: [UInt8]?)
        /// TLS of a device that has no certificate.
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
    /// Of the TLS certificate that was shown.
    package let fingerprint: [UInt8]?
    /// What our user may do there; nil where the device does not say.
    package let policies: Set<String>?

    package init(
        name: String, version: String, board: String, serialNumber: String?, fingerprint: [UInt8]?,
        policies: Set<String>?
    ) {
        (self.name, self.version, self.board) = (name, version, board)
        (self.serialNumber, self.fingerprint, self.policies) = (serialNumber, fingerprint, policies)
    }

    /// Without these nothing can be read or changed.
    package static let neededPolicies = ["api", "read", "write", "test"]

    package var missingPolicies: [String] {
        policies.map { policies in Self.neededPolicies.filter { !policies.contains($0) } } ?? []
    }
}

/// Why a device could not be asked, or did not do what it was told.
package enum AccessFailure: Error, Equatable {
    /// It does not answer.
    case unreachable(String)
    /// It shows another certificate than the one we know.
    case untrusted(String)
    /// It does not let our user in.
    case signInRefused(String)
    /// It said no, and nothing was changed.
    case refused(String)
    /// No answer says what became of it: to be read back.
    case uncertain(String)

    /// The device or the way there is at fault, not one command.
    package var isOfDevice: Bool { if case .refused = self { false } else { true } }

    package var reason: String {
        switch self {
        case .unreachable(let text), .untrusted(let text), .signInRefused(let text), .refused(let text),
            .uncertain(let text):
            text
        }
    }
}
