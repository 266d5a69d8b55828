import Addresses
import COpenSSL
import Crypto
import HTTP
import Identifiers
import Identity
import JSON
import Loop
import OpenID
import Synchronization
import TenantSupport
import TestSupport
import Time
import WebClient

/// A site that says who somebody is: discovery, keys and codes on a real socket, and whatever may be wrong with a token.
final class LabProvider: Sendable {
    /// What its next token is like.
    enum Token: Sendable, CaseIterable {
        case good, unsigned, signedWithPublicKey, forAnother, forSeveral, byAnother, oldNonce, expired, fromTheFuture
        case unknownKey, otherSignature, noNonce, noKeyName, algorithmOfAnotherKey, ofAccess, noSignature
        case bringsItsOwnKey, notYetGood
    }

    /// How the site itself is.
    enum Health: Sendable { case well, hasOtherName, handsOutNothing }

    struct Person: Sendable {
        var subject = "g-100"
        var email = "beto@example.com"
        var isVerified = true
        var domain: String?
    }

    private struct Code {
        let challenge: String
        let nonce: String
        let back: String
    }

    private struct State {
        var token = Token.good
        var health = Health.well
        var person = Person()
        var codes: [String: Code] = [:]
        var keyName = "k1"
        var keyReads = 0
        var origin = ""
    }

    static let client = "norte.example"
    static let secret = "s3cret-of-the-client"
    private static let key = SigningKey(.rs256)
    private static let otherKey = SigningKey(.rs256)
    private static let curveKey = SigningKey(.es256)

    private let tenant: TestTenant
    private let state = Mutex(State())

    private init(_ tenant: TestTenant) { self.tenant = tenant }

    var token: Token {
        get { state.withLock(\.token) }
        set { state.withLock { $0.token = newValue } }
    }

    var person: Person {
        get { state.withLock(\.person) }
        set { state.withLock { $0.person = newValue } }
    }

    var health: Health {
        get { state.withLock(\.health) }
        set { state.withLock { $0.health = newValue } }
    }

    var keyReads: Int { state.withLock(\.keyReads) }

    /// As a site does from time to time: another key, of another kind.
    func rotateKey() { state.withLock { $0.keyName = "k2" } }

    /// k1 is of RSA, k2 of ECDSA.
    private func key(_ name: String) -> SigningKey { name == "k2" ? Self.curveKey : Self.key }

