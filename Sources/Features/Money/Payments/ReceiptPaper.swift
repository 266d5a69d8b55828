import Access
import Customers
import Documents
import HTTP
import Identifiers
import Ledger
import Locale
import Postgres
import Sandbox
import Tenancy
import TicketPrinting
import Time

/// Receipts for 80 and 58 mm rolls and for sheets.
package struct ReceiptPrinter: Sendable {
    enum Format: String, Sendable {
        case sheet = ""
        case roll80 = "80"
        case roll58 = "58"

        init(_ word: String) { self = Format(rawValue: word) ?? .sheet }
    }

    private let sandbox: Sandbox

    package init(in sandbox: Sandbox) { self.sandbox = sandbox }

    func print(
        _ payment: Payment, on format: Format, for tenant: Tenant, in database: TenantDatabase
    ) async throws -> Response {
        let document = try await document(of: payment, on: format, for: tenant, in: database)
        let bytes = try await document.pdf(in: sandbox, for: tenant.id.uuid)
        return Response(
            .ok, contentType: .pdf,
            headers: [
                "Content-Disposition": "inline; filename=\"comprobante-\(payment.folio).pdf\"",
                // The payment's page prints it in a frame.
                "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
            ],
            body: .bytes(bytes))
    }

    /// For a receipt printer that takes raw bytes.
    func ticket(
        _ payment: Payment, on format: Format, for tenant: Tenant, in database: TenantDatabase
    ) async throws -> Response {
        let document = try await document(
            of: payment, on: format == .sheet ? .roll80 : format, for: tenant, in: database)
        return Response(
            .ok, contentType: .binary,
            headers: ["Content-Disposition": "attachment; filename=\"comprobante-\(payment.folio).bin\""],
            body: .bytes(document.ticket))
    }

    private func document(
        of payment: Payment, on format: Format, for tenant: Tenant, in database: TenantDatabase
    ) async throws -> Document {
        guard [.applied, .reversed, .chargedBack].contains(payment.state) else { throw AccessRefusal.notFound }
        let balance = try await database.balance(of: payment.customer, in: payment.amount.currency)
        return ReceiptPaper(
            payment: payment, customerNumber: try await database.customer(payment.customer)?.number,
            settled: try await database.charges(settledBy: payment.id),
            announced: try await database.standingFee(of: payment.customer)?.amount, balance: balance.balance,
            tenant: tenant,
            footer: try await database.brandTexts()[.receiptFooter] ?? "",
            logo: try await database.brandPicture("logo", of: tenant.brand.logo), format: format
        ).document
    }
}

struct ReceiptPaper: Sendable {
    let payment: Payment
    let customerNumber: Int?
    let settled: [SettledCharge]
    /// The reconnection fee, charged once the service comes back.
    let announced: Money?
    /// The customer's current balance.
    let balance: Money
    let tenant: Tenant
    let footer: String
    let logo: [UInt8]?
    let format: ReceiptPrinter.Format

    private var reader: Reader { tenant.reader }

    var document: Document {
        let title = PaymentWords.receipt.text(for: reader, .text("number", payment.folio))
        let company = tenant.company.legalName.isEmpty ? tenant.name : tenant.company.legalName
        return Document(
            title: title, author: company, language: reader.languageTag, paper: paper,
            accent: tenant.brand.colour.rgb,
            letterhead: Letterhead(logo: format == .sheet ? logo : nil, name: company, lines: contact),
            footer: company, made: payment.madeAt, blocks: blocks(title))
    }

    private var contact: [String] {
        let (taxes, contact) = (tenant.company.taxes, tenant.company.contact)
        return [
            taxes.id.isEmpty ? "" : "\(taxes.idLabel) \(taxes.id)", contact.address,
            contact.phone?.text(in: tenant.region) ?? "",
        ].filter { !$0.isEmpty }
    }

    private var paper: Paper {
        switch format {
        case .roll80: .roll80
        case .roll58: .roll58
        case .sheet: tenant.region.printsOnLetter ? .letter : .a4
        }
    }

    private func blocks(_ title: String) -> [Block] {
        var blocks: [Block] = [.heading(title)]
        if payment.state == .reversed || payment.state == .chargedBack {
            blocks.append(.paragraph(PaymentWords.receiptReversed.text(for: reader)))
        }
        let facts: [(PaymentWords, String)] = [
            (.amount, payment.amount.exactText(for: reader)),
            (.customer, (customerNumber.map { "\($0) · " } ?? "") + payment.customerName),
            (.method, payment.methodName), (.reference, payment.reference),
            (.day, payment.day.text(.short, for: reader)),
            (.author, "\(payment.madeAt.text(.short, in: tenant.timeZone, for: reader)) · \(payment.author)"),
        ]
        blocks.append(.facts(facts.filter { !$0.1.isEmpty }.map { Fact($0.0.text(for: reader), $0.1) }))
        let covered =
            settled.map { Fact("\($0.kind.words.text(for: reader)) \($0.note)", $0.settled.exactText(for: reader)) }
            + (payment.state == .applied ? payment.rests(after: settled, announced: announced) : []).map {
                Fact($0.0.text(for: reader), $0.1.exactText(for: reader))
            }
        if !covered.isEmpty { blocks += [.rule, .sums(covered, strong: false)] }
        blocks += [
            .rule,
            .sums(
                [Fact(PaymentWords.balanceNow.text(for: reader), balance.ledgerText(for: reader))], strong: false),
        ]
        if !footer.isEmpty { blocks.append(.paragraph(footer)) }
        return blocks + [.small(PaymentWords.notFiscal.text(for: reader))]
    }
}
