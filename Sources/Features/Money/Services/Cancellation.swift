import Access
import Declarations
import Locale
import Nouns
import Postgres
import Time

/// The end of a service. `day` is the first day without it.
package struct Cancellation: Sendable, Equatable {
    package var day: Day
    package var reason = Reason.other
    package var note = ""

    package init(day: Day, reason: Reason = .other, note: String = "") {
        (self.day, self.reason, self.note) = (day, reason, note)
    }

    package enum Reason: String, FieldChoice {
        case price, moved, quality, competitor, unpaid
        case noUse = "no_use"
        case other

        package var message: Message {
            switch self {
            case .price: Message(es: "Precio", en: "Price", pt: "Preço")
            case .moved: Message(es: "Se mudó", en: "Moved away", pt: "Mudou-se")
            case .quality: Message(es: "Calidad del servicio", en: "Quality of the service", pt: "Qualidade do serviço")
            case .competitor: Message(es: "Otro proveedor", en: "Another provider", pt: "Outro provedor")
            case .unpaid: Message(es: "Falta de pago", en: "Unpaid", pt: "Falta de pagamento")
            case .noUse: Message(es: "Ya no lo usa", en: "No longer uses it", pt: "Não usa mais")
            case .other: Message(es: "Otro motivo", en: "Another reason", pt: "Outro motivo")
            }
        }
    }
}

extension Cancellation: ServiceEvent {
    package static let noun = "Cancellation"
    package static let event = EventKind.serviceCancelled
    package static let fields: [Field<Cancellation>] = [
        .day(
            "day", \.day,
            Message(es: "Primer día sin servicio", en: "First day without service", pt: "Primeiro dia sem serviço")
        )
        .hint(
            Message(
                es: "Desde ese día no se cobra.", en: "It is not charged from that day on.",
                pt: "A partir desse dia não é cobrado.")),
        .choice("reason", \.reason, Message(es: "Motivo", en: "Reason", pt: "Motivo")),
        .lines("note", \.note, 0...500, Message(es: "Nota", en: "Note", pt: "Nota")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard reason != .other || !note.isEmpty else { throw ServiceRefusal.noteRequired }
        try await database.insert(self, of: service.id, by: principal)
    }
}
