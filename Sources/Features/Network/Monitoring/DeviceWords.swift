import Locale

enum DeviceWords: MessageCatalogue {
    case devices, device, new, edit, none, intro, search, state, latency, since, polled, proof, identity, model, uptime
    case never, failures, answeredBy, below, noUpstream, seeRouter, delete, deleteTitle, deleteText
    case isOff, turnOn, turnOnText, turnOff, turnOffTitle, turnOffText, daysAndHours, pollNow

    var message: Message {
        switch self {
        case .pollNow: Message(es: "Consultar ahora", en: "Poll now", pt: "Consultar agora")
        case .devices: Message(es: "Equipos", en: "Devices", pt: "Equipamentos")
        case .device: Message(es: "Equipo", en: "Device", pt: "Equipamento")
        case .new: Message(es: "Agregar equipo", en: "Add a device", pt: "Adicionar equipamento")
        case .edit: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .none: Message(es: "Ningún equipo todavía.", en: "No devices yet.", pt: "Nenhum equipamento ainda.")
        case .intro:
            Message(
                es: "Se consultan cada dos minutos. Un equipo está caído si no responde dos veces seguidas.",
                en: "They are polled every two minutes. A device is down if it fails to answer twice in a row.",
                pt: "São consultados a cada dois minutos. Um equipamento cai se não responde duas vezes seguidas.")
        case .search:
            Message(es: "Nombre o dirección IP", en: "Name or IP address", pt: "Nome ou endereço IP")
        case .state: Message(es: "Estado", en: "State", pt: "Estado")
        case .latency: Message(es: "Latencia", en: "Latency", pt: "Latência")
        case .since: Message(es: "Así desde", en: "So since", pt: "Assim desde")
        case .polled: Message(es: "Última consulta", en: "Last poll", pt: "Última consulta")
        case .proof: Message(es: "Prueba", en: "Proof", pt: "Prova")
        case .identity: Message(es: "Nombre en el equipo", en: "Name on the device", pt: "Nome no equipamento")
        case .model: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .uptime: Message(es: "Encendido hace", en: "On for", pt: "Ligado há")
        case .never: Message(es: "Todavía no", en: "Not yet", pt: "Ainda não")
        case .failures:
            Message(
                es: .count(
                    one: "{count} consulta seguida", many: "{count} de consultas seguidas",
                    other: "{count} consultas seguidas"),
                en: .count(one: "{count} poll in a row", other: "{count} polls in a row"),
                pt: .count(
                    one: "{count} consulta seguida", many: "{count} de consultas seguidas",
                    other: "{count} consultas seguidas"))
        case .answeredBy:
            Message(es: "Respondió por {method}", en: "Answered by {method}", pt: "Respondeu por {method}")
        case .below: Message(es: "Cuelgan de este", en: "Hang on this one", pt: "Dependem deste")
        case .noUpstream: Message(es: "De ninguno", en: "On none", pt: "De nenhum")
        case .seeRouter: Message(es: "Ver el router", en: "See the router", pt: "Ver o roteador")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "Deja de vigilarse y se borran sus mediciones.",
                en: "It is watched no more, and its measurements are erased.",
                pt: "Deixa de ser vigiado e suas medições são apagadas.")
        case .isOff: Message(es: "Monitor apagado.", en: "Monitor off.", pt: "Monitor desligado.")
        case .turnOn: Message(es: "Encender el monitor", en: "Turn the monitor on", pt: "Ligar o monitor")
        case .turnOnText:
            Message(
                es: "Se vuelve a consultar a todos los equipos.", en: "All devices are polled again.",
                pt: "Todos os equipamentos voltam a ser consultados.")
        case .turnOff: Message(es: "Apagar el monitor", en: "Turn the monitor off", pt: "Desligar o monitor")
        case .turnOffTitle: Message(es: "¿Apagar el monitor?", en: "Turn the monitor off?", pt: "Desligar o monitor?")
        case .turnOffText:
            Message(
                es: "No se consulta a ningún equipo y nadie se entera de las caídas.",
                en: "No device is polled, and nobody learns of outages.",
                pt: "Nenhum equipamento é consultado e ninguém fica sabendo das quedas.")
        case .daysAndHours: Message(es: "{days} d {hours} h", en: "{days} d {hours} h", pt: "{days} d {hours} h")
        }
    }

    static func text(ofSeconds seconds: Int, for reader: Reader) -> String {
        let (days, hours) = (seconds / 86_400, seconds / 3600 % 24)
        return daysAndHours.text(for: reader, .text("days", "\(days)"), .text("hours", "\(hours)"))
    }
}
