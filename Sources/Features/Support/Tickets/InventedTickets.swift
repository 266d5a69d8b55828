import Access
import Customers
import Declarations
import Events
import Identifiers
import Postgres
import Tenancy
import Time

/// Tickets of invented customers, to be looked at by whoever tries the program: one in each state, one late, one rated.
package enum InventedTickets {
    private struct Scene {
        let title: String
        let text: String
        let kind: Ticket.Kind
        let priority: Ticket.Priority
        /// Before now.
        let hours: Int64
        let state: Ticket.State
        let answer: String
        var rating: Int?
    }

    private static let scenes = [
        Scene(
            title: "Sin internet desde la mañana", text: "El foco rojo de la antena parpadea.", kind: .noInternet,
            priority: .high, hours: 200, state: .closed, answer: "Cambiamos el cable; quedó navegando.", rating: 5),
        Scene(
            title: "Cambio de domicilio", text: "Me mudo a dos calles el día 15.", kind: .move, priority: .low,
            hours: 90,
            state: .waiting, answer: "Con gusto. ¿Nos confirma la dirección nueva?"),
        Scene(
            title: "Muy lento por las noches", text: "Después de las ocho no cargan los videos.", kind: .slow,
            priority: .normal, hours: 75, state: .inProgress, answer: "Estamos revisando su sector."),
        Scene(
            title: "No llega la señal al segundo piso", text: "", kind: .wifi, priority: .normal, hours: 30,
            state: .resolved, answer: "Movimos el equipo al centro de la casa."),
        Scene(
            title: "La factura no trae mi RFC", text: "Necesito factura con mis datos.", kind: .billing,
            priority: .normal, hours: 5, state: .inProgress, answer: "La corregimos hoy."),
        Scene(
            title: "Antena caída por el viento", text: "Se ve torcida.", kind: .equipment, priority: .urgent, hours: 1,
            state: .new, answer: ""),
    ]

    /// How many were made: none where there are some already, or nobody to have them with.
    package static func fill(
        of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, in database: TenantDatabase
    ) async throws -> Int {
        let customers: [InventedReporter] = try await database.rows(
            """
            SELECT c.customer_id, c.name FROM customers c
            WHERE c.tenant_id = \(database.tenant) AND c.merged_into IS NULL AND c.state = 'active'
                AND NOT EXISTS (SELECT FROM tickets t WHERE t.tenant_id = \(database.tenant))
            ORDER BY c.number LIMIT \(scenes.count)
            """)
        let acts = TicketActs(randomness: .system)
        for (scene, customer) in zip(scenes, customers) {
            let start = now - .seconds(scene.hours * 3600)
            func staff(_ later: Int64) -> Principal {
                .commandLine(of: catalogue, at: min(now, start + .seconds(later)))
            }
            let subscriber = Principal(
                Actor(.subscriber, id: customer.id.uuid, name: customer.name), permissions: [], of: catalogue, at: start
            )
            var new = NewTicket()
            (new.title, new.text, new.kind, new.priority) = (scene.title, scene.text, scene.kind, scene.priority)
            new.customer = customer.id
            let ticket = try await acts.open(
                new, as: .make(milliseconds: start.milliseconds, from: .system), from: .portal, of: tenant,
                by: subscriber, in: database)
            if !scene.answer.isEmpty {
                _ = try await acts.write(
                    NewEntry(scene.answer), on: ticket.id, of: tenant, by: staff(1800), in: database)
            }
            if scene.state == .closed {
                _ = try await acts.move(ticket.id, to: .resolved, of: tenant, by: staff(7200), in: database)
            }
            if let rating = scene.rating {
                _ = try await acts.rate(
                    ticket.id, rating, note: "",
                    by: Principal(
                        subscriber.actor, permissions: [], of: catalogue, at: start + .seconds(10_800)), in: database)
            }
            _ = try await acts.move(ticket.id, to: scene.state, of: tenant, by: staff(14_400), in: database)
            try await TicketWatch(catalogue, letterhead: { _ in nil }, randomness: .system).look(
                at: ticket.id, of: tenant, at: now, in: database)
        }
        return min(scenes.count, customers.count)
    }
}

private struct InventedReporter: RowReadable {
    let id: Customer.ID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("customer_id"), try row.read("name")) }
}
