import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Refunds and withholdings in the API. Amounts are in minor units.
package struct AdjustmentAPI: Sendable {
    private let acts: PaymentActs

    package init(_ acts: PaymentActs) { self.acts = acts }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/adjustments", .paymentsView, AdjustmentAPIWords.list, by: AdjustmentFilter.self) {
            visit, filter, page in
            try await visit.database.adjustments(
                after: page.after, of: filter.kind, for: filter.customer, limit: page.limit)
        }
        routes.get("/api/v1/adjustments/:id", .paymentsView, AdjustmentAPIWords.read) {
            (visit, id: Adjustment.ID) in try await visit.database.adjustment(id)
        }
        routes.post("/api/v1/customers/:id/refunds", .paymentsRefund, AdjustmentAPIWords.refund) {
            (visit, input: RefundInput, id: Customer.ID) in
            try await acts.adjust(
                input.new(for: visit), of: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/customers/:id/withholdings", .paymentsWithhold, AdjustmentAPIWords.withhold) {
            (visit, input: WithholdingInput, id: Customer.ID) in
            try await acts.adjust(
                input.new(for: visit), of: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/adjustments/:id/approvals", .paymentsApprove, AdjustmentAPIWords.approve) {
            (visit, _: NoInput, id: Adjustment.ID) in
            try await acts.approve(id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/adjustments/:id/rejections", .paymentsApprove, AdjustmentAPIWords.reject) {
            (visit, input: ReasonInput, id: Adjustment.ID) in
            try await acts.reject(id, because: input.reason, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/adjustments/:id/reversals", .paymentsReverse, AdjustmentAPIWords.reverse) {
            (visit, input: ReasonInput, id: Adjustment.ID) in
            try await acts.reverse(
                id, because: input.reason, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/payments/:id/chargebacks", .paymentsReverse, AdjustmentAPIWords.chargeBack) {
            (visit, input: ReasonInput, id: Payment.ID) in
            try await acts.chargeBack(
                id, of: visit.tenant, because: input.reason, by: visit.principal, in: visit.database)
        }
    }
}

extension Adjustment: ListedResource {
    package static let schema = Schema.object(
        "Adjustment",
        [
            .required("id", .id, AdjustmentAPIWords.id),
            .required("number", .integer(1...Int.max), AdjustmentAPIWords.number),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), AdjustmentAPIWords.kind),
            .required("customer", .id, PaymentAPIWords.customer),
            .required("amount", .integer(1...Int(Money.most)), PaymentAPIWords.amount),
            .required("currency", .text, PaymentAPIWords.currency),
            .required("day", .day, AdjustmentAPIWords.day),
            .required("method", .text, AdjustmentAPIWords.method),
            .required("reference", .text, AdjustmentAPIWords.reference),
            .required("charge", Schema.id.orNull, AdjustmentAPIWords.charge),
            .required("note", .text, PaymentAPIWords.note),
            .required("state", .words(State.allCases.map(\.rawValue)), AdjustmentAPIWords.state),
            .required("made_at", .text, PaymentAPIWords.madeAt),
            .required("author", .text, PaymentAPIWords.author),
            .required("decided_at", Schema.text.orNull, PaymentAPIWords.decidedAt),
            .required("decider", .text, PaymentAPIWords.decider),
            .required("reason", .text, PaymentAPIWords.reason),
        ])

    package var path: String { "/api/v1/adjustments/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("kind", kind.rawValue)
            json.member("customer", customer.description)
            json.member("amount", Int(amount.minor))
            json.member("currency", amount.currency.code)
            json.member("day", day.iso)
            json.member("method", method)
            json.member("reference", reference)
            json.member("charge", charge?.description)
            json.member("note", note)
            json.member("state", state.rawValue)
            json.member("made_at", madeAt.rfc3339)
            json.member("author", author)
            json.member("decided_at", decidedAt?.rfc3339)
            json.member("decider", decider)
            json.member("reason", reason)
        }
    }
}

struct AdjustmentFilter: Input {
    static let schema = Schema.object(
        "AdjustmentFilter",
        [
            .optional("kind", .words(Adjustment.Kind.allCases.map(\.rawValue)), AdjustmentAPIWords.ofKind),
            .optional("customer", .id, PaymentAPIWords.ofCustomer),
        ])

    let kind: Adjustment.Kind?
    let customer: Customer.ID?

    init(_ members: Members) { (kind, customer) = (members.word("kind"), members.id("customer")) }
}

struct RefundInput: Input {
    static let schema = Schema.object(
        "NewRefund",
        [
            .required("amount", .integer(1...Int(Money.most)), PaymentAPIWords.amount),
            .required("method", .line(1...30), PaymentAPIWords.method),
            .optional("day", .day, AdjustmentAPIWords.day),
            .optional("reference", .line(0...60), PaymentAPIWords.reference),
            .optional("note", .line(0...300), PaymentAPIWords.note),
        ])

    private let members: Members

