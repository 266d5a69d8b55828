import Access
import Postgres
import Time

extension TenantDatabase {
    /// Whether more of its plan was to be paid before this day than was paid, in any currency.
    func hasOverdueBills(on today: Day) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM platform_postings p
                LEFT JOIN platform_postings u ON u.tenant_id = p.tenant_id AND u.reverses = p.posting_id
                LEFT JOIN platform_bills b ON b.tenant_id = p.tenant_id AND b.bill_id = p.posting_id
                WHERE p.tenant_id = \(tenant) AND p.reverses IS NULL AND u.posting_id IS NULL
                GROUP BY p.currency
                HAVING coalesce(sum(p.amount) FILTER (WHERE b.due_on < \(today)), 0)
                    > coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment'), 0))
            """) ?? false
    }
}
