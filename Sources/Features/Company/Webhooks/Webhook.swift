import Identifiers
import Time

/// A webhook of an ISP's program, as in Standard Webhooks.
package struct Webhook: Sendable {
    package typealias ID = Identifiers.ID<Webhook>

    package let id: ID
    /// Numbered within the tenant.
    package let number: Int
    package let name: String
    package let address: String
    /// The event kinds it receives.
    package let kinds: [String]
    package let state: State
    /// Consecutive failed attempts, and since when.
    package let failures: Int
    package let failingSince: Instant?
    package let madeAt: Instant
    /// Until when messages are also signed with the previous secret.
    package let oldSecretUntil: Instant?

    package enum State: Sendable, Equatable {
        case active
        /// By a person. Pending deliveries wait.
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
        /// It responded 410.
        case gone
        /// Nothing has been accepted for days.
        case failing
    }

    /// The maximum for a tenant.
    static let most = 20
    /// How long the previous secret stays valid after a rotation.
    static let rotationSpan = Duration.seconds(24 * 3600)
    /// How long a webhook may accept nothing before it is disabled.
    static let patience = Duration.seconds(5 * 86_400)
}
