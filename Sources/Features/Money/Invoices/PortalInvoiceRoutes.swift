import Access
import BankAccounts
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Portal
import Subscribers
import Tenancy
import Time

/// A subscriber's own invoices, and how to pay them. The customer comes from the session alone.
package struct PortalInvoiceRoutes: Sendable {
    private let printer: InvoicePrinter

    package init(_ printer: InvoicePrinter) { self.printer = printer }

    static let path = "/portal/invoices"
    /// Several years of monthly invoices.
    private static let most = 100

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal/invoices", .portal, "Las facturas del cliente", list)
        routes.get("/portal/invoices/:id", .portal, "Una factura del cliente", show)
        routes.get("/portal/invoices/:id/pdf", .portal, "Una factura del cliente en PDF", print)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let page = PortalInvoicesPage(
            invoices: try await visit.database.invoices(of: subscriber.id, on: visit.today, limit: Self.most),
            accounts: try await visit.database.bankAccounts(shownOnly: true), number: subscriber.number, visit: visit)
        return try await Portal.page(page, on: .details, for: visit)
    }

    private func show(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        let invoice = try await own(id, visit)
        let page = PortalInvoicePage(
            invoice: invoice, lines: try await visit.database.lines(of: id),
            accounts: try await visit.database.bankAccounts(shownOnly: true),
            payNow: try await WayToPay.offers(of: invoice.open, for: visit), visit: visit)
        return try await Portal.page(page, on: .details, for: visit)
    }

    private func print(_ visit: Visit, id: Invoice.ID) async throws -> Response {
        try await printer.print(
            own(id, visit), on: .sheet, for: visit.tenant, at: visit.address, in: visit.database)
    }

    /// Another customer's invoice is not found.
    private func own(_ id: Invoice.ID, _ visit: Visit) async throws -> Invoice {
        let subscriber = try await visit.subscriber()
        guard let invoice = try await visit.database.invoice(id, on: visit.today), invoice.customer == subscriber.id
        else { throw AccessRefusal.notFound }
        return invoice
    }
}

struct PortalInvoicesPage: View {
    let invoices: [Invoice]
    let accounts: [BankAccount]
    let number: Int
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { InvoiceWords.myInvoices.text(for: reader) }
        if invoices.isEmpty {
            p { InvoiceWords.noneOwn.text(for: reader) }
        } else {
            InvoiceTable(invoices: invoices, path: PortalInvoiceRoutes.path, reader: reader)
        }
        HowToPay(accounts, number: number, for: reader)
    }
}

struct PortalInvoicePage: View {
    let invoice: Invoice
    let lines: [InvoiceLine]
    let accounts: [BankAccount]
    let payNow: Markup
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { invoice.title(for: reader) }
        p(.class("subject")) {
            StateMark(invoice.state, for: reader)
            if invoice.open.isPositive {
                span {
                    " \(InvoiceWords.open.text(for: reader)): \(invoice.open.exactText(for: reader)) · \(InvoiceWords.dueOn.text(for: reader)): \(invoice.dueOn.text(.long, for: reader))"
                }
            }
        }
        if let early = invoice.early(on: visit.today) {
            p(.class("notice")) { "\(InvoiceWords.early.text(for: reader)): \(early.text(for: reader))" }
        }
        payNow
        InvoiceLinesTable(invoice: invoice, lines: lines, reader: reader)
        p {
            a(.class("button"), .href("\(PortalInvoiceRoutes.path)/\(invoice.id)/pdf")) {
                InvoiceWords.download.text(for: reader)
            }
        }
        if invoice.open.isPositive {
            HowToPay(accounts, number: invoice.customerNumber, for: reader)
        }
    }
}
