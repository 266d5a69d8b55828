import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import JSON
import Nouns
import Postgres

/// A published event: the record's entry without its origin.
struct FeedEvent: Sendable, RowReadable {
    let sequence: Int
    let id: UUID
    let kind: String
    private let content: JSONObject

    init(row: Row) throws(DatabaseError) {
        sequence = try row.read("sequence")
        id = try row.read("event_id")
        kind = try row.read("kind")
        let text: String = try row.read("content")
        do {
            guard case .object(let object) = try JSONValue.parse(Array(text.utf8)) else {
                throw DatabaseError.wrongColumn("event \(sequence) is no object")
            }
            content = object
        } catch {
            throw .wrongColumn("Column content of events: \(error)")
        }
    }

    /// Whether the event may reduce or end somebody's access.
    var changesCredentials: Bool {
        ["staff.", "role.", "token.", "session.", "security.", "impersonation."].contains { kind.hasPrefix($0) }
    }
}

extension FeedEvent: ListedResource {
    static let schema = Schema.object(
        "Event",
        [
            .required("sequence", .integer(1...Int.max), FeedWords.sequence),
            .required("id", .id, FeedWords.id),
            .required("kind", .words(of: { $0.publishedEvents.map(\.name) }), FeedWords.kind),
            .required("at", .text, FeedWords.at),
            .required("actor", .anyObject, FeedWords.actor),
            .required("subject", Schema.anyObject.orNull, FeedWords.subject),
            .required("before", .anyObject, FeedWords.before),
            .required("after", .anyObject, FeedWords.after),
        ])

    var path: String { "/api/v1/events/\(id)" }
    var position: Int { sequence }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("sequence", sequence)
            json.member("id", id.description)
            json.member("kind", kind)
            json.member("at", content["at"] ?? .null)
            json.object("actor") { json in
                guard case .object(let actor) = content["actor"] else { return }
                for name in ["kind", "id", "name"] {
                    if let value = actor[name] { json.member(named: name, value) }
                }
            }
            json.member("subject", content["subject"] ?? .null)
            json.member("before", content["before"] ?? .null)
            json.member("after", content["after"] ?? .null)
        }
    }

    /// As a server-sent event for programs.
    var message: ServerEvent {
        var json = JSONWriter(reserving: 512)
        json.value(self)
        return ServerEvent(String(decoding: json.bytes, as: UTF8.self), name: kind, id: "\(sequence)")
    }
}

/// A batch of events, bounded in number and size.
struct FeedPage: Sendable {
    static let length = 200
    static let bytes = 256 * 1024

    let events: [FeedEvent]
    /// Whether no more events follow.
    let isLast: Bool

    fileprivate init(_ found: [Found]) {
        events = found.map(\.event)
        isLast = found.isEmpty || (found.count < Self.length && found.count == found[0].count)
    }

    fileprivate struct Found: RowReadable {
        let event: FeedEvent
        /// The number of events before the size limit cut the batch.
        let count: Int

        init(row: Row) throws(DatabaseError) {
            event = try FeedEvent(row: row)
            count = try row.read("found")
        }
    }
}

extension TenantDatabase {
    /// The next batch of events after a position, oldest first.
    func feedPage(after sequence: Int) async throws(DatabaseError) -> FeedPage {
        FeedPage(
            try await rows(
                """
                SELECT sequence, event_id, kind, content, found FROM (
                    SELECT sequence, event_id, kind, content, count(*) OVER () AS found,
                        sum(octet_length(content)) OVER (ORDER BY sequence) - octet_length(content) AS before
                    FROM (
                        SELECT sequence, event_id, kind, content FROM events
                        WHERE tenant_id = \(tenant) AND sequence > \(sequence)
                        ORDER BY sequence LIMIT \(FeedPage.length)) next) sized
                WHERE before < \(FeedPage.bytes) ORDER BY sequence
                """))
    }

    /// Events of these kinds, including those recorded up to now.
    func feedEvents(
        of kinds: [EventKind], after sequence: Int, limit: Int
    ) async throws(DatabaseError) -> [FeedEvent] {
        try await batch([
            sealing(),
            """
            SELECT sequence, event_id, kind, content FROM events
            WHERE tenant_id = \(tenant) AND sequence > \(sequence) AND kind = ANY (\(kinds.map(\.name)))
            ORDER BY sequence LIMIT \(limit)
            """,
        ])[1].read()
    }

    func feedEvent(_ id: UUID, of kinds: [EventKind]) async throws(DatabaseError) -> FeedEvent? {
        try await first(
            """
            SELECT sequence, event_id, kind, content FROM events
            WHERE tenant_id = \(tenant) AND event_id = \(id) AND kind = ANY (\(kinds.map(\.name)))
            """)
    }
}
