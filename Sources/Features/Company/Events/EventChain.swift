import Crypto
import Postgres

/// A tenant's hash chain of events.
package struct EventChain: Sendable {
    /// The hash before the first event.
    static let start = [UInt8](repeating: 0, count: 32)

    /// A position in the chain, and the hash of everything up to it.
    package struct Head: Sendable, Equatable {
        package let sequence: Int
        package let hash: [UInt8]

        package init(sequence: Int, hash: [UInt8]) {
            self.sequence = sequence
            self.hash = hash
        }
    }

    package enum Fault: Error, Equatable {
        /// An event is missing or out of place.
        case missing(sequence: Int)
        /// This event, or an earlier one, was altered.
        case altered(sequence: Int)
        /// The chain ends before an event known to exist.
        case cut(after: Int, known: Int)
        /// The chain differs from the one whose head was kept.
        case otherRecord(sequence: Int)
    }

    /// Recomputes every hash after a head, or of all events. `kept` are heads written down elsewhere or signed: a
    /// database owner can truncate the chain and forge its head, but not those.
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

    /// Nil without events.
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
