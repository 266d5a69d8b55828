import Addresses
import Identifiers
import Loop
import Sockets

/// The system lets this program send no ICMP: neither its unprivileged socket (net.ipv4.ping_group_range) nor a raw one
/// (CAP_NET_RAW).
package struct PingNotAllowed: Error, Equatable {}

/// What pings of a host showed.
package struct PingResult: Sendable, Equatable {
    package let sent: Int
    /// Of each answer, in microseconds.
    package let latencies: [Int]

    package init(sent: Int, latencies: [Int]) { (self.sent, self.latencies) = (sent, latencies) }

    package var isAnswered: Bool { !latencies.isEmpty }
    package var mean: Int? { latencies.isEmpty ? nil : latencies.reduce(0, +) / latencies.count }

    /// The mean difference from one answer to the next.
    package var jitter: Int? {
        guard latencies.count > 1 else { return nil }
        return zip(latencies, latencies.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) } / (latencies.count - 1)
    }

    /// In per cent.
    package var loss: Int { sent == 0 ? 0 : (sent - latencies.count) * 100 / sent }
}

/// Pings many hosts from one socket. On its loop's thread only.
///
/// An answer counts if it comes from the host that was asked and carries the question's random eight bytes.
package final class Pinger: @unchecked Sendable {
    private let loop: EventLoop
    private let randomness: Randomness
    private let window: Int
    private let isRaw: Bool
    private var sockets: [Bool: DatagramSocket] = [:]
    private var pending: [UInt64: Pending] = [:]
    private var waiting = Deque<Pending>()
    private let identifier: UInt16
    private var sequence: UInt16 = 0

    private final class Pending {
        let address: IPAddress
        let span: Duration
        var begin = Monotonic.never
        var timer: LoopTimer?
        let continuation: UnsafeContinuation<Int?, Never>

        init(_ address: IPAddress, within span: Duration, _ continuation: UnsafeContinuation<Int?, Never>) {
            (self.address, self.span, self.continuation) = (address, span, continuation)
        }
    }

    /// Tries the unprivileged socket first.
    package init(on loop: EventLoop, window: Int = 256, randomness: Randomness = .system) throws(PingNotAllowed) {
        (self.loop, self.window, self.randomness) = (loop, max(1, window), randomness)
        identifier = UInt16(truncatingIfNeeded: randomness.next())
        if let socket = try? DatagramSocket(.echo, v4: true, on: loop, receive: { _, _, _ in }) {
            socket.close()
            isRaw = false
        } else if let socket = try? DatagramSocket(.rawEcho, v4: true, on: loop, receive: { _, _, _ in }) {
            socket.close()
            isRaw = true
        } else {
            throw PingNotAllowed()
        }
    }

    /// One question after the other; it gives up after two that were not answered.
    package func ping(
        _ address: IPAddress, count: Int = 3, within span: Duration = .seconds(1)
    ) async -> PingResult {
        var (sent, latencies): (Int, [Int]) = (0, [])
        while sent < count {
            sent += 1
            if let latency = await once(address, within: span) { latencies.append(latency) }
            if latencies.isEmpty, sent >= 2 { break }
        }
        return PingResult(sent: sent, latencies: latencies)
    }

    private func once(_ address: IPAddress, within span: Duration) async -> Int? {
        await withUnsafeContinuation { continuation in
            loop.perform { [self] in
                let question = Pending(address, within: span, continuation)
                if pending.count < window { begin(question) } else { waiting.append(question) }
            }
        }
    }

    private func begin(_ question: Pending) {
        var token = randomness.next()
        while pending[token] != nil { token = randomness.next() }
        pending[token] = question
        sequence &+= 1
        let bytes = Self.echo(token, identifier, sequence, v4: question.address.isV4)
        question.begin = .read()
        question.timer = loop.after(question.span) { [unowned self] in end(token, nil) }
        socket(v4: question.address.isV4)?.send(bytes, to: question.address, port: 0)
    }

    /// Type, code, checksum, identifier, sequence and the token.
    static func echo(_ token: UInt64, _ identifier: UInt16, _ sequence: UInt16, v4 isV4: Bool) -> [UInt8] {
        var bytes: [UInt8] = [isV4 ? 8 : 128, 0, 0, 0]
        bytes += [UInt8(identifier >> 8), UInt8(identifier & 0xFF), UInt8(sequence >> 8), UInt8(sequence & 0xFF)]
        for offset in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: token >> UInt64(56 - 8 * offset))) }
        // The system reckons that of IPv6 itself.
        guard isV4 else { return bytes }
        var sum: UInt32 = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum += UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        let checksum = ~UInt16(sum)
        (bytes[2], bytes[3]) = (UInt8(checksum >> 8), UInt8(checksum & 0xFF))
        return bytes
    }

    private func socket(v4 isV4: Bool) -> DatagramSocket? {
        if let socket = sockets[isV4] { return socket }
        let socket = try? DatagramSocket(isRaw ? .rawEcho : .echo, v4: isV4, on: loop) {
            [unowned self] bytes, sender, _ in receive(bytes, from: sender)
        }
        sockets[isV4] = socket
        return socket
    }

    private func receive(_ bytes: UnsafeRawBufferPointer, from sender: IPAddress) {
        var start = 0
        // A raw socket of IPv4 gives the header of IP along.
        if isRaw, sender.isV4 {
            guard bytes.count >= 20 else { return }
            start = Int(bytes[0] & 0x0F) * 4
        }
        guard bytes.count >= start + 16, bytes[start] == (sender.isV4 ? 0 : 129) else { return }
        let token = bytes[(start + 8)..<(start + 16)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let question = pending[token], question.address == sender else { return }
        let waited = sockets[sender.isV4]?.waited ?? .zero
        let (seconds, attoseconds) = max(.zero, Monotonic.read() - question.begin - waited).components
        end(token, Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }

    private func end(_ token: UInt64, _ latency: Int?) {
        guard let question = pending.removeValue(forKey: token) else { return }
        if let timer = question.timer { loop.cancel(timer) }
        question.timer = nil
        question.continuation.resume(returning: latency)
        while pending.count < window, let next = waiting.popFirst() { begin(next) }
    }

    /// Call when nothing is asked any more.
    package func close() {
        loop.perform { [self] in
            for socket in sockets.values { socket.close() }
            sockets = [:]
        }
    }
}
