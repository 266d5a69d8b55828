import Crypto
import JSON
import Time

/// An identity asserted and signed by another site.
package struct OpenIDIdentity: Sendable, Equatable {
    package let issuer: String
    /// The account's immutable id at the site; an e-mail address may change.
    package let subject: String
    /// Only if the site has verified it.
    package let verifiedEmail: String?
    /// The organisation that owns the account.
    package let hostedDomain: String?
}

/// An unverified token (RFC 7515).
struct IDToken {
    let keyName: String
    private let algorithm: WebKey.Algorithm
    private let claims: Members
    private let signed: [UInt8]
    private let signature: [UInt8]

    init(_ text: String) throws(OpenIDError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64.url.decode(parts[2]),
            let head = Self.json(parts[0]), let claims = Self.json(parts[1])
        else { throw .refused("it is no signed token") }
        // A token must not choose how it is verified: the key has to be of this algorithm too.
        guard let algorithm = WebKey.Algorithm(rawValue: head.text("alg") ?? ""), head["crit"] == nil else {
            throw .refused("it is not signed with RS256 or ES256")
        }
        guard head.text("typ").map({ $0.lowercased() == "jwt" }) ?? true else { throw .refused("it is no ID token") }
        guard let keyName = head.text("kid") else { throw .refused("it does not name its key") }
        self.keyName = keyName
        self.algorithm = algorithm
        self.claims = claims
        self.signature = signature
        signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
    }

    private static func json(_ part: Substring.UTF8View.SubSequence) -> Members? {
        guard let bytes = Base64.url.decode(part), let value = try? JSONValue.parse(bytes) else { return nil }
        return Members(value)
    }

    /// Checks everything that OpenID Connect Core §3.1.3.7 demands.
    func identity(
        signedBy key: WebKey, issuer: String, client: String, nonce: String, at now: Instant
    ) throws(OpenIDError) -> OpenIDIdentity {
        guard key.algorithm == algorithm, key.signed(signed, as: signature) else {
            throw .refused("its signature is not the issuer's")
        }
        guard let from = claims.text("iss"), Self.names(of: issuer).contains(from) else {
            throw .refused("it is from another issuer")
        }
        try checkAudience(client)
        guard let expires = claims.number("exp"), expires > now.seconds - 60 else { throw .refused("it has expired") }
        guard claims.number("nbf").map({ $0 < now.seconds + 300 }) ?? true else { throw .refused("it is not good yet") }
        guard let issued = claims.number("iat"), issued < now.seconds + 300 else {
            throw .refused("it was issued in the future")
        }
        guard let theirs = claims.text("nonce"), ConstantTime.equal(theirs.utf8, to: nonce.utf8) else {
            throw .refused("it answers another question")
        }
        guard let subject = claims.text("sub"), !subject.isEmpty, subject.utf8.count <= 255 else {
            throw .refused("it says of nobody who they are")
        }
        let isVerified = claims["email_verified"] == .bool(true) || claims["email_verified"] == .string("true")
        return OpenIDIdentity(
            issuer: issuer, subject: subject, verifiedEmail: isVerified ? claims.text("email")?.lowercased() : nil,
            hostedDomain: claims.text("hd")?.lowercased())
    }

    private func checkAudience(_ client: String) throws(OpenIDError) {
        let party = claims["azp"]
        switch claims["aud"] {
        case .string(client) where party == nil || party == .string(client): return
        case .array(let list) where list.contains(.string(client)) && (list.count == 1 || party != nil):
            if party == nil || party == .string(client) { return }
        default: break
        }
        throw .refused("it was made for another program")
    }

    /// Google uses two spellings of its issuer name.
    private static func names(of issuer: String) -> [String] {
        issuer == "https://accounts.google.com" ? [issuer, "accounts.google.com"] : [issuer]
    }
}
