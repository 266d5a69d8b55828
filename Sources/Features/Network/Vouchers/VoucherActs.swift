import Access
import Events
import Expenses
import Identifiers
import Jobs
import Locale
import Nouns
import Postgres
import Radius
import Tenancy
import Time

/// Cards of a batch that are sold together: to a person, or to a point of sale.
package struct VoucherSale: Sendable {
    package var first = 1
    package var last = VoucherBatch.mostCards
    package var account = HouseEntry.MoneyAccount.cash
    package var party = ""

    package init() {}
}

extension VoucherSale: Fielded {
    package static let noun = "VoucherSale"

    package static let fields: [Field<VoucherSale>] = [
        .count("first", \.first, 1...VoucherBatch.mostCards, VoucherWords.first.message),
        Field<VoucherSale>.count("last", \.last, 1...VoucherBatch.mostCards, VoucherWords.last.message)
            .hint(VoucherWords.saleHint.message),
        .choice("account", \.account, VoucherWords.account.message),
        .line("party", \.party, 0...120, VoucherWords.party.message),
    ]
}

/// Cards of a batch that nobody may use any more.
package struct VoucherVoiding: Sendable {
    package var first = 1
    package var last = VoucherBatch.mostCards
    package var reason = ""

    package init() {}
}

extension VoucherVoiding: Fielded {
    package static let noun = "VoucherVoiding"

    package static let fields: [Field<VoucherVoiding>] = [
        .count("first", \.first, 1...VoucherBatch.mostCards, VoucherWords.first.message),
        .count("last", \.last, 1...VoucherBatch.mostCards, VoucherWords.last.message),
        .line("reason", \.reason, 1...200, VoucherWords.reason.message),
    ]
}

package struct VoucherActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    func blank(in currency: Currency, at now: Instant) -> VoucherBatch {
        VoucherBatch(id: .make(milliseconds: now.milliseconds, from: randomness), in: currency, at: now)
    }

    package func make(
        _ batch: VoucherBatch, by principal: Principal, in database: TenantDatabase
    ) async throws -> VoucherBatch {
        guard batch.price.isPositive, batch.price.minor <= Money.most / Int64(VoucherBatch.mostCards) else {
            throw VoucherRefusal.priceWrong
        }
        guard batch.page.isEmpty || batch.page.hasPrefix("http://") || batch.page.hasPrefix("https://") else {
            throw VoucherRefusal.pageWrong
        }
        return try await database.transaction { database in
            try await database.insert(batch, by: principal.actor.name)
            var made = 0
            // A code drawn twice is drawn again.
            for _ in 0..<20 where made < batch.size {
                let codes = Set((made..<batch.size).map { _ in Voucher.makeCode(from: randomness) })
                made += try await database.insertVouchers(
                    Array(codes), of: batch.id, from: made + 1,
                    ids: codes.map { _ in UUID.v7(milliseconds: principal.now.milliseconds, from: randomness) })
            }
            guard made == batch.size, let added = try await database.voucherBatch(batch.id) else {
                throw AccessRefusal.madeMeanwhile
            }
            try await database.record(
                Act(.vouchersMade, added.subject, after: added.details()), by: principal.actor, at: principal.now)
            return added
        }
    }

    /// Those of the range that are neither sold nor void, booked as income.
    package func sell(
        _ sale: VoucherSale, of id: VoucherBatch.ID, to tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> VoucherBatch {
        try await database.transaction { database in
            guard let batch = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            let due = try await database.lockUnsold(of: id, sale.first, sale.last)
            guard due > 0 else { throw VoucherRefusal.noneToSell }
            var entry = HouseEntry(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness),
                on: tenant.timeZone.day(at: principal.now), in: batch.price.currency)
            (entry.category, entry.account, entry.party) = (.vouchers, sale.account, sale.party)
            entry.amount = Money(minor: batch.price.minor * Int64(due), batch.price.currency)
            entry.note = "\(batch.name) (\(batch.number)) × \(due)"
            entry = try await entry.add(of: tenant, by: principal, in: database)
            try await database.markSold(of: id, sale.first, sale.last, by: entry.id, at: principal.now)
            try await database.record(
                Act(
                    .vouchersSold, batch.subject,
                    after: [
                        Act.Detail("vouchers", "\(due)"), Act.Detail("income", entry.amount.plainText),
                        Act.Detail("party", sale.party),
                    ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            guard let sold = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            return sold
        }
    }

    /// Whoever is on line by one of them is thrown off.
    package func void(
        _ voiding: VoucherVoiding, of id: VoucherBatch.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> VoucherBatch {
        try await database.transaction { database in
            guard let batch = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            let voided = try await database.void(of: id, voiding.first, voiding.last, at: principal.now)
            guard !voided.isEmpty else { throw VoucherRefusal.noneToVoid }
            try await database.queue(voided.map(EndSessions.init(voucher:)), at: principal.now)
            try await database.record(
                Act(
                    .vouchersVoided, batch.subject,
                    after: [Act.Detail("vouchers", "\(voided.count)"), Act.Detail("reason", voiding.reason)]),
                by: principal.actor, at: principal.now)
            guard let changed = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            return changed
        }
    }
}

extension TenantDatabase {
    private func range(_ batch: VoucherBatch.ID, _ first: Int, _ last: Int) -> SQL {
        "v.tenant_id = \(tenant) AND v.batch_id = \(batch) AND v.number BETWEEN \(first) AND \(last)"
    }

    fileprivate func lockUnsold(
        of batch: VoucherBatch.ID, _ first: Int, _ last: Int
    ) async throws(DatabaseError) -> Int {
        try await value(
            """
            WITH due AS (
                SELECT v.voucher_id FROM vouchers v
                WHERE \(range(batch, first, last)) AND v.sold_at IS NULL AND v.voided_at IS NULL
                ORDER BY v.number FOR UPDATE)
            SELECT count(*) FROM due
            """) ?? 0
    }

    fileprivate func markSold(
        of batch: VoucherBatch.ID, _ first: Int, _ last: Int, by sale: HouseEntry.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE vouchers v SET sold_at = \(now), sale_id = \(sale)
            WHERE \(range(batch, first, last)) AND v.sold_at IS NULL AND v.voided_at IS NULL
            """)
    }

    fileprivate func void(
        of batch: VoucherBatch.ID, _ first: Int, _ last: Int, at now: Instant
    ) async throws(DatabaseError) -> [UUID] {
        let voided: [VoidedVoucher] = try await rows(
            """
            UPDATE vouchers v SET voided_at = \(now)
            WHERE \(range(batch, first, last)) AND v.voided_at IS NULL RETURNING v.voucher_id
            """)
        return voided.map(\.id)
    }
}

private struct VoidedVoucher: RowReadable {
    let id: UUID

    init(row: Row) throws(DatabaseError) { id = try row.read("voucher_id") }
}
