import Access
import Collection
import Conversations
import Customers
import Declarations
import Events
import Identifiers
import Images
import Intents
import Invoices
import JSON
import Jobs
import Ledger
import Locale
import Payments
import Postgres
import ReceiptTexts
import Receipts
import Sandbox
import Services
import Tenancy
import Time
import Vault

/// Takes a picture that a customer sent as a receipt, and tells them what was read and what happens.
struct TakeChatReceipt: Job {
    static let kind = "bot.take-receipt"

    static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 4
        rules.timeLimit = .seconds(90)
        rules.tenantLimit = 2
        return rules
    }

    let message: ChatMessage.ID
    let conversation: Conversation.ID

    var key: String? { message.description }
    var lane: String? { "respond \(conversation)" }
    var priority: JobPriority { .urgent }

    init(_ message: ChatMessage.ID, in conversation: Conversation.ID) {
        (self.message, self.conversation) = (message, conversation)
    }

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let message = fields.required("message", as: String.self).flatMap { ChatMessage.ID($0) }
        let conversation = fields.required("conversation", as: String.self).flatMap { Conversation.ID($0) }
        if message == nil { fields.refuse("message", .expected("an identifier")) }
        if conversation == nil { fields.refuse("conversation", .expected("an identifier")) }
        (self.message, self.conversation) = try fields.finish(message, conversation)
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("message", message.description)
            json.member("conversation", conversation.description)
        }
    }
}

/// Tells a customer by chat what was decided about their receipt, and sells the days that it was sent for.
struct TellOfReceipt: Job {
    static let kind = "bot.tell-of-receipt"

    static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 6
        rules.timeLimit = .seconds(60)
        return rules
    }

    let payment: Payment.ID

    init(_ payment: Payment.ID) { self.payment = payment }

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let payment = fields.required("payment", as: String.self).flatMap { Payment.ID($0) }
        if payment == nil { fields.refuse("payment", .expected("an identifier")) }
        self.payment = try fields.finish(payment)
    }

    func write(to json: inout JSONWriter) { json.object { $0.member("payment", payment.description) } }

    /// Queued when a payment is approved, rejected or reversed, by a person or a job.
    static let afterPayment = AfterPayment(60) { paid, database in
        switch paid.event {
        case .applied, .rejected, .undone:
            let isOfChat: Bool? = try await database.value(
                """
                SELECT EXISTS (
                    SELECT FROM chat_receipts WHERE tenant_id = \(database.tenant) AND payment_id = \(paid.payment))
                """)
            if isOfChat == true {
                try await database.queue(TellOfReceipt(Payment.ID(paid.payment)), at: paid.principal.now)
            }
        case .takenInCash, .claimed: break
        }
    }
}

/// Receipts by chat.
struct ChatReceiptTaker: Sendable {
    let catalogue: Catalogue
    let randomness: Randomness
    let sandbox: Sandbox
    let vault: Vault

    /// A picture that the channel does not hand over within this time is left to a person.
    private static let patience = Duration.seconds(120)

    private var tools: ReceiptTools {
        ReceiptTools(PaymentActs(randomness: randomness), in: sandbox, vault: vault, randomness: randomness)
    }

    func take(_ job: TakeChatReceipt, at now: Instant, in database: TenantDatabase) async throws {
        guard let company = try await database.lockedTenant(), !company.standing(at: now).isReadOnly,
            let conversation = try await database.conversation(job.conversation), conversation.state == .bot,
            let message = try await database.message(job.message), let customer = conversation.customer,
            let person = try await database.customer(customer)
        else { return }
        let files = try await database.files(of: [message.id])
        if files.contains(where: { $0.state == .waiting }), message.madeAt + Self.patience > now {
            return try await database.queue(job, at: now + .seconds(1))
        }
        let author = try await author(of: company, in: database)
        func leave() async throws {
            try await handOver(
                conversation.id, saying: BotWords.gotFile.text(for: company.reader), author, now, database)
        }
        guard let file = files.first(where: { $0.state == .kept && $0.isPicture }),
            let content = try await database.content(of: file.id, from: vault)?.content
        else { return try await leave() }
        let principal = Principal(
            Actor(.subscriber, id: person.id.uuid, name: person.name), permissions: [.portal], of: catalogue, at: now)
        let wish = try await wish(of: person, conversation, company, principal, database)
        do {
            let taken = try await ReceiptActs(tools).take(
                content, as: Payment.ID(message.id.uuid), of: person.id, expecting: wish.expected, in: company,
                by: principal, in: database)
            guard let payment = taken.payment else { return try await leave() }
            try await answer(payment, taken, wish, conversation.id, company, author, now, database)
        } catch let refusal as PaymentRefusal {
            try await say(refusal.message.text(for: company.reader), in: conversation.id, author, now, database)
        } catch is PictureFault {
            try await leave()
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            try await leave()
        }
    }

    /// The days that the customer asked for in this chat, and their price.
    private struct Wish {
        var service: Service.ID?
        var days: Int?
        var expected: Money?
    }

