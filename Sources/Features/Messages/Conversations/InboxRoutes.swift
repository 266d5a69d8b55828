import Access
import Customers
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import Tenancy
import Time
import Vault

/// The inbox: the list of conversations beside one of them, beside whose it is.
struct InboxRoutes: Sendable {
    private let vault: Vault
    private let sandbox: Sandbox
    private let randomness: Randomness

    init(vault: Vault, sandbox: Sandbox, randomness: Randomness) {
        (self.vault, self.sandbox, self.randomness) = (vault, sandbox, randomness)
    }

    /// Room for the file and the other fields.
    private static let limits = RouteLimits(body: SealedFile.mostBytes + 65_536)

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/inbox", .conversationsRead, "La bandeja de conversaciones", list)
        routes.get("/panel/inbox/:id", .conversationsRead, "Una conversación") {
            (visit, id: Conversation.ID) in try await page(of: id, visit: visit)
        }
        routes.post("/panel/inbox/:id/messages", .conversationsAnswer, "Responde o anota en una conversación", write)
        routes.post(
            "/panel/inbox/:id/files", .conversationsAnswer, "Envía un archivo en una conversación",
            limits: Self.limits, sendFile)
        routes.post(
            "/panel/inbox/:id/draft", .conversationsAnswer, "Guarda lo que alguien empezó a escribir", keepDraft)
        routes.post("/panel/inbox/:id/assign", .conversationsAnswer, "Asigna una conversación", assign)
        routes.post("/panel/inbox/:id/state", .conversationsAnswer, "Cierra, reabre o deja en espera", setState)
        routes.post("/panel/inbox/:id/labels", .conversationsAnswer, "Etiqueta una conversación", setLabels)
        routes.post("/panel/inbox/:id/link", .conversationsAnswer, "Vincula una conversación a un cliente", link)
        routes.post("/panel/inbox/:id/unlink", .conversationsAnswer, "Desvincula una conversación", unlink)
        routes.post("/panel/messages/:id/retry", .conversationsAnswer, "Reintenta enviar un mensaje", retry)
        routes.get("/panel/message-files/:id", .conversationsRead, "Un archivo de una conversación", file)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = InboxQuery(visit.request.query, view: .unassigned)
        let page = InboxPage(column: try await column(query, nil, visit), visit: visit)
        return try await Panel.page(page, titled: InboxWords.inbox.text(for: visit.reader), for: visit)
    }

    private func column(_ query: InboxQuery, _ current: Conversation.ID?, _ visit: Visit) async throws -> InboxColumn {
        let database = visit.database
        let found = try await database.inbox(query, for: visit)
        return InboxColumn(
            query: query, found: found,
            counts: try InboxCounts(try await database.results(database.inboxCounts(for: visit))),
            labels: try await database.labels(), current: current, visit: visit)
    }

    /// What a form that was refused had, to be shown again.
    struct Unsent: Sendable {
        let text: String
        let refusal: any Refusal
    }

    private func page(
        of id: Conversation.ID, _ unsent: Unsent? = nil, _ status: Status = .ok, visit: Visit
    ) async throws -> Response {
        let database = visit.database
        guard let conversation = try await database.conversation(id) else { throw AccessRefusal.notFound }
        let query = InboxQuery(visit.request.query, view: .all)
        let before = visit.request.query["earlier"].flatMap { ChatMessage.ID($0) }
        let found = try await database.messages(in: id, before: before, limit: ConversationPage.length + 1)
        let messages = Array(found.prefix(ConversationPage.length).reversed())
        let me = visit.admitted?.id
        var text = unsent?.text
        if text == nil, let code = visit.request.query["reply"] {
            text = try await database.cannedReply(
                FormText.line(code, upTo: 30), to: conversation, from: visit.person ?? "", of: visit.tenant)
        }
        if text == nil, let me, visit.may(.conversationsAnswer) { text = try await database.draft(in: id, of: me) }
        var side: CustomerSide?
        if let customer = conversation.customer, visit.may(.customersRead) {
            side = try await CustomerSide(customer, for: visit)
        }
        let proposals =
            conversation.customer == nil && visit.mayAct(with: .conversationsAnswer)
            ? try await database.proposedCustomers(for: conversation, named: visit.request.query["find"], visit) : []
        let page = ConversationPage(
            conversation: conversation, messages: messages, isWhole: found.count <= ConversationPage.length,
            isNewest: before == nil, files: try await database.files(of: messages.map(\.id)),
            labels: try await database.labels(of: id), replies: try await database.cannedReplies(),
            staff: visit.mayAct(with: .conversationsAnswer) ? try await database.conversationStaff() : [],
            text: text ?? "", refusal: unsent?.refusal, side: side, proposals: proposals,
            parts: try await ConversationPart.all(of: conversation, for: visit),
            templates: try await TemplateOffer.all(in: conversation, for: visit),
            hasBot: try await database.startState() == .bot, column: try await column(query, id, visit), visit: visit)
        return try await Panel.page(page, titled: conversation.title, status: status, for: visit)
    }

    private func write(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 65_536)
        try sent.allow([FormID.field, "text", "seen", "owned"], repeated: ["as"])
        let text = FormText.lines(sent["text"], each: 4096)
        try await visit.admit()
        let author = MessageAuthor(visit.principal)
        // A code by itself calls up its text, to be read before it goes.
        if text.hasPrefix("/"), !text.contains(where: \.isWhitespace),
            let conversation = try await visit.database.conversation(id),
            try await visit.database.cannedReply(
                String(text.dropFirst()), to: conversation, from: author.name, of: visit.tenant) != nil
        {
            return .redirect(
                to: "\(InboxQuery.path)/\(id)?reply=\(PercentCoding.escape(String(text.dropFirst())))#write")
        }
        do {
            let left = CannedReply.Blank.allCases.first { text.contains("[\($0.rawValue)]") }
            if let left, sent["as"] != "note" { throw ConversationRefusal.blankLeft(left.rawValue) }
            let (_, path) = try await visit.once(sent) { database in
                if sent["as"] == "note" {
                    _ = try await database.writeNote(text, in: id, by: author, at: visit.now)
                } else {
                    try await database.send(
                        .text(text), in: id, by: author, at: visit.now,
                        seen: sent["seen"].flatMap { ChatMessage.ID($0) }, evenIfOwned: sent["owned"] == "yes")
                }
                if let me = author.id { try await database.keepDraft("", in: id, of: me, at: visit.now) }
                return ((), "\(InboxQuery.path)/\(id)#write")
            }
            return .redirect(to: path)
        } catch let refusal as ConversationRefusal {
            return try await page(of: id, Unsent(text: text, refusal: refusal), refusal.status, visit: visit)
        }
    }

    private func sendFile(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 6, fieldBytes: 8192, fileBytes: SealedFile.mostBytes))
        try sent.fields.allow([FormID.field, "caption", "owned"])
        let caption = FormText.lines(sent.fields["caption"], each: NewMessage.longestCaption)
        try await visit.admit()
        do {
            guard let file = sent.files.first, file.field == "file", file.size > 0 else {
                throw ConversationRefusal.fileUnreadable
            }
            let sealed = try await SealedFile(
                chosen: try await file.bytes(), named: file.name, in: vault, with: sandbox, of: visit.database,
                at: visit.now, from: randomness)
            let (_, path) = try await visit.once(sent.fields) { database in
                try await database.send(
                    .file(sealed, caption: caption), in: id, by: MessageAuthor(visit.principal), at: visit.now,
                    evenIfOwned: sent.fields["owned"] == "yes")
                return ((), "\(InboxQuery.path)/\(id)#write")
            }
            return .redirect(to: path)
        } catch let refusal as ConversationRefusal {
            return try await page(of: id, Unsent(text: caption, refusal: refusal), refusal.status, visit: visit)
        }
    }

    private func keepDraft(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 65_536)
        try sent.allow([FormID.field, "text", "seen", "owned"], repeated: ["as"])
        guard try await visit.database.conversation(id) != nil else { throw AccessRefusal.notFound }
        if case .staff = visit.principal.actor.kind, let me = visit.admitted?.id {
            try await visit.database.keepDraft(
                FormText.lines(sent["text"], each: 4096), in: id, of: me, at: visit.now)
        }
        return Panel.done(.saved, at: "\(InboxQuery.path)/\(id)")
    }

    private func act(
        _ visit: Visit, _ id: Conversation.ID, _ work: (MessageAuthor) async throws -> Void
    ) async throws -> Response {
        try await visit.admit()
        do {
            try await work(MessageAuthor(visit.principal))
            return .redirect(to: "\(InboxQuery.path)/\(id)")
        } catch let refusal as ConversationRefusal {
            return try await page(of: id, Unsent(text: "", refusal: refusal), refusal.status, visit: visit)
        }
    }

    private func assign(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["member", "owned"])
        return try await act(visit, id) { author in
            var member: StaffMember.ID?
            switch sent["member"] ?? "" {
            case "me":
                guard let me = author.id else { throw ConversationRefusal.unknownStaff }
                member = StaffMember.ID(me)
            case "": break
            case let text: member = try FormText.id(text)
            }
            try await visit.database.assign(
                id, to: member, by: author, at: visit.now, evenIfOwned: sent["owned"] == "yes")
        }
    }

    private func setState(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["state", "day"])
        return try await act(visit, id) { author in
            switch sent["state"].flatMap(Conversation.State.init) {
            case .closed: try await visit.database.close(id, by: author, at: visit.now)
            case .open: try await visit.database.reopen(id, by: author, at: visit.now)
            case .bot: try await visit.database.giveToBot(id, by: author, at: visit.now)
            case .waiting:
                guard let day = sent["day"].flatMap({ Day(iso: $0) }),
                    day.number > visit.tenant.timeZone.day(at: visit.now).number
                else { throw ConversationRefusal.dayWrong }
                try await visit.database.wait(
                    id, until: day.start(in: visit.tenant.timeZone), by: author, at: visit.now)
            case .staff, nil: throw BadRequest()
            }
        }
    }

    private func setLabels(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        try sent.allow([], repeated: ["label"])
        return try await act(visit, id) { _ in
            let labels: [Label.ID] = try sent.values("label").map { try FormText.id($0) }
            try await visit.database.setLabels(labels, of: id, by: visit.principal)
        }
    }

    private func link(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["customer"])
        let customer: Customer.ID = try FormText.id(sent["customer"] ?? "")
        return try await act(visit, id) { author in
            try await visit.database.link(id, to: customer, by: author, at: visit.now)
        }
    }

    private func unlink(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        try await act(visit, id) { try await visit.database.unlink(id, by: $0, at: visit.now) }
    }

    private func retry(_ visit: Visit, id: ChatMessage.ID) async throws -> Response {
        guard let message = try await visit.database.message(id) else { throw AccessRefusal.notFound }
        return try await act(visit, message.conversation) {
            try await visit.database.retry(id, by: $0, at: visit.now)
        }
    }

    /// A picture as it was drawn; anything else only as a file, whatever it says it is.
    private func file(_ visit: Visit, id: MessageFile.ID) async throws -> Response {
        try await visit.admit()
        guard let (file, content) = try await visit.database.content(of: id, from: vault),
            try await visit.database.shownMessage(file.message) != nil
        else {
            throw AccessRefusal.notFound
        }
        if file.isPicture { return Response(.ok, contentType: .png, body: .bytes(content)) }
        var response = Response(.ok, contentType: .binary, body: .bytes(content))
        let plain = file.name.unicodeScalars.map {
            $0.isASCII
                && ($0.properties.isAlphabetic || $0.properties.numericType != nil || ".-_".unicodeScalars.contains($0))
                ? Character($0) : "_"
        }
        response.headers["Content-Disposition"] =
            "attachment; filename=\"\(plain.isEmpty ? "archivo" : String(plain))\""
        return response
    }
}

