import Locale
import Tenancy

/// What a company's standing is called.
package enum CompanyStateWords: MessageCatalogue {
    case trial, active, ending, suspended, closed

    package var message: Message {
        switch self {
        case .trial: Message(es: "Prueba", en: "Trial", pt: "Teste")
        case .active: Message(es: "Activa", en: "Active", pt: "Ativa")
        case .ending: Message(es: "Por vencer", en: "About to end", pt: "Prestes a vencer")
        case .suspended: Message(es: "Suspendida", en: "Suspended", pt: "Suspensa")
        case .closed: Message(es: "Cerrada", en: "Closed", pt: "Encerrada")
        }
    }
}

extension Tenant.State {
    package var words: CompanyStateWords {
        switch self {
        case .trial: .trial
        case .active: .active
        case .suspended: .suspended
        case .closed: .closed
        }
    }
}

/// What a customer's state is called, by the word that is stored.
package enum CustomerStateWords: String, MessageCatalogue {
    case prospect
    case awaitingInstallation = "awaiting_installation"
    case active
    case inDebt = "in_debt"
    case suspended, frozen, courtesy, cancelled

    package var message: Message {
        switch self {
        case .prospect: Message(es: "Prospecto", en: "Prospect", pt: "Potencial")
        case .awaitingInstallation:
            Message(es: "Pendiente de instalación", en: "Awaiting installation", pt: "Aguardando instalação")
        case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
        case .inDebt: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
        case .suspended: Message(es: "Suspendido", en: "Suspended", pt: "Suspenso")
        case .frozen: Message(es: "Congelado", en: "Frozen", pt: "Congelado")
        case .courtesy: Message(es: "Cortesía", en: "Courtesy", pt: "Cortesia")
        case .cancelled: Message(es: "Cancelado", en: "Cancelled", pt: "Cancelado")
        }
    }
}
