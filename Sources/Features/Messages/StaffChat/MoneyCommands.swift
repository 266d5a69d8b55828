import Access
import Collection
import Conversations
import Customers
import Declarations
import Identifiers
import Locale
import Payments
import Postgres
import Receipts
import Tenancy
import Time

/// Receipts and cash to approve, debtors, and collection by the scheduler's own path.
enum MoneyCommands {
    static let all: [StaffCommand] = [
        StaffCommand(
            40, "receipts", StaffChatTitles.receipts.message, typed: ["pagos"], for: .paymentsApprove, work: receipts),
        StaffCommand(
            49, "approve_ask", StaffChatTitles.approve.message, for: .paymentsApprove, work: askAgain),
        StaffCommand(act: 41, "approve", StaffChatTitles.approve.message, for: .paymentsApprove, work: approve),
        StaffCommand(act: 42, "reject", StaffChatTitles.reject.message, for: .paymentsApprove, work: askWhy),
        StaffCommand(
            act: 43, "reject_because", StaffChatTitles.reject.message, for: .paymentsApprove, work: reject),
        StaffCommand(
            44, "debtors", StaffChatTitles.debtors.message, typed: ["morosos"], for: .collectionView, work: debtors),
        StaffCommand(
            45, "collect", StaffChatTitles.collect.message, typed: ["cobranza"], for: .collectionRun, work: rehearse),
        StaffCommand(act: 46, "collect_now", StaffChatTitles.collect.message, for: .collectionRun, work: collect),
        StaffCommand(
            act: 47, "confirm_run", StaffChatTitles.confirmRun.message, for: .collectionConfirm, work: confirm),
        StaffCommand(
            act: 48, "call_off_run", StaffChatTitles.callOffRun.message, for: .collectionConfirm, work: callOff),
    ]

    /// Receipts shown at a time.
    private static let shown = 4

    // MARK: - Payments

    @Sendable private static func receipts(_ turn: StaffTurn) async throws -> StaffReply {
        let (payments, count) = try await turn.database.pendingPayments(limit: shown)
        guard !payments.isEmpty else { return StaffReply(StaffChatWords.noReceipts.text(for: turn.reader)) }
        var parts = [StaffMessage(StaffChatWords.receipts.text(for: turn.reader, .count(count)))]
        for payment in payments { parts.append(try await part(of: payment, turn)) }
        return StaffReply(parts)
    }

    /// A receipt with doubts says them, and is approved by a second tap.
    static func part(of payment: Payment, _ turn: StaffTurn) async throws -> StaffMessage {
        let reader = turn.reader
        let cautions = try await cautions(about: payment, turn)
        let lines = [
            "\(payment.folio) · \(payment.customerName)",
            "\(payment.amount.exactText(for: reader)) · \(payment.methodName) · \(payment.day.text(.short, for: reader))",
            payment.reference, payment.author,
        ]
        let picture = payment.hasEvidence ? try await turn.database.evidence(of: payment.id, from: turn.vault) : nil
        return StaffMessage(
            (lines.filter { !$0.isEmpty } + cautions).joined(separator: "\n"),
            [
                cautions.isEmpty
                    ? .act("approve", payment.id.description, StaffChatTitles.approve.text(for: reader))
                    : .open("approve_ask", payment.id.description, StaffChatTitles.approve.text(for: reader)),
                .act("reject", payment.id.description, StaffChatTitles.reject.text(for: reader)),
            ], picture: picture)
    }

    private static func cautions(about payment: Payment, _ turn: StaffTurn) async throws -> [String] {
        try await turn.database.receipt(payment.id)?.cautions(for: turn.reader) ?? []
    }

    @Sendable private static func askAgain(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Payment.ID(turn.about), let payment = try await turn.database.payment(id) else {
            throw AccessRefusal.notFound
        }
        guard payment.state == .pending else { throw PaymentRefusal.decided }
        let lines = [done(.approveDoubtful, payment, turn)] + (try await cautions(about: payment, turn))
        return StaffReply(
            lines.joined(separator: "\n"),
            [
                .act("approve", turn.about, StaffChatTitles.approveAnyway.text(for: turn.reader)),
                .act("reject", turn.about, StaffChatTitles.reject.text(for: turn.reader)),
            ])
    }

    @Sendable private static func approve(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Payment.ID(turn.about) else { throw AccessRefusal.notFound }
        let payment = try await PaymentActs(randomness: turn.randomness).approve(
            id, by: turn.principal, in: turn.database)
        return StaffReply(done(.approved, payment, turn))
    }

    @Sendable private static func askWhy(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Payment.ID(turn.about), let payment = try await turn.database.payment(id) else {
            throw AccessRefusal.notFound
        }
        guard payment.state == .pending else { throw PaymentRefusal.decided }
        return StaffReply(done(.rejectWhy, payment, turn), awaits: ("reject_because", turn.about))
    }

    @Sendable private static func reject(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Payment.ID(turn.about), let said = turn.said else { throw AccessRefusal.notFound }
        let reason = said.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(scalars: 300)
        let payment = try await PaymentActs(randomness: turn.randomness).reject(
            id, because: reason, by: turn.principal, in: turn.database)
        let isTold = try await tell(of: payment, reason, turn)
        return StaffReply(
            "\(done(.rejected, payment, turn))\n\((isTold ? StaffChatWords.customerTold : .customerNotTold).text(for: turn.reader))"
        )
    }

