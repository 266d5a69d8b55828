import Access
import Identifiers
import Ledger
import Locale
import Nouns
import Payments
import Postgres
import ReceiptTexts
import Tenancy
import Time

/// A receipt that a customer sent: the payment that it claims, what was read of the picture, and what is doubtful.
package struct Receipt: Sendable, Equatable {
    package let payment: Payment
    package let amount: Readout<Money>?
    package let day: Readout<Day>?
    package let reference: Readout<String>?
    package let bank: String
    /// The last digits of where the money went, as far as they were read.
    package let destination: String
    package let doubts: [ReceiptDoubt]
    /// The payment that it is like, with its number.
    package let like: Payment.ID?
    package let likeFolio: String
    /// What it brought about before anybody looked at it.
    package let effect: ReceiptTrust

    /// What to look at before it is approved, a line each; none where nothing is doubtful.
    package func cautions(for reader: Reader) -> [String] {
        guard !doubts.isEmpty else { return [] }
        let lines = [ReceiptWords.doubts.text(for: reader)] + doubts.map { "• \($0.text(for: reader))" }
        return like == nil
            ? lines : lines + ["• \(ReceiptWords.like.text(for: reader, .text("number", likeFolio)))"]
    }

    func isDoubtful(_ field: String) -> Bool { doubts.contains { $0.field == field || $0 == .unreadable } }
}

extension Receipt: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        payment = try Payment(row: row)
        let amountMinor: Int64? = try row.read("read_amount")
        let (amountSure, daySure, referenceSure): (Int, Int, Int) = (
            try row.read("amount_sure"), try row.read("day_sure"), try row.read("reference_sure")
        )
        let currency = payment.amount.currency
        amount = amountMinor.map { Readout(Money(minor: $0, currency), amountSure) }
        let readDay: Day? = try row.read("read_day")
        day = readDay.map { Readout($0, daySure) }
        let readReference: String = try row.read("read_reference")
        reference = readReference.isEmpty ? nil : Readout(readReference, referenceSure)
        bank = try row.read("bank")
        destination = try row.read("destination")
        let words: [String] = try row.read("doubts")
        doubts = words.compactMap(ReceiptDoubt.init)
        like = try row.read("like_payment_id")
        let number: Int? = try row.read("like_number")
        let series: String? = try row.read("like_series")
        likeFolio = number.map { Payment.folio(series: series ?? "", number: $0) } ?? ""
        effect = try row.word("effect")
    }
}

extension TenantDatabase {
    private var receiptSelection: SQL {
        """
        SELECT p.payment_id, p.entry, p.series, p.number, p.customer_id, c.name AS customer_name, p.method,
            p.method_name, p.amount, p.currency, p.day, p.reference, p.note, p.state, p.held_for, p.actor_id, p.actor,
            p.made_at, p.decider, p.decided_at, p.reason, TRUE AS has_evidence, r.amount AS read_amount, r.amount_sure,
            r.day AS read_day, r.day_sure, r.reference AS read_reference, r.reference_sure, r.bank, r.destination,
            r.doubts, r.effect, r.like_payment_id, l.number AS like_number, l.series AS like_series
        FROM receipt_readings r
        JOIN payments p ON p.tenant_id = r.tenant_id AND p.payment_id = r.payment_id
        JOIN customers c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
        LEFT JOIN payments l ON l.tenant_id = r.tenant_id AND l.payment_id = r.like_payment_id
        WHERE r.tenant_id = \(tenant)
        """
    }

    package func receipt(_ id: Payment.ID) async throws(DatabaseError) -> Receipt? {
        try await first("\(receiptSelection) AND r.payment_id = \(id)")
    }

    /// Those that wait for a person, the oldest first.
    package func waitingReceipts(limit: Int) async throws(DatabaseError) -> [Receipt] {
        try await rows(
            "\(receiptSelection) AND p.state = 'pending' ORDER BY r.made_at, r.payment_id LIMIT \(limit)")
    }

