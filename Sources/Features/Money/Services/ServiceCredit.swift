import Access
import Declarations
import Locale
import Nouns
import Postgres
import Time

/// A one-time credit on a service's next invoice, for an outage or as a courtesy.
package struct ServiceCredit: Sendable, Equatable {
    package var name = ""
    package var amount: Money

    package init(name: String = "", amount: Money) { (self.name, self.amount) = (name, amount) }
}

extension ServiceCredit: ServiceEvent {
    package static let noun = "ServiceCredit"
    package static let event = EventKind.serviceCreditAdded
    package static let fields: [Field<ServiceCredit>] = [
        .line("name", \.name, 1...100, Message(es: "Concepto", en: "What for", pt: "Descrição")),
        .money("amount", \.amount, isRequired: true, Message(es: "Importe", en: "Amount", pt: "Valor")).hint(
            Message(
                es: "Se descuenta de la próxima factura.", en: "Taken off the next invoice.",
                pt: "Descontado da próxima fatura.")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard amount.isPositive else { throw ServiceRefusal.amountMissing }
        try await database.insert(self, of: service.id, by: principal)
    }
}
