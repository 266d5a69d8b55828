import API
import Access
import Customers
import Declarations
import HTTP
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Vault

/// Payments in the API, for programs and devices. Amounts are in minor units.
package struct PaymentAPI: Sendable {
    private let acts: PaymentActs
    private let printer: ReceiptPrinter
    private let vault: Vault
    private let randomness: Randomness

    package init(_ acts: PaymentActs, _ printer: ReceiptPrinter, vault: Vault, randomness: Randomness) {
        (self.acts, self.printer, self.vault, self.randomness) = (acts, printer, vault, randomness)
    }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/payments", .paymentsView, PaymentAPIWords.list, by: PaymentFilter.self) {
            visit, filter, page in
            try await visit.database.payments(
                after: page.after, in: filter.state, of: filter.customer, limit: page.limit)
        }
        routes.post("/api/v1/payments", .paymentsRegister, PaymentAPIWords.create) { (visit, input: PaymentInput) in
            let new = input.payment(
                in: visit.tenant.currency, today: visit.tenant.timeZone.day(at: visit.now),
                otherwise: .make(milliseconds: visit.now.milliseconds, from: randomness))
            guard let new else { throw PaymentRefusal.folioWrong }
            guard try await visit.database.customer(new.customer) != nil else { throw PaymentRefusal.unknownCustomer }
            return try await acts.register(new, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/payments/:id", .paymentsView, PaymentAPIWords.read) { (visit, id: Payment.ID) in
            try await visit.database.payment(id)
        }
        routes.file("/api/v1/payments/:id/receipt", .paymentsView, PaymentAPIWords.evidence, as: .png) {
            (visit, id: Payment.ID) in
            try await visit.database.evidence(of: id, from: vault).map {
                Response(.ok, contentType: .png, body: .bytes($0))
            }
        }
        routes.file("/api/v1/payments/:id/tickets/80", .paymentsView, PaymentAPIWords.ticket80, as: .binary) {
            (visit, id: Payment.ID) in try await ticket(of: id, on: .roll80, visit)
        }
        routes.file("/api/v1/payments/:id/tickets/58", .paymentsView, PaymentAPIWords.ticket58, as: .binary) {
            (visit, id: Payment.ID) in try await ticket(of: id, on: .roll58, visit)
        }
        routes.post("/api/v1/payments/:id/approvals", .paymentsApprove, PaymentAPIWords.approve) {
            (visit, _: NoInput, id: Payment.ID) in
            try await acts.approve(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/payments/:id/rejections", .paymentsApprove, PaymentAPIWords.reject) {
            (visit, input: PaymentReasonInput, id: Payment.ID) in
            try await acts.reject(
                id, because: input.reason, isFalse: input.isFalse, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/payments/:id/reversals", .paymentsReverse, PaymentAPIWords.reverse) {
            (visit, input: PaymentReasonInput, id: Payment.ID) in
            try await acts.reverse(
                id, of: visit.tenant, because: input.reason, isFalse: input.isFalse, by: visit.principal,
                in: visit.database)
        }
    }

    private func ticket(
        of id: Payment.ID, on format: ReceiptPrinter.Format, _ visit: Visit
    ) async throws -> Response? {
        guard let payment = try await visit.database.payment(id) else { return nil }
        return try await printer.ticket(payment, on: format, for: visit.tenant, in: visit.database)
    }
}

extension Payment: ListedResource {
    package static let schema = Schema.object(
        "Payment",
        [
            .required("id", .id, PaymentAPIWords.id),
            .required("series", .text, PaymentAPIWords.series),
            .required("number", .integer(1...Int.max), PaymentAPIWords.number),
            .required("customer", .id, PaymentAPIWords.customer),
            .required("method", .text, PaymentAPIWords.method),
            .required("amount", .integer(1...Int(Money.most)), PaymentAPIWords.amount),
            .required("currency", .text, PaymentAPIWords.currency),
            .required("day", .day, PaymentAPIWords.day),
            .required("reference", .text, PaymentAPIWords.reference),
            .required("note", .text, PaymentAPIWords.note),
            .required("state", .words(State.allCases.map(\.rawValue)), PaymentAPIWords.state),
            .required("held_for", .words(Hold.allCases.map(\.rawValue)), PaymentAPIWords.heldFor),
            .required("made_at", .text, PaymentAPIWords.madeAt),
            .required("author", .text, PaymentAPIWords.author),
            .required("decided_at", Schema.text.orNull, PaymentAPIWords.decidedAt),
            .required("decider", .text, PaymentAPIWords.decider),
            .required("reason", .text, PaymentAPIWords.reason),
            .required("has_receipt", .flag, PaymentAPIWords.hasEvidence),
        ])

    package var path: String { "/api/v1/payments/\(id)" }
    package var position: Int { entry }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("series", series)
            json.member("number", number)
            json.member("customer", customer.description)
            json.member("method", method)
            json.member("amount", Int(amount.minor))
            json.member("currency", amount.currency.code)
            json.member("day", day.iso)
            json.member("reference", reference)
            json.member("note", note)
            json.member("state", state.rawValue)
            json.member("held_for", hold.rawValue)
            json.member("made_at", madeAt.rfc3339)
            json.member("author", author)
            json.member("decided_at", decidedAt?.rfc3339)
            json.member("decider", decider)
            json.member("reason", reason)
            json.member("has_receipt", hasEvidence)
        }
    }
}

