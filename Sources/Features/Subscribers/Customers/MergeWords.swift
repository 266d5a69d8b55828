import Locale

enum MergeWords: MessageCatalogue {
    case duplicates, none, merge, compare, kept, merged, moves, nothingMoves, filled, swap, chooseTitle, choose, number
    case unknownNumber, look, separate, separateText, separateTitle, mergedRecords, alike, why, hint, cancel

    var message: Message {
        switch self {
        case .duplicates: Message(es: "Clientes repetidos", en: "Duplicate customers", pt: "Clientes repetidos")
        case .none:
            Message(
                es: "No hay clientes que parezcan la misma persona.",
                en: "There are no customers who seem to be the same person.",
                pt: "Não há clientes que pareçam a mesma pessoa.")
        case .merge: Message(es: "Unir registros", en: "Merge records", pt: "Unir registros")
        case .compare: Message(es: "Comparar y unir", en: "Compare and merge", pt: "Comparar e unir")
        case .kept: Message(es: "Se conserva", en: "Stays", pt: "Permanece")
        case .merged: Message(es: "Se une", en: "Is merged into it", pt: "É unido")
        case .moves: Message(es: "Qué se pasa", en: "What moves", pt: "O que passa")
        case .nothingMoves:
            Message(
                es: "El registro repetido está vacío.", en: "The duplicate is empty.",
                pt: "O registro repetido está vazio.")
        case .filled:
            Message(
                es: "Datos que se completan: {fields}.", en: "Filled in: {fields}.",
                pt: "Dados que se completam: {fields}.")
        case .swap: Message(es: "Conservar el otro", en: "Keep the other", pt: "Manter o outro")
        case .chooseTitle:
            Message(
                es: "Unir a {name} con otro registro", en: "Merge {name} with another record",
                pt: "Unir {name} com outro registro")
        case .choose:
            Message(es: "Elija el registro repetido", en: "Choose the duplicate", pt: "Escolha o registro repetido")
        case .number:
            Message(es: "N.º del cliente repetido", en: "Number of the duplicate", pt: "N.º do cliente repetido")
        case .unknownNumber:
            Message(
                es: "No hay otro cliente con ese número.", en: "There is no other customer of that number.",
                pt: "Não há outro cliente com esse número.")
        case .look: Message(es: "Comparar", en: "Compare", pt: "Comparar")
        case .separate: Message(es: "Separar", en: "Separate", pt: "Separar")
        case .separateTitle: Message(es: "Separar a {name}", en: "Separate {name}", pt: "Separar {name}")
        case .separateText:
            Message(
                es: "Recupera lo que tenía al unirse, con su cuenta. Lo que llegó después se queda con el otro.",
                en:
                    "It gets back what it had when it was merged, with its account. What came since stays with the other.",
                pt: "Recupera o que tinha ao ser unido, com sua conta. O que chegou depois fica com o outro.")
        case .mergedRecords: Message(es: "Registros unidos", en: "Merged records", pt: "Registros unidos")
        case .alike: Message(es: "Se parece a", en: "Is like", pt: "Parece-se com")
        case .why: Message(es: "Por qué", en: "Why", pt: "Por quê")
        case .hint:
            Message(
                es:
                    "Los libros no cambian ni un centavo: el saldo se pasa con un movimiento. Se puede separar después.",
                en: "The books do not change by a cent: the balance moves by a posting. It can be separated later.",
                pt: "Os livros não mudam um centavo: o saldo passa por um lançamento. Pode-se separar depois.")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        }
    }
}

enum MergeAPIWords: MessageCatalogue {
    case duplicates, merge, merges, oneMerge, separate
    case id, number, customer, duplicate, name, older, alike, filled, moved, kind, count, author, madeAt, undoneAt

    var message: Message {
        switch self {
        case .duplicates:
            Message(
                es: "Clientes que parecen la misma persona que otro más antiguo",
                en: "Customers who seem to be the same person as an older one",
                pt: "Clientes que parecem a mesma pessoa que outro mais antigo")
        case .merge: Message(es: "Une un cliente repetido", en: "Merges a duplicate", pt: "Une um cliente repetido")
        case .merges: Message(es: "Lista de uniones", en: "The merges", pt: "Lista de uniões")
        case .oneMerge: Message(es: "Una unión", en: "One merge", pt: "Uma união")
        case .separate: Message(es: "Separa lo que se unió", en: "Undoes a merge", pt: "Desfaz uma união")
        case .id: Message(es: "Identifica la unión.", en: "Stands for the merge.", pt: "Identifica a união.")
        case .number:
            Message(
                es: "Se cuenta dentro de la empresa.", en: "Counted within the company.",
                pt: "Conta-se dentro da empresa.")
        case .customer:
            Message(es: "El cliente que se conserva.", en: "The customer who stays.", pt: "O cliente que permanece.")
        case .duplicate: Message(es: "El cliente repetido.", en: "The duplicate.", pt: "O cliente repetido.")
        case .name:
            Message(es: "Nombre del cliente repetido.", en: "The duplicate's name.", pt: "Nome do cliente repetido.")
        case .older: Message(es: "El cliente más antiguo.", en: "The older customer.", pt: "O cliente mais antigo.")
        case .alike: Message(es: "En qué se parecen.", en: "In what they are alike.", pt: "Em que se parecem.")
        case .filled:
            Message(
                es: "Datos que se completaron.", en: "Fields that were filled in.", pt: "Dados que foram completados.")
        case .moved:
            Message(es: "Lo que se pasó, por clase.", en: "What moved, by kind.", pt: "O que passou, por classe.")
        case .kind: Message(es: "Clase de registro.", en: "Kind of record.", pt: "Classe de registro.")
        case .count: Message(es: "Cuántos.", en: "How many.", pt: "Quantos.")
        case .author: Message(es: "Quién la hizo.", en: "Who made it.", pt: "Quem a fez.")
        case .madeAt: Message(es: "Cuándo.", en: "When.", pt: "Quando.")
        case .undoneAt:
            Message(
                es: "Cuándo se separaron; null si siguen unidos.", en: "When it was undone; null while it stands.",
                pt: "Quando foram separados; null se seguem unidos.")
        }
    }
}
