import Declarations
import Identifiers
import Jobs
import Locale
import Postgres
import Time

/// An e-mail from the ISP to one person.
package struct Letter: Sendable {
    package typealias ID = Identifiers.ID<Letter>

    package let id: ID
    /// The name of its kind.
    package let kind: String
    package let recipient: String
    /// The subject's id; what it is depends on the kind.
    package let about: UUID?
    package let language: Language
    package let origin: String
    package let state: State
    package let reason: String?
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, Sendable {
        case waiting, sent, failed
    }
}

/// How to write to somebody: the language, and the origin for links.
package struct Letterhead: Sendable, Equatable {
    package let language: Language
    package let origin: String

    package init(language: Language, origin: String) {
        self.language = language
        self.origin = origin
    }
}

extension TenantDatabase {
    /// Queues the letter, to be sent once this transaction commits.
    @discardableResult
    package func write(
        _ kind: LetterKind, to recipient: String, about: UUID?, on head: Letterhead, at now: Instant,
        from randomness: Randomness
    ) async throws -> Letter.ID {
        let id = Letter.ID.make(milliseconds: now.milliseconds, from: randomness)
        try await transaction { database in
            try await database.execute(
                """
                INSERT INTO letters (tenant_id, letter_id, kind, recipient, about, language, origin, made_at)
                VALUES (\(tenant), \(id), \(kind.name), \(recipient), \(about), \(head.language.rawValue),
                    \(head.origin), \(now))
                """)
            try await database.queue(SendLetter(letter: id), at: now)
        }
        return id
    }

    package func letter(_ id: Letter.ID) async throws(DatabaseError) -> Letter? {
        try await first(
            """
            SELECT letter_id, kind, recipient, about, language, origin, state, reason, made_at, ended_at
            FROM letters WHERE tenant_id = \(tenant) AND letter_id = \(id)
            """)
    }

    /// Newest first, with keyset pagination.
    package func letters(before id: Letter.ID?, limit: Int) async throws(DatabaseError) -> [Letter] {
        let filter: SQL = id.map { "AND letter_id < \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT letter_id, kind, recipient, about, language, origin, state, reason, made_at, ended_at
            FROM letters WHERE tenant_id = \(tenant) \(filter) ORDER BY letter_id DESC LIMIT \(limit)
            """)
    }

    /// Queues a failed letter again. False when there is none.
    package func resendLetter(_ id: Letter.ID, at now: Instant) async throws -> Bool {
        try await transaction { database in
            let count = try await database.execute(
                """
                UPDATE letters SET state = 'waiting', ended_at = NULL
                WHERE tenant_id = \(tenant) AND letter_id = \(id) AND state = 'failed'
                """)
            if count == 1 { try await database.queue(SendLetter(letter: id), at: now) }
            return count == 1
        }
    }

    func note(_ state: Letter.State, _ reason: String?, of id: Letter.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE letters SET state = \(state.rawValue), reason = \(reason),
                ended_at = \(state == .waiting ? nil : now)
            WHERE tenant_id = \(tenant) AND letter_id = \(id)
            """)
    }

    func removeLetter(_ id: Letter.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM letters WHERE tenant_id = \(tenant) AND letter_id = \(id)")
    }
}

extension Letter: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("letter_id")
        recipient = try row.read("recipient")
        about = try row.read("about")
        origin = try row.read("origin")
        reason = try row.read("reason")
        madeAt = try row.read("made_at")
        endedAt = try row.read("ended_at")
        kind = try row.read("kind")
        let words: [String] = [try row.read("language"), try row.read("state")]
        guard let language = Language(rawValue: words[0]), let state = State(rawValue: words[1])
        else { throw .wrongColumn("A letter says \(words)") }
        (self.language, self.state) = (language, state)
    }
}
