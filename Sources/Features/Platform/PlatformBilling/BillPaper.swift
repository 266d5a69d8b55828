import Access
import Documents
import HTTP
import Identifiers
import Locale
import Postgres
import Sandbox
import Tenancy
import Time

/// Prints a bill in the platform's brand, the same for everybody who asks.
package struct BillPrinter: Sendable {
    private let database: Database
    private let sandbox: Sandbox

    package init(database: Database, in sandbox: Sandbox) {
        self.database = database
        self.sandbox = sandbox
    }

    /// Throws `notFound` unless the bill is among the tenant's own postings.
    package func print(_ id: PlatformPosting.ID, of tenant: Tenant, in books: TenantDatabase) async throws -> Response {
        let postings = try await books.platformPostings()
        guard let posting = postings.first(where: { $0.id == id }), let bill = posting.bill else {
            throw AccessRefusal.notFound
        }
        let paper = BillPaper(
            posting: posting, bill: bill, isAnnulled: postings.contains { $0.reverses == id }, tenant: tenant,
            platform: try await database.platform.superTenant())
        let bytes = try await paper.document.pdf(in: sandbox, for: tenant.id.uuid)
        return Response(
            .ok, contentType: .pdf,
            headers: ["Content-Disposition": "attachment; filename=\"factura-\(bill.number).pdf\""],
            body: .bytes(bytes))
    }
}

struct BillPaper: Sendable {
    let posting: PlatformPosting
    let bill: PlatformBill
    let isAnnulled: Bool
    let tenant: Tenant
    let platform: Tenant

    var document: Document {
        let reader = tenant.reader
        let name = bill.name(for: reader)
        return Document(
            title: name, author: platform.name, language: reader.languageTag,
            paper: tenant.region.printsOnLetter ? .letter : .a4,
            accent: platform.brand.colour.rgb,
            letterhead: Letterhead(name: platform.official, lines: platform.taxLines),
            footer: platform.official,
            pageLabel: BillingWords.page.text(for: reader, .text("page", "{page}"), .text("pages", "{pages}")),
            made: posting.day.start(in: tenant.timeZone), blocks: blocks(name, reader))
    }

    private func blocks(_ name: String, _ reader: Reader) -> [Block] {
        var blocks: [Block] = [.title(name)]
        if isAnnulled { blocks.append(.paragraph(BillingWords.notPaidTwice.text(for: reader))) }
        let facts: [(BillingWords, String)] = [
            (.company, ([tenant.official] + tenant.taxLines).joined(separator: " · ")),
            (.plan, bill.plan.isEmpty ? BillingWords.noPlanName.text(for: reader) : bill.plan),
            (.period, bill.period.text(for: reader)), (.issuedOn, posting.day.text(.long, for: reader)),
            (.dueOn, bill.dueOn.text(.long, for: reader)),
            (.amount, amount(reader)),
        ]
        return blocks + [.facts(facts.map { Fact($0.text(for: reader), $1) })]
    }
}

extension BillPaper {
    /// With the currency's code, since its sign alone is ambiguous.
    private func amount(_ reader: Reader) -> String {
        let (text, code) = (posting.amount.exactText(for: reader), posting.amount.currency.code)
        return text.hasPrefix(code) ? text : "\(text) \(code)"
    }
}

extension Tenant {
    fileprivate var official: String { company.legalName.isEmpty ? name : company.legalName }

    fileprivate var taxLines: [String] {
        company.taxes.id.isEmpty ? [] : ["\(company.taxes.idLabel) \(company.taxes.id)"]
    }
}
