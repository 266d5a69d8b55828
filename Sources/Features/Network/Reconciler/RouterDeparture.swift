import API
import Access
import HTML
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Routers

/// The progress of moving services from a router to others.
struct RouterDeparture: Sendable, Equatable {
    /// Services that still have entries on the router.
    let leaving: Int
    /// Those of them already verified on their new router.
    let proven: Int
    /// The router that most of them moved to.
    let to: Router.ID?
    let toName: String
}

/// The router page's card on services that moved away.
struct DepartureCard: View {
    let departure: RouterDeparture
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        LivePart(.network, for: visit) {
            section(.class("card"), .aria("label", DepartureWords.departed.text(for: reader))) {
                h2 { DepartureWords.departed.text(for: reader) }
                p {
                    DepartureWords.progress.text(
                        for: reader, .text("proven", departure.proven.text(for: reader)),
                        .text("total", departure.leaving.text(for: reader)), .name(departure.toName))
                }
                progress(.max("\(departure.leaving)"), .value("\(departure.proven)")) {}
                p(.class("hint")) { DepartureWords.leaving.text(for: reader) }
            }
        }
    }
}

extension ReconcilerAPI {
    func addDepartures(to routes: inout API.Routes) {
        routes.get("/api/v1/routers/:id/departure", .networkRead, DepartureWords.apiDeparture) {
            (visit, id: Router.ID) in
            guard try await visit.database.router(id) != nil else { return RouterDepartureResource?.none }
            return RouterDepartureResource(router: id, departure: try await visit.database.departure(from: id))
        }
    }
}

private struct RouterDepartureResource: Resource {
    let router: Router.ID
    let departure: RouterDeparture?

    static let schema = Schema.object(
        "RouterDeparture",
        [
            .required("leaving", .integer(0...Int.max), DepartureWords.apiLeaving),
            .required("proven", .integer(0...Int.max), DepartureWords.apiProven),
            .required("to", Schema.id.orNull, DepartureWords.apiTo),
        ])

    var path: String { "/api/v1/routers/\(router)/departure" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("leaving", departure?.leaving ?? 0)
            json.member("proven", departure?.proven ?? 0)
            json.member("to", departure?.to?.description)
        }
    }
}

extension TenantDatabase {
    /// Nil where no moved service has entries left.
    func departure(from router: Router.ID) async throws(DatabaseError) -> RouterDeparture? {
        try await first(
            """
            SELECT count(*) AS leaving, count(*) FILTER (WHERE is_proven) AS proven, mode() WITHIN GROUP (ORDER BY to_id) AS to_id,
                mode() WITHIN GROUP (ORDER BY to_name) AS to_name
            FROM (
                SELECT a.router_id AS to_id, r.name AS to_name, EXISTS (
                    SELECT FROM service_proofs f JOIN desired_services d USING (tenant_id, service_id)
                    WHERE f.tenant_id = l.tenant_id AND f.service_id = l.service_id AND f.desired_revision = d.revision
                        AND f.access_revision = a.revision) AS is_proven
                FROM access_leftovers l
                JOIN access_points a ON a.tenant_id = l.tenant_id AND a.service_id = l.service_id
                    AND a.router_id <> l.router_id
                JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
                WHERE l.tenant_id = \(tenant) AND l.router_id = \(router)) each
            HAVING count(*) > 0
            """)
    }
}

extension RouterDeparture: RowReadable {
    init(row: Row) throws(DatabaseError) {
        leaving = try row.read("leaving")
        proven = try row.read("proven")
        to = try row.read("to_id")
        toName = try row.read("to_name")
    }
}

enum DepartureWords: MessageCatalogue {
    case departed, progress, leaving, apiDeparture, apiLeaving, apiProven, apiTo

    var message: Message {
        switch self {
        case .departed:
            Message(es: "Servicios que se pasaron", en: "Services that were moved", pt: "Serviços que passaram")
        case .progress:
            Message(
                es: "{proven} de {total} verificados en {name}.", en: "{proven} of {total} verified on {name}.",
                pt: "{proven} de {total} verificados em {name}.")
        case .leaving:
            Message(
                es: "Lo que tenían aquí se retira cuando están verificados y este router responde.",
                en: "What they had here is taken off once they are verified and this router answers.",
                pt: "O que tinham aqui é retirado quando estão verificados e este roteador responde.")
        case .apiDeparture:
            Message(
                es: "Lo que pasó a otro router y aún no se retira de este",
                en: "What went to another router and is not off this one yet",
                pt: "O que passou a outro roteador e ainda não foi retirado deste")
        case .apiLeaving:
            Message(
                es: "Servicios de los que aquí queda algo.", en: "Services of which something is left here.",
                pt: "Serviços dos quais resta algo aqui.")
        case .apiProven:
            Message(
                es: "De ellos, verificados en su router de ahora.", en: "Of them, verified on their router of now.",
                pt: "Deles, verificados no seu roteador de agora.")
        case .apiTo: Message(es: "Donde están ahora.", en: "Where they are now.", pt: "Onde estão agora.")
        }
    }
}
