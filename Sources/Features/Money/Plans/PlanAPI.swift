import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Tenancy
import Time

/// Plans in the API.
package struct PlanAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/plans", .plansRead, PlanAPIWords.list) { visit in
            Plans(items: try await visit.database.plans(retiredToo: true))
        }
        routes.post("/api/v1/plans", .plansManage, PlanAPIWords.create) { (visit, new: NewNoun<Plan>) in
            try await new.noun(from: .blank(for: visit, from: randomness)).add(by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/plans/:id", .plansRead, PlanAPIWords.read) { (visit, id: Plan.ID) in
            try await visit.database.plan(id)
        }
        routes.patch(
            "/api/v1/plans/:id", .plansManage, PlanAPIWords.change,
            of: { (visit, id: Plan.ID) in try await visit.database.plan(id, locked: true) }
        ) { (visit, plan, changes: NounChanges<Plan>) in
            try await plan.change(to: changes.applied(to: plan), by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/plans/:id/retirement", .plansManage, PlanAPIWords.retire) {
            (visit, _: NoInput, id: Plan.ID) in
            try await Plan.retire(id, by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/plans/:id/retirement", .plansManage, PlanAPIWords.sellAgain) {
            (visit, id: Plan.ID) in
            _ = try await Plan.sellAgain(id, by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/plans/:id", .plansManage, PlanAPIWords.delete) { (visit, id: Plan.ID) in
            try await Plan.delete(id, by: visit.principal, in: visit.database)
        }
    }

    private struct Plans: Resource {
        let items: [Plan]

        static let schema = Schema.object("Plans", [.required("items", .list(of: Plan.schema), PlanAPIWords.list)])

        var path: String { "/api/v1/plans" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for plan in items { json.value(plan) } }
            }
        }
    }
}

extension Plan: Resource {
    package static let schema = Schema.object(
        "Plan",
        [
            .required("id", .id, PlanAPIWords.id),
            .required("currency", .words(Currency.allCases.map(\.code)), PlanAPIWords.currency),
            .required("state", .words(State.allCases.map(\.rawValue)), PlanAPIWords.state),
        ] + schemaFields)

    package var path: String { "/api/v1/plans/\(id)" }

    /// A new plan's defaults.
    static func blank(for visit: Visit, from randomness: Randomness) -> Plan {
        Plan(
            id: .make(milliseconds: visit.now.milliseconds, from: randomness), in: visit.tenant.currency)
    }
}

enum PlanAPIWords: MessageCatalogue {
    case list, create, read, change, retire, sellAgain, delete, id, currency, state

    var message: Message {
        switch self {
        case .list: Message(es: "Los planes, por nombre", en: "The plans, by name", pt: "Os planos, por nome")
        case .create: Message(es: "Crea un plan", en: "Makes a plan", pt: "Cria um plano")
        case .read: Message(es: "Un plan", en: "One plan", pt: "Um plano")
        case .change: Message(es: "Cambia un plan", en: "Changes a plan", pt: "Altera um plano")
        case .retire:
            Message(
                es: "Retira un plan: deja de venderse", en: "Retires a plan: it is sold no more",
                pt: "Retira um plano: deixa de ser vendido")
        case .sellAgain:
            Message(
                es: "Vuelve a vender un plan retirado", en: "Sells a retired plan again",
                pt: "Volta a vender um plano retirado")
        case .delete:
            Message(
                es: "Elimina un plan que nunca se vendió", en: "Deletes a plan that was never sold",
                pt: "Exclui um plano que nunca foi vendido")
        case .id: Message(es: "Identifica al plan.", en: "Stands for the plan.", pt: "Identifica o plano.")
        case .currency:
            Message(
                es: "La moneda de sus importes, que van en unidades mínimas.",
                en: "The currency of its amounts, which are in minor units.",
                pt: "A moeda dos seus valores, que vão em unidades mínimas.")
        case .state:
            Message(
                es: "in_use: en venta; retired: ya no se vende.", en: "in_use: on sale; retired: sold no more.",
                pt: "in_use: à venda; retired: não é mais vendido.")
        }
    }
}
