import Access
import BankAccounts
import Conversations
import Crypto
import Declarations
import Events
import Identifiers
import Identity
import Invoices
import Ledger
import Locale
import Nouns
import Payments
import Postgres
import Receipts
import Roles
import Services
import ShellSupport
import Tenancy
import TenantSupport
import Time
import Zones

@testable import Bot
@testable import Collection
@testable import Customers
@testable import Plans

/// Two companies whose bots answer. Each has a bank account that its customers are told of.
func withBots(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        in: [
            .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .collection,
            .receipts, .conversations, .bot, .roles, .identity, .events, .tenancy,
        ]
    ) { norte, sur in
        for (tenant, bank) in [(norte, "Banco Norte"), (sur, "Banco Sur")] {
            var account = BankAccount(id: tenant.newID())
            (account.bank, account.holder, account.account) = (bank, "Redes S.A.", "0118359719")
            _ = try await account.add(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
            var policy = CollectionPolicy(in: tenant.tenant.currency)
            policy.isOn = true
            try await policy.put(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
            var settings = BotSettings()
            (settings.isOn, settings.name) = (true, "Robi")
            try await settings.put(by: tenant.commandLine, in: tenant.database)
        }
        try await body(norte, sur)
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    var responder: BotResponder { BotResponder(catalogue: site.catalogue, randomness: site.randomness) }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// A customer with an active service; `days` makes it one that is paid by days.
    func makeCustomer(_ name: String, phone: String = "", days: Int = 0) async throws -> Customer.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next() % 100_000)", money(30_000))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        if days > 0 { (plan.charge, plan.days, plan.price) = (.byDays, days, money(7000)) }
        plan = try await plan.add(by: commandLine, in: database)
        var customer = Customer(id: newID(), name: name, state: .prospect, since: today)
        customer.phone = phone
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        guard let person = try await database.customer(customer.id) else { throw AccessRefusal.notFound }
        var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
        service.plan = plan.id
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        return customer.id
    }

    func charge(_ minor: Int64, to customer: Customer.ID) async throws {
        let id: Transaction.ID = newID()
        let transaction = Transaction(
            id: id, .invoice, of: id.uuid, on: today, due: today + 5, note: "F-1",
            [Posting(.receivable(customer), money(minor)), Posting(.income("internet"), money(-minor))])
        try await database.post(transaction, by: .commandLine, at: now)
    }

    func pay(_ minor: Int64, by customer: Customer.ID) async throws {
        let owner = Principal(
            Actor(.staff, id: UUID(high: 3, low: 3), name: "Caro"), permissions: Set(everything), of: site.catalogue,
            at: now)
        let new = NewPayment(
            id: newID(), customer: customer, method: "cash", amount: money(minor), day: today, reference: "")
        _ = try await PaymentActs(randomness: site.randomness).register(new, of: tenant, by: owner, in: database)
    }

    func chat(_ correspondent: String, phone: String? = nil) -> Chat {
        Chat(tenant: self, correspondent: correspondent, phone: phone)
    }
}

/// Somebody who writes by WhatsApp.
struct Chat: Sendable {
    let tenant: TestTenant
    let correspondent: String
    let phone: String?

    private var database: TenantDatabase { tenant.database }

    /// Writes, and is answered: the texts that came back.
    @discardableResult
    func say(_ text: String, kind: ChatMessage.Kind = .text, press: String? = nil) async throws -> [String] {
        let job = try await write(text, kind: kind, press: press)
        return try await respond(to: job)
    }

    /// Nobody answers yet.
    func write(_ text: String, kind: ChatMessage.Kind = .text, press: String? = nil) async throws -> RespondToMessage {
        tenant.site.clock.advance(by: .milliseconds(1))
        let inbound = InboundMessage(
            .whatsapp, account: nil, from: correspondent, phone: phone, name: "Alguien",
            providerID: "wamid.\(tenant.site.randomness.next())", kind: kind, body: text,
            content: press.map(MessageContent.choice), sentAt: tenant.now)
        guard let message = try await database.receive(inbound, of: tenant.tenant, at: tenant.now) else {
            throw AccessRefusal.madeMeanwhile
        }
        return RespondToMessage(message.id, in: message.conversation)
    }

    func respond(to job: RespondToMessage) async throws -> [String] {
        tenant.site.clock.advance(by: .milliseconds(1))
        let before = try await sent().count
        try await tenant.responder.respond(to: job, of: tenant.tenant, at: tenant.now, in: database)
        return try await sent().dropFirst(before).map(\.body)
    }

    /// Presses the button of the last message with buttons that begins so.
    func press(_ title: String) async throws -> [String] {
        guard let button = try await button(title) else { throw AccessRefusal.notFound }
        return try await say(button.title, press: button.id)
    }

    func button(_ title: String) async throws -> MessageButton? {
        for message in try await sent().reversed() {
            if case .buttons(let buttons) = message.content { return buttons.first { $0.title.hasPrefix(title) } }
        }
        return nil
    }

    /// The oldest first.
    func sent() async throws -> [ChatMessage] {
        guard let conversation = try await conversation() else { return [] }
        return try await database.messages(in: conversation.id, limit: 2000).filter { $0.direction == .out }.reversed()
    }

    func conversation() async throws -> Conversation? {
        try await database.conversation(with: ConversationKey(.whatsapp, account: nil, with: correspondent))
    }

    func outcome() async throws -> BotTurnRecord.Outcome? {
        let conversation = try await conversation()?.id
        return try await database.botTurns(before: nil, missedOnly: false, limit: 1000)
            .first { $0.conversation == conversation }?.turn.outcome
    }
}
