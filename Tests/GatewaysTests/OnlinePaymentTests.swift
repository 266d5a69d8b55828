import Access
import Events
import GatewayLab
import GatewayProtocol
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Payments
import Postgres
import ShellSupport
import Simulation
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Gateways

/// Money that comes over a provider: once, whatever its notices do.
@Suite struct OnlinePaymentTests {
    /// What each says when money came.
    private static let told: [GatewayProvider: String] = [
        .stripe: "checkout.session.completed", .mercadopago: "payment.updated", .conekta: "order.paid",
    ]

    @Test
    func `a customer pays on the provider's page, and the page that they come back to is told by the provider alone`()
        async throws
    {
        try await GatewayFixture.with { fixture in
            let luz = try await fixture.customer()
            #expect(
                try await fixture.see("/portal/pay?amount=35000", as: luz.cookie).text.contains(#"value="$350.00""#))
            let payment = try await fixture.open(as: luz.cookie)
            let path = "/portal/online-payments/\(payment.id)"
            let leaving = try await fixture.see("\(path)?go=1", as: luz.cookie)
            #expect(leaving.headers["Refresh"] == "0; url=\(fixture.origin)/pay/\(payment.checkout ?? "")")
            // Coming back proves nothing.
            let back = try await fixture.see(path, as: luz.cookie)
            #expect(back.text.contains("Estamos confirmando su pago"))
            try await fixture.work()
            #expect(try await fixture.balance(of: luz.id) == 35_000)

            try await fixture.pay(payment)
            for notice in fixture.lab.takeNotices() { #expect(try await fixture.receive(notice) == .ok) }
            #expect(try await fixture.balance(of: luz.id) == 35_000)
            try await fixture.work()
            #expect(try await fixture.balance(of: luz.id) == 0)
            #expect(try await fixture.see(path, as: luz.cookie).text.contains("Recibimos su pago"))
            #expect(try await fixture.norte.database.events(limit: 10).map(\.kind).contains("payment.applied"))
            // Nobody else's.
            let eva = try await fixture.customer("Eva")
            #expect(try await fixture.see(path, as: eva.cookie).status == .notFound)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `each notice three times and shuffled gives one payment`(provider: GatewayProvider) async throws {
        try await GatewayFixture.with(provider) { fixture in
            var asked: [OnlinePayment] = []
            for number in 0..<4 {
                let customer = try await fixture.customer("Cliente \(number)")
                asked.append(try await fixture.open(as: customer.cookie))
            }
            try await fixture.tell("/lab/faults", ["times": "3"])
            for payment in asked { try await fixture.pay(payment) }
            var notices = fixture.lab.takeNotices()
            #expect(notices.count == 24)
            var chance = SystemRandomNumberGenerator()
            notices.shuffle(using: &chance)
            for (number, notice) in notices.enumerated() {
                #expect(try await fixture.receive(notice) == .ok)
                if number % 5 == 0 { try await fixture.work() }
            }
            try await fixture.work()
            for payment in asked {
                #expect(try await fixture.state(of: payment) == .paid)
                #expect(try await fixture.balance(of: payment.customer) == 0)
                #expect(try await fixture.norte.database.notices(about: payment.id).map(\.times) == [3, 3])
            }
            #expect(try await fixture.written() == 140_000)
            #expect(fixture.lab.received.values.reduce(0, +) == 140_000)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `what is forged, unsigned or another's changes nothing, and the owner sees that the secret is wrong`(
        provider: GatewayProvider
    )
        async throws
    {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.tell("/lab/faults", ["forge": "yes"])
            try await fixture.pay(payment)
            let forged = fixture.lab.takeNotices()
            #expect(!forged.isEmpty)
            for notice in forged { #expect(try await fixture.receive(notice) == .badRequest) }
            var bare = forged[0]
            bare.headers = []
            #expect(try await fixture.receive(bare) == .badRequest)
            // At the neighbour's, and at an address that is nobody's.
            #expect(try await fixture.receive(forged[0], at: fixture.sur) == .notFound)
            #expect(try await fixture.receive(forged[0], path: "/hooks/gateways/pay_x") == .notFound)
            try await fixture.work()
            #expect(try await fixture.balance(of: luz.id) == 35_000)
            #expect(try await fixture.norte.database.gateway(provider)?.forgedAt != nil)
            #expect(try await fixture.norte.database.notices(about: payment.id).isEmpty)
        }
    }

    @Test func `a genuine notice of something else, or of money that never came, writes nothing down`() async throws {
        try await GatewayFixture.with { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            // Whoever has the company's secret may say what they like: the provider is asked.
            let secret = try #require(
                try await fixture.gateways.noticeSecret(of: .stripe, in: fixture.norte.database))
            let body = Array(
                """
                {"id":"evt_lie","object":"event","type":"checkout.session.completed","data":{"object":{"id":"\(payment.checkout ?? "")","object":"checkout.session","client_reference_id":"\(payment.id)","payment_status":"paid","amount_total":35000}}}
                """.utf8)
            let other = Array(
                #"{"id":"evt_other","object":"event","type":"charge.refunded","data":{"object":{"id":"ch_1","object":"charge","payment_intent":"pi_1"}}}"#
                    .utf8)
            for body in [body, other] {
                let notice = LabNotice.signed(body, secret: secret, at: fixture.norte.now, address: "")
                let hook = try #require(try await fixture.norte.database.gateway(.stripe)).noticePath()
                #expect(try await fixture.receive(notice, path: hook) == .ok)
            }
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .open)
            #expect(try await fixture.balance(of: luz.id) == 35_000)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `paid on line and in cash at once, both count, and the second is in favour`(provider: GatewayProvider)
        async throws
    {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.pay(payment)
            for notice in fixture.lab.takeNotices() { try await fixture.receive(notice) }
            let norte = fixture.norte
            let cashier = Principal(
                Actor(.staff, id: UUID(high: 2, low: 2), name: "Caro"),
                permissions: [.paymentsRegister, .paymentsApply],
                of: norte.site.catalogue, at: norte.now)
            async let cash = PaymentActs(randomness: norte.site.randomness).register(
                NewPayment(
                    id: norte.newID(), customer: luz.id, method: "cash",
                    amount: Money(minor: 35_000, norte.tenant.currency), day: norte.tenant.timeZone.day(at: norte.now)),
                of: norte.tenant, by: cashier, in: norte.database)
            try await fixture.work()
            let written = try await cash
            if written.state == .pending {
                _ = try await PaymentActs(randomness: norte.site.randomness).approve(
                    written.id, by: norte.commandLine, in: norte.database)
            }
            #expect(try await fixture.balance(of: luz.id) == -35_000)
            #expect(try await fixture.state(of: payment) == .paid)
            // Under another payment's id money would be taken for that one.
            let program = try await ShellSupport.Program(norte, [.onlinePaymentsAsk]) { routes, randomness in
                OnlinePaymentAPI(acts: fixture.acts, randomness: randomness).add(to: &routes)
            }
            let again = try await program.create(
                "/api/v1/online-payments",
                """
                {"id":"\(written.id)","customer":"\(luz.id)","gateway":"\(provider.rawValue)",\
                "way":"\(provider.ways[0].rawValue)","amount":100}
                """)
            #expect([.conflict, .unprocessableContent].contains(again.status), "\(again.text)")
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `another amount than was asked for waits for a person, who is told both`(provider: GatewayProvider)
        async throws
    {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.pay(payment, amount: 30_000)
            for notice in fixture.lab.takeNotices() { try await fixture.receive(notice) }
            try await fixture.work()
            let held = try #require(try await fixture.norte.database.onlinePayment(payment.id))
            #expect(held.state == .review && held.trouble == .amount)
            #expect(
                held.troubleText(for: fixture.norte.tenant.reader)
                    == "Se pidieron $350.00 MXN y el proveedor dice que se cobraron $300.00 MXN.")
            #expect(try await fixture.balance(of: luz.id) == 35_000)
            #expect(try await fixture.norte.database.events(limit: 10).map(\.kind).contains("online_payment.held"))

            let ana = try await Person(fixture.norte, [.onlinePaymentsView, .onlinePaymentsDecide]) { routes, _ in
                OnlinePaymentRoutes(fixture.acts).add(to: &routes)
            }
            let path = "/panel/online-payments/\(payment.id)"
            let page = try await ana.see(path)
            #expect(page.text.contains("$300.00") && page.text.contains(Self.told[provider] ?? "-"))
            #expect(try await ana.see("/panel/online-payments?state=review").text.contains("Luz"))
            #expect(try await ana.send("\(path)/accept").status == .seeOther)
            #expect(try await fixture.balance(of: luz.id) == 5000)
            #expect(try await ana.send("\(path)/accept").status == .conflict)
            let stranger = try await Person(fixture.sur, [.onlinePaymentsView, .onlinePaymentsDecide]) { routes, _ in
                OnlinePaymentRoutes(fixture.acts).add(to: &routes)
            }
            #expect(try await stranger.see(path).status == .notFound)
            #expect(try await stranger.send("\(path)/accept").status == .notFound)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a lost notice is found by looking`(provider: GatewayProvider) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.tell("/lab/faults", ["lose": "yes"])
            try await fixture.work()
            try await fixture.pay(payment)
            #expect(fixture.lab.takeNotices().isEmpty)
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .open)
            fixture.norte.site.clock.advance(by: .seconds(121))
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .paid)
            #expect(try await fixture.balance(of: luz.id) == 0)
        }
    }

    @Test func `a page that nobody paid ends by itself, and no more is asked`() async throws {
        try await GatewayFixture.with { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.tell("/v1/checkout/sessions/\(payment.checkout ?? "")/expire")
            for notice in fixture.lab.takeNotices() { try await fixture.receive(notice) }
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .expired)
            #expect(
                try fixture.norte.site.test.superuser().column("SELECT kind FROM jobs WHERE kind LIKE 'gateways.%'")
                    .isEmpty)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `an error that the provider keeps under its key is not asked for again, and pressed twice asks once`(
        provider: GatewayProvider
    )
        async throws
    {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            try await fixture.tell("/lab/faults", ["failures": "1"])
            let id: OnlinePayment.ID = fixture.norte.newID()
            let first = try await fixture.ask("350", as: luz.cookie, id: id)
            #expect(first.status == .seeOther)
            let checkout = try await fixture.norte.database.onlinePayment(id)?.checkout
            #expect(
                try await fixture.ask("350", as: luz.cookie, id: id).headers["Location"] == first.headers["Location"])
            #expect(try await fixture.norte.database.onlinePayment(id)?.checkout == checkout)
            // The same number is nobody else's.
            let eva = try await fixture.customer("Eva")
            #expect(try await fixture.ask("350", as: eva.cookie, id: id).status == .notFound)
            try await fixture.tell("/lab/faults", ["failures": "9"])
            let refused = try await fixture.ask("350", as: luz.cookie)
            #expect(refused.status == .unprocessableContent && refused.text.contains("no responde en este momento"))
            for amount in ["0", "-5", "1e18", "99999999999999"] {
                #expect(try await fixture.ask(amount, as: luz.cookie).status == .unprocessableContent)
            }
            let neighbour = try await fixture.customer("Otro", at: fixture.sur)
            #expect(try await fixture.ask("350", as: neighbour.cookie, at: fixture.sur).status == .unprocessableContent)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `money that goes back opens the debt again, all of it by itself and a part by a person`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let (luz, eva, rosa) = (
                try await fixture.customer(), try await fixture.customer("Eva"), try await fixture.customer("Rosa")
            )
            var paid: [OnlinePayment] = []
            for customer in [luz, eva, rosa] {
                let payment = try await fixture.open(as: customer.cookie)
                try await fixture.pay(payment)
                for notice in fixture.lab.takeNotices() { try await fixture.receive(notice) }
                try await fixture.work()
                paid.append(try #require(try await fixture.norte.database.onlinePayment(payment.id)))
            }
            try await fixture.tell("/lab/refund/\(paid[0].received ?? "")")
            try await fixture.tell("/lab/dispute/\(paid[1].received ?? "")")
            try await fixture.tell("/lab/refund/\(paid[2].received ?? "")", ["amount": "5000"])
            for notice in fixture.lab.takeNotices() {
                try await fixture.receive(notice)
                try await fixture.receive(notice)
            }
            try await fixture.work()
            #expect(try await fixture.state(of: paid[0]) == .refunded)
            #expect(try await fixture.balance(of: luz.id) == 35_000)
            #expect(try await fixture.state(of: paid[1]) == .chargedBack)
            #expect(try await fixture.balance(of: eva.id) == 35_000)
            let part = try #require(try await fixture.norte.database.onlinePayment(paid[2].id))
            #expect(part.trouble == .partRefund && part.refundedMinor == 5000)
            #expect(try await fixture.balance(of: rosa.id) == 0)
            // Asked again, nothing more follows.
            for payment in paid {
                try await fixture.norte.database.queue(LookAtOnlinePayment(payment.id), at: fixture.norte.now)
            }
            try await fixture.work()
            #expect(try await fixture.state(of: paid[0]) == .refunded)
            #expect(try await fixture.state(of: paid[1]) == .chargedBack)
            #expect(try await fixture.state(of: paid[2]) == .review)
            #expect(try await fixture.written() == 35_000)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a notice that comes hours or days late counts as one that comes at once`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            for hours in [1, 24, 72] {
                let luz = try await fixture.customer("Luz \(hours)")
                let payment = try await fixture.open(as: luz.cookie)
                try await fixture.tell("/lab/faults", ["times": "3"])
                try await fixture.pay(payment)
                fixture.norte.site.clock.advance(by: .seconds(hours * 3600))
                for notice in fixture.lab.takeNotices().shuffled() {
                    #expect(try await fixture.receive(notice) == .ok)
                }
                try await fixture.work()
                #expect(try await fixture.state(of: payment) == .paid, "\(hours) h")
                #expect(try await fixture.balance(of: luz.id) == 0)
            }
            #expect(try await fixture.written() == 3 * 35_000)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a neighbour's genuine notice is forged here, and is about nothing of ours`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            try await fixture.setUp(at: fixture.sur)
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.pay(payment)
            let hook = try #require(try await fixture.sur.database.gateway(provider)).noticePath()
            for notice in fixture.lab.takeNotices() {
                let query = notice.address.split(separator: "?").dropFirst().map { "?\($0)" }.joined()
                #expect(try await fixture.receive(notice, at: fixture.sur, path: hook + query) == .badRequest)
                #expect(try await fixture.receive(notice, at: fixture.sur) == .notFound)
            }
            try await fixture.work(at: fixture.sur)
            #expect(try await fixture.sur.database.notices(about: payment.id).isEmpty)
            #expect(try await fixture.sur.database.onlinePayment(payment.id) == nil)
            #expect(try await fixture.balance(of: luz.id) == 35_000)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a refund that nobody told of is found at night, and so is a chargeback weeks later`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            var paid: [OnlinePayment] = []
            for name in ["Luz", "Eva", "Rosa"] {
                let customer = try await fixture.customer(name)
                let payment = try await fixture.open(as: customer.cookie)
                try await fixture.pay(payment)
                try await fixture.receiveAll()
                paid.append(try #require(try await fixture.norte.database.onlinePayment(payment.id)))
            }
            try await fixture.tell("/lab/faults", ["lose": "yes"])
            try await fixture.tell("/lab/refund/\(paid[0].received ?? "")")
            try await fixture.look()
            #expect(try await fixture.state(of: paid[0]) == .paid, "it was read a moment ago")
            fixture.norte.site.clock.advance(by: .seconds(86_400))
            try await fixture.look()
            #expect(try await fixture.state(of: paid[0]) == .refunded)
            fixture.norte.site.clock.advance(by: .seconds(60 * 86_400))
            try await fixture.tell("/lab/dispute/\(paid[1].received ?? "")")
            try await fixture.tell("/lab/refund/\(paid[2].received ?? "")", ["amount": "100"])
            try await fixture.look()
            #expect(try await fixture.state(of: paid[1]) == .chargedBack)
            #expect(try await fixture.state(of: paid[2]) == .review)
            // A person closes it, and the same part is not told of again.
            try await fixture.acts.close(
                paid[2].id, because: "Anotado", by: fixture.norte.commandLine, in: fixture.norte.database)
            fixture.norte.site.clock.advance(by: .seconds(30 * 86_400))
            try await fixture.look()
            #expect(try await fixture.state(of: paid[2]) == .paid)
            // Half a year later no bank asks for it.
            fixture.norte.site.clock.advance(by: .seconds(90 * 86_400))
            #expect(try await fixture.norte.database.settledOnlinePayments(at: fixture.norte.now).isEmpty)
        }
    }

    @Test(arguments: [GatewayProvider.mercadopago, .conekta])
    func `paid twice, one payment is written down and a person is told once`(provider: GatewayProvider) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            for _ in 1...2 { try await fixture.pay(payment) }
            try await fixture.receiveAll()
            let held = try #require(try await fixture.norte.database.onlinePayment(payment.id))
            #expect(held.state == .review && held.trouble == .twice)
            #expect(try await fixture.balance(of: luz.id) == 0)
            #expect(fixture.lab.received.values.reduce(0, +) == 70_000)
            try await fixture.acts.close(
                payment.id, because: "Devuelto", by: fixture.norte.commandLine, in: fixture.norte.database)
            // What was closed stays so, also once the other was given back.
            for step in 0..<2 {
                fixture.norte.site.clock.advance(by: .seconds(2 * 86_400))
                try await fixture.look()
                #expect(try await fixture.state(of: payment) == .paid)
                let other = fixture.lab.received.keys.first { $0 != held.received }
                if step == 0 { try await fixture.tell("/lab/refund/\(other ?? "")") }
            }
            #expect(try await fixture.written() == 35_000)
            #expect(fixture.lab.received.values.reduce(0, +) == 35_000)
            // One more is told of again, where the page still takes it.
            guard provider == .conekta else { return }
            try await fixture.pay(payment)
            try await fixture.pay(payment)
            try await fixture.receiveAll()
            #expect(try await fixture.norte.database.onlinePayment(payment.id)?.trouble == .twice)
        }
    }

    @Test func `cash and a transfer are paid with a reference of their own, which the portal shows`() async throws {
        try await GatewayFixture.with(.conekta) { fixture in
            let luz = try await fixture.customer()
            let page = try await fixture.see("/portal/pay", as: luz.cookie).text
            #expect(page.contains("Pagar en efectivo en tiendas (OXXO)"))
            #expect(page.contains("Pagar por transferencia (SPEI)"))
            let cash = try await fixture.open("100", as: luz.cookie, by: .cash)
            let shop = try await fixture.see("/portal/online-payments/\(cash.id)?go=1", as: luz.cookie)
            #expect(shop.text.contains(cash.payReference ?? "-") && shop.text.contains("OXXO"))
            #expect(shop.headers["Refresh"] == nil)
            let transfer = try await fixture.open("250", as: luz.cookie, by: .transfer)
            let bank = try await fixture.see("/portal/online-payments/\(transfer.id)", as: luz.cookie).text
            #expect(bank.contains("CLABE") && bank.contains(transfer.payReference ?? "-") && bank.contains("STP"))
            for payment in [cash, transfer] { try await fixture.pay(payment) }
            try await fixture.receiveAll()
            #expect(try await fixture.balance(of: luz.id) == 0)
            // One that nobody paid expires by itself; paid after all, it counts.
            let late = try await fixture.open("50", as: luz.cookie, by: .transfer)
            try await fixture.pay(late, outcome: "expire")
            try await fixture.receiveAll()
            #expect(try await fixture.state(of: late) == .expired)
            try await fixture.pay(late)
            try await fixture.receiveAll()
            #expect(try await fixture.state(of: late) == .paid)
            #expect(try await fixture.balance(of: luz.id) == -5000)
        }
    }

    @Test func `who has no e-mail is told before the provider is asked`() async throws {
        try await GatewayFixture.with(.conekta) { fixture in
            let luz = try await fixture.customer()
            try fixture.norte.site.test.superuser().execute("UPDATE customers SET email = ''")
            let answer = try await fixture.ask("350", as: luz.cookie)
            #expect(
                answer.status == .unprocessableContent && answer.text.contains("hacen falta su correo y su teléfono"))
            #expect(fixture.lab.received.isEmpty)
        }
    }

    @Test func `a card that was refused and a ticket that is paid days later end as one payment`() async throws {
        try await GatewayFixture.with(.mercadopago) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            try await fixture.pay(payment, outcome: "refused")
            try await fixture.receiveAll()
            #expect(try await fixture.state(of: payment) == .open)
            try await fixture.pay(payment, outcome: "later")
            let ticket = try #require(fixture.lab.takeNotices().first)
            try await fixture.receive(ticket)
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .processing)
            fixture.norte.site.clock.advance(by: .seconds(3 * 86_400))
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .processing)
            let number = ticket.address.split(separator: "=")[1].split(separator: "&")[0]
            try await fixture.tell("/lab/pay/\(number)")
            try await fixture.receiveAll()
            #expect(try await fixture.state(of: payment) == .paid)
            #expect(try await fixture.balance(of: luz.id) == 0)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `what nobody pays is over by itself`(provider: GatewayProvider) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let luz = try await fixture.customer()
            let payment = try await fixture.open(as: luz.cookie)
            fixture.norte.site.clock.advance(by: .seconds(74 * 3600))
            try await fixture.work()
            #expect(try await fixture.state(of: payment) == .expired)
            #expect(
                try fixture.norte.site.test.superuser().column("SELECT kind FROM jobs WHERE kind LIKE 'gateways.%'")
                    .isEmpty)
        }
    }

    @Test(arguments: GatewayProvider.allCases)
    func `cut off at any statement on the way, it is one payment, and the books are the provider's`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let norte = fixture.norte
            var expected: Int64 = 0
            var number = 1
            repeat {
                // Each customer's way is cut off one statement later than the last one's.
                let luz = try await fixture.customer("Cliente \(number)")
                let subscriber = try #require(try await norte.database.subscriber(luz.id))
                let new = NewOnlinePayment(
                    id: norte.newID(), customer: luz.id, way: GatewayWay(provider: provider, way: provider.ways[0]),
                    amount: Money(minor: 35_000, norte.tenant.currency))
                let cut = KillPoints(at: number)
                for database in [
                    norte.database.interrupted { () throws(DatabaseError) in
                        do { try cut.pass("statement") } catch { throw DatabaseError.refused("killed") }
                    }, norte.database,
                ] {
                    do {
                        let payment = try await fixture.acts.open(
                            new, for: subscriber, of: norte.tenant, at: "http://norte.test", now: norte.now,
                            in: database)
                        if fixture.lab.received.count < number { try await fixture.pay(payment) }
                        try await fixture.acts.look(
                            at: new.id, of: norte.tenant, knowing: norte.site.catalogue, now: norte.now, in: database)
                    } catch is DatabaseError {}
                }
                expected += 35_000
                #expect(try await fixture.balance(of: luz.id) == 0, "cut off at \(number)")
                #expect(try await norte.database.onlinePayment(new.id)?.state == .paid, "cut off at \(number)")
                if cut.passed.count < number { break }
                number += 1
            } while number < 100
            #expect(number > 8 && number < 100)
            #expect(try await fixture.written() == expected)
            #expect(fixture.lab.received.values.reduce(0, +) == expected)
        }
    }
}

extension LabNotice {
    /// By somebody who holds the secret.
    static func signed(_ body: [UInt8], secret: String, at now: Instant, address: String) -> LabNotice {
        LabNotice(
            address: address, headers: [("Stripe-Signature", StripeSignature.of(body, secret, at: now))], body: body)
    }
}
