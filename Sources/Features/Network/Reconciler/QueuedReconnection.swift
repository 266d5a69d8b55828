import Access
import Assembly
import HTML
import Identifiers
import Locale
import Panel
import Postgres
import Time

/// A subscriber's service that is to be reconnected and was not read back as connected yet.
struct QueuedReconnection: RowReadable, Sendable {
    private let planName: String
    /// Whether a payment came after the cut.
    let isPaid: Bool

    init(row: Row) throws(DatabaseError) {
        planName = try row.read("plan_name")
        isPaid = try row.read("is_paid")
    }

    /// For the portal's home page.
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        try await visit.database.queuedReconnections(of: customer).map {
            HomePart(.standing, 5, Card(queued: $0, reader: visit.reader))
        }
    }

    private struct Card: View {
        let queued: QueuedReconnection
        let reader: Reader

        var body: Markup {
            section(.class("card service"), .data("state", "pending")) {
                h2 { (queued.isPaid ? ReconcilerWords.queuedPaid : .queuedTitle).text(for: reader) }
                p { ReconcilerWords.queuedText.text(for: reader, .text("service", queued.planName)) }
            }
        }
    }
}

extension TenantDatabase {
    func queuedReconnections(of customer: UUID) async throws(DatabaseError) -> [QueuedReconnection] {
        try await rows(
            """
            SELECT p.name AS plan_name, EXISTS (
                SELECT FROM payments m
                WHERE m.tenant_id = s.tenant_id AND m.customer_id = s.customer_id AND m.state = 'applied'
                    AND m.made_at >= last.first_at) AS is_paid
            FROM services s
            JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id AND d.access = 'open'
            JOIN access_points a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
            JOIN plans p ON p.tenant_id = s.tenant_id AND p.plan_id = d.plan_id
            JOIN LATERAL (
                SELECT f.access, f.desired_revision, f.first_at FROM service_proofs f
                WHERE f.tenant_id = s.tenant_id AND f.service_id = s.service_id
                ORDER BY f.desired_revision DESC, f.access_revision DESC LIMIT 1
            ) last ON last.access = 'closed' AND last.desired_revision < d.revision
            WHERE s.tenant_id = \(tenant) AND s.customer_id = \(customer)
            ORDER BY s.number
            """)
    }
}
