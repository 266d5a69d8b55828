import Collection
import Customers
import Identifiers
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// The one answer to «¿Por qué no tengo internet?», with its proof.
package enum ConnectionVerdict: Sendable, Equatable {
    case noService
    /// An incident keeps the service offline.
    case outage(Incident)
    case maintenance(Maintenance)
    /// Cut for debt.
    case cutForDebt
    /// Cut for another reason.
    case cut(Cut.Reason)
    /// Neither active nor cut: to be installed, frozen or cancelled.
    case notActive(Service.State)
    /// No session is open, and nothing of ours is the cause.
    case noSession(since: Instant?)
    case fine

    /// What was found out of a service, from which the verdict follows.
    package struct Facts: Sendable {
        package var state: Service.State?
        package var cut: Cut.Reason?
        package var incident: Incident?
        package var maintenance: Maintenance?
        /// Nil where sessions are not seen.
        package var hasSession: Bool?
        package var lastSession: Instant?

        package init() {}
    }

    /// An outage comes before a debt: who is cut as well learns first that paying would not bring it back now.
    package static func decide(_ facts: Facts) -> ConnectionVerdict {
        guard let state = facts.state else { return .noService }
        if let incident = facts.incident, state == .active || state == .cut { return .outage(incident) }
        switch state {
        case .cut:
            let reason = facts.cut ?? .unpaid
            return reason == .unpaid ? .cutForDebt : .cut(reason)
        case .pending, .frozen, .cancelled: return .notActive(state)
        case .active: break
        }
        if let maintenance = facts.maintenance { return .maintenance(maintenance) }
        if facts.hasSession == false { return .noSession(since: facts.lastSession) }
        return .fine
    }

    /// The most telling of several services': the first that is not fine.
    package static func decide(_ services: [Facts]) -> ConnectionVerdict {
        guard !services.isEmpty else { return .noService }
        return services.map { decide($0) }.first { $0 != .fine } ?? .fine
    }

    package var tone: Tone {
        switch self {
        case .fine: .good
        case .noService, .notActive: .quiet
        case .maintenance, .noSession: .warning
        case .outage, .cutForDebt, .cut: .bad
        }
    }

    /// In words for the company's people.
    package func text(of tenant: Tenant, for reader: Reader) -> String {
        func moment(_ instant: Instant) -> String { instant.text(.short, in: tenant.timeZone, for: reader) }
        switch self {
        case .noService: return VerdictWords.noService.text(for: reader)
        case .outage(let incident):
            return VerdictWords.outage.text(
                for: reader, .text("place", incident.title), .text("since", moment(incident.startedAt)))
        case .maintenance(let maintenance):
            return VerdictWords.maintenance.text(
                for: reader, .text("place", maintenance.title), .text("until", moment(maintenance.endsAt)))
        case .cutForDebt: return VerdictWords.cutForDebt.text(for: reader)
        case .cut(let reason): return VerdictWords.cut.text(for: reader, .text("reason", reason.text(for: reader)))
        case .notActive(let state):
            return VerdictWords.notActive.text(for: reader, .text("state", state.text(for: reader)))
        case .noSession(let since):
            guard let since else { return VerdictWords.noSession.text(for: reader) }
            return VerdictWords.noSessionSince.text(for: reader, .text("since", moment(since)))
        case .fine: return VerdictWords.fine.text(for: reader)
        }
    }

    /// To the customer; nil where we have nothing to say of it that the bot and the portal do not say already.
    package func told(by tenant: Tenant) -> String? {
        switch self {
        case .outage(let incident): return incident.notice(for: tenant)
        case .maintenance(let maintenance):
            return VerdictWords.toldMaintenance.text(
                for: tenant.reader,
                .text("until", maintenance.endsAt.text(.short, in: tenant.timeZone, for: tenant.reader)))
        default: return nil
        }
    }
}

