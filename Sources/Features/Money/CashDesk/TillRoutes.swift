import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

struct TillRoutes: Sendable {
    let randomness: Randomness

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/tills", .cashManage, "Las cajas de la empresa", list)
        routes.post("/panel/tills", .cashManage, "Agrega una caja", create)
        routes.get("/panel/tills/new", .cashManage, "Formulario de una caja nueva", ask)
        routes.post("/panel/tills/settings", .cashManage, "Dice si se cobra solo con turno abierto", put)
        routes.get("/panel/tills/:id", .cashManage, "Formulario de una caja", show)
        routes.post("/panel/tills/:id", .cashManage, "Cambia una caja", change)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = TillsPage(
            tills: try await visit.database.tills(), requiresShift: try await visit.database.requiresShift(),
            visit: visit)
        return try await Panel.page(page, titled: CashDeskWords.tills.text(for: visit.reader), for: visit)
    }

    private func put(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["requires_shift", FormID.field])
        try await visit.database.requireShift(
            sent["requires_shift"] != nil, of: visit.tenant, by: visit.principal)
        return Panel.done(.saved, at: Till.path)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: blank(visit)), nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: Till.ID) async throws -> Response {
        let till = try await found(id, in: visit.database)
        return try await page(NounForm(till), till, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<Till>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let till = form.applied(to: blank(visit))
        do {
            _ = try await visit.once(sent) { database in
                (try await till.add(by: visit.principal, in: database), Till.path)
            }
            return Panel.done(.created, at: Till.path)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: Till.ID) async throws -> Response {
        let till = try await found(id, in: visit.database)
        var form = try NounForm<Till>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await page(form, till, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let till = try await found(id, locked: true, in: database)
                if let late = sent.late(for: till) { return NounForm<Till>?.some(late) }
                _ = try await till.change(to: sent.applied(to: till), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, till, .conflict, visit) }
            return Panel.done(.saved, at: Till.path)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, till, refusal.status, visit)
        }
    }

    private func blank(_ visit: Visit) -> Till {
        Till(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
    }

    private func found(_ id: Till.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Till {
        guard let till = try await database.till(id, locked: locked) else { throw AccessRefusal.notFound }
        return till
    }

    private func page(_ form: NounForm<Till>, _ till: Till?, _ status: Status, _ visit: Visit) async throws -> Response
    {
        let title = till?.name ?? CashDeskWords.newTill.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: till.map { "\(Till.path)/\($0.id)" } ?? Till.path, cancel: Till.path,
            submit: till == nil ? CashDeskWords.newTill.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

private struct TillsPage: View {
    let tills: [Till]
    let requiresShift: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = CashDeskWords.tills.text(for: reader)
        PageHeading(title) {
            if visit.mayAct(with: .cashManage) {
                NewLink(CashDeskWords.newTill.text(for: reader), path: "\(Till.path)/new")
            }
        }
        p(.class("hint lead")) { CashDeskWords.tillHint.text(for: reader) }
        if tills.isEmpty {
            EmptyState(.billing, CashDeskWords.noTills.text(for: reader))
        } else {
            table(title)
        }
        if visit.mayAct(with: .cashManage) { settings }
    }

    private var settings: Markup {
        form(.class("card form"), .method(.post), .action("\(Till.path)/settings")) {
            label(.class("choice")) {
                input(.type("checkbox"), .name("requires_shift"), .value("yes"), .checked(requiresShift))
                span { CashDeskWords.requiresShift.text(for: reader) }
            }
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) { NounWords.save.text(for: reader) }
            }
        }
    }

    private func table(_ title: String) -> Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr { for field in Till.fields { th(.scope("col")) { field.label.text(for: reader) } } }
                }
                tbody {
                    for till in tills {
                        tr {
                            td(.class("name")) { a(.href("\(Till.path)/\(till.id)")) { till.name } }
                            td { till.office }
                            td { (till.isActive ? NounWords.yes : .no).text(for: reader) }
                        }
                    }
                }
            }
        }
    }
}
