import Customers
import Ledger
import Locale
import Postgres
import Services
import Tenancy
import Time

/// What a customer may be told of their own account, by whatever voice.
package struct AccountOutlook: Sendable {
    package let balance: Money
    /// Past its due day.
    package let overdue: Money
    /// Why a service of theirs is cut.
    package let cut: Cut.Reason?
    /// What one that is cut for a debt costs to come back.
    package let toReconnect: (total: Money, debt: Money, fee: Money)?
    /// When the next one is cut unless they pay.
    package let cutOn: Day?
    package let promise: PaymentPromise?
    /// What a promise would be about; nil where they may make none.
    package let promisable: Money?
    package let promiseDays: Int
}

extension TenantDatabase {
    package func outlook(
        of customer: Customer.ID, of tenant: Tenant, at now: Instant
    ) async throws -> AccountOutlook {
        let view = try await CollectionView(of: tenant, at: now, in: self)
        let decisions = try await view.decisions(about: [customer])
        let policy = try await policy(for: customer, of: tenant, at: now)
        let balance = try await balance(of: customer, in: tenant.currency).balance
        let today = tenant.timeZone.day(at: now)
        let late = try await openCharges(of: customer, in: tenant.currency).filter { $0.due < today }
            .reduce(Int64(0)) { $0 + $1.open.minor }
        let overdue = Money(minor: min(late, max(0, balance.minor)), tenant.currency)
        let promise = try await promises(of: customer, limit: 5).first { $0.state == .open }
        let cut = decisions.first { $0.facts.state == .cut }
        let unpaid = decisions.first { $0.facts.cut?.reason == .unpaid }?.toReconnect
        let mayPromise =
            policy.promisesBySubscribers && policy.promiseDays > 0 && balance.isPositive && promise == nil
            && (cut == nil || cut?.facts.cut?.reason == .unpaid)
        return AccountOutlook(
            balance: balance, overdue: overdue, cut: cut?.facts.cut?.reason,
            toReconnect: unpaid.flatMap { $0.total.isPositive ? ($0.total, $0.debt, $0.fee) : nil },
            cutOn: decisions.compactMap { $0.next?.stage == .cut ? $0.next?.day : nil }.min(), promise: promise,
            promisable: mayPromise ? decisions.map(\.promisable).max { $0.minor < $1.minor } ?? balance : nil,
            promiseDays: policy.promiseDays)
    }
}
