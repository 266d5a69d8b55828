import Crypto

/// Name and password of an API user. Neither is printed.
package struct RouterCredentials: Sendable {
    package enum Method: Sendable {
        /// Plain login, since 6.43. An older router answers with a challenge, which is then solved.
        case password
        /// Challenge first, for routers known to be older, so that the password itself is never sent.
        case challenge
    }

    let name: String
    let password: String
    let method: Method

    package init(name: String, password: String, method: Method = .password) {
        self.name = name
        self.password = password
        self.method = method
    }
}

extension RouterCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String { "‹credentials›" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension RouterSession {
    func signIn(as credentials: RouterCredentials, within deadline: Duration) async throws(RouterError) {
        let first: [(String, String)] =
            switch credentials.method {
            case .password: [("name", credentials.name), ("password", credentials.password)]
            case .challenge: []
            }
        let reply = try await login(first, within: deadline)
        if let challenge = reply.returned {
            let answer = try Self.answer(to: challenge, with: credentials.password)
            let last = try await login([("name", credentials.name), ("response", answer)], within: deadline)
            if last.returned != nil { throw .loginRefused("it asks for one challenge after the other") }
        } else if credentials.method == .challenge {
            throw .loginRefused("it gives no challenge")
        }
    }

    private func login(
        _ attributes: [(String, String)], within deadline: Duration
    ) async throws(RouterError) -> RouterReply {
        do {
            return try await run(
                RouterCommand("/login", attributes, deadline: deadline), tag: SessionWire.untagged)
        } catch {
            guard case .refused(let traps) = error else { throw error }
            throw .loginRefused(traps.map(\.message).joined(separator: "; "))
        }
    }

    static func answer(to challenge: String, with password: String) throws(RouterError) -> String {
        guard challenge.utf8.count <= 64, let bytes = Hex.decode(challenge.utf8) else {
            throw .loginRefused("its challenge is not hexadecimal")
        }
        return "00" + Hex.encode(MD5.digest(of: [0] + Array(password.utf8) + bytes))
    }
}
