/// The SMTP relay for outgoing mail.
package struct MailRelay: Sendable, Equatable {
    package enum Security: String, Sendable, CaseIterable {
        /// Implicit TLS.
        case encrypted = "smtps"
        /// STARTTLS, required.
        case startTLS = "smtp"
        /// For a relay on the same machine.
        case plain = "smtp+plain"
    }

    package let security: Security
    package let host: String
    package let port: UInt16
    package let user: String?
    package var password: String?
    /// A file of CA certificates in place of the system's.
    package var authorities: String?

    /// `smtp://user@mail.example:587`, with STARTTLS required; `smtps://…`; `smtp+plain://127.0.0.1:25`. Nil for
    /// anything else, or when a password would travel in the clear.
    package init?(_ text: String) {
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, let security = Security(rawValue: String(parts[0])) else { return nil }
        // The user may be an e-mail address: the last @ counts.
        let at = parts[1].lastIndex(of: "@")
        let place = at.map { parts[1][parts[1].index(after: $0)...] } ?? parts[1]
        user = at.map { String(parts[1][..<$0]) }
        guard let colon = place.lastIndex(of: ":"), let port = UInt16(place[place.index(after: colon)...]), port > 0
        else { return nil }
        let host = place[..<colon]
        let isHost = !host.isEmpty && host.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"/?#@\\\"<>".utf8.contains($0) }
        guard isHost, user != "", user?.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) != false else { return nil }
        guard security != .plain || user == nil else { return nil }
        self.security = security
        self.host = String(host)
        self.port = port
    }

    var url: String { "\(security == .encrypted ? "smtps" : "smtp")://\(host):\(port)/" }
}
