import Crypto
import Identifiers
import Images
import Locale
import Nouns
import Postgres
import Sandbox
import Time
import Vault

/// A file to be sent, sealed as it is kept.
package struct SealedFile: Sendable, Equatable {
    let id: MessageFile.ID
    let mediaType: String
    let name: String
    let bytes: Int
    let sealed: [UInt8]

    /// What the company sends: pictures, papers and voice notes.
    static let kinds: [String: ChatMessage.Kind] = [
        "image/png": .image, "image/jpeg": .image, "application/pdf": .document, "audio/ogg": .audio,
        "audio/mpeg": .audio, "audio/mp4": .audio, "audio/aac": .audio,
    ]
    package static let mostBytes = 8 << 20

    var kind: ChatMessage.Kind { Self.kinds[mediaType] ?? .document }

    package init(
        _ content: [UInt8], mediaType: String, name: String, in vault: Vault, of database: TenantDatabase,
        at now: Instant, from randomness: Randomness
    ) async throws {
        guard Self.kinds[mediaType] != nil else { throw ConversationRefusal.fileKind }
        guard content.count <= MessageFile.mostBytes else { throw ConversationRefusal.fileTooLarge }
        id = .make(milliseconds: now.milliseconds, from: randomness)
        (self.mediaType, self.name, bytes) = (mediaType, FormText.line(name, upTo: 200), content.count)
        sealed = try await vault.seal(content, for: .file(id), at: now, in: database)
    }

    /// As somebody chose it from their disk: a picture is drawn anew, so that nothing but what is seen is sent; a paper or
    /// recording has to begin as its kind does.
    init(
        chosen content: [UInt8], named name: String, in vault: Vault, with sandbox: Sandbox,
        of database: TenantDatabase,
        at now: Instant, from randomness: Randomness
    ) async throws {
        guard content.count <= Self.mostBytes else { throw ConversationRefusal.fileTooLarge }
        guard let type = Self.type(of: content) else { throw ConversationRefusal.fileKind }
        guard Self.kinds[type] == .image || type == "image/webp" else {
            try await self.init(
                content, mediaType: type, name: name, in: vault, of: database, at: now, from: randomness)
            return
        }
        let drawn: [UInt8]
        do {
            drawn = try await MessageFile.draw(content, in: sandbox, for: database.tenant.uuid)
        } catch let fault as PictureFault {
            throw fault == .tooLarge ? ConversationRefusal.fileTooLarge : .fileUnreadable
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            throw ConversationRefusal.fileUnreadable
        }
        try await self.init(
            drawn, mediaType: "image/png", name: name, in: vault, of: database, at: now, from: randomness)
    }

    /// By its first bytes; nil for what is not sent.
    static func type(of content: [UInt8]) -> String? {
        func begins(_ text: String, at place: Int = 0) -> Bool {
            content.dropFirst(place).starts(with: Array(text.utf8))
        }
        if content.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if content.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if begins("RIFF"), begins("WEBP", at: 8) { return "image/webp" }
        if begins("%PDF-") { return "application/pdf" }
        if begins("OggS") { return "audio/ogg" }
        if begins("ID3") || content.starts(with: [0xFF, 0xFB]) { return "audio/mpeg" }
        if begins("ftypM4A", at: 4) { return "audio/mp4" }
        return nil
    }
}

extension TenantDatabase {
    func insert(_ file: SealedFile, of message: ChatMessage.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO message_files (
                tenant_id, file_id, message_id, position, media_type, name, bytes, state, sealed, made_at)
            VALUES (
                \(tenant), \(file.id), \(message), 0, \(file.mediaType), \(file.name), \(file.bytes), 'kept',
                \(file.sealed), \(now))
            """)
    }

    /// The file that a message of ours carries.
    package func sentFile(
        of message: ChatMessage.ID, from vault: Vault
    ) async throws -> (file: MessageFile, content: [UInt8])? {
        guard let file = try await files(of: [message]).first else { return nil }
        return try await content(of: file.id, from: vault)
    }
}
