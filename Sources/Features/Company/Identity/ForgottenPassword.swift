import Access
import Crypto
import Identifiers
import Letters
import Postgres
import Time

/// Limits requests for forgotten passwords in a quarter of an hour.
private enum ForgottenPassword {
    static let span = Duration.seconds(15 * 60)
    static let perAccount = 3
    static let perAddress = 20
}

extension SignIn {
    /// Handles a forgotten password.
    ///
    /// Whether the account exists is only looked up when the letter is written, so that response times do not reveal
    /// it.
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