extension TenantDatabase {
    /// The customers the correspondent may be: found by the typed text, or else by a similar name or telephone.
    func proposedCustomers(
        for conversation: Conversation, named typed: String?, _ visit: Visit
    ) async throws -> [Customer] {
        let text = FormText.line(typed ?? conversation.name, upTo: 100)
        return try await transaction { database in
            var found: [Customer.ID] = []
            if let phone = conversation.phone, typed == nil {
                found += try await database.ids(
                    "SELECT customer_id FROM customers WHERE tenant_id = \(tenant) AND phone = \(phone) AND merged_into IS NULL LIMIT 5"
                )
            }
            // All the words first, then each of them by itself.
            let words = text.split(separator: " ").map(String.init).filter { $0.count > 2 }
            for part in [text] + (typed == nil && words.count > 1 ? words : []) where !part.isEmpty && found.count < 6 {
                let like = try await database.customersLike(part, for: visit.reader)
                found += try await database.ids("SELECT l.customer_id FROM (\(like)) l LIMIT 6")
            }
            var seen: Set<Customer.ID> = []
            return try await database.customers(found.filter { seen.insert($0).inserted }.prefix(6).map(\.self))
        }
    }

    private func ids(_ statement: SQL) async throws(DatabaseError) -> [Customer.ID] {
        let found: [FoundCustomer] = try await rows(statement)
        return found.map(\.id)
    }
}

private struct FoundCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}
