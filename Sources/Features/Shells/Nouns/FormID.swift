import Access
import Crypto
import HTTP
import Identifiers
import Postgres
import Time

/// Names one form as it was handed out, so that sending it again makes nothing new, as an Idempotency-Key does for
/// programs. Both are kept in one table and forgotten together.
package enum FormID {
    package static let field = "form"

    package static func make(for visit: Visit) -> String {
        UUID.v7(milliseconds: visit.now.milliseconds, from: .system).description
    }
}

extension Visit {
    /// Does what a form asks for once, however often the same form with the same content is sent. `path` leads to what
    /// was made, and nothing was `made` by whoever comes second, who waits here until the first is done.
    package func once<Made: Sendable>(
        _ sent: Fields, _ make: (TenantDatabase) async throws -> (made: Made, path: String)
    ) async throws -> (made: Made?, path: String) {
        try await database.transaction { database in
            guard let place = place(of: sent) else { return try await make(database) }
            let known = try await database.batch([
                """
                INSERT INTO idempotency_keys (tenant_id, place, request, made_at, status, body)
                VALUES (\(database.tenant), \(place), \(place), \(now), \(Status.seeOther.code), '')
                ON CONFLICT DO NOTHING
                """,
                "SELECT location FROM idempotency_keys WHERE tenant_id = \(database.tenant) AND place = \(place)",
            ])
            if known[0].affected == 0, let row = known[1].first { return (nil, try row.read("location")) }
            let (made, path) = try await make(database)
            try await database.execute(
                """
                UPDATE idempotency_keys SET location = \(path)
                WHERE tenant_id = \(database.tenant) AND place = \(place)
                """)
            return (made, path)
        }
    }

    /// Of this person, at this address, with this content; nil for a form without an id.
    private func place(of sent: Fields) -> [UInt8]? {
        guard sent[FormID.field].flatMap({ UUID($0) }) != nil, let admitted else { return nil }
        let text = "form\n\(admitted.id)\n\(request.rawTarget)\n\(sent.urlEncoded)"
        return SHA256.digest(of: Array(text.utf8))
    }
}
