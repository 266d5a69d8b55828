import API
import Access
import Billing
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// Invoices and credit notes as programs see them. Amounts are in minor units of their currency.
package struct InvoiceAPI: Sendable {
    private let acts: InvoiceActs
    private let printer: InvoicePrinter
    private let randomness: Randomness

    package init(_ acts: InvoiceActs, _ printer: InvoicePrinter, randomness: Randomness) {
        (self.acts, self.printer, self.randomness) = (acts, printer, randomness)
    }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/invoices", .invoicesView, InvoiceAPIWords.list, by: InvoiceFilter.self) {
            visit, filter, page in
            try await visit.database.invoices(
                after: page.after, of: filter.kind, in: filter.state, of: filter.customer, on: visit.today,
                limit: page.limit)
        }
        routes.get("/api/v1/invoices/:id", .invoicesView, InvoiceAPIWords.read) { (visit, id: Invoice.ID) in
            try await visit.database.invoice(id, on: visit.today)
        }
        routes.get("/api/v1/invoices/:id/lines", .invoicesView, InvoiceAPIWords.lines) { (visit, id: Invoice.ID) in
            guard try await visit.database.invoice(id, on: visit.today) != nil else { return InvoiceLines?.none }
            return InvoiceLines(invoice: id, items: try await visit.database.lines(of: id))
        }
        routes.file("/api/v1/invoices/:id/pdf", .invoicesView, InvoiceAPIWords.pdf, as: .pdf) {
            (visit, id: Invoice.ID) in
            guard let invoice = try await visit.database.invoice(id, on: visit.today) else { return nil }
            return try await printer.print(
                invoice, on: .sheet, for: visit.tenant, at: visit.address, in: visit.database)
        }
        routes.post("/api/v1/customers/:id/invoices", .invoicesIssue, InvoiceAPIWords.issue) {
            (visit, input: InvoiceInput, id: Customer.ID) in
            try await acts.issue(
                input.items(in: visit.tenant.currency), to: id, in: input.profile, note: input.note, of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/invoices/:id/credit-notes", .invoicesIssue, InvoiceAPIWords.credit) {
            (visit, input: CreditInput, id: Invoice.ID) in
            try await acts.credit(
                Money(minor: input.amount, visit.tenant.currency), of: id, because: input.reason, of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/invoices/:id/voids", .invoicesVoid, InvoiceAPIWords.void) {
            (visit, input: VoidInput, id: Invoice.ID) in
            try await acts.void(
                id, because: input.reason, issuingAnew: input.isReissued, of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/billing-preview", .invoicesRun, InvoiceAPIWords.preview) { visit -> BillingOutcome? in
            guard let settings = try await visit.database.billingSettings() else {
                return BillingOutcome(outcome: .init(in: visit.tenant.currency))
            }
            let run = BillingRun(of: visit.tenant, by: settings, on: visit.today, from: randomness)
            return BillingOutcome(outcome: try await BillingPreview(of: run, in: visit.database).outcome)
        }
        routes.post("/api/v1/billing-runs", .invoicesRun, InvoiceAPIWords.raise) { (visit, _: NoInput) in
            guard let settings = try await visit.database.billingSettings() else { throw InvoiceRefusal.notSetUp }
            let run = BillingRun(of: visit.tenant, by: settings, on: visit.today, from: randomness)
            return BillingOutcome(
                outcome: try await run.run(by: visit.principal.actor, at: visit.now, in: visit.database))
        }
    }

    private struct InvoiceLines: Resource {
        let invoice: Invoice.ID
        let items: [InvoiceLine]

        static let schema = Schema.object(
            "InvoiceLines", [.required("items", .list(of: InvoiceLine.schema), InvoiceAPIWords.lines)])

        var path: String { "/api/v1/invoices/\(invoice)/lines" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for line in items { json.value(line) } }
            }
        }
    }
}

