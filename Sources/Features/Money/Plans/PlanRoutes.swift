import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres

package struct PlanRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/plans", .plansRead, "Planes de internet", list)
        routes.get("/panel/plans/new", .plansManage, "Formulario para crear un plan", ask)
        routes.post("/panel/plans", .plansManage, "Crea un plan", create)
        routes.get("/panel/plans/:id", .plansRead, "Un plan", show)
        routes.post("/panel/plans/:id", .plansManage, "Cambia un plan", change)
        routes.get("/panel/plans/:id/delete", .plansManage, "Pregunta antes de eliminar un plan", askToDelete)
        routes.post("/panel/plans/:id/delete", .plansManage, "Elimina un plan que nunca se vendió", delete)
        routes.get("/panel/plans/:id/retire", .plansManage, "Pregunta antes de retirar un plan", askToRetire)
        routes.post("/panel/plans/:id/retire", .plansManage, "Retira un plan", retire)
        routes.post("/panel/plans/:id/sell", .plansManage, "Vuelve a vender un plan retirado", sellAgain)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(Plan.list.counting(usesIn: visit.catalogue), visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.usedPlans(query, knowing: visit.catalogue),
            counted: "FROM plans p WHERE \(visit.database.planConditions(query))")
        let new = (PlanWords.new.text(for: visit.reader), "\(Plan.list.path)/new")
        let page = ListPage(
            part,
            .init(
                .billing, none: PlanWords.none.message, intro: PlanWords.intro.message,
                search: PlanWords.search.message),
            new: visit.mayAct(with: .plansManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let form = NounForm(new: Plan.blank(for: visit, from: randomness), in: visit.notation)
        return try await page(form, nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: Plan.ID) async throws -> Response {
        let plan = try await found(id, in: visit.database)
        if visit.mayAct(with: .plansManage) {
            return try await page(NounForm(plan, in: notation(of: plan, visit)), plan, .ok, visit)
        }
        return try await Panel.page(
            NounPage(plan.name, of: plan, in: Plan.list, visit: visit), titled: plan.name, for: visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Plan>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let plan = form.applied(to: .blank(for: visit, from: randomness))
        do {
            let (_, path) = try await visit.once(sent) { database in
                (try await plan.add(by: visit.principal, in: database), Plan.list.path)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as PlanRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: Plan.ID) async throws -> Response {
        let plan = try await found(id, in: visit.database)
        var form = try NounForm<Plan>(
            try await visit.request.body.form(upTo: 8192), in: notation(of: plan, visit))
        guard form.faults.isEmpty else { return try await page(form, plan, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let plan = try await found(id, locked: true, in: database)
                if let late = sent.late(for: plan) { return NounForm<Plan>?.some(late) }
                _ = try await plan.change(to: sent.applied(to: plan), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, plan, .conflict, visit) }
            return Panel.done(.saved, at: Plan.list.path)
        } catch let refusal as PlanRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, plan, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: Plan.ID) async throws -> Response {
        let plan = try await found(id, in: visit.database)
        return try await Panel.confirm(
            PlanWords.deleteTitle.text(for: visit.reader, .name(plan.name)),
            text: PlanWords.deleteText.text(for: visit.reader), act: PlanWords.delete.text(for: visit.reader),
            action: "\(plan.panelPath)/delete", back: plan.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: Plan.ID) async throws -> Response {
        do {
            try await Plan.delete(id, by: visit.principal, in: visit.database)
            return Panel.done(.deleted, at: Plan.list.path)
        } catch PlanRefusal.sold {
            let plan = try await found(id, in: visit.database)
            var form = NounForm(plan, in: notation(of: plan, visit))
            form.add(PlanRefusal.sold, beside: "name")
            return try await page(form, plan, PlanRefusal.sold.status, visit)
        }
    }

    private func askToRetire(_ visit: Visit, id: Plan.ID) async throws -> Response {
        let plan = try await found(id, in: visit.database)
        return try await Panel.confirm(
            PlanWords.retireTitle.text(for: visit.reader, .name(plan.name)),
            text: PlanWords.retireText.text(for: visit.reader), act: PlanWords.retire.text(for: visit.reader),
            action: "\(plan.panelPath)/retire", back: plan.panelPath, for: visit)
    }

    private func retire(_ visit: Visit, id: Plan.ID) async throws -> Response {
        _ = try await Plan.retire(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Plan.list.path)
    }

    private func sellAgain(_ visit: Visit, id: Plan.ID) async throws -> Response {
        _ = try await Plan.sellAgain(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Plan.list.path)
    }

    private func found(_ id: Plan.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Plan {
        guard let plan = try await database.plan(id, locked: locked) else { throw AccessRefusal.notFound }
        return plan
    }

    /// A plan keeps its currency.
    private func notation(of plan: Plan, _ visit: Visit) -> Notation { Notation(plan.currency, for: visit.reader) }

    private func page(
        _ form: NounForm<Plan>, _ plan: Plan?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = plan?.name ?? PlanWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: plan?.panelPath ?? Plan.list.path, cancel: Plan.list.path,
            submit: plan == nil ? PlanWords.new.message : nil, visit: visit
        ) {
            if let plan { PlanActsBar(plan: plan, reader: visit.reader) }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// Below a plan's form: retiring it, or selling it again.
private struct PlanActsBar: View {
    let plan: Plan
    let reader: Reader

    var body: Markup {
        div(.class("acts")) {
            if plan.retiredAt == nil {
                a(.class("button"), .href("\(plan.panelPath)/retire"), .data("dialog", "")) {
                    PlanWords.retire.text(for: reader)
                }
            } else {
                form(.method(.post), .action("\(plan.panelPath)/sell")) {
                    button(.type("submit")) { PlanWords.sellAgain.text(for: reader) }
                }
            }
            a(.class("button danger"), .href("\(plan.panelPath)/delete"), .data("dialog", "")) {
                PlanWords.delete.text(for: reader)
            }
        }
    }
}

extension Plan {
    fileprivate var panelPath: String { "\(Plan.list.path)/\(id)" }
}
