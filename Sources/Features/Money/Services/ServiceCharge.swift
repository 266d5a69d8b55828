import Access
import Declarations
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// A charge in addition to the plan.
package struct ServiceCharge: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ServiceCharge>

    package var kind = Kind.recurring
    package var name = ""
    package var amount: Money
    package var day: Day
    package var toDay: Day?

    package init(kind: Kind = .recurring, name: String = "", amount: Money, day: Day, toDay: Day? = nil) {
        (self.kind, self.name, self.amount, self.day, self.toDay) = (kind, name, amount, day, toDay)
    }

    package enum Kind: String, FieldChoice {
        case recurring
        case oneOff = "one_off"
        case rent

        package var message: Message {
            switch self {
            case .recurring: Message(es: "Cada periodo", en: "Every period", pt: "A cada período")
            case .oneOff: Message(es: "Una sola vez", en: "Once", pt: "Uma única vez")
            case .rent: Message(es: "Renta de equipo", en: "Rent of a device", pt: "Aluguel de equipamento")
            }
        }
    }
}

extension ServiceCharge: ServiceEvent {
    package static let noun = "ServiceCharge"
    package static let event = EventKind.serviceChargeAdded
    package static let fields: [Field<ServiceCharge>] = [
        .choice("kind", \.kind, Message(es: "Se cobra", en: "Charged", pt: "Cobrança")),
        .line("name", \.name, 1...100, Message(es: "Concepto", en: "What for", pt: "Descrição")),
        .money("amount", \.amount, isRequired: true, Message(es: "Importe", en: "Amount", pt: "Valor")),
        .day("day", \.day, Message(es: "Desde", en: "From", pt: "A partir de")),
        .day("to_day", \.toDay, Message(es: "Último día", en: "Last day", pt: "Último dia")).hint(
            Message(
                es: "Vacío: hasta que se quite.", en: "Empty: until it is taken off.",
                pt: "Vazio: até que seja retirado.")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        var charge = self
        if kind == .oneOff { charge.toDay = day }
        if let toDay = charge.toDay, toDay < day { throw ServiceRefusal.endsBeforeItBegins }
        guard amount.isPositive else { throw ServiceRefusal.amountMissing }
        try await database.insert(charge, of: service.id, by: principal)
    }
}
