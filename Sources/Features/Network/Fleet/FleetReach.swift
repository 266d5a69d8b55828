import Access
import Addresses
import Assembly
import FleetProtocol
import Identifiers
import Postgres
import Routers
import Tenancy
import Vault
import WebClient

/// How companies' controllers are reached: a public server by its name, one in the company's own network by its
/// address.
package struct FleetReach: Sendable {
    package let driver: any FleetController
    let dialer: RouterDialer
    let vault: Vault
    private let web: WebAccess

    package init(_ driver: any FleetController, dialer: RouterDialer, vault: Vault, web: WebAccess) {
        (self.driver, self.dialer, self.vault, self.web) = (driver, dialer, vault, web)
    }

    /// Refuses an address that may not be reached for this company; returns it without a path.
    func check(_ address: String, in database: TenantDatabase) async throws -> String {
        guard let origin = Origin(address) else { throw FleetRefusal.addressUnreadable }
        do {
            try await egress(to: origin, in: database).check(origin.text)
        } catch let error as WebError {
            if case .badAddress = error { throw FleetRefusal.addressUnreadable }
            throw FleetRefusal.addressRefused
        }
        return origin.text
    }

    func target(of controller: Controller, in database: TenantDatabase) async throws -> FleetTarget {
        guard let origin = Origin(controller.address), let sealed = try await database.sealedToken(of: controller.id)
        else { throw AccessRefusal.notFound }
        let token = try await vault.open(sealed, for: Controller.field(controller.id), in: database)
        return FleetTarget(
            origin: origin.text, token: String(decoding: token, as: UTF8.self),
            egress: try await egress(to: origin, in: database),
            trust: controller.fingerprint.isEmpty
                ? (origin.address == nil ? web.trust : .system) : .publicKey(sha256: controller.fingerprint))
    }

    private func egress(to origin: Origin, in database: TenantDatabase) async throws -> Egress {
        guard origin.address != nil else { return web.egress }
        return try await dialer.egress(ports: [origin.port], in: database)
    }

    /// `https://HOST:PORT`.
    private struct Origin {
        let text: String
        let address: IPAddress?
        let port: UInt16

        init?(_ written: String) {
            let parts = written.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 3, parts[1].isEmpty, ["http:", "https:"].contains(parts[0].lowercased()),
                parts.dropFirst(3).allSatisfy(\.isEmpty), !parts[2].isEmpty
            else { return nil }
            let scheme = parts[0].lowercased()
            var host = parts[2]
            var port: UInt16 = scheme == "https:" ? 443 : 80
            if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]"),
                host.hasPrefix("[") || host.firstIndex(of: ":") == colon
            {
                guard let given = UInt16(host[host.index(after: colon)...]), given > 0 else { return nil }
                port = given
                host = String(host[..<colon])
            }
            address = IPAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)
            self.port = port
            text = "\(scheme)//\(parts[2].lowercased())"
        }
    }
}
