import Time
import WebClient

/// A program that keeps a provider's antennas, such as Ubiquiti's UISP.
package protocol FleetController: Sendable {
    /// Asks for what each part of the interface needs, and says what it found.
    func examine(_ target: FleetTarget) async throws(FleetFailure) -> FleetExamination
    func devices(of target: FleetTarget) async throws(FleetFailure) -> [ControlledDevice]
    func sites(of target: FleetTarget) async throws(FleetFailure) -> [ControlledSite]
    /// The newest ones.
    func outages(of target: FleetTarget) async throws(FleetFailure) -> [ControlledOutage]
    /// Admits a device to a site.
    func authorize(_ device: String, into site: String, of target: FleetTarget) async throws(FleetFailure)
    /// Takes a device off the controller's list. A device that is gone already is no failure.
    func remove(_ device: String, of target: FleetTarget) async throws(FleetFailure)
    /// Drops the key that the controller shares with a device, so that both agree on a new one.
    func renewKey(of device: String, at target: FleetTarget) async throws(FleetFailure)
}

/// Where a controller answers, and the key to it. Never printed.
package struct FleetTarget: Sendable {
    /// `https://uisp.example.net`, without a path.
    package let origin: String
    package let token: String
    package let egress: Egress
    package let trust: WebRequest.Trust

    package init(origin: String, token: String, egress: Egress, trust: WebRequest.Trust) {
        (self.origin, self.token, self.egress, self.trust) = (origin, token, egress, trust)
    }
}

extension FleetTarget: CustomStringConvertible, CustomReflectable {
    package var description: String { origin }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a controller did not do what it was asked.
package enum FleetFailure: Error, Equatable {
    case unreachable(String)
    /// Another server than the one whose key is known.
    case untrusted(String)
    case tokenRefused
    /// The token may read but not write.
    case notAllowed
    /// Asked too often.
    case tooMany
    /// Its own fault, with the HTTP status.
    case troubled(Int)
    /// A web page instead of data: the address is not that of the interface.
    case notData
    /// A member is missing or of another type, as in a version that nobody knew.
    case unreadable(String)
    case refused(String)

    /// Stored and shown by this word; what follows is the controller's own.
    package var word: String {
        switch self {
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .tokenRefused: "token_refused"
        case .notAllowed: "not_allowed"
        case .tooMany: "too_many"
        case .troubled: "troubled"
        case .notData: "not_data"
        case .unreadable: "unreadable"
        case .refused: "refused"
        }
    }

    package var detail: String {
        switch self {
        case .unreachable(let text), .untrusted(let text), .unreadable(let text), .refused(let text): text
        case .troubled(let status): "\(status)"
        case .tokenRefused, .notAllowed, .tooMany, .notData: ""
        }
    }
}

/// What a controller showed when it was tried.
package struct FleetExamination: Sendable, Equatable {
    /// Empty where the controller does not tell.
    package let version: String
    package let devices: Int
    package let sites: Int

    package init(version: String, devices: Int, sites: Int) {
        (self.version, self.devices, self.sites) = (version, devices, sites)
    }
}

/// A device as the controller lists it. Empty texts are what it does not tell.
package struct ControlledDevice: Sendable, Equatable {
    package let id: String
    /// Twelve hexadecimal digits in capitals with colons; empty where unreadable.
    package var mac = ""
    package var name = ""
    package var model = ""
    package var role = ""
    package var firmware = ""
    package var status = ""
    package var isAuthorized = false
    package var address = ""
    package var ssid = ""
    package var site = ""
    package var siteName = ""
    /// In dBm.
    package var signal: Int?
    package var lastSeenAt: Instant?
    /// The keys that the device and the controller hold differ.
    package var failsDecryption = false

    package init(id: String) { self.id = id }
}

/// A tower, or a customer's place.
package struct ControlledSite: Sendable, Equatable {
    package enum Kind: String, Sendable { case site, endpoint }

    package let id: String
    package let name: String
    package let kind: Kind
    package let parent: String
    /// The client of the controller's own books that lives there; empty without one.
    package let client: String
    package let isSuspended: Bool

    package init(id: String, name: String, kind: Kind, parent: String, client: String, isSuspended: Bool) {
        (self.id, self.name, self.kind) = (id, name, kind)
        (self.parent, self.client, self.isSuspended) = (parent, client, isSuspended)
    }
}

package struct ControlledOutage: Sendable, Equatable {
    package let id: String
    package let device: String
    package let name: String
    package let startedAt: Instant
    /// Nil while it lasts.
    package let endedAt: Instant?

    package init(id: String, device: String, name: String, startedAt: Instant, endedAt: Instant?) {
        (self.id, self.device, self.name) = (id, device, name)
        (self.startedAt, self.endedAt) = (startedAt, endedAt)
    }
}
