import API
import Access
import Assembly
import Declarations
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let plansRead = Permission("plans.read")
    package static let plansManage = Permission("plans.manage")
}

extension EventKind {
    package static let planCreated = EventKind(
        "plan.created", Message(es: "Creó un plan", en: "Created a plan", pt: "Criou um plano"),
        told: Message(es: "Plan creado", en: "Plan created", pt: "Plano criado"), to: .plansRead)
    package static let planChanged = EventKind(
        "plan.changed", Message(es: "Cambió un plan", en: "Changed a plan", pt: "Alterou um plano"),
        told: Message(es: "Plan cambiado", en: "Plan changed", pt: "Plano alterado"), to: .plansRead)
    package static let planRetired = EventKind(
        "plan.retired", Message(es: "Retiró un plan", en: "Retired a plan", pt: "Retirou um plano"),
        told: Message(es: "Plan retirado", en: "Plan retired", pt: "Plano retirado"), to: .plansRead)
    package static let planSoldAgain = EventKind(
        "plan.sold_again",
        Message(es: "Volvió a vender un plan", en: "Sold a plan again", pt: "Voltou a vender um plano"),
        told: Message(es: "Plan otra vez en venta", en: "Plan sold again", pt: "Plano de volta à venda"), to: .plansRead
    )
    package static let planDeleted = EventKind(
        "plan.deleted", Message(es: "Eliminó un plan", en: "Deleted a plan", pt: "Excluiu um plano"),
        told: Message(es: "Plan eliminado", en: "Plan deleted", pt: "Plano excluído"), to: .plansRead)
}

extension RoomDeclarations {
    package static let plans = RoomDeclarations(
        "Plans",
        permissions: [
            GrantablePermission(
                .plansRead, Message(es: "Ver planes", en: "See plans", pt: "Ver planos"), heldBy: .everyRole,
                isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .plansManage,
                Message(es: "Crear y cambiar planes", en: "Create and change plans", pt: "Criar e alterar planos"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.network, 30), Message(es: "Planes de internet", en: "Internet plans", pt: "Planos de internet"),
                path: "/panel/plans", permission: .plansRead, icon: .billing,
                synonyms: Message(
                    es: "paquetes tarifas precios velocidades megas", en: "packages prices rates speeds",
                    pt: "pacotes tarifas preços velocidades megas"))
        ],
        events: [.planCreated, .planChanged, .planRetired, .planSoldAgain, .planDeleted],
        details: Plan.detailKinds,
        parts: [TenantFile.plans])
}

extension Room {
    package static let plans = Room(
        .plans, panel: { routes, context in PlanRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, context in PlanAPI(randomness: context.randomness).add(to: &routes) },
        setup: [
            SetupStep(
                40, Message(es: "Cree sus planes", en: "Create your plans", pt: "Crie seus planos"),
                path: "/panel/plans/new", permission: .plansManage
            ) { visit in
                try await visit.database.value(
                    "SELECT EXISTS (SELECT FROM plans WHERE tenant_id = \(visit.database.tenant))") ?? false
            }
        ])
}
