import Access
import Crypto
import HTTP
import Identifiers
import Postgres
import Time

/// An idempotency key (draft-ietf-httpapi-idempotency-key-header), scoped to the program, the tenant and the route.
struct IdempotencyKey {
    static let pattern = #"^([!#-\[\]-~]{1,255}|"[!#-\[\]-~]{1,255}")$"#

    let text: String

    /// Nil without the header. A quoted key equals a bare one.
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

/// An act executed once for its idempotency key. Its response is stored in the act's own transaction: both are
/// committed, or neither. Only successes are stored; a refusal changed nothing, and the same key may try again.
struct RepeatableAct {
    private let place: [UInt8]
    private let request: [UInt8]

    init(_ key: IdempotencyKey, _ visit: Visit, body: [UInt8]) {
        let route = visit.request.route.map { "\($0.method.name) \($0.pattern)" } ?? ""
        guard let program = visit.admitted?.id else { preconditionFailure("Whoever acts was let in") }
        place = Self.digest([Array(program.description.utf8), Array(route.utf8), Array(key.text.utf8)])
        request = Self.digest([Array(visit.request.rawTarget.utf8), body])
    }

    /// A concurrent request with the same key waits for the first one and gets its response.
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

    /// Hashes length-prefixed parts, so that different lists never collide by concatenation.
    private static func digest(_ parts: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            hash.update(Array("\(part.count):".utf8))
            hash.update(part)
        }
        return hash.finish()
    }
}
