import Locale

package enum CustomerWords: MessageCatalogue {
    case list, number, name, phone, address, neighbourhood, state, since, next, first, none, noneYet
    case prospect, awaitingInstallation, active, inDebt, suspended, frozen, courtesy, cancelled

    package var message: Message {
        switch self {
        case .list: Message(es: "Lista de clientes", en: "Customers", pt: "Lista de clientes")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .phone: Message(es: "Teléfono", en: "Phone", pt: "Telefone")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .neighbourhood: Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .since: Message(es: "Alta", en: "Since", pt: "Desde")
        case .next: Message(es: "Siguientes", en: "Next", pt: "Próximos")
        case .first: Message(es: "Ir al inicio", en: "Back to the first", pt: "Voltar ao início")
        case .none:
            Message(
                es: "No hay más clientes a partir de aquí.", en: "There are no more customers from here on.",
                pt: "Não há mais clientes a partir daqui.")
        case .noneYet:
            Message(
                es: "Todavía no hay clientes.", en: "There are no customers yet.", pt: "Ainda não há clientes.")
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

extension Customer.State {
    package var words: CustomerWords {
        switch self {
        case .prospect: .prospect
        case .awaitingInstallation: .awaitingInstallation
        case .active: .active
        case .inDebt: .inDebt
        case .suspended: .suspended
        case .frozen: .frozen
        case .courtesy: .courtesy
        case .cancelled: .cancelled
        }
    }
}
