import Glibc

/// Why the server cannot start.
package enum ServerError: Error, Sendable, Equatable {
    case addressInUse(ListenAddress)
    case notPermitted(ListenAddress)
    /// Not an address of this machine, or the socket's folder does not exist.
    case addressUnavailable(ListenAddress)
    case pathTooLong(String)
    case certificate(file: String, reason: String)
    case system(ListenAddress, code: Int32)

    init(binding address: ListenAddress, code: Int32) {
        self =
            switch code {
            case EADDRINUSE: .addressInUse(address)
            case EACCES, EPERM: .notPermitted(address)
            case EADDRNOTAVAIL, ENOENT, ENOTDIR, EAFNOSUPPORT: .addressUnavailable(address)
            default: .system(address, code: code)
            }
    }
}