struct PaymentFilter: Input {
    static let schema = Schema.object(
        "PaymentFilter",
        [
            .optional("state", .words(Payment.State.allCases.map(\.rawValue)), PaymentAPIWords.ofState),
            .optional("customer", .id, PaymentAPIWords.ofCustomer),
        ])

    let state: Payment.State?
    let customer: Customer.ID?

    init(_ members: Members) {
        state = members.word("state")
        customer = members.id("customer")
    }
}

/// An offline device sends its own id, series and number later, and may repeat the request.
struct PaymentInput: Input {
    static let schema = Schema.object(
        "NewPayment",
        [
            .optional("id", .id, PaymentAPIWords.ownID),
            .required("customer", .id, PaymentAPIWords.customer),
            .required("method", .line(1...30), PaymentAPIWords.method),
            .required("amount", .integer(1...Int(Money.most)), PaymentAPIWords.amount),
            .optional("day", .day, PaymentAPIWords.day),
            .optional("reference", .line(0...60), PaymentAPIWords.reference),
            .optional("note", .line(0...300), PaymentAPIWords.note),
            .optional("charges", .list(of: .id), PaymentAPIWords.charges),
            .optional("series", .line(1...20), PaymentAPIWords.series),
            .optional("number", .integer(1...999_999_999), PaymentAPIWords.number),
        ])

    private let members: Members

    init(_ members: Members) { self.members = members }

    /// Nil for an invalid series, or one without a number.
    func payment(in currency: Currency, today: Day, otherwise id: Payment.ID) -> NewPayment? {
        let (series, number) = (members.text("series"), members.integer("number"))
        let folio = series.flatMap { series in number.flatMap { NewPayment.Folio(series: series, number: $0) } }
        guard (series == nil && number == nil) || folio != nil, let customer: Customer.ID = members.id("customer")
        else {
            return nil
        }
        return NewPayment(
            id: members.id("id") ?? id, customer: customer, method: members.text("method") ?? "",
            amount: Money(minor: Int64(members.integer("amount") ?? 0), currency), day: members.day("day") ?? today,
            reference: members.text("reference") ?? "", note: members.text("note") ?? "",
            chosen: (members.texts("charges") ?? []).prefix(200).compactMap { Transaction.ID($0) }, folio: folio)
    }
}

struct PaymentReasonInput: Input {
    static let schema = Schema.object(
        "PaymentReason",
        [
            .required("reason", .line(1...300), PaymentAPIWords.reason),
            .optional("false_receipt", .flag, PaymentAPIWords.falseReceipt),
        ])

    let reason: String
    let isFalse: Bool

    init(_ members: Members) {
        reason = members.text("reason") ?? ""
        isFalse = members["false_receipt"] == .bool(true)
    }
}

enum PaymentAPIWords: MessageCatalogue {
    case hasEvidence, evidence, ticket80, ticket58
    case list, create, read, approve, reject, reverse, id, ownID, series, number, customer, method, amount, currency,
        day
    case reference, note, state, heldFor, madeAt, author, decidedAt, decider, reason, falseReceipt, ofState, ofCustomer,
        charges

