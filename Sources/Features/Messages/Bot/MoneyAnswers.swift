import Access
import BankAccounts
import Collection
import Conversations
import Customers
import Identifiers
import Intents
import Invoices
import Ledger
import Locale
import Payments
import Plans
import Postgres
import Services
import Tenancy
import Time

/// What a customer owes, how to pay it, their invoices and promises, and the days that they buy.
enum MoneyAnswers {
    static let all: [BotAnswer] = [
        BotAnswer(
            20, BotNames.balance, BotTitles.balance.message, commands: ["misaldo", "saldo"], intents: [.balance],
            inMenu: true, forCustomer: balance),
        BotAnswer(
            21, BotNames.howToPay, BotTitles.howToPay.message, commands: ["pagar"], intents: [.howToPay], inMenu: true,
            forCustomer: howToPay),
        BotAnswer(
            22, "paid", BotTitles.paid.message, commands: ["comprobante"], intents: [.paid], inMenu: true,
            forCustomer: paid),
        BotAnswer(
            23, BotNames.invoice, BotTitles.invoice.message, commands: ["factura"], intents: [.invoice], inMenu: true,
            forCustomer: invoice),
        BotAnswer(
            24, BotNames.promise, BotTitles.promise.message, commands: ["promesa"], intents: [.promise],
            forCustomer: PromiseTalk.answer),
        BotAnswer(
            25, BotNames.days, BotTitles.days.message, commands: ["recargar", "dias"], intents: [.recharge],
            forCustomer: DaysTalk.answer),
    ]

    private static func balance(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let outlook = try await turn.database.outlook(of: customer.id, of: turn.company, at: turn.now)
        if outlook.cut != nil { return cut(outlook, turn) }
        guard outlook.balance.isPositive else {
            return BotReply(
                BotWords.owesNothing.text(for: turn.reader), [.open(BotNames.invoice, BotTitles.invoice.message)])
        }
        let invoices = try await turn.database.invoices(of: customer.id, on: turn.today, limit: 24)
        let due = invoices.filter { $0.open.isPositive && $0.state != .voided }.map(\.dueOn).min()
        let lines: [String?] = [
            BotWords.owes.text(for: turn.reader, .text("amount", outlook.balance.exactText(for: turn.reader))),
            due.map { BotWords.due.text(for: turn.reader, .text("day", $0.text(.long, for: turn.reader))) },
            outlook.cutOn.map { BotWords.cutOn.text(for: turn.reader, .text("day", $0.text(.long, for: turn.reader))) },
            promised(outlook, turn),
        ]
        return BotReply(lines.compactMap(\.self).joined(separator: "\n"), ways(outlook))
    }

    private static func promised(_ outlook: AccountOutlook, _ turn: BotTurn) -> String? {
        outlook.promise.map {
            BotWords.promisedAlready.text(
                for: turn.reader, .text("amount", $0.amount.exactText(for: turn.reader)),
                .text("day", $0.until.text(.long, for: turn.reader)))
        }
    }

    private static func ways(_ outlook: AccountOutlook) -> [BotButton] {
        let promise: [BotButton] =
            outlook.promisable == nil ? [] : [.open(BotNames.promise, BotTitles.promise.message)]
        return [BotNames.howToPayButton] + promise + [.open(BotNames.invoice, BotTitles.invoice.message)]
    }

    /// Why the service is cut, and what brings it back.
    static func cut(_ outlook: AccountOutlook, _ turn: BotTurn) -> BotReply {
        switch outlook.cut {
        case .unpaid:
            guard let asked = outlook.toReconnect else { break }
            let text = BotWords.cutUnpaid.text(
                for: turn.reader, .text("total", asked.total.exactText(for: turn.reader)),
                .text("debt", asked.debt.exactText(for: turn.reader)),
                .text("fee", asked.fee.exactText(for: turn.reader)))
            let lines = [text, promised(outlook, turn)].compactMap(\.self)
            return BotReply(lines.joined(separator: "\n"), ways(outlook))
        case .daysOver:
            return BotReply(
                BotWords.cutDaysOver.text(for: turn.reader), [.open(BotNames.days, BotTitles.days.message)])
        default: break
        }
        return BotReply(BotWords.cutOther.text(for: turn.reader), [BotNames.personButton])
    }

    /// The same words as on invoices and the portal.
    static func accounts(_ turn: BotTurn, _ customer: Customer) async throws -> String? {
        let accounts = try await turn.database.bankAccounts(shownOnly: true)
        let text = HowToPay(accounts, number: customer.number, for: turn.reader).text
        return text.isEmpty ? nil : text
    }

