import Addresses

/// The script to paste into a router's terminal: creates our user with exactly the policies needed, limited to our own
/// addresses. It works in RouterOS 6 and 7, and pasting it again does no harm.
struct RouterScript: Sendable {
    private let router: Router
    private let password: String
    /// The addresses we connect from; if empty, our user may sign in from anywhere.
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

    /// Escapes what a router interprets within quotes.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if ["\"", "\\", "$", "?"].contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }
}