    init(_ members: Members) { self.members = members }

    func new(for visit: Visit) -> NewAdjustment {
        NewAdjustment(
            .refund, of: Money(minor: Int64(members.integer("amount") ?? 0), visit.tenant.currency),
            on: members.day("day") ?? visit.tenant.timeZone.day(at: visit.now), by: members.text("method") ?? "",
            reference: members.text("reference") ?? "", note: members.text("note") ?? "")
    }
}

struct WithholdingInput: Input {
    static let schema = Schema.object(
        "NewWithholding",
        [
            .required("charge", .id, AdjustmentAPIWords.charge),
            .required("amount", .integer(1...Int(Money.most)), PaymentAPIWords.amount),
            .required("tax", .line(1...60), AdjustmentAPIWords.tax),
            .required("certificate", .line(1...60), AdjustmentAPIWords.certificate),
            .required("day", .day, AdjustmentAPIWords.certificateDay),
            .optional("note", .line(0...300), PaymentAPIWords.note),
        ])

    private let members: Members

    init(_ members: Members) { self.members = members }

    func new(for visit: Visit) -> NewAdjustment {
        NewAdjustment(
            .withholding, of: Money(minor: Int64(members.integer("amount") ?? 0), visit.tenant.currency),
            on: members.day("day") ?? visit.tenant.timeZone.day(at: visit.now), by: members.text("tax") ?? "",
            reference: members.text("certificate") ?? "", settling: members.id("charge"),
            note: members.text("note") ?? "")
    }
}

struct ReasonInput: Input {
    static let schema = Schema.object("Reason", [.required("reason", .line(1...300), PaymentAPIWords.reason)])

    let reason: String

    init(_ members: Members) { reason = members.text("reason") ?? "" }
}

enum AdjustmentAPIWords: MessageCatalogue {
    case list, read, refund, withhold, approve, reject, reverse, chargeBack, id, number, kind, day, method, reference
    case charge, state, ofKind, tax, certificate, certificateDay

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Lista de devoluciones y retenciones", en: "The refunds and withholdings",
                pt: "Lista de devoluções e retenções")
        case .read:
            Message(es: "Una devolución o retención", en: "A refund or withholding", pt: "Uma devolução ou retenção")
        case .refund:
            Message(
                es: "Devuelve saldo a favor", en: "Gives back what is in favour", pt: "Devolve saldo a favor")
        case .withhold:
            Message(es: "Registra una retención", en: "Writes a withholding down", pt: "Registra uma retenção")
        case .approve: Message(es: "Aprueba una devolución", en: "Approves a refund", pt: "Aprova uma devolução")
        case .reject: Message(es: "Rechaza una devolución", en: "Rejects a refund", pt: "Rejeita uma devolução")
        case .reverse:
            Message(
                es: "Reversa una devolución o retención", en: "Reverses a refund or withholding",
                pt: "Estorna uma devolução ou retenção")
        case .chargeBack:
            Message(
                es: "Registra que el banco retiró el dinero de un pago",
                en: "Writes down that the bank took a payment's money back",
                pt: "Registra que o banco retirou o dinheiro de um pagamento")
        case .id: Message(es: "La identifica.", en: "Stands for it.", pt: "Identifica-a.")
        case .number: Message(es: "Su número.", en: "Its number.", pt: "Seu número.")
        case .kind: Message(es: "Devolución o retención.", en: "Refund or withholding.", pt: "Devolução ou retenção.")
        case .day:
            Message(
                es: "El día de la devolución, hoy si no se dice; de una retención, el del certificado.",
                en: "The day of the refund, today when not said; of a withholding, the certificate's.",
                pt: "O dia da devolução, hoje se não for dito; de uma retenção, o do certificado.")
        case .method:
            Message(
                es: "La forma de pago; de una retención, el impuesto.",
                en: "The method of payment; of a withholding, the tax.",
                pt: "A forma de pagamento; de uma retenção, o imposto.")
        case .reference:
            Message(
                es: "La referencia del banco o el número del certificado.",
                en: "The bank's reference or the certificate's number.",
                pt: "A referência do banco ou o número do certificado.")
        case .charge:
            Message(
                es: "El cargo del que se retuvo: el identificador de la factura.",
                en: "The charge of which it was withheld: the invoice's identifier.",
                pt: "A cobrança da qual se reteve: o identificador da fatura.")
        case .state: Message(es: "Estado.", en: "Status.", pt: "Situação.")
        case .ofKind: Message(es: "Solo las de este tipo.", en: "Only those of this kind.", pt: "Só as deste tipo.")
        case .tax: Message(es: "El impuesto retenido.", en: "The tax withheld.", pt: "O imposto retido.")
        case .certificate:
            Message(es: "El número del certificado.", en: "The certificate's number.", pt: "O número do certificado.")
        case .certificateDay:
            Message(es: "La fecha del certificado.", en: "The certificate's date.", pt: "A data do certificado.")
        }
    }
}
