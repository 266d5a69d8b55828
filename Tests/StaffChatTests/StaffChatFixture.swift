import Access
import BankAccounts
import Channels
import Conversations
import Declarations
import Events
import Identifiers
import Identity
import Incidents
import Invoices
import Ledger
import Locale
import Monitoring
import Nouns
import Payments
import Postgres
import Radius
import Reconciler
import Roles
import Routers
import Services
import ShellSupport
import Staff
import Tenancy
import TenantSupport
import Time
import Topology

@testable import Collection
@testable import Customers
@testable import Plans
@testable import StaffChat
@testable import Zones

/// Two companies whose staff have chats, with what their commands are about.
func withStaffChats(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        in: [
            .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .collection,
            .conversations, .channels, .staffChat, .routers, .reconciler, .radius, .monitoring, .topology, .incidents,
            .staff, .roles, .identity, .events, .tenancy,
        ]
    ) { norte, sur in
        for tenant in [norte, sur] {
            var policy = CollectionPolicy(in: tenant.tenant.currency)
            policy.isOn = true
            try await policy.put(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        }
        try await body(norte, sur)
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    var responder: StaffResponder {
        StaffResponder(catalogue: site.catalogue, vault: site.vault, randomness: site.randomness)
    }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func makeZone(_ name: String) async throws -> UUID {
        let zone = Zone(id: newID(), name: name)
        try await zone.add(by: commandLine, in: database)
        return zone.id.uuid
    }

    /// A customer with an active service.
    func makeCustomer(_ name: String, phone: String = "", zone: UUID? = nil) async throws -> Customer.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next() % 100_000)", money(30_000))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        plan = try await plan.add(by: commandLine, in: database)
        var customer = Customer(id: newID(), name: name, state: .prospect, since: today)
        (customer.phone, customer.zone) = (phone, zone.map { Zone.ID($0) })
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        guard let person = try await database.customer(customer.id) else { throw AccessRefusal.notFound }
        var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
        service.plan = plan.id
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        return customer.id
    }

    func charge(_ minor: Int64, to customer: Customer.ID, due: Int = 5) async throws {
        let id: Transaction.ID = newID()
        let transaction = Transaction(
            id: id, .invoice, of: id.uuid, on: today - 30, due: today + due, note: "F-1",
            [Posting(.receivable(customer), money(minor)), Posting(.income("internet"), money(-minor))])
        try await database.post(transaction, by: .commandLine, at: now)
    }

    /// A payment that waits for somebody's approval.
    func pending(_ minor: Int64, by customer: Customer.ID) async throws -> Payment {
        let clerk = Principal(
            Actor(.staff, id: UUID(high: 3, low: 3), name: "Caro"), permissions: [.paymentsRegister],
            of: site.catalogue, at: now)
        let new = NewPayment(
            id: newID(), customer: customer, method: "cash", amount: money(minor), day: today, reference: "")
        let payment = try await PaymentActs(randomness: site.randomness).register(
            new, of: tenant, by: clerk, in: database)
        guard payment.state == .pending else { throw AccessRefusal.notFound }
        return payment
    }

    /// Somebody of the staff with a linked chat.
    func member(
        _ name: String, _ permissions: [Permission], zones: [UUID]? = nil
    ) async throws -> (id: StaffMember.ID, chat: WorkChat) {
        let id = try await staff(permissions, as: name)
        if let zones {
            try await database.execute(
                "UPDATE staff SET zones = \(zones) WHERE tenant_id = \(database.tenant) AND staff_id = \(id)")
        }
        let chat = WorkChat(tenant: self, correspondent: "chat of \(name)")
        try await link(chat, to: id)
        return (id, chat)
    }

    func link(_ chat: WorkChat, to id: StaffMember.ID) async throws {
        let code = try await database.makeStaffCode(for: id, by: commandLine, from: site.randomness)
        try await chat.say("/vincular \(code)")
    }
}

/// Somebody who writes by Telegram.
struct WorkChat: Sendable {
    let tenant: TestTenant
    let correspondent: String

    private var database: TenantDatabase { tenant.database }

    /// Writes, and is answered as staff where the chat is staff's: the texts that came back.
    @discardableResult
    func say(_ text: String, press: String? = nil) async throws -> [String] {
        let before = try await sent().count
        if let job = try await write(text, press: press) { try await respond(to: job) }
        return try await sent().dropFirst(before).map(\.body)
    }

    /// Nobody answers yet.
    func write(_ text: String, press: String? = nil) async throws -> RespondToStaff? {
        tenant.site.clock.advance(by: .milliseconds(1))
        let inbound = InboundMessage(
            .telegram, account: nil, from: correspondent, name: "Alguien",
            providerID: "m\(tenant.site.randomness.next())", kind: press == nil ? .text : .buttons, body: text,
            content: press.map(MessageContent.choice), sentAt: tenant.now)
        guard let message = try await database.receive(inbound, of: tenant.tenant, at: tenant.now) else {
            throw AccessRefusal.madeMeanwhile
        }
        return try await conversation()?.state == .staff && !text.hasPrefix("/vincular")
            ? RespondToStaff(message.id, in: message.conversation) : nil
    }

    func respond(to job: RespondToStaff) async throws {
        tenant.site.clock.advance(by: .milliseconds(1))
        try await tenant.responder.respond(to: job, of: tenant.tenant, at: tenant.now, in: database)
    }

    /// Presses the newest button that begins so.
    @discardableResult
    func press(_ title: String) async throws -> [String] {
        guard let button = try await button(title) else { throw AccessRefusal.notFound }
        return try await say(button.title, press: button.id)
    }

    func button(_ title: String) async throws -> MessageButton? {
        for message in try await sent().reversed() {
            if case .buttons(let buttons) = message.content,
                let button = buttons.first(where: { $0.title.hasPrefix(title) })
            {
                return button
            }
        }
        return nil
    }

    /// The oldest first.
    func sent() async throws -> [ChatMessage] {
        guard let conversation = try await conversation() else { return [] }
        return try await database.messages(in: conversation.id, limit: 2000).filter { $0.direction == .out }.reversed()
    }

    func conversation() async throws -> Conversation? {
        try await database.conversation(with: ConversationKey(.telegram, account: nil, with: correspondent))
    }

    /// What became of the newest message.
    func outcome() async throws -> String? {
        try await database.value(
            """
            SELECT outcome FROM staff_chat_turns WHERE tenant_id = \(database.tenant) ORDER BY message_id DESC LIMIT 1
            """)
    }
}
