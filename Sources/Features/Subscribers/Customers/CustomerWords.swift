import Locale

package enum CustomerWords: MessageCatalogue {
    case list, noneYet, search, new, edit, history, noHistory, wholeHistory, tabs
    case number, changeZone, alike, distinct, acts, call, copy, details

    package var message: Message {
        switch self {
        case .alike:
            Message(
                es: "Ya hay clientes con ese nombre, teléfono o correo:",
                en: "There are customers with that name, phone or e-mail already:",
                pt: "Já há clientes com esse nome, telefone ou e-mail:")
        case .distinct:
            Message(
                es: "Es otra persona: crear de todos modos", en: "This is somebody else: create anyway",
                pt: "É outra pessoa: criar mesmo assim")
        case .acts: Message(es: "Acciones sobre {name}", en: "Acts on {name}", pt: "Ações sobre {name}")
        case .call: Message(es: "Llamar", en: "Call", pt: "Ligar")
        case .copy: Message(es: "Copiar", en: "Copy", pt: "Copiar")
        case .details: Message(es: "Datos", en: "Details", pt: "Dados")
        case .tabs: Message(es: "Páginas de {name}", en: "Pages of {name}", pt: "Páginas de {name}")
        case .changeZone: Message(es: "Cambiar de zona", en: "Change zone", pt: "Mudar de zona")
        case .number: Message(es: "N.º {number}", en: "No. {number}", pt: "N.º {number}")
        case .list: Message(es: "Lista de clientes", en: "Customers", pt: "Lista de clientes")
        case .search:
            Message(es: "Nombre, teléfono o número", en: "Name, phone or number", pt: "Nome, telefone ou número")
        case .new: Message(es: "Crear cliente", en: "Create customer", pt: "Criar cliente")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .history: Message(es: "Historial", en: "History", pt: "Histórico")
        case .noHistory:
            Message(
                es: "Todavía no ha pasado nada con este cliente.", en: "Nothing has happened to this customer yet.",
                pt: "Ainda não aconteceu nada com este cliente.")
        case .wholeHistory:
            Message(es: "Ver todo en la auditoría", en: "See all in the audit trail", pt: "Ver tudo na auditoria")
        case .noneYet:
            Message(
                es: "Todavía no hay clientes.", en: "There are no customers yet.", pt: "Ainda não há clientes.")
        }
    }
}