    private static func howToPay(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        guard let accounts = try await accounts(turn, customer) else {
            return BotReply(BotWords.noAccounts.text(for: turn.reader), [BotNames.personButton])
        }
        return BotReply("\(accounts)\n\(BotWords.sendReceipt.text(for: turn.reader))")
    }

    /// What we have of theirs, so that those who paid yesterday see it without a person.
    private static func paid(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let last: LastPayment? = try await turn.database.first(
            """
            SELECT p.amount, p.currency, p.day, p.state FROM payments p
            WHERE p.tenant_id = \(turn.database.tenant) AND p.customer_id = \(customer.id)
            ORDER BY p.made_at DESC LIMIT 1
            """)
        guard let last else {
            return BotReply(BotWords.noPayment.text(for: turn.reader), [BotNames.personButton])
        }
        let text = BotWords.lastPayment.text(
            for: turn.reader, .text("amount", last.amount.exactText(for: turn.reader)),
            .text("day", last.day.text(.long, for: turn.reader)), .text("state", last.state.text(for: turn.reader)))
        return BotReply(
            "\(text)\n\(BotWords.ifOther.text(for: turn.reader))",
            [.open(BotNames.balance, BotTitles.balance.message), BotNames.personButton])
    }

    private static func invoice(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let invoices = try await turn.database.invoices(of: customer.id, on: turn.today, limit: 12)
            .filter { $0.kind == .invoice && $0.state != .voided }.prefix(3)
        guard !invoices.isEmpty else {
            return BotReply(BotWords.noInvoice.text(for: turn.reader), [BotNames.personButton])
        }
        let lines = invoices.map { invoice in
            let facts = [
                "\(invoice.series)\(invoice.number)", invoice.issuedOn.text(.short, for: turn.reader),
                invoice.total.exactText(for: turn.reader), invoice.state.text(for: turn.reader),
            ]
            return "• \(facts.filter { !$0.isEmpty }.joined(separator: " · "))"
        }
        return BotReply(
            BotWords.invoices.text(for: turn.reader, .text("invoices", lines.joined(separator: "\n"))),
            [BotNames.howToPayButton, BotNames.personButton])
    }
}

private struct LastPayment: RowReadable {
    let amount: Money
    let day: Day
    let state: Payment.State

    init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("A payment is in \(code)") }
        amount = Money(minor: try row.read("amount"), currency)
        day = try row.read("day")
        state = try row.word("state")
    }
}

/// A promise to pay: how much, until when, and whether that is right.
enum PromiseTalk {
    @Sendable static func answer(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let outlook = try await turn.database.outlook(of: customer.id, of: turn.company, at: turn.now)
        if let promise = outlook.promise {
            return BotReply(text(.promisedAlready, promise.amount, promise.until, turn))
        }
        guard let asked = outlook.promisable else {
            let words: BotWords = outlook.balance.isPositive ? .noPromises : .owesNothing
            return BotReply(
                words.text(for: turn.reader), outlook.balance.isPositive ? [BotNames.personButton] : [])
        }
        var answered = turn.step?.answered ?? [:]
        if let refusal = turn.refusal {
            let isOfDay = (refusal as? PromiseRefusal)?.field == "until"
            answered[isOfDay ? "day" : "amount"] = nil
            var reply = isOfDay ? askDay(answered, outlook, turn) : askAmount(answered, asked, outlook, turn)
            reply.text = "\(refusal.message.text(for: turn.reader)) \(reply.text)"
            return reply
        }
        switch turn.step?.name {
        case nil:
            if let amount = turn.understood.amount?.isSure == true ? turn.amount : nil, amount.isPositive {
                answered["amount"] = "\(min(amount.minor, outlook.balance.minor))"
            }
            let asked = turn.understood.day ?? turn.understood.days.flatMap { $0 <= 366 ? turn.today + $0 : nil }
            if let asked, asked >= turn.today { answered["day"] = asked.iso }
        case "amount":
            let amount = turn.pressed == "all" || turn.understood.intent == .yes ? asked : turn.amount
            guard let amount, amount.isPositive else { return .lost(asking: askAmount(answered, asked, outlook, turn)) }
            answered["amount"] = "\(amount.minor)"
        case "day":
            let day =
                turn.pressed.flatMap { Day(iso: $0) } ?? turn.understood.day
                ?? turn.understood.days.flatMap { $0 <= 366 ? turn.today + $0 : nil }
            guard let day else { return .lost(asking: askDay(answered, outlook, turn)) }
            answered["day"] = day.iso
        default:
            guard let isRight = turn.isYes else { return .lost(asking: confirm(answered, outlook, turn)) }
            guard isRight else {
                return BotReply(BotWords.promiseDropped.text(for: turn.reader), [BotNames.menuButton])
            }
            return try await make(answered, turn, customer)
        }
        if answered["amount"] == nil { return askAmount(answered, asked, outlook, turn) }
        if answered["day"] == nil { return askDay(answered, outlook, turn) }
        return confirm(answered, outlook, turn)
    }

