import Events
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Hotspot cards made together (fichas): alike but for their codes.
package struct VoucherBatch: Sendable, Equatable {
    package typealias ID = Identifiers.ID<VoucherBatch>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    /// How many cards.
    package var size = 50
    package var span = 1
    package var unit = Unit.days
    package var price: Money
    package var download = Speed(kilobits: 0)
    package var upload = Speed(kilobits: 0)
    /// The hotspot's login page, which the QR code opens.
    package var page = ""
    package var note = ""
    package internal(set) var madeAt: Instant
    package internal(set) var sold = 0
    package internal(set) var used = 0
    /// Used although nobody sold them.
    package internal(set) var usedUnsold = 0
    package internal(set) var voided = 0

    package init(id: ID, in currency: Currency, at now: Instant) {
        (self.id, price, madeAt) = (id, .zero(currency), now)
    }

    package enum Unit: String, FieldChoice {
        case hours, days

        package var message: Message {
            switch self {
            case .hours: Message(es: "Horas", en: "Hours", pt: "Horas")
            case .days: Message(es: "Días", en: "Days", pt: "Dias")
            }
        }
    }

    static let mostCards = 500

    var panelPath: String { "\(Self.list.path)/\(id)" }
    var subject: Act.Subject { Act.Subject("voucher_batch", id.uuid, named: "\(name) (\(number))") }

    func spanText(for reader: Reader) -> String { "\(span.text(for: reader)) \(unit.text(for: reader).lowercased())" }
}

extension VoucherBatch: Fielded {
    package static let noun = "VoucherBatch"

    package static let fields: [Field<VoucherBatch>] = [
        Field<VoucherBatch>.line("name", \.name, 1...60, VoucherWords.name.message).sorted(by: "b.name"),
        .count("size", \.size, 1...mostCards, VoucherWords.size.message),
        .count("span", \.span, 1...366, VoucherWords.span.message),
        Field<VoucherBatch>.choice("unit", \.unit, VoucherWords.unit.message).hint(VoucherWords.unitHint.message),
        .money("price", \.price, isRequired: true, VoucherWords.price.message),
        Field<VoucherBatch>.speed("download", \.download, VoucherWords.download.message)
            .hint(VoucherWords.speedHint.message).only(in: details),
        Field<VoucherBatch>.speed("upload", \.upload, VoucherWords.upload.message).only(in: details),
        Field<VoucherBatch>.line("page", \.page, 0...200, VoucherWords.page.message)
            .hint(VoucherWords.pageHint.message).only(in: details),
        Field<VoucherBatch>.line("note", \.note, 0...120, VoucherWords.note.message)
            .hint(VoucherWords.noteHint.message).only(in: details),
    ]
    private static let details: FieldPlaces = [.form, .api, .record]

    /// Newest first by default.
    static let list = List<VoucherBatch>(
        "voucher_batches", at: "/panel/vouchers", VoucherWords.batches.message,
        of: [.counted("number", \.number, VoucherWords.number.message).sorted(by: "b.number")] + fields + [
            .counted("sold", \.sold, VoucherWords.sold.message), .counted("used", \.used, VoucherWords.used.message),
            .counted("voided", \.voided, VoucherWords.voided.message),
        ], by: "number", id: \.id.uuid)
}

extension TenantDatabase {
    private func voucherBatches(_ which: SQL) -> SQL {
        """
        SELECT b.batch_id, b.number, b.name, b.size, b.span, b.unit, b.price, b.currency, b.download, b.upload, b.page,
            b.note, b.made_at, f.sold, f.used, f.used_unsold, f.voided
        FROM voucher_batches b
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE v.sold_at IS NOT NULL) AS sold,
                count(*) FILTER (WHERE v.used_at IS NOT NULL) AS used,
                count(*) FILTER (WHERE v.used_at IS NOT NULL AND v.sold_at IS NULL) AS used_unsold,
                count(*) FILTER (WHERE v.voided_at IS NOT NULL) AS voided
            FROM vouchers v WHERE v.tenant_id = \(tenant) AND v.batch_id = b.batch_id) f
        WHERE b.tenant_id = \(tenant) \(which)
        """
    }

    package func voucherBatch(_ id: VoucherBatch.ID) async throws(DatabaseError) -> VoucherBatch? {
        try await first(voucherBatches("AND b.batch_id = \(id)"))
    }

    func voucherBatches(after number: Int, limit: Int) async throws(DatabaseError) -> [VoucherBatch] {
        try await rows(voucherBatches("AND b.number > \(number) ORDER BY b.number LIMIT \(limit)"))
    }

    func voucherBatches(_ query: ListQuery<VoucherBatch>) -> SQL {
        voucherBatches("\(query.restriction) \(query.position) \(query.sorting)")
    }

    func voucherBatchesCounted(_ query: ListQuery<VoucherBatch>) -> SQL {
        "FROM voucher_batches b WHERE b.tenant_id = \(tenant) \(query.restriction)"
    }

    func insert(_ batch: VoucherBatch, by author: String) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'voucher_batch', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO voucher_batches (
                tenant_id, batch_id, number, name, size, span, unit, download, upload, price, currency, page, note, actor,
                made_at)
            SELECT \(tenant), \(batch.id), n.last, \(batch.name), \(Int32(batch.size)), \(Int32(batch.span)),
                \(batch.unit.rawValue), \(Int32(clamping: batch.download.kilobits)),
                \(Int32(clamping: batch.upload.kilobits)), \(batch.price.minor), \(batch.price.currency.rawValue),
                \(batch.page), \(batch.note), \(author), \(batch.madeAt)
            FROM next n
            """)
    }
}

extension VoucherBatch: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("price")
        self.init(id: try row.read("batch_id"), in: try row.currency(), at: try row.read("made_at"))
        number = try row.read("number")
        name = try row.read("name")
        let (size, span): (Int32, Int32) = (try row.read("size"), try row.read("span"))
        (self.size, self.span) = (Int(size), Int(span))
        unit = try row.word("unit")
        price = Money(minor: minor, price.currency)
        let (download, upload): (Int32, Int32) = (try row.read("download"), try row.read("upload"))
        (self.download, self.upload) = (Speed(kilobits: Int(download)), Speed(kilobits: Int(upload)))
        page = try row.read("page")
        note = try row.read("note")
        sold = try row.read("sold")
        used = try row.read("used")
        usedUnsold = try row.read("used_unsold")
        voided = try row.read("voided")
    }
}
