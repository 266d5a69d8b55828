import Access
import Customers
import Declarations
import Jobs
import Ledger
import Locale
import Nouns
import Postgres
import Time

/// A cut of a service. The unlifted row is the state; there is no flag that could disagree with it.
package struct Cut: Sendable, Equatable {
    package var reason = Reason.unpaid
    package var note = ""

    package init(reason: Reason = .unpaid, note: String = "") { (self.reason, self.note) = (reason, note) }

    package enum Reason: String, FieldChoice {
        case unpaid, requested, abuse, fraud, other
        case daysOver = "days_over"

        package var message: Message {
            switch self {
            case .unpaid: Message(es: "Falta de pago", en: "Unpaid", pt: "Falta de pagamento")
            case .requested: Message(es: "Lo pidió el cliente", en: "The customer asked for it", pt: "O cliente pediu")
            case .abuse: Message(es: "Uso indebido", en: "Abuse", pt: "Uso indevido")
            case .fraud: Message(es: "Comprobante falso", en: "False receipt", pt: "Comprovante falso")
            case .daysOver:
                Message(es: "Fin de los días prepago", en: "End of prepaid days", pt: "Fim dos dias pré-pagos")
            case .other: Message(es: "Otro motivo", en: "Another reason", pt: "Outro motivo")
            }
        }
    }
}

extension Cut: ServiceEvent {
    package static let noun = "Cut"
    package static let event = EventKind.serviceCut
    package static let fields: [Field<Cut>] = [
        .choice("reason", \.reason, Message(es: "Motivo", en: "Reason", pt: "Motivo")),
        .lines("note", \.note, 0...500, Message(es: "Nota", en: "Note", pt: "Nota")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let life = try await database.serviceLife(service.id)
        try life.checkIsLive(on: today)
        guard !life.isCut else { throw ServiceRefusal.alreadyCut }
        guard reason != .daysOver else { throw ServiceRefusal.daysEndAlone }
        guard ![.abuse, .other].contains(reason) || !note.isEmpty else { throw ServiceRefusal.noteRequired }
        try await database.insert(self, of: [service.id], by: principal)
        // Collection announces the reconnection fee of a cut for a debt.
        if reason == .unpaid, let account = try await database.account(of: service.customer) {
            try await database.queue(LookAtCustomer(account), at: principal.now)
        }
    }
}

/// The lifting of a cut: reconexión.
package struct Reconnection: Sendable, Equatable {
    package init() {}
}

extension Reconnection: ServiceEvent {
    package static let noun = "Reconnection"
    package static let event = EventKind.serviceReconnected
    package static let fields: [Field<Reconnection>] = []

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let lifted = try await database.liftCuts(of: [service.id], for: Set(Cut.Reason.allCases), by: principal)
        guard !lifted.isEmpty else { throw ServiceRefusal.notCut }
    }
}
