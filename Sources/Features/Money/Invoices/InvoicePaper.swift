import Access
import BankAccounts
import Barcodes
import Billing
import Documents
import HTTP
import Identifiers
import Locale
import Postgres
import Sandbox
import Tenancy
import Time

/// Prints invoices and credit notes on a sheet, and on rolls of 80 and 58 mm.
package struct InvoicePrinter: Sendable {
    package enum Format: String, Sendable {
        case sheet = ""
        case roll80 = "80"
        case roll58 = "58"

        init(_ word: String) { self = Format(rawValue: word) ?? .sheet }
    }

    private let sandbox: Sandbox

    package init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// `portal` is the company's own address, where customers find their invoices.
    func print(
        _ invoice: Invoice, on format: Format, for tenant: Tenant, at portal: String, in database: TenantDatabase
    ) async throws -> Response {
        let paper = InvoicePaper(
            invoice: invoice, lines: try await database.lines(of: invoice.id),
            accounts: try await database.bankAccounts(shownOnly: true), tenant: tenant,
            footer: try await database.brandTexts()[.invoiceFooter] ?? "",
            logo: try await database.brandPicture("logo", of: tenant.brand.logo),
            address: "\(portal)/portal/invoices/\(invoice.id)", format: format)
        let bytes = try await paper.document.pdf(in: sandbox, for: tenant.id.uuid)
        return Response(
            .ok, contentType: .pdf,
            headers: ["Content-Disposition": "inline; filename=\"\(invoice.folio).pdf\""], body: .bytes(bytes))
    }
}

struct InvoicePaper: Sendable {
    let invoice: Invoice
    let lines: [InvoiceLine]
    let accounts: [BankAccount]
    let tenant: Tenant
    let footer: String
    let logo: [UInt8]?
    let address: String
    let format: InvoicePrinter.Format

    private var reader: Reader { tenant.reader }

    var document: Document {
        let company = tenant.company.legalName.isEmpty ? tenant.name : tenant.company.legalName
        return Document(
            title: invoice.title(for: reader), author: company, language: reader.languageTag, paper: paper,
            accent: tenant.brand.colour.rgb,
            letterhead: Letterhead(logo: format == .sheet ? logo : nil, name: company, lines: contact),
            footer: company, made: invoice.madeAt, blocks: blocks)
    }

    private var paper: Paper {
        switch format {
        case .roll80: .roll80
        case .roll58: .roll58
        case .sheet: tenant.region.printsOnLetter ? .letter : .a4
        }
    }

    private var contact: [String] {
        let (taxes, contact) = (tenant.company.taxes, tenant.company.contact)
        return [
            taxes.id.isEmpty ? "" : "\(taxes.idLabel) \(taxes.id)", contact.address,
            contact.phone?.text(in: tenant.region) ?? "",
        ].filter { !$0.isEmpty }
    }

    private var blocks: [Block] {
        var blocks: [Block] = [.title(invoice.title(for: reader))]
        if invoice.state == .voided { blocks.append(.heading(InvoiceWords.voidedPaper.text(for: reader))) }
        blocks.append(.facts(facts))
        blocks.append(.rule)
        blocks.append(
            .sums(
                zip(lines, lines.map(\.net).shares(of: invoice.net)).map {
                    Fact($0.text(for: reader), $1.exactText(for: reader))
                }, strong: false))
        blocks.append(.rule)
        blocks.append(.together([.sums(sums, strong: false), .sums([total], strong: true)]))
        if invoice.kind == .invoice, invoice.state != .voided { blocks += payment }
        return blocks + [.together(closing)]
    }

    /// Kept together, so that no line of it is alone on a second page.
    private var closing: [Block] {
        var blocks: [Block] = []
        if invoice.kind == .invoice, invoice.state != .voided, let code = QRCode(address) {
            let squares = Squares(
                side: code.size + 2 * QRCode.quietZone,
                runs: code.runs.map { .init(row: $0.row, column: $0.column, length: $0.length) })
            blocks.append(.squares(squares, caption: [InvoiceWords.scan.text(for: reader)]))
        }
        if !footer.isEmpty { blocks.append(.paragraph(footer)) }
        return blocks + [.small(InvoiceWords.notFiscal.text(for: reader))]
    }

    private var facts: [Fact] {
        let receiver = invoice.receiver
        let facts: [(InvoiceWords, String)] = [
            (.receiver, receiver.name), (.taxID, receiver.taxID),
            (.customer, "\(invoice.customerNumber) · \(invoice.customerName)"),
            (.issuedOn, invoice.issuedOn.text(.long, for: reader)),
            (.dueOn, invoice.kind == .invoice ? invoice.dueOn.text(.long, for: reader) : ""),
            (.early, invoice.early(on: invoice.issuedOn)?.text(for: reader) ?? ""), (.note, invoice.note),
        ]
        return facts.filter { !$0.1.isEmpty }.map { Fact($0.0.text(for: reader), $0.1) }
    }

