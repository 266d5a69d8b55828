import Declarations
import Identifiers
import Locale
import Mail
import Postgres
import Tenancy
import Time

/// A letter writer's dependencies. The writer's changes, such as creating the letter's secret, are committed before the
/// letter leaves.
package struct LetterDesk: Sendable {
    package let tenant: Tenant
    package let reader: Reader
    package let database: TenantDatabase
    package let now: Instant
    package let randomness: Randomness
    /// The parts of all rooms.
    package let parts: [any RoomPart]
}

/// Writes a kind of letter; nil when it no longer applies.
package typealias LetterWriter = @Sendable (Letter, LetterDesk) async throws -> LetterText?

/// How a letter ended.
package enum LetterEnd: Sendable {
    case sent, failed
    /// Its writer found that it no longer applies.
    case removed
}

/// Learns of a letter's end in the transaction that notes it.
package typealias LetterFollower = @Sendable (Letter, LetterEnd, TenantDatabase, Instant) async throws -> Void

/// No room of this program writes this kind.
struct UnknownLetterKind: Error, Equatable {
    let kind: String
}

/// Writes letters and hands them to the mail server.
package struct LetterSender: Sendable {
    let send: @Sendable (MailMessage) async throws(MailError) -> Void
    private let sender: String
    private let tenant: @Sendable (TenantID) async throws -> Tenant?
    private var writers: [String: LetterWriter] = [:]
    private var followers: [String: LetterFollower] = [:]
    /// The parts of all rooms, for writers.
    package var parts: [any RoomPart] = []

    /// `{slug}` in the sender's address is replaced by the tenant's slug.
    package init(
        sender: String, tenant: @escaping @Sendable (TenantID) async throws -> Tenant?,
        send: @escaping @Sendable (MailMessage) async throws(MailError) -> Void
    ) {
        self.sender = sender
        self.tenant = tenant
        self.send = send
    }

    package mutating func add(_ kind: LetterKind, _ write: @escaping LetterWriter) {
        precondition(writers[kind.name] == nil, "Two rooms write letters of \(kind.name)")
        writers[kind.name] = write
    }

    package mutating func follow(_ kind: LetterKind, _ follower: @escaping LetterFollower) {
        followers[kind.name] = follower
    }

    func note(_ end: LetterEnd, of letter: Letter, in database: TenantDatabase, at now: Instant) async throws {
        try await followers[letter.kind]?(letter, end, database, now)
    }

    func message(
        of letter: Letter, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> MailMessage? {
        guard let tenant = try await tenant(database.tenant) else { return nil }
        // A newer version of the program may know this kind, so the job fails and is retried.
        guard let write = writers[letter.kind] else {
            throw UnknownLetterKind(kind: letter.kind)
        }
        let reader = tenant.reader(in: letter.language)
        let desk = LetterDesk(
            tenant: tenant, reader: reader, database: database, now: now, randomness: randomness,
            parts: parts)
        guard let text = try await write(letter, desk) else { return nil }
        let brand = try await database.brandTexts()
        let logo = try await database.brandPicture("logo", of: tenant.brand.logo)
            .map { MailMessage.Picture(named: "logo", png: $0) }
        let paper = LetterPaper(
            text: text, tenant: tenant, footer: brand[.mailFooter] ?? tenant.name, logo: logo,
            language: reader.languageTag)
        return MailMessage(
            id: letter.id.uuid,
            from: try MailAddress(Self.address(sender, of: tenant), named: brand[.senderName] ?? tenant.name),
            to: try MailAddress(text.recipient ?? letter.recipient),
            answers: try brand[.replyTo].map { address throws(MailError) in try MailAddress(address) },
            subject: text.subject, text: paper.plain, html: paper.html, picture: logo, language: reader.languageTag,
            date: now)
    }

    private static func address(_ pattern: String, of tenant: Tenant) -> String {
        pattern.split(separator: "{slug}", omittingEmptySubsequences: false).joined(separator: tenant.slug)
    }
}
