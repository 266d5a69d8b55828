import API
import Access
import Billing
import Customers
import Declarations
import HTML
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Services
import Tenancy
import Time

/// What a plan change costs, shown beforehand: the first invoice that differs.
package struct PlanChangeCost: Sendable, Equatable {
    /// The day of that invoice.
    package let day: Day
    /// The service's total on it, with and without the change; negative for a credit note.
    package let total: Money
    package let without: Money
    /// The adjustment for days already charged; negative if they become cheaper.
    package let adjustment: Money
    package let adjusted: Period?

    /// The days after the change within which its first invoice is issued, also with monthly billing in arrears.
    private static let longest = 62

    /// Nil if no invoice changes. Simulates billing day by day with both plans.
    package init?(
        of service: BillableService, of customer: BillableCustomer, changingTo terms: BillableService.Terms,
        on today: Day, by settings: BillingSettings, of taxes: Taxes
    ) throws(MoneyError) {
        var (kept, changed) = (service, service.changing(to: terms))
        for offset in 0...(max(0, terms.from - today) + Self.longest) {
            let day = today + offset
            let (before, after) = (try kept.draft(on: day, by: settings), try changed.draft(on: day, by: settings))
            if before != after {
                func total(_ lines: [DraftLine]) throws(MoneyError) -> Money {
                    let currency = service.terms.first?.price.currency ?? terms.price.currency
                    guard !lines.isEmpty else { return .zero(currency) }
                    let profile = service.user == nil ? service.profile : customer.profiles.first?.id
                    let draft = try InvoiceDraft(
                        lines, for: customer, in: customer.profiles.first { $0.id == profile }, by: taxes, in: currency)
                    return draft.kind == .creditNote ? try -draft.totals.total : draft.totals.total
                }
                let adjustments = after.lines.filter { $0.kind == .adjustment && !before.lines.contains($0) }
                let others = before.lines.filter { $0.kind == .adjustment && !after.lines.contains($0) }
                let periods = adjustments.compactMap(\.period)
                self.day = day
                self.total = try total(after.lines)
                without = try total(before.lines)
                adjustment = try total(adjustments) - total(others)
                adjusted = periods.map(\.from).min().flatMap { from in
                    periods.map(\.to).max().flatMap { Period(from: from, to: $0) }
                }
                return
            }
            kept.take(before)
            changed.take(after)
        }
        return nil
    }
}

extension BillableService {
    fileprivate func changing(to new: Terms) -> BillableService {
        var changed = self
        changed.terms.insert(new, at: terms.lastIndex { $0.from <= new.from }.map { $0 + 1 } ?? 0)
        return changed
    }

    /// The service's state after that invoice.
    fileprivate mutating func take(_ draft: ServiceDraft) {
        guard let charged = draft.periods.last else { return }
        last = charged
        credits = []
    }
}

extension BillableService.Terms {
    /// The plan's present terms.
    fileprivate init(_ plan: Plan, from day: Day) {
        self.init(
            from: day, plan: plan.id, name: plan.name, price: plan.price, isExempt: plan.tax == .exempt,
            charge: plan.charge,
            early: plan.earlyDiscount.isPositive
                ? EarlyPayment(.amount(plan.earlyDiscount), within: plan.earlyDays) : nil)
    }
}

extension PlanChangeCost {
    /// Nil if no invoice changes, or none is issued.
    static func find(
        of service: Service, to plan: Plan, from day: Day, on today: Day, of tenant: Tenant,
        in database: TenantDatabase
    ) async throws -> PlanChangeCost? {
        guard let settings = try await database.billingSettings(),
            let account = try await database.account(of: service.customer),
            let customer = try await database.billable([account], in: tenant.timeZone).first,
            let billable = customer.services.first(where: { $0.id == service.id })
        else { return nil }
        return try InvoiceRefusal.translating { () throws(MoneyError) in
            try PlanChangeCost(
                of: billable, of: customer, changingTo: .init(plan, from: day), on: today, by: settings,
                of: tenant.company.taxes)
        }
    }

    /// Prepaid days begin after the invoiced ones.
    static let rule: any RoomPart = PlanChangeRule(10) { service, plan, day, database in
        guard plan.charge == .byDays, let billed = try await database.billedThrough(service.id), billed >= day else {
            return
        }
        throw BilledThrough(billed)
    }

