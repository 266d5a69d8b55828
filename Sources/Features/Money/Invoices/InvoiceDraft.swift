import Billing
import Customers
import Identifiers
import Locale
import Services
import Tenancy
import Time

/// A customer with everything that may be billed.
package struct BillableCustomer: Sendable, Equatable {
    package let id: Customer.ID
    package let number: Int
    package let name: String
    package var profiles: [FiscalProfile]
    package var services: [BillableService]

    package init(
        id: Customer.ID, number: Int = 1, name: String, profiles: [FiscalProfile] = [], services: [BillableService] = []
    ) {
        (self.id, self.number, self.name, self.profiles, self.services) = (id, number, name, profiles, services)
    }
}

/// An invoice or credit note without a number: shown by the preview, issued by the run.
package struct InvoiceDraft: Sendable, Equatable {
    package let kind: Invoice.Kind
    package let customer: Customer.ID
    package let receiver: Invoice.Receiver
    package let lines: [DraftLine]
    package let taxed: [TaxedLine]
    package let totals: InvoiceTotals

    /// A negative total makes a credit note with inverted amounts.
    init(
        _ lines: [DraftLine], for customer: BillableCustomer, in name: FiscalProfile?, by company: Taxes,
        in currency: Currency
    ) throws(MoneyError) {
        let exact = try Self.worked(lines, name, company)
        let totals = try InvoiceTotals(exact, in: currency)
        self.customer = customer.id
        receiver = Invoice.Receiver(name, or: customer.name)
        guard totals.total.isNegative else {
            (kind, self.lines, taxed, self.totals) = (.invoice, lines, exact, totals)
            return
        }
        let turned = try lines.map { line throws(MoneyError) in try line.turned() }
        kind = .creditNote
        self.lines = turned
        taxed = try Self.worked(turned, name, company)
        self.totals = try InvoiceTotals(taxed, in: currency)
    }

    private static func worked(
        _ lines: [DraftLine], _ name: FiscalProfile?, _ company: Taxes
    ) throws(MoneyError) -> [TaxedLine] {
        try lines.map { line throws(MoneyError) in
            try TaxedLine(line.amount, TaxTreatment(company, of: name, isExempt: line.isExempt))
        }
    }
}

extension DraftLine {
    fileprivate func turned() throws(MoneyError) -> DraftLine {
        DraftLine(
            kind, of: service, part: part, name: name, period: period, billedFrom: billedFrom,
            quantity: quantity, amount: try -amount,
            isExempt: isExempt)
    }
}

extension Invoice.Receiver {
    init(_ profile: FiscalProfile?, or name: String) {
        self.init(
            profile: profile?.id, name: profile?.legalName ?? name, taxID: profile?.taxID ?? "",
            regime: profile?.regime ?? "", purpose: profile?.purpose ?? "", postalCode: profile?.postalCode ?? "",
            address: profile?.address ?? "")
    }
}

extension TaxTreatment {
    /// The company's tax unless the sale is exempt; the receiver's own rule overrides both.
    init(_ company: Taxes, of profile: FiscalProfile?, isExempt: Bool) {
        let name = company.name.isEmpty ? "IVA" : company.name
        let rate: Int =
            switch profile?.tax ?? .plan {
            case .plan: isExempt ? 0 : company.rate.hundredths
            case .exempt: 0
            case .own: profile?.taxRate ?? 0
            }
        guard rate > 0 else {
            self = .exempt
            return
        }
        self.init([Tax(name, Percentage(millionths: Int64(rate) * 100))], included: company.areIncluded)
    }
}

/// Everything billed to a customer by a day.
package struct CustomerDraft: Sendable {
    package let customer: BillableCustomer
    private let company: Taxes
    package private(set) var invoices: [InvoiceDraft] = []
    /// Each with the index of the invoice that charges it; nil where nothing had to be paid.
    package private(set) var periods: [(service: Service.ID, period: BilledPeriod, invoice: Int?)] = []
    package private(set) var credits: [(credit: UUID, invoice: Int?)] = []
    /// Numbers of services that cannot be charged: an overflow, or two currencies in one service.
    package private(set) var faults: [Int] = []

    package init(of customer: BillableCustomer, on day: Day, by settings: BillingSettings, of company: Taxes) {
        (self.customer, self.company) = (customer, company)
        var groups: [Group] = []
        for service in customer.services {
            do throws(MoneyError) {
                let draft = try service.draft(on: day, by: settings)
                guard !draft.periods.isEmpty else { continue }
                let key = Group.Key(
                    profile: service.user == nil ? service.profile : customer.profiles.first?.id,
                    currency: service.terms[0].price.currency,
                    service: settings.grouping == .service ? service.id : nil,
                    user: service.user.flatMap { $0.isBilledApart ? $0.id : nil })
                // Untaxable lines are detected before they are combined with others.
                if !draft.lines.isEmpty { _ = try invoice(over: draft.lines, key) }
                if let place = groups.firstIndex(where: { $0.key == key }) {
                    groups[place].drafts.append((service, draft))
                } else {
                    groups.append(Group(key: key, drafts: [(service, draft)]))
                }
            } catch {
                faults.append(service.number)
            }
        }
        for group in groups { add(group) }
    }

    /// Drops everything, since the account's bounds would be exceeded.
    mutating func refuse() {
        faults = customer.services.map(\.number)
        (invoices, periods, credits) = ([], [], [])
    }

    private struct Group {
        struct Key: Equatable {
            let profile: FiscalProfile.ID?
            let currency: Currency
            let service: Service.ID?
            /// The services' user, if they get an invoice of their own.
            let user: Customer.ID?
        }

        let key: Key
        var drafts: [(service: BillableService, draft: ServiceDraft)]
    }

    private mutating func add(_ group: Group) {
        let lines = group.drafts.flatMap(\.draft.lines)
        var place: Int?
        if lines.contains(where: { !$0.amount.isZero }) {
            do throws(MoneyError) {
                invoices.append(try invoice(over: lines, group.key))
                place = invoices.count - 1
            } catch {
                faults += group.drafts.map(\.service.number)
                return
            }
        }
        for (service, draft) in group.drafts {
            periods += draft.periods.map { (service.id, $0, place) }
            credits += draft.credits.map { ($0, place) }
        }
    }

    private func invoice(over lines: [DraftLine], _ key: Group.Key) throws(MoneyError) -> InvoiceDraft {
        try InvoiceDraft(
            lines, for: customer, in: customer.profiles.first { $0.id == key.profile }, by: company,
            in: key.currency)
    }
}
