import Access
import Customers
import Declarations
import Identifiers
import Identity
import Locale
import Postgres
import Tenancy
import Time

/// Conversations of invented customers, to be looked at by whoever tries the program: some ended months ago, some wait for
/// somebody now.
package enum InventedConversations {
    private enum End { case open, owned, waiting, closed }

    private struct Scene {
        let channel: Channel
        /// Before now.
        let hours: Int64
        let end: End
        /// Theirs and ours by turns, theirs first.
        let lines: [String]
        /// How the chat is linked to its customer.
        var link = Conversation.LinkProof.phone
        var isKnown = true
    }

    private static let scenes = [
        Scene(
            channel: .whatsapp, hours: 7200, end: .closed,
            lines: [
                "Buenas, ¿hasta cuándo puedo pagar este mes?",
                "Buenos días. Su fecha límite está en su factura y tiene dos días de tolerancia.",
            ]),
        Scene(
            channel: .telegram, hours: 5100, end: .closed,
            lines: [
                "Hola, no tengo internet desde anoche", "Ya lo revisamos: reinicie su equipo, por favor.",
                "Listo, ya quedó. Gracias", "Con gusto.",
            ]),
        Scene(
            channel: .whatsapp, hours: 3900, end: .closed,
            lines: [
                "¿Tienen un plan más rápido?", "Sí, puede cambiar de plan cuando guste y se prorratea.",
                "Lo pienso y le aviso",
            ]),
        Scene(
            channel: .whatsapp, hours: 2600, end: .closed,
            lines: ["Ya pagué, ¿lo pueden ver?", "Sí, recibimos su pago. Gracias."],
            link: .staff),
        Scene(
            channel: .portal, hours: 1400, end: .closed,
            lines: ["Quisiera cambiar la clave de mi wifi", "Claro, la cambiamos hoy por la tarde."], link: .portal),
        Scene(
            channel: .sms, hours: 700, end: .closed,
            lines: ["Me mudo el mes que viene, ¿llegan a la otra colonia?", "Sí llegamos. Avísenos la fecha."]),
        Scene(
            channel: .whatsapp, hours: 50, end: .waiting,
            lines: ["Quiero reponer mi antena", "La pedimos al almacén y le avisamos cuando llegue."]),
        Scene(
            channel: .telegram, hours: 20, end: .owned,
            lines: ["¿Me pueden dar tres días para pagar?", "Con gusto: quedó su promesa de pago.", "Mil gracias"]),
        Scene(
            channel: .whatsapp, hours: 6, end: .owned,
            lines: ["Está muy lento desde ayer", "¿Le pasa en todos sus equipos o en uno?", "En todos"]),
        Scene(channel: .portal, hours: 3, end: .open, lines: ["¿Dónde veo mi factura del mes pasado?"], link: .portal),
        Scene(channel: .whatsapp, hours: 1, end: .open, lines: ["Buenas tardes, ¿cuánto debo?"]),
        Scene(
            channel: .whatsapp, hours: 0, end: .open, lines: ["Hola, ¿dan servicio en San Isidro? Soy nueva"],
            isKnown: false),
    ]

    /// How many were made: none where there are some already, or nobody to have them with.
    package static func fill(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws -> Int {
        let customers: [InventedCorrespondent] = try await database.rows(
            """
            SELECT c.customer_id, c.name, c.phone FROM customers c
            WHERE c.tenant_id = \(database.tenant) AND c.merged_into IS NULL AND c.phone <> ''
                AND NOT EXISTS (SELECT FROM conversations v WHERE v.tenant_id = \(database.tenant))
            ORDER BY c.number LIMIT \(scenes.count)
            """)
        guard customers.count == scenes.count else { return 0 }
        let staff = try await database.conversationStaff().first
        let agent = MessageAuthor(.staff, id: staff?.id.uuid, name: staff?.name ?? tenant.name)
        for (scene, customer) in zip(scenes, customers) {
            try await play(scene, with: customer, answeredBy: agent, of: tenant, at: now, in: database)
        }
        try await database.note(
            NewConsent(
                way: .contract, givenOn: tenant.timeZone.day(at: now) - 200,
                proof: "Firmó la cláusula de avisos de su contrato."), of: customers[0].id,
            on: tenant.timeZone.day(at: now), by: agent.actor, at: now)
        return scenes.count
    }

    private static func play(
        _ scene: Scene, with customer: InventedCorrespondent, answeredBy agent: MessageAuthor, of tenant: Tenant,
        at now: Instant, in database: TenantDatabase
    ) async throws {
        var moment = now - .seconds(scene.hours * 3600 + 1800)
        let isByPhone = scene.isKnown && scene.link == .phone
        var conversation: Conversation.ID?
        for (place, text) in scene.lines.enumerated() {
            moment = moment + .seconds(120)
            if place % 2 == 0 {
                let message = try await database.receive(
                    InboundMessage(
                        scene.channel, account: nil,
                        from: scene.channel == .portal ? "\(customer.id)" : "demo-\(customer.id)",
                        phone: isByPhone ? customer.phone : nil,
                        name: scene.isKnown ? customer.name : "Rosa", providerID: "demo-\(customer.id)-\(place)",
                        body: text, sentAt: moment), of: tenant, at: moment)
                conversation = message?.conversation
                if scene.isKnown, scene.link == .staff, place == 0, let conversation {
                    try await database.link(conversation, to: customer.id, by: agent, at: moment)
                }
            } else if let conversation {
                let sent = try await database.send(
                    .text(text), in: conversation, by: agent, at: moment, evenIfOwned: true)
                guard scene.channel != .portal else { continue }
                // No channel is connected: it came and was read all the same.
                try await database.noteSent(sent.id, as: "demo-\(sent.id)", at: moment)
                _ = try await database.note(
                    MessageDelivery(of: "demo-\(sent.id)", .read, at: moment), channel: scene.channel, account: nil)
            }
        }
        guard let conversation else { return }
        switch scene.end {
        case .closed: try await database.close(conversation, by: agent, at: moment)
        case .waiting:
            try await database.wait(conversation, until: now + .seconds(4 * 86_400), by: agent, at: now)
        case .open, .owned: break
        }
    }
}

private struct InventedCorrespondent: RowReadable {
    let id: Customer.ID
    let name: String
    let phone: String

    init(row: Row) throws(DatabaseError) {
        (id, name, phone) = (try row.read("customer_id"), try row.read("name"), try row.read("phone"))
    }
}
