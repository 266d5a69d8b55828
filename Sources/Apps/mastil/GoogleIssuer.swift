import Addresses
import Identity
import OpenID
import Telemetry
import WebClient

/// Google as an identity provider, if the installation offers it to its companies.
struct GoogleIssuer: Sendable {
    let address: String

    func signIn(_ signIn: SignIn, over web: HTTPClient, log: Log) -> ExternalSignIn {
        let provider = OpenIDProvider(issuer: address, over: web, egress: egress)
        return ExternalSignIn(provider, signIn) { log.warning("external_sign_in_failed", .init("reason", "\($0)")) }
    }

    /// The public internet, and this machine for a developer's own issuer.
    private var egress: Egress {
        let loopback = "http://127.0.0.1:"
        guard address.hasPrefix(loopback), let port = UInt16(address.dropFirst(loopback.count)),
            let range = AddressRange("127.0.0.1")
        else { return .publicOnly() }
        return .publicOnly(besides: [.init(range, ports: [port], evenSpecial: true)])
    }
}

extension SettingsReader {
    mutating func google() -> GoogleIssuer? {
        let address = text("GOOGLE_ISSUER")
        guard !address.isEmpty else { return nil }
        if !address.hasPrefix("https://") && !address.hasPrefix("http://127.0.0.1:") || address.hasSuffix("/") {
            refuse("GOOGLE_ISSUER", "'\(address)' is not like https://accounts.google.com")
        }
        return GoogleIssuer(address: address)
    }
}
