import Access
import Assembly
import Declarations
import HTML
import Locale
import Panel
import Tenancy
import Time

/// Customers on the panel's first page.
enum CustomerHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.customersRead) else { return [] }
        let figures = try await visit.database.customerFigures(
            for: 12, until: visit.tenant.timeZone.day(at: visit.now))
        let newCustomer = CustomerHomeWords.newCustomer.text(for: visit.reader)
        let mayCreate = visit.mayAct(with: .customersWrite)
        var parts: [HomePart] = []
        if mayCreate { parts.append(HomePart(.act, 10, NewLink(newCustomer, path: "/panel/customers/new"))) }
        if figures.total == 0 {
            let empty = EmptyState(
                .customers, CustomerHomeWords.noCustomers.text(for: visit.reader),
                act: mayCreate ? (newCustomer, "/panel/customers/new") : nil)
            return parts + [HomePart(.top, 50, empty)]
        }
        parts += tiles(figures, visit.reader).enumerated().map { HomePart(.tile, 10 + $0, $1) }
        return parts + [HomePart(.card, 10, CustomerCharts(figures: figures, reader: visit.reader))]
    }

    private static func tiles(_ figures: CustomerFigures, _ reader: Reader) -> [Tile] {
        func tile(
            _ words: CustomerHomeWords, _ count: Int, _ path: String, mark: String = "", note: String? = nil
        ) -> Tile {
            Tile(words.text(for: reader), count.text(for: reader), path: path, mark: count > 0 ? mark : "", note: note)
        }
        return [
            tile(.customers, figures.total, "/panel/customers"),
            tile(.active, figures.count(.active), Customer.State.active.path),
            tile(.inDebt, figures.count(.inDebt), Customer.State.inDebt.path, mark: "in_debt"),
            tile(.suspended, figures.count(.suspended), Customer.State.suspended.path, mark: "suspended"),
            tile(
                .newThisMonth, figures.newThisMonth, "/panel/customers?order=-since",
                note: CustomerHomeWords.lastMonth.text(for: reader, .number("number", figures.newLastMonth))),
        ]
    }
}

struct CustomerCharts: View {
    let figures: CustomerFigures
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            BarChart(
                id: "new-customers", CustomerHomeWords.newByMonth.text(for: reader), summary: sentence, bars,
                reader: reader)
        }
        section(.class("card")) {
            ShareChart(
                CustomerHomeWords.byState.text(for: reader),
                Customer.State.allCases.filter { figures.count($0) > 0 }.map { state in
                    ShareChart.Share(
                        state.text(for: reader), mark: state.rawValue, figures.count(state), path: state.path)
                }, reader: reader)
        }
    }

    private var bars: [BarChart.Bar] {
        figures.newByMonth.map { month, count in
            let name = month.text(for: reader)
            return BarChart.Bar(name, short: String(name.prefix(3)), count)
        }
    }

    private var sentence: String {
        let most = figures.newByMonth.max { $0.count < $1.count }
        return CustomerHomeWords.newByMonthSays.text(
            for: reader, .number("total", figures.newByMonth.reduce(0) { $0 + $1.count }),
            .text("month", most?.month.text(for: reader) ?? ""), .number("most", most?.count ?? 0))
    }
}

enum CustomerHomeWords: MessageCatalogue {
    case noCustomers, newCustomer, customers, active, inDebt, suspended, newThisMonth, lastMonth, newByMonth
    case newByMonthSays, byState

    var message: Message {
        switch self {
        case .noCustomers:
            Message(
                es: "Todavía no hay clientes. Empiece por el primero.",
                en: "There are no customers yet. Start with one.",
                pt: "Ainda não há clientes. Comece pelo primeiro.")
        case .newCustomer: Message(es: "Crear cliente", en: "Create customer", pt: "Criar cliente")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .active: Message(es: "Activos", en: "Active", pt: "Ativos")
        case .inDebt: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
        case .suspended: Message(es: "Suspendidos", en: "Suspended", pt: "Suspensos")
        case .newThisMonth: Message(es: "Altas del mes", en: "New this month", pt: "Novos no mês")
        case .lastMonth:
            Message(es: "{number} el mes pasado", en: "{number} last month", pt: "{number} no mês passado")
        case .newByMonth: Message(es: "Altas por mes", en: "New customers by month", pt: "Novos clientes por mês")
        case .newByMonthSays:
            Message(
                es: "{total} altas en doce meses; el mes con más fue {month}, con {most}.",
                en: "{total} new customers in twelve months; the best month was {month}, with {most}.",
                pt: "{total} novos clientes em doze meses; o melhor mês foi {month}, com {most}.")
        case .byState: Message(es: "Clientes por estado", en: "Customers by status", pt: "Clientes por situação")
        }
    }
}