    var message: Message {
        switch self {
        case .hasEvidence:
            Message(
                es: "Si el cliente envió un comprobante.", en: "Whether the customer sent a receipt.",
                pt: "Se o cliente enviou um comprovante.")
        case .evidence:
            Message(
                es: "El comprobante que el cliente envió", en: "The receipt that the customer sent",
                pt: "O comprovante que o cliente enviou")
        case .ticket80:
            Message(
                es: "El comprobante de un pago en bytes ESC/POS, para papel de 80 mm",
                en: "A payment's receipt in ESC/POS bytes, for paper of 80 mm",
                pt: "O recibo de um pagamento em bytes ESC/POS, para papel de 80 mm")
        case .ticket58:
            Message(
                es: "El comprobante de un pago en bytes ESC/POS, para papel de 58 mm",
                en: "A payment's receipt in ESC/POS bytes, for paper of 58 mm",
                pt: "O recibo de um pagamento em bytes ESC/POS, para papel de 58 mm")
        case .list: Message(es: "Lista de pagos", en: "The payments", pt: "Lista de pagamentos")
        case .create: Message(es: "Registra un pago", en: "Writes a payment down", pt: "Registra um pagamento")
        case .read: Message(es: "Un pago", en: "One payment", pt: "Um pagamento")
        case .approve: Message(es: "Aprueba un pago", en: "Approves a payment", pt: "Aprova um pagamento")
        case .reject: Message(es: "Rechaza un pago", en: "Rejects a payment", pt: "Rejeita um pagamento")
        case .reverse: Message(es: "Reversa un pago", en: "Reverses a payment", pt: "Estorna um pagamento")
        case .id: Message(es: "Identifica el pago.", en: "Stands for the payment.", pt: "Identifica o pagamento.")
        case .ownID:
            Message(
                es: "El identificador que hizo su dispositivo; el mismo pago enviado otra vez no se repite.",
                en: "The identifier that your device made; the same payment sent again is not repeated.",
                pt: "O identificador feito pelo seu dispositivo; o mesmo pagamento enviado de novo não se repete.")
        case .series:
            Message(
                es: "La serie del dispositivo, en mayúsculas; vacía si el número es del servidor.",
                en: "The device's series, in capitals; empty where the server counts.",
                pt: "A série do dispositivo, em maiúsculas; vazia se o número é do servidor.")
        case .number: Message(es: "El número en la serie.", en: "The number in the series.", pt: "O número na série.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .method:
            Message(
                es: "La forma de pago: cash, transfer…", en: "The method of payment: cash, transfer…",
                pt: "A forma de pagamento: cash, transfer…")
        case .amount:
            Message(
                es: "El importe en unidades menores (centavos).", en: "The amount in minor units (cents).",
                pt: "O valor em unidades menores (centavos).")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .day:
            Message(
                es: "El día en que se pagó; hoy si no se dice.", en: "The day of the payment; today when not said.",
                pt: "O dia do pagamento; hoje se não for dito.")
        case .reference:
            Message(
                es: "La referencia del banco; solo letras y cifras cuentan.",
                en: "The bank's reference; only letters and digits count.",
                pt: "A referência do banco; só letras e dígitos contam.")
        case .note: Message(es: "Una nota.", en: "A note.", pt: "Uma nota.")
        case .state: Message(es: "Estado del pago.", en: "The payment's status.", pt: "Situação do pagamento.")
        case .heldFor:
            Message(
                es: "Por qué espera; vacío si no espera.", en: "Why it waits; empty if it does not.",
                pt: "Por que espera; vazio se não espera.")
        case .madeAt: Message(es: "Cuándo se registró.", en: "When it was written down.", pt: "Quando foi registrado.")
        case .author: Message(es: "Quién lo registró.", en: "Who wrote it down.", pt: "Quem registrou.")
        case .decidedAt: Message(es: "Cuándo se decidió.", en: "When it was decided.", pt: "Quando foi decidido.")
        case .decider: Message(es: "Quién lo decidió.", en: "Who decided it.", pt: "Quem decidiu.")
        case .reason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .falseReceipt:
            Message(
                es: "Si el comprobante es falso; cuenta en contra del cliente.",
                en: "Whether the receipt is false; it counts against the customer.",
                pt: "Se o comprovante é falso; conta contra o cliente.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .ofCustomer:
            Message(es: "Solo los de este cliente.", en: "Only those of this customer.", pt: "Só os deste cliente.")
        case .charges:
            Message(
                es: "Cargos que paga primero, en este orden; los demás siguen, los más antiguos primero.",
                en: "Charges that it pays first, in this order; the others follow, the oldest first.",
                pt: "Cobranças que paga primeiro, nesta ordem; as demais seguem, as mais antigas primeiro.")
        }
    }
}