    private static func askAmount(
        _ answered: [String: String], _ asked: Money, _ outlook: AccountOutlook, _ turn: BotTurn
    ) -> BotReply {
        BotReply(
            BotWords.howMuch.text(
                for: turn.reader, .text("amount", outlook.balance.exactText(for: turn.reader))),
            [.choose("all", asked.exactText(for: turn.reader)), .open("cancel", BotTitles.cancel.message)],
            next: BotStep("amount", answered, takesNumbers: true))
    }

    private static func askDay(_ answered: [String: String], _ outlook: AccountOutlook, _ turn: BotTurn) -> BotReply {
        let ahead = [1, 3, outlook.promiseDays].filter { $0 <= outlook.promiseDays }
        let days = Set(ahead).sorted().map { turn.today + $0 }
        return BotReply(
            BotWords.whichDay.text(for: turn.reader, .count(outlook.promiseDays)),
            days.map { .choose($0.iso, $0.text(.short, for: turn.reader)) }
                + [.open("cancel", BotTitles.cancel.message)], next: BotStep("day", answered, takesNumbers: true))
    }

    private static func confirm(_ answered: [String: String], _ outlook: AccountOutlook, _ turn: BotTurn) -> BotReply {
        guard let promise = new(answered, turn) else { return askDay([:], outlook, turn) }
        return BotReply(
            text(.confirmPromise, promise.amount, promise.until, turn), turn.yesOrNo,
            next: BotStep("confirm", answered))
    }

    private static func make(
        _ answered: [String: String], _ turn: BotTurn, _ customer: Customer
    ) async throws -> BotReply {
        guard let new = new(answered, turn) else {
            return BotReply(BotWords.promiseDropped.text(for: turn.reader), [BotNames.menuButton])
        }
        let promise = try await PaymentPromise.make(
            new, by: .subscriber, for: customer.id, of: turn.company, by: turn.principal, from: turn.randomness,
            in: turn.database)
        return BotReply(text(.promiseMade, promise.amount, promise.until, turn), [BotNames.howToPayButton])
    }

    private static func new(_ answered: [String: String], _ turn: BotTurn) -> NewPromise? {
        guard let minor = answered["amount"].flatMap(Int64.init), let day = answered["day"].flatMap({ Day(iso: $0) })
        else { return nil }
        return NewPromise(amount: Money(minor: minor, turn.company.currency), until: day)
    }

    private static func text(_ words: BotWords, _ amount: Money, _ day: Day, _ turn: BotTurn) -> String {
        words.text(
            for: turn.reader, .text("amount", amount.exactText(for: turn.reader)),
            .text("day", day.text(.long, for: turn.reader)))
    }
}

/// «Quiero 5 días»: of which service, how many, what they cost, and with what they are paid.
enum DaysTalk {
    @Sendable static func answer(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let services = try await turn.database.services(of: customer.id, on: turn.today)
            .filter { $0.isPrepaid && $0.state != .cancelled }
        guard !services.isEmpty else {
            return BotReply(BotWords.notPrepaid.text(for: turn.reader), [BotNames.howToPayButton])
        }
        var answered = turn.step?.answered ?? [:]
        if let refusal = turn.refusal {
            return BotReply(refusal.message.text(for: turn.reader), [BotNames.menuButton, BotNames.personButton])
        }
        switch turn.step?.name {
        case nil:
            // "/recargar 5" has a number that is nothing else.
            answered["days"] = (turn.understood.days ?? command(turn)).map { "\($0)" }
            if services.count == 1 { answered["service"] = "\(services[0].number)" }
        case "service":
            guard let number = turn.pressed, services.contains(where: { "\($0.number)" == number }) else {
                return .lost(asking: askService(answered, services, turn))
            }
            answered["service"] = number
        case "days":
            let typed = turn.pressed.flatMap { Int($0) } ?? turn.understood.days ?? Int(turn.said.prefix(4))
            guard let typed, (1...366).contains(typed) else { return .lost(asking: askDays(answered, [], turn)) }
            answered["days"] = "\(typed)"
        default: break
        }
        guard let service = services.first(where: { "\($0.number)" == answered["service"] }) else {
            return askService(answered, services, turn)
        }
        guard let days = answered["days"].flatMap({ Int($0) }), (1...366).contains(days) else {
            let plans = try await turn.database.plans(retiredToo: true)
            let usual = plans.first { $0.id == service.plan }?.days ?? 1
            answered["days"] = nil
            return askDays(answered, Set([1, 7, max(1, usual)]).sorted(), turn)
        }
        return try await settle(days, of: service, answered, turn, customer)
    }

