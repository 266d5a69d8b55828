import Identifiers

/// What should be true of one service at its router.
package struct DesiredAccess: Sendable, Equatable {
    package enum State: String, Sendable {
        /// On line with the plan's profile or speed.
        case open
        /// Cut, in the way that the router cuts.
        case closed
        /// Not installed or cancelled: nobody gets in.
        case absent
    }

    package enum Method: Sendable, Equatable {
        /// A PPPoE secret. Without a password an account that is missing cannot be made.
        case account(login: String, password: String?, address: String?)
        /// A fixed address with a queue of its own.
        case queue(name: String, address: String)
        /// The address that the router's DHCP gives to one MAC address, with the speed that goes with it.
        case lease(mac: String, address: String)
    }

    package let service: UUID
    package let state: State
    package let method: Method
    /// The account's profile while it is open; nil until it is known.
    package let profile: String?
    /// The queue's limit while it is open.
    package let speed: AccessSpeed
    /// Whether all of this was seen on the router before: what differs now was changed there by somebody else.
    package let isProven: Bool
    /// Where its customer was on line when that was seen. An address that is another by now was not changed by anybody.
    package let provenAddress: String
    /// Other services with its address at this router.
    package let sharing: AddressSharing?
    /// Whether a person said that what is asked about is to be put right.
    package let isApproved: Bool
    /// Whether the profile that the account has may be taken for its own, where none is known.
    package let mayAdopt: Bool
    /// How long ago we last changed the account: a session that is older still runs under what was before.
    package let changedBefore: Duration?
    /// Whether a session may be ended for nothing but its speed. One that came back wrong several times is left to a person.
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

    /// Stands in the comment of what we add to a list, to know it again.
    package var mark: String { "svc:\(service)" }

    /// How the router knows the service.
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

/// How a router cuts accounts. Addresses with a queue or a lease are always cut by the list.
package enum CutStrategy: Sendable, Equatable {
    /// The account gets the profile of debtors, often with a notice and a few kilobits.
    case profile(String, list: String)
    /// The customer's address stands in a list that the firewall drops.
    case list(String)
    /// The account is disabled.
    case disable(list: String)

    package var list: String {
        switch self {
        case .profile(_, let list), .list(let list), .disable(let list): list
        }
    }
}
