import Crypto
import Postgres

/// A tenant's entries, each hashed over all before it.
package struct EventChain: Sendable {
    /// What the first entry's hash begins with.
    static let start = [UInt8](repeating: 0, count: 32)

    /// How far it reaches, and the hash that stands for all of it.
    package struct Head: Sendable, Equatable {
        package let sequence: Int
        package let hash: [UInt8]

        package init(sequence: Int, hash: [UInt8]) {
            self.sequence = sequence
            self.hash = hash
        }
    }

    package enum Fault: Error, Equatable {
        /// An entry is missing, or stands in another's place.
        case missing(sequence: Int)
        /// The entry, or one before it, is not what was written.
        case altered(sequence: Int)
        /// The record ends before an entry that is known to have been written.
        case cut(after: Int, known: Int)
        /// At that place it is not the record whose head was kept.
        case otherRecord(sequence: Int)
    }

    /// Reads every entry after a head, or all of them, and recomputes every hash. `kept` are heads written down elsewhere
    /// or signed: whoever holds the database can cut the end off and set the head to match, but not change those.
    package static func verify(
        against kept: [Head] = [], from first: Head? = nil, in database: TenantDatabase
    ) async throws -> Head {
        var head = first ?? Head(sequence: 0, hash: start)
        let known = Dictionary(grouping: kept, by: \.sequence)
        while true {
            let entries: [Entry] = try await database.rows(
                """
                SELECT sequence, content, hash FROM events
                WHERE tenant_id = \(database.tenant) AND sequence > \(head.sequence) ORDER BY sequence LIMIT 1000
                """)
            if entries.isEmpty { break }
            for entry in entries {
                guard entry.sequence == head.sequence + 1 else { throw Fault.missing(sequence: head.sequence + 1) }
                guard SHA256.digest(of: head.hash + Array(entry.content.utf8)) == entry.hash else {
                    throw Fault.altered(sequence: entry.sequence)
                }
                head = Head(sequence: entry.sequence, hash: entry.hash)
                if let kept = known[head.sequence], kept.contains(where: { $0.hash != head.hash }) {
                    throw Fault.otherRecord(sequence: head.sequence)
                }
            }
        }
        let written = try await self.head(in: database)
        if let last = (kept + [written].compactMap(\.self)).map(\.sequence).max(), last > head.sequence {
            throw Fault.cut(after: head.sequence, known: last)
        }
        guard written ?? Head(sequence: 0, hash: start) == head else { throw Fault.altered(sequence: head.sequence) }
        return head
    }

    /// Nothing before the first entry.
    package static func head(in database: TenantDatabase) async throws -> Head? {
        try await database.first(
            "SELECT sequence, hash FROM event_heads WHERE tenant_id = \(database.tenant) AND sequence > 0")
    }
}

private struct Entry: RowReadable {
    let sequence: Int
    let content: String
    let hash: [UInt8]

    init(row: Row) throws(DatabaseError) {
        sequence = try row.read("sequence")
        content = try row.read("content")
        hash = try row.read("hash")
    }
}

extension EventChain.Head: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        sequence = try row.read("sequence")
        hash = try row.read("hash")
    }
}
