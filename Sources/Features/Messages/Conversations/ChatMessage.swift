import Access
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time

/// Something that stands in a conversation: what the customer wrote, what we answered, a note to colleagues that never
/// leaves, or a line that says what was done with the conversation.
package struct ChatMessage: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ChatMessage>

    package let id: ID
    package let conversation: Conversation.ID
    package let direction: Direction
    package let author: MessageAuthor
    package let kind: Kind
    package let body: String
    package let content: MessageContent?
    /// The provider's id of the message that it answers.
    package let replyTo: String?
    package let providerID: String?
    package let state: State
    package let failure: MessageFailure?
    package let failureDetail: String
    package let attempts: Int
    package let madeAt: Instant
    package let sentAt: Instant?
    package let deliveredAt: Instant?
    package let readAt: Instant?

    package enum Direction: String, FieldChoice {
        case `in`, out, note, activity

        package var message: Message {
            switch self {
            case .in: Message(es: "Recibido", en: "Received", pt: "Recebida")
            case .out: Message(es: "Enviado", en: "Sent", pt: "Enviada")
            case .note: Message(es: "Nota interna", en: "Internal note", pt: "Nota interna")
            case .activity: Message(es: "Actividad", en: "Activity", pt: "Atividade")
            }
        }
    }

    package enum Kind: String, FieldChoice {
        case text, image, audio, video, document, location, contact, sticker, buttons, template, unsupported

        package var message: Message {
            switch self {
            case .text, .buttons: Message(es: "Texto", en: "Text", pt: "Texto")
            case .image: Message(es: "Imagen", en: "Picture", pt: "Imagem")
            case .audio: Message(es: "Nota de voz", en: "Voice note", pt: "Mensagem de voz")
            case .video: Message(es: "Video", en: "Video", pt: "Vídeo")
            case .document: Message(es: "Documento", en: "Document", pt: "Documento")
            case .location: Message(es: "Ubicación", en: "Location", pt: "Localização")
            case .contact: Message(es: "Contacto", en: "Contact", pt: "Contato")
            case .sticker: Message(es: "Sticker", en: "Sticker", pt: "Figurinha")
            case .template: Message(es: "Plantilla", en: "Template", pt: "Modelo")
            case .unsupported:
                Message(
                    es: "Un mensaje que este canal no nos entrega",
                    en: "A message that this channel does not hand over",
                    pt: "Uma mensagem que este canal não nos entrega")
            }
        }
    }

    /// A state only goes forward; what failed was neither delivered nor read.
    package enum State: String, FieldChoice {
        case received, queued, sending, sent, delivered, read, failed

        package var message: Message {
            switch self {
            case .received: Message(es: "Recibido", en: "Received", pt: "Recebida")
            case .queued: Message(es: "En cola", en: "Queued", pt: "Na fila")
            case .sending: Message(es: "Enviando", en: "Sending", pt: "Enviando")
            case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviada")
            case .delivered: Message(es: "Entregado", en: "Delivered", pt: "Entregue")
            case .read: Message(es: "Leído", en: "Read", pt: "Lida")
            case .failed: Message(es: "No se envió", en: "Not sent", pt: "Não enviada")
            }
        }

        package var tone: Tone {
            switch self {
            case .delivered, .read: .good
            case .failed: .bad
            case .received, .queued, .sending, .sent: .quiet
            }
        }
    }

    /// In the list of conversations: the text's beginning, or what it is.
    package static func summary(_ body: String, _ kind: Kind, for reader: Reader) -> String {
        let text = FormText.line(body, upTo: 200)
        return text.isEmpty ? kind.text(for: reader) : text
    }
}

/// A message's author, as shown beside it.
package struct MessageAuthor: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable { case customer, staff, bot, system, program }

    package let kind: Kind
    package let id: UUID?
    package let name: String

    package init(_ kind: Kind, id: UUID? = nil, name: String) {
        (self.kind, self.id) = (kind, id)
        self.name = name.prefix(scalars: 200)
    }

    /// Staff in person, and programs by a token's name.
    package init(_ principal: Principal) {
        let actor = principal.actor
        let kind: Kind =
            switch actor.kind {
            case .staff, .platform: .staff
            case .token: .program
            case .subscriber: .customer
            case .system: .system
            }
        // Somebody of the platform is none of the company's staff, and owns nothing.
        self.init(kind, id: actor.kind == .platform ? nil : actor.id, name: actor.name)
    }

    var actor: Actor {
        switch kind {
        case .customer: Actor(.subscriber, id: id, name: name)
        case .staff: id == nil ? Actor(.system, name: name) : Actor(.staff, id: id, name: name)
        case .program: Actor(.token, id: id, name: name)
        case .bot, .system: Actor(.system, name: name)
        }
    }
}

extension ChatMessage: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("message_id")
        conversation = try row.read("conversation_id")
        direction = try row.word("direction")
        author = MessageAuthor(try row.word("author_kind"), id: try row.read("author_id"), name: try row.read("author"))
        kind = try row.word("kind")
        body = try row.read("body")
        content = (try row.read("content") as String?).flatMap { MessageContent(stored: $0) }
        replyTo = try row.read("reply_to")
        providerID = try row.read("provider_id")
        state = try row.word("state")
        failure = (try row.read("failure") as String?).map { MessageFailure(rawValue: $0) ?? .unknown }
        failureDetail = try row.read("failure_detail")
        attempts = try row.read("attempts")
        madeAt = try row.read("made_at")
        sentAt = try row.read("sent_at")
        deliveredAt = try row.read("delivered_at")
        readAt = try row.read("read_at")
    }
}

extension TenantDatabase {
    var messageColumns: SQL {
        """
        m.message_id, m.conversation_id, m.direction, m.author_kind, m.author_id, m.author, m.kind, m.body,
        m.content::text AS content, m.reply_to, m.provider_id, m.state, m.failure, m.failure_detail, m.attempts,
        m.made_at, m.sent_at, m.delivered_at, m.read_at
        """
    }

    package func message(_ id: ChatMessage.ID, locked: Bool = false) async throws(DatabaseError) -> ChatMessage? {
        try await first(
            """
            SELECT \(messageColumns) FROM messages m WHERE m.tenant_id = \(tenant) AND m.message_id = \(id)
            \(locked ? .forNoKeyUpdate(of: "m") : .nothing)
            """)
    }

    /// Not one of a chat of staff's.
    func shownMessage(_ id: ChatMessage.ID) async throws(DatabaseError) -> ChatMessage? {
        guard let message = try await message(id), try await conversation(message.conversation) != nil else {
            return nil
        }
        return message
    }

    /// The newest first, of those before a message.
    package func messages(
        in conversation: Conversation.ID, before: ChatMessage.ID? = nil, limit: Int
    ) async throws(DatabaseError) -> [ChatMessage] {
        try await rows(messagesStatement(in: conversation, before: before, limit: limit))
    }

    func messagesStatement(in conversation: Conversation.ID, before: ChatMessage.ID?, limit: Int) -> SQL {
        """
        SELECT \(messageColumns) FROM messages m
        WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(conversation)
        \(before.map { "AND m.message_id < \($0)" } ?? .nothing)
        ORDER BY m.message_id DESC LIMIT \(limit)
        """
    }
}