extension TenantDatabase {
    /// Everything known of a customer's services that are not cancelled.
    package func connectionFacts(
        of customer: Customer.ID, on day: Day, at now: Instant
    ) async throws -> [ConnectionVerdict.Facts] {
        let services = try await services(of: customer, on: day).filter { $0.state != .cancelled }
        guard !services.isEmpty else { return [] }
        let isAffected = try await !openIncidents(of: customer).isEmpty
        let maintenances = try await comingMaintenances(at: now).filter { $0.isActive(at: now) }
        var found: [ConnectionVerdict.Facts] = []
        for service in services {
            var facts = ConnectionVerdict.Facts()
            facts.state = service.state
            if service.state == .cut {
                let reason: CutReason? = try await first(
                    """
                    SELECT reason FROM cuts
                    WHERE tenant_id = \(tenant) AND service_id = \(service.id) AND lifted_at IS NULL
                    ORDER BY made_at DESC LIMIT 1
                    """)
                facts.cut = reason?.reason
            }
            if isAffected { facts.incident = try await openIncidents(of: customer, service: service.id).first }
            if !maintenances.isEmpty {
                let above = try await sitesAboveService(service.id)
                facts.maintenance = maintenances.first { $0.covers(zone: service.zone, above: above) }
            }
            let sessions: Sessions? = try await first(
                """
                SELECT bool_or(k.ended_at IS NULL) AS is_open, max(k.ended_at) AS ended FROM radius_sessions k
                WHERE k.tenant_id = \(tenant) AND k.service_id = \(service.id) HAVING count(*) > 0
                """)
            (facts.hasSession, facts.lastSession) = (sessions?.isOpen, sessions?.ended)
            found.append(facts)
        }
        return found
    }
}

private struct CutReason: RowReadable {
    let reason: Cut.Reason

    init(row: Row) throws(DatabaseError) { reason = try row.word("reason") }
}

private struct Sessions: RowReadable {
    let isOpen: Bool
    let ended: Instant?

    init(row: Row) throws(DatabaseError) {
        isOpen = try row.read("is_open")
        ended = try row.read("ended")
    }
}

enum VerdictWords: MessageCatalogue {
    case title, noService, outage, maintenance, cutForDebt, cut, notActive, noSession, noSessionSince, fine
    case toldMaintenance

    var message: Message {
        switch self {
        case .title: Message(es: "Conexión", en: "Connection", pt: "Conexão")
        case .noService: Message(es: "No tiene servicio.", en: "There is no service.", pt: "Não tem serviço.")
        case .outage:
            Message(
                es: "Falla en {place} desde {since}.", en: "Outage at {place} since {since}.",
                pt: "Falha em {place} desde {since}.")
        case .maintenance:
            Message(
                es: "Mantenimiento hasta {until}: {place}.", en: "Maintenance until {until}: {place}.",
                pt: "Manutenção até {until}: {place}.")
        case .cutForDebt: Message(es: "Cortado por deuda.", en: "Cut for debt.", pt: "Cortado por dívida.")
        case .cut: Message(es: "Cortado: {reason}.", en: "Cut: {reason}.", pt: "Cortado: {reason}.")
        case .notActive:
            Message(es: "El servicio está: {state}.", en: "The service is: {state}.", pt: "O serviço está: {state}.")
        case .noSession: Message(es: "Sin sesión.", en: "No session.", pt: "Sem sessão.")
        case .noSessionSince:
            Message(es: "Sin sesión desde {since}.", en: "No session since {since}.", pt: "Sem sessão desde {since}.")
        case .fine: Message(es: "Sin problema conocido.", en: "No known trouble.", pt: "Sem problema conhecido.")
        case .toldMaintenance:
            Message(
                es:
                    "Estamos haciendo un mantenimiento programado en su zona hasta {until}. El servicio vuelve al terminar.",
                tu:
                    "Estamos haciendo un mantenimiento programado en tu zona hasta {until}. El servicio vuelve al terminar.",
                vos:
                    "Estamos haciendo un mantenimiento programado en tu zona hasta {until}. El servicio vuelve al terminar.",
                en: "Announced maintenance is under way in your area until {until}. Service returns when it is over.",
                pt: "Estamos fazendo uma manutenção programada na sua zona até {until}. O serviço volta ao terminar.")
        }
    }
}
