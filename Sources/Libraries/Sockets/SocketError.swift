import Glibc

/// Why a connection did not come about, or is over.
package enum SocketError: Error, Equatable, CustomStringConvertible {
    case notConnected(String)
    /// The other side is not who it should be, or TLS could not be agreed on.
    case untrusted(String)
    /// The other side ended the connection in good order.
    case ended
    case broken(String)

    package var description: String {
        switch self {
        case .notConnected(let reason): "No connection: \(reason)."
        case .untrusted(let reason): "No trusted connection: \(reason)."
        case .ended: "The other side closed the connection."
        case .broken(let reason): "The connection broke: \(reason)."
        }
    }

    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