extension Invoice: ListedResource {
    package static let schema = Schema.object(
        "Invoice",
        [
            .required("id", .id, InvoiceAPIWords.id),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), InvoiceAPIWords.kind),
            .required("folio", .text, InvoiceAPIWords.folio),
            .required("sequence", .integer(1...Int.max), InvoiceAPIWords.sequence),
            .required("customer", .id, InvoiceAPIWords.customer),
            .required("receiver_name", .text, InvoiceAPIWords.receiver),
            .required("receiver_tax_id", .text, InvoiceAPIWords.taxID),
            .required("issued_on", .day, InvoiceAPIWords.issuedOn),
            .required("due_on", .day, InvoiceAPIWords.dueOn),
            .required("currency", .text, InvoiceAPIWords.currency),
            .required("net", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.net),
            .required("tax", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.tax),
            .required("rounding", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.rounding),
            .required("total", .integer(0...Int(Money.most)), InvoiceAPIWords.total),
            .required("open", .integer(0...Int(Money.most)), InvoiceAPIWords.open),
            .required("state", .words(State.allCases.map(\.rawValue)), InvoiceAPIWords.state),
            .required(
                "early_discount", Schema.integer(1...Int(Money.most)).orNull, InvoiceAPIWords.earlyDiscount),
            .required("early_until", Schema.day.orNull, InvoiceAPIWords.earlyUntil),
            .required("is_early_granted", .flag, InvoiceAPIWords.earlyGranted),
            .required("corrects", Schema.id.orNull, InvoiceAPIWords.corrects),
            .required("note", .text, InvoiceAPIWords.note),
            .required("author", .text, InvoiceAPIWords.author),
            .required("made_at", .text, InvoiceAPIWords.madeAt),
            .required("voided_at", Schema.text.orNull, InvoiceAPIWords.voidedAt),
            .required("void_reason", .text, InvoiceAPIWords.reason),
        ])

    package var path: String { "/api/v1/invoices/\(id)" }
    package var position: Int { sequence }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("kind", kind.rawValue)
            json.member("folio", folio)
            json.member("sequence", sequence)
            json.member("customer", customer.description)
            json.member("receiver_name", receiver.name)
            json.member("receiver_tax_id", receiver.taxID)
            json.member("issued_on", issuedOn.iso)
            json.member("due_on", dueOn.iso)
            json.member("currency", total.currency.code)
            json.member("net", Int(net.minor))
            json.member("tax", Int(tax.minor))
            json.member("rounding", Int(rounding.minor))
            json.member("total", Int(total.minor))
            json.member("open", Int(open.minor))
            json.member("state", state.rawValue)
            json.member("early_discount", early.map { Int($0.amount.minor) })
            json.member("early_until", early?.until.iso)
            json.member("is_early_granted", early?.isGranted == true)
            json.member("corrects", corrects?.description)
            json.member("note", note)
            json.member("author", author)
            json.member("made_at", madeAt.rfc3339)
            json.member("voided_at", voidedAt?.rfc3339)
            json.member("void_reason", voidReason)
        }
    }
}

extension InvoiceLine: JSONWritable {
    static let schema = Schema.object(
        "InvoiceLine",
        [
            .required("kind", .words(DraftLine.Kind.allCases.map(\.rawValue)), InvoiceAPIWords.lineKind),
            .required("service", Schema.id.orNull, InvoiceAPIWords.service),
            .required("name", .text, InvoiceAPIWords.name),
            .required("from_day", Schema.day.orNull, InvoiceAPIWords.from),
            .required("to_day", Schema.day.orNull, InvoiceAPIWords.to),
            .required("quantity", .integer(1...10_000), InvoiceAPIWords.quantity),
            .required("amount", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.amount),
            .required("net", .text, InvoiceAPIWords.fineNet),
            .required("tax", .text, InvoiceAPIWords.fineTax),
            .required("tax_name", .text, InvoiceAPIWords.taxName),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", kind.rawValue)
            json.member("service", service?.description)
            json.member("name", name)
            json.member("from_day", period?.from.iso)
            json.member("to_day", period?.to.iso)
            json.member("quantity", quantity)
            json.member("amount", Int(amount.minor))
            json.member("net", net.text)
            json.member("tax", tax.text)
            json.member("tax_name", taxName)
        }
    }
}

/// What a run issued, or a preview would.
private struct BillingOutcome: Resource {
    let outcome: BillingRun.Outcome

