import Identifiers
import Time

/// An address of an ISP's own program that is told of what happens, as Standard Webhooks has it.
package struct Webhook: Sendable {
    package typealias ID = Identifiers.ID<Webhook>

    package let id: ID
    /// Counted within the tenant.
    package let number: Int
    package let name: String
    package let address: String
    /// The kinds of events it is told of.
    package let kinds: [String]
    package let state: State
    /// Attempts in a row that failed, and since when.
    package let failures: Int
    package let failingSince: Instant?
    package let madeAt: Instant
    /// Until when messages are signed with the secret before this one too.
    package let oldSecretUntil: Instant?

    package enum State: Sendable, Equatable {
        case active
        /// By a person. What was under way waits.
        case paused
        /// By us.
        case disabled(Trouble)

        package var word: String {
            switch self {
            case .active: "active"
            case .paused: "paused"
            case .disabled: "disabled"
            }
        }
    }

    package enum Trouble: String, Sendable, CaseIterable {
        /// It answered 410.
        case gone
        /// Nothing has arrived for days.
        case failing
    }

    /// As many as a tenant may have.
    static let most = 20
    /// How long the secret before stays good after a new one was made.
    static let rotationSpan = Duration.seconds(24 * 3600)
    /// One that has taken nothing for so long is disabled.
    static let patience = Duration.seconds(5 * 86_400)
}