    private static func command(_ turn: BotTurn) -> Int? {
        turn.understood.amount.map { Int($0.hundredths / 100) }.flatMap { (1...366).contains($0) ? $0 : nil }
    }

    private static func askService(_ answered: [String: String], _ services: [Service], _ turn: BotTurn) -> BotReply {
        BotReply(
            BotWords.whichService.text(for: turn.reader),
            services.prefix(9).map { .choose("\($0.number)", "\($0.number) · \($0.planName)") },
            next: BotStep("service", answered))
    }

    private static func askDays(_ answered: [String: String], _ usual: [Int], _ turn: BotTurn) -> BotReply {
        BotReply(
            BotWords.howManyDays.text(for: turn.reader),
            usual.map { .choose("\($0)", BotWords.days.text(for: turn.reader, .count($0))) },
            next: BotStep("days", answered, takesNumbers: true))
    }

    /// With what they have in favour at once; else they pay first, and the days wait for it.
    private static func settle(
        _ days: Int, of service: Service, _ answered: [String: String], _ turn: BotTurn, _ customer: Customer
    ) async throws -> BotReply {
        let acts = InvoiceActs(randomness: turn.randomness)
        let sale = DaySale(days: days)
        let total = try await acts.quote(
            sale, of: service.id, of: turn.company, by: turn.principal, in: turn.database)
        let account = try await turn.database.account(of: customer.id)
        // What somebody else has in favour is not theirs to spend by chat.
        let inFavour =
            account == customer.id
            ? try await turn.database.balance(of: customer.id, in: total.currency).inFavour : .zero(total.currency)
        let amounts: [Blank] = [.count(days), .text("amount", total.exactText(for: turn.reader))]
        if inFavour.minor >= total.minor {
            guard turn.step?.name == "confirm", let isRight = turn.isYes else {
                return BotReply(
                    BotWords.confirmDays.message.text(for: turn.reader, amounts), turn.yesOrNo,
                    next: BotStep("confirm", answered))
            }
            guard isRight else { return BotReply(BotWords.anythingElse.text(for: turn.reader), [BotNames.menuButton]) }
            let sold = try await acts.sell(
                sale, of: service.id, fromCreditOnly: true, of: turn.company, by: turn.principal, in: turn.database)
            let until = sold.prepaidThrough?.text(.long, for: turn.reader) ?? ""
            return BotReply(BotWords.daysBought.text(for: turn.reader, .count(days), .text("day", until)))
        }
        // Asked again while it waits: only "ya pagué" is about it.
        if turn.step?.name == "receipt", turn.understood.intent != .paid, turn.understood.days == nil {
            return .lost(asking: BotReply(BotWords.waitsForReceipt.text(for: turn.reader), next: turn.step))
        }
        var step = answered
        if turn.step?.name == "receipt", let other = turn.understood.days, other != days {
            step["days"] = "\(other)"
            return try await settle(other, of: service, step, turn.restarted, customer)
        }
        let price = BotWords.daysCost.message.text(for: turn.reader, amounts)
        let notYet = turn.step?.name == "receipt" ? BotWords.notSeenYet.text(for: turn.reader) : price
        let accounts = try await MoneyAnswers.accounts(turn, customer) ?? BotWords.noAccounts.text(for: turn.reader)
        return BotReply(
            "\(notYet)\n\(accounts)\n\(BotWords.sendReceipt.text(for: turn.reader))",
            next: BotStep("receipt", step))
    }
}

extension BotTurn {
    /// Pressed or written; nil for what is neither.
    var isYes: Bool? {
        switch (pressed, understood.intent) {
        case ("yes", _), (nil, .yes): true
        case ("no", _), (nil, .no): false
        default: nil
        }
    }

    var yesOrNo: [BotButton] {
        [
            .choose("yes", BotTitles.yes.message.text(for: reader)),
            .choose("no", BotTitles.no.message.text(for: reader)),
        ]
    }

    /// The same, as if nothing had been begun.
    var restarted: BotTurn {
        BotTurn(
            database: database, company: company, principal: principal, randomness: randomness, understood: understood,
            said: said, conversation: conversation, step: nil, pressed: nil, refusal: nil, settings: settings,
            answers: answers, isLinked: isLinked)
    }
}