    static let schema = Schema.object(
        "BillingOutcome",
        [
            .required("invoices", .integer(0...Int.max), InvoiceAPIWords.invoices),
            .required("credit_notes", .integer(0...Int.max), InvoiceAPIWords.creditNotes),
            .required("customers", .integer(0...Int.max), InvoiceAPIWords.customers),
            .required("total", .integer(-Int.max...Int.max), InvoiceAPIWords.total),
            .required("currency", .text, InvoiceAPIWords.currency),
            .required("faults", .list(of: .integer(1...Int.max)), InvoiceAPIWords.faults),
        ])

    var path: String { "/api/v1/billing-preview" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("invoices", outcome.invoices)
            json.member("credit_notes", outcome.creditNotes)
            json.member("customers", outcome.customers)
            json.member("total", Int(outcome.total.minor))
            json.member("currency", outcome.total.currency.code)
            json.array("faults") { json in for number in outcome.faults { json.value(number) } }
        }
    }
}

struct InvoiceFilter: Input {
    static let schema = Schema.object(
        "InvoiceFilter",
        [
            .optional("kind", .words(Invoice.Kind.allCases.map(\.rawValue)), InvoiceAPIWords.ofKind),
            .optional("state", .words(Invoice.State.allCases.map(\.rawValue)), InvoiceAPIWords.ofState),
            .optional("customer", .id, InvoiceAPIWords.ofCustomer),
        ])

    let kind: Invoice.Kind?
    let state: Invoice.State?
    let customer: Customer.ID?

    init(_ members: Members) {
        kind = members.word("kind")
        state = members.word("state")
        customer = members.id("customer")
    }
}

struct InvoiceInput: Input {
    static let schema = Schema.object(
        "NewInvoice",
        [
            .required("items", .list(of: item), InvoiceAPIWords.items),
            .optional("profile", .id, InvoiceAPIWords.profile),
            .optional("note", .line(0...300), InvoiceAPIWords.note),
        ])

    private static let item = Schema.object(
        "NewInvoiceLine",
        [
            .required("name", .line(1...200), InvoiceAPIWords.name),
            .optional("quantity", .integer(1...10_000), InvoiceAPIWords.quantity),
            .required("price", .integer(1...Int(Money.most)), InvoiceAPIWords.price),
            .optional("is_exempt", .flag, InvoiceAPIWords.exempt),
        ])

    let profile: FiscalProfile.ID?
    let note: String
    private let lines: [JSONObject]

    init(_ members: Members) {
        profile = members.id("profile")
        note = members.text("note") ?? ""
        guard case .array(let elements)? = members["items"] else {
            lines = []
            return
        }
        lines = elements.compactMap { if case .object(let line) = $0 { line } else { nil } }
    }

    func items(in currency: Currency) -> [InvoiceActs.Item] {
        lines.map { line in
            var (name, quantity, price, isExempt) = ("", Int64(1), Int64(0), false)
            if case .string(let text)? = line["name"] { name = text }
            if case .integer(let number)? = line["quantity"] { quantity = number }
            if case .integer(let number)? = line["price"] { price = number }
            if case .bool(let flag)? = line["is_exempt"] { isExempt = flag }
            return InvoiceActs.Item(
                name: name, quantity: Int(quantity), price: Money(minor: price, currency), isExempt: isExempt)
        }
    }
}

struct CreditInput: Input {
    static let schema = Schema.object(
        "NewCreditNote",
        [
            .required("amount", .integer(1...Int(Money.most)), InvoiceAPIWords.amount),
            .required("reason", .line(1...200), InvoiceAPIWords.reason),
        ])

    let amount: Int64
    let reason: String

    init(_ members: Members) {
        amount = Int64(members.integer("amount") ?? 0)
        reason = members.text("reason") ?? ""
    }
}

struct VoidInput: Input {
    static let schema = Schema.object(
        "InvoiceVoid",
        [
            .required("reason", .line(1...300), InvoiceAPIWords.reason),
            .optional("is_reissued", .flag, InvoiceAPIWords.reissued),
        ])

    let reason: String
    let isReissued: Bool

    init(_ members: Members) {
        reason = members.text("reason") ?? ""
        isReissued = members["is_reissued"] == .bool(true)
    }
}

