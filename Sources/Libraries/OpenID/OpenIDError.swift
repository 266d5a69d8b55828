/// Why a sign-in at another site failed.
package enum OpenIDError: Error, Equatable {
    /// The site is unreachable, or does not conform to OpenID Connect.
    case unavailable(String)
    /// Its token or answer is not to be trusted.
    case refused(String)
}

extension OpenIDError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let reason): "The identity provider cannot be asked: \(reason)"
        case .refused(let reason): "What the identity provider answered is refused: \(reason)"
        }
    }
}
