import Declarations
import Events
import Postgres

/// A part of the panel whose open pages reload when it changes. They are told that it changed, never what.
package enum LiveTopic: String, Sendable, CaseIterable {
    case audit, webhooks, network, conversations

    /// The permission needed to be notified.
    package var permission: Permission {
        switch self {
        case .audit: .auditRead
        case .webhooks: Permission("webhooks.manage")
        case .network: Permission("network.read")
        case .conversations: Permission("conversations.read")
        }
    }

    /// The path of its event stream.
    package var path: String { "/panel/\(rawValue)/live" }

    /// Whether an event of this kind changes it.
    package func isChanged(by kind: String) -> Bool {
        switch self {
        case .audit: true
        case .webhooks: kind.hasPrefix("webhook.")
        case .network:
            ["service.", "router.", "difference.", "access_point.", "incident.", "maintenance.", "device."].contains {
                kind.hasPrefix($0)
            }
        case .conversations: kind.hasPrefix("conversation.") || kind.hasPrefix("message.")
        }
    }

    /// A column that adds an announcement to a statement: after the commit, open pages reload. Recorded events announce
    /// themselves.
    package func change(of tenant: TenantID) -> SQL {
        Outbox.announcement(rawValue, of: tenant)
    }
}
