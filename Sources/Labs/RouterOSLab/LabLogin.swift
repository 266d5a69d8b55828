import Addresses
import Crypto

// Login, and the commands that the connection handles itself.
extension LabConnection {
    /// The answer, and whether the connection ends with it. Empty if the answer comes later.
    func result(of command: LabCommand) -> (bytes: [UInt8], isLast: Bool) {
        var answer = LabAnswer(tag: command.tag)
        switch command.path {
        case "/login": signIn(command, into: &answer)
        case "/quit":
            answer.fatal("session terminated on request")
            return (answer.bytes, true)
        case "/cancel":
            server.router.cancel(command.value("tag"), of: self)
            answer.done()
        default:
            guard let policies else {
                answer.fatal("not logged in")
                return (answer.bytes, true)
            }
            // A stream's first rows are in the answer; its end comes separately.
            _ = server.router.execute(command, as: policies, for: self, into: &answer)
        }
        return (answer.bytes, false)
    }

    private func signIn(_ command: LabCommand, into answer: inout LabAnswer) {
        let version = server.router.version
        if let response = command.value("response"), !version.since(6, 45) {
            let expected = challenge.map { challenge in
                { (password: String) in "00" + Hex.encode(MD5.digest(of: [0] + Array(password.utf8) + challenge)) }
            }
            return admit(command, into: &answer) { password in expected?(password) == response.lowercased() }
        }
        guard version.takesPassword, command.has("name") || version.since(6, 45) else {
            var generator = SystemRandomNumberGenerator()
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            challenge = bytes
            return answer.done(returning: Hex.encode(bytes))
        }
        admit(command, into: &answer) { $0 == command.value("password") ?? "" }
    }

    private func admit(_ command: LabCommand, into answer: inout LabAnswer, knows: (String) -> Bool) {
        let router = server.router
        let name = command.value("name") ?? ""
        guard let policies = router.policies(of: name, from: peer, knows: knows) else {
            router.log("system,error,critical", "login failure for user \(name) from \(peer) via api")
            answer.trap(LabTrap(router.version.badLogin))
            return answer.done()
        }
        self.policies = policies
        router.log("system,info,account", "user \(name) logged in from \(peer) via api")
        answer.done()
    }
}

extension LabRouter {
    /// Nil when the user is refused.
    func policies(of name: String, from peer: IPAddress, knows: (String) -> Bool) -> Set<String>? {
        guard let user = tables[table("/user")].named(name).first,
            value("disabled", of: user, in: "/user") != "true",
            knows(value("password", of: user, in: "/user") ?? ""),
            allows(value("address", of: user, in: "/user"), peer), allows(apiAddresses, peer),
            let group = value("group", of: user, in: "/user").flatMap({ tables[table("/user/group")].named($0).first })
        else { return nil }
        let text = value("policy", of: group, in: "/user/group") ?? ""
        let policies = Set(text.split(separator: ",").filter { !$0.hasPrefix("!") }.map(String.init))
        return policies.contains("api") ? policies : nil
    }

    private var apiAddresses: String? {
        tables[table("/ip/service")].named("api").first.flatMap { value("address", of: $0, in: "/ip/service") }
    }

    private func allows(_ list: String?, _ peer: IPAddress) -> Bool {
        guard let list, !list.isEmpty else { return true }
        return list.split(separator: ",").contains { AddressRange(String($0))?.contains(peer) == true }
    }
}
