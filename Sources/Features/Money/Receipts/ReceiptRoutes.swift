import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres
import ReceiptTexts
import Tenancy
import Time

/// Comprobantes por revisar: one after the other, each picture beside what was read of it.
package struct ReceiptRoutes: Sendable {
    private let acts: PaymentActs

    package init(_ acts: PaymentActs) { self.acts = acts }

    static let path = "/panel/receipts"
    static let policyPath = "/panel/receipts/policy"
    /// Shown as waiting; more are counted as so many.
    private static let length = 50

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/receipts", .paymentsView, "Los comprobantes por revisar, el más antiguo primero", next)
        routes.get("/panel/receipts/policy", .receiptsPolicy, "Cuánto se confía en los comprobantes", policy)
        routes.post("/panel/receipts/policy", .receiptsPolicy, "Cambia cuánto se confía en los comprobantes", change)
        routes.get("/panel/receipts/:id", .paymentsView, "Un comprobante por revisar", show)
        routes.post("/panel/receipts/:id/approve", .paymentsApprove, "Aprueba un comprobante, corregido", approve)
        routes.post("/panel/receipts/:id/reject", .paymentsApprove, "Rechaza un comprobante", reject)
    }

    private func next(_ visit: Visit) async throws -> Response {
        let waiting = try await visit.database.waitingReceipts(limit: Self.length)
        guard let first = waiting.first else {
            return try await Panel.page(
                NoReceiptsPage(visit: visit), titled: ReceiptWords.toReview.text(for: visit.reader), for: visit)
        }
        return try await page(first, waiting, nil, nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: Payment.ID) async throws -> Response {
        try await page(of: id, nil, nil, .ok, visit)
    }

    private func page(
        of id: Payment.ID, _ form: ReceiptForm?, _ fault: FormFault?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let receipt = try await visit.database.receipt(id) else { throw AccessRefusal.notFound }
        let waiting = try await visit.database.waitingReceipts(limit: Self.length)
        return try await page(receipt, waiting, form, fault, status, visit)
    }

    private func page(
        _ receipt: Receipt, _ waiting: [Receipt], _ form: ReceiptForm?, _ fault: FormFault?, _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let methods = try await visit.database.paymentMethods(of: visit.tenant).filter {
            $0.kind != .cash && $0.kind != .card
        }
        let place = waiting.firstIndex { $0.payment.id == receipt.payment.id }
        let after = waiting.count < 2 ? nil : waiting[((place ?? -1) + 1) % waiting.count]
        let page = ReceiptPage(
            receipt: receipt,
            owed: try await visit.database.balance(of: receipt.payment.customer, in: visit.tenant.currency).owed,
            toReconnect: try await ReconnectionAmount.of(receipt.payment.customer, visit),
            waiting: waiting.count, next: after?.payment.id, methods: methods,
            form: form ?? ReceiptForm(receipt, for: visit.reader), fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: ReceiptWords.toReview.text(for: visit.reader), status: status, for: visit)
    }

    private func approve(_ visit: Visit, id: Payment.ID) async throws -> Response {
        let form = try ReceiptForm(try await visit.request.body.form(upTo: 8192), in: visit)
        guard let receipt = try await visit.database.receipt(id) else { throw AccessRefusal.notFound }
        guard let right = form.payment(receipt.payment) else {
            return try await page(of: id, form, form.faults.first, .unprocessableContent, visit)
        }
        do {
            _ = try await visit.database.transaction { database in
                _ = try await acts.correct(id, to: right, of: visit.tenant, by: visit.principal, in: database)
                return try await acts.approve(id, by: visit.principal, in: database)
            }
        } catch let refusal as PaymentRefusal {
            let fault = FormFault(name: refusal.field, message: refusal.message)
            return try await page(of: id, form, fault, refusal.status, visit)
        }
        return Panel.done(.receiptApproved, at: Self.path)
    }

    private func reject(_ visit: Visit, id: Payment.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        try sent.allow([FormID.field, "reason", "other", "false_receipt"])
        let ready = FormText.line(sent["reason"], upTo: 300)
        let reason = ready.isEmpty ? FormText.line(sent["other"], upTo: 300) : ready
        do {
            _ = try await acts.reject(
                id, because: reason, isFalse: sent["false_receipt"] != nil, by: visit.principal, in: visit.database)
        } catch let refusal as PaymentRefusal {
            let fault = FormFault(name: "other", message: refusal.message)
            return try await page(of: id, nil, fault, refusal.status, visit)
        }
        return Panel.done(.receiptRejected, at: Self.path)
    }

    // MARK: - How far receipts are trusted

    private func policy(_ visit: Visit) async throws -> Response {
        let policy = try await visit.database.receiptPolicy(in: visit.tenant.currency)
        guard visit.mayAct(with: .receiptsPolicy) else {
            let title = ReceiptWords.policy.text(for: visit.reader)
            return try await Panel.page(
                NounFactsPage(title, policy, for: visit.reader), titled: title, for: visit)
        }
        return try await page(NounForm(policy, in: visit.notation), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try NounForm<ReceiptPolicy>(try await visit.request.body.form(upTo: 8192), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let policy = form.applied(to: try await visit.database.receiptPolicy(in: visit.tenant.currency))
        try await policy.put(by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.policyPath)
    }

    private func page(_ form: NounForm<ReceiptPolicy>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = ReceiptWords.policy.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: Self.policyPath, cancel: Self.path, submit: nil,
            notice: p(.class("hint")) { ReceiptWords.policyHint.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// What a receipt says, as a person corrects it.
struct ReceiptForm: Sendable {
    let amount: String
    let method: String
    let day: String
    let reference: String
    private(set) var faults: [FormFault] = []
    private var money: Money?
    private var paidOn: Day?

    init(_ receipt: Receipt, for reader: Reader) {
        amount = receipt.payment.amount.exactText(for: reader)
        (method, day) = (receipt.payment.method, receipt.payment.day.iso)
        reference = receipt.payment.reference.isEmpty ? receipt.reference?.value ?? "" : receipt.payment.reference
    }

    init(_ fields: Fields, in visit: Visit) throws {
        try fields.allow([FormID.field, "amount", "method", "day", "reference"])
        amount = FormText.line(fields["amount"], upTo: 30)
        method = FormText.line(fields["method"])
        day = FormText.line(fields["day"])
        reference = FormText.line(fields["reference"], upTo: 60)
        do throws(AmountRefusal) {
            money = try Money(typed: amount, in: visit.tenant.currency, for: visit.reader)
        } catch {
            faults.append(FormFault(name: "amount", message: ReceiptWords.amountWrong.message))
        }
        paidOn = Day(iso: day)
        if paidOn == nil { faults.append(FormFault(name: "day", message: ReceiptWords.dayWrong.message)) }
    }

    func payment(_ payment: Payment) -> NewPayment? {
        guard faults.isEmpty, let money, let paidOn else { return nil }
        return NewPayment(
            id: payment.id, customer: payment.customer, method: method, amount: money, day: paidOn,
            reference: reference)
    }
}
