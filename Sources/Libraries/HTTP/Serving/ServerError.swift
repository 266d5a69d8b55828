import Glibc

/// Why the server cannot start, as data for one plain sentence.
package enum ServerError: Error, Sendable, Equatable {
    case addressInUse(ListenAddress)
    case notPermitted(ListenAddress)
    /// The address is none of this machine's, or the socket's folder is not there.
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
