import Addresses

/// What somebody pastes once into a router's terminal: a user of ours with exactly the policies that are needed, let in from
/// our own addresses only. The words are the same in RouterOS 6 and 7; pasting it twice changes nothing more.
struct RouterScript: Sendable {
    private let router: Router
    private let password: String
    /// Where the router sees us come from; without any it lets our user in from everywhere.
    private let sources: [AddressRange]
    private let policies: [String]

    private static let group = "api-clientes"

    init(_ router: Router, password: String, from sources: [AddressRange], policies: [String]) {
        (self.router, self.password, self.sources, self.policies) = (router, password, sources, policies)
    }

    /// Whether it lets our user in from our own addresses only.
    var isLimited: Bool { !sources.isEmpty }

    var text: String {
        let (group, login) = (Self.quoted(Self.group), Self.quoted(router.login))
        let addresses = sources.map(\.description).joined(separator: ",")
        let only = addresses.isEmpty ? "" : " address=\(addresses)"
        let service = router.security == .plain ? "api" : "api-ssl"
        return """
            :if ([:len [/user group find name=\(group)]] = 0) do={/user group add name=\(group)}
            /user group set [find name=\(group)] policy=\(policies.joined(separator: ","))
            :if ([:len [/user find name=\(login)]] = 0) do={/user add name=\(login) group=\(group) password=\(Self.quoted(password))}
            /user set [find name=\(login)] group=\(group) password=\(Self.quoted(password))\(only)
            /ip service set \(service) disabled=no port=\(router.port)\(only)
            """
    }

    /// In quotes a router reads `$`, `\\` and `"` as its own.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if ["\"", "\\", "$", "?"].contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }
}
