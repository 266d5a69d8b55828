import Access
import Crypto
import HTTP
import Identifiers
import Images
import Locale
import Nouns
import Postgres
import Sandbox
import Time
import Vault

/// Something sent along with a message. The provider keeps it for a while; we keep it sealed, pictures drawn anew.
package struct MessageFile: Sendable, Equatable {
    package typealias ID = Identifiers.ID<MessageFile>

    package let id: ID
    package let message: ChatMessage.ID
    package let mediaType: String
    package let name: String
    package let bytes: Int?
    package let providerFile: String?
    package let state: State
    package let refusal: MessageFileRefusal?

    package enum State: String, FieldChoice {
        case waiting, kept, refused

        package var message: Message {
            switch self {
            case .waiting: Message(es: "Descargando", en: "Being fetched", pt: "Baixando")
            case .kept: Message(es: "Guardado", en: "Kept", pt: "Guardado")
            case .refused: Message(es: "No se guardó", en: "Not kept", pt: "Não guardado")
            }
        }
    }

    /// Shown in the conversation; all else is handed out as a file.
    package var isPicture: Bool { mediaType == "image/png" }

    /// Large enough to be legible on a screen.
    private static let form = PictureForm.fitted(width: 1200, height: 1800)
    package static let mostBytes = 16 << 20
    /// Kept of one conversation in 24 hours: a stranger must not fill the disk.
    package static let mostBytesADay = 64 * 1024 * 1024
    /// Kept of all the chats of an account that are no customer's, in 24 hours: many strangers together must not either.
    package static let mostBytesOfStrangersADay = 512 * 1024 * 1024

    /// A picture as it is kept: drawn anew, so that nothing is left of the file but what is seen. Throws a `PictureFault`
    /// or a `SandboxFailure`.
    package static func draw(_ file: [UInt8], in sandbox: Sandbox, for tenant: UUID) async throws -> [UInt8] {
        try await sandbox.run(try DrawPicture(file, as: [form]), for: tenant).first?.png ?? []
    }
}

/// Why a file is not kept.
package enum MessageFileRefusal: String, MessageCatalogue {
    case tooLarge = "too_large"
    case tooMany = "too_many"
    case unreadable, gone, kind

    package var message: Message {
        switch self {
        case .tooLarge:
            Message(es: "Es demasiado grande.", en: "It is too large.", pt: "É grande demais.")
        case .tooMany:
            Message(
                es: "Ese día ya envió demasiados archivos.", en: "Too many files were sent that day.",
                pt: "Nesse dia já enviou arquivos demais.")
        case .unreadable:
            Message(es: "No se puede leer.", en: "It cannot be read.", pt: "Não pode ser lido.")
        case .gone:
            Message(
                es: "El canal ya no lo entrega.", en: "The channel no longer hands it over.",
                pt: "O canal já não o entrega.")
        case .kind:
            Message(
                es: "Es de una clase que no se guarda.", en: "It is of a kind that is not kept.",
                pt: "É de um tipo que não se guarda.")
        }
    }
}

extension MessageFile: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("file_id")
        message = try row.read("message_id")
        mediaType = try row.read("media_type")
        name = try row.read("name")
        bytes = try row.read("bytes")
        providerFile = try row.read("provider_file")
        state = try row.word("state")
        refusal = (try row.read("refusal") as String?).map { MessageFileRefusal(rawValue: $0) ?? .unreadable }
    }
}

extension TenantDatabase {
    private var fileColumns: SQL {
        "file_id, message_id, media_type, name, bytes, provider_file, state, refusal"
    }

    package func files(of messages: [ChatMessage.ID]) async throws(DatabaseError) -> [MessageFile] {
        guard !messages.isEmpty else { return [] }
        return try await rows(
            """
            SELECT \(fileColumns) FROM message_files
            WHERE tenant_id = \(tenant) AND message_id = ANY (\(messages)) ORDER BY message_id, position
            """)
    }

    /// The files still to be fetched from the provider.
    package func waitingFiles(of message: ChatMessage.ID) async throws(DatabaseError) -> [MessageFile] {
        try await files(of: [message]).filter { $0.state == .waiting }
    }

    /// The bytes kept of the message's conversation since a moment.
    package func keptBytes(with message: ChatMessage.ID, since moment: Instant) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT coalesce(sum(f.bytes), 0)::bigint FROM messages m
            JOIN message_files f ON f.tenant_id = \(tenant) AND f.message_id = m.message_id AND f.state = 'kept'
            WHERE m.tenant_id = \(tenant) AND m.made_at > \(moment) AND m.conversation_id = (
                SELECT conversation_id FROM messages WHERE tenant_id = \(tenant) AND message_id = \(message))
            """) ?? 0
    }

    /// Kept within a time of all chats that are linked to no customer; 0 where the message's own chat is.
    package func keptBytesOfStrangers(
        beside message: ChatMessage.ID, since moment: Instant
    ) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT coalesce(sum(f.bytes), 0)::bigint
            FROM messages o
            JOIN conversations own ON own.tenant_id = \(tenant) AND own.conversation_id = o.conversation_id
            JOIN message_files f ON f.tenant_id = \(tenant) AND f.state = 'kept' AND f.made_at > \(moment)
            JOIN messages m ON m.tenant_id = \(tenant) AND m.message_id = f.message_id
            JOIN conversations c ON c.tenant_id = \(tenant) AND c.conversation_id = m.conversation_id
            WHERE o.tenant_id = \(tenant) AND o.message_id = \(message) AND own.customer_id IS NULL
                AND c.customer_id IS NULL
            """) ?? 0
    }

    /// `content` of a picture is what `MessageFile.draw` made, as image/png.
    package func keep(
        _ file: MessageFile.ID, _ content: [UInt8], mediaType: String, in vault: Vault, at now: Instant
    ) async throws {
        let sealed = try await vault.seal(content, for: .file(file), at: now, in: self)
        try await transaction { database in
            try await database.execute(
                """
                UPDATE message_files SET state = 'kept', sealed = \(sealed), bytes = \(content.count),
                    media_type = \(FormText.line(mediaType, upTo: 100)), refusal = NULL
                WHERE tenant_id = \(tenant) AND file_id = \(file) AND state <> 'kept'
                """)
            try await database.tellOfConversations()
        }
    }

    package func refuse(_ file: MessageFile.ID, because refusal: MessageFileRefusal) async throws {
        try await transaction { database in
            try await database.execute(
                """
                UPDATE message_files SET state = 'refused', refusal = \(refusal.rawValue)
                WHERE tenant_id = \(tenant) AND file_id = \(file) AND state = 'waiting'
                """)
            try await database.tellOfConversations()
        }
    }

    package func content(
        of id: MessageFile.ID, from vault: Vault
    ) async throws -> (file: MessageFile, content: [UInt8])? {
        let file: MessageFile? = try await first(
            "SELECT \(fileColumns) FROM message_files WHERE tenant_id = \(tenant) AND file_id = \(id)")
        let sealed: [UInt8]? = try await value(
            """
            SELECT sealed FROM message_files
            WHERE tenant_id = \(tenant) AND file_id = \(id) AND sealed IS NOT NULL
            """)
        guard let file, let sealed else { return nil }
        return (file, try await vault.open(sealed, for: .file(id), in: self))
    }
}

extension SecretField {
    static func file(_ id: MessageFile.ID) -> SecretField {
        SecretField("sealed", of: "message_files", row: id.uuid)
    }
}
