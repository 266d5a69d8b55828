import HTTP
import Locale
import Tenancy

/// A limit of the platform's plan.
package enum PlanLimit: Refusal, Equatable {
    case customers(Int)
    case staff(Int)

    package var status: Status { .conflict }

    package var code: String {
        switch self {
        case .customers: "customer_limit"
        case .staff: "staff_limit"
        }
    }

    package var message: Message {
        switch self {
        case .customers(let limit):
            Message(
                es: .always(
                    "El plan de su empresa llega hasta \(limit) clientes, sin contar los dados de baja. Pida ampliarlo."
                ),
                tu: .always(
                    "El plan de tu empresa llega hasta \(limit) clientes, sin contar los dados de baja. Pide ampliarlo."
                ),
                vos: .always(
                    "El plan de tu empresa llega hasta \(limit) clientes, sin contar los dados de baja. Pedí ampliarlo."
                ),
                en: .always(
                    "Your company's plan goes up to \(limit) customers, not counting those who left. Ask for more."),
                pt: .always(
                    "O plano da sua empresa vai até \(limit) clientes, sem contar os que saíram. Peça para ampliá-lo."))
        case .staff(let limit):
            Message(
                es: .always(
                    "El plan de su empresa llega hasta \(limit) usuarios activos. Desactive a alguien o pida ampliarlo."
                ),
                tu: .always(
                    "El plan de tu empresa llega hasta \(limit) usuarios activos. Desactiva a alguien o pide ampliarlo."
                ),
                vos: .always(
                    "El plan de tu empresa llega hasta \(limit) usuarios activos. Desactivá a alguien o pedí ampliarlo."
                ),
                en: .always("Your company's plan goes up to \(limit) active users. Disable somebody or ask for more."),
                pt: .always(
                    "O plano da sua empresa vai até \(limit) usuários ativos. Desative alguém ou peça para ampliá-lo."))
        }
    }
}
