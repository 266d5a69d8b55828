import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Conversations
@testable import Customers

@Suite struct InboxTests {
    private static func person(
        _ tenant: TestTenant, _ name: String = "Ana",
        _ permissions: [Permission] = [.conversationsRead, .conversationsAnswer, .customersRead]
    ) async throws -> Person {
        try await Person(tenant, permissions, as: name) { routes, randomness in
            InboxRoutes(vault: tenant.site.vault, sandbox: .tests, randomness: randomness).add(to: &routes)
            ConversationSettingsRoutes(randomness: randomness).add(to: &routes)
        }
    }

    private static func form(_ page: Answer, _ text: String, as kind: String = "answer", _ more: String = "") -> String
    {
        "form=\(page.hidden("form") ?? "")&seen=\(page.hidden("seen") ?? "")&text=\(text)&as=\(kind)\(more)"
    }

    @Test func `an agent reads, takes and answers, and the words of strangers are text`() async throws {
        try await withChats { norte, sur in
            let chat = try await norte.write("<script>alert(1)</script>\nHola")
            let ana = try await Self.person(norte)
            let list = try await ana.see("/panel/inbox")
            #expect(list.text.contains("/panel/inbox/\(chat.id)") && !list.text.contains("<script>alert"))
            let path = "/panel/inbox/\(chat.id)"
            let page = try await ana.see(path)
            #expect(page.text.contains("&lt;script&gt;alert(1)") && !page.text.contains("<script>alert"))
            let answer = Self.form(page, "Buenas+tardes")
            for _ in 0..<2 {
                #expect(try await ana.send("\(path)/messages", answer).status == .seeOther)
            }
            let lines = try await norte.lines(chat).filter { $0.direction == .out }
            #expect(lines.map(\.body) == ["Buenas tardes"])
            #expect(try await ana.see("/panel/inbox?view=mine").text.contains("\(chat.id)"))
            #expect(try await !ana.see("/panel/inbox").text.contains("\(chat.id)"))
            #expect(try await ana.see(path).text.contains("En cola"))
            #expect(try await Self.person(sur).see(path).status == .notFound)
            let reader = try await Self.person(norte, "Caro", [.conversationsRead])
            let seen = try await reader.see(path)
            #expect(seen.status == .ok && !seen.text.contains("Guardar como nota"))
            #expect(try await reader.send("\(path)/messages", answer).status == .forbidden)
        }
    }

    @Test func `an agent sends a file, drawn anew where it is a picture, and nothing of another kind`() async throws {
        try await withChats { norte, sur in
            let chat = try await norte.write("Mande mi factura")
            let path = "/panel/inbox/\(chat.id)"
            let ana = try await Self.person(norte)
            let page = try await ana.see(path)
            #expect(page.text.contains("href=\"#list\"") && page.text.contains("href=\"#field-text\""))
            let paper = Array("%PDF-1.4\nuna factura".utf8)
            let fields: KeyValuePairs = ["form": page.hidden("form") ?? "", "caption": "Su factura"]
            for _ in 0..<2 {
                #expect(try await ana.upload("\(path)/files", "file", paper, with: fields).status == .seeOther)
            }
            let sent = try await norte.lines(chat).filter { $0.direction == .out }
            #expect(sent.map(\.kind) == [.document] && sent.map(\.body) == ["Su factura"])
            let kept = try #require(try await norte.database.sentFile(of: sent[0].id, from: norte.site.vault))
            #expect(kept.content == paper && kept.file.mediaType == "application/pdf")
            #expect(try norte.waitingJobs().filter { $0 == SendMessage.kind }.count == 1)
            let bomb: [UInt8] =
                [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + Array("IHDR".utf8)
                + [0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 8, 2, 0, 0, 0, 0, 0, 0, 0]
            for wrong in [Array("<script>alert(1)</script>".utf8), Array("MZ program".utf8), bomb, []] {
                #expect(try await ana.upload("\(path)/files", "file", wrong).status == .unprocessableContent)
            }
            #expect(try await Self.person(sur).upload("\(path)/files", "file", paper).status == .notFound)
            #expect(try await norte.lines(chat).filter { $0.direction == .out }.count == 1)
        }
    }

    @Test func `a second agent is asked first, keeps the words, and then takes over`() async throws {
        try await withChats { norte, _ in
            let chat = try await norte.write("Hola")
            let path = "/panel/inbox/\(chat.id)"
            let (ana, beto) = (try await Self.person(norte), try await Self.person(norte, "Beto"))
            let (hers, his) = (try await ana.see(path), try await beto.see(path))
            #expect(try await ana.send("\(path)/messages", Self.form(hers, "Soy+Ana")).status == .seeOther)
            let refused = try await beto.send("\(path)/messages", Self.form(his, "Soy+Beto"))
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("La atiende Ana") && refused.text.contains("Soy Beto</textarea>"))
            // What he is shown now has her answer.
            let asked = Self.form(refused, "Soy+Beto", as: "answer", "&owned=yes")
            #expect(try await beto.send("\(path)/messages", asked).status == .seeOther)
            #expect(try await norte.now(chat).assigneeName == "Beto")
            let taken = try await ana.send("\(path)/assign", "member=me")
            #expect(taken.status == .conflict && taken.text.contains("La atiende Beto"))
            #expect(try await ana.send("\(path)/assign", "member=me&owned=yes").status == .seeOther)
            #expect(try await !ana.see(path).text.contains("Devolver al bot"))
            try await norte.database.setStartsWithBot(true)
            #expect(try await ana.see(path).text.contains("Devolver al bot"))
            #expect(try await ana.send("\(path)/state", "state=bot").status == .seeOther)
            let given = try await norte.now(chat)
            #expect(given.state == .bot && given.assignee == nil)
            #expect(try await ana.send("\(path)/state", "state=closed").status == .seeOther)
            #expect(try await ana.see("/panel/inbox?view=closed").text.contains("\(chat.id)"))
        }
    }

