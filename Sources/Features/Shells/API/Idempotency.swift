import Access
import Crypto
import HTTP
import Identifiers
import Postgres
import Time

/// The name that a program gives to one intention, so that asking twice does it once
/// (draft-ietf-httpapi-idempotency-key-header). It holds for this program, of this tenant, on this route.
struct IdempotencyKey {
    static let pattern = #"^([!#-\[\]-~]{1,255}|"[!#-\[\]-~]{1,255}")$"#

    let text: String

    /// Nil when there is none. A quoted key is the same as a bare one.
    init?(_ request: Request) throws(IdempotencyRefusal) {
        let given = request.headers.all("idempotency-key")
        guard let first = given.first else { return nil }
        var key = first.utf8[...]
        let quote = UInt8(ascii: "\"")
        if key.count > 1, key.first == quote, key.last == quote { key = key.dropFirst().dropLast() }
        let isPlain = key.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != quote && $0 != UInt8(ascii: "\\") }
        guard given.count == 1, isPlain, 1...255 ~= key.count else { throw .keyMalformed }
        text = String(key) ?? ""
    }
}

/// An act that is done once for its key. Its answer is written down in the transaction that does it: both are there, or
/// neither. Only what was done is kept; a refusal changed nothing, and the same key may try again.
struct RepeatableAct {
    private let place: [UInt8]
    private let request: [UInt8]

    init(_ key: IdempotencyKey, _ visit: Visit, body: [UInt8]) {
        let route = visit.request.route.map { "\($0.method.name) \($0.pattern)" } ?? ""
        guard let program = visit.admitted?.id else { preconditionFailure("Whoever acts was let in") }
        place = Self.digest([Array(program.description.utf8), Array(route.utf8), Array(key.text.utf8)])
        request = Self.digest([Array(visit.request.rawTarget.utf8), body])
    }

    /// Whoever comes second waits here until the first is done, and is given the first one's answer.
    func answer(in database: TenantDatabase, at now: Instant, _ act: () async throws -> ActAnswer) async throws
        -> Response
    {
        let known = try await database.batch([
            """
            INSERT INTO idempotency_keys (tenant_id, place, request, made_at, status, body)
            VALUES (\(database.tenant), \(place), \(request), \(now), 0, '') ON CONFLICT DO NOTHING
            """,
            """
            SELECT request, status, location, etag, body FROM idempotency_keys
            WHERE tenant_id = \(database.tenant) AND place = \(place)
            """,
        ])
        if known[0].affected == 0, let row = known[1].first {
            guard try row.read("request") == request else { throw IdempotencyRefusal.otherRequest }
            return try Self.answer(row)
        }
        let answer = try await act()
        try await keep(answer.kept, in: database)
        return answer.response
    }

    private func keep(_ response: Response, in database: TenantDatabase) async throws {
        guard case .bytes(let body) = response.body else { preconditionFailure("An act answers with a whole body") }
        try await database.execute(
            """
            UPDATE idempotency_keys SET status = \(response.status.code), location = \(response.headers["Location"]),
                etag = \(response.headers["ETag"]), body = \(body)
            WHERE tenant_id = \(database.tenant) AND place = \(place)
            """)
    }

    private static func answer(_ row: Row) throws -> Response {
        let (status, body): (Status, [UInt8]) = (Status(try row.read("status")), try row.read("body"))
        var response =
            status.code < 400
            ? Response.json(body, status: status) : Response(status, contentType: .problem, body: .bytes(body))
        response.headers["Location"] = try row.read("location")
        response.headers["ETag"] = try row.read("etag")
        response.headers["Idempotency-Replayed"] = "true"
        return response
    }

    /// Of the parts with their lengths, so that no two lists of parts are the same bytes.
    private static func digest(_ parts: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            hash.update(Array("\(part.count):".utf8))
            hash.update(part)
        }
        return hash.finish()
    }
}
