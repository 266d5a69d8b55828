import Addresses
import Assembly
import DNS
import HTTP
import Loop
import WebClient

// Webhooks and questions to language models may go to the public internet, and where configured to a developer's own
// machine or a lab.
extension Configuration {
    private var webEgress: Egress {
        let reaches = [localWebhooks, labModels].compactMap { listener -> Egress.Reach? in
            guard case .ip(let address, let port)? = listener,
                let range = AddressRange("\(address)/\(address.isV4 ? 32 : 128)")
            else { return nil }
            return Egress.Reach(range, ports: [port], evenSpecial: true)
        }
        return .publicOnly(besides: reaches)
    }

    func webAccess(by client: HTTPClient) -> WebAccess {
        WebAccess(
            client, egress: webEgress, trust: webhookAuthorities.map { .authorities(file: $0) } ?? .system)
    }

    /// Uses its own resolver: other people's name servers may be silent, and the system's resolver runs few look-ups at
    /// once.
    func jobsClient(on loops: Loops) -> HTTPClient {
        let names = HostAddresses(on: loops.all[0])
        return HTTPClient(on: loops.all[0], resolver: Resolver { try await names.addresses(of: $0) })
    }
}
