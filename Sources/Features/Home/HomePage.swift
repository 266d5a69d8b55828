import Access
import Audit
import Customers
import Events
import HTML
import Locale
import Panel
import Tenancy
import Time

struct HomePage: View {
    let today: Day
    let figures: CustomerFigures?
    let people: [StaffAtWork]?
    let events: [Event]?
    /// For the company's plan.
    let owes: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if owes { OverdueBar(reader: reader) }
        PageHeading(HomeWords.welcome.text(for: reader, .name(firstName))) {
            if visit.mayAct(with: .customersWrite) {
                NewLink(HomeWords.newCustomer.text(for: reader), path: "/panel/customers/new")
            }
        }
        p(.class("hint lead")) { today.text(.full, for: reader) }
        if let figures {
            if figures.total == 0 { start } else { CustomerSummary(figures: figures, reader: reader) }
        }
        if figures == nil && people == nil && events == nil {
            EmptyState(.home, HomeWords.nothingHere.text(for: reader))
        }
        div(.class("columns")) {
            if let figures, figures.total > 0 { CustomerCharts(figures: figures, reader: reader) }
            if let events { LatestEvents(events: events, visit: visit) }
            if let people { PeopleAtWork(people: people, visit: visit) }
        }
    }

    private var firstName: String { visit.person?.split(separator: " ").first.map(String.init) ?? "" }

    private var start: Markup {
        EmptyState(
            .customers, HomeWords.noCustomers.text(for: reader),
            act: visit.mayAct(with: .customersWrite)
                ? (HomeWords.newCustomer.text(for: reader), "/panel/customers/new") : nil
        ).body
    }
}

/// The numbers that somebody looks at each morning; each leads to who they count.
struct CustomerSummary: View {
    let figures: CustomerFigures
    let reader: Reader

    var body: Markup {
        ul(.class("tiles")) {
            tile(.customers, figures.total, "/panel/customers")
            tile(.active, figures.count(.active), Customer.State.active.path)
            tile(.inDebt, figures.count(.inDebt), Customer.State.inDebt.path, mark: "in_debt")
            tile(.suspended, figures.count(.suspended), Customer.State.suspended.path, mark: "suspended")
            tile(.newThisMonth, figures.newThisMonth, "/panel/customers?order=-since", note: change)
        }
    }

    private var change: String {
        HomeWords.lastMonth.text(for: reader, .number("number", figures.newLastMonth))
    }

    private func tile(_ words: HomeWords, _ count: Int, _ path: String, mark: String = "", note: String? = nil)
        -> Markup
    {
        li {
            a(.class("tile"), .href(path), .when(!mark.isEmpty && count > 0, .data("state", mark))) {
                span(.class("tile-name")) { words.text(for: reader) }
                strong { count.text(for: reader) }
                if let note { small { note } }
            }
        }
    }
}

struct CustomerCharts: View {
    let figures: CustomerFigures
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            BarChart(
                id: "new-customers", HomeWords.newByMonth.text(for: reader), summary: sentence, bars, reader: reader)
        }
        section(.class("card")) {
            ShareChart(
                HomeWords.byState.text(for: reader),
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
        return HomeWords.newByMonthSays.text(
            for: reader, .number("total", figures.newByMonth.reduce(0) { $0 + $1.count }),
            .text("month", most?.month.text(for: reader) ?? ""), .number("most", most?.count ?? 0))
    }
}

struct LatestEvents: View {
    let events: [Event]
    let visit: Visit

    var body: Markup {
        section(.class("card")) {
            h2 { HomeWords.latest.text(for: visit.reader) }
            if events.isEmpty {
                p(.class("hint")) { HomeWords.noEvents.text(for: visit.reader) }
            } else {
                EventTimeline(events: events, visit: visit, namesSubjects: true)
                p { a(.href("/panel/audit")) { HomeWords.wholeAudit.text(for: visit.reader) } }
            }
        }
    }
}

struct PeopleAtWork: View {
    let people: [StaffAtWork]
    let visit: Visit

    var body: Markup {
        section(.class("card")) {
            h2 { HomeWords.atWork.text(for: visit.reader) }
            ul(.class("people")) {
                for person in people {
                    li {
                        Icon.account
                        a(.href("/panel/staff/\(person.id)")) { person.name }
                        time(.class("hint"), .datetime(person.seenAt.rfc3339)) {
                            person.seenAt.text(.short, in: visit.tenant.zone, for: visit.reader)
                        }
                    }
                }
            }
        }
    }
}
