import Addresses
import CSystem
import Glibc

/// The system's `sockaddr` with address and port.
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
                withUnsafeMutableBytes(of: &name.sin6_addr) { $0.storeBytes(of: bits.bigEndian, as: UInt128.self) }
                bytes.storeBytes(of: name, as: sockaddr_in6.self)
            }
        }
        length = socklen_t(address.isV4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
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

    mutating func readBound(of descriptor: Int32) {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var room = length
        _ = withPointer { name, _ in getsockname(descriptor, name, &room) }
    }

    var parts: (address: IPAddress, port: UInt16)? { withUnsafePointer(to: storage) { IPAddress.read($0) } }
}
