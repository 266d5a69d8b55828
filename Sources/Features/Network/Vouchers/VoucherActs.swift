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
    package var count = 1
    /// The place of the first one in the batch; 0 is the next that nobody bought or used.
    package var first = 0
    package var account = HouseEntry.MoneyAccount.cash
    package var party = ""

    package init() {}
}

extension VoucherSale: Fielded {
    package static let noun = "VoucherSale"

    package static let fields: [Field<VoucherSale>] = [
        .count("count", \.count, 1...VoucherBatch.mostCards, VoucherWords.size.message),
        Field<VoucherSale>.count("first", \.first, 0...VoucherBatch.mostCards, VoucherWords.first.message)
            .hint(VoucherWords.saleHint.message),
        .choice("account", \.account, VoucherWords.account.message),
        .line("party", \.party, 0...120, VoucherWords.party.message),
    ]
}

/// Why a sale of cards is undone.
package struct VoucherUndoing: Sendable {
    package var reason = ""

    package init() {}
}

extension VoucherUndoing: Fielded {
    package static let noun = "VoucherUndoing"

    package static let fields: [Field<VoucherUndoing>] = [
        .line("reason", \.reason, 1...200, VoucherWords.reason.message)
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

    /// The next cards that are neither sold, used nor void, booked as income; a used one only by its own number. Cash
    /// goes into the seller's open shift.
    package func sell(
        _ sale: VoucherSale, of id: VoucherBatch.ID, to tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> (batch: VoucherBatch, sale: HouseEntry.ID) {
        try await database.transaction { database in
            guard let batch = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            let cards = try await database.cards(for: sale, of: id, locked: true)
            guard !cards.isEmpty else { throw VoucherRefusal.noneToSell }
            guard cards.count == sale.count else { throw VoucherRefusal.tooFewToSell }
            let due = cards.count
            var entry = HouseEntry(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness),
                on: tenant.timeZone.day(at: principal.now), in: batch.price.currency)
            (entry.category, entry.account, entry.party) = (.vouchers, sale.account, sale.party)
            entry.amount = Money(minor: batch.price.minor * Int64(due), batch.price.currency)
            entry.note = "\(batch.name) (\(batch.number)) × \(due)"
            entry = try await entry.add(of: tenant, by: principal, in: database)
            try await database.markSold(cards.map(\.id), by: entry.id, at: principal.now)
            try await database.record(
                Act(
                    .vouchersSold, batch.subject,
                    after: [
                        Act.Detail("vouchers", "\(due)"), Act.Detail("income", entry.amount.plainText),
                        Act.Detail("party", sale.party),
                    ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            guard let sold = try await database.voucherBatch(id) else { throw AccessRefusal.notFound }
            return (sold, entry.id)
        }
    }

    /// The cards are for sale again and the money goes back, out of the drawer where it was cash. A seller undoes their
    /// own sale of the day, whoever manages cards any; none where a card was used.
    package func undo(
        _ id: HouseEntry.ID, because reason: String, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let entry = try await database.houseEntry(id, locked: true), entry.category == .vouchers else {
                throw AccessRefusal.notFound
            }
            let isManager = principal.permissions.contains(.vouchersManage)
            if !isManager {
                guard try await database.isSale(id, of: principal.actor.id) else { throw AccessRefusal.notFound }
            }
            guard isManager || entry.day == tenant.timeZone.day(at: principal.now) else {
                throw VoucherRefusal.soldEarlier
            }
            let cards = try await database.vouchers(soldBy: id, locked: true)
            guard let first = cards.first else { throw VoucherRefusal.undoneAlready }
            guard cards.allSatisfy({ $0.usedAt == nil }) else { throw VoucherRefusal.usedMeanwhile }
            guard let batch = try await database.voucherBatch(first.batch) else { throw AccessRefusal.notFound }
            // Its income may be reversed among the company's expenses and income already.
            if entry.state == .applied {
                _ = try await HouseEntry.reverse(
                    id, because: reason, as: .make(milliseconds: principal.now.milliseconds, from: randomness),
                    of: tenant, by: principal, in: database)
            }
            try await database.takeBack(soldBy: id)
            try await database.record(
                Act(
                    .vouchersUnsold, batch.subject,
                    after: [
                        Act.Detail("vouchers", "\(cards.count)"), Act.Detail("income", entry.amount.plainText),
                        Act.Detail("reason", reason),
                    ]), by: principal.actor, at: principal.now)
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

    /// Those that a sale would take.
    func cards(
        for sale: VoucherSale, of batch: VoucherBatch.ID, locked: Bool = false
    ) async throws(DatabaseError) -> [CardForSale] {
        try await rows(
            """
            SELECT v.voucher_id, v.number FROM vouchers v
            WHERE \(range(batch, sale.first, VoucherBatch.mostCards)) AND v.sold_at IS NULL AND v.voided_at IS NULL
                AND (v.used_at IS NULL OR v.number = \(sale.first))
            ORDER BY v.number LIMIT \(sale.count) \(locked ? "FOR UPDATE OF v SKIP LOCKED" : .nothing)
            """)
    }

    fileprivate func markSold(
        _ cards: [UUID], by sale: HouseEntry.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE vouchers SET sold_at = \(now), sale_id = \(sale)
            WHERE tenant_id = \(tenant) AND voucher_id = ANY (\(cards))
            """)
    }

    fileprivate func takeBack(soldBy sale: HouseEntry.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE vouchers SET sold_at = NULL, sale_id = NULL WHERE tenant_id = \(tenant) AND sale_id = \(sale)
            """)
    }

    /// Whether this person sold it.
    func isSale(_ id: HouseEntry.ID, of person: UUID?) async throws(DatabaseError) -> Bool {
        guard let person else { return false }
        return try await value(
            """
            SELECT EXISTS (
                SELECT FROM house_entries
                WHERE tenant_id = \(tenant) AND entry_id = \(id) AND actor_id = \(person))
            """) ?? false
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

struct CardForSale: RowReadable {
    let id: UUID
    let number: Int

    init(row: Row) throws(DatabaseError) {
        id = try row.read("voucher_id")
        let number: Int32 = try row.read("number")
        self.number = Int(number)
    }
}

private struct VoidedVoucher: RowReadable {
    let id: UUID

    init(row: Row) throws(DatabaseError) { id = try row.read("voucher_id") }
}
