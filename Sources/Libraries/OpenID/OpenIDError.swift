/// Why somebody could not be signed in by another site.
package enum OpenIDError: Error, Equatable {
    /// The site could not be asked, or does not answer as OpenID Connect says.
    case unavailable(String)
    /// What it handed out is not to be believed.
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
