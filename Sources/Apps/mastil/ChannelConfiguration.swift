import Addresses
import ChannelDrivers
import ChannelProtocol
import HTTP
import Loop
import WebClient

/// A channel that does not exist: "whatsapp=127.0.0.1:18811".
struct LabChannelAddress: Sendable {
    let provider: ChannelProvider
    let address: IPAddress
    let port: UInt16

    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let provider = ChannelProvider(rawValue: parts[0]),
            case .ip(let address, let port)? = ListenAddress(text: parts[1])
        else { return nil }
        (self.provider, self.address, self.port) = (provider, address, port)
    }
}

// Where channels are: at their own addresses, and where somebody says so at a lab of this machine.
extension Configuration {
    func channels(by client: HTTPClient) -> [any MessagingChannel] {
        [
            WhatsAppChannel(line(to: .whatsapp, at: WhatsAppChannel.address, client)),
            TelegramChannel(line(to: .telegram, at: TelegramChannel.address, client)),
        ]
    }

    private func line(to provider: ChannelProvider, at address: String, _ client: HTTPClient) -> ChannelLine {
        guard let lab = labChannels.first(where: { $0.provider == provider }),
            let range = AddressRange("\(lab.address)/\(lab.address.isV4 ? 32 : 128)")
        else { return ChannelLine(client, egress: .publicOnly(), base: address) }
        let host = lab.address.isV4 ? "\(lab.address)" : "[\(lab.address)]"
        return ChannelLine(
            client, egress: .publicOnly(besides: [.init(range, ports: [lab.port], evenSpecial: true)]),
            base: "http://\(host):\(lab.port)")
    }
}
