/// A router's state, read in one pass.
package struct ObservedAccess: Sendable, Equatable {
    /// A PPPoE secret.
    package struct Account: Sendable, Equatable {
        package let id: String
        package let login: String
        package let profile: String
        package let isDisabled: Bool
        package let address: String?
        package let comment: String

        package init(
            id: String, login: String, profile: String, isDisabled: Bool = false, address: String? = nil,
            comment: String = ""
        ) {
            (self.id, self.login, self.profile) = (id, login, profile)
            (self.isDisabled, self.address, self.comment) = (isDisabled, address, comment)
        }
    }

    /// A live session of an account.
    package struct Session: Sendable, Equatable {
        package let id: String
        package let login: String
        package let address: String?
        package let uptime: Duration?
        /// The MAC address that dialled.
        package let caller: String?
        /// The limit that the router applies; nil where it does not tell.
        package let speed: AccessSpeed?

        package init(
            id: String, login: String, address: String? = nil, uptime: Duration? = nil, caller: String? = nil,
            speed: AccessSpeed? = nil
        ) {
            (self.id, self.login, self.address, self.uptime) = (id, login, address, uptime)
            (self.caller, self.speed) = (caller, speed)
        }
    }

    /// A simple queue, or a DHCP lease with its MAC address for a name.
    package struct Queue: Sendable, Equatable {
        package let id: String
        package let name: String
        package let address: String
        package let speed: AccessSpeed
        package let isDisabled: Bool
        package let comment: String

        package init(
            id: String, name: String, address: String, speed: AccessSpeed, isDisabled: Bool = false,
            comment: String = ""
        ) {
            (self.id, self.name, self.address) = (id, name, address)
            (self.speed, self.isDisabled, self.comment) = (speed, isDisabled, comment)
        }
    }

    /// An entry of the cut list; the router's dynamic entries are left out.
    package struct Listed: Sendable, Equatable {
        package let id: String
        package let address: String
        package let comment: String

        package init(id: String, address: String, comment: String = "") {
            (self.id, self.address, self.comment) = (id, address, comment)
        }
    }

    package let accounts: [String: [Account]]
    package let sessions: [String: [Session]]
    package let queues: [String: [Queue]]
    package let leases: [String: [Queue]]
    /// Ids of dynamic leases, by MAC address.
    package let looseLeases: [String: String]
    package let listed: [Listed]
    /// Addresses with a dynamic entry in the list, which lasts as long as the session.
    package let listedByRouter: [String]
    /// Each profile's speed, where it sets one.
    package let profiles: [String: AccessSpeed?]
    private let listedByAddress: [String: [Listed]]
    private let listedByComment: [String: [Listed]]

    package init(
        accounts: [Account] = [], sessions: [Session] = [], queues: [Queue] = [], leases: [Queue] = [],
        looseLeases: [String: String] = [:], listed: [Listed] = [], listedByRouter: [String] = [],
        profiles: [String: AccessSpeed?] = [:]
    ) {
        self.accounts = Dictionary(grouping: accounts, by: \.login)
        self.sessions = Dictionary(grouping: sessions, by: \.login)
        self.queues = Dictionary(grouping: queues, by: \.name)
        self.leases = Dictionary(grouping: leases, by: \.name)
        self.looseLeases = looseLeases
        (self.listed, self.listedByRouter, self.profiles) = (listed, listedByRouter, profiles)
        listedByAddress = Dictionary(grouping: listed, by: \.address)
        listedByComment = Dictionary(grouping: listed, by: \.comment)
    }

    /// Removes a service that moved to another router: the account before its session, which would redial.
    package func removal(of method: DesiredAccess.Method, marked mark: String, in list: String) -> [AccessStep] {
        let own = listed(as: mark).map { AccessStep.unlist($0.id, address: $0.address, from: list) }
        switch method {
        case .account(let login, _, _):
            return (accounts[login] ?? []).map { .removeAccount($0.id, login: login) }
                + (sessions[login] ?? []).map { .closeSession($0.id, login: login) } + own
        case .queue(let name, _): return (queues[name] ?? []).map { .removeQueue($0.id, name: name) } + own
        case .lease(let mac, _): return (leases[mac] ?? []).map { .removeLease($0.id, mac: mac) } + own
        }
    }

    func listed(at address: String) -> [Listed] { listedByAddress[address] ?? [] }
    func listed(as mark: String) -> [Listed] { listedByComment[mark] ?? [] }
}

/// Which services to read: a few services cost a few rows, however many customers there are.
package enum ObservedPart: Sendable, Equatable {
    case all
    case names(Set<String>)
}
