import Access
import Events
import HTTP
import Identifiers
import Locale
import Monitoring
import Nouns
import Postgres
import Routers
import Zones

extension Site {
    package func add(by principal: Principal, in database: TenantDatabase) async throws -> Site {
        try await database.transaction { database in
            let names = try await check(in: database)
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.insert(self, at: principal.now)
            }
            guard let added = try await database.site(id) else { throw ZoneRefusal.required }
            try await database.record(
                Act(.siteCreated, added.subject, after: added.details(naming: names)), by: principal.actor,
                at: principal.now)
            return added
        }
    }

    /// The site must be locked. A change without effect is not recorded.
    package func change(to changed: Site, by principal: Principal, in database: TenantDatabase) async throws -> Site {
        var changed = changed
        // Who is limited to zones does not see every site: what is not offered stays.
        if changed.upstream == nil, let upstream, try await database.site(upstream) == nil {
            changed.upstream = upstream
        }
        let (kept, known) = (changed, self)
        return try await database.transaction { database in
            let names = try await kept.check(in: database)
            let before = try await known.names(in: database)
            guard
                let act = Act.change(
                    .siteChanged, kept.subject, from: known.details(naming: before), to: kept.details(naming: names))
            else { return known }
            try await kept.keepingNamesFree { () async throws(DatabaseError) in try await database.update(kept) }
            try await database.record(act, by: principal.actor, at: principal.now)
            return kept
        }
    }

    package static func delete(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let site = try await database.site(id, locked: true) else { throw AccessRefusal.notFound }
            guard try await !database.isUsed(id, knowing: principal.catalogue) else { throw SiteRefusal.inUse }
            do {
                try await database.delete(id)
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw SiteRefusal.inUse
            }
            try await database.record(
                Act(.siteDeleted, site.subject, before: site.details(naming: site.names(in: database))),
                by: principal.actor, at: principal.now)
        }
    }

    /// Whether everything it refers to is there. Returns the names for the record.
    private func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> {
        guard try await !database.isTaken(siteName: name, besides: id) else { throw SiteRefusal.nameTaken }
        if let zone, try await database.zone(zone) == nil { throw ZoneRefusal.unknown }
        if let router {
            guard try await database.router(router) != nil else { throw RouterRefusal.unknown }
        }
        if let device {
            guard try await database.device(device) != nil else { throw SiteRefusal.unknownDevice }
        }
        if let upstream {
            let above = try await database.sitesAbove(upstream)
            guard let feeding = above.first else { throw SiteRefusal.unknown }
            guard feeding.kind != .box, !above.contains(where: { $0.id == id }) else { throw SiteRefusal.circular }
        }
        return try await names(in: database)
    }

    private func names(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> {
        let zone = try await database.zone(zone)?.name ?? ""
        var (upstreamName, routerName, deviceName) = ("", "", "")
        if let device { deviceName = try await database.device(device)?.name ?? "" }
        if let upstream { upstreamName = try await database.site(upstream)?.name ?? "" }
        if let router { routerName = try await database.router(router)?.name ?? "" }
        return ["zone": zone, "upstream": upstreamName, "router": routerName, "device": deviceName]
    }

    private func keepingNamesFree(_ act: () async throws(DatabaseError) -> Void) async throws {
        do {
            try await act()
        } catch let error where error.isUniqueViolation(of: "sites_by_name") {
            throw SiteRefusal.nameTaken
        } catch let error where error.isUniqueViolation(of: "sites_tenant_id_router_id_key") {
            throw SiteRefusal.routerElsewhere
        } catch let error where error.isUniqueViolation(of: "sites_tenant_id_device_id_key") {
            throw SiteRefusal.deviceElsewhere
        }
    }
}

package enum SiteRefusal: Refusal, MessageCatalogue {
    case nameTaken, inUse, unknown, circular, routerElsewhere, notServing, portTaken, portMissing, portOutside, full
    case unknownDevice, deviceElsewhere

    package var status: Status {
        switch self {
        case .nameTaken, .inUse, .routerElsewhere, .deviceElsewhere, .portTaken, .full: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .inUse: "site_in_use"
        case .unknown: "unknown_site"
        case .circular: "site_fed_by_itself"
        case .routerElsewhere: "router_elsewhere"
        case .notServing: "site_serves_nobody"
        case .portTaken: "port_taken"
        case .portMissing: "port_missing"
        case .portOutside: "port_outside"
        case .full: "site_full"
        case .unknownDevice: "unknown_device"
        case .deviceElsewhere: "device_elsewhere"
        }
    }

    var field: String {
        switch self {
        case .nameTaken, .inUse: "name"
        case .circular: "upstream"
        case .routerElsewhere: "router"
        case .unknownDevice, .deviceElsewhere: "device"
        case .unknown, .notServing, .full: "site"
        case .portTaken, .portMissing, .portOutside: "port"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay un sitio con ese nombre.", en: "There is a site of that name already.",
                pt: "Já há um local com esse nome.")
        case .inUse:
            Message(
                es: "Del sitio dependen otros sitios o servicios. Páselos a otro antes de eliminarlo.",
                tu: "Del sitio dependen otros sitios o servicios. Pásalos a otro antes de eliminarlo.",
                vos: "Del sitio dependen otros sitios o servicios. Pasalos a otro antes de eliminarlo.",
                en: "Other sites or services hang on it. Move them to another before deleting it.",
                pt: "Outros locais ou serviços dependem dele. Passe-os a outro antes de excluí-lo.")
        case .unknown: Message(es: "Ese sitio no existe.", en: "There is no such site.", pt: "Esse local não existe.")
        case .circular:
            Message(
                es: "Un sitio no puede depender de una caja, ni de sí mismo.",
                en: "A site cannot be fed by a box, nor by itself.",
                pt: "Um local não pode depender de uma caixa, nem de si mesmo.")
        case .routerElsewhere:
            Message(
                es: "Ese router está en otro sitio.", en: "That router is at another site.",
                pt: "Esse roteador está em outro local.")
        case .unknownDevice:
            Message(es: "Ese equipo no existe.", en: "There is no such device.", pt: "Esse equipamento não existe.")
        case .deviceElsewhere:
            Message(
                es: "Ese equipo está en otro sitio.", en: "That device is at another site.",
                pt: "Esse equipamento está em outro local.")
        case .notServing:
            Message(
                es: "Los servicios se conectan a una sectorial o a una caja.",
                en: "Services are connected to a sector or a box.",
                pt: "Os serviços se conectam a uma setorial ou a uma caixa.")
        case .portTaken:
            Message(es: "Ese puerto está ocupado.", en: "That port is taken.", pt: "Essa porta está ocupada.")
        case .portMissing:
            Message(
                es: "Diga a qué puerto de la caja.", tu: "Di a qué puerto de la caja.",
                vos: "Decí a qué puerto de la caja.", en: "Say which port of the box.",
                pt: "Diga a qual porta da caixa.")
        case .portOutside:
            Message(
                es: "La caja no tiene ese puerto.", en: "The box has no such port.", pt: "A caixa não tem essa porta.")
        case .full:
            Message(
                es: "La sectorial ya tiene todos los clientes que admite.", en: "The sector is full.",
                pt: "A setorial já tem todos os clientes que comporta.")
        }
    }
}