    static func run(
        for tenant: TestTenant, _ test: (LabProvider, ExternalSignIn) async throws -> Void
    ) async throws {
        let lab = LabProvider(tenant)
        try await RunningServer.run(handler: { await lab.answer($0) }) { server in
            guard case .ip(_, let port) = server.address else { return }
            let origin = "http://127.0.0.1:\(port)"
            lab.state.withLock { $0.origin = origin }
            let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
            let reach = Egress.Reach(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
            let provider = OpenIDProvider(
                issuer: origin, over: web, egress: .publicOnly(besides: [reach]))
            do {
                try await test(lab, ExternalSignIn(provider, tenant.site.signIn) { _ in })
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }

    /// What a browser does there: the person agrees, and comes back with a code. Nil when the question is not as it
    /// should be.
    func agree(to address: String) -> String? {
        let parts = address.split(separator: "?", maxSplits: 1)
        guard parts.count == 2, parts[0] == "\(state.withLock(\.origin))/authorize",
            let query = try? Array(parts[1].utf8).withUnsafeBytes({ try Fields(urlEncoded: $0) }),
            query["response_type"] == "code", query["client_id"] == Self.client,
            query["scope"] == "openid email profile", query["code_challenge_method"] == "S256",
            let challenge = query["code_challenge"], let nonce = query["nonce"], let back = query["redirect_uri"],
            let asked = query["state"]
        else { return nil }
        let code = Hex.encode(Randomness.system.bytes(16))
        state.withLock { $0.codes[code] = Code(challenge: challenge, nonce: nonce, back: back) }
        return "/panel/sign-in/google/return?" + Fields(["state": asked, "code": code]).urlEncoded
    }

    private func answer(_ request: Request) async -> Response {
        let (origin, health) = state.withLock { ($0.origin, $0.health) }
        switch request.rawTarget {
        case "/.well-known/openid-configuration":
            return .json(
                Array(
                    """
                    {"issuer":"\(health == .hasOtherName ? "https://evil.example" : origin)","authorization_endpoint":"\(origin)/authorize",
                     "token_endpoint":"\(origin)/token","jwks_uri":"\(origin)/keys","other":[1]}
                    """.utf8))
        case "/keys":
            let name = state.withLock { state in
                state.keyReads += 1
                return state.keyName
            }
            return .json(
                Array(
                    #"{"keys":[{"kty":"EC","kid":"x"},{"kty":"oct","kid":"k9","k":"AAAA"},\#(key(name).description(named: name))]}"#
                        .utf8))
        case "/token":
            guard let form = try? await request.body.form(upTo: 10_000), let token = redeem(form),
                health != .handsOutNothing
            else {
                return .text("no", status: .badRequest)
            }
            return .json(Array(#"{"access_token":"a","token_type":"Bearer","id_token":"\#(token)"}"#.utf8))
        default: return .text("", status: .notFound)
        }
    }

    private func redeem(_ form: Fields) -> String? {
        guard let code = state.withLock({ $0.codes.removeValue(forKey: form["code"] ?? "") }),
            form["client_id"] == Self.client, form["client_secret"] == Self.secret,
            form["redirect_uri"] == code.back, form["grant_type"] == "authorization_code",
            Base64.url.encode(SHA256.digest(of: (form["code_verifier"] ?? "").utf8)) == code.challenge
        else { return nil }
        return write(nonce: code.nonce)
    }

    private func write(nonce: String) -> String {
        let (token, person, keyName, origin) = state.withLock { ($0.token, $0.person, $0.keyName, $0.origin) }
        let now = tenant.now.seconds
        let audience: String =
            switch token {
            case .forAnother: #""another.example""#
            case .forSeveral: #"["\#(Self.client)","another.example"]"#
            default: #""\#(Self.client)""#
            }
        let issued = token == .fromTheFuture ? now + 4000 : now
        let claims = """
            {"iss":"\(token == .byAnother ? "https://evil.example" : origin)","aud":\(audience),"sub":"\(person.subject)",
             "email":"\(person.email)","email_verified":\(person.isVerified),"iat":\(issued),
             \(token == .notYetGood ? #""nbf":\#(now + 4000),"# : "")\(person.domain.map { #""hd":"\#($0)","# } ?? "")\(token == .noNonce ? "" : #""nonce":"\#(token == .oldNonce ? "old" : nonce)","#)
             "exp":\(token == .expired ? now - 61 : now + 3600)}
            """
        let key = key(keyName)
        let algorithm =
            switch token {
            case .unsigned: "none"
            case .signedWithPublicKey: "HS256"
            case .algorithmOfAnotherKey: "ES256"
            default: key.algorithm.rawValue
            }
        let name = token == .unknownKey ? "k9" : keyName
        let named = token == .noKeyName ? "" : #","kid":"\#(name)""#
        let brought = token == .bringsItsOwnKey ? #","jwk":\#(Self.otherKey.description(named: name))"# : ""
        let head =
            #"{"alg":"\#(algorithm)"\#(named),"typ":"\#(token == .ofAccess ? "at+jwt" : "JWT")"\#(brought)}"#
        let signed = "\(Base64.url.encode(head.utf8)).\(Base64.url.encode(claims.utf8))"
        let signature: [UInt8] =
            switch token {
            case .unsigned, .noSignature: []
            case .signedWithPublicKey: HMAC.sha256(signed.utf8, key: key.number("n"))
            case .otherSignature, .bringsItsOwnKey: Self.otherKey.sign(Array(signed.utf8))
            default: key.sign(Array(signed.utf8))
            }
        return "\(signed).\(Base64.url.encode(signature))"
    }
}

/// A key of the lab's. It is made once and only read afterwards.
private struct SigningKey: @unchecked Sendable {
    let algorithm: WebKey.Algorithm
    private let key: OpaquePointer

    init(_ algorithm: WebKey.Algorithm) {
        self.algorithm = algorithm
        let context = EVP_PKEY_CTX_new_id(algorithm == .rs256 ? EVP_PKEY_RSA : EVP_PKEY_EC, nil)
        defer { EVP_PKEY_CTX_free(context) }
        precondition(EVP_PKEY_keygen_init(context) == 1)
        switch algorithm {
        case .rs256: precondition(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1)
        case .es256: precondition(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1)
        }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen(context, &made) == 1, let made else { preconditionFailure("OpenSSL makes no key") }
        key = made
    }

    /// As a JWK.
    func description(named name: String) -> String {
        func text(_ parameter: String) -> String { Base64.url.encode(number(parameter)) }
        return switch algorithm {
        case .rs256: #"{"kty":"RSA","kid":"\#(name)","n":"\#(text("n"))","e":"\#(text("e"))"}"#
        case .es256:
            #"{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"\#(name)","x":"\#(text("qx"))","y":"\#(text("qy"))"}"#
        }
    }

    func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        precondition(EVP_PKEY_get_bn_param(key, name, &number) == 1)
        defer { BN_free(number) }
        return bytes(number, count: algorithm == .es256 ? 32 : Int(BN_num_bits(number) + 7) / 8)
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 256)
        var count = signature.count
        precondition(EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1)
        precondition(EVP_DigestSign(context, &signature, &count, message, message.count) == 1)
        return algorithm == .rs256 ? Array(signature[..<count]) : sideBySide(Array(signature[..<count]))
    }

    private func sideBySide(_ signature: [UInt8]) -> [UInt8] {
        signature.withUnsafeBufferPointer { encoded in
            var place = encoded.baseAddress
            let pair = d2i_ECDSA_SIG(nil, &place, encoded.count)
            defer { ECDSA_SIG_free(pair) }
            return bytes(ECDSA_SIG_get0_r(pair), count: 32) + bytes(ECDSA_SIG_get0_s(pair), count: 32)
        }
    }

    private func bytes(_ number: OpaquePointer?, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(BN_bn2binpad(number, &bytes, Int32(count)) == Int32(count))
        return bytes
    }
}
