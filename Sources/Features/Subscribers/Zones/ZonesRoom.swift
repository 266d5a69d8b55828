import API
import Access
import Assembly
import Declarations
import Identity
import Locale
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let zonesManage = Permission("zones.manage")
}

extension Notice {
    package static let zoneCreated = Notice(
        "zone_created", Message(es: "Zona creada.", en: "Zone created.", pt: "Zona criada."))
}

extension EventKind {
    package static let zoneCreated = EventKind(
        "zone.created", Message(es: "Creó una zona", en: "Created a zone", pt: "Criou uma zona"))
    package static let zoneChanged = EventKind(
        "zone.changed", Message(es: "Cambió una zona", en: "Changed a zone", pt: "Alterou uma zona"))
    package static let zoneDeleted = EventKind(
        "zone.deleted", Message(es: "Eliminó una zona", en: "Deleted a zone", pt: "Excluiu uma zona"))
}

extension RoomDeclarations {
    package static let zones = RoomDeclarations(
        "Zones",
        permissions: [
            GrantablePermission(
                .zonesManage,
                Message(es: "Crear y cambiar zonas", en: "Create and change zones", pt: "Criar e alterar zonas"),
                heldBy: .ownerOnly)
        ],
        menu: [
            MenuEntry(
                .settings(.customers, 10), Message(es: "Zonas", en: "Zones", pt: "Zonas"), path: "/panel/zones",
                permission: .zonesManage, icon: .zones,
                synonyms: Message(
                    es: "cobertura barrios sectores", en: "coverage areas", pt: "cobertura bairros setores"))
        ],
        notices: [.zoneCreated],
        events: [
            .zoneCreated, .zoneChanged, .zoneDeleted,
        ],
        parts: [ZoneNames { ids, database in try await database.zoneNames(ids) }])
}

extension Room {
    package static let zones = Room(
        .zones, panel: { routes, context in ZoneRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, _ in ZoneAPI.add(to: &routes) },
        setup: [
            SetupStep(
                30, Message(es: "Cree sus zonas", en: "Create your zones", pt: "Crie suas zonas"), path: "/panel/zones",
                permission: .zonesManage
            ) { visit in
                try await visit.database.value(
                    "SELECT EXISTS (SELECT FROM coverage_zones WHERE tenant_id = \(visit.database.tenant))") ?? false
            }
        ])
}
