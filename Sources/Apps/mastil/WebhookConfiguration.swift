import Addresses
import Assembly
import DNS
import HTTP
import Loop
import WebClient

// Where webhooks may go: to the public internet, and where a developer says so to an address of their own machine.
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

    /// Asks name servers by itself: other people's may be silent, and the system's look-ups are few.
    func jobsClient(on loops: Loops) -> HTTPClient {
        let names = HostAddresses(on: loops.all[0])
        return HTTPClient(on: loops.all[0], resolver: Resolver { try await names.addresses(of: $0) })
    }
}
