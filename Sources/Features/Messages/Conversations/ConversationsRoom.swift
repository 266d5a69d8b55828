import API
import Access
import Assembly
import Customers
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let conversationsRead = Permission("conversations.read")
    package static let conversationsAnswer = Permission("conversations.answer")
    package static let conversationsManage = Permission("conversations.manage")
}

extension EventKind {
    package static let conversationOpened = EventKind(
        "conversation.opened",
        Message(es: "Abrió una conversación", en: "Opened a conversation", pt: "Abriu uma conversa"),
        told: Message(es: "Conversación nueva", en: "New conversation", pt: "Conversa nova"), to: .conversationsRead)
    package static let conversationAssigned = EventKind(
        "conversation.assigned",
        Message(es: "Asignó una conversación", en: "Assigned a conversation", pt: "Atribuiu uma conversa"),
        told: Message(es: "Conversación asignada", en: "Conversation assigned", pt: "Conversa atribuída"),
        to: .conversationsRead)
    package static let conversationHandedOver = EventKind(
        "conversation.handed_over",
        Message(
            es: "Pasó una conversación a una persona", en: "Handed a conversation over to people",
            pt: "Passou uma conversa a uma pessoa"),
        told: Message(
            es: "El bot pidió una persona", en: "The bot asked for a person", pt: "O bot pediu uma pessoa"),
        to: .conversationsRead)
    package static let conversationGivenToBot = EventKind(
        "conversation.given_to_bot",
        Message(
            es: "Devolvió una conversación al bot", en: "Gave a conversation back to the bot",
            pt: "Devolveu uma conversa ao bot"),
        told: Message(
            es: "Conversación devuelta al bot", en: "Conversation given back to the bot",
            pt: "Conversa devolvida ao bot"), to: .conversationsRead)
    package static let conversationClosed = EventKind(
        "conversation.closed",
        Message(es: "Cerró una conversación", en: "Closed a conversation", pt: "Encerrou uma conversa"),
        told: Message(es: "Conversación cerrada", en: "Conversation closed", pt: "Conversa encerrada"),
        to: .conversationsRead)
    package static let conversationReopened = EventKind(
        "conversation.reopened",
        Message(es: "Reabrió una conversación", en: "Opened a conversation again", pt: "Reabriu uma conversa"),
        told: Message(es: "Conversación reabierta", en: "Conversation opened again", pt: "Conversa reaberta"),
        to: .conversationsRead)
    package static let conversationWaits = EventKind(
        "conversation.waits",
        Message(
            es: "Dejó una conversación en espera", en: "Put a conversation on hold", pt: "Deixou uma conversa em espera"
        ),
        told: Message(es: "Conversación en espera", en: "Conversation on hold", pt: "Conversa em espera"),
        to: .conversationsRead)
    package static let conversationOptedOut = EventKind(
        "conversation.opted_out",
        Message(
            es: "Anotó que el cliente no quiere mensajes", en: "Noted that the customer wants no messages",
            pt: "Anotou que o cliente não quer mensagens"),
        told: Message(
            es: "Un cliente no quiere mensajes", en: "A customer wants no messages",
            pt: "Um cliente não quer mensagens"), to: .conversationsRead)
    package static let conversationOptedIn = EventKind(
        "conversation.opted_in",
        Message(
            es: "Anotó que el cliente acepta mensajes", en: "Noted that the customer takes messages",
            pt: "Anotou que o cliente aceita mensagens"),
        told: Message(
            es: "Un cliente acepta mensajes", en: "A customer takes messages", pt: "Um cliente aceita mensagens"),
        to: .conversationsRead)
    package static let conversationLinked = EventKind(
        "conversation.linked",
        Message(
            es: "Vinculó una conversación a un cliente", en: "Linked a conversation to a customer",
            pt: "Vinculou uma conversa a um cliente"),
        told: Message(es: "Conversación vinculada", en: "Conversation linked", pt: "Conversa vinculada"),
        to: .conversationsRead)
    package static let conversationUnlinked = EventKind(
        "conversation.unlinked",
        Message(
            es: "Desvinculó una conversación de su cliente", en: "Unlinked a conversation from its customer",
            pt: "Desvinculou uma conversa do cliente"),
        told: Message(es: "Conversación desvinculada", en: "Conversation unlinked", pt: "Conversa desvinculada"),
        to: .conversationsRead)
    package static let conversationLabelled = EventKind(
        "conversation.labelled",
        Message(
            es: "Cambió las etiquetas de una conversación", en: "Changed a conversation's labels",
            pt: "Alterou as etiquetas de uma conversa"),
        told: Message(es: "Etiquetas cambiadas", en: "Labels changed", pt: "Etiquetas alteradas"),
        to: .conversationsRead)
    package static let messageReceived = EventKind(
        "message.received",
        Message(es: "Escribió un mensaje", en: "Wrote a message", pt: "Escreveu uma mensagem"),
        told: Message(es: "Mensaje recibido", en: "Message received", pt: "Mensagem recebida"), to: .conversationsRead)
    package static let messageSent = EventKind(
        "message.sent", Message(es: "Envió un mensaje", en: "Sent a message", pt: "Enviou uma mensagem"),
        told: Message(es: "Mensaje enviado", en: "Message sent", pt: "Mensagem enviada"), to: .conversationsRead)
    package static let messageFailed = EventKind(
        "message.failed",
        Message(es: "No pudo enviar un mensaje", en: "Could not send a message", pt: "Não pôde enviar uma mensagem"),
        told: Message(es: "Un mensaje no se envió", en: "A message was not sent", pt: "Uma mensagem não foi enviada"),
        to: .conversationsRead)
    package static let messageRetried = EventKind(
        "message.retried",
        Message(es: "Reintentó enviar un mensaje", en: "Sent a message again", pt: "Reenviou uma mensagem"))
    package static let noteWritten = EventKind(
        "message.note",
        Message(es: "Escribió una nota interna", en: "Wrote an internal note", pt: "Escreveu uma nota interna"))
    package static let linkCodeMade = EventKind(
        "link_code.made",
        Message(es: "Hizo un código de vinculación", en: "Made a linking code", pt: "Fez um código de vinculação"))
    package static let labelChanged = EventKind(
        "label.changed", Message(es: "Cambió una etiqueta", en: "Changed a label", pt: "Alterou uma etiqueta"))
    package static let labelDeleted = EventKind(
        "label.deleted", Message(es: "Eliminó una etiqueta", en: "Deleted a label", pt: "Excluiu uma etiqueta"))
    package static let cannedReplyChanged = EventKind(
        "canned_reply.changed",
        Message(es: "Cambió una respuesta guardada", en: "Changed a canned reply", pt: "Alterou uma resposta pronta"))
    package static let cannedReplyDeleted = EventKind(
        "canned_reply.deleted",
        Message(es: "Eliminó una respuesta guardada", en: "Deleted a canned reply", pt: "Excluiu uma resposta pronta"))
}

