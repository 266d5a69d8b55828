import Access
import ChannelProtocol
import Conversations
import Glibc
import HTTP
import Identifiers
import Jobs
import Locale
import Loop
import Mail
import MessagingLab
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Channels
@testable import Customers
@testable import Notices

/// What the company tells customers by their own channel, with one true end for each.
@Suite struct NoticeTests {
    @Test(arguments: ChannelProvider.allCases)
    func `a notice stands in the customer's chat, once, and its fate comes back`(
        provider: ChannelProvider
    ) async throws {
        try await ChannelFixture.with(provider) { fixture in
            let ana = try await fixture.makeCustomer(email: "ana@example.com")
            try await fixture.begin()
            if provider == .telegram { try await fixture.link(ana) }
            let about = fixture.newUUID()
            for _ in 1...2 { try await fixture.notify(ana, about: about) }
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).map(\.text) == ["Hay una avería"])
            #expect(try await fixture.messages(.out).first?.author.kind == .system)
            var notice = try #require(try await fixture.norte.database.notices(of: ana, limit: 9).first)
            #expect(notice.state == .sent && notice.channel == provider.rawValue && fixture.mail.messages.isEmpty)
            #expect(try await fixture.sur.database.notices(of: ana, limit: 9).isEmpty)
            guard provider == .whatsapp else { return }
            try await fixture.receiveAll()
            try await fixture.work()
            notice = try #require(try await fixture.norte.database.notices(of: ana, limit: 9).first)
            #expect(notice.state == .delivered)
        }
    }

    @Test func `without a window a template carries it, up to the cap, and then the next channel`() async throws {
        try await ChannelFixture.with { fixture in
            let ana = try await fixture.makeCustomer(email: "ana@example.com")
            // Nothing is chosen: the mail has it, and the page says why.
            try await fixture.notify(ana, about: fixture.newUUID())
            try await fixture.work()
            #expect(
                fixture.mail.messages.map(\.subject) == ["Avería"] && fixture.lab.received(by: fixture.person).isEmpty)
            let first = try #require(try await fixture.norte.database.notices(of: ana, limit: 1).first)
            #expect(first.state == .sent && first.channel == "email")
            #expect(
                try await fixture.norte.database.attempts(of: [first.id]).map { $0.failure ?? $0.channel } == [
                    "no_template", "email",
                ])
            try await fixture.chooseTemplate(cap: 100, price: 60)
            // What a room that writes to many reckons with.
            let (database, now) = (fixture.norte.database, fixture.norte.site.wall)
            let outlook = try await database.templateOutlook(of: .invented, at: now, in: fixture.norte.tenant)
            #expect(outlook.template == "aviso_de_pago" && outlook.price.minor == 60 && outlook.cap?.minor == 100)
            #expect(try await database.reachedByTemplate([ana], at: now) == [ana])
            for _ in 1...2 {
                try await fixture.notify(ana, about: fixture.newUUID())
                try await fixture.work()
            }
            #expect(
                fixture.lab.received(by: fixture.person).map(\.text) == [
                    "Hola Ana. Su factura de noviembre por $300.00 ya está disponible."
                ])
            #expect(fixture.mail.messages.count == 2)
            let last = try #require(try await fixture.norte.database.notices(of: ana, limit: 1).first)
            #expect(try await fixture.norte.database.attempts(of: [last.id]).first?.failure == "cap_reached")
            // The chat that the company began is linked by the telephone on file.
            #expect(try await fixture.norte.database.conversations(of: ana, limit: 9).count == 1)
        }
    }

    @Test func `who has not written is sent a template that was read before, up to the month's cap`() async throws {
        try await ChannelFixture.with { fixture in
            let ana = try await fixture.makeCustomer()
            try await fixture.chooseTemplate(cap: 100, price: 60)
            let chat = try await fixture.norte.database.beginConversation(
                on: .whatsapp, at: fixture.account.id.uuid, with: Phone(e164: "+525512345678")!, named: "Ana",
                by: MessageAuthor(.system, name: "Norte"), at: fixture.norte.site.wall)
            let path = "/panel/inbox/\(chat.id)/template"
            func person(of tenant: TestTenant) async throws -> Person {
                try await Person(tenant, [.conversationsRead, .conversationsAnswer]) { routes, _ in
                    TemplateAnswerRoutes().add(to: &routes)
                }
            }
            let agent = try await person(of: fixture.norte)
            let page = try await agent.see(path)
            #expect(page.text.contains("Hola Ana. Su factura de [2] por [3] ya está disponible."))
            #expect(page.text.contains("WhatsApp cobra $0.60"))
            let template = try #require(page.hidden("template"))
            func send(_ values: String, _ shown: String) async throws -> Answer {
                try await agent.send(path, "template=\(template)&\(values)&\(shown)")
            }
            let values = "value=Ana&value=marzo&value=300"
            let other = "shown=Ana&shown=&shown="
            #expect(try await send("value=Ana&value=&value=", other).text.contains("Complete todos"))
            let unread = try await send(values, other)
            #expect(unread.status == .unprocessableContent && unread.text.contains("Su factura de marzo por 300"))
            #expect(fixture.lab.received(by: fixture.person).isEmpty)
            let shown = values.replacing("value", with: "shown")
            #expect(try await send(values, shown).status == .seeOther)
            try await fixture.work()
            #expect(
                fixture.lab.received(by: fixture.person).map(\.text) == [
                    "Hola Ana. Su factura de marzo por 300 ya está disponible."
                ])
            #expect(try await send(values, shown).text.contains("tope de gasto"))
            // A company that asks for consent writes first to nobody who has not given it.
            var budget = try await fixture.norte.database.messageBudget()
            (budget.cap, budget.asksConsent) = (nil, true)
            try await fixture.norte.database.put(budget)
            #expect(try await send(values, shown).text.contains("No consta que aceptara"))
            let now = fixture.norte.site.wall
            #expect(try await fixture.norte.database.reachedByTemplate([ana], at: now).isEmpty)
            try await fixture.notify(ana, about: fixture.newUUID())
            try await fixture.work()
            let refused = try #require(try await fixture.norte.database.notices(of: ana, limit: 1).first)
            #expect(refused.failure == ChatCarrierRefusal.noConsent.rawValue)
            try fixture.norte.site.test.superuser().execute(
                """
                INSERT INTO message_consents (
                    tenant_id, consent_id, customer_id, phone, way, given_on, proof, recorded_by, made_at)
                SELECT tenant_id, gen_random_uuid(), customer_id, phone, 'contract', '2026-01-01', 'x', 'x', now()
                FROM customers
                """)
            #expect(try await fixture.norte.database.reachedByTemplate([ana], at: now) == [ana])
            #expect(try await send(values, "\(shown)&form=1").status == .seeOther)
            #expect(try await person(of: fixture.sur).see(path).status == .notFound)
        }
    }

    @Test func `templates and channels of all notices are chosen in one form, and what cannot be is said`() async throws
    {
        try await ChannelFixture.with { fixture in
            try await fixture.chooseTemplate(cap: 100, price: 60)
            let owner = try await Person(fixture.norte, [.channelsManage, .noticesManage]) { routes, _ in
                TemplateRoutes(fixture.acts).add(to: &routes)
                NoticeRoutes.add(to: &routes)
            }
            let (database, kind) = (fixture.norte.database, NoticeKind.invented)
            let use = try #require(try await database.templateUses().first)
            func choose(_ blanks: String) async throws -> Answer {
                try await owner.send(
                    "/panel/channels/templates/uses",
                    "template%3Ainvented=\(use.template.id)&blanks%3Ainvented=\(blanks)")
            }
            let wrong = try await choose("nombre,mes")
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("Prueba: La plantilla tiene otro número"))
            #expect(wrong.text.contains("nombre, mes\""))
            #expect(try await choose("nombre,monto,mes").status == .seeOther)
            #expect(try await database.templateUses().first?.blanks == ["nombre", "monto", "mes"])

            let orders = "/panel/notices/channels"
            #expect(try await owner.see(orders).text.contains("Como todos"))
            let twice = try await owner.send(
                orders, "channel1%3A=whatsapp&channel2%3A=whatsapp&channel3%3A=email&channel1%3Ainvented=email")
            #expect(twice.status == .unprocessableContent && twice.text.contains("WhatsApp está dos veces"))
            let carriers = fixture.norte.site.catalogue.noticeCarriers
            #expect(try await database.noticeOrders(by: carriers).own("").isEmpty)
            #expect(
                try await owner.send(
                    orders, "channel1%3A=email&channel2%3A=whatsapp&channel1%3Ainvented=whatsapp"
                ).status == .seeOther)
            let kept = try await database.noticeOrders(by: carriers)
            #expect(kept.channels(of: "other") == ["email", "whatsapp"])
            #expect(kept.channels(of: kind.name) == ["whatsapp"])
        }
    }

    @Test func `who asked for no messages gets none by chat, and who has no channel is said to have none`() async throws
    {
        try await ChannelFixture.with { fixture in
            let (ana, beto) = (try await fixture.makeCustomer(), try await fixture.makeCustomer("Beto", phone: ""))
            try await fixture.begin()
            let desk = fixture.desk
            let carriers = fixture.norte.site.catalogue.noticeCarriers
            func reach() async throws -> [Bool] {
                let reach = try await NoticeReach([ana, beto], by: carriers, at: desk)
                return [ana, beto].map { reach.contains($0, of: .invented) }
            }
            #expect(try await reach() == [true, false])
            try fixture.norte.site.test.superuser().execute("UPDATE conversations SET opted_out_at = now()")
            #expect(try await reach() == [false, false])
            for customer in [ana, beto] { try await fixture.notify(customer, about: fixture.newUUID()) }
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).isEmpty && fixture.mail.messages.isEmpty)
            let ends = try await fixture.ends()
            #expect(ends == ["failed no_channel", "failed opted_out"])
        }
    }

    @Test func `in quiet hours it waits for their end, and no answer is doubted before another channel is tried`()
        async throws
    {
        try await ChannelFixture.with { fixture in
            let ana = try await fixture.makeCustomer(email: "ana@example.com")
            try await fixture.begin()
            let hour = fixture.norte.tenant.timeZone.local(at: fixture.norte.site.wall).time.hour
            try await fixture.norte.database.put(try #require(QuietHours(from: hour, until: (hour + 2) % 24)))
            try await fixture.notify(ana, about: fixture.newUUID())
            try await fixture.work()
            let held = try #require(try await fixture.norte.database.notices(of: ana, limit: 1).first)
            #expect(
                held.state == .waiting && held.waitsUntil != nil && fixture.lab.received(by: fixture.person).isEmpty)
            try await fixture.norte.database.put(try #require(QuietHours(from: 0, until: 0)))
            // WhatsApp takes it and does not answer: nothing else is sent until it says so.
            try await fixture.tell("/lab/faults", ["swallow": "1"])
            try fixture.wake()
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).count == 1 && fixture.mail.messages.isEmpty)
            try await fixture.receiveAll()
            try await fixture.work()
            #expect(try await fixture.ends() == ["delivered"])
            try fixture.wake()
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).count == 1 && fixture.mail.messages.isEmpty)
        }
    }

    /// 300 here; MASTIL_NOTICES=5000 for the full size.
    @Test func `many notices keep one true end each while the provider is busy, bans and workers die`() async throws {
        try await ChannelFixture.with { fixture in
            let count = Settings.notices
            var customers: [Customer.ID] = []
            for number in 0..<(count / 10) {
                let digits = "5215\(510_000_000 + number)"
                let person = try await fixture.tell("/lab/people", ["name": "P\(number)", "phone": digits])
                try await fixture.tell("/lab/write", ["person": person, "text": "hola"])
                customers.append(
                    try await fixture.makeCustomer(
                        "P\(number)", phone: "+52\(digits.dropFirst(3))", email: "p\(number)@example.com"))
            }
            try await fixture.receiveAll()
            try await fixture.work()
            let began = fixture.norte.site.wall
            let notices = (0..<count).map { number in
                NewNotice(
                    to: customers[number % customers.count], .invented, about: fixture.newUUID(), subject: "Aviso",
                    text: "aviso \(number)")
            }
            try await fixture.norte.database.notify(notices, at: began)
            try await fixture.tell("/lab/faults", ["code": "130429", "count": "3"])
            for seen in [count / 10, count / 3] { try await fixture.kill(after: seen) }
            while fixture.sent.count < count * 3 / 4 { try await fixture.work { $0.sent.count >= count * 3 / 4 } }
            let span = fixture.norte.site.wall - began
            #expect(fixture.sent.count <= 66 * Int(span.components.seconds + 1))
            try await fixture.tell("/lab/faults", ["code": "368", "count": "1"])
            try await fixture.work()
            try await fixture.receiveAll()
            try await fixture.work()
            // Those of which WhatsApp never said a word are tried again, here by mail since the account is stopped.
            try fixture.norte.site.test.superuser().execute(
                "UPDATE notice_attempts SET changed_at = changed_at - interval '1 hour' WHERE state = 'unknown'")
            try fixture.wake()
            try await fixture.work()
            let (chats, mails) = (fixture.sent, fixture.mail.messages.map(fixture.text))
            #expect(chats.count == Set(chats).count && mails.count == Set(mails).count)
            #expect(Set(chats).isDisjoint(with: mails) && chats.count + mails.count == count)
            #expect(!mails.isEmpty && chats.count >= count * 3 / 4)
            let ends = try await fixture.ends()
            #expect(ends.count == count && ends.allSatisfy { $0 == "delivered" || $0 == "sent" })
            #expect(ends.filter { $0 == "delivered" }.count == chats.count)
        }
    }
}

