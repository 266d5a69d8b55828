import Addresses
import Assembly
import DNS
import HTTP
import Loop
import WebClient

// Webhooks may go to the public internet, and to a developer's own machine where configured.
extension Configuration {
    private var webhookEgress: Egress {
        guard case .ip(let address, let port)? = localWebhooks,
            let range = AddressRange("\(address)/\(address.isV4 ? 32 : 128)")
        else { return .publicOnly() }
        return .publicOnly(besides: [Egress.Reach(range, ports: [port], evenSpecial: true)])
    }

    func webAccess(by client: HTTPClient) -> WebAccess {
        WebAccess(
            client, egress: webhookEgress, trust: webhookAuthorities.map { .authorities(file: $0) } ?? .system)
    }

    /// Uses its own resolver: other people's name servers may be silent, and the system's resolver runs few look-ups at
    /// once.
    func jobsClient(on loops: Loops) -> HTTPClient {
        let names = HostAddresses(on: loops.all[0])
        return HTTPClient(on: loops.all[0], resolver: Resolver { try await names.addresses(of: $0) })
    }
}