extension RoomDeclarations {
    package static let conversations = RoomDeclarations(
        "Conversations",
        permissions: [
            GrantablePermission(
                .conversationsRead,
                Message(es: "Ver conversaciones", en: "See conversations", pt: "Ver conversas"),
                heldBy: [.support, .cashier, .collector, .noc], isWithinZones: true),
            GrantablePermission(
                .conversationsAnswer,
                Message(
                    es: "Responder conversaciones: escribir, asignar, cerrar y vincular",
                    en: "Answer conversations: write, assign, close and link",
                    pt: "Responder conversas: escrever, atribuir, encerrar e vincular"),
                heldBy: [.support, .cashier, .collector], isWithinZones: true),
            GrantablePermission(
                .conversationsManage,
                Message(
                    es: "Cambiar etiquetas y respuestas guardadas", en: "Change labels and canned replies",
                    pt: "Alterar etiquetas e respostas prontas"),
                heldBy: [.support]),
        ],
        menu: [
            MenuEntry(
                .menu(.messages, 10), InboxWords.inbox.message, path: InboxQuery.path,
                permission: .conversationsRead, icon: .messages,
                synonyms: Message(
                    es: "whatsapp telegram chat mensajes conversaciones", en: "whatsapp telegram chat messages",
                    pt: "whatsapp telegram chat mensagens conversas"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM conversations
                        WHERE tenant_id = \(tenant) AND state = 'open' AND assignee_id IS NULL LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .menu(.messages, 40), InboxWords.linking.message, path: CustomerChatRoutes.unlinked,
                permission: .conversationsRead, icon: .messages),
            MenuEntry(
                .settings(.channels, 40), InboxWords.labels.message, path: ConversationSettingsRoutes.labels,
                permission: .conversationsManage, icon: .messages),
            MenuEntry(
                .settings(.channels, 41), InboxWords.cannedTitle.message, path: ConversationSettingsRoutes.replies,
                permission: .conversationsManage, icon: .messages,
                synonyms: Message(es: "plantillas textos", en: "templates texts", pt: "modelos textos")),
        ],
        events: [
            .conversationOpened, .conversationAssigned, .conversationHandedOver, .conversationGivenToBot,
            .conversationClosed, .conversationReopened, .conversationWaits, .conversationOptedOut,
            .conversationOptedIn, .conversationLinked, .conversationUnlinked, .conversationLabelled, .messageReceived,
            .messageSent, .messageFailed, .messageRetried, .noteWritten, .linkCodeMade, .labelChanged, .labelDeleted,
            .cannedReplyChanged, .cannedReplyDeleted, .consentNoted, .consentEnded,
        ],
        details: [
            DetailKind(
                "channel", Message(es: "Canal", en: "Channel", pt: "Canal"),
                values: Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind(
                "conversation_state", Message(es: "Estado", en: "Status", pt: "Situação"),
                values: Dictionary(
                    uniqueKeysWithValues: Conversation.State.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind(
                "message_kind", Message(es: "Contenido", en: "Content", pt: "Conteúdo"),
                values: Dictionary(
                    uniqueKeysWithValues: ChatMessage.Kind.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind(
                "author_kind", Message(es: "Escribió", en: "Written by", pt: "Escreveu"),
                values: [
                    "customer": Message(es: "El cliente", en: "The customer", pt: "O cliente"),
                    "staff": Message(es: "El personal", en: "The staff", pt: "A equipe"),
                    "bot": Message(es: "El bot", en: "The bot", pt: "O bot"),
                    "system": Message(es: "El sistema", en: "The system", pt: "O sistema"),
                    "program": Message(es: "Un programa", en: "A program", pt: "Um programa"),
                ]),
            DetailKind(
                "consent_way", Message(es: "Cómo aceptó", en: "How they agreed", pt: "Como aceitou"),
                values: Dictionary(
                    uniqueKeysWithValues: MessageConsent.Way.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind("consent_proof", ConsentWords.proof.message),
            DetailKind("message", Message(es: "Mensaje", en: "Message", pt: "Mensagem")),
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            DetailKind("assignee", Message(es: "La atiende", en: "Answered by", pt: "Atende")),
            DetailKind("until", Message(es: "Hasta", en: "Until", pt: "Até")),
            DetailKind("labels", Message(es: "Etiquetas", en: "Labels", pt: "Etiquetas")),
            DetailKind("colour", Message(es: "Color", en: "Colour", pt: "Cor")),
            DetailKind("code", Message(es: "Código", en: "Code", pt: "Código")),
            DetailKind("body", Message(es: "Texto", en: "Text", pt: "Texto")),
            DetailKind(
                "hand_over", Message(es: "Por qué", en: "Why", pt: "Por quê"),
                values: Dictionary(
                    uniqueKeysWithValues: HandOverReason.allCases.map { ($0.rawValue, $0.activity.message) })),
            DetailKind(
                "link_proof", Message(es: "Prueba", en: "Proof", pt: "Prova"),
                values: Dictionary(
                    uniqueKeysWithValues: Conversation.LinkProof.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind(
                "failure", Message(es: "Motivo", en: "Reason", pt: "Motivo"),
                values: Dictionary(
                    uniqueKeysWithValues: MessageFailure.allCases.map { ($0.rawValue, $0.message) })),
        ],
        customerTabs: [
            CustomerTab(
                35, InboxWords.conversation.message, path: "/conversation", permission: .conversationsRead)
        ],
        portalCards: [
            PortalCard(
                9, InboxWords.chat.message, hint: InboxWords.chatHint.message, button: InboxWords.write.message,
                path: PortalChatRoutes.path)
        ],
        parts: [
            CustomerActs(40, for: .conversationsAnswer) { _, visit, customer in
                guard visit.mayAct(with: .conversationsAnswer) else { return [] }
                return [
                    CustomerAct(
                        InboxWords.write.text(for: visit.reader), at: "\(customer.panelPath)/conversation",
                        icon: .messages, key: "m")
                ]
            },
            CustomerNouns(at: "/panel/inbox", for: .conversationsRead) { database, customer in
                """
                SELECT conversation_id FROM conversations
                WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY last_message_at DESC LIMIT 20
                """
            },
            CustomerRows(
                60, "conversations", Message(es: "Conversaciones", en: "Conversations", pt: "Conversas"),
                in: "conversations", by: "conversation_id"),
            CustomerRows(
                61, "message_consents",
                Message(es: "Mensajes que aceptó", en: "Messages agreed to", pt: "Mensagens que aceitou"),
                in: "message_consents", by: "consent_id"),
        ])
}

extension Room {
    package static let conversations = Room(
        .conversations,
        panel: { routes, context in
            InboxRoutes(vault: context.vault, sandbox: context.sandbox, randomness: context.randomness)
                .add(to: &routes)
            ConversationSettingsRoutes(randomness: context.randomness).add(to: &routes)
            CustomerChatRoutes(randomness: context.randomness, files: context.files).add(to: &routes)
        },
        portal: { routes, _ in PortalChatRoutes().add(to: &routes) },
        api: { routes, _ in ConversationAPI().add(to: &routes) },
        jobs: { jobs, _ in jobs.add(WakeConversations.self) { try await $0.run(in: $1) } },
        nightly: [WakeConversations.self])
}

/// Every morning: what waited until this day is open again.
package struct WakeConversations: NightlyJob {
    package static let kind = "conversations.wake"
    package static let time = "0 7 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.wakeConversations(at: context.now)
    }
}
