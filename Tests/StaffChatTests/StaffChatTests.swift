import Access
import Conversations
import Declarations
import Events
import Identifiers
import Identity
import Locale
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers
@testable import StaffChat

@Suite struct StaffChatTests {
    @Test func `what staff read is whole in every language, and titles fit on buttons`() {
        #expect(StaffChatWords.problems + StaffChatTitles.problems + Diagnosis.problems == [])
        let buttons: [StaffChatTitles] = [
            .menu, .customers, .customer, .diagnose, .reconnect, .network, .pppoe, .receipts, .approve,
            .approveAnyway, .reject, .debtors, .collect, .collectNow, .confirmRun, .callOffRun,
        ]
        for title in buttons {
            for language in Language.allCases {
                #expect(title.text(for: Reader(language, in: .mexico)).count <= NewMessage.longestButton)
            }
        }
    }

    @Test func `a chat is linked by a code from the person's profile, once and in time`() async throws {
        try await withStaffChats { norte, sur in
            let ana = try await norte.staff([.customersRead], as: "Ana")
            let chat = WorkChat(tenant: norte, correspondent: "1")
            let code = try await norte.database.makeStaffCode(
                for: ana, by: norte.commandLine, from: norte.site.randomness)
            // Nor is it good at another company.
            #expect(try await WorkChat(tenant: sur, correspondent: "1").say("/vincular \(code)").count == 1)
            #expect(try await sur.database.staffChats(of: ana).isEmpty)
            #expect(try await chat.say("/start \(code)").joined().contains("Ana"))
            #expect(try await chat.conversation()?.state == .staff)
            #expect(try await WorkChat(tenant: norte, correspondent: "2").say("/vincular \(code)").count == 1)
            #expect(try await norte.database.staffChats(of: ana).count == 1)
            let late = try await norte.database.makeStaffCode(
                for: ana, by: norte.commandLine, from: norte.site.randomness)
            norte.site.clock.advance(by: StaffCode.span + .seconds(1))
            try await WorkChat(tenant: norte, correspondent: "3").say("/vincular \(late)")
            #expect(try await norte.database.staffChats(of: ana).count == 1)
        }
    }

    @Test func `three wrong codes lock a chat, right ones then included`() async throws {
        try await withStaffChats { norte, _ in
            let ana = try await norte.staff([.customersRead], as: "Ana")
            let chat = WorkChat(tenant: norte, correspondent: "1")
            for _ in 1...3 { try await chat.say("/vincular ABCDE23456") }
            let code = try await norte.database.makeStaffCode(
                for: ana, by: norte.commandLine, from: norte.site.randomness)
            try await chat.say("/vincular \(code)")
            #expect(try await norte.database.staffChats(of: ana).isEmpty)
            try await WorkChat(tenant: norte, correspondent: "2").say("/vincular \(code)")
            #expect(try await norte.database.staffChats(of: ana).count == 1)
        }
    }

