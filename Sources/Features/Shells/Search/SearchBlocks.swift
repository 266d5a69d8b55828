import Declarations
import Identifiers
import Postgres

/// Changes to the index's blocks, by block and token, merged so that each row is written once.
struct SearchBlocks {
    fileprivate struct Key: Hashable, Comparable {
        let block: Int32
        let token: String

        static func < (one: Key, other: Key) -> Bool {
            one.block == other.block
                ? one.token.utf8.lexicographicallyPrecedes(other.token.utf8) : one.block < other.block
        }
    }

    private var added: [Key: [Int]] = [:]
    private var removed: [Key: [Int]] = [:]

    mutating func put(_ place: Int, instead old: Set<String>, _ new: Set<String>) {
        for token in new.subtracting(old) { added[Self.key(place, token), default: []].append(place & 4095) }
        for token in old.subtracting(new) { removed[Self.key(place, token), default: []].append(place & 4095) }
    }

    private static func key(_ place: Int, _ token: String) -> Key {
        Key(block: Int32(truncatingIfNeeded: place >> 12), token: token)
    }

    /// In key order, so that concurrent writers of the same rows cannot deadlock.
    func write(_ kind: SearchKind, in database: TenantDatabase) async throws(DatabaseError) {
        if !added.isEmpty { try await database.add(Rows(added), kind) }
        if !removed.isEmpty { try await database.remove(Rows(removed), kind) }
    }

    fileprivate struct Rows {
        var blocks: [Int32] = []
        var tokens: [String] = []
        var skips: [Int32] = []
        var places: [BitString] = []

        init(_ gathered: [Key: [Int]]) {
            for key in gathered.keys.sorted() {
                let offsets = gathered[key] ?? []
                guard let lowest = offsets.min(), let highest = offsets.max() else { continue }
                let count = highest - lowest + 1
                var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
                for offset in offsets { bytes[(offset - lowest) / 8] |= 0x80 >> UInt8((offset - lowest) % 8) }
                blocks.append(key.block)
                tokens.append(key.token)
                skips.append(Int32(lowest))
                places.append(BitString(bytes: bytes, count: count))
            }
        }
    }
}

extension TenantDatabase {
    fileprivate func add(_ rows: SearchBlocks.Rows, _ kind: SearchKind) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO search_blocks AS old (tenant_id, kind, block, token, skip, places)
            SELECT \(tenant), \(kind.name), given.*
            FROM unnest(\(rows.blocks), \(rows.tokens), \(rows.skips), \(rows.places)) given
            ON CONFLICT (tenant_id, kind, block, token) DO UPDATE SET
                skip = least(old.skip, excluded.skip),
                places = substring(
                    search_bits(old.skip, old.places) | search_bits(excluded.skip, excluded.places)
                    FROM least(old.skip, excluded.skip) + 1
                    FOR greatest(old.skip + length(old.places), excluded.skip + length(excluded.places))
                        - least(old.skip, excluded.skip))
            """)
    }

    fileprivate func remove(_ rows: SearchBlocks.Rows, _ kind: SearchKind) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE search_blocks old SET places = substring(
                search_bits(old.skip, old.places) & ~search_bits(given.skip, given.places)
                FROM old.skip + 1 FOR length(old.places))
            FROM unnest(\(rows.blocks), \(rows.tokens), \(rows.skips), \(rows.places)) given(block, token, skip, places)
            WHERE old.tenant_id = \(tenant) AND old.kind = \(kind.name) AND old.block = given.block
                AND old.token = given.token
            """,
            """
            DELETE FROM search_blocks old USING unnest(\(rows.blocks), \(rows.tokens)) given(block, token)
            WHERE old.tenant_id = \(tenant) AND old.kind = \(kind.name) AND old.block = given.block
                AND old.token = given.token AND bit_count(old.places) = 0
            """,
        ])
    }
}