    private var sums: [Fact] {
        var sums = [Fact(InvoiceWords.subtotal.text(for: reader), invoice.net.exactText(for: reader))]
        sums += invoice.taxes.map { Fact($0.text, $0.amount.exactText(for: reader)) }
        if !invoice.rounding.isZero {
            sums.append(Fact(InvoiceWords.rounding.text(for: reader), invoice.rounding.exactText(for: reader)))
        }
        return sums
    }

    /// With the currency's code, since its sign alone is ambiguous.
    private var total: Fact {
        let (text, code) = (invoice.total.exactText(for: reader), invoice.total.currency.code)
        return Fact(
            InvoiceWords.total.text(for: reader), text.hasPrefix(code) || format != .sheet ? text : "\(text) \(code)")
    }

    private var payment: [Block] {
        let howToPay = HowToPay(accounts, number: invoice.customerNumber, for: reader)
        let (name, reference) = howToPay.reference
        var blocks: [Block] = [
            .heading(howToPay.title), .facts([Fact(name, reference)]), .small(howToPay.hint),
        ]
        for account in accounts {
            let numbers = account.numbers(in: tenant.region, for: reader).map { Fact($0.name, $0.number) }
            // Side by side, so that a short invoice fits on one sheet.
            let line = numbers.map { "\($0.label) \($0.value)" } + (account.note.isEmpty ? [] : [account.note])
            blocks.append(
                .facts(
                    [Fact(account.bank, account.holder)]
                        + (format == .sheet
                            ? [Fact("", line.joined(separator: " · "))]
                            : numbers + (account.note.isEmpty ? [] : [Fact("", account.note)]))))
        }
        return blocks
    }
}

extension Invoice {
    func title(for reader: Reader) -> String {
        (kind == .invoice ? InvoiceWords.invoiceFolio : .creditNoteFolio).text(for: reader, .text("folio", folio))
    }
}

extension Invoice.TaxSum {
    /// "IVA 16 %".
    var text: String { "\(tax.name) \(tax.rate.text)" }
}

extension Percentage {
    fileprivate var text: String {
        let whole = millionths / 10_000
        let part = millionths % 10_000
        guard part > 0 else { return "\(whole) %" }
        let digits = String("\(10_000 + part)".dropFirst())
        let trailing = digits.reversed().prefix { $0 == "0" }.count
        return "\(whole).\(digits.dropLast(trailing)) %"
    }
}

extension InvoiceLine {
    /// "2 × Visita", "Ajuste Básico · 1 may a 31 may".
    func text(for reader: Reader) -> String {
        DraftLine.text(kind, name, period, quantity, for: reader)
    }
}

extension DraftLine {
    func text(for reader: Reader) -> String { Self.text(kind, name, period, quantity, for: reader) }

    fileprivate static func text(
        _ kind: Kind, _ name: String, _ period: Period?, _ quantity: Int, for reader: Reader
    ) -> String {
        let named =
            switch kind {
            case .adjustment: InvoiceWords.adjustment.text(for: reader, .name(name))
            case .credit: InvoiceWords.credit.text(for: reader, .name(name))
            case .plan, .charge, .other: quantity > 1 ? "\(quantity) × \(name)" : name
            }
        guard let period else { return named }
        let days = InvoiceWords.period.text(
            for: reader, .text("from", period.from.text(.short, for: reader)),
            .text("to", period.to.text(.short, for: reader)))
        return "\(named) · \(days)"
    }
}

extension [FineAmount] {
    /// Cents that sum to the whole; the rounding remainder goes to the shares that lost most.
    func shares(of whole: Money) -> [Money] {
        let unit = Int128(1_000_000 / whole.currency.minorPerUnit)
        var parts = map { Int64(clamping: Rounding.halfAwayFromZero.divide(Int128($0.millionths), by: unit)) }
        var missing = whole.minor - parts.reduce(0, +)
        let lost = indices.map { Int128(self[$0].millionths) - Int128(parts[$0]) * unit }
        let order = indices.sorted { missing > 0 ? lost[$0] > lost[$1] : lost[$0] < lost[$1] }
        for index in order where missing != 0 {
            parts[index] += missing.signum()
            missing -= missing.signum()
        }
        return parts.map { Money(minor: $0, whole.currency) }
    }
}