private enum Settings {
    static var notices: Int { getenv("MASTIL_NOTICES").flatMap { Int(String(cString: $0)) } ?? 300 }
}

extension ChannelFixture {
    fileprivate func newUUID() -> UUID {
        .v7(milliseconds: norte.site.wall.milliseconds, from: norte.site.randomness)
    }

    fileprivate func makeCustomer(
        _ name: String = "Ana", phone: String = "+525512345678", email: String = ""
    ) async throws -> Customer.ID {
        var customer = Customer(
            id: .make(milliseconds: norte.now.milliseconds, from: norte.site.randomness), name: name, state: .prospect,
            since: norte.tenant.timeZone.day(at: norte.now))
        (customer.phone, customer.email) = (phone, email)
        _ = try await Customer.add(
            [customer], distinct: true, to: norte.tenant, by: norte.commandLine, in: norte.database)
        return customer.id
    }

    fileprivate func link(_ customer: Customer.ID) async throws {
        try await norte.database.link(
            conversation().id, to: customer, by: MessageAuthor(.staff, name: "Sofía"), at: norte.site.wall)
    }

    fileprivate func notify(_ customer: Customer.ID, about: UUID) async throws {
        try await norte.database.notify(
            customer, of: .invented, about: about, subject: "Avería", text: "Hay una avería",
            blanks: ["nombre": "Ana", "mes": "noviembre", "monto": "$300.00"], at: norte.site.wall)
    }

