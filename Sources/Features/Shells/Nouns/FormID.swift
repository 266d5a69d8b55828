import Access
import Crypto
import HTTP
import Identifiers
import Postgres
import Time

/// A form's idempotency key, so that sending it again creates nothing new. Kept in the same table as the API's keys,
/// and deleted with them.
package enum FormID {
    package static let field = "form"

    package static func make(for visit: Visit) -> String {
        UUID.v7(milliseconds: visit.now.milliseconds, from: .system).description
    }
}

extension Visit {
    /// Executes a form once, however often it is sent with the same content. `path` leads to what was created; a
    /// repetition waits for the first and gets a nil `made`.
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

    /// The idempotency key of this person, URL and content; nil for a form without an id.
    private func place(of sent: Fields) -> [UInt8]? {
        guard sent[FormID.field].flatMap({ UUID($0) }) != nil, let admitted else { return nil }
        let text = "form\n\(admitted.id)\n\(request.rawTarget)\n\(sent.urlEncoded)"
        return SHA256.digest(of: Array(text.utf8))
    }
}