    @Test func `what is said with staff stands in no inbox, and ends with the link`() async throws {
        try await withStaffChats { norte, _ in
            let customer = try await norte.makeCustomer("Zoila Canaria", phone: "+525511112222")
            let (id, chat) = try await norte.member("Ana", [.customersRead])
            #expect(try await chat.say("/buscar zoila").joined().contains("Zoila Canaria"))
            // Both have the figure in their telephones; one has it for a number.
            _ = try await norte.makeCustomer("Beto", phone: "+525511113333")
            let first = try await chat.say("/buscar 1").joined()
            #expect(first.contains("Zoila Canaria (1)") && !first.contains("Beto"))
            let conversation = try #require(try await chat.conversation())
            #expect(try await norte.database.conversation(conversation.id) == nil)
            await #expect(throws: AccessRefusal.notFound) {
                try await norte.database.close(
                    conversation.id, by: MessageAuthor(norte.commandLine), at: norte.now)
            }
            #expect(try await norte.database.conversations(of: customer, limit: 5).isEmpty)
            // A person who is disabled gives no more commands.
            try await norte.database.execute(
                "UPDATE staff SET state = 'disabled' WHERE tenant_id = \(norte.database.tenant) AND staff_id = \(id)")
            #expect(try await chat.say("/buscar zoila").isEmpty)
            #expect(try await chat.conversation()?.state == .closed)
            #expect(try await norte.database.staffChats(of: id).isEmpty)
            let left = try await norte.database.messages(in: conversation.id, limit: 100)
            #expect(!left.contains { $0.body.contains("Zoila") })
        }
    }

    @Test func `each command answers whoever is permitted it, and nobody else`() async throws {
        try await withStaffChats { norte, sur in
            let customer = try await norte.makeCustomer("Zoila Canaria")
            try await norte.charge(77_700, to: customer, due: -3)
            let commands = norte.site.catalogue.parts(StaffCommand.self)
            let typed = commands.flatMap { command in command.words.map { (command, $0) } }
            #expect(typed.count >= 12)
            for role in ReadyMadeRole.allCases {
                let permissions = Array(norte.site.catalogue.permissions(of: role))
                let (_, chat) = try await norte.member("\(role)", permissions)
                for (command, word) in typed {
                    let said = try await chat.say("/\(word) zoila").joined(separator: "\n")
                    let isOpen = command.permission == .signedIn || permissions.contains(command.permission)
                    #expect(try await chat.outcome() == (isOpen ? "answered" : "not_permitted"), "\(role) /\(word)")
                    #expect(!said.isEmpty)
                    if !isOpen { #expect(!said.contains("Zoila") && !said.contains("777")) }
                }
                // What buttons do is no more open to who makes their ids up.
                for command in commands where command.words.isEmpty {
                    let said = try await chat.say("x", press: "st.open.\(command.name).\(customer)").joined()
                    #expect(!said.isEmpty)
                    if !permissions.contains(command.permission) {
                        #expect(try await chat.outcome() == "not_permitted", "\(role) \(command.name)")
                    }
                }
                let menu = try await chat.say("/menu").joined()
                #expect(menu.contains("/pagos") == permissions.contains(.paymentsApprove))
            }
            // Words without a command look for a customer.
            let (_, finder) = try await norte.member("Busca", norte.everything)
            #expect(try await finder.say("  zoila").joined().contains("Zoila Canaria"))
            #expect(try await finder.say("🙂").joined().contains("Zoila") == false)
            // To a chat that is not staff's, and to another company's staff, nothing is said.
            let stranger = WorkChat(tenant: norte, correspondent: "stranger")
            let (_, abroad) = try await sur.member("Eva", sur.everything)
            for (_, word) in typed where word != "start" {
                #expect(try await stranger.say("/\(word) zoila").isEmpty)
                #expect(try await !abroad.say("/\(word) zoila").joined().contains("Zoila"))
                #expect(try await !abroad.say("zoila").joined().contains("Zoila Canaria"))
            }
        }
    }

    @Test func `a payment is approved by one tap of two, in the person's name`() async throws {
        try await withStaffChats { norte, _ in
            let customer = try await norte.makeCustomer("Beto")
            try await norte.charge(30_000, to: customer)
            let payment = try await norte.pending(30_000, by: customer)
            let (_, chat) = try await norte.member("Ana", norte.everything)
            let (_, other) = try await norte.member("Luz", norte.everything)
            #expect(try await chat.say("/pagos").joined().contains(payment.folio))
            #expect(try await other.say("/pagos").joined().contains(payment.folio))
            let button = try #require(try await chat.button("Aprobar"))
            let taps = [
                try await chat.write("Aprobar", press: button.id), try await chat.write("Aprobar", press: button.id),
            ]
            for tap in taps + taps { if let tap { try await chat.respond(to: tap) } }
            let said = try await chat.sent().suffix(2).map(\.body)
            #expect(said.first?.contains(payment.folio) == true && said.last?.contains("ya se usó") == true)
            let applied = try #require(try await norte.database.payment(payment.id))
            #expect(applied.state == .applied && applied.decider == "Ana (por Telegram)")
            // The other button of the message is over too, and so is what somebody else still sees.
            #expect(try await chat.press("Rechazar").joined().contains("ya se usó"))
            let late = try await other.press("Aprobar").joined()
            #expect(late == PaymentRefusal.decided.message.text(for: norte.tenant.reader))
            // Nobody presses another's button.
            #expect(try await other.say("Aprobar", press: button.id).joined().contains("ya se usó"))
        }
    }

    @Test func `a doubtful receipt is shown with its doubts, and approved by a second tap`() async throws {
        try await withStaffChats { norte, _ in
            let customer = try await norte.makeCustomer("Beto")
            let like = try await norte.pending(30_000, by: customer)
            _ = try await PaymentActs(randomness: norte.site.randomness).approve(
                like.id, by: norte.commandLine, in: norte.database)
            let payment = try await norte.pending(31_000, by: customer)
            try await norte.database.execute(
                """
                INSERT INTO receipt_readings (
                    tenant_id, payment_id, amount_sure, day_sure, reference, reference_sure, bank, destination,
                    standing, doubts, like_payment_id, effect, signature, made_at)
                VALUES (
                    \(norte.database.tenant), \(payment.id), 0, 0, '', 0, '', '', 'done', '{same_picture}', \(like.id),
                    'people', '', \(norte.now))
                """)
            let (_, chat) = try await norte.member("Ana", norte.everything)
            let shown = try await chat.say("/pagos").joined()
            #expect(shown.contains("La foto se parece a la de otro pago.") && shown.contains(like.folio), "\(shown)")
            let asked = try await chat.press("Aprobar").joined()
            #expect(asked.contains("¿Aprobar el pago \(payment.folio)") && asked.contains("La foto se parece"))
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
            try await chat.press("Aprobar igualmente")
            #expect(try await norte.database.payment(payment.id)?.state == .applied)
        }
    }

    @Test func `an act needs a button of ours, and a company that may act`() async throws {
        try await withStaffChats { norte, _ in
            let payment = try await norte.pending(30_000, by: try await norte.makeCustomer("Beto"))
            let (_, chat) = try await norte.member("Ana", norte.everything)
            for command in norte.site.catalogue.parts(StaffCommand.self) where command.isAct {
                let said = try await chat.say("x", press: "st.open.\(command.name).\(payment.id)").joined()
                #expect(said.contains("ya se usó"), "\(command.name): \(said)")
            }
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
            try await chat.say("/pagos")
            let button = try #require(try await chat.button("Aprobar"))
            try await norte.set("state = 'suspended'")
            let suspended = try #require(norte.present)
            for (words, press) in [("Aprobar", button.id), ("/buscar beto", nil)] {
                let job = try #require(try await chat.write(words, press: press))
                norte.site.clock.advance(by: .milliseconds(1))
                try await norte.responder.respond(to: job, of: suspended, at: norte.now, in: norte.database)
            }
            let said = try await chat.sent().suffix(2).map(\.body)
            #expect(said.first == AccessRefusal.readOnly.message.text(for: norte.tenant.reader))
            #expect(said.last?.contains("Beto") == true)
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
        }
    }

    @Test func `a button is over after a day`() async throws {
        try await withStaffChats { norte, _ in
            let payment = try await norte.pending(30_000, by: try await norte.makeCustomer("Beto"))
            let (_, chat) = try await norte.member("Ana", norte.everything)
            try await chat.say("/pagos")
            norte.site.clock.advance(by: StaffResponder.buttonSpan + .seconds(1))
            #expect(try await chat.press("Aprobar").joined().contains("venció"))
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
        }
    }

    @Test func `a rejection asks why, and the customer is told`() async throws {
        try await withStaffChats { norte, _ in
            let customer = try await norte.makeCustomer("Beto")
            let theirs = WorkChat(tenant: norte, correspondent: "beto")
            try await theirs.say("hola")
            let conversation = try #require(try await theirs.conversation())
            try await norte.database.link(
                conversation.id, to: customer, by: MessageAuthor(norte.commandLine), at: norte.now)
            let payment = try await norte.pending(30_000, by: customer)
            let (_, chat) = try await norte.member("Ana", norte.everything)
            try await chat.say("/pagos")
            try await chat.press("Rechazar")
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
            #expect(try await chat.say("la foto es de otro banco").joined().contains("Se le avisó"))
            let rejected = try #require(try await norte.database.payment(payment.id))
            #expect(rejected.state == .rejected && rejected.reason == "la foto es de otro banco")
            #expect(try await theirs.sent().last?.body.contains("la foto es de otro banco") == true)
        }
    }

    @Test func `a collector of one zone reaches nobody of another`() async throws {
        try await withStaffChats { norte, _ in
            let (near, far) = (try await norte.makeZone("Cerca"), try await norte.makeZone("Lejos"))
            _ = try await norte.makeCustomer("Ana Cercana", phone: "+525511110001", zone: near)
            let away = try await norte.makeCustomer("Ana Lejana", phone: "+525511110002", zone: far)
            try await norte.charge(44_400, to: away, due: -9)
            let payment = try await norte.pending(44_400, by: away)
            let (_, chat) = try await norte.member("Caro", norte.everything, zones: [near])
            for words in [
                "/buscar ana", "/buscar lejana", "/buscar +525511110002", "/diagnostico lejana", "/reactivar lejana",
                "/clientes", "/morosos", "/pagos", "/cobranza aviso",
            ] {
                let said = try await chat.say(words).joined(separator: "\n")
                #expect(!said.contains("Lejana") && !said.contains("444"), "\(words): \(said)")
            }
            for command in ["customer", "diagnose", "reconnect"] {
                let said = try await chat.say("x", press: "st.open.\(command).\(away)").joined()
                #expect(!said.contains("Lejana"))
            }
            try await chat.say("x", press: "st.open.approve.\(payment.id)")
            #expect(try await norte.database.payment(payment.id)?.state == .pending)
            #expect(try await chat.say("/buscar cercana").joined().contains("Ana Cercana"))
        }
    }

    @Test func `collection is rehearsed with its count before it is run, once`() async throws {
        try await withStaffChats { norte, _ in
            for name in ["Beto", "Lola"] {
                try await norte.charge(30_000, to: try await norte.makeCustomer(name), due: 2)
            }
            var policy = CollectionPolicy(in: norte.tenant.currency)
            policy.isOn = true
            try await policy.put(
                of: norte.tenant, by: .commandLine(of: norte.site.catalogue, at: norte.now), in: norte.database)
            // The day of the warning, of the month after the one that collection began in.
            for _ in 0..<31 { norte.site.clock.advance(by: .seconds(86_400)) }
            while norte.today.dayOfMonth != 7 { norte.site.clock.advance(by: .seconds(86_400)) }
            let (_, chat) = try await norte.member("Ana", norte.everything)
            let foreseen = try await norte.database.foresee(
                norte.today, only: .warning, of: norte.tenant, at: norte.now, limit: 10
            ).steps.count
            let said = try await chat.say("/cobranza advertencia").joined()
            #expect(foreseen == 2 && said.contains("2 servicios"), "\(said)")
            #expect(try await norte.database.collectionRuns(limit: 5).isEmpty)
            #expect(try await chat.press("Hacerlo").joined().contains("en curso"))
            try await chat.press("Hacerlo")
            let runs = try await norte.database.collectionRuns(limit: 5)
            #expect(runs.count == 1 && runs.first?.stage == .warning && runs.first?.author == "Ana (por Telegram)")
            let debtors = try await norte.database.debtors(on: norte.today, norte.tenant.currency).count
            #expect(try await chat.say("/morosos").joined().contains("\(debtors) morosos"))
        }
    }

    @Test func `staff are told of what they chose, each by their own permissions and zones`() async throws {
        try await withStaffChats { norte, _ in
            let far = try await norte.makeZone("Lejos")
            let (ana, chat) = try await norte.member("Ana", norte.everything)
            let (caro, hers) = try await norte.member(
                "Caro", norte.everything, zones: [try await norte.makeZone("Cerca")])
            let (eva, unpermitted) = try await norte.member("Eva", [.customersRead])
            for id in [ana, caro, eva] {
                try await norte.database.put(["payment.registered"], toldTo: id)
            }
            let before = [try await hers.sent().count, try await unpermitted.sent().count]
            let payment = try await norte.pending(30_000, by: try await norte.makeCustomer("Beto", zone: far))
            try await norte.database.sealEvents()
            let queued = try norte.site.test.superuser().column(
                "SELECT kind FROM jobs WHERE tenant_id = '\(norte.tenant.id)' AND kind = 'staff-chat.tell'")
            #expect(queued.count == 1)
            for member in [chat, hers, unpermitted] {
                let id = try #require(try await member.conversation()?.id)
                try await norte.responder.tell(
                    TellStaff(of: "payment.registered", about: payment.id.uuid, in: id), of: norte.tenant,
                    at: norte.now, in: norte.database
                ) { _ in }
            }
            #expect(try await chat.sent().last?.body.contains(payment.folio) == true)
            #expect(try await [hers.sent().count, unpermitted.sent().count] == before)
            #expect(try await chat.press("Aprobar").joined().contains(payment.folio))
            #expect(try await norte.database.payment(payment.id)?.state == .applied)
        }
    }
}
