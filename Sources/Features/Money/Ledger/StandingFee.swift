import Customers
import Identifiers
import Locale
import Postgres
import Time

/// A reconnection fee: announced at the cut and charged when the cut is lifted, so that customers who do not return
/// never owe it.
package struct StandingFee: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StandingFee>

    /// Also the id of its transaction.
    package let id: ID
    package let customer: Customer.ID
    package let amount: Money
    package let announcedOn: Day

    package init(id: ID, customer: Customer.ID, amount: Money, announcedOn: Day) {
        (self.id, self.customer, self.amount, self.announcedOn) = (id, customer, amount, announcedOn)
    }

    package enum End: String, Sendable {
        case charged, waived
    }
}

extension TenantDatabase {
    package func standingFee(of customer: Customer.ID) async throws(DatabaseError) -> StandingFee? {
        try await first(standingFeeStatement(of: customer))
    }

    package func standingFeeStatement(of customer: Customer.ID) -> SQL {
        """
        SELECT fee_id, customer_id, amount, currency, announced_on FROM standing_fees
        WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND ended_at IS NULL
        """
    }

    /// If one is already announced it is kept, and no second one is added.
    package func announce(_ fee: StandingFee, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO standing_fees (tenant_id, fee_id, customer_id, amount, currency, announced_on, made_at)
            VALUES (
                \(tenant), \(fee.id), \(fee.customer), \(fee.amount.minor), \(fee.amount.currency.rawValue),
                \(fee.announcedOn), \(now))
            ON CONFLICT DO NOTHING
            """)
    }

    package func end(_ fee: StandingFee.ID, as end: StandingFee.End, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE standing_fees SET ended_as = \(end.rawValue), ended_at = \(now)
            WHERE tenant_id = \(tenant) AND fee_id = \(fee) AND ended_at IS NULL
            """)
    }
}

extension StandingFee: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let amount: Int64 = try row.read("amount")
        self.init(
            id: try row.read("fee_id"), customer: try row.read("customer_id"),
            amount: Money(minor: amount, try row.currency()), announcedOn: try row.read("announced_on"))
    }
}