    static let part: any RoomPart = PlanChangePart(10) { service, plan, day, visit in
        guard try await visit.database.billingSettings() != nil else { return .nothing }
        let cost = try await find(
            of: service, to: plan, from: day, on: visit.today, of: visit.tenant, in: visit.database)
        let sentences = cost?.sentences(on: visit.today, visit.reader)
        return .group(
            (sentences ?? [PlanChangeWords.unchanged.text(for: visit.reader)]).map { text in p { text } })
    }

    private func sentences(on today: Day, _ reader: Reader) -> [String] {
        func amount(_ name: String, _ money: Money) -> Blank { .text(name, money.magnitude.exactText(for: reader)) }
        func date(_ name: String, _ day: Day) -> Blank { .text(name, day.text(.long, for: reader)) }
        var sentences: [String] = []
        if day > today { sentences.append(PlanChangeWords.nothingNow.text(for: reader)) }
        if let adjusted, !adjustment.isZero {
            let words = adjustment.isPositive ? PlanChangeWords.more : .less
            sentences.append(
                words.text(
                    for: reader, date("from", adjusted.from), date("to", adjusted.to), amount("amount", adjustment)))
        }
        sentences.append(
            (total.isNegative ? PlanChangeWords.creditNote : .invoice).text(
                for: reader, date("day", day), amount("total", total), .text("without", without.exactText(for: reader)))
        )
        return sentences
    }
}

extension TenantDatabase {
    /// The service's last invoiced day.
    fileprivate func billedThrough(_ service: Service.ID) async throws(DatabaseError) -> Day? {
        try await value(
            """
            SELECT max(to_day) FROM billed_periods
            WHERE tenant_id = \(tenant) AND service_id = \(service) AND NOT is_void
            """, as: Day?.self) ?? nil
    }
}

/// The API's query before a plan change.
struct PlanChangeQuery: Input {
    static let schema = Schema.object(
        "PlanChangeCostQuery",
        [
            .required("plan", .id, PlanChangeWords.plan),
            .optional("day", .day, PlanChangeWords.from),
        ])

    let plan: Plan.ID?
    let day: Day?

    init(_ members: Members) {
        plan = members.id("plan")
        day = members.day("day")
    }
}

struct AskedPlanChange: Resource {
    let service: Service.ID
    let plan: Plan
    let day: Day
    let cost: PlanChangeCost?

    static let schema = Schema.object(
        "PlanChangeCost",
        [
            .required("plan", .id, PlanChangeWords.plan),
            .required("day", .day, PlanChangeWords.from),
            .required("price", .integer(0...Int(Money.most)), PlanChangeWords.price),
            .required("invoice_on", Schema.day.orNull, PlanChangeWords.invoiceOn),
            .required("total", figure, PlanChangeWords.total),
            .required("without", figure, PlanChangeWords.without),
            .required("adjustment", figure, PlanChangeWords.adjustment),
            .required("adjusted_from", Schema.day.orNull, PlanChangeWords.adjustedFrom),
            .required("adjusted_to", Schema.day.orNull, PlanChangeWords.adjustedTo),
        ])

    private static let figure = Schema.integer(Int.min...Int.max).orNull

    var path: String { "/api/v1/services/\(service)/plan-change-cost" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("plan", plan.id.description)
            json.member("day", day.iso)
            json.member("price", Int(plan.price.minor))
            json.member("invoice_on", cost?.day.iso)
            json.member("total", cost.map { Int($0.total.minor) })
            json.member("without", cost.map { Int($0.without.minor) })
            json.member("adjustment", cost.map { Int($0.adjustment.minor) })
            json.member("adjusted_from", cost?.adjusted?.from.iso)
            json.member("adjusted_to", cost?.adjusted?.to.iso)
        }
    }

    static func find(_ query: PlanChangeQuery, of id: Service.ID, for visit: Visit) async throws -> AskedPlanChange? {
        guard let service = try await visit.database.service(id, on: visit.today) else { return nil }
        let change = PlanChange(plan: query.plan, day: query.day ?? visit.today)
        let plan = try await change.planned(
            for: service, on: visit.today, knowing: visit.catalogue, in: visit.database)
        return AskedPlanChange(
            service: id, plan: plan, day: change.day,
            cost: try await PlanChangeCost.find(
                of: service, to: plan, from: change.day, on: visit.today, of: visit.tenant, in: visit.database))
    }
}

