import Addresses
import Glibc
import Pings
import Synchronization

/// This server's own way into the network. Once its default gateway has answered, the gateway's silence says that this
/// server has lost its network, and no silence of a device says anything.
final class Uplink: Sendable {
    /// Whether the gateway answers; nil where that proves nothing.
    typealias Question = @Sendable (PollLine, _ devices: Set<String>) async -> Bool?

    private let question: Question
    private let hasAnswered = Mutex(false)

    init(_ question: @escaping Question = Uplink.askGateway) { self.question = question }

    /// To be asked in every round, as only a gateway that has answered before can fall silent.
    func isLost(for devices: Set<String>, by line: PollLine) async -> Bool {
        let answers = await question(line, devices)
        return hasAnswered.withLock { hasAnswered in
            if answers == true { hasAnswered = true }
            return hasAnswered && answers == false
        }
    }

    /// A gateway that is one of the company's own devices proves nothing: its loss is the company's outage.
    private static let askGateway: Question = { line, devices in
        guard let gateway = defaultGateway else { return false }
        guard !devices.contains("\(gateway)") else { return nil }
        return await line.ping(gateway)?.isAnswered
    }

    /// Nil where the system has no default route over IPv4.
    private static var defaultGateway: IPAddress? {
        guard let file = fopen("/proc/net/route", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return gateway(in: String(decoding: bytes.prefix(count), as: UTF8.self))
    }

    /// Reads Linux's table of routes: the interface, then destination and gateway as hexadecimal numbers in the
    /// machine's own byte order.
    static func gateway(in table: String) -> IPAddress? {
        for line in table.split(separator: "\n").dropFirst() {
            let columns = line.split { $0 == "\t" || $0 == " " }
            guard columns.count > 3, columns[1] == "00000000", let bits = UInt32(columns[2], radix: 16), bits != 0
            else { continue }
            return .v4(UInt32(bigEndian: bits))
        }
        return nil
    }
}
