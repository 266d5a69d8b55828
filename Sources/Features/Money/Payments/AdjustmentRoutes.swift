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

/// Devoluciones y retenciones: list, pages and forms.
package struct AdjustmentRoutes: Sendable {
    private let acts: PaymentActs
    private let files: ListFiles

    package init(_ acts: PaymentActs, files: ListFiles) { (self.acts, self.files) = (acts, files) }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/adjustments", .paymentsView, "Lista de devoluciones y retenciones", list)
        routes.get("/panel/adjustments.csv", .paymentsView, "Las devoluciones y retenciones como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/adjustments.xlsx", .paymentsView, "Las devoluciones y retenciones para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/adjustments/:id", .paymentsView, "Una devolución o retención") {
            (visit, id: Adjustment.ID) in try await page(of: id, nil, visit)
        }
        routes.post("/panel/adjustments/:id/approve", .paymentsApprove, "Aprueba una devolución") {
            (visit, id: Adjustment.ID) in
            try await decide(visit, id) {
                _ = try await acts.approve(id, of: visit.tenant, by: visit.principal, in: visit.database)
            }
        }
        routes.get("/panel/adjustments/:id/reject", .paymentsApprove, "Pregunta por qué se rechaza una devolución") {
            (visit, id: Adjustment.ID) in try await askWhy(visit, id, .reject, nil)
        }
        routes.post("/panel/adjustments/:id/reject", .paymentsApprove, "Rechaza una devolución") {
            (visit, id: Adjustment.ID) in
            try await withReason(visit, id, .reject) { reason in
                _ = try await acts.reject(id, because: reason, by: visit.principal, in: visit.database)
            }
        }
        routes.get(
            "/panel/adjustments/:id/reverse", .paymentsReverse, "Pregunta por qué se reversa una devolución o retención"
        ) { (visit, id: Adjustment.ID) in try await askWhy(visit, id, .reverse, nil) }
        routes.post("/panel/adjustments/:id/reverse", .paymentsReverse, "Reversa una devolución o retención") {
            (visit, id: Adjustment.ID) in
            try await withReason(visit, id, .reverse) { reason in
                _ = try await acts.reverse(
                    id, because: reason, of: visit.tenant, by: visit.principal, in: visit.database)
            }
        }
        routes.get("/panel/customers/:id/refunds/new", .paymentsRefund, "Formulario para devolver saldo a favor") {
            (visit, id: Customer.ID) in try await ask(visit, id, .refund)
        }
        routes.post("/panel/customers/:id/refunds", .paymentsRefund, "Devuelve saldo a favor") {
            (visit, id: Customer.ID) in try await create(visit, id, .refund)
        }
        routes.get("/panel/customers/:id/withholdings/new", .paymentsWithhold, "Formulario de una retención") {
            (visit, id: Customer.ID) in try await ask(visit, id, .withholding)
        }
        routes.post("/panel/customers/:id/withholdings", .paymentsWithhold, "Registra una retención") {
            (visit, id: Customer.ID) in try await create(visit, id, .withholding)
        }
    }

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<Adjustment> {
        var query = try ListQuery(Adjustment.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.adjustments(query), counted: visit.database.adjustmentsCounted(query)
        ).part
        let page = ListPage(
            part, .init(.billing, none: AdjustmentWords.none.message, search: AdjustmentWords.search.message),
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.adjustments(query))
        }
    }

    private func page(of id: Adjustment.ID, _ fault: (any Refusal)?, _ visit: Visit) async throws -> Response {
        let adjustment = try await found(id, visit)
        return try await Panel.page(
            AdjustmentPage(adjustment: adjustment, fault: fault, visit: visit),
            titled: adjustment.title(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func decide(_ visit: Visit, _ id: Adjustment.ID, _ act: () async throws -> Void) async throws -> Response {
        do {
            try await act()
            return Panel.done(.saved, at: "\(Adjustment.list.path)/\(id)")
        } catch let refusal as any Refusal where refusal is PaymentRefusal || refusal.status == .conflict {
            return try await page(of: id, refusal, visit)
        }
    }

    private func withReason(
        _ visit: Visit, _ id: Adjustment.ID, _ words: PaymentWords, _ act: (String) async throws -> Void
    ) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason"])
        let reason = FormText.line(sent["reason"], upTo: 300)
        guard !reason.isEmpty else { return try await askWhy(visit, id, words, .reasonMissing) }
        return try await decide(visit, id) { try await act(reason) }
    }

    private func askWhy(
        _ visit: Visit, _ id: Adjustment.ID, _ words: PaymentWords, _ fault: PaymentRefusal?
    ) async throws -> Response {
        let adjustment = try await found(id, visit)
        let page = PaymentReasonPage(
            about: "\(adjustment.title(for: visit.reader)) · \(adjustment.customerName)", amount: adjustment.amount,
            act: words, hint: (words == .reject ? AdjustmentWords.rejectHint : .reverseHint).message,
            path: "\(Adjustment.list.path)/\(id)", action: words == .reject ? "reject" : "reverse",
            faults: fault.map { [($0.field, $0.message)] } ?? [], asksWhetherFalse: false, reader: visit.reader)
        return try await Panel.page(page, titled: page.title, status: fault?.status ?? .ok, for: visit)
    }

    private func ask(_ visit: Visit, _ id: Customer.ID, _ kind: Adjustment.Kind) async throws -> Response {
        let (balance, open) = try await account(of: id, visit)
        let blank = AdjustmentForm(
            kind,
            amount: kind == .refund && balance.inFavour.isPositive ? balance.inFavour.exactText(for: visit.reader) : "",
            on: visit.tenant.timeZone.day(at: visit.now), settling: open.first?.id)
        return try await page(blank, id, .ok, visit)
    }

    private func create(_ visit: Visit, _ id: Customer.ID, _ kind: Adjustment.Kind) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try AdjustmentForm(kind, sent, in: visit.tenant.currency, for: visit.reader)
        guard let new = form.adjustment else { return try await page(form, id, .unprocessableContent, visit) }
        do {
            let (_, path) = try await visit.once(sent) { database in
                let made = try await acts.adjust(
                    new, of: id, of: visit.tenant, by: visit.principal, in: database)
                return (made, "\(Adjustment.list.path)/\(made.id)")
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as PaymentRefusal {
            form.faults.append((refusal.field, refusal.message.text(for: visit.reader)))
            return try await page(form, id, refusal.status, visit)
        } catch let refusal as LedgerRefusal {
            form.faults.append(("amount", refusal.text(for: visit.reader)))
            return try await page(form, id, refusal.status, visit)
        } catch let refusal as any Refusal where refusal.status == .conflict {
            // A refusal by another room with a say in cash refunds.
            form.faults.append(("method", refusal.message.text(for: visit.reader)))
            return try await page(form, id, refusal.status, visit)
        }
    }

    private func account(of id: Customer.ID, _ visit: Visit) async throws -> (CustomerBalance, [Charge]) {
        guard let account = try await visit.database.account(of: id) else { throw AccessRefusal.notFound }
        let currency = visit.tenant.currency
        return (
            try await visit.database.balance(of: account, in: currency),
            try await visit.database.openCharges(of: account, in: currency)
        )
    }

    private func page(
        _ form: AdjustmentForm, _ id: Customer.ID, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let (balance, open) = try await account(of: id, visit)
        let page = NewAdjustmentPage(
            customer: customer, balance: balance, open: open,
            methods: try await visit.database.paymentMethods(of: visit.tenant).filter(\.isActive), form: form,
            visit: visit)
        return try await Panel.page(page, titled: form.title.text(for: visit.reader), status: status, for: visit)
    }

    private func found(_ id: Adjustment.ID, _ visit: Visit) async throws -> Adjustment {
        guard let adjustment = try await visit.database.adjustment(id) else { throw AccessRefusal.notFound }
        return adjustment
    }
}

/// The form for a refund or a withholding.
struct AdjustmentForm: Sendable {
    let kind: Adjustment.Kind
    /// As typed.
    let amount: String
    let day: String
    let method: String
    let reference: String
    let note: String
    let charge: Transaction.ID?
    var faults: [(name: String, text: String)] = []
    private(set) var adjustment: NewAdjustment?

    init(_ kind: Adjustment.Kind, amount: String, on today: Day, settling charge: Transaction.ID?) {
        (self.kind, self.amount, day, self.charge) = (kind, amount, today.iso, charge)
        (method, reference, note) = ("", "", "")
    }

    init(_ kind: Adjustment.Kind, _ fields: Fields, in currency: Currency, for reader: Reader) throws {
        try fields.allow(["amount", "method", "day", "reference", "note", "charge", FormID.field])
        self.kind = kind
        amount = FormText.line(fields["amount"], upTo: 30)
        day = FormText.line(fields["day"])
        method = FormText.line(fields["method"], upTo: 60)
        reference = FormText.line(fields["reference"], upTo: 60)
        note = FormText.line(fields["note"], upTo: 300)
        charge = kind == .withholding ? fields["charge"].flatMap { Transaction.ID($0) } : nil
        var money: Money?
        do throws(AmountRefusal) {
            money = try Money(typed: amount, in: currency, for: reader)
        } catch {
            faults.append(("amount", error.text(in: currency, for: reader)))
        }
        let on = Day(iso: day)
        if on == nil { faults.append(("day", PaymentWords.dayWrong.text(for: reader))) }
        if kind == .withholding, charge == nil {
            faults.append(("charge", PaymentRefusal.unknownCharge.message.text(for: reader)))
        }
        guard faults.isEmpty, let money, let on else { return }
        adjustment = NewAdjustment(
            kind, of: money, on: on, by: method, reference: reference, settling: charge, note: note)
    }

    var title: AdjustmentWords { kind == .refund ? .refund : .withhold }

    func fault(_ name: String) -> String? { faults.first { $0.name == name }?.text }
}

struct NewAdjustmentPage: View {
    let customer: Customer
    let balance: CustomerBalance
    let open: [Charge]
    let methods: [PaymentMethod]
    let form: AdjustmentForm
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "/panel/customers/\(customer.id)" }

    var body: Markup {
        Crumb(customer.name, path: path)
        h1 { form.title.text(for: reader) }
        HTML.form(
            .class("card form"), .method(.post), .action("\(path)/\(form.kind == .refund ? "refunds" : "withholdings")")
        ) {
            ErrorSummary(PaymentWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            p {
                "\(customer.name) · \(PaymentWords.owes.text(for: reader)): "
                strong { balance.balance.ledgerText(for: reader) }
            }
            if form.kind == .withholding { charge }
            text(.amount, "amount", form.amount, isRequired: true)
            if form.kind == .refund { method } else { tax }
            text(form.kind == .refund ? .reference : nil, "reference", form.reference, isRequired: false)
            FormField(
                (form.kind == .refund ? AdjustmentWords.refundDay : .certificateDay).text(for: reader), name: "day",
                error: form.fault("day")
            ) { wiring in
                input(wiring, .type("date"), .required(), .value(form.day))
            }
            text(.note, "note", form.note, isRequired: false)
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { PaymentWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { form.title.text(for: reader) }
            }
        }
    }

    private func text(_ words: PaymentWords?, _ name: String, _ value: String, isRequired: Bool) -> Markup {
        FormField(
            words?.text(for: reader) ?? AdjustmentWords.certificate.text(for: reader), name: name,
            error: form.fault(name)
        ) { wiring in
            input(
                wiring, .required(isRequired), .inputmode(name == "amount" ? "decimal" : "text"),
                .maxlength(name == "note" ? 300 : 60), .autocomplete("off"), .value(value))
        }.body
    }

    private var method: Markup {
        FormField(PaymentWords.method.text(for: reader), name: "method", error: form.fault("method")) { wiring in
            select(wiring) {
                for method in methods {
                    option(.value(method.word), .selected(method.word == form.method)) { method.name }
                }
            }
        }.body
    }

    private var tax: Markup {
        FormField(
            AdjustmentWords.tax.text(for: reader), name: "method", hint: AdjustmentWords.taxHint.text(for: reader),
            error: form.fault("method")
        ) { wiring in
            input(wiring, .required(), .maxlength(60), .autocomplete("off"), .value(form.method))
        }.body
    }

    private var charge: Markup {
        FormField(AdjustmentWords.charge.text(for: reader), name: "charge", error: form.fault("charge")) { wiring in
            select(wiring) {
                for charge in open.prefix(200) {
                    option(.value(charge.id.description), .selected(charge.id == form.charge)) {
                        "\(charge.kind.words.text(for: reader)) \(charge.note) · \(charge.open.exactText(for: reader))"
                    }
                }
            }
        }.body
    }
}

struct AdjustmentPage: View {
    let adjustment: Adjustment
    let fault: (any Refusal)?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(Adjustment.list.path)/\(adjustment.id)" }

    var body: Markup {
        Crumb(AdjustmentWords.adjustments.text(for: reader), path: Adjustment.list.path)
        PageHeading(adjustment.title(for: reader))
        p(.class("subject")) {
            a(.href("/panel/customers/\(adjustment.customer)/account")) { adjustment.customerName }
            StateMark(adjustment.state, for: reader)
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault.message.text(for: reader) } }
        if adjustment.state == .pending { p(.class("notice")) { AdjustmentWords.waits.text(for: reader) } }
        facts
        if adjustment.state == .pending, visit.mayAct(with: .paymentsApprove) {
            div(.class("acts")) {
                form(.method(.post), .action("\(path)/approve")) {
                    button(.type("submit"), .class("primary")) { PaymentWords.approve.text(for: reader) }
                }
                link("reject", .reject)
            }
        }
        if adjustment.state == .applied, visit.mayAct(with: .paymentsReverse) {
            div(.class("acts")) { link("reverse", .reverse) }
        }
    }

    private func link(_ segment: String, _ words: PaymentWords) -> Markup {
        a(.class("button danger"), .href("\(path)/\(segment)"), .data("dialog", "")) { words.text(for: reader) }
    }

    private var facts: Markup {
        let isRefund = adjustment.kind == .refund
        let moment: (Instant) -> String = { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
        let facts: [(Message, String)] = [
            (PaymentWords.amount.message, adjustment.amount.exactText(for: reader)),
            (isRefund ? PaymentWords.method.message : AdjustmentWords.tax.message, adjustment.methodName),
            (isRefund ? PaymentWords.reference.message : AdjustmentWords.certificate.message, adjustment.reference),
            (
                (isRefund ? AdjustmentWords.refundDay : .certificateDay).message,
                adjustment.day.text(.long, for: reader)
            ),
            (PaymentWords.note.message, adjustment.note),
            (PaymentWords.author.message, "\(adjustment.author) · \(moment(adjustment.madeAt))"),
            (
                PaymentWords.decider.message,
                adjustment.decidedAt.map {
                    "\(adjustment.state.text(for: reader)) · \(adjustment.decider) · \(moment($0))"
                } ?? ""
            ),
            (PaymentWords.reason.message, adjustment.reason),
        ]
        return dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }
}

extension Adjustment {
    /// "Devolución 12".
    func title(for reader: Reader) -> String { "\(kind.text(for: reader)) \(number)" }

    /// A card on the customer's page, where something can be refunded or withheld.
    static let card: any RoomPart = CustomerCards(
        40, for: .paymentsView,
        reading: { visit, customer in
            [visit.database.balanceStatement(of: customer.account, in: visit.tenant.currency)]
        },
        { rows, visit, customer in
            let balance = try CustomerBalance(rows[0], visit.tenant.currency)
            var links: [(AdjustmentWords, String)] = []
            if balance.inFavour.isPositive, visit.mayAct(with: .paymentsRefund) { links.append((.refund, "refunds")) }
            if balance.owed.isPositive, visit.mayAct(with: .paymentsWithhold) {
                links.append((.withhold, "withholdings"))
            }
            guard !links.isEmpty else { return nil }
            return CustomerCard(AdjustmentWords.adjustments.text(for: visit.reader), in: .side) {
                ul(.class("plain")) {
                    for (words, segment) in links {
                        li {
                            a(.href("\(Customer.list.path)/\(customer.account)/\(segment)/new"), .data("dialog", "")) {
                                words.text(for: visit.reader)
                            }
                        }
                    }
                }
            }
        })
}

enum AdjustmentWords: MessageCatalogue {
    case adjustments, none, search, number, kind, methodOrTax, refund, withhold, refundDay, certificateDay, certificate
    case tax, taxHint, charge, waits, rejectHint, reverseHint, chargeBack, chargeBackHint

    var message: Message {
        switch self {
        case .adjustments:
            Message(
                es: "Devoluciones y retenciones", en: "Refunds and withholdings", pt: "Devoluções e retenções")
        case .none:
            Message(
                es: "Todavía no hay devoluciones ni retenciones.", en: "There are no refunds or withholdings yet.",
                pt: "Ainda não há devoluções nem retenções.")
        case .search:
            Message(
                es: "Número, referencia o certificado", en: "Number, reference or certificate",
                pt: "Número, referência ou certificado")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .methodOrTax: Message(es: "Forma o impuesto", en: "Method or tax", pt: "Forma ou imposto")
        case .refund:
            Message(es: "Devolver saldo a favor", en: "Refund what is in favour", pt: "Devolver saldo a favor")
        case .withhold: Message(es: "Registrar retención", en: "Write down a withholding", pt: "Registrar retenção")
        case .refundDay: Message(es: "Día de la devolución", en: "Day of the refund", pt: "Dia da devolução")
        case .certificateDay:
            Message(es: "Fecha del certificado", en: "Date of the certificate", pt: "Data do certificado")
        case .certificate:
            Message(es: "Número de certificado", en: "Certificate's number", pt: "Número do certificado")
        case .tax: Message(es: "Impuesto retenido", en: "Tax withheld", pt: "Imposto retido")
        case .taxHint:
            Message(
                es: "Como en el certificado: ISR, IVA, ReteFuente, ReteICA.",
                en: "As on the certificate: ISR, IVA, ReteFuente, ReteICA.",
                pt: "Como no certificado: IRRF, ISS, PIS, COFINS.")
        case .charge: Message(es: "De qué cargo", en: "Of which charge", pt: "De qual cobrança")
        case .waits:
            Message(
                es: "Espera la aprobación de otra persona. Hasta entonces no cambia el saldo.",
                en: "It waits for another's approval. Until then the balance does not change.",
                pt: "Aguarda a aprovação de outra pessoa. Até lá o saldo não muda.")
        case .rejectHint:
            Message(
                es: "No se devuelve nada; el saldo a favor queda como está.",
                en: "Nothing is given back; what is in favour stays.",
                pt: "Nada é devolvido; o saldo a favor fica como está.")
        case .reverseHint:
            Message(
                es: "El saldo vuelve a como estaba antes.", en: "The balance goes back to what it was.",
                pt: "O saldo volta ao que era antes.")
        case .chargeBack: Message(es: "Registrar contracargo", en: "Write down a chargeback", pt: "Registrar estorno")
        case .chargeBackHint:
            Message(
                es: "El banco retiró el dinero: lo que este pago cubrió se debe otra vez y se cobra como siempre.",
                en: "The bank took the money back: what this payment covered is owed again and collected as ever.",
                pt: "O banco retirou o dinheiro: o que este pagamento cobriu é devido outra vez e cobrado como sempre.")
        }
    }
}