enum PlanChangeWords: MessageCatalogue {
    case unchanged, nothingNow, more, less, invoice, creditNote
    case ask, plan, from, price, invoiceOn, total, without, adjustment, adjustedFrom, adjustedTo

    var message: Message {
        switch self {
        case .unchanged:
            Message(
                es: "Ninguna factura cambia por ahora.", en: "No invoice changes for now.",
                pt: "Nenhuma fatura muda por enquanto.")
        case .nothingNow:
            Message(es: "Hoy no se cobra nada.", en: "Nothing is charged today.", pt: "Hoje não se cobra nada.")
        case .more:
            Message(
                es: "Por los días ya facturados, del {from} al {to}, se suman {amount} a la próxima factura.",
                en: "For days invoiced already, from {from} to {to}, {amount} is added to the next invoice.",
                pt: "Pelos dias já faturados, de {from} a {to}, somam-se {amount} à próxima fatura.")
        case .less:
            Message(
                es: "Por los días ya facturados, del {from} al {to}, se descuentan {amount} de la próxima factura.",
                en: "For days invoiced already, from {from} to {to}, {amount} is taken off the next invoice.",
                pt: "Pelos dias já faturados, de {from} a {to}, descontam-se {amount} da próxima fatura.")
        case .invoice:
            Message(
                es: "La factura del {day} será de {total} por este servicio; sin el cambio sería de {without}.",
                en: "The invoice of {day} will be {total} for this service; without the change it would be {without}.",
                pt: "A fatura de {day} será de {total} por este serviço; sem a mudança seria de {without}.")
        case .creditNote:
            Message(
                es: "El {day} quedan {total} a favor por este servicio; sin el cambio la factura sería de {without}.",
                en:
                    "On {day} {total} is in favour for this service; without the change the invoice would be {without}.",
                pt: "Em {day} ficam {total} a favor por este serviço; sem a mudança a fatura seria de {without}.")
        case .ask:
            Message(
                es: "Cuánto costaría cambiar de plan, y desde cuándo",
                en: "What a change of plan would cost, and from when",
                pt: "Quanto custaria mudar de plano, e a partir de quando")
        case .plan: Message(es: "El plan nuevo.", en: "The new plan.", pt: "O plano novo.")
        case .from:
            Message(
                es: "Desde qué día; hoy si no se dice.", en: "From which day on; today where it is not said.",
                pt: "A partir de que dia; hoje se não se diz.")
        case .price:
            Message(
                es: "Su precio, en unidades menores.", en: "Its price, in minor units.",
                pt: "Seu preço, em unidades menores.")
        case .invoiceOn:
            Message(
                es: "Cuándo se emite la primera factura que cambia; nulo si no cambia ninguna.",
                en: "When the first invoice that changes is issued; null where none does.",
                pt: "Quando se emite a primeira fatura que muda; nulo se nenhuma muda.")
        case .total:
            Message(
                es: "Lo que esa factura cobra por el servicio, con impuestos; bajo cero, una nota de crédito.",
                en: "What that invoice charges for the service, with taxes; below zero, a credit note.",
                pt: "O que essa fatura cobra pelo serviço, com impostos; abaixo de zero, uma nota de crédito.")
        case .without:
            Message(
                es: "Lo que cobraría sin el cambio.", en: "What it would charge without the change.",
                pt: "O que cobraria sem a mudança.")
        case .adjustment:
            Message(
                es: "Lo que los días ya facturados cuestan de más; bajo cero, de menos.",
                en: "What days invoiced already cost more; below zero, less.",
                pt: "O que os dias já faturados custam a mais; abaixo de zero, a menos.")
        case .adjustedFrom:
            Message(es: "El primero de esos días.", en: "The first of those days.", pt: "O primeiro desses dias.")
        case .adjustedTo:
            Message(es: "El último de esos días.", en: "The last of those days.", pt: "O último desses dias.")
        }
    }
}