    /// In the order received, for programs.
    func receipts(
        after entry: Int, in state: Payment.State?, limit: Int
    ) async throws(DatabaseError) -> [Receipt] {
        let state: SQL = state.map { "AND p.state = \($0.rawValue)" } ?? .nothing
        return try await rows("\(receiptSelection) AND p.entry > \(entry) \(state) ORDER BY p.entry LIMIT \(limit)")
    }

    /// Held in memory at a time.
    private static var signatures: Int { 100 }

    /// The newest receipts, to find one that is sent again; those that were rejected too. A signature has 14 kB: they are
    /// read and compared some at a time. Not within a transaction.
    func knownReceipts(
        showing signature: [UInt8], since moment: Instant, limit: Int
    ) async throws(DatabaseError) -> [KnownReceipt] {
        let found: [FoundReceipt] = try await rows(
            """
            SELECT r.payment_id, CASE WHEN r.reference <> '' THEN r.reference ELSE p.reference END AS reference,
                p.amount, p.day
            FROM receipt_readings r
            JOIN payments p ON p.tenant_id = r.tenant_id AND p.payment_id = r.payment_id
            WHERE r.tenant_id = \(tenant) AND r.made_at > \(moment)
            ORDER BY r.made_at DESC LIMIT \(limit)
            """)
        var same: Set<Payment.ID> = []
        for start in stride(from: 0, to: found.count, by: Self.signatures) where !signature.isEmpty {
            let some = found[start...].prefix(Self.signatures).map(\.payment)
            let page: [KnownPicture] = try await rows(
                """
                SELECT payment_id, signature FROM receipt_readings
                WHERE tenant_id = \(tenant) AND payment_id = ANY (\(some))
                """)
            for picture in page where PictureSignature.areSame(signature, picture.signature) {
                same.insert(picture.payment)
            }
        }
        return found.map { $0.known(isSamePicture: same.contains($0.payment)) }
    }

    func insert(
        _ picture: ReceiptPicture, _ check: ReceiptCheck, _ trust: ReceiptTrust, of payment: Payment.ID, at now: Instant
    ) async throws(DatabaseError) {
        let facts = check.facts
        try await execute(
            """
            INSERT INTO receipt_readings (
                tenant_id, payment_id, amount, amount_sure, day, day_sure, reference, reference_sure, bank,
                destination, account_id, standing, doubts, like_payment_id, effect, signature, made_at)
            VALUES (
                \(tenant), \(payment), \(facts.amount?.value.minor), \(Int32(facts.amount?.confidence ?? 0)),
                \(facts.day?.value), \(Int32(facts.day?.confidence ?? 0)),
                \(facts.reference?.value.prefix(scalars: 60) ?? ""), \(Int32(facts.reference?.confidence ?? 0)),
                \(facts.bank?.value ?? ""), \(facts.destination?.value ?? ""), \(check.account),
                \(facts.standing.rawValue), \(check.doubts.map(\.rawValue)), \(check.like), \(trust.rawValue),
                \(picture.signature), \(now))
            ON CONFLICT (tenant_id, payment_id) DO NOTHING
            """)
    }
}

private struct FoundReceipt: RowReadable {
    let payment: Payment.ID
    private let reference: String
    private let minor: Int64
    private let day: Day

    init(row: Row) throws(DatabaseError) {
        (payment, reference) = (try row.read("payment_id"), try row.read("reference"))
        (minor, day) = (try row.read("amount"), try row.read("day"))
    }

    func known(isSamePicture: Bool) -> KnownReceipt {
        KnownReceipt(payment: payment, reference: reference, minor: minor, day: day, isSamePicture: isSamePicture)
    }
}

private struct KnownPicture: RowReadable {
    let payment: Payment.ID
    let signature: [UInt8]

    init(row: Row) throws(DatabaseError) {
        (payment, signature) = (try row.read("payment_id"), try row.read("signature"))
    }
}
