import Crypto
import Expenses
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// One hotspot card (ficha). Its code lets in the first device that shows it, for as long as its batch says.
package struct Voucher: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Voucher>

    package let id: ID
    package let batch: VoucherBatch.ID
    package let batchName: String
    package let number: Int
    package let code: String
    package let state: State
    package let soldAt: Instant?
    package let usedAt: Instant?
    package let endsAt: Instant?
    package let sale: HouseEntry.ID?
    /// The device that it is bound to.
    package let caller: String

    package enum State: String, FieldChoice {
        case fresh, sold, used, over, void

        package var message: Message {
            switch self {
            case .fresh: Message(es: "Sin vender", en: "Not sold", pt: "Não vendida")
            case .sold: Message(es: "Vendida", en: "Sold", pt: "Vendida")
            case .used: Message(es: "En uso", en: "In use", pt: "Em uso")
            case .over: Message(es: "Vencida", en: "Over", pt: "Vencida")
            case .void: Message(es: "Anulada", en: "Void", pt: "Anulada")
            }
        }

        package var tone: Tone {
            switch self {
            case .fresh, .over: .quiet
            case .sold, .used: .good
            case .void: .bad
            }
        }
    }

    /// Without what is read as something else: no 0 and O, no 1, I and L.
    static let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    static let length = 8

    static func makeCode(from randomness: Randomness) -> String {
        String((0..<length).map { _ in letters[Int(randomness.next() % UInt64(letters.count))] })
    }

    static let path = "/panel/voucher-cards"
}

extension Voucher {
    private static let state: SQL = """
        CASE WHEN v.voided_at IS NOT NULL THEN 'void' WHEN v.ends_at <= now() THEN 'over'
            WHEN v.used_at IS NOT NULL THEN 'used' WHEN v.sold_at IS NOT NULL THEN 'sold' ELSE 'fresh' END
        """

    static let list = List<Voucher>(
        "vouchers", at: path, VoucherWords.cards.message,
        of: [
            Field("code", .line(1...8), VoucherWords.code.message) { .text($0.code) }.sorted(by: "v.code"),
            .derived("state", \.state, VoucherWords.state.message).filtered(by: state),
            Field("batch_name", .line(0...60), VoucherWords.batch.message) { .text($0.batchName) },
            .counted("number", \.number, VoucherWords.card.message),
            Field("caller", .line(0...253), VoucherWords.device.message) { .text($0.caller) },
            Field("batch", .reference, VoucherWords.batch.message) { .id($0.batch.uuid) }.filtered(by: "v.batch_id")
                .only(in: []),
        ], by: "code", id: \.id.uuid, isSearchable: true)

    fileprivate static func rows(_ which: SQL, of tenant: TenantID) -> SQL {
        """
        SELECT v.voucher_id, v.batch_id, b.name AS batch_name, v.number, v.code, \(state) AS state, v.sold_at, v.used_at,
            v.ends_at, v.caller, v.sale_id
        FROM vouchers v JOIN voucher_batches b ON b.tenant_id = \(tenant) AND b.batch_id = v.batch_id
        WHERE v.tenant_id = \(tenant) \(which)
        """
    }
}

extension TenantDatabase {
    func vouchers(_ query: ListQuery<Voucher>) -> SQL {
        Voucher.rows("\(query.restriction) \(isLike(query.text)) \(query.position) \(query.sorting)", of: tenant)
    }

    func vouchersCounted(_ query: ListQuery<Voucher>) -> SQL {
        "FROM vouchers v WHERE v.tenant_id = \(tenant) \(query.restriction) \(isLike(query.text))"
    }

    private func isLike(_ code: String) -> SQL {
        code.isEmpty ? .nothing : "AND starts_with(v.code, upper(\(code)))"
    }

    package func voucher(_ id: Voucher.ID) async throws(DatabaseError) -> Voucher? {
        try await first(Voucher.rows("AND v.voucher_id = \(id)", of: tenant))
    }

    /// In the order of the batch.
    package func vouchers(of batch: VoucherBatch.ID) async throws(DatabaseError) -> [Voucher] {
        try await rows(Voucher.rows("AND v.batch_id = \(batch) ORDER BY v.number", of: tenant))
    }

    /// In the order of their batch.
    func vouchers(soldBy sale: HouseEntry.ID, locked: Bool = false) async throws(DatabaseError) -> [Voucher] {
        try await rows(
            Voucher.rows(
                "AND v.sale_id = \(sale) ORDER BY v.number \(locked ? .forUpdate(of: "v") : .nothing)", of: tenant))
    }

    /// In hexadecimal.
    private static func hash(_ password: String) -> String {
        MD4.ntHash(of: password).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How many were added: a code that is another card's already is left out.
    func insertVouchers(_ codes: [String], of batch: VoucherBatch.ID, from first: Int, ids: [UUID])
        async throws(DatabaseError) -> Int
    {
        try await value(
            """
            WITH added AS (
                INSERT INTO vouchers (tenant_id, voucher_id, batch_id, number, code, nt_hash, small_nt_hash)
                SELECT \(tenant), n.id, \(batch), \(first) - 1 + row_number() OVER (), n.code,
                    decode(n.hash, 'hex'), decode(n.small, 'hex')
                FROM unnest(
                    \(ids), \(codes), \(codes.map(Self.hash)), \(codes.map { Self.hash($0.lowercased()) })
                ) AS n (id, code, hash, small)
                WHERE NOT EXISTS (SELECT FROM vouchers v WHERE v.tenant_id = \(tenant) AND v.code = n.code)
                RETURNING 1)
            SELECT count(*) FROM added
            """) ?? 0
    }
}

extension Voucher: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("voucher_id")
        batch = try row.read("batch_id")
        batchName = try row.read("batch_name")
        let number: Int32 = try row.read("number")
        self.number = Int(number)
        code = try row.read("code")
        state = try row.word("state")
        soldAt = try row.read("sold_at")
        usedAt = try row.read("used_at")
        endsAt = try row.read("ends_at")
        caller = try row.read("caller")
        sale = try row.read("sale_id")
    }
}
