import Access
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Monitoring
import Nouns
import Postgres
import Routers
import Tenancy
import Time
import Topology
import Zones

extension NewIncident {
    /// Declares an outage that no monitor saw, of a site, a zone, a router or the whole network.
    package func declare(
        as id: Incident.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        let new = self
        return try await database.transaction { database in
            try await new.check(in: database)
            var incident = Incident(id: id, startedAt: principal.now)
            (incident.title, incident.site, incident.zone, incident.note) = (new.title, new.site, new.zone, new.note)
            if new.expectedMinutes > 0 {
                incident.expectedAt = principal.now + .seconds(new.expectedMinutes * 60)
            }
            return try await incident.open(on: new.router, by: principal, in: database)
        }
    }

    /// Whom it would affect if it were declared now, and whether they would be told.
    func foresee(at now: Instant, in database: TenantDatabase) async throws -> (customers: Int, isTold: Bool) {
        try await check(in: database)
        var incident = Incident(id: Incident.ID(database.tenant.uuid), startedAt: now)
        (incident.site, incident.zone) = (site, zone)
        let above = try await incident.sitesAbove(in: database)
        if incident.zone == nil { incident.zone = above.first?.zone }
        let maintenance = try await incident.maintenanceUnderWay(above, at: now, in: database)
        let isTold = try await database.outagePolicy().isTold
        return (
            try await database.customersAffected(site: site, zone: zone, router: router), isTold && maintenance == nil
        )
    }

    /// What is down, as a form carries it.
    var scope: String { site?.description ?? zone?.description ?? router?.description ?? "all" }

    private func check(in database: TenantDatabase) async throws {
        guard [site?.uuid, zone?.uuid, router?.uuid].compactMap(\.self).count <= 1 else {
            throw IncidentRefusal.scopeTwice
        }
        try await Incident.check(site: site, zone: zone, in: database)
        if let router, try await database.router(router) == nil { throw RouterRefusal.unknown }
    }
}

extension Incident {
    init(id: ID, startedAt: Instant) { (self.id, self.startedAt) = (id, startedAt) }

    static func check(site: Site.ID?, zone: Zone.ID?, in database: TenantDatabase) async throws {
        if let site, try await database.site(site) == nil { throw SiteRefusal.unknown }
        if let zone, try await database.zone(zone) == nil { throw ZoneRefusal.unknown }
    }

    /// Stores it with those it affects. What follows from it is queued in the same transaction.
    func open(
        on router: Router.ID? = nil, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        var incident = self
        let above = try await incident.sitesAbove(in: database)
        incident.author = principal.actor.name
        if incident.zone == nil { incident.zone = above.first?.zone }
        let maintenance = try await incident.maintenanceUnderWay(above, at: principal.now, in: database)
        (incident.maintenance, incident.isQuiet) = (maintenance?.id, maintenance != nil)
        let place =
            incident.zone?.uuid ?? incident.site?.uuid ?? incident.device ?? router?.uuid ?? database.tenant.uuid
        try await database.insert(incident, place: place, at: principal.now)
        try await database.affect(
            by: id, site: site, zone: site == nil ? self.zone : nil, router: router, from: startedAt,
            isEmpty: cause != .reported)
        try await database.record(
            Act(
                .incidentOpened, incident.subject,
                after: [Act.Detail("title", title), Act.Detail("note", note)].filter { !$0.value.isEmpty }),
            by: principal.actor, at: principal.now)
        try await database.queue(FollowIncident(id), at: principal.now)
        if let maintenance, cause != .device {
            try await database.queue(FollowIncident(id, at: maintenance.endsAt), at: maintenance.endsAt)
        }
        guard let opened = try await database.incident(id) else { throw ZoneRefusal.required }
        return opened
    }

    fileprivate func sitesAbove(in database: TenantDatabase) async throws -> [Site] {
        guard let site else { return [] }
        return try await database.sitesAbove(site)
    }

    /// The announced maintenance in which it begins.
    fileprivate func maintenanceUnderWay(
        _ above: [Site], at now: Instant, in database: TenantDatabase
    ) async throws -> Maintenance? {
        let zone = self.zone
        return try await database.comingMaintenances(at: now).first {
            $0.isActive(at: now) && $0.covers(zone: zone, above: above.map(\.id))
        }
    }

    package static func acknowledge(
        _ id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        try await database.changing(id) { incident, database in
            guard incident.state != .resolved else { throw IncidentRefusal.overAlready }
            guard incident.state == .open else { return incident }
            var changed = incident
            (changed.state, changed.acknowledgedAt) = (.acknowledged, principal.now)
            changed.acknowledger = principal.actor.name
            try await database.update(changed)
            try await database.record(
                Act(.incidentAcknowledged, incident.subject), by: principal.actor, at: principal.now)
            try await IncidentFollower.follow(changed, .acknowledged, by: principal, in: database)
            return changed
        }
    }

