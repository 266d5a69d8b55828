import Addresses
import CSystem
import Glibc
import Loop

/// A socket that exchanges datagrams with many peers. On its loop's thread only.
package final class DatagramSocket: ReadinessHandler, @unchecked Sendable {
    package enum Kind: Sendable {
        case udp
        /// ICMP echo by the system's unprivileged socket, which numbers our questions itself.
        case echo
        /// ICMP by a raw socket, for programs that may open one.
        case rawEcho
    }

    /// Who sent it may be anybody: the receiver checks.
    package typealias Receive = (_ bytes: UnsafeRawBufferPointer, _ sender: IPAddress, _ port: UInt16) -> Void

    private let loop: EventLoop
    private let isV4: Bool
    private var descriptor: Int32
    private let receive: Receive
    /// How long the datagram at hand lay in the system before it was read: what a busy loop adds to an answer's time.
    package private(set) var waited = Duration.zero
    /// Datagrams read in a row, so that a flood leaves the loop to others.
    private static let most = 512

    package init(
        _ kind: Kind, v4 isV4: Bool, bound: (address: IPAddress, port: UInt16)? = nil, on loop: EventLoop,
        receive: @escaping Receive
    ) throws(SocketError) {
        (self.loop, self.isV4, self.receive) = (loop, isV4, receive)
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let family = isV4 ? AF_INET : AF_INET6
        let icmp: Int32 = isV4 ? 1 : 58
        descriptor =
            switch kind {
            case .udp: socket(family, Int32(SOCK_DGRAM.rawValue) | flags, 0)
            case .echo: socket(family, Int32(SOCK_DGRAM.rawValue) | flags, icmp)
            case .rawEcho: socket(family, Int32(SOCK_RAW.rawValue) | flags, icmp)
            }
        guard descriptor >= 0 else { throw .notConnected(SocketError.reason(errno)) }
        if let bound {
            var name = SocketAddress(bound.address, port: bound.port)
            guard name.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
                let code = errno
                Glibc.close(descriptor)
                throw .notConnected(SocketError.reason(code))
            }
        }
        // Room for the answers of a whole window; the system gives what it allows.
        var room: Int32 = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
        var stamps: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, Self.timestamps, &stamps, socklen_t(MemoryLayout<Int32>.size))
        loop.add(descriptor, handler: self, for: [.input, .edges])
    }

    /// SO_TIMESTAMPNS, as an option and as the kind of what comes along.
    private static let timestamps: Int32 = 35

    /// False where the system did not take it.
    @discardableResult
    package func send(_ bytes: [UInt8], to address: IPAddress, port: UInt16) -> Bool {
        guard descriptor >= 0, address.isV4 == isV4 else { return false }
        var name = SocketAddress(address, port: port)
        let count = bytes.withUnsafeBytes { bytes in
            name.withPointer { sendto(descriptor, bytes.baseAddress, bytes.count, 0, $0, $1) }
        }
        return count == bytes.count
    }

    package func isReady(for readiness: Readiness) {
        var rounds = 0
        while descriptor >= 0 {
            rounds += 1
            guard rounds <= Self.most else {
                // The rest is read in the loop's next round.
                return loop.submit { [weak self] in self?.isReady(for: .input) }
            }
            var name = sockaddr_storage()
            let count = read(from: &name)
            if count < 0 {
                // An error that an earlier datagram met is told once, and changes nothing.
                if errno == ECONNREFUSED || errno == EHOSTUNREACH || errno == EINTR { continue }
                return
            }
            guard let sender = withUnsafePointer(to: name, { IPAddress.read($0) }) else { continue }
            receive(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]), sender.address, sender.port)
        }
    }

    /// Reads a datagram to the loop's scratch, with its sender and the moment at which the system had it.
    private func read(from name: inout sockaddr_storage) -> Int {
        withUnsafeMutablePointer(to: &name) { name in
            withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { control in
                var part = iovec(iov_base: loop.scratch.baseAddress, iov_len: loop.scratch.count)
                return withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    message.msg_name = UnsafeMutableRawPointer(name)
                    message.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
                    (message.msg_iov, message.msg_iovlen) = (part, 1)
                    (message.msg_control, message.msg_controllen) = (control.baseAddress, control.count)
                    let count = recvmsg(descriptor, &message, 0)
                    if count >= 0 {
                        waited = Self.age(of: UnsafeRawBufferPointer(rebasing: control[..<message.msg_controllen]))
                    }
                    return count
                }
            }
        }
    }

    /// From a control message of Linux with 64 bits: length, level and kind, then seconds and nanoseconds.
    private static func age(of control: UnsafeRawBufferPointer) -> Duration {
        guard control.count >= 32, control.load(fromByteOffset: 8, as: Int32.self) == SOL_SOCKET,
            control.load(fromByteOffset: 12, as: Int32.self) == timestamps
        else { return .zero }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let seconds = Int64(now.tv_sec) &- control.load(fromByteOffset: 16, as: Int64.self)
        let nanoseconds = Int64(now.tv_nsec) &- control.load(fromByteOffset: 24, as: Int64.self)
        // A clock that was set meanwhile says nothing.
        guard (0...60).contains(seconds) else { return .zero }
        return max(.zero, .seconds(seconds) + .nanoseconds(nanoseconds))
    }

    package func close() {
        guard descriptor >= 0 else { return }
        loop.remove(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
    }
}
