import Access
import Declarations
import Events
import Identifiers
import Identity
import Locale
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Time
import Zones

@testable import Conversations
@testable import Customers

/// Two companies with the rooms that conversations need.
func withChats(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .zones, .conversations, body: body)
}

extension TestTenant {
    static let phone = "+525512345678"

    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func makeCustomer(_ name: String = "Beto Ruiz", phone: String = "") async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, phone: phone, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    /// Something that a customer wrote, by default on WhatsApp.
    func inbound(
        _ body: String, _ id: String, on channel: Channel = .whatsapp, from correspondent: String = "525512345678",
        phone: String? = nil, name: String = "Beto"
    ) -> InboundMessage {
        InboundMessage(
            channel, account: channel == .portal ? nil : UUID(high: 7, low: 7), from: correspondent, phone: phone,
            name: name, providerID: id, body: body, sentAt: now)
    }

    @discardableResult
    func write(
        _ body: String, _ id: String = "wamid.1", on channel: Channel = .whatsapp,
        from correspondent: String = "525512345678", phone: String? = nil
    ) async throws -> Conversation {
        let message = try await database.receive(
            inbound(body, id, on: channel, from: correspondent, phone: phone), of: tenant, at: now)
        return try await database.conversation(message!.conversation)!
    }

    func now(_ conversation: Conversation) async throws -> Conversation {
        try await database.conversation(conversation.id)!
    }

    func lines(_ conversation: Conversation) async throws -> [ChatMessage] {
        try await database.messages(in: conversation.id, limit: 100).reversed()
    }

    func answerer(_ name: String) async throws -> MessageAuthor {
        MessageAuthor(
            .staff, id: try await staff([.conversationsRead, .conversationsAnswer], as: name).uuid, name: name)
    }

    /// The kinds of the jobs that wait.
    func waitingJobs() throws -> [String] {
        try site.test.superuser().column(
            "SELECT kind FROM jobs WHERE tenant_id = '\(tenant.id)' ORDER BY job_id"
        )
    }
}
