import Events
import Postgres
import Time

/// The brand's texts on papers and mail.
package enum BrandText: String, Sendable, CaseIterable {
    case senderName = "sender_name"
    case replyTo = "reply_to"
    case invoiceFooter = "invoice_footer"
    case receiptFooter = "receipt_footer"
    case mailFooter = "mail_footer"

    /// The maximum length in Unicode scalars.
    package var length: Int {
        switch self {
        case .senderName: 60
        case .replyTo: 254
        case .invoiceFooter, .receiptFooter, .mailFooter: 600
        }
    }
}

extension TenantDatabase {
    package func brandTexts() async throws(DatabaseError) -> [BrandText: String] {
        let texts: [StoredText] = try await rows("SELECT name, text FROM brand_texts WHERE tenant_id = \(tenant)")
        return Dictionary(texts.compactMap { text in BrandText(rawValue: text.name).map { ($0, text.text) } }) { $1 }
    }

    fileprivate func put(_ texts: [BrandText: String]) async throws(DatabaseError) {
        try await execute("DELETE FROM brand_texts WHERE tenant_id = \(tenant)")
        let said = texts.filter { !$0.value.isEmpty }.sorted { $0.key.rawValue < $1.key.rawValue }
        try await execute(
            """
            INSERT INTO brand_texts (tenant_id, name, text)
            SELECT \(tenant), given.* FROM unnest(\(said.map(\.key.rawValue)), \(said.map(\.value))) given
            ON CONFLICT (tenant_id, name) DO UPDATE SET text = excluded.text
            """)
    }
}

extension Tenant {
    /// Replaces all texts; empty or missing ones are removed. Returns the names of changed ones.
    package func put(
        _ texts: [BrandText: String], by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws -> [BrandText] {
        try await database.transaction { database in
            let known = try await database.brandTexts()
            let different = BrandText.allCases.filter { (known[$0] ?? "") != (texts[$0] ?? "") }
            guard !different.isEmpty else { return [] }
            try await database.put(texts)
            func details(_ texts: [BrandText: String]) -> [Act.Detail] {
                different.map { Act.Detail($0.rawValue, texts[$0] ?? "") }
            }
            try await database.record(
                Act(.brandChanged, subject, before: details(known), after: details(texts)), by: actor, at: now)
            return different
        }
    }
}

private struct StoredText: RowReadable {
    let name: String
    let text: String

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        text = try row.read("text")
    }
}
