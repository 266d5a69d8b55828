import Access
import Crypto
import Identifiers
import Letters
import Postgres
import Time

/// How often a forgotten password may be told of in a quarter of an hour.
private enum ForgottenPassword {
    static let span = Duration.seconds(15 * 60)
    static let perAccount = 3
    static let perAddress = 20
}

extension SignIn {
    /// Somebody says they forgot their password.
    ///
    /// Whether the account exists is found out when the letter is written: here everybody waits for the same.
    package func askForgotten(
        email: String, from address: String, on head: Letterhead, at now: Instant, in database: TenantDatabase
    ) async throws {
        let network = AddressQuota.network(of: address)
        let ofNetwork = try await database.countTry(
            SHA256.digest(of: "forgotten at \(network)".utf8), within: ForgottenPassword.span, at: now)
        guard ofNetwork <= ForgottenPassword.perAddress else { return }
        let ofAccount = try await database.countTry(
            SHA256.digest(of: "forgotten \(email)".utf8), within: ForgottenPassword.span, at: now)
        guard ofAccount <= ForgottenPassword.perAccount else { return }
        try await database.write(.passwordLink, to: email, about: nil, on: head, at: now, from: randomness)
    }
}
