import Access
import CashDesk
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Gastos e ingresos: list, form, and reversal.
struct ExpenseRoutes: Sendable {
    let files: ListFiles
    let randomness: Randomness

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/expenses", .expensesView, "Gastos e ingresos de la empresa", list)
        routes.get("/panel/expenses.csv", .expensesView, "Los gastos e ingresos como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/expenses.xlsx", .expensesView, "Los gastos e ingresos para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/expenses/new", .expensesManage, "Formulario de un gasto o ingreso", ask)
        routes.post("/panel/expenses", .expensesManage, "Registra un gasto o ingreso", create)
        routes.get("/panel/expenses/:id", .expensesView, "Un gasto o ingreso", show)
        routes.get("/panel/expenses/:id/reverse", .expensesManage, "Pregunta por qué se reversa", askWhy)
        routes.post("/panel/expenses/:id/reverse", .expensesManage, "Reversa un gasto o ingreso", reverse)
    }

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<HouseEntry> {
        var query = try ListQuery(HouseEntry.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.houseEntries(query), counted: visit.database.houseEntriesCounted(query)
        ).part
        let new = (ExpenseWords.new.text(for: visit.reader), "\(HouseEntry.list.path)/new")
        let page = ListPage(
            part, .init(.billing, none: ExpenseWords.none.message, intro: ExpenseWords.intro.message),
            new: visit.mayAct(with: .expensesManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.houseEntries(query))
        }
    }

    private func blank(_ visit: Visit) -> HouseEntry {
        HouseEntry(
            id: .make(milliseconds: visit.now.milliseconds, from: randomness),
            on: visit.tenant.timeZone.day(at: visit.now), in: visit.tenant.currency)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: blank(visit), in: visit.notation), .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<HouseEntry>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let entry = form.applied(to: blank(visit))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await entry.add(of: visit.tenant, by: visit.principal, in: database)
                return (added, "\(HouseEntry.list.path)/\(added.id)")
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as ExpenseRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        } catch let refusal as LedgerRefusal {
            form.add(refusal, beside: "day")
            return try await page(form, refusal.status, visit)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: "account")
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<HouseEntry>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = ExpenseWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: HouseEntry.list.path, cancel: HouseEntry.list.path, submit: ExpenseWords.save.message,
            visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func show(_ visit: Visit, id: HouseEntry.ID) async throws -> Response {
        let page = ExpensePage(entry: try await found(id, visit), visit: visit)
        return try await Panel.page(page, titled: page.title, for: visit)
    }

    private func askWhy(_ visit: Visit, id: HouseEntry.ID) async throws -> Response {
        try await whyPage(NounForm(new: Reversal()), try await found(id, visit), .ok, visit)
    }

    private func reverse(_ visit: Visit, id: HouseEntry.ID) async throws -> Response {
        let entry = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<Reversal>(sent)
        guard form.faults.isEmpty else { return try await whyPage(form, entry, .unprocessableContent, visit) }
        do {
            _ = try await HouseEntry.reverse(
                id, because: form.applied(to: Reversal()).reason,
                as: .make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant,
                by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: "\(HouseEntry.list.path)/\(id)")
        } catch let refusal as ExpenseRefusal {
            form.add(refusal, beside: refusal.field)
            return try await whyPage(form, entry, refusal.status, visit)
        }
    }

    private func whyPage(
        _ form: NounForm<Reversal>, _ entry: HouseEntry, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let path = "\(HouseEntry.list.path)/\(entry.id)"
        let title = ExpenseWords.reverse.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: "\(path)/reverse", cancel: path, submit: ExpenseWords.reverse.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func found(_ id: HouseEntry.ID, _ visit: Visit) async throws -> HouseEntry {
        guard let entry = try await visit.database.houseEntry(id) else { throw AccessRefusal.notFound }
        return entry
    }
}

/// The reason for reversing an entry.
struct Reversal: Fielded {
    static let noun = "Reversal"

    var reason = ""

    static let fields: [Field<Reversal>] = [
        .line("reason", \.reason, 1...300, ExpenseWords.reason.message).hint(ExpenseWords.reverseHint.message)
    ]
}

private struct ExpensePage: View {
    let entry: HouseEntry
    let visit: Visit

    private var reader: Reader { visit.reader }

    var title: String { "\(entry.category.text(for: reader)) · \(entry.number)" }

    var body: Markup {
        Crumb(HouseEntry.list, visit: visit)
        PageHeading(title)
        dl(.class("facts card")) {
            for field in HouseEntry.list.columns where field.name != "number" {
                let text = field.kind.text(of: field.get(entry), for: reader)
                if !text.isEmpty {
                    div {
                        dt { field.label.text(for: reader) }
                        dd { text }
                    }
                }
            }
            if !entry.reason.isEmpty {
                div {
                    dt { ExpenseWords.reason.text(for: reader) }
                    dd { entry.reason }
                }
            }
        }
        if entry.shift != nil {
            p(.class("hint")) { ExpenseWords.ofShift.text(for: reader) }
        } else if entry.state == .applied, visit.mayAct(with: .expensesManage) {
            div(.class("acts")) {
                a(.class("button"), .href("\(HouseEntry.list.path)/\(entry.id)/reverse"), .data("dialog", "")) {
                    ExpenseWords.reverse.text(for: reader)
                }
            }
        }
    }
}