    private func wish(
        of person: Customer, _ conversation: Conversation, _ company: Tenant, _ principal: Principal,
        _ database: TenantDatabase
    ) async throws -> Wish {
        let today = company.timeZone.day(at: principal.now)
        let state = try await database.botState(of: conversation.id)
        if let standing = state.standing(at: principal.now, for: person.id), standing.answer == BotNames.days,
            standing.step.name == "receipt", let days = standing.step.answered["days"].flatMap({ Int($0) }),
            let number = standing.step.answered["service"],
            let service = try await database.services(of: person.id, on: today).first(where: {
                "\($0.number)" == number
            }
            )
        {
            let price = try await InvoiceActs(randomness: randomness).quote(
                DaySale(days: days), of: service.id, of: company, by: principal, in: database)
            return Wish(service: service.id, days: days, expected: price)
        }
        let outlook = try await database.outlook(of: person.id, of: company, at: principal.now)
        return Wish(expected: outlook.toReconnect?.total ?? outlook.balance)
    }

    private func answer(
        _ payment: Payment, _ taken: TakenReceipt, _ wish: Wish, _ conversation: Conversation.ID, _ company: Tenant,
        _ author: MessageAuthor, _ now: Instant, _ database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let isNew = try await database.execute(
                """
                INSERT INTO chat_receipts (tenant_id, payment_id, conversation_id, service_id, days, told, made_at)
                VALUES (
                    \(database.tenant), \(payment.id), \(conversation), \(wish.service), \(wish.days.map { Int32($0) }),
                    'pending', \(now))
                ON CONFLICT (tenant_id, payment_id) DO NOTHING
                """)
            guard isNew > 0 else { return }
            if payment.state == .applied {
                return try await database.queue(TellOfReceipt(payment.id), at: now)
            }
            let isTrusted: Bool? = try await database.value(
                """
                SELECT EXISTS (
                    SELECT FROM payment_promises
                    WHERE tenant_id = \(database.tenant) AND payment_id = \(payment.id) AND state = 'open')
                """)
            let words: BotWords = isTrusted == true ? .receiptTrusted : .receiptTaken
            let text = words.text(
                for: company.reader, .text("amount", payment.amount.exactText(for: company.reader)),
                .text("day", payment.day.text(.long, for: company.reader)))
            try await database.send(.text(text), in: conversation, by: author, at: now)
        }
    }

    func tell(_ job: TellOfReceipt, at now: Instant, in database: TenantDatabase) async throws {
        guard let company = try await database.lockedTenant(), let payment = try await database.payment(job.payment),
            let told = try await database.chatReceipt(job.payment), told.state != payment.state
        else { return }
        let reader = company.reader
        let amount = Blank.text("amount", payment.amount.exactText(for: reader))
        var text: String
        switch payment.state {
        case .pending: return
        case .applied:
            text = BotWords.receiptApproved.text(for: reader, amount)
            if let sold = try await sell(told, payment, of: company, at: now, in: database) { text += "\n\(sold)" }
        case .rejected, .reversed, .chargedBack:
            text = BotWords.receiptRejected.text(for: reader, amount, .text("reason", payment.reason))
        }
        let author = try await author(of: company, in: database)
        try await database.transaction { database in
            let isFirst = try await database.execute(
                """
                UPDATE chat_receipts SET told = \(payment.state.rawValue)
                WHERE tenant_id = \(database.tenant) AND payment_id = \(payment.id)
                    AND told <> \(payment.state.rawValue)
                """)
            guard isFirst > 0 else { return }
            do {
                try await database.send(.text(text), in: told.conversation, by: author, at: now)
            } catch let refusal as ConversationRefusal {
                // The window closed, or they asked to be left alone: the portal shows it.
                _ = refusal
            }
        }
    }

    /// The days that the money was sent for, added to what is left; nil where the money does not suffice.
    private func sell(
        _ told: ChatReceipt, _ payment: Payment, of company: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws -> String? {
        guard let service = told.service, let days = told.days else { return nil }
        let principal = Principal.commandLine(of: catalogue, at: now)
        do {
            let sold = try await InvoiceActs(randomness: randomness).sell(
                DaySale(days: days), of: service, fromCreditOnly: true, of: company, by: principal, in: database)
            return BotWords.daysBought.text(
                for: company.reader, .count(days),
                .text("day", sold.prepaidThrough?.text(.long, for: company.reader) ?? ""))
        } catch is any Refusal {
            return nil
        }
    }

    private func author(of company: Tenant, in database: TenantDatabase) async throws -> MessageAuthor {
        let settings = try await database.botSettings()
        return MessageAuthor(.bot, name: settings.name.isEmpty ? company.name : settings.name)
    }

    private func say(
        _ text: String, in conversation: Conversation.ID, _ author: MessageAuthor, _ now: Instant,
        _ database: TenantDatabase
    ) async throws {
        try await database.send(.text(text.prefix(scalars: 1000)), in: conversation, by: author, at: now)
    }

    private func handOver(
        _ conversation: Conversation.ID, saying text: String, _ author: MessageAuthor, _ now: Instant,
        _ database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            try await say(text, in: conversation, author, now, database)
            try await database.handOver(conversation, because: .asked, by: author, at: now)
        }
    }
}

/// Where a receipt came from, and what for.
private struct ChatReceipt: RowReadable {
    let conversation: Conversation.ID
    let service: Service.ID?
    let days: Int?
    let state: Payment.State

    init(row: Row) throws(DatabaseError) {
        conversation = try row.read("conversation_id")
        service = try row.read("service_id")
        days = try row.read("days")
        state = try row.word("told")
    }
}

extension TenantDatabase {
    fileprivate func chatReceipt(_ payment: Payment.ID) async throws(DatabaseError) -> ChatReceipt? {
        try await first(
            """
            SELECT conversation_id, service_id, days, told FROM chat_receipts
            WHERE tenant_id = \(tenant) AND payment_id = \(payment)
            """)
    }
}
