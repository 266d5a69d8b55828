import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Sites, where services are connected, and coverage in the API.
struct TopologyAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/sites", .networkRead, TopologyAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.sites(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/sites", .networkManage, TopologyAPIWords.create) { (visit, new: NewNoun<Site>) in
            let blank = Site(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
            return try await new.noun(from: blank).add(by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/sites/:id", .networkRead, TopologyAPIWords.read) { (visit, id: Site.ID) in
            try await visit.database.site(id)
        }
        routes.patch(
            "/api/v1/sites/:id", .networkManage, TopologyAPIWords.change,
            of: { (visit, id: Site.ID) in try await visit.database.site(id, locked: true) }
        ) { (visit, site, changes: NounChanges<Site>) in
            try await site.change(to: changes.applied(to: site), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/sites/:id", .networkManage, TopologyAPIWords.delete) { (visit, id: Site.ID) in
            try await Site.delete(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/sites/:id/services", .networkRead, TopologyAPIWords.below) { (visit, id: Site.ID) in
            guard try await visit.database.site(id) != nil else { return ServicesBelow?.none }
            return ServicesBelow(site: id, services: try await visit.database.servicesBelow(id))
        }
        routes.get("/api/v1/services/:id/place", .networkRead, TopologyAPIWords.place) { (visit, id: Service.ID) in
            try await visit.database.servicePlace(id)
        }
        routes.post("/api/v1/services/:id/place", .networkOperate, TopologyAPIWords.put) {
            (visit, new: NewNoun<ServicePlace>, id: Service.ID) in
            try await new.noun(from: ServicePlace(service: id)).put(
                of: found(id, visit), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/services/:id/place", .networkOperate, TopologyAPIWords.remove) {
            (visit, id: Service.ID) in
            try await ServicePlace.remove(from: found(id, visit), by: visit.principal, in: visit.database)
        }
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }
}

extension Site: ListedResource {
    package static let schema = Schema.object(
        "Site", [.required("id", .id, TopologyAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/sites/\(id)" }
    package var position: Int { number }
}

extension ServicePlace: Resource {
    package static let schema = Schema.object(
        "ServicePlace", [.required("service", .id, TopologyAPIWords.service)] + schemaFields)

    package var path: String { "/api/v1/services/\(service)/place" }
}

private struct ServicesBelow: Resource {
    let site: Site.ID
    let services: [Service.ID]

    static let schema = Schema.object(
        "ServicesOfSite", [.required("services", .list(of: .id), TopologyAPIWords.services)])

    var path: String { "/api/v1/sites/\(site)/services" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("services") { json in for service in services { json.value(service.description) } }
        }
    }
}
