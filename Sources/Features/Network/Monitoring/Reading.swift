/// A value that a poll measured.
struct Reading: Sendable, Equatable {
    let metric: Metric
    /// Empty for what the device has one of.
    let interface: String
    let value: Int

    init(_ metric: Metric, _ value: Int, of interface: String = "") {
        (self.metric, self.value, self.interface) = (metric, value, interface)
    }
}

/// Octets that interfaces have counted, as of one answer. Interfaces are known by name: their numbers change, with each
/// session on MikroTik and with each start on others.
struct InterfaceCounters: Sendable, Equatable {
    struct Octets: Sendable, Equatable {
        let received: UInt64
        let sent: UInt64
        /// Whether the counters go back to zero behind 32 bits.
        let isNarrow: Bool
    }

    /// In hundredths of a second since the agent started.
    let ticks: UInt32
    /// In microseconds since 1970, by our clock.
    let readAt: Int64
    let interfaces: [String: Octets]

    /// Interfaces of a device whose traffic is kept.
    static let most = 64
    /// No interface is faster: 400 Gb/s.
    private static let mostBits = 400e9

    /// Bits a second since the counters before. Whatever cannot be a rate is left out, so that a restart, a counter put
    /// back or a clock that jumps loses one sample and invents no traffic.
    func rates(since before: InterfaceCounters) -> [Reading] {
        guard ticks > before.ticks else { return [] }
        let seconds = Double(ticks - before.ticks) / 100
        let ours = Double(readAt.subtractingReportingOverflow(before.readAt).partialValue) / 1e6
        // Two clocks that disagree by a half: one of them jumped.
        guard ours > 0, abs(ours - seconds) <= max(5, 0.5 * max(ours, seconds)) else { return [] }
        var readings: [Reading] = []
        for (name, now) in interfaces.sorted(by: { $0.key < $1.key }) {
            guard let before = before.interfaces[name], before.isNarrow == now.isNarrow,
                let received = Self.growth(before.received, now.received, narrow: now.isNarrow),
                let sent = Self.growth(before.sent, now.sent, narrow: now.isNarrow)
            else { continue }
            let (bitsIn, bitsOut) = (Double(received) * 8 / seconds, Double(sent) * 8 / seconds)
            guard bitsIn <= Self.mostBits, bitsOut <= Self.mostBits else { continue }
            readings += [
                Reading(.trafficIn, Int(bitsIn.rounded()), of: name),
                Reading(.trafficOut, Int(bitsOut.rounded()), of: name),
            ]
        }
        return readings
    }

    /// Nil where the counter was put back.
    static func growth(_ before: UInt64, _ now: UInt64, narrow isNarrow: Bool) -> UInt64? {
        if now >= before { return now - before }
        if isNarrow {
            // Only one that was near its end can have gone over it.
            guard before <= UInt64(UInt32.max), before > 1 << 31 else { return nil }
            return now + (1 << 32) - before
        }
        return before > UInt64.max - 1 << 48 ? now &- before : nil
    }
}

extension InterfaceCounters {
    /// As stored: a line for each interface.
    var text: String {
        var lines = ["1\t\(ticks)\t\(readAt)"]
        for (name, octets) in interfaces.sorted(by: { $0.key < $1.key }) {
            lines.append("\(name)\t\(octets.received)\t\(octets.sent)\t\(octets.isNarrow ? 32 : 64)")
        }
        return lines.joined(separator: "\n")
    }

    init?(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        guard let head = lines.first, head.count == 3, head[0] == "1", let ticks = UInt32(head[1]),
            let readAt = Int64(head[2])
        else { return nil }
        var interfaces: [String: Octets] = [:]
        for line in lines.dropFirst() where line.count == 4 {
            guard let received = UInt64(line[1]), let sent = UInt64(line[2]) else { continue }
            interfaces[String(line[0])] = Octets(received: received, sent: sent, isNarrow: line[3] == "32")
        }
        self.init(ticks: ticks, readAt: readAt, interfaces: interfaces)
    }
}
