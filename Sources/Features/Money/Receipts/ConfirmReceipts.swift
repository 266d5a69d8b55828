import Access
import Declarations
import Identifiers
import Jobs
import Locale
import Payments
import Postgres
import Tenancy
import Time

/// Each night: receipts that were trusted and whose money the bank's files do not show are false, and pictures are
/// forgotten after their time.
package struct ConfirmReceipts: NightlyJob {
    package static let kind = "receipts.confirm"
    package static let time = "20 5 * * *"

    package init() {}

    package func run(in context: JobContext, by acts: PaymentActs, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        let principal = Principal.commandLine(of: catalogue, at: context.now)
        try await acts.distrustSilent(of: tenant, by: principal, in: context.database)
        try await context.database.forgetPictures(of: tenant, at: context.now)
    }
}

extension PaymentActs {
    /// Receipts whose money does not come. Only where a file of the account that it went to covers the days in which it had
    /// to come: without one nobody knows.
    func distrustSilent(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws {
        guard !tenant.standing(at: principal.now).isReadOnly else { return }
        let policy = try await database.receiptPolicy(in: tenant.currency)
        guard policy.bankDays > 0 else { return }
        let last = tenant.timeZone.day(at: principal.now) - policy.bankDays
        for receipt in try await database.silentReceipts(paidBy: last, within: policy.bankDays) {
            let reason = ReceiptWords.bankSilent.text(for: tenant.reader)
            do {
                if receipt.state == .pending {
                    _ = try await reject(receipt.id, because: reason, isFalse: true, by: principal, in: database)
                } else {
                    _ = try await reverse(
                        receipt.id, of: tenant, because: reason, isFalse: true, by: principal, in: database)
                }
            } catch is PaymentRefusal {
                // Somebody decided it meanwhile.
                continue
            }
        }
    }
}

private struct SilentReceipt: RowReadable {
    let id: Payment.ID
    let state: Payment.State

    init(row: Row) throws(DatabaseError) {
        id = try row.read("payment_id")
        state = try row.word("state")
    }
}

extension TenantDatabase {
    /// Trusted ones, without a line of a bank file, though a file of their account that was applied begins no later than
    /// their day and ends no earlier than the days that the bank has.
    fileprivate func silentReceipts(
        paidBy last: Day, within days: Int
    ) async throws(DatabaseError) -> [SilentReceipt] {
        try await rows(
            """
            SELECT p.payment_id, p.state FROM receipt_readings r
            JOIN payments p ON p.tenant_id = r.tenant_id AND p.payment_id = r.payment_id
            WHERE r.tenant_id = \(tenant) AND p.day <= \(last)
                AND (r.effect = 'provisional' AND p.state = 'pending' OR r.effect = 'automatic' AND p.state = 'applied')
                AND NOT EXISTS (
                    SELECT FROM bank_lines l
                    WHERE l.tenant_id = \(tenant) AND l.payment_id = p.payment_id AND l.state = 'applied')
                AND EXISTS (
                    SELECT FROM bank_files f
                    WHERE f.tenant_id = \(tenant) AND f.account_id = r.account_id AND f.state = 'committed'
                        AND f.first_day <= p.day AND f.last_day >= p.day + \(Int32(days))::integer)
                AND NOT EXISTS (
                    SELECT FROM bank_lines u
                    WHERE u.tenant_id = \(tenant) AND u.state = 'unidentified' AND u.is_held AND u.amount = p.amount
                        AND u.day BETWEEN p.day - 1 AND p.day + \(Int32(days))::integer)
            ORDER BY r.made_at LIMIT 500
            """)
    }

    fileprivate func forgetPictures(of tenant: Tenant, at now: Instant) async throws {
        let policy = try await receiptPolicy(in: tenant.currency)
        guard policy.keptMonths > 0 else { return }
        let moment = now - .seconds(Int64(policy.keptMonths) * 30 * 86_400 + 5 * 86_400)
        try await execute(
            """
            UPDATE payment_evidence e SET picture = ''
            WHERE e.tenant_id = \(self.tenant) AND e.made_at < \(moment) AND octet_length(e.picture) > 0
                AND EXISTS (
                    SELECT FROM payments p
                    WHERE p.tenant_id = \(self.tenant) AND p.payment_id = e.payment_id AND p.state <> 'pending')
            """)
    }
}
