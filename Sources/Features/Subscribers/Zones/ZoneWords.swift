import Locale

package enum ZoneWords: MessageCatalogue {
    case zones, zone, intro, none, new, delete, deleteTitle, deleteText, noZone, newZone
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
        case .new: Message(es: "Crear zona", en: "Create zone", pt: "Criar zona")
        case .delete: Message(es: "Eliminar zona", en: "Delete zone", pt: "Excluir zona")
        case .deleteTitle:
            Message(es: "¿Eliminar la zona {name}?", en: "Delete the zone {name}?", pt: "Excluir a zona {name}?")
        case .deleteText:
            Message(
                es: "Solo se elimina si no tiene clientes ni usuarios ni tokens.",
                en: "It is deleted only if it has no customers, users or tokens.",
                pt: "Só é excluída se não tiver clientes, usuários nem tokens.")
        case .everywhere: Message(es: "Toda la empresa", en: "The whole company", pt: "A empresa toda")
        case .onlyZones: Message(es: "Solo estas zonas", en: "Only these zones", pt: "Só estas zonas")
        case .noneChosen:
            Message(
                es: "Elija al menos una zona.", en: "Choose at least one zone.", pt: "Escolha pelo menos uma zona.")
        case .newZone: Message(es: "Zona nueva", en: "New zone", pt: "Nova zona")
        case .noZone: Message(es: "Sin zona", en: "No zone", pt: "Sem zona")
        }
    }
}
