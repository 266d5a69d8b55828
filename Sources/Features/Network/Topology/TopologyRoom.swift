import Access
import Assembly
import Declarations
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Zones

extension EventKind {
    package static let siteCreated = EventKind(
        "site.created", Message(es: "Agregó un sitio", en: "Added a site", pt: "Adicionou um local"),
        told: Message(es: "Sitio agregado", en: "Site added", pt: "Local adicionado"), to: .networkRead)
    package static let siteChanged = EventKind(
        "site.changed", Message(es: "Cambió un sitio", en: "Changed a site", pt: "Alterou um local"),
        told: Message(es: "Sitio cambiado", en: "Site changed", pt: "Local alterado"), to: .networkRead)
    package static let siteDeleted = EventKind(
        "site.deleted", Message(es: "Eliminó un sitio", en: "Deleted a site", pt: "Excluiu um local"),
        told: Message(es: "Sitio eliminado", en: "Site deleted", pt: "Local excluído"), to: .networkRead)
    package static let servicePlaced = EventKind(
        "service_place.put",
        Message(
            es: "Dijo a qué sectorial o caja se conecta un servicio", en: "Said which sector or box a service is on",
            pt: "Disse a qual setorial ou caixa um serviço se conecta"))
    package static let servicePlaceRemoved = EventKind(
        "service_place.removed",
        Message(
            es: "Quitó un servicio de su sectorial o caja", en: "Took a service away from its sector or box",
            pt: "Tirou um serviço da sua setorial ou caixa"))
}

extension EventKind {
    package static let servicesConnected = EventKind(
        "site.services_connected",
        Message(
            es: "Conectó varios servicios a un sitio", en: "Connected services to a site",
            pt: "Conectou vários serviços a um local"))
    package static let connectionsUndone = EventKind(
        "site.connections_undone",
        Message(
            es: "Deshizo la conexión de varios servicios", en: "Undid the connection of services",
            pt: "Desfez a conexão de vários serviços"))
    package static let mapTilesChanged = EventKind(
        "map_tiles.changed",
        Message(
            es: "Cambió el fondo del mapa", en: "Changed the background of the map", pt: "Alterou o fundo do mapa"))
}

extension Notice {
    package static let servicesConnected = Notice(
        "services_connected", ConnectWords.connected.message, undoneAt: ConnectRoutes.undoPath)
}

extension RoomDeclarations {
    package static let topology = RoomDeclarations(
        "Topology",
        menu: [
            MenuEntry(
                .menu(.network, 20), TopologyWords.sites.message, path: Site.path, permission: .networkRead,
                icon: .zones,
                synonyms: Message(
                    es: "torres nap cto topología mapa cobertura factibilidad",
                    en: "towers nap cto topology map coverage",
                    pt: "torres nap cto topologia mapa cobertura viabilidade"))
        ],
        notices: [.servicesConnected],
        events: [
            .siteCreated, .siteChanged, .siteDeleted, .servicePlaced, .servicePlaceRemoved, .servicesConnected,
            .connectionsUndone, .mapTilesChanged,
        ],
        details: details,
        parts: [
            ServicePart(12, ServicePlacePart.ofService),
            NounUse<Site>(10, "sites") { database, id in
                "FROM sites x WHERE x.tenant_id = \(database.tenant) AND x.upstream_id = \(id)"
            },
            NounUse<Site>(20, "services") { database, id in
                "FROM service_places x WHERE x.tenant_id = \(database.tenant) AND x.site_id = \(id)"
            },
            NounUse<Zone>(60, "sites") { database, id in
                "FROM sites x WHERE x.tenant_id = \(database.tenant) AND x.zone_id = \(id)"
            },
        ])

    private static let details: [DetailKind] = {
        var details = [DetailKind("services", TopologyWords.services.message)] + Site.detailKinds
        for kind in ServicePlace.detailKinds + MapTiles.detailKinds
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    package static let topology = Room(
        .topology,
        panel: { routes, context in
            SiteRoutes(files: context.files, randomness: context.randomness).add(to: &routes)
            ServicePlaceRoutes().add(to: &routes)
            ConnectRoutes().add(to: &routes)
        },
        api: { routes, context in TopologyAPI(randomness: context.randomness).add(to: &routes) })
}
