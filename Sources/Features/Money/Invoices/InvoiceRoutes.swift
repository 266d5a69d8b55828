import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

package struct InvoiceRoutes: Sendable {
    private let acts: InvoiceActs
    private let printer: InvoicePrinter
    private let randomness: Randomness
    private let files: ListFiles

    package init(_ acts: InvoiceActs, _ printer: InvoicePrinter, randomness: Randomness, files: ListFiles) {
        (self.acts, self.printer, self.randomness, self.files) = (acts, printer, randomness, files)
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/invoices", .invoicesView, "Lista de facturas", list)
        routes.get("/panel/invoices.csv", .invoicesView, "La lista de facturas como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/invoices.xlsx", .invoicesView, "La lista de facturas para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/invoices/:id", .invoicesView, "Una factura", show)
        routes.get("/panel/invoices/:id/pdf", .invoicesView, "Una factura en PDF o en ticket", print)
        routes.get("/panel/invoices/:id/void", .invoicesVoid, "Pregunta por qué se anula una factura", askWhy)
        routes.post("/panel/invoices/:id/void", .invoicesVoid, "Anula una factura", void)
        routes.get("/panel/invoices/:id/credit", .invoicesIssue, "Formulario de una nota de crédito", askCredit)
        routes.post("/panel/invoices/:id/credit", .invoicesIssue, "Emite una nota de crédito", credit)
        routes.get("/panel/customers/:id/invoices", .invoicesView, "Las facturas de un cliente", ofCustomer)
        routes.get("/panel/customers/:id/invoices/new", .invoicesIssue, "Formulario de una factura suelta", ask)
        routes.post("/panel/customers/:id/invoices", .invoicesIssue, "Emite una factura suelta", create)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try Invoice.query(visit)
        let (day, currency) = (visit.today, visit.tenant.currency)
        let (part, sums) = try await visit.database.invoices(of: query.text, for: visit.reader) { found, database in
            let (part, others) = try await visit.part(
                of: query, rows: database.invoices(query, found, on: day),
                counted: database.invoicesCounted(query, found, on: day),
                and: [database.invoicesSummed(query, found, in: currency, on: day)], in: database)
            return (part, try others.first?.first.map { row in try InvoiceSums(row: row) })
        }
        let page = ListPage(
            part, .init(.billing, none: InvoiceWords.none.message, search: InvoiceWords.customerOrFolio.message),
            options: ["month": Invoice.months(for: visit)],
            totals: sums.flatMap { $0.count > query.most ? nil : $0.text(in: currency, for: visit.reader) },
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        let day = visit.today
        return try await files.answer(try Invoice.query(visit), as: format, for: visit) { query in
            try await visit.database.invoices(of: query.text, for: visit.reader) { found, database in
                try await database.rows(database.invoices(query, found, on: day))
            }
        }
    }

    private func show(_ visit: Visit, id: Invoice.ID) async throws -> Response { try await page(of: id, nil, visit) }

    private func page(of id: Invoice.ID, _ fault: InvoiceRefusal?, _ visit: Visit) async throws -> Response {
        let invoice = try await found(id, visit)
        let page = InvoicePage(
            invoice: invoice, lines: try await visit.database.lines(of: id),
            related: try await related(to: invoice, visit), fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: invoice.title(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func related(to invoice: Invoice, _ visit: Visit) async throws -> InvoicePage.Related {
        let old: Invoice? =
            if let corrects = invoice.corrects { try await visit.database.invoice(corrects, on: visit.today) } else {
                nil
            }
        return InvoicePage.Related(
            corrects: old,
            corrected: try await visit.database.invoices(correcting: invoice.id, on: visit.today),
            users: try await visit.database.users(of: invoice))
    }

    private func print(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        let invoice = try await found(id, visit)
        return try await printer.print(
            invoice, on: .init(visit.request.query["paper"] ?? ""), for: visit.tenant, at: visit.address,
            in: visit.database)
    }

    private func askWhy(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        try await voidPage(found(id, visit), nil, visit)
    }

    private func void(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason", "reissue"])
        do {
            let shown = try await acts.void(
                id, because: FormText.line(sent["reason"], upTo: 300), issuingAnew: sent["reissue"] != nil,
                of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.invoiceVoided, at: "\(Invoice.list.path)/\(shown.id)")
        } catch let refusal as InvoiceRefusal where refusal == .reasonMissing {
            return try await voidPage(found(id, visit), refusal, visit)
        } catch let refusal as InvoiceRefusal {
            return try await page(of: id, refusal, visit)
        }
    }

    private func voidPage(_ invoice: Invoice, _ fault: InvoiceRefusal?, _ visit: Visit) async throws -> Response {
        let page = VoidInvoicePage(invoice: invoice, fault: fault, reader: visit.reader)
        return try await Panel.page(
            page, titled: InvoiceWords.void.text(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func askCredit(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        let invoice = try await found(id, visit)
        return try await creditPage(CreditForm(of: invoice, for: visit.reader), invoice, .ok, visit)
    }

    private func credit(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        let invoice = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try CreditForm(sent, in: invoice.total.currency, for: visit.reader)
        guard let amount = form.money, form.faults.isEmpty else {
            return try await creditPage(form, invoice, .unprocessableContent, visit)
        }
        do {
            let reason = form.reason
            let (_, path) = try await visit.once(sent) { database in
                let note = try await acts.credit(
                    amount, of: id, because: reason, of: visit.tenant, by: visit.principal, in: database)
                return (note, "\(Invoice.list.path)/\(note.id)")
            }
            return Panel.done(.created, at: path)
        } catch let refusal as InvoiceRefusal {
            form.faults.append((refusal.field, refusal.text(for: visit.reader)))
            return try await creditPage(form, invoice, refusal.status, visit)
        }
    }

    private func creditPage(
        _ form: CreditForm, _ invoice: Invoice, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let page = CreditPage(invoice: invoice, form: form, visit: visit)
        return try await Panel.page(
            page, titled: InvoiceWords.makeCreditNote.text(for: visit.reader), status: status, for: visit)
    }

    private func ofCustomer(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await customer(id, visit)
        let page = CustomerInvoicesPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer,
            invoices: try await visit.database.rows(
                visit.database.invoicesStatement(
                    concerning: id, on: visit.today, limit: CustomerInvoicesPage.shown + 1)),
            visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let form = InvoiceForm(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
        return try await formPage(form, id, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        var form = try InvoiceForm(sent, in: visit.tenant.currency, for: visit.reader)
        guard form.faults.isEmpty else { return try await formPage(form, id, .unprocessableContent, visit) }
        do {
            let invoice = try await acts.issue(
                form.items, to: id, in: form.profile, note: form.note, of: visit.tenant, as: form.id,
                by: visit.principal, in: visit.database)
            return Panel.done(.created, at: "\(Invoice.list.path)/\(invoice.id)")
        } catch let refusal as InvoiceRefusal {
            form.faults.append((refusal.field, refusal.text(for: visit.reader)))
            return try await formPage(form, id, refusal.status, visit)
        }
    }

    private func formPage(
        _ form: InvoiceForm, _ id: Customer.ID, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let customer = try await customer(id, visit)
        let page = NewInvoicePage(
            customer: customer, profiles: try await visit.database.fiscalProfiles(of: id), form: form, visit: visit)
        return try await Panel.page(
            page, titled: InvoiceWords.new.text(for: visit.reader), status: status, for: visit)
    }

    private func customer(_ id: Customer.ID, _ visit: Visit) async throws -> Customer {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        return customer
    }

    private func found(_ id: Invoice.ID, _ visit: Visit) async throws -> Invoice {
        guard let invoice = try await visit.database.invoice(id, on: visit.today) else { throw AccessRefusal.notFound }
        return invoice
    }
}

/// The form for crediting a part of an invoice.
struct CreditForm: Sendable {
    let amount: String
    let reason: String
    var faults: [(name: String, text: String)] = []
    private(set) var money: Money?

    init(of invoice: Invoice, for reader: Reader) {
        amount = invoice.open.isPositive ? invoice.open.exactText(for: reader) : ""
        reason = ""
    }

    init(_ fields: Fields, in currency: Currency, for reader: Reader) throws {
        try fields.allow(["amount", "reason", FormID.field])
        amount = FormText.line(fields["amount"], upTo: 30)
        reason = FormText.line(fields["reason"], upTo: 200)
        do throws(AmountRefusal) {
            money = try Money(typed: amount, in: currency, for: reader)
        } catch {
            faults.append(("amount", error.text(in: currency, for: reader)))
        }
        if reason.isEmpty { faults.append(("reason", InvoiceRefusal.reasonMissing.text(for: reader))) }
    }

    func fault(_ name: String) -> String? { faults.first { $0.name == name }?.text }
}

/// The form of a manual invoice of up to ten lines.
struct InvoiceForm: Sendable {
    struct Line: Sendable {
        var name = ""
        var quantity = "1"
        var price = ""
        var isExempt = false
    }

    static let lines = 10

    let id: Invoice.ID
    private(set) var typed = [Line](repeating: Line(), count: Self.lines)
    private(set) var profile: FiscalProfile.ID?
    private(set) var note = ""
    private(set) var items: [InvoiceActs.Item] = []
    var faults: [(name: String, text: String)] = []

    init(id: Invoice.ID) { self.id = id }

    init(_ fields: Fields, in currency: Currency, for reader: Reader) throws {
        let names = (1...Self.lines).flatMap { ["name-\($0)", "quantity-\($0)", "price-\($0)", "exempt-\($0)"] }
        try fields.allow(Set(names + ["id", "profile", "note"]))
        id = try FormText.id(fields["id"] ?? "")
        note = FormText.line(fields["note"], upTo: 300)
        if let word = fields["profile"], !word.isEmpty { profile = try FormText.id(word) }
        for number in 1...Self.lines {
            let line = Line(
                name: FormText.line(fields["name-\(number)"], upTo: 200),
                quantity: FormText.line(fields["quantity-\(number)"], upTo: 10),
                price: FormText.line(fields["price-\(number)"], upTo: 30),
                isExempt: fields["exempt-\(number)"] != nil)
            typed[number - 1] = line
            if line.name.isEmpty && line.price.isEmpty { continue }
            read(line, number, in: currency, for: reader)
        }
        if items.isEmpty, faults.isEmpty {
            faults.append(("name-1", InvoiceRefusal.nothingToCharge.text(for: reader)))
        }
    }

    private mutating func read(_ line: Line, _ number: Int, in currency: Currency, for reader: Reader) {
        guard !line.name.isEmpty else {
            faults.append(("name-\(number)", InvoiceRefusal.nothingToCharge.text(for: reader)))
            return
        }
        guard let quantity = Int(line.quantity.isEmpty ? "1" : line.quantity), (1...10_000).contains(quantity) else {
            faults.append(("quantity-\(number)", InvoiceRefusal.amountWrong.text(for: reader)))
            return
        }
        do throws(AmountRefusal) {
            let price = try Money(typed: line.price, in: currency, for: reader)
            guard price.isPositive else { throw .notANumber }
            items.append(
                InvoiceActs.Item(name: line.name, quantity: quantity, price: price, isExempt: line.isExempt))
        } catch {
            faults.append(("price-\(number)", error.text(in: currency, for: reader)))
        }
    }

    func fault(_ name: String) -> String? { faults.first { $0.name == name }?.text }
}