enum InvoiceAPIWords: MessageCatalogue {
    case list, read, lines, pdf, issue, credit, void, preview, raise, id, kind, folio, sequence, customer, receiver,
        taxID
    case issuedOn, dueOn, currency, net, tax, rounding, total, open, state, corrects, note, author, madeAt, voidedAt,
        reason
    case lineKind, service, name, from, to, quantity, amount, fineNet, fineTax, taxName, invoices, creditNotes,
        customers,
        faults, earlyDiscount, earlyUntil, earlyGranted, ofKind, ofState, ofCustomer, items, profile, price, exempt,
        reissued

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las facturas y notas de crédito, en el orden en que se emitieron",
                en: "The invoices and credit notes, in the order of being issued",
                pt: "As faturas e notas de crédito, na ordem em que foram emitidas")
        case .read: Message(es: "Una factura", en: "One invoice", pt: "Uma fatura")
        case .lines: Message(es: "Los conceptos de una factura", en: "An invoice's lines", pt: "Os itens de uma fatura")
        case .pdf: Message(es: "Una factura en PDF", en: "An invoice as PDF", pt: "Uma fatura em PDF")
        case .issue:
            Message(
                es: "Emite una factura suelta a un cliente", en: "Issues a single invoice to a customer",
                pt: "Emite uma fatura avulsa a um cliente")
        case .credit:
            Message(
                es: "Emite una nota de crédito por parte de una factura",
                en: "Issues a credit note for a part of an invoice",
                pt: "Emite uma nota de crédito por parte de uma fatura")
        case .void:
            Message(
                es: "Anula una factura, y si se pide factura lo mismo de nuevo",
                en: "Voids an invoice, and on request invoices the same anew",
                pt: "Anula uma fatura e, se pedido, fatura o mesmo de novo")
        case .preview:
            Message(
                es: "Lo que se facturaría hoy", en: "What would be invoiced today", pt: "O que se faturaria hoje")
        case .raise:
            Message(
                es: "Factura lo que toca hoy", en: "Invoices what is due today", pt: "Fatura o que é devido hoje")
        case .id: Message(es: "Identifica la factura.", en: "Stands for the invoice.", pt: "Identifica a fatura.")
        case .kind:
            Message(es: "Factura o nota de crédito.", en: "Invoice or credit note.", pt: "Fatura ou nota de crédito.")
        case .folio: Message(es: "Serie y número.", en: "Series and number.", pt: "Série e número.")
        case .sequence:
            Message(
                es: "Su lugar entre todas las emitidas.", en: "Its place among all that were issued.",
                pt: "Seu lugar entre todas as emitidas.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .receiver: Message(es: "A nombre de quién está.", en: "In whose name it is.", pt: "Em nome de quem está.")
        case .taxID:
            Message(
                es: "Su identificación fiscal; vacía si es público en general.",
                en: "Their tax number; empty for the public in general.",
                pt: "Sua identificação fiscal; vazia se é público em geral.")
        case .issuedOn: Message(es: "El día de la factura.", en: "The invoice's day.", pt: "O dia da fatura.")
        case .dueOn:
            Message(es: "El último día para pagar.", en: "The last day to pay.", pt: "O último dia para pagar.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .net: Message(es: "Sin impuestos.", en: "Without taxes.", pt: "Sem impostos.")
        case .tax: Message(es: "Los impuestos.", en: "The taxes.", pt: "Os impostos.")
        case .rounding:
            Message(
                es: "Lo que falta para un importe que se pueda pagar.",
                en: "What is missing to an amount that can be paid.",
                pt: "O que falta para um valor que se possa pagar.")
        case .total: Message(es: "El total.", en: "The total.", pt: "O total.")
        case .open: Message(es: "Lo que falta pagar.", en: "What is still to be paid.", pt: "O que falta pagar.")
        case .state: Message(es: "Estado de la factura.", en: "The invoice's status.", pt: "Situação da fatura.")
        case .earlyDiscount:
            Message(
                es: "Cuánto menos paga quien paga pronto; null si no se ofrece.",
                en: "How much less who pays early pays; null where it is not offered.",
                pt: "Quanto a menos paga quem paga cedo; null se não se oferece.")
        case .earlyUntil:
            Message(
                es: "El último día de pronto pago.", en: "The last day of early payment.",
                pt: "O último dia de pagamento antecipado.")
        case .earlyGranted:
            Message(
                es: "Si el descuento se aplicó.", en: "Whether the discount was applied.",
                pt: "Se o desconto foi aplicado.")
        case .corrects:
            Message(
                es: "La factura que acredita o a la que sustituye.", en: "The invoice that it credits or replaces.",
                pt: "A fatura que credita ou substitui.")
        case .note: Message(es: "Una nota.", en: "A note.", pt: "Uma nota.")
        case .author: Message(es: "Quién la emitió.", en: "Who issued it.", pt: "Quem a emitiu.")
        case .madeAt: Message(es: "Cuándo se emitió.", en: "When it was issued.", pt: "Quando foi emitida.")
        case .voidedAt: Message(es: "Cuándo se anuló.", en: "When it was voided.", pt: "Quando foi anulada.")
        case .reason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .lineKind: Message(es: "Qué cobra.", en: "What it charges.", pt: "O que cobra.")
        case .service:
            Message(es: "El servicio que cobra.", en: "The service that it charges.", pt: "O serviço que cobra.")
        case .name: Message(es: "El concepto.", en: "What it is for.", pt: "A descrição.")
        case .from:
            Message(
                es: "El primer día que cobra.", en: "The first day that it charges.", pt: "O primeiro dia que cobra.")
        case .to:
            Message(es: "El último día que cobra.", en: "The last day that it charges.", pt: "O último dia que cobra.")
        case .quantity: Message(es: "Cuántos son.", en: "How many there are.", pt: "Quantos são.")
        case .amount:
            Message(
                es: "El importe en unidades menores (centavos).", en: "The amount in minor units (cents).",
                pt: "O valor em unidades menores (centavos).")
        case .fineNet:
            Message(
                es: "Sin impuestos, con seis decimales.", en: "Without taxes, with six decimals.",
                pt: "Sem impostos, com seis decimais.")
        case .fineTax:
            Message(
                es: "El impuesto, con seis decimales.", en: "The tax, with six decimals.",
                pt: "O imposto, com seis decimais.")
        case .taxName: Message(es: "Qué impuesto es.", en: "Which tax it is.", pt: "Qual imposto é.")
        case .invoices: Message(es: "Cuántas facturas.", en: "How many invoices.", pt: "Quantas faturas.")
        case .creditNotes:
            Message(es: "Cuántas notas de crédito.", en: "How many credit notes.", pt: "Quantas notas de crédito.")
        case .customers: Message(es: "A cuántos clientes.", en: "To how many customers.", pt: "A quantos clientes.")
        case .faults:
            Message(
                es: "Números de los servicios que no se pueden facturar.",
                en: "Numbers of the services that cannot be invoiced.",
                pt: "Números dos serviços que não se podem faturar.")
        case .ofKind: Message(es: "Solo de esta clase.", en: "Only of this kind.", pt: "Só desta classe.")
        case .ofState:
            Message(es: "Solo las de este estado.", en: "Only those of this status.", pt: "Só as desta situação.")
        case .ofCustomer:
            Message(es: "Solo las de este cliente.", en: "Only this customer's.", pt: "Só as deste cliente.")
        case .items: Message(es: "Los conceptos.", en: "The lines.", pt: "Os itens.")
        case .profile:
            Message(
                es: "A nombre de quién; sin ellos, público en general.",
                en: "In whose name; without, the public in general.",
                pt: "Em nome de quem; sem eles, público em geral.")
        case .price:
            Message(
                es: "El precio de uno, en unidades menores.", en: "The price of one, in minor units.",
                pt: "O preço de um, em unidades menores.")
        case .exempt: Message(es: "Si no paga impuesto.", en: "Whether it is not taxed.", pt: "Se não paga imposto.")
        case .reissued:
            Message(
                es: "Si se factura lo mismo de nuevo.", en: "Whether the same is invoiced anew.",
                pt: "Se o mesmo é faturado de novo.")
        }
    }
}
