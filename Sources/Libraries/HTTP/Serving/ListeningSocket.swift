import Addresses
import CSystem
import Glibc

/// A bound socket; connections are accepted once it listens.
package struct ListeningSocket: Sendable {
    package let descriptor: Int32
    /// With the port that the system chose.
    package let address: ListenAddress
    /// Owned by the parent process, which keeps it when this one ends.
    private let isInherited: Bool

    package init(_ wanted: ListenAddress) throws(ServerError) {
        isInherited = false
        switch wanted {
        case .ip(let address, let port):
            descriptor = try Self.open(address.isV4 ? AF_INET : AF_INET6, for: wanted)
            var name = SocketAddress(address, port: port)
            try Self.bind(descriptor, to: &name, for: wanted)
            self.address = .ip(address, port: name.boundPort(of: descriptor))
        case .unix(let path):
            guard var name = SocketAddress(unix: path) else { throw .pathTooLong(path) }
            descriptor = try Self.open(AF_UNIX, for: wanted)
            if Self.isAbandoned(&name) { unlink(path) }
            try Self.bind(descriptor, to: &name, for: wanted)
            address = wanted
        }
    }

    /// A socket inherited from the parent process; nil when the descriptor is no bound socket.
    package init?(inherited descriptor: Int32) {
        var name = SocketAddress()
        guard let address = name.listenAddress(of: descriptor) else { return nil }
        // Not passed on to child processes.
        csystem_close_on_exec(descriptor)
        self.descriptor = descriptor
        self.address = address
        isInherited = true
    }

    /// Starts listening; idempotent.
    func listen() throws(ServerError) {
        guard Glibc.listen(descriptor, 4096) == 0 else { throw ServerError(binding: address, code: errno) }
    }

    package func close() {
        Glibc.close(descriptor)
        if case .unix(let path) = address, !isInherited { unlink(path) }
    }

    private static func open(_ family: Int32, for address: ListenAddress) throws(ServerError) -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, flags, 0)
        guard descriptor >= 0 else { throw ServerError(binding: address, code: errno) }
        if family != AF_UNIX { prepare(descriptor, isV6: family == AF_INET6) }
        return descriptor
    }

    /// Options that accepted connections inherit.
    private static func prepare(_ descriptor: Int32, isV6: Bool) {
        func set(_ level: Int32, _ option: Int32, _ value: Int32) {
            var value = value
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        set(SOL_SOCKET, SO_REUSEADDR, 1)
        if isV6 { set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // The kernel would buffer megabytes for a client that reads nothing; data in flight is not limited.
        set(Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 * 1024)
    }

    private static func bind(
        _ descriptor: Int32, to name: inout SocketAddress, for address: ListenAddress
    ) throws(ServerError) {
        guard name.withPointer({ Glibc.bind(descriptor, $0, $1) }) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw ServerError(binding: address, code: code)
        }
    }

    /// Whether a socket file was left behind by a killed server: nothing accepts there any more.
    private static func isAbandoned(_ name: inout SocketAddress) -> Bool {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { Glibc.close(probe) }
        return name.withPointer { connect(probe, $0, $1) } != 0 && errno == ECONNREFUSED
    }
}

/// The system's `sockaddr`.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    init() {}

    init(_ address: IPAddress, port: UInt16) {
        withUnsafeMutableBytes(of: &storage) { bytes in
            switch address {
            case .v4(let bits):
                var name = sockaddr_in()
                name.sin_family = sa_family_t(AF_INET)
                name.sin_port = port.bigEndian
                name.sin_addr.s_addr = bits.bigEndian
                bytes.storeBytes(of: name, as: sockaddr_in.self)
            case .v6(let bits):
                var name = sockaddr_in6()
                name.sin6_family = sa_family_t(AF_INET6)
                name.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &name.sin6_addr) {
                    $0.storeBytes(of: bits.bigEndian, as: UInt128.self)
                }
                bytes.storeBytes(of: name, as: sockaddr_in6.self)
            }
        }
        length = socklen_t(address.isV4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
    }

    init?(unix path: String) {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: name.sun_path)
        guard path.utf8.count < room else { return nil }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: name, as: sockaddr_un.self) }
        length = socklen_t(MemoryLayout<sockaddr_un>.size)
    }

    mutating func withPointer<Result>(_ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let length = length
        return withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Accepts a connection and keeps its peer's address here.
    mutating func accept(from descriptor: Int32) -> Int32 {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return csystem_accept(descriptor, &storage, &length)
    }

    /// Nil for a Unix socket.
    var ip: IPAddress? { withUnsafePointer(to: storage) { IPAddress.read($0)?.address.unmapped } }

    /// The address a bound socket listens at.
    mutating func listenAddress(of descriptor: Int32) -> ListenAddress? {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var room = length
        guard withPointer({ name, _ in getsockname(descriptor, name, &room) }) == 0 else { return nil }
        if let bound = withUnsafePointer(to: storage, { IPAddress.read($0) }) {
            return .ip(bound.address, port: bound.port)
        }
        guard storage.ss_family == sa_family_t(AF_UNIX) else { return nil }
        return withUnsafeBytes(of: storage) { bytes in
            let path = bytes.dropFirst(MemoryLayout<sa_family_t>.size).prefix { $0 != 0 }
            return .unix(path: String(decoding: path, as: UTF8.self))
        }
    }

    mutating func boundPort(of descriptor: Int32) -> UInt16 {
        var room = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withPointer { name, _ in getsockname(descriptor, name, &room) }
        return withUnsafeBytes(of: storage) { bytes in
            UInt16(bigEndian: bytes.load(as: sockaddr_in.self).sin_port)
        }
    }
}
