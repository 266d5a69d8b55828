import Identifiers

/// The desired state of one service on its router.
package struct DesiredAccess: Sendable, Equatable {
    package enum State: String, Sendable {
        /// Online with the plan's profile or speed.
        case open
        /// Cut by the router's strategy.
        case closed
        /// Not installed or cancelled: no access.
        case absent
    }

    package enum Method: Sendable, Equatable {
        /// A PPPoE secret. A missing account cannot be created without a password.
        case account(login: String, password: String?, address: String?)
        /// A fixed address with its own queue.
        case queue(name: String, address: String)
        /// A DHCP reservation for a MAC address, with its speed.
        case lease(mac: String, address: String)
    }

    package let service: UUID
    package let state: State
    package let method: Method
    /// The account's profile while open; nil until known.
    package let profile: String?
    /// The queue's limit while open.
    package let speed: AccessSpeed
    /// Whether this state was once read back from the router: a difference now is somebody's change there.
    package let isProven: Bool
    /// The customer's address at that read-back. A changed address is nobody's decision.
    package let provenAddress: String
    /// Other services with its address at this router.
    package let sharing: AddressSharing?
    /// Whether a person said that what is asked about is to be put right.
    package let isApproved: Bool
    /// Whether the account's current profile may be adopted where none is known.
    package let mayAdopt: Bool
    /// Time since we last changed the account: an older session still has the former settings.
    package let changedBefore: Duration?
    /// Whether a session may be ended only for its speed. After several attempts this is left to a person.
    package let mayEndSession: Bool

    package init(
        service: UUID, state: State, method: Method, profile: String? = nil, speed: AccessSpeed = .none,
        isProven: Bool = false, provenAddress: String = "", sharing: AddressSharing? = nil, isApproved: Bool = false,
        mayAdopt: Bool = true, changedBefore: Duration? = nil, mayEndSession: Bool = true
    ) {
        (self.service, self.state, self.method, self.profile) = (service, state, method, profile)
        (self.speed, self.isProven, self.isApproved) = (speed, isProven, isApproved)
        (self.provenAddress, self.sharing) = (provenAddress, sharing)
        (self.mayAdopt, self.changedBefore, self.mayEndSession) = (mayAdopt, changedBefore, mayEndSession)
    }

    /// The comment that marks our list entries.
    package var mark: String { "svc:\(service)" }

    /// The service's name on the router.
    package var name: String {
        switch method {
        case .account(let login, _, _): login
        case .queue(let name, _): name
        case .lease(let mac, _): mac
        }
    }
}

/// One address that several services have: what is done to the address is done to all of them.
package struct AddressSharing: Sendable, Equatable {
    package let address: String
    /// The others, as people know them.
    package let others: String
    /// Whether one of them should be on line.
    package let isOpen: Bool

    package init(_ address: String, with others: String, isOpen: Bool) {
        (self.address, self.others, self.isOpen) = (address, others, isOpen)
    }
}

/// Bits a second, as the customer sees them; 0 is no limit.
package struct AccessSpeed: Sendable, Equatable {
    package let up: UInt64
    package let down: UInt64

    package static let none = AccessSpeed(up: 0, down: 0)

    package init(up: UInt64, down: UInt64) { (self.up, self.down) = (up, down) }
}

/// How a router cuts accounts. Services with a queue or a lease are always cut by the list.
package enum CutStrategy: Sendable, Equatable {
    /// Gives the account the debtors' profile, often with a notice and a few kilobits.
    case profile(String, list: String)
    /// Adds the customer's address to a list that the firewall drops.
    case list(String)
    /// Disables the account.
    case disable(list: String)

    package var list: String {
        switch self {
        case .profile(_, let list), .list(let list), .disable(let list): list
        }
    }
}
