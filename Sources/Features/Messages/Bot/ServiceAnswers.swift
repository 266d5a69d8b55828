import Access
import Collection
import Conversations
import Customers
import Declarations
import Intents
import Locale
import Plans
import Postgres
import Services
import Time

extension BotTurn {
    /// The company's answer while something keeps the customer offline that it knows of.
    func interruption(of customer: Customer) async throws -> String? {
        for part in principal.catalogue.parts(BotInterruption.self) {
            if let text = try await part.find(self, customer) { return text }
        }
        return nil
    }
}

/// About the services of a customer, their connection, and what a new one can have.
enum ServiceAnswers {
    static let all: [BotAnswer] = [
        BotAnswer(
            30, BotNames.service, BotTitles.service.message, commands: ["miservicio"], intents: [.service],
            inMenu: true, forCustomer: service),
        BotAnswer(
            31, BotNames.connection, BotTitles.connection.message, commands: ["miconexion"],
            intents: [.noInternet, .slow], inMenu: true, forCustomer: connection),
        BotAnswer(
            32, BotNames.report, BotTitles.report.message, commands: ["reportar"], forCustomer: report),
        BotAnswer(33, "works", BotTitles.works.message) { turn in
            BotReply(BotWords.glad.text(for: turn.reader))
        },
        BotAnswer(
            34, "wifi_password", BotTitles.wifi.message, commands: ["wifi"], intents: [.wifiPassword]
        ) { turn, _ in
            BotReply(BotWords.wifi.text(for: turn.reader), [BotNames.personButton])
        },
        BotAnswer(35, "change_plan", BotTitles.changePlan.message, intents: [.changePlan]) { turn, _ in
            BotReply(
                try await plans(turn, saying: .plansToChange, none: .noPlansToChange), [BotNames.personButton])
        },
        BotAnswer(36, "leave", BotTitles.leave.message, intents: [.leave]) { turn, _ in
            .handOver(.asked, saying: BotWords.leave.text(for: turn.reader))
        },
        BotAnswer(
            40, "sign_up", BotTitles.signUp.message, commands: ["contratar"], intents: [.signUp], forAnybody: signUp),
    ]

    private static func service(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        let services = try await turn.database.services(of: customer.id, on: turn.today)
            .filter { $0.state != .cancelled }
        guard !services.isEmpty else {
            return BotReply(BotWords.noService.text(for: turn.reader), [BotNames.personButton])
        }
        let lines = services.prefix(5).map { service in
            let until = service.prepaidThrough.map {
                BotWords.paidUntil.text(for: turn.reader, .text("day", $0.text(.long, for: turn.reader)))
            }
            return [
                service.planName, service.address, service.state.text(for: turn.reader),
                service.isPrepaid ? until ?? "" : service.price.exactText(for: turn.reader),
            ].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let days: [BotButton] =
            services.contains(where: \.isPrepaid) ? [.open(BotNames.days, BotTitles.days.message)] : []
        return BotReply(
            lines.joined(separator: "\n"), days + [.open(BotNames.balance, BotTitles.balance.message)])
    }

    /// What keeps them offline, if we know it; else what they can try.
    private static func connection(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        if let known = try await turn.interruption(of: customer) {
            return BotReply(known, [.open("works", BotTitles.works.message), BotNames.personButton])
        }
        let services = try await turn.database.services(of: customer.id, on: turn.today)
        let outlook = try await turn.database.outlook(of: customer.id, of: turn.company, at: turn.now)
        if outlook.cut != nil || services.contains(where: { $0.state == .cut }) {
            return MoneyAnswers.cut(outlook, turn)
        }
        let failing: [BotButton] = [
            .open(BotNames.report, BotTitles.stillFailing.message), .open("works", BotTitles.works.message),
        ]
        if services.contains(where: { $0.state == .active }) {
            let words: BotWords = turn.understood.intent == .slow ? .trySlow : .tryAgain
            let pay = outlook.overdue.isPositive ? [BotNames.howToPayButton] : []
            return BotReply("\(standing(outlook, turn)) \(words.text(for: turn.reader))", failing + pay)
        }
        let state = services.first { $0.state != .cancelled }?.state.text(for: turn.reader)
        guard let state else { return BotReply(BotWords.noService.text(for: turn.reader), [BotNames.personButton]) }
        return BotReply(
            BotWords.notActive.text(for: turn.reader, .text("state", state)), [BotNames.personButton])
    }

    private static func standing(_ outlook: AccountOutlook, _ turn: BotTurn) -> String {
        if outlook.overdue.isPositive {
            return BotWords.isActiveAndOverdue.text(
                for: turn.reader, .text("amount", outlook.overdue.exactText(for: turn.reader)))
        }
        let words: BotWords = outlook.balance.isPositive ? .isActive : .isActiveAndSettled
        return words.text(for: turn.reader)
    }

    /// Described in their own words, which a person then reads.
    private static func report(_ turn: BotTurn, _ customer: Customer) async throws -> BotReply {
        guard turn.step != nil else {
            if let known = try await turn.interruption(of: customer) {
                return BotReply(known, [.open("works", BotTitles.works.message), BotNames.personButton])
            }
            return BotReply(BotWords.describe.text(for: turn.reader), next: BotStep("describe", takesNumbers: true))
        }
        if let part = turn.principal.catalogue.parts(BotReport.self).first {
            return .handOver(.asked, saying: try await part.take(turn, customer))
        }
        return .handOver(.asked, saying: BotWords.reported.text(for: turn.reader))
    }

    private static func signUp(_ turn: BotTurn) async throws -> BotReply {
        guard turn.step != nil else {
            let text = try await plans(turn, saying: .plansForNew, none: .newHere)
            return BotReply(text, next: BotStep("who", takesNumbers: true))
        }
        return .handOver(.asked, saying: BotWords.signUpNoted.text(for: turn.reader))
    }

    private static func plans(_ turn: BotTurn, saying words: BotWords, none: BotWords) async throws -> String {
        let plans = try await turn.database.plans().filter { $0.price.isPositive }.prefix(8)
        if plans.isEmpty { return none.text(for: turn.reader) }
        let lines = plans.map { plan in
            let price = plan.price.exactText(for: turn.reader)
            let text =
                plan.charge == .byDays
                ? BotWords.daysFor.text(for: turn.reader, .count(plan.days), .text("amount", price)) : price
            return "• \(plan.name): \(text)"
        }
        return words.text(for: turn.reader, .text("plans", lines.joined(separator: "\n")))
    }
}
