import AccessProtocol
import RouterOS

/// A step as a RouterOS command. Its menus and words are the same in versions 6.42 to 7.19.
struct StepCommand {
    let command: RouterCommand
    /// Removing a missing row, or adding an existing one, counts as done; the read-back decides.
    let isDoneIf: RouterTrap.Kind?
    private let words: String
    private let subject: String?

    init(_ step: AccessStep) {
        var isDoneIf: RouterTrap.Kind?
        let (path, attributes): (String, [(String, String)])
        switch step {
        case .addAccount(let login, let password, let profile, let address, let mark):
            path = "/ppp/secret/add"
            attributes =
                [
                    ("name", login), ("password", password), ("service", "pppoe"), ("profile", profile),
                    ("comment", mark),
                ] + (address.map { [("remote-address", $0)] } ?? [])
            isDoneIf = .alreadyExists
        case .setProfile(let account, _, let profile):
            (path, attributes) = ("/ppp/secret/set", [(".id", account), ("profile", profile)])
        case .setAddress(let account, _, let address):
            (path, attributes) = ("/ppp/secret/set", [(".id", account), ("remote-address", address)])
        case .setDisabled(let account, _, let isDisabled):
            (path, attributes) = ("/ppp/secret/set", [(".id", account), ("disabled", isDisabled ? "yes" : "no")])
        case .closeSession(let session, _):
            (path, attributes) = ("/ppp/active/remove", [(".id", session)])
            isDoneIf = .noSuchItem
        case .addQueue(let name, let address, let speed, let mark):
            path = "/queue/simple/add"
            attributes = [
                ("name", name), ("target", address), ("max-limit", speed.pair), ("comment", mark),
            ]
            isDoneIf = .alreadyExists
        case .setQueue(let queue, _, let address, let speed):
            path = "/queue/simple/set"
            attributes = [(".id", queue), ("target", address), ("max-limit", speed.pair), ("disabled", "no")]
        case .addLease(let mac, let address, let speed, let mark):
            path = "/ip/dhcp-server/lease/add"
            attributes =
                [("mac-address", mac), ("address", address), ("comment", mark)]
                + (speed == .none ? [] : [("rate-limit", speed.pair)])
            isDoneIf = .alreadyExists
        case .keepLease(let lease, _):
            (path, attributes) = ("/ip/dhcp-server/lease/make-static", [(".id", lease)])
        case .setLease(let lease, _, let address, let speed):
            path = "/ip/dhcp-server/lease/set"
            attributes = [(".id", lease), ("address", address), ("rate-limit", speed.pair), ("disabled", "no")]
        case .list(let address, let list, let mark):
            path = "/ip/firewall/address-list/add"
            attributes = [("list", list), ("address", address), ("comment", mark)]
            isDoneIf = .alreadyExists
        case .unlist(let entry, _, _):
            (path, attributes) = ("/ip/firewall/address-list/remove", [(".id", entry)])
            isDoneIf = .noSuchItem
        case .removeAccount(let account, _):
            (path, attributes) = ("/ppp/secret/remove", [(".id", account)])
            isDoneIf = .noSuchItem
        case .removeQueue(let queue, _):
            (path, attributes) = ("/queue/simple/remove", [(".id", queue)])
            isDoneIf = .noSuchItem
        case .removeLease(let lease, _):
            (path, attributes) = ("/ip/dhcp-server/lease/remove", [(".id", lease)])
            isDoneIf = .noSuchItem
        }
        command = RouterCommand(path, attributes)
        self.isDoneIf = isDoneIf
        words = ([path] + attributes.map { "\($0.0)=\($0.0 == "password" ? "•••" : $0.1)" }).joined(separator: " ")
        subject = step.subject
    }

    /// An id says little to people, so the name is added.
    var text: String { subject.map { "\(words) (\($0))" } ?? words }
}

extension AccessStep {
    fileprivate var subject: String? {
        switch self {
        case .setProfile(_, let login, _), .setAddress(_, let login, _), .setDisabled(_, let login, _),
            .closeSession(_, let login), .removeAccount(_, let login):
            login
        case .setQueue(_, let name, _, _), .removeQueue(_, let name): name
        case .keepLease(_, let mac), .setLease(_, let mac, _, _), .removeLease(_, let mac): mac
        case .unlist(_, let address, let list): "\(address) \(list)"
        case .addAccount, .addQueue, .addLease, .list: nil
        }
    }
}

extension AccessSpeed {
    fileprivate var pair: String { "\(up)/\(down)" }
}