    private static func done(_ words: StaffChatWords, _ payment: Payment, _ turn: StaffTurn) -> String {
        words.text(
            for: turn.reader, .text("number", payment.folio), .name(payment.customerName),
            .text("amount", payment.amount.exactText(for: turn.reader)))
    }

    /// In the chat of theirs that they last wrote from, if something can be said there now.
    private static func tell(of payment: Payment, _ reason: String, _ turn: StaffTurn) async throws -> Bool {
        let author = MessageAuthor(.system, name: turn.company.name)
        let text = StaffChatWords.yourPaymentRejected.text(
            for: turn.reader, .text("amount", payment.amount.exactText(for: turn.reader)), .text("reason", reason))
        // One that came by chat is answered there, whoever decides.
        let isOfChat: Bool? = try await turn.database.value(
            """
            SELECT EXISTS (
                SELECT FROM chat_receipts
                WHERE tenant_id = \(turn.database.tenant) AND payment_id = \(payment.id))
            """)
        if isOfChat == true { return true }
        for chat in try await turn.database.conversations(of: payment.customer, limit: 5) {
            do throws(ConversationRefusal) {
                try chat.check(.text(text), by: author, at: turn.now)
            } catch {
                continue
            }
            try await turn.database.send(.text(text), in: chat.id, by: author, at: turn.now)
            return true
        }
        return false
    }

    // MARK: - Collection

    @Sendable private static func debtors(_ turn: StaffTurn) async throws -> StaffReply {
        let found = try await turn.database.debtors(on: turn.today, turn.company.currency)
        guard !found.isEmpty else { return StaffReply(StaffChatWords.noDebtors.text(for: turn.reader)) }
        let debtors = found.prefix(DebtorRoutes.shown)
        let total = Money(minor: debtors.reduce(0) { $0 &+ $1.overdue }, turn.company.currency)
        let head = (found.count > DebtorRoutes.shown ? StaffChatWords.debtorsMore : .debtors).text(
            for: turn.reader, .count(debtors.count), .text("amount", total.exactText(for: turn.reader)))
        let lines = debtors.prefix(10).map { debtor in
            let amount = Money(minor: debtor.overdue, turn.company.currency).exactText(for: turn.reader)
            return "\(debtor.number) · \(debtor.name): \(amount), \(debtor.since.text(.short, for: turn.reader))"
        }
        return StaffReply(
            "\(head)\n\(lines.joined(separator: "\n"))",
            turn.may(.customersRead)
                ? debtors.prefix(8).map { .open("customer", $0.customer.description, "\($0.number) · \($0.name)") } : []
        )
    }

    /// The stages by the words of the panel's own vocabulary.
    private static let stages: [String: Stage] = [
        "aviso": .notice, "recordatorio": .reminder, "advertencia": .warning, "suspender": .cut, "corte": .cut,
    ]

    @Sendable private static func rehearse(_ turn: StaffTurn) async throws -> StaffReply {
        guard let stage = stages[turn.about.lowercased()] ?? Stage(rawValue: turn.about) else {
            return StaffReply(
                StaffChatWords.whichStage.text(for: turn.reader),
                Stage.allCases.map { .open("collect", $0.rawValue, $0.text(for: turn.reader)) })
        }
        let most = 500
        let foresight = try await turn.database.foresee(
            turn.today, only: stage, of: turn.company, at: turn.now, limit: most)
        let count = min(foresight.steps.count, most)
        let name = stage.text(for: turn.reader)
        guard count > 0 else {
            return StaffReply(StaffChatWords.nothingToDo.text(for: turn.reader, .text("stage", name)))
        }
        let head = StaffChatWords.wouldDo.text(
            for: turn.reader, .count(count), .text("stage", name),
            .text("more", foresight.steps.count > most ? "+" : ""))
        let names = foresight.steps.prefix(5).map { "\($0.number) · \($0.customerName)" }
        let lines = [head] + names + (count > 5 ? ["…"] : [])
        return StaffReply(
            lines.joined(separator: "\n"),
            [.act("collect_now", stage.rawValue, StaffChatTitles.collectNow.text(for: turn.reader))])
    }

    @Sendable private static func collect(_ turn: StaffTurn) async throws -> StaffReply {
        guard let stage = Stage(rawValue: turn.about) else { throw AccessRefusal.notFound }
        let run = try await CollectionRun.begin(
            stage, of: turn.company, by: turn.principal, from: turn.randomness, in: turn.database)
        return StaffReply(StaffChatWords.runBegun.text(for: turn.reader, .number("number", run.number)))
    }

    @Sendable private static func confirm(_ turn: StaffTurn) async throws -> StaffReply {
        let parts = turn.about.split(separator: " ")
        guard parts.count == 2, let id = CollectionRun.ID(String(parts[0])), let cuts = Int(parts[1]) else {
            throw AccessRefusal.notFound
        }
        let run = try await CollectionRun.confirm(
            id, ofCuts: cuts, signedInAt: nil, by: turn.principal, in: turn.database)
        return StaffReply(StaffChatWords.runConfirmed.text(for: turn.reader, .number("number", run.number)))
    }

    @Sendable private static func callOff(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = CollectionRun.ID(turn.about) else { throw AccessRefusal.notFound }
        let run = try await CollectionRun.callOff(id, by: turn.principal, in: turn.database)
        return StaffReply(StaffChatWords.runCalledOff.text(for: turn.reader, .number("number", run.number)))
    }
}
