import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Subscribers
import Tenancy
import Time

/// A subscriber writes to the company, and reads what it answers. Whose chat it is comes from the session alone.
struct PortalChatRoutes: Sendable {
    static let path = "/portal/chat"
    /// Unanswered ones before somebody has to answer first.
    static let mostUnanswered = 30
    static let length = 50

    func add(to routes: inout Portal.Routes) {
        routes.get("/portal/chat", .portal, "La conversación del cliente con la empresa") { visit in
            try await page("", nil, .ok, visit)
        }
        routes.post("/portal/chat", .portal, "El cliente escribe a la empresa", write)
    }

    private func key(of subscriber: Subscriber) -> ConversationKey {
        ConversationKey(.portal, account: nil, with: subscriber.id.description)
    }

    private func write(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([FormID.field, "text"])
        let text = FormText.lines(sent["text"], each: 4096)
        do {
            guard !text.isEmpty else { throw ConversationRefusal.empty }
            guard text.utf16.count <= Channel.portal.textLimit else {
                throw ConversationRefusal.tooLong(Channel.portal.textLimit)
            }
            let known = try await visit.database.conversation(with: key(of: subscriber))
            guard (known?.unread ?? 0) < Self.mostUnanswered else { throw ConversationRefusal.tooManyUnanswered }
            // The form's own id: sending it again says nothing twice.
            let id = sent[FormID.field].flatMap { UUID($0) } ?? .v7(milliseconds: visit.now.milliseconds, from: .system)
            _ = try await visit.database.receive(
                InboundMessage(
                    .portal, account: nil, from: subscriber.id.description, name: subscriber.name,
                    providerID: id.description, body: text, sentAt: visit.now), of: visit.tenant, at: visit.now)
            return .redirect(to: "\(Self.path)#write")
        } catch let refusal as ConversationRefusal {
            return try await page(text, refusal, refusal.status, visit)
        }
    }

    private func page(
        _ text: String, _ refusal: ConversationRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let subscriber = try await visit.subscriber()
        var messages: [ChatMessage] = []
        if let conversation = try await visit.database.conversation(with: key(of: subscriber)) {
            messages = try await visit.database.said(in: conversation.id, limit: Self.length).reversed()
        }
        let page = PortalChatPage(messages: messages, text: text, refusal: refusal, visit: visit)
        return try await Portal.page(page, on: .home, status: status, for: visit)
    }
}

extension TenantDatabase {
    /// What the two sides said to each other, without notes and what was done; the newest first.
    func said(in conversation: Conversation.ID, limit: Int) async throws(DatabaseError) -> [ChatMessage] {
        try await rows(
            """
            SELECT \(messageColumns) FROM messages m
            WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(conversation) AND m.direction IN ('in', 'out')
            ORDER BY m.message_id DESC LIMIT \(limit)
            """)
    }
}

private struct PortalChatPage: View {
    let messages: [ChatMessage]
    let text: String
    let refusal: ConversationRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { InboxWords.chat.text(for: reader) }
        p(.class("hint")) { InboxWords.chatHint.text(for: reader) }
        if messages.isEmpty {
            p(.class("hint")) { InboxWords.chatEmpty.text(for: reader) }
        } else {
            // One's own words stand at the end of the line, as in any chat.
            ol(.class("messages")) { for message in messages { line(message) } }
        }
        form(.id("write"), .class("card"), .method(.post), .action(PortalChatRoutes.path)) {
            if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            FormField(InboxWords.yourMessage.text(for: reader), name: "text") { wiring in
                textarea(wiring, .required(), .rows(3), .maxlength(4096), text: text)
            }
            button(.type("submit"), .class("primary")) { InboxWords.chatSend.text(for: reader) }
            " "
            a(.class("button"), .href(PortalChatRoutes.path)) { InboxWords.refresh.text(for: reader) }
        }
    }

    private func line(_ message: ChatMessage) -> Markup {
        li(.class("message"), .data("direction", message.direction == .in ? "out" : "in")) {
            p(.class("hint author")) {
                "\(message.direction == .in ? InboxWords.you.text(for: reader) : message.author.name) · "
                time(.datetime(message.madeAt.rfc3339)) {
                    message.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
                }
            }
            p(.class("words")) { message.body }
        }
    }
}