    @Test func `canned replies are called up by their code and filled, drafts are kept`() async throws {
        try await withChats { norte, _ in
            let chat = try await norte.write("Hola")
            let path = "/panel/inbox/\(chat.id)"
            let owner = try await Self.person(norte, "Olga", [.conversationsManage, .conversationsRead])
            let wrong = try await owner.send("/panel/canned-replies", "code=saldo&body=Hola+%5Bsaldo%5D")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("[saldo]"))
            #expect(
                try await owner.send(
                    "/panel/canned-replies", "code=hola&body=Hola+%5Bnombre%5D%2C+soy+%5Bquien-atiende%5D."
                ).status == .seeOther)
            #expect(try await owner.send("/panel/canned-replies", "code=hola&body=Otra").status == .conflict)
            let ana = try await Self.person(norte)
            let called = try await ana.send("\(path)/messages", Self.form(try await ana.see(path), "%2Fhola"))
            #expect(called.status == .seeOther && called.headers["Location"]?.contains("reply=hola") == true)
            #expect(try await ana.see("\(path)?reply=hola").text.contains("Hola Beto, soy Ana.</textarea>"))
            #expect(try await norte.lines(chat).count == 1)
            #expect(
                try await ana.send("\(path)/draft", Self.form(try await ana.see(path), "a+medias")).status == .seeOther)
            #expect(try await ana.see(path).text.contains("a medias</textarea>"))
            // Nobody is sent a text with a hole.
            let hole = try await ana.send("\(path)/messages", Self.form(try await ana.see(path), "Debe+%5Bdeuda%5D"))
            #expect(hole.status == .unprocessableContent && hole.text.contains("[deuda]"))
            let beto = try await Self.person(norte, "Beto")
            #expect(try await !beto.see(path).text.contains("a medias"))
            let page = try await ana.see(path)
            #expect(try await ana.send("\(path)/messages", Self.form(page, "Va")).status == .seeOther)
            #expect(try await !ana.see(path).text.contains("a medias"))
        }
    }

    @Test func `labels filter, texts and telephones are found, and staff link a chat to whom it may be`() async throws {
        try await withChats { norte, _ in
            let owner = try await Self.person(norte, "Olga", [.conversationsManage])
            #expect(try await owner.send("/panel/labels", "name=Reclamo&colour=red").status == .seeOther)
            #expect(try await owner.send("/panel/labels", "name=Reclamo&colour=red").status == .conflict)
            let label = try await norte.database.labels()[0]
            let one = try await norte.write("Se cayó el módem", "1", from: "5211", phone: "+525587654321")
            let two = try await norte.write("Gracias", "2", from: "5212")
            let customer = try await norte.makeCustomer("Beto Quispe")
            let ana = try await Self.person(norte)
            #expect(try await ana.send("/panel/inbox/\(one.id)/labels", "label=\(label.id)").status == .seeOther)
            for question in ["label=\(label.id)", "q=MODEM", "q=87654321"] {
                let found = try await ana.see("/panel/inbox?view=all&\(question)").text
                #expect(found.contains("\(one.id)") && !found.contains("\(two.id)"), "\(question)")
            }
            let page = try await ana.see("/panel/inbox/\(two.id)")
            #expect(page.text.contains("Vincular a Beto Quispe"))
            #expect(try await ana.send("/panel/inbox/\(two.id)/link", "customer=\(customer)").status == .seeOther)
            #expect(try await norte.now(two).customer == customer)
            #expect(try await ana.see("/panel/inbox?view=all&q=quispe").text.contains("\(two.id)"))
            #expect(try await ana.send("/panel/inbox/\(two.id)/unlink").status == .seeOther)
            #expect(try await norte.now(two).customer == nil)
        }
    }

    @Test func `an answer is not offered once WhatsApp's day is over, and a failure says why`() async throws {
        try await withChats { norte, _ in
            let chat = try await norte.write("Hola", phone: TestTenant.phone)
            let ana = try await Self.person(norte)
            let sent = try await norte.database.send(
                .text("Va"), in: chat.id, by: norte.answerer("Beto"), at: norte.now)
            try await norte.database.noteFailed(sent.id, .notConnected, at: norte.now)
            let page = try await ana.see("/panel/inbox/\(chat.id)")
            #expect(page.text.contains("no tiene conectado este canal") && page.text.contains("Reintentar"))
            #expect(try await ana.see("/panel/inbox?view=all").text.contains("No se envió"))
            #expect(page.text.contains("Ctrl + Enter envía"))
            #expect(try await ana.send("/panel/messages/\(sent.id)/retry").status == .seeOther)
            norte.site.clock.advance(by: .seconds(25 * 3600))
            let again = try await Self.person(norte, "Caro")
            let late = try await again.see("/panel/inbox/\(chat.id)")
            #expect(late.text.contains("24 horas") && late.text.contains("tel:\(TestTenant.phone)"))
            #expect(!late.text.contains("value=\"answer\"") && !late.text.contains("Ctrl + Enter"))
            let note = Self.form(late, "Llamarlo", as: "note")
            #expect(try await again.send("/panel/inbox/\(chat.id)/messages", note).status == .seeOther)
            #expect(try await norte.lines(chat).last?.direction == .note)
            // Somebody who never wrote, and whose number the provider does not know.
            let silent = try await norte.database.beginConversation(
                on: .whatsapp, at: UUID(high: 7, low: 7), with: Phone(e164: "+525599990000")!, named: "Zoila",
                by: norte.answerer("Beto"), at: norte.now)
            let lost = try await norte.database.send(
                .template(name: "hola", language: "es", values: [], text: "Hola"), in: silent.id,
                by: MessageAuthor(.system, name: "Norte"), at: norte.now)
            try await norte.database.noteFailed(
                lost.id, .notOnChannel, detail: "131026: Message undeliverable", at: norte.now)
            let first = try await again.see("/panel/inbox/\(silent.id)").text
            #expect(first.contains("No ha escrito todavía") && first.contains("Ese número no tiene WhatsApp."))
            #expect(!first.contains("131026") && !first.contains("al responder se reabre"))
        }
    }

    @Test func `a long conversation is read in pages, and a picture as it was drawn`() async throws {
        try await withChats { norte, _ in
            let chat = try await norte.write("mensaje 0", "m0")
            for number in 1..<60 { _ = try await norte.write("mensaje \(number)", "m\(number)") }
            let ana = try await Self.person(norte)
            let page = try await ana.see("/panel/inbox/\(chat.id)").text
            #expect(page.contains("mensaje 59<") && page.contains("mensaje 10<") && !page.contains("mensaje 9<"))
            let link = page.ranges(of: "earlier=").first.map { page[$0.upperBound...].prefix(36) }
            let earlier = try await ana.see("/panel/inbox/\(chat.id)?earlier=\(link!)").text
            #expect(
                earlier.contains("mensaje 0<") && earlier.contains("mensaje 9<") && !earlier.contains("mensaje 10<"))

            let inbound = InboundMessage(
                .whatsapp, account: UUID(high: 7, low: 7), from: "525512345678", name: "Beto", providerID: "img",
                kind: .image, body: "",
                files: [
                    InboundFile(providerFile: "a", mediaType: "image/jpeg", name: "", bytes: 1),
                    InboundFile(providerFile: "b", mediaType: "text/html", name: "a\"<b>.html", bytes: 1),
                ], sentAt: norte.now)
            let message = try await norte.database.receive(inbound, of: norte.tenant, at: norte.now)!
            let files = try await norte.database.waitingFiles(of: message.id)
            let vault = norte.site.vault
            try await norte.database.keep(files[0].id, [1], mediaType: "image/png", in: vault, at: norte.now)
            try await norte.database.keep(files[1].id, [2], mediaType: "text/html", in: vault, at: norte.now)
            let picture = try await ana.download("/panel/message-files/\(files[0].id)")
            #expect(picture.bytes == [1] && picture.headers["Content-Disposition"] == nil)
            let file = try await ana.download("/panel/message-files/\(files[1].id)")
            #expect(file.headers["Content-Disposition"] == "attachment; filename=\"a__b_.html\"")
        }
    }
}
