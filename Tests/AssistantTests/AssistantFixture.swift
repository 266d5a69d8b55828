import Access
import Addresses
import BankAccounts
import Conversations
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Invoices
import Ledger
import Locale
import Loop
import ModelLab
import Nouns
import Payments
import Postgres
import Receipts
import Roles
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Time
import WebClient
import Zones

@testable import Assistant
@testable import Bot
@testable import Collection
@testable import Customers
@testable import LanguageModels
@testable import Plans
@testable import Services

/// Two companies whose bots ask a model of the lab.
struct AssistantFixture: Sendable {
    let norte: TestTenant
    let sur: TestTenant
    let lab: ModelLab
    let acts: AssistantActs
    let base: String

    static func with(_ body: (AssistantFixture) async throws -> Void) async throws {
        try await withTenants(
            in: [
                .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .collection,
                .receipts, .conversations, .bot, .assistant, .roles, .identity, .events, .tenancy,
            ]
        ) { norte, sur in
            let lab = ModelLab()
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let line = ModelLine(
                    web,
                    egress: .publicOnly(besides: [.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                    deadline: .milliseconds(700))
                let fixture = AssistantFixture(
                    norte: norte, sur: sur, lab: lab,
                    acts: AssistantActs(vault: norte.site.vault, randomness: norte.site.randomness, over: line),
                    base: "http://127.0.0.1:\(port)")
                do {
                    for (tenant, bank) in [(norte, "Banco Norte"), (sur, "Banco Sur")] {
                        try await fixture.open(tenant, bank)
                    }
                    try await body(fixture)
                    await web.close()
                } catch {
                    await web.close()
                    throw error
                }
            }
        }
    }

    private func open(_ tenant: TestTenant, _ bank: String) async throws {
        var account = BankAccount(id: tenant.newID())
        (account.bank, account.holder, account.account) = (bank, "Redes S.A.", "0118359719")
        _ = try await account.add(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        var bot = BotSettings()
        bot.isOn = true
        try await bot.put(by: tenant.commandLine, in: tenant.database)
        var settings = AssistantSettings()
        (settings.isOn, settings.instructions) = (true, "Instalamos los sábados.")
        try await settings.put(by: tenant.commandLine, in: tenant.database)
        try await add("lab-1", at: base, to: tenant)
    }

    @discardableResult
    func add(
        _ name: String, _ api: ModelAccess.API = .anthropic, at base: String, key: String = ModelLab.key,
        position: Int = 1, to tenant: TestTenant
    ) async throws -> ModelAccess {
        var access = acts.blank(at: tenant.now)
        (access.model, access.api, access.address, access.key) = (name, api, base, key)
        access.position = position
        (access.inputPrice, access.outputPrice) = (Money(minor: 100, .usd), Money(minor: 500, .usd))
        return try await acts.save(access, isNew: true, by: tenant.commandLine, in: tenant.database)
    }

    func responder(_ tenant: TestTenant) -> AssistantResponder {
        AssistantResponder(acts, knowing: tenant.site.catalogue, from: tenant.site.randomness)
    }

    func chat(_ tenant: TestTenant, _ correspondent: String, phone: String? = nil) -> AssistedChat {
        AssistedChat(fixture: self, tenant: tenant, correspondent: correspondent, phone: phone)
    }
}

/// Somebody who writes by WhatsApp; the bot and then the model answer.
struct AssistedChat: Sendable {
    let fixture: AssistantFixture
    let tenant: TestTenant
    let correspondent: String
    let phone: String?

    private var database: TenantDatabase { tenant.database }

    func write(_ text: String) async throws -> ChatMessage {
        tenant.site.clock.advance(by: .milliseconds(1))
        let inbound = InboundMessage(
            .whatsapp, account: nil, from: correspondent, phone: phone, name: "Alguien",
            providerID: "wamid.\(tenant.site.randomness.next())", body: text, sentAt: tenant.now)
        guard let message = try await database.receive(inbound, of: tenant.tenant, at: tenant.now) else {
            throw AccessRefusal.madeMeanwhile
        }
        return message
    }

    /// What came back.
    @discardableResult
    func say(_ text: String) async throws -> String {
        let before = try await sent().count
        let message = try await write(text)
        tenant.site.clock.advance(by: .milliseconds(1))
        try await BotResponder(catalogue: tenant.site.catalogue, randomness: tenant.site.randomness).respond(
            to: RespondToMessage(message.id, in: message.conversation), of: tenant.tenant, at: tenant.now, in: database)
        let queued = try tenant.site.test.superuser().column(
            "SELECT kind FROM jobs WHERE kind = 'assistant.ask' AND unique_key = '\(message.id)'")
        if !queued.isEmpty { try await ask(message) }
        return try await sent().dropFirst(before).map(\.body).joined(separator: "\n")
    }

    func ask(_ message: ChatMessage) async throws {
        tenant.site.clock.advance(by: .milliseconds(1))
        try await fixture.responder(tenant).run(
            AskAssistant(message.id, in: message.conversation), of: tenant.tenant, at: tenant.now, in: database)
    }

    func sent() async throws -> [ChatMessage] {
        guard let conversation = try await conversation() else { return [] }
        return try await database.messages(in: conversation.id, limit: 2000).filter { $0.direction == .out }.reversed()
    }

    func conversation() async throws -> Conversation? {
        try await database.conversation(with: ConversationKey(.whatsapp, account: nil, with: correspondent))
    }

    func giveBack() async throws {
        guard let conversation = try await conversation(), conversation.state != .bot else { return }
        try await database.giveToBot(conversation.id, by: MessageAuthor(.system, name: "x"), at: tenant.now)
    }

    /// The newest question of the company's.
    func question() async throws -> AssistantQuestion? {
        try await database.assistantQuestions(before: nil, limit: 1).first
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func customer(_ name: String, phone: String, owing minor: Int64) async throws -> Customer.ID {
        var customer = Customer(id: newID(), name: name, state: .prospect, since: today)
        customer.phone = phone
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        let id: Transaction.ID = newID()
        let money = Money(minor: minor, tenant.currency)
        let transaction = Transaction(
            id: id, .invoice, of: id.uuid, on: today, due: today + 5, note: "F-1",
            [
                Posting(.receivable(customer.id), money),
                Posting(.income("internet"), Money(minor: -minor, tenant.currency)),
            ])
        try await database.post(transaction, by: .commandLine, at: now)
        return customer.id
    }
}