    fileprivate var desk: NoticeDesk {
        NoticeDesk(
            norte.tenant, in: norte.database, at: norte.site.wall, randomness: norte.site.randomness,
            address: "https://norte.test", isMailed: true)
    }

    fileprivate func chooseTemplate(cap: Int64, price: Int64) async throws {
        let (database, now) = (norte.database, norte.site.wall)
        try await database.setBusiness(WhatsAppLab.account, of: account.id)
        let known = try #require(try await database.channelAccount(account.id))
        try await acts.refreshTemplates(of: known, at: now, in: database)
        let template = try #require(try await database.templates().first { $0.name == "aviso_de_pago" })
        try await database.use(
            template.id, for: NoticeKind.invented.name, filledWith: ["nombre", "mes", "monto"])
        var budget = MessageBudget()
        (budget.cap, budget.utility) = (cap, price)
        try await database.put(budget)
    }

    /// Notices that wait are looked at now.
    fileprivate func wake() throws {
        try norte.site.test.superuser().execute(
            """
            UPDATE jobs SET run_at = now() WHERE kind = 'notices.carry';
            INSERT INTO job_arrivals (tenant_id, kind, run_at)
            SELECT tenant_id, kind, run_at FROM jobs WHERE kind = 'notices.carry'
            """)
    }

    /// Every notice's end.
    fileprivate func ends() async throws -> [String] {
        try norte.site.test.superuser().column(
            "SELECT state || coalesce(' ' || failure, '') FROM notices ORDER BY 1")
    }

    /// What stands on the telephones.
    fileprivate var sent: [String] { lab.people.flatMap { lab.received(by: $0).map(\.text) } }

    /// The line of the notice's own text.
    fileprivate func text(_ message: MailMessage) -> String {
        message.text.split(separator: "\n").first.map(String.init) ?? ""
    }
}
