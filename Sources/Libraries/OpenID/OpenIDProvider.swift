import Crypto
import HTTP
import JSON
import Loop
import Synchronization
import Time
import WebClient

/// Our client credentials at a site, one set for each company.
package struct OpenIDClient: Sendable {
    package let id: String
    package let secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }
}

/// An identity provider, used by OpenID Connect's code flow with PKCE.
package final class OpenIDProvider: Sendable {
    private struct Place {
        let authorization: String
        let token: String
        let keys: String
    }

    private struct Memory {
        var place: (value: Place, until: Instant)?
        var keys: (value: SigningKeys, until: Instant, readAt: Instant)?
    }

    package let issuer: String
    private let web: HTTPClient
    private let egress: Egress
    private let memory = Mutex(Memory())

    package init(issuer: String, over web: HTTPClient, egress: Egress) {
        self.issuer = issuer
        self.web = web
        self.egress = egress
    }

    /// The authorization URL. `back` must be registered with the site, character by character.
    package func address(
        for attempt: OpenIDAttempt, of client: String, back: String, domain: String?, at now: Instant
    ) async throws(OpenIDError) -> String {
        let place = try await place(at: now)
        let query = Fields([
            "response_type": "code", "client_id": client, "redirect_uri": back, "scope": "openid email profile",
            "state": attempt.state, "nonce": attempt.nonce, "code_challenge": attempt.challenge,
            "code_challenge_method": "S256", "prompt": "select_account", "hd": domain,
        ]).urlEncoded
        return place.authorization + (place.authorization.contains("?") ? "&" : "?") + query
    }

    /// Redeems the code for an identity.
    package func identity(
        for code: String, answering attempt: OpenIDAttempt, of client: OpenIDClient, back: String, at now: Instant
    ) async throws(OpenIDError) -> OpenIDIdentity {
        let form = Fields([
            "code": code, "client_id": client.id, "client_secret": client.secret, "redirect_uri": back,
            "grant_type": "authorization_code", "code_verifier": attempt.verifier,
        ])
        let answer = try await ask(
            WebRequest(
                "POST", try await place(at: now).token, egress: egress,
                headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
                body: .bytes(Array(form.urlEncoded.utf8)), deadline: .seconds(10), bodyLimit: 64 << 10))
        guard let text = answer.json.text("id_token") else { throw .unavailable("its answer holds no token") }
        let token = try IDToken(text)
        return try token.identity(
            signedBy: try await key(token.keyName, at: now), issuer: issuer, client: client.id,
            nonce: attempt.nonce, at: now)
    }
}

// The site's metadata, cached.
extension OpenIDProvider {
    private func place(at now: Instant) async throws(OpenIDError) -> Place {
        if let known = memory.withLock({ $0.place }), known.until > now { return known.value }
        let said = try await read("\(issuer)/.well-known/openid-configuration").json
        guard said.text("issuer") == issuer else { throw .unavailable("it calls itself by another name") }
        let place = Place(
            authorization: try endpoint("authorization_endpoint", said), token: try endpoint("token_endpoint", said),
            keys: try endpoint("jwks_uri", said))
        memory.withLock { $0.place = (place, now + .seconds(3600)) }
        return place
    }

    /// Must be https, unless the operator configured the site itself without TLS.
    private func endpoint(_ name: String, _ said: Members) throws(OpenIDError) -> String {
        guard let address = said.text(name), address.hasPrefix("https://") || address.hasPrefix("\(issuer)/") else {
            throw .unavailable("its \(name) is no https address")
        }
        return address
    }

    /// An unknown key id refreshes the keys, at most once a minute: anybody can make one up.
    private func key(_ name: String, at now: Instant) async throws(OpenIDError) -> WebKey {
        let known = memory.withLock { $0.keys }
        if let known, known.until > now, let key = known.value[name] { return key }
        if let known, known.until > now, known.readAt + .seconds(60) > now {
            throw .refused("it is signed with a key that the issuer does not name")
        }
        let answer = try await read(try await place(at: now).keys)
        let keys = try SigningKeys(json: answer.value)
        memory.withLock { $0.keys = (keys, now + answer.lifetime, now) }
        guard let key = keys[name] else { throw .refused("it is signed with a key that the issuer does not name") }
        return key
    }

    private func read(_ address: String) async throws(OpenIDError) -> Answer {
        try await ask(WebRequest("GET", address, egress: egress, deadline: .seconds(10), bodyLimit: 256 << 10))
    }

    private func ask(_ request: WebRequest) async throws(OpenIDError) -> Answer {
        let response: WebResponse
        do {
            response = try await web.send(request)
        } catch {
            throw .unavailable("\(error)")
        }
        // The body of a refusal may repeat our secrets.
        guard response.status == 200 else { throw .unavailable("it answers \(response.status)") }
        do {
            return Answer(value: try JSONValue.parse(response.body), lifetime: Self.lifetime(response.headers))
        } catch {
            throw .unavailable("its answer is no JSON")
        }
    }

    /// The cache lifetime, clamped to between five minutes and a day.
    private static func lifetime(_ headers: WebHeaders) -> Duration {
        let directives = headers["cache-control"]?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
        let age = directives.first { $0.hasPrefix("max-age=") }.flatMap { Int($0.dropFirst(8)) } ?? 3600
        return .seconds(min(max(age, 300), 86_400))
    }
}

private struct Answer {
    let value: JSONValue
    let lifetime: Duration

    var json: Members { Members(value) }
}
