import API
import Access
import Customers
import HTTP
import Identifiers
import Identity
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Conversations as programs see them: what a bot of the company's own, or n8n, needs to read, answer and hand over.
struct ConversationAPI: Sendable {
    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/conversations", .conversationsRead, ConversationAPIWords.list, by: ConversationFilter.self)
        {
            visit, filter, page in
            try await visit.database.conversations(filter, after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/conversations/:id", .conversationsRead, ConversationAPIWords.read) {
            (visit, id: Conversation.ID) in try await visit.database.conversation(id)
        }
        routes.list(
            "/api/v1/conversations/:id/messages", .conversationsRead, ConversationAPIWords.messages,
            by: NoMessageFilter.self
        ) { (visit, _, page, id: Conversation.ID) in
            guard try await visit.database.conversation(id) != nil else { throw AccessRefusal.notFound }
            return try await visit.database.messages(in: id, after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/messages/:id", .conversationsRead, ConversationAPIWords.message) {
            (visit, id: ChatMessage.ID) in try await visit.database.shownMessage(id)
        }
        routes.post("/api/v1/conversations/:id/messages", .conversationsAnswer, ConversationAPIWords.send) {
            (visit, input: NewMessageInput, id: Conversation.ID) in
            try await visit.database.send(
                input.message, in: id, by: MessageAuthor(visit.principal), at: visit.now)
        }
        routes.post("/api/v1/conversations/:id/notes", .conversationsAnswer, ConversationAPIWords.note) {
            (visit, input: NoteInput, id: Conversation.ID) in
            try await visit.database.writeNote(
                input.text, in: id, by: MessageAuthor(visit.principal), at: visit.now)
        }
        routes.post("/api/v1/conversations/:id/assignments", .conversationsAnswer, ConversationAPIWords.assign) {
            (visit, input: AssignmentInput, id: Conversation.ID) in
            try await visit.database.assign(
                id, to: input.staff, by: MessageAuthor(visit.principal), at: visit.now, evenIfOwned: true)
            return try await found(id, visit)
        }
        routes.post("/api/v1/conversations/:id/closings", .conversationsAnswer, ConversationAPIWords.close) {
            (visit, _: NoInput, id: Conversation.ID) in
            try await visit.database.close(id, by: MessageAuthor(visit.principal), at: visit.now)
            return try await found(id, visit)
        }
        routes.post("/api/v1/conversations/:id/reopenings", .conversationsAnswer, ConversationAPIWords.reopen) {
            (visit, _: NoInput, id: Conversation.ID) in
            try await visit.database.reopen(id, by: MessageAuthor(visit.principal), at: visit.now)
            return try await found(id, visit)
        }
        routes.post("/api/v1/conversations/:id/handovers", .conversationsAnswer, ConversationAPIWords.handOver) {
            (visit, input: HandOverInput, id: Conversation.ID) in
            try await visit.database.handOver(
                id, because: input.reason, by: MessageAuthor(visit.principal), at: visit.now)
            return try await found(id, visit)
        }
        routes.post("/api/v1/conversations/:id/links", .conversationsAnswer, ConversationAPIWords.link) {
            (visit, input: LinkInput, id: Conversation.ID) in
            try await visit.database.link(
                id, to: input.customer, by: MessageAuthor(visit.principal), at: visit.now)
            return try await found(id, visit)
        }
    }

    private func found(_ id: Conversation.ID, _ visit: Visit) async throws -> Conversation {
        guard let conversation = try await visit.database.conversation(id) else { throw AccessRefusal.notFound }
        return conversation
    }
}

extension TenantDatabase {
    func conversations(
        _ filter: ConversationFilter, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [Conversation] {
        let state: SQL = filter.state.map { "AND c.state = \($0.rawValue)" } ?? .nothing
        let channel: SQL = filter.channel.map { "AND c.channel = \($0.rawValue)" } ?? .nothing
        let customer: SQL = filter.customer.map { "AND c.customer_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.state <> 'staff' AND c.number > \(number) \(state) \(channel) \(customer)
            ORDER BY c.number LIMIT \(limit)
            """)
    }

    /// The oldest first. A message's place is the millisecond of its id, which no other of its conversation has.
    func messages(
        in conversation: Conversation.ID, after place: Int, limit: Int
    ) async throws(DatabaseError) -> [ChatMessage] {
        let milliseconds = UInt64(clamping: place) & 0x7FFF_FFFF_FFFF
        let first = UUID(high: (milliseconds + 1) << 16, low: 0)
        return try await rows(
            """
            SELECT \(messageColumns) FROM messages m
            WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(conversation) AND m.message_id >= \(first)
            ORDER BY m.message_id LIMIT \(limit)
            """)
    }
}

struct ConversationFilter: Input {
    static let schema = Schema.object(
        "ConversationFilter",
        [
            .optional("state", .words(Conversation.State.shown.map(\.rawValue)), ConversationAPIWords.ofState),
            .optional("channel", .words(Channel.allCases.map(\.rawValue)), ConversationAPIWords.ofChannel),
            .optional("customer", .id, ConversationAPIWords.ofCustomer),
        ])

    let state: Conversation.State?
    let channel: Channel?
    let customer: Customer.ID?

    init(_ members: Members) {
        (state, channel, customer) = (members.word("state"), members.word("channel"), members.id("customer"))
    }
}

struct NoMessageFilter: Input {
    static let schema = Schema.object("NoMessageFilter", [])
    init(_ members: Members) {}
}

struct NewMessageInput: Input {
    static let schema = Schema.object(
        "NewMessage",
        [
            .required("text", .lines(1...4096), ConversationAPIWords.text),
            .optional("buttons", .list(of: .line(1...24)), ConversationAPIWords.buttons),
        ])

    let message: NewMessage

    init(_ members: Members) {
        let text = FormText.lines(members.text("text"), each: 4096)
        let titles = members.texts("buttons") ?? []
        message = titles.isEmpty ? .text(text) : .buttons(text, titles.map { MessageButton($0, $0) })
    }
}

struct NoteInput: Input {
    static let schema = Schema.object(
        "NewNote", [.required("text", .lines(1...4096), ConversationAPIWords.noteText)])

    let text: String

    init(_ members: Members) { text = members.text("text") ?? "" }
}

struct AssignmentInput: Input {
    static let schema = Schema.object(
        "NewAssignment", [.required("staff", Schema.id.orNull, ConversationAPIWords.staff)])

    let staff: StaffMember.ID?

    init(_ members: Members) { staff = members.id("staff") }
}

struct HandOverInput: Input {
    static let schema = Schema.object(
        "NewHandOver",
        [.optional("reason", .words(HandOverReason.allCases.map(\.rawValue)), ConversationAPIWords.reason)])

    let reason: HandOverReason

    init(_ members: Members) { reason = members.word("reason") ?? .asked }
}

struct LinkInput: Input {
    static let schema = Schema.object(
        "NewLink", [.required("customer", .id, ConversationAPIWords.customer)])

    let customer: Customer.ID

    init(_ members: Members) { customer = members.id("customer") ?? ID(UUID(high: 0, low: 0)) }
}

extension Conversation: ListedResource {
    package static let schema = Schema.object(
        "Conversation",
        [
            .required("id", .id, ConversationAPIWords.id),
            .required("number", .integer(1...Int.max), ConversationAPIWords.number),
            .required("channel", .words(Channel.allCases.map(\.rawValue)), ConversationAPIWords.channel),
            .required("correspondent", .text, ConversationAPIWords.correspondent),
            .required("phone", Schema.text.orNull, ConversationAPIWords.phone),
            .required("name", .text, ConversationAPIWords.name),
            .required("customer", Schema.id.orNull, ConversationAPIWords.customer),
            .required(
                "link_proof", Schema.words(LinkProof.allCases.map(\.rawValue)).orNull, ConversationAPIWords.proof),
            .required("state", .words(State.shown.map(\.rawValue)), ConversationAPIWords.state),
            .required("assignee", Schema.id.orNull, ConversationAPIWords.assignee),
            .required("unread", .integer(0...Int.max), ConversationAPIWords.unread),
            .required("last_message", .text, ConversationAPIWords.lastMessage),
            .required("last_message_at", .text, ConversationAPIWords.lastMessageAt),
            .required("window_ends_at", Schema.text.orNull, ConversationAPIWords.windowEnd),
            .required("opted_out", .flag, ConversationAPIWords.optedOut),
        ])

    package var path: String { "/api/v1/conversations/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("channel", channel.rawValue)
            json.member("correspondent", correspondent)
            json.member("phone", phone)
            json.member("name", name)
            json.member("customer", customer?.description)
            json.member("link_proof", proof?.rawValue)
            json.member("state", state.rawValue)
            json.member("assignee", assignee?.description)
            json.member("unread", unread)
            json.member("last_message", lastMessage)
            json.member("last_message_at", lastMessageAt.rfc3339)
            json.member("window_ends_at", windowEnd?.rfc3339)
            json.member("opted_out", optedOutAt != nil)
        }
    }
}

extension ChatMessage: ListedResource {
    package static let schema = Schema.object(
        "Message",
        [
            .required("id", .id, ConversationAPIWords.messageID),
            .required("conversation", .id, ConversationAPIWords.id),
            .required("direction", .words(Direction.allCases.map(\.rawValue)), ConversationAPIWords.direction),
            .required(
                "author_kind", .words(MessageAuthor.Kind.allCases.map(\.rawValue)), ConversationAPIWords.authorKind),
            .required("author", .text, ConversationAPIWords.author),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), ConversationAPIWords.kind),
            .required("text", .text, ConversationAPIWords.text),
            .required("content", Schema.anyObject.orNull, ConversationAPIWords.content),
            .required("state", .words(State.allCases.map(\.rawValue)), ConversationAPIWords.delivery),
            .required(
                "failure", Schema.words(MessageFailure.allCases.map(\.rawValue)).orNull, ConversationAPIWords.failure),
            .required("made_at", .text, ConversationAPIWords.madeAt),
        ])

    package var path: String { "/api/v1/messages/\(id)" }
    package var position: Int { Int(id.uuid.high >> 16) }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("conversation", conversation.description)
            json.member("direction", direction.rawValue)
            json.member("author_kind", author.kind.rawValue)
            json.member("author", author.name)
            json.member("kind", kind.rawValue)
            json.member("text", body)
            json.member("content", content)
            json.member("state", state.rawValue)
            json.member("failure", failure?.rawValue)
            json.member("made_at", madeAt.rfc3339)
        }
    }
}

enum ConversationAPIWords: MessageCatalogue {
    case list, read, messages, message, send, note, assign, close, reopen, handOver, link
    case ofState, ofChannel, ofCustomer, id, number, channel, correspondent, phone, name, customer, proof, state
    case assignee, unread, lastMessage, lastMessageAt, windowEnd, optedOut
    case messageID, direction, authorKind, author, kind, text, content, delivery, failure, madeAt
    case buttons, noteText, staff, reason

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las conversaciones, por número", en: "The conversations, by number", pt: "As conversas, por número"
            )
        case .read: Message(es: "Una conversación", en: "One conversation", pt: "Uma conversa")
        case .messages:
            Message(
                es: "Los mensajes de una conversación, del más antiguo al más reciente",
                en: "A conversation's messages, the oldest first",
                pt: "As mensagens de uma conversa, da mais antiga à mais recente")
        case .message: Message(es: "Un mensaje", en: "One message", pt: "Uma mensagem")
        case .send:
            Message(
                es: "Envía un mensaje. Se rechaza mientras una persona atiende la conversación",
                en: "Sends a message. Refused while a person answers the conversation",
                pt: "Envia uma mensagem. É recusada enquanto uma pessoa atende a conversa")
        case .note:
            Message(
                es: "Deja una nota interna, que nunca sale", en: "Leaves an internal note, which never goes out",
                pt: "Deixa uma nota interna, que nunca sai")
        case .assign:
            Message(
                es: "Asigna una conversación a una persona, o a nadie",
                en: "Assigns a conversation to somebody, or nobody",
                pt: "Atribui uma conversa a uma pessoa, ou a ninguém")
        case .close: Message(es: "Cierra una conversación", en: "Closes a conversation", pt: "Encerra uma conversa")
        case .reopen:
            Message(es: "Reabre una conversación", en: "Opens a conversation again", pt: "Reabre uma conversa")
        case .handOver:
            Message(
                es: "Pasa una conversación del bot a una persona: queda sin asignar",
                en: "Hands a conversation from the bot to people: it stands unassigned",
                pt: "Passa uma conversa do bot a uma pessoa: fica sem responsável")
        case .link:
            Message(
                es: "Vincula una conversación a un cliente", en: "Links a conversation to a customer",
                pt: "Vincula uma conversa a um cliente")
        case .ofState:
            Message(es: "Solo las de este estado.", en: "Only those of this status.", pt: "Só as desta situação.")
        case .ofChannel:
            Message(es: "Solo las de este canal.", en: "Only those of this channel.", pt: "Só as deste canal.")
        case .ofCustomer:
            Message(es: "Solo las de este cliente.", en: "Only those of this customer.", pt: "Só as deste cliente.")
        case .id:
            Message(es: "Identifica la conversación.", en: "Stands for the conversation.", pt: "Identifica a conversa.")
        case .number:
            Message(es: "Su número en la empresa.", en: "Its number at the company.", pt: "Seu número na empresa.")
        case .channel: Message(es: "Por dónde se habla.", en: "Where it is held.", pt: "Por onde se fala.")
        case .correspondent:
            Message(
                es: "El cliente como lo llama el canal.", en: "The other side as the channel names it.",
                pt: "O outro lado como o canal o chama.")
        case .phone: Message(es: "Su teléfono en E.164.", en: "Their telephone as E.164.", pt: "Seu telefone em E.164.")
        case .name:
            Message(es: "Cómo se llama en el canal.", en: "Their name at the channel.", pt: "Seu nome no canal.")
        case .customer:
            Message(
                es: "El cliente, de /api/v1/customers.", en: "The customer, of /api/v1/customers.",
                pt: "O cliente, de /api/v1/customers.")
        case .proof:
            Message(
                es: "Por qué se sabe que es ese cliente.", en: "Why it is known to be that customer.",
                pt: "Por que se sabe que é esse cliente.")
        case .state: Message(es: "Quién la tiene.", en: "Who has it.", pt: "Quem a tem.")
        case .assignee:
            Message(es: "La persona que la atiende.", en: "The person who answers it.", pt: "A pessoa que a atende.")
        case .unread:
            Message(
                es: "Mensajes del cliente sin responder por una persona.",
                en: "Messages of the customer that no person has answered.",
                pt: "Mensagens do cliente sem resposta de uma pessoa.")
        case .lastMessage:
            Message(
                es: "El comienzo del último mensaje.", en: "The last message's beginning.",
                pt: "O começo da última mensagem.")
        case .lastMessageAt:
            Message(es: "Cuándo fue, en RFC 3339.", en: "When that was, as RFC 3339.", pt: "Quando foi, em RFC 3339.")
        case .windowEnd:
            Message(
                es: "Hasta cuándo se acepta algo más que plantillas; nulo si siempre.",
                en: "Until when more than templates is taken; null if always.",
                pt: "Até quando se aceita algo além de modelos; nulo se sempre.")
        case .optedOut:
            Message(
                es: "Si pidió no recibir mensajes.", en: "Whether they asked for no messages.",
                pt: "Se pediu para não receber mensagens.")
        case .messageID:
            Message(es: "Identifica el mensaje.", en: "Stands for the message.", pt: "Identifica a mensagem.")
        case .direction:
            Message(
                es: "Recibido (in), enviado (out), nota interna (note) o actividad (activity).",
                en: "Received (in), sent (out), an internal note or an activity.",
                pt: "Recebida (in), enviada (out), nota interna (note) ou atividade (activity).")
        case .authorKind: Message(es: "Qué clase de autor.", en: "What kind of author.", pt: "Que tipo de autor.")
        case .author: Message(es: "Quién lo escribió.", en: "Who wrote it.", pt: "Quem a escreveu.")
        case .kind: Message(es: "Qué lleva.", en: "What it carries.", pt: "O que leva.")
        case .text: Message(es: "El texto.", en: "The text.", pt: "O texto.")
        case .content:
            Message(
                es: "Lo que lleva además: botones, plantilla, ubicación, contacto o lo elegido.",
                en: "What it carries besides: buttons, template, location, contact or what was chosen.",
                pt: "O que leva além disso: botões, modelo, localização, contato ou o escolhido.")
        case .delivery: Message(es: "Qué fue de él.", en: "What became of it.", pt: "O que foi dela.")
        case .failure: Message(es: "Por qué no se envió.", en: "Why it was not sent.", pt: "Por que não foi enviada.")
        case .madeAt:
            Message(
                es: "Cuándo se escribió, en RFC 3339.", en: "When it was written, as RFC 3339.",
                pt: "Quando foi escrita, em RFC 3339.")
        case .buttons:
            Message(
                es: "De uno a diez respuestas que el cliente puede pulsar.",
                en: "One to ten answers that the customer can press.",
                pt: "De uma a dez respostas que o cliente pode tocar.")
        case .noteText: Message(es: "La nota.", en: "The note.", pt: "A nota.")
        case .staff:
            Message(
                es: "La persona; nulo deja la conversación sin asignar.", en: "The person; null leaves it to nobody.",
                pt: "A pessoa; nulo a deixa sem responsável.")
        case .reason:
            Message(
                es: "Por qué; asked si no se dice.", en: "Why; asked when not said.",
                pt: "Por quê; asked se não for dito.")
        }
    }
}
