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

    var origin: String { "http://\(address.isV4 ? "\(address)" : "[\(address)]"):\(port)" }

    /// Everywhere on the internet, and this lab.
    var egress: Egress {
        let range = AddressRange("\(address)/\(address.isV4 ? 32 : 128)")
        return .publicOnly(besides: range.map { [.init($0, ports: [port], evenSpecial: true)] } ?? [])
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
        let lab = labChannels.first { $0.provider == provider }
        return ChannelLine(client, egress: lab?.egress ?? .publicOnly(), base: lab?.origin ?? address)
    }
}
