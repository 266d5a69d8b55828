import Locale

package enum ZoneWords: MessageCatalogue {
    case zones, zone, intro, none, name, customers, people, new, save, cancel, delete, deleteTitle, deleteText, problems
    case nameMissing, nameTaken, inUse, unknown, required, everyZone, noZone
    case everywhere, onlyZones, noneChosen

    package var message: Message {
        switch self {
        case .zones: Message(es: "Zonas", en: "Zones", pt: "Zonas")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .intro:
            Message(
                es: "Las partes de su cobertura. Un usuario puede limitarse a algunas y solo verá a sus clientes.",
                en: "The parts of the land you cover. A user can be limited to some, and sees only their customers.",
                pt: "As partes da sua cobertura. Um usuário pode ser limitado a algumas e só verá os clientes delas.")
        case .none:
            Message(
                es: "Todavía no hay zonas. Créelas si su gente se reparte por lugares.",
                en: "There are no zones yet. Make them if your people share the work by place.",
                pt: "Ainda não há zonas. Crie-as se sua equipe se divide por lugares.")
        case .name: Message(es: "Nombre de la zona", en: "Name of the zone", pt: "Nome da zona")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .people:
            Message(es: "Usuarios limitados a ella", en: "Users limited to it", pt: "Usuários limitados a ela")
        case .new: Message(es: "Crear zona", en: "Create zone", pt: "Criar zona")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .delete: Message(es: "Eliminar zona", en: "Delete zone", pt: "Excluir zona")
        case .deleteTitle:
            Message(es: "¿Eliminar la zona {name}?", en: "Delete the zone {name}?", pt: "Excluir a zona {name}?")
        case .deleteText:
            Message(
                es: "Solo se elimina si no tiene clientes ni usuarios ni tokens.",
                en: "It is deleted only if it has no customers, users or tokens.",
                pt: "Só é excluída se não tiver clientes, usuários nem tokens.")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .nameMissing: Message(es: "Escriba el nombre.", en: "Write the name.", pt: "Escreva o nome.")
        case .nameTaken:
            Message(
                es: "Ya hay una zona con ese nombre.", en: "There is a zone of that name already.",
                pt: "Já existe uma zona com esse nome.")
        case .inUse:
            Message(
                es: "La zona tiene clientes, usuarios o tokens. Páselos a otra antes de eliminarla.",
                en: "The zone has customers, users or tokens. Move them to another before deleting it.",
                pt: "A zona tem clientes, usuários ou tokens. Passe-os a outra antes de excluí-la.")
        case .unknown: Message(es: "Esa zona no existe.", en: "There is no such zone.", pt: "Essa zona não existe.")
        case .required:
            Message(
                es: "Elija una de sus zonas: su cuenta está limitada a ellas.",
                en: "Choose one of your zones: your account is limited to them.",
                pt: "Escolha uma das suas zonas: sua conta está limitada a elas.")
        case .everyZone: Message(es: "Todas las zonas", en: "Every zone", pt: "Todas as zonas")
        case .everywhere: Message(es: "Toda la empresa", en: "The whole company", pt: "A empresa toda")
        case .onlyZones: Message(es: "Solo estas zonas", en: "Only these zones", pt: "Só estas zonas")
        case .noneChosen:
            Message(
                es: "Elija al menos una zona.", en: "Choose at least one zone.", pt: "Escolha pelo menos uma zona.")
        case .noZone: Message(es: "Sin zona", en: "No zone", pt: "Sem zona")
        }
    }
}
