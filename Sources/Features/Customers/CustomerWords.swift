import Locale
import Panel

package enum CustomerWords: MessageCatalogue {
    case list, number, name, phone, address, neighbourhood, state, since, none, noneYet, noneMatch, showAll
    case search, new, edit, save, cancel, filter, everyState, notSaid, history, noHistory, wholeHistory
    case problems, nameMissing, dayWrong, emailWrong, changedMeanwhile, email, record, contact, contracts, tabs

    package var message: Message {
        switch self {
        case .record: Message(es: "Ficha", en: "Record", pt: "Ficha")
        case .contact: Message(es: "Contacto y portal", en: "Contact and portal", pt: "Contato e portal")
        case .contracts: Message(es: "Contratos", en: "Contracts", pt: "Contratos")
        case .tabs: Message(es: "Páginas de {name}", en: "Pages of {name}", pt: "Páginas de {name}")
        case .list: Message(es: "Lista de clientes", en: "Customers", pt: "Lista de clientes")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .phone: Message(es: "Teléfono", en: "Phone", pt: "Telefone")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .emailWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com.", en: "Write an e-mail such as ana@example.com.",
                pt: "Escreva um e-mail como ana@exemplo.com.")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .neighbourhood: Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .since: Message(es: "Alta", en: "Since", pt: "Desde")
        case .noneMatch:
            Message(
                es: "Ningún cliente coincide con el filtro.", en: "No customer matches the filter.",
                pt: "Nenhum cliente corresponde ao filtro.")
        case .showAll: Message(es: "Ver todos", en: "Show all", pt: "Ver todos")
        case .search:
            Message(es: "Nombre, teléfono o número", en: "Name, phone or number", pt: "Nome, telefone ou número")
        case .new: Message(es: "Crear cliente", en: "Create customer", pt: "Criar cliente")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .everyState: Message(es: "Todos los estados", en: "Every status", pt: "Todas as situações")
        case .notSaid: Message(es: "Sin dato", en: "Not given", pt: "Não informado")
        case .history: Message(es: "Historial", en: "History", pt: "Histórico")
        case .noHistory:
            Message(
                es: "Nadie ha cambiado a este cliente en el panel.", en: "Nobody has changed this customer here yet.",
                pt: "Ninguém alterou este cliente no painel.")
        case .wholeHistory:
            Message(es: "Ver todo en la auditoría", en: "See all in the audit trail", pt: "Ver tudo na auditoria")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .nameMissing: Message(es: "Escriba el nombre.", en: "Write the name.", pt: "Escreva o nome.")
        case .dayWrong:
            Message(
                es: "Escriba una fecha que exista, como 2026-11-20.",
                en: "Write a date that exists, such as 2026-11-20.",
                pt: "Escreva uma data que exista, como 2026-11-20.")
        case .changedMeanwhile:
            Message(
                es:
                    "Otra persona cambió a este cliente mientras usted escribía. Revise y guarde otra vez para dejar lo suyo.",
                en: "Somebody else changed this customer while you were writing. Check, and save again to keep yours.",
                pt:
                    "Outra pessoa alterou este cliente enquanto você escrevia. Revise e salve de novo para manter o seu."
            )
        case .none:
            Message(
                es: "No hay más clientes a partir de aquí.", en: "There are no more customers from here on.",
                pt: "Não há mais clientes a partir daqui.")
        case .noneYet:
            Message(
                es: "Todavía no hay clientes.", en: "There are no customers yet.", pt: "Ainda não há clientes.")
        }
    }
}

extension Customer.State {
    package var words: CustomerStateWords {
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
