import Declarations
import Events
import Postgres

/// A part of the panel whose open pages show it anew when it changes. They are told that it did, never what.
package enum LiveTopic: String, Sendable, CaseIterable {
    case audit, webhooks, network, conversations

    /// Who may be told.
    package var permission: Permission {
        switch self {
        case .audit: .auditRead
        case .webhooks: Permission("webhooks.manage")
        case .network: Permission("network.read")
        case .conversations: Permission("conversations.read")
        }
    }

    /// Where an open page is told.
    package var path: String { "/panel/\(rawValue)/live" }

    /// Whether it shows what an entry of this kind tells of.
    package func isChanged(by kind: String) -> Bool {
        switch self {
        case .audit: true
        case .webhooks: kind.hasPrefix("webhook.")
        case .network: ["service.", "router.", "difference.", "access_point."].contains { kind.hasPrefix($0) }
        case .conversations: kind.hasPrefix("conversation.") || kind.hasPrefix("message.")
        }
    }

    /// A column beside a statement's own work: once it is committed, the open pages look. What is recorded as an event
    /// says so by itself.
    package func change(of tenant: TenantID) -> SQL {
        Outbox.announcement(rawValue, of: tenant)
    }
}
