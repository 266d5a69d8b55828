import Access
import Declarations
import Events
import Jobs
import Locale
import Nouns
import Postgres
import Time
import Zones

/// A service's move to another address.
package struct Move: Sendable, Equatable {
    package var address = ""
    package var neighbourhood = ""
    package var coordinates: Coordinates?
    package var zone: Zone.ID?

    package init(address: String, neighbourhood: String = "", coordinates: Coordinates? = nil, zone: Zone.ID? = nil) {
        (self.address, self.neighbourhood) = (address, neighbourhood)
        (self.coordinates, self.zone) = (coordinates, zone)
    }
}

extension Move: ServiceEvent {
    package func recorded(in database: TenantDatabase) async throws -> [Act.Detail] {
        details(naming: ["zone": try await database.zone(zone)?.name ?? ""])
    }

    package static let noun = "Move"
    package static let event = EventKind.serviceMoved
    package static let fields: [Field<Move>] = [
        .line("address", \.address, 1...300, Message(es: "Dirección nueva", en: "New address", pt: "Endereço novo")),
        .line(
            "neighbourhood", \.neighbourhood, 0...100,
            Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")),
        .coordinates("coordinates", \.coordinates, Message(es: "Coordenadas", en: "Coordinates", pt: "Coordenadas")),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        var moved = service
        (moved.address, moved.neighbourhood) = (address, neighbourhood)
        (moved.coordinates, moved.zone) = (coordinates, zone)
        try await moved.checkPlace(in: database)
        try await database.update(moved)
        // Another zone may have another router.
        if zone != service.zone { try await database.queue(LookAtService(service.id), at: principal.now) }
        try await database.insert(self, of: service, on: today, by: principal)
    }
}