    /// Says when it should be over. Those who ask are told so from now on.
    package static func tell(
        _ news: IncidentNews, of id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        try await database.changing(id) { incident, database in
            guard incident.state != .resolved else { throw IncidentRefusal.overAlready }
            var changed = incident
            changed.note = news.note
            changed.expectedAt =
                news.expectedMinutes == 0 ? nil : principal.now + .seconds(news.expectedMinutes * 60)
            guard changed != incident else { return incident }
            try await database.update(changed)
            try await database.record(
                Act(
                    .incidentUpdated, incident.subject,
                    after: news.details().filter { !$0.value.isEmpty && $0.value != "0" }),
                by: principal.actor, at: principal.now)
            return changed
        }
    }

    package static func resolve(
        _ id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        try await database.changing(id) { incident, database in
            guard incident.state != .resolved else { throw IncidentRefusal.overAlready }
            if try await database.standing(of: incident, at: principal.now) == .down {
                throw IncidentRefusal.deviceDown
            }
            return try await incident.end(at: principal.now, partOf: nil, by: principal, in: database)
        }
    }

    /// Ends one that somebody declared by mistake: collection goes on, nothing is credited, and only those who were told
    /// of it are told so. What the monitor saw is no mistake of a person.
    package static func retract(
        _ id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        try await database.changing(id) { incident, database in
            guard incident.cause != .device else { throw AccessRefusal.notFound }
            guard incident.state != .resolved else { throw IncidentRefusal.overAlready }
            var mistaken = incident
            mistaken.isQuiet = true
            try await database.record(
                Act(.incidentRetracted, incident.subject), by: principal.actor, at: principal.now)
            return try await mistaken.end(at: principal.now, partOf: nil, by: principal, in: database)
        }
    }

    /// The incident must be locked.
    func end(
        at moment: Instant, partOf other: ID?, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        var changed = self
        (changed.state, changed.resolvedAt, changed.partOf) = (.resolved, max(moment, startedAt), other)
        changed.resolver = principal.actor.name
        try await database.update(changed)
        try await database.record(
            Act(.incidentResolved, subject, after: [Act.Detail("down_minutes", "\(changed.minutes(at: moment))")]),
            by: principal.actor, at: principal.now)
        try await database.queue(FollowIncident(id), at: principal.now)
        try await IncidentFollower.follow(changed, .ended, by: principal, in: database)
        return changed
    }
}

extension TenantDatabase {
    fileprivate func changing(
        _ id: Incident.ID, _ change: (Incident, TenantDatabase) async throws -> Incident
    ) async throws -> Incident {
        try await transaction { database in
            guard let incident = try await database.incident(id, locked: true) else { throw AccessRefusal.notFound }
            return try await change(incident, database)
        }
    }
}

package enum IncidentRefusal: Refusal, MessageCatalogue {
    case overAlready, deviceDown, scopeTwice, timeUnreadable, dayFarOff, addressUnreadable

    package var status: Status {
        switch self {
        case .overAlready, .deviceDown: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .overAlready: "over_already"
        case .deviceDown: "device_down"
        case .scopeTwice: "scope_twice"
        case .timeUnreadable: "time_unreadable"
        case .dayFarOff: "day_far_off"
        case .addressUnreadable: "address_unreadable"
        }
    }

    var field: String {
        switch self {
        case .overAlready, .deviceDown: "title"
        case .scopeTwice: "zone"
        case .timeUnreadable: "time"
        case .dayFarOff: "day"
        case .addressUnreadable: "alerted"
        }
    }

    package var message: Message {
        switch self {
        case .overAlready: Message(es: "Ya terminó.", en: "It is over.", pt: "Já terminou.")
        case .deviceDown:
            Message(
                es: "Su equipo sigue caído: la falla termina sola cuando responda. Si ya no se usa, deje de vigilarlo.",
                tu: "Su equipo sigue caído: la falla termina sola cuando responda. Si ya no se usa, deja de vigilarlo.",
                vos:
                    "Su equipo sigue caído: la falla termina sola cuando responda. Si ya no se usa, dejá de vigilarlo.",
                en:
                    "Its device is still down: the incident ends by itself when it answers. If it is out of use, stop watching it.",
                pt:
                    "O equipamento continua fora do ar: a falha termina sozinha quando ele responder. Se não é mais usado, deixe de vigiá-lo."
            )
        case .scopeTwice:
            Message(
                es: "Elija solo uno: sitio, zona o router.", tu: "Elige solo uno: sitio, zona o router.",
                vos: "Elegí solo uno: sitio, zona o router.", en: "Choose only one: a site, a zone or a router.",
                pt: "Escolha só um: local, zona ou roteador.")
        case .timeUnreadable:
            Message(
                es: "La hora se escribe 2:30, 14:30 o 2:30 pm.", en: "Write the time as 2:30, 14:30 or 2:30 pm.",
                pt: "A hora se escreve 2:30, 14:30 ou 2:30 pm.")
        case .dayFarOff:
            Message(
                es: "Elija un día desde hoy y de los próximos doce meses.",
                tu: "Elige un día desde hoy y de los próximos doce meses.",
                vos: "Elegí un día desde hoy y de los próximos doce meses.",
                en: "Choose a day within the next twelve months.",
                pt: "Escolha um dia desde hoje e dos próximos doze meses.")
        case .addressUnreadable:
            Message(
                es: "Una de las direcciones de correo no se lee.", en: "One of the e-mail addresses cannot be read.",
                pt: "Um dos endereços de e-mail não é legível.")
        }
    }
}
