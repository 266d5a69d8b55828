import Access
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Conversations
@testable import Customers

@Suite struct ConversationTests {
    @Test func `every word of the room is there in three languages`() {
        #expect(
            LinkWords.problems + InboxWords.problems + ConsentWords.problems + ConsentRefusal.problems
                + MessageConsent.Way.problems + ConversationActivity.problems + MessageFailure.problems
                + Channel.problems + ChatMessage.Kind.problems + ChatMessage.State.problems
                + ChatMessage.Direction.problems + Conversation.State.problems + Conversation.LinkProof.problems
                + InboxQuery.View.problems + Label.Colour.problems + MessageFile.State.problems
                + MessageFileRefusal.problems + ConversationAPIWords.problems + StaffLinkWords.problems == [])
    }

    @Test func `what a provider tells twice is written down once, and nobody else sees it`() async throws {
        try await withChats { norte, sur in
            let first = try await norte.database.receive(
                norte.inbound("Hola", "wamid.1"), of: norte.tenant, at: norte.now)
            let again = try await norte.database.receive(
                norte.inbound("Hola", "wamid.1"), of: norte.tenant, at: norte.now)
            #expect(first != nil && again == nil)
            let conversation = try await norte.write("¿cuánto debo?", "wamid.2")
            #expect(conversation.state == .open && conversation.assignee == nil && conversation.unread == 2)
            #expect(conversation.number == 1 && conversation.lastMessage == "¿cuánto debo?")
            // Within the same instant they stand in their order.
            #expect(try await norte.lines(conversation).map(\.body) == ["Hola", "¿cuánto debo?"])
            #expect(
                try await norte.database.events(limit: 10).map(\.kind).filter { $0 == "message.received" }.count == 2)
            #expect(try await sur.database.conversation(conversation.id) == nil)
            #expect(try await sur.database.messages(in: conversation.id, limit: 10) == [])
            // The same id at another chat is another message.
            #expect(try await norte.write("Hola", "wamid.1", from: "5215500000000").number == 2)
        }
    }

    @Test func `a NUL in what a channel tells is left out, and the message stays`() async throws {
        try await withChats { norte, _ in
            let place = InboundMessage(
                .whatsapp, account: nil, from: "a", name: "Ana\0", providerID: "1", kind: .location, body: "",
                content: .location(latitude: 25.5, longitude: -100.1, name: "Casa\0 azul"), sentAt: norte.now)
            let kept = try await norte.database.receive(place, of: norte.tenant, at: norte.now)
            #expect(kept?.content == .location(latitude: 25.5, longitude: -100.1, name: "Casa azul"))
        }
    }

    @Test func `a chat is linked by its telephone only where exactly one customer has it on file`() async throws {
        try await withChats { norte, _ in
            let phone = TestTenant.phone
            let ana = try await norte.makeCustomer("Ana", phone: phone)
            #expect(try await norte.write("Hola", "1", from: "a").customer == nil)
            let linked = try await norte.write("Hola", "2", from: "b", phone: "+5215512345678")
            #expect(linked.customer == ana && linked.proof == .phone && linked.title == "Ana")
            // Where staff took the customer away, the telephone alone does not bring them back.
            try await norte.database.unlink(linked.id, by: norte.somebodyWho, at: norte.now)
            #expect(try await norte.write("Hola", "2b", from: "b", phone: phone).customer == nil)
            try await norte.database.link(linked.id, to: ana, by: norte.somebodyWho, at: norte.now)
            _ = try await norte.makeCustomer("Beto", phone: phone)
            #expect(try await norte.write("Hola", "3", from: "c", phone: phone).customer == nil)
            // Whom it was linked to stays.
            #expect(try await norte.write("Otra", "4", from: "b", phone: phone).customer == ana)
            let reader = norte.somebodyWho
            try await norte.database.unlink(linked.id, by: reader, at: norte.now)
            try await norte.database.link(linked.id, to: ana, by: reader, at: norte.now)
            await #expect(throws: ConversationRefusal.linked) {
                try await norte.database.link(linked.id, to: ana, by: reader, at: norte.now)
            }
            #expect(try await norte.now(linked).proof == .staff)
        }
    }

    @Test func `a code links a chat once, and three wrong ones lock it for a day`() async throws {
        try await withChats { norte, sur in
            let ana = try await norte.makeCustomer("Ana")
            let (old, code) = (try await norte.code(for: ana), try await norte.code(for: ana))
            #expect(try await norte.write("/vincular \(old)", "1", from: "a").customer == nil)
            // A code of another company's is none.
            let other = try await sur.write("/vincular \(code)", "1", from: "a")
            #expect(other.customer == nil)
            let linked = try await norte.write("vincular \(code.lowercased())", "2", from: "a")
            #expect(linked.customer == ana && linked.proof == .code)
            #expect(try await norte.lines(linked).last?.body.contains("Ana") == true)
            #expect(try await norte.write("/start \(code)", "3", from: "b").customer == nil)

            let next = try await norte.code(for: ana)
            for number in 0..<2 { _ = try await norte.write("/vincular MAL\(number)", "4\(number)", from: "b") }
            let locked = try await norte.write("/vincular \(next)", "5", from: "b")
            #expect(locked.customer == nil && locked.linkLockedUntil != nil)
            norte.site.clock.advance(by: .seconds(86_401))
            #expect(try await norte.write("/vincular \(next)", "6", from: "b").customer == ana)

            let late = try await norte.code(for: ana)
            norte.site.clock.advance(by: LinkCode.span + .seconds(1))
            #expect(try await norte.write("/vincular \(late)", "7", from: "c").customer == nil)
        }
    }

    @Test func `who answers owns the conversation, and nobody answers for them unasked`() async throws {
        try await withChats { norte, _ in
            let conversation = try await norte.write("Hola")
            let (ana, beto) = (try await norte.answerer("Ana"), try await norte.answerer("Beto"))
            let seen = try await norte.lines(conversation).last?.id
            let sent = try await norte.database.send(
                .text("Buenas"), in: conversation.id, by: ana, at: norte.now, seen: seen)
            #expect(sent.state == .queued)
            #expect(try norte.waitingJobs().contains(SendMessage.kind))
            let owned = try await norte.now(conversation)
            #expect(owned.assigneeName == "Ana" && owned.unread == 0 && owned.waitingSince == nil)
            #expect(owned.firstRepliedAt != nil)
            await #expect(throws: ConversationRefusal.owned("Ana")) {
                try await norte.database.send(.text("Yo"), in: conversation.id, by: beto, at: norte.now, seen: seen)
            }
            await #expect(throws: ConversationRefusal.owned("Ana")) {
                try await norte.database.assign(conversation.id, to: ID(beto.id!), by: beto, at: norte.now)
            }
            // Told of it, he still reads her answer first.
            await #expect(throws: ConversationRefusal.answeredMeanwhile("Ana")) {
                try await norte.database.send(
                    .text("Yo"), in: conversation.id, by: beto, at: norte.now, seen: seen, evenIfOwned: true)
            }
            try await norte.database.send(
                .text("Yo"), in: conversation.id, by: beto, at: norte.now, seen: sent.id, evenIfOwned: true)
            // Columns count scalars, of which one sign may have several.
            _ = try await norte.database.send(
                .text(String(repeating: "⚠️ ", count: 150)), in: conversation.id, by: beto, at: norte.now)
            #expect(try await norte.now(conversation).assigneeName == "Beto")
            try await norte.database.assign(conversation.id, to: nil, by: beto, at: norte.now)
            #expect(try await norte.now(conversation).assignee == nil)
        }
    }

    @Test func `of two who answer at the same moment one is refused`() async throws {
        try await withChats { norte, _ in
            let conversation = try await norte.write("Hola")
            let people = [try await norte.answerer("Ana"), try await norte.answerer("Beto")]
            let seen = try await norte.lines(conversation).last?.id
            let sent = await withTaskGroup(of: Bool.self) { group in
                for person in people {
                    group.addTask {
                        do {
                            try await norte.database.send(
                                .text("Va"), in: conversation.id, by: person, at: norte.now, seen: seen)
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(sent == 1)
            #expect(try await norte.lines(conversation).filter { $0.direction == .out }.count == 1)
        }
    }

    @Test func `a note never leaves`() async throws {
        try await withChats { norte, _ in
            let conversation = try await norte.write("Hola")
            let before = try norte.waitingJobs()
            let note = try await norte.database.writeNote(
                "Ojo: debe equipo", in: conversation.id, by: norte.answerer("Ana"), at: norte.now)
            #expect(try norte.waitingJobs() == before)
            #expect(note.direction == .note)
            #expect(try await norte.database.beginSending(note.id) == nil)
            #expect(try await norte.now(conversation).lastMessage == "Hola")
        }
    }

    @Test func `after a day WhatsApp takes a template only, and Telegram anything`() async throws {
        try await withChats { norte, _ in
            let (whatsapp, telegram) = (
                try await norte.write("Hola", "1"), try await norte.write("Hola", "2", on: .telegram, from: "99")
            )
            let ana = try await norte.answerer("Ana")
            norte.site.clock.advance(by: .seconds(24 * 3600))
            await #expect(throws: ConversationRefusal.windowClosed) {
                try await norte.database.send(.text("¿Sigue ahí?"), in: whatsapp.id, by: ana, at: norte.now)
            }
            let template = NewMessage.template(name: "aviso", language: "es_MX", values: ["Beto"], text: "Hola Beto")
            try await norte.database.send(template, in: whatsapp.id, by: ana, at: norte.now)
            try await norte.database.send(.text("¿Sigue ahí?"), in: telegram.id, by: ana, at: norte.now)
            let kept = try await norte.lines(whatsapp).last { $0.direction == .out }
            #expect(kept?.content == .template(name: "aviso", language: "es_MX", values: ["Beto"]))
            await #expect(throws: ConversationRefusal.tooLong(4096)) {
                try await norte.database.send(
                    .text(String(repeating: "a", count: 4097)), in: telegram.id, by: ana, at: norte.now)
            }
        }
    }

    @Test func `the bot answers until a person is asked for, and is silent from then on`() async throws {
        try await withChats { norte, _ in
            try await norte.database.setStartsWithBot(true)
            let conversation = try await norte.write("Hola")
            #expect(conversation.state == .bot)
            #expect(try norte.waitingJobs().filter { $0 == RespondToMessage.kind }.count == 1)
            let bot = MessageAuthor(.bot, name: "Asistente")
            try await norte.database.send(
                .buttons("¿Qué necesita?", [MessageButton("saldo", "Mi saldo")]), in: conversation.id, by: bot,
                at: norte.now)
            #expect(try await norte.now(conversation).unread == 1)
            try await norte.database.handOver(conversation.id, because: .asked, by: bot, at: norte.now)
            let open = try await norte.now(conversation)
            #expect(open.state == .open && open.assignee == nil)
            await #expect(throws: ConversationRefusal.takenOver) {
                try await norte.database.send(.text("Hola"), in: conversation.id, by: bot, at: norte.now)
            }
            try await norte.write("¿Hay alguien?", "wamid.2")
            #expect(try norte.waitingJobs().filter { $0 == RespondToMessage.kind }.count == 1)
            let ana = try await norte.answerer("Ana")
            try await norte.database.send(.text("Aquí estoy"), in: conversation.id, by: ana, at: norte.now)
            // A program is silent too while a person has it.
            await #expect(throws: ConversationRefusal.takenOver) {
                try await norte.database.send(
                    .text("Soy n8n"), in: conversation.id, by: MessageAuthor(.program, name: "n8n"), at: norte.now)
            }
            try await norte.database.close(conversation.id, by: ana, at: norte.now)
            #expect(try await norte.write("Otra cosa", "wamid.3").state == .bot)
            #expect(try await norte.now(conversation).assignee == nil)
        }
    }

    @Test func `a message's state only goes forward, and tells why it was not sent`() async throws {
        try await withChats { norte, _ in
            let account = UUID(high: 7, low: 7)
            let conversation = try await norte.write("Hola")
            let ana = try await norte.answerer("Ana")
            let sent = try await norte.database.send(.text("Va"), in: conversation.id, by: ana, at: norte.now)
            func told(_ state: MessageDelivery.State) async throws -> ChatMessage.State {
                _ = try await norte.database.note(
                    MessageDelivery(of: "out.1", state, at: norte.now), channel: .whatsapp, account: account)
                return try await norte.database.message(sent.id)!.state
            }
            #expect(
                try await norte.database.note(
                    MessageDelivery(of: "out.1", .delivered, at: norte.now), channel: .whatsapp, account: account)
                    == false)
            #expect(try await norte.database.beginSending(sent.id)?.message.state == .queued)
            #expect(try await norte.database.beginSending(sent.id)?.message.attempts == 1)
            try await norte.database.noteSent(sent.id, as: "out.1", at: norte.now)
            #expect(try await told(.read) == .read)
            #expect(try await told(.delivered) == .read)
            #expect(try await told(.failed(.blocked)) == .read)
            let other = try await norte.database.send(.text("Y"), in: conversation.id, by: ana, at: norte.now)
            try await norte.database.noteFailed(other.id, .blocked, detail: "131050", at: norte.now)
            let failed = try await norte.database.message(other.id)!
            #expect(failed.state == .failed && failed.failure == .blocked && failed.failureDetail == "131050")
            #expect(try await norte.now(conversation).unreachable == .blocked)
            #expect(try await norte.database.beginSending(other.id) == nil)
            try await norte.database.retry(other.id, by: ana, at: norte.now)
            #expect(try await norte.database.message(other.id)?.state == .queued)
            await #expect(throws: ConversationRefusal.notFailed) {
                try await norte.database.retry(sent.id, by: ana, at: norte.now)
            }
        }
    }

    @Test func `who wants no messages gets none unasked, and is answered when they write`() async throws {
        try await withChats { norte, _ in
            let conversation = try await norte.write("No me escriban")
            let ana = try await norte.answerer("Ana")
            norte.site.clock.advance(by: .seconds(1))
            try await norte.database.setOptedOut(true, conversation.id, by: ana, at: norte.now)
            let reminder = MessageAuthor(.system, name: "Cobranza")
            for author in [ana, reminder] {
                await #expect(throws: ConversationRefusal.optedOut) {
                    try await norte.database.send(.text("Recuerde"), in: conversation.id, by: author, at: norte.now)
                }
            }
            norte.site.clock.advance(by: .seconds(1))
            try await norte.write("¿Cuánto debo?", "wamid.2")
            await #expect(throws: ConversationRefusal.optedOut) {
                try await norte.database.send(.text("Recuerde"), in: conversation.id, by: reminder, at: norte.now)
            }
            try await norte.database.send(.text("Nada"), in: conversation.id, by: ana, at: norte.now)
        }
    }

    @Test func `what waits until a day is open again on it, or when the customer writes`() async throws {
        try await withChats { norte, _ in
            let (one, two) = (
                try await norte.write("Hola", "1", from: "a"), try await norte.write("Hola", "2", from: "b")
            )
            let ana = try await norte.answerer("Ana")
            let later = norte.now + .seconds(86_400)
            for id in [one.id, two.id] { try await norte.database.wait(id, until: later, by: ana, at: norte.now) }
            #expect(try await norte.write("¿Y?", "3", from: "a").state == .open)
            try await norte.database.wakeConversations(at: norte.now)
            #expect(try await norte.now(two).state == .waiting)
            try await norte.database.wakeConversations(at: later)
            #expect(try await norte.now(two).state == .open)
            await #expect(throws: ConversationRefusal.dayWrong) {
                try await norte.database.wait(one.id, until: norte.now, by: ana, at: norte.now)
            }
        }
    }

    @Test func `a portal's chat is its customer's, and an answer there is delivered at once`() async throws {
        try await withChats { norte, _ in
            let ana = try await norte.makeCustomer("Ana")
            let chat = try await norte.write("Hola", "f-1", on: .portal, from: "\(ana)")
            #expect(chat.customer == ana && chat.proof == .portal)
            let before = try norte.waitingJobs()
            let sent = try await norte.database.send(
                .text("Buenas"), in: chat.id, by: norte.answerer("Beto"), at: norte.now)
            #expect(sent.state == .delivered)
            #expect(try norte.waitingJobs() == before)
        }
    }

    @Test func `a file is kept sealed, and no neighbour opens it`() async throws {
        try await withChats { norte, sur in
            let inbound = InboundMessage(
                .whatsapp, account: nil, from: "1", name: "Beto", providerID: "1", kind: .document, body: "",
                files: [InboundFile(providerFile: "m1", mediaType: "application/pdf", name: "recibo.pdf", bytes: 3)],
                sentAt: norte.now)
            let message = try await norte.database.receive(inbound, of: norte.tenant, at: norte.now)!
            let file = try await norte.database.waitingFiles(of: message.id)[0]
            #expect(try await norte.database.content(of: file.id, from: norte.site.vault) == nil)
            try await norte.database.keep(
                file.id, [1, 2, 3], mediaType: "application/pdf", in: norte.site.vault, at: norte.now)
            #expect(try await norte.database.content(of: file.id, from: norte.site.vault)?.content == [1, 2, 3])
            #expect(try await sur.database.content(of: file.id, from: sur.site.vault) == nil)
            #expect(try await norte.database.waitingFiles(of: message.id) == [])
            #expect(try await norte.database.conversation(message.conversation)?.lastMessage == "Documento")
        }
    }

    @Test func `what a message carries is read as it was written`() {
        let contents: [MessageContent] = [
            .buttons([MessageButton("a", "Sí"), MessageButton("b", "No")]),
            .template(name: "aviso", language: "es_MX", values: ["1", "\"2\""]),
            .location(latitude: -12.05, longitude: -77, name: "Lima"), .contact(name: "Ana", phone: "+51"),
            .choice("saldo"), .activity(.claimed, "Ana"),
        ]
        #expect(contents.map { MessageContent(stored: $0.stored) } == contents)
        #expect(MessageContent(stored: "{}") == nil)
    }

    @Test(
        arguments: [
            ("/vincular abcd-2345", "ABCD2345"), ("VINCULAR abcd2345", "ABCD2345"), ("/start ABCD2345", "ABCD2345"),
            ("/start", nil), ("vincular", nil), ("quiero vincular abcd2345", nil), ("hola", nil),
            ("link de pago por favor", nil), ("/vincular mal", "MAL"),
        ] as [(String, String?)])
    func `a code is read from what customers write`(text: String, code: String?) {
        #expect(LinkCode.read(text) == code)
    }
}

extension TestTenant {
    fileprivate var somebodyWho: MessageAuthor { MessageAuthor(.system, name: "Prueba") }

    fileprivate func code(for customer: Customer.ID) async throws -> String {
        try await database.makeLinkCode(for: customer, by: commandLine, from: site.randomness)
    }
}
