import Locale

/// Labels of a company's standing.
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
