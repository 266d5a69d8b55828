import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time
import Vault

package struct PaymentRoutes: Sendable {
    private let acts: PaymentActs
    private let printer: ReceiptPrinter
    private let vault: Vault
    private let randomness: Randomness
    private let files: ListFiles

    package init(
        _ acts: PaymentActs, _ printer: ReceiptPrinter, vault: Vault, randomness: Randomness, files: ListFiles
    ) {
        (self.acts, self.printer, self.vault, self.randomness) = (acts, printer, vault, randomness)
        self.files = files
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/payments/new", .paymentsRegister, "Formulario para cobrar a un cliente", ask)
        routes.post("/panel/customers/:id/payments", .paymentsRegister, "Registra un pago", create)
        routes.get("/panel/payments", .paymentsView, "Lista de pagos", list)
        routes.get("/panel/payments.csv", .paymentsView, "La lista de pagos como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/payments.xlsx", .paymentsView, "La lista de pagos para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/payments/new", .paymentsRegister, "Busca al cliente que paga", WhoPaysPage.show)
        routes.get("/panel/payments/:id", .paymentsView, "Un pago", show)
        routes.get("/panel/payments/:id/ticket", .paymentsView, "El comprobante de un pago, en bytes ESC/POS") {
            (visit, id: Payment.ID) in
            try await printer.ticket(
                try await found(id, visit), on: .init(visit.request.query["paper"] ?? ""), for: visit.tenant,
                in: visit.database)
        }
        routes.get("/panel/payments/:id/receipt", .paymentsView, "El comprobante de un pago, en ticket o en PDF", print)
        routes.get("/panel/payments/:id/evidence", .paymentsView, "El comprobante que el cliente envió", evidence)
        routes.post("/panel/payments/:id/approve", .paymentsApprove, "Aprueba un pago", approve)
        routes.get("/panel/payments/:id/reject", .paymentsApprove, "Pregunta por qué se rechaza un pago") {
            (visit, id: Payment.ID) in try await askWhy(visit, id, .reject)
        }
        routes.post("/panel/payments/:id/reject", .paymentsApprove, "Rechaza un pago") {
            (visit, id: Payment.ID) in try await undo(visit, id, .reject)
        }
        routes.get("/panel/payments/:id/reverse", .paymentsReverse, "Pregunta por qué se reversa un pago") {
            (visit, id: Payment.ID) in try await askWhy(visit, id, .reverse)
        }
        routes.post("/panel/payments/:id/reverse", .paymentsReverse, "Reversa un pago") {
            (visit, id: Payment.ID) in try await undo(visit, id, .reverse)
        }
        routes.get("/panel/payments/:id/chargeback", .paymentsReverse, "Pregunta por qué hubo un contracargo") {
            (visit, id: Payment.ID) in try await askWhy(visit, id, .chargeBack)
        }
        routes.post("/panel/payments/:id/chargeback", .paymentsReverse, "Registra el contracargo de un pago") {
            (visit, id: Payment.ID) in try await undo(visit, id, .chargeBack)
        }
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let owed = try await visit.database.balance(of: id, in: visit.tenant.currency).owed
        let toReconnect = try await ReconnectionAmount.of(id, visit)
        let method = try await visit.database.paymentMethods(of: visit.tenant).first(where: \.isActive)
        let form = PaymentForm(
            paying: toReconnect ?? owed, by: method?.word ?? "", on: visit.tenant.timeZone.day(at: visit.now),
            id: .make(milliseconds: visit.now.milliseconds, from: randomness), for: visit.reader)
        return try await page(of: form, id, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        var form = try PaymentForm(sent, in: visit.tenant.currency, for: visit.reader)
        guard let new = form.payment(of: id) else { return try await page(of: form, id, .unprocessableContent, visit) }
        do {
            let payment = try await acts.register(new, of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(
                payment.state == .pending ? .paymentHeld : .paymentTaken, at: form.path(of: payment))
        } catch let refusal as PaymentRefusal {
            form.faults.append((refusal.field, refusal.message.text(for: visit.reader)))
            return try await page(of: form, id, refusal.status, visit)
        } catch let refusal as LedgerRefusal {
            form.faults.append((refusal == .dayClosed ? "day" : "amount", refusal.text(for: visit.reader)))
            return try await page(of: form, id, refusal.status, visit)
        } catch let refusal as any Refusal where refusal.status == .conflict {
            // A refusal by another room with a say in cash.
            form.faults.append(("method", refusal.message.text(for: visit.reader)))
            return try await page(of: form, id, refusal.status, visit)
        }
    }

    private func page(of form: PaymentForm, _ id: Customer.ID, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let page = NewPaymentPage(
            customer: customer, balance: try await visit.database.balance(of: id, in: visit.tenant.currency),
            toReconnect: try await ReconnectionAmount.of(id, visit),
            pending: try await visit.database.pendingAmount(of: id, in: visit.tenant.currency),
            open: try await visit.database.openCharges(of: id, in: visit.tenant.currency),
            methods: try await visit.database.paymentMethods(of: visit.tenant), form: form,
            parts: try await TakingPart.all(visit), visit: visit)
        return try await Panel.page(
            page, titled: PaymentWords.takeFrom.text(for: visit.reader, .name(customer.name)), status: status,
            for: visit)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let reader = visit.reader
        let found = try await PaymentListPage(try Payment.query(visit), for: visit)
        let methods = try await visit.database.paymentMethods(of: visit.tenant)
        let totals = found.sums.map { sums in
            [(Payment.State.applied, sums.applied), (.pending, sums.pending)].filter { !$0.1.isZero }
                .map { "\($0.0.text(for: reader)) \($0.1.exactText(for: reader))" }.joined(separator: " · ")
        }
        let page = ListPage(
            found.part,
            .init(.billing, none: PaymentWords.nonePaid.message, search: PaymentWords.customerOrReceipt.message),
            options: [
                "method": FieldOptions(methods.map { ($0.word, $0.name) }, none: nil),
                "cashier": FieldOptions(found.cashiers, none: nil),
            ],
            links: visit.may(.paymentsMethods)
                ? [.init(PaymentWords.methods.text(for: reader), path: MethodRoutes.path)] : [],
            totals: totals.flatMap { $0.isEmpty ? nil : $0 },
            new: visit.mayAct(with: .paymentsRegister)
                ? (PaymentWords.take.text(for: reader), WhoPaysPage.path) : nil,
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: found.part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try Payment.query(visit), as: format, for: visit) { query in
            try await visit.database.payments(of: query.text, for: visit.reader) { found, database in
                try await database.rows(database.payments(query, found))
            }
        }
    }

    private func show(_ visit: Visit, id: Payment.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func page(
        of id: Payment.ID, _ fault: PaymentRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let payment = try await found(id, visit)
        let page = PaymentPage(
            payment: payment, settled: try await visit.database.charges(settledBy: id),
            announced: try await visit.database.standingFee(of: payment.customer)?.amount,
            toReconnect: payment.state == .applied ? try await ReconnectionAmount.of(payment.customer, visit) : nil,
            fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: PaymentWords.paymentNumber.text(for: visit.reader, .text("number", payment.folio)),
            status: status, for: visit)
    }

    private func print(_ visit: Visit, id: Payment.ID) async throws -> Response {
        let payment = try await found(id, visit)
        let format = ReceiptPrinter.Format(visit.request.query["paper"] ?? "")
        return try await printer.print(payment, on: format, for: visit.tenant, in: visit.database)
    }

    private func evidence(_ visit: Visit, id: Payment.ID) async throws -> Response {
        try await visit.admit()
        guard let picture = try await visit.database.evidence(of: id, from: vault) else { throw AccessRefusal.notFound }
        return Response(.ok, contentType: .png, body: .bytes(picture))
    }

    private func approve(_ visit: Visit, id: Payment.ID) async throws -> Response {
        do {
            _ = try await acts.approve(id, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: "\(Payment.list.path)/\(id)")
        } catch let refusal as PaymentRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private enum Undoing {
        case reject, reverse, chargeBack
    }

    private func askWhy(_ visit: Visit, _ id: Payment.ID, _ undoing: Undoing) async throws -> Response {
        try await reasonPage(found(id, visit), undoing, [], .ok, visit)
    }

    private func undo(_ visit: Visit, _ id: Payment.ID, _ undoing: Undoing) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason", "false_receipt", "grace_until"])
        let reason = FormText.line(sent["reason"], upTo: 300)
        let isFalse = sent["false_receipt"] != nil
        let until = sent["grace_until"] ?? ""
        do {
            try await visit.database.transaction { database in
                if !until.isEmpty, undoing != .reject {
                    guard !reason.isEmpty else { throw PaymentRefusal.reasonMissing }
                    guard let day = Day(iso: until) else { throw RequestError.malformed("The day cannot be read.") }
                    let payment = try await found(id, in: database)
                    let account = try await database.account(of: payment.customer) ?? payment.customer
                    try await UndoingOutlook.putOff(
                        .init(account: account, until: day, reason: reason, randomness: randomness), visit,
                        in: database)
                }
                switch undoing {
                case .reject:
                    _ = try await acts.reject(id, because: reason, isFalse: isFalse, by: visit.principal, in: database)
                case .reverse:
                    _ = try await acts.reverse(
                        id, of: visit.tenant, because: reason, isFalse: isFalse, by: visit.principal, in: database)
                case .chargeBack:
                    _ = try await acts.chargeBack(
                        id, of: visit.tenant, because: reason, by: visit.principal, in: database)
                }
            }
            return Panel.done(.saved, at: "\(Payment.list.path)/\(id)")
        } catch let refusal as PaymentRefusal where refusal == .reasonMissing {
            return try await reasonPage(
                found(id, visit), undoing, [("reason", refusal.message)], refusal.status, visit)
        } catch let refusal as PaymentRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        } catch let refusal as any Refusal where refusal.status == .unprocessableContent && !until.isEmpty {
            return try await reasonPage(
                found(id, visit), undoing, [("grace_until", refusal.message)], refusal.status, visit)
        }
    }

    private func reasonPage(
        _ payment: Payment, _ undoing: Undoing, _ faults: [(field: String, message: Message)], _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let (act, hint, action): (any MessageCatalogue, any MessageCatalogue, String) =
            switch undoing {
            case .reject: (PaymentWords.reject, PaymentWords.rejectHint, "reject")
            case .reverse: (PaymentWords.reverse, PaymentWords.reverseHint, "reverse")
            case .chargeBack: (AdjustmentWords.chargeBack, AdjustmentWords.chargeBackHint, "chargeback")
            }
        let page = PaymentReasonPage(
            about: "\(payment.folio) · \(payment.customerName)", amount: payment.amount, act: act, hint: hint.message,
            path: "\(Payment.list.path)/\(payment.id)", action: action, faults: faults,
            asksWhetherFalse: undoing != .chargeBack,
            undoing: undoing == .reject
                ? nil
                : try await acts.rehearse(
                    undoing: payment, as: undoing == .chargeBack ? .chargedBack : .reversed, for: visit),
            reader: visit.reader)
        return try await Panel.page(page, titled: page.title, status: status, for: visit)
    }

    private func found(_ id: Payment.ID, _ visit: Visit) async throws -> Payment {
        try await found(id, in: visit.database)
    }

    private func found(_ id: Payment.ID, in database: TenantDatabase) async throws -> Payment {
        guard let payment = try await database.payment(id) else { throw AccessRefusal.notFound }
        return payment
    }
}
