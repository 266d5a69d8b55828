import Addresses
import GatewayDrivers
import GatewayProtocol
import HTTP
import Loop
import WebClient

/// A simulated payment provider: "stripe=127.0.0.1:18801".
struct LabGateway: Sendable {
    let provider: GatewayProvider
    let address: IPAddress
    let port: UInt16

    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let provider = GatewayProvider(rawValue: parts[0]),
            case .ip(let address, let port)? = ListenAddress(text: parts[1])
        else { return nil }
        (self.provider, self.address, self.port) = (provider, address, port)
    }
}

// Payment providers are at their own addresses, or at labs on this machine where configured.
extension Configuration {
    func gateways(by client: HTTPClient) -> [any PaymentGateway] {
        [
            StripeGateway(line(to: .stripe, at: StripeGateway.address, client)),
            MercadoPagoGateway(line(to: .mercadopago, at: MercadoPagoGateway.address, client)),
            ConektaGateway(line(to: .conekta, at: ConektaGateway.address, client)),
        ]
    }

    private func line(to provider: GatewayProvider, at address: String, _ client: HTTPClient) -> GatewayLine {
        guard let lab = labGateways.first(where: { $0.provider == provider }),
            let range = AddressRange("\(lab.address)/\(lab.address.isV4 ? 32 : 128)")
        else { return GatewayLine(client, egress: .publicOnly(), base: address) }
        let host = lab.address.isV4 ? "\(lab.address)" : "[\(lab.address)]"
        return GatewayLine(
            client, egress: .publicOnly(besides: [.init(range, ports: [lab.port], evenSpecial: true)]),
            base: "http://\(host):\(lab.port)")
    }
}
