import Addresses
import HTTP
import Identifiers
import Loop
import Vault
import WebClient
import Webhooks

// Where webhooks may go: to the public internet, and where a developer says so to an address of their own machine.
extension Configuration {
    private var webhookEgress: Egress {
        guard case .ip(let address, let port)? = localWebhooks,
            let range = AddressRange("\(address)/\(address.isV4 ? 32 : 128)")
        else { return .publicOnly() }
        return .publicOnly(besides: [Egress.Reach(range, ports: [port], evenSpecial: true)])
    }

    func webhookActs(_ vault: Vault) -> WebhookActs {
        WebhookActs(vault: vault, egress: webhookEgress, randomness: .system)
    }

    func webhookSender(_ vault: Vault, on loops: Loops) -> WebhookSender {
        // Looking names up blocks, and other people's name servers are slow: not on the threads of everybody else.
        let threads = BlockingPool(threads: 4, queueLimit: 256, name: "resolver")
        return WebhookSender(
            client: HTTPClient(on: loops.all[0], resolver: .system(on: threads)), egress: webhookEgress,
            trust: webhookAuthorities.map { .authorities(file: $0) } ?? .system, vault: vault)
    }
}
