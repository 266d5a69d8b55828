import Locale

/// What the network's commands are called: in the menu, and on buttons in up to 24 letters.
enum NocCommandTitles: MessageCatalogue {
    case devices, outages, zones, incidents, incident, acknowledge, monitor, turnOn, turnOff, maintenance, announce
    case incidentOpened, incidentResolved, incidentEscalated

    var message: Message {
        switch self {
        case .devices: Message(es: "Equipos", en: "Devices", pt: "Equipamentos")
        case .outages: Message(es: "Fallas abiertas", en: "Open incidents", pt: "Falhas abertas")
        case .zones: Message(es: "Zonas", en: "Zones", pt: "Zonas")
        case .incidents: Message(es: "Últimas fallas", en: "Latest incidents", pt: "Últimas falhas")
        case .incident: Message(es: "Falla", en: "Incident", pt: "Falha")
        case .acknowledge: Message(es: "Reconocer", en: "Acknowledge", pt: "Reconhecer")
        case .monitor: Message(es: "Monitor", en: "Monitor", pt: "Monitor")
        case .turnOn: Message(es: "Encender el monitor", en: "Turn the monitor on", pt: "Ligar o monitor")
        case .turnOff: Message(es: "Apagar el monitor", en: "Turn the monitor off", pt: "Desligar o monitor")
        case .maintenance: Message(es: "Mantenimientos", en: "Maintenance", pt: "Manutenções")
        case .announce: Message(es: "Empezar ahora", en: "Begin now", pt: "Começar agora")
        case .incidentOpened: Message(es: "Se abrió una falla", en: "An incident is open", pt: "Uma falha foi aberta")
        case .incidentResolved:
            Message(es: "Terminó una falla", en: "An incident is over", pt: "Uma falha terminou")
        case .incidentEscalated:
            Message(
                es: "Nadie reconoce una falla", en: "Nobody acknowledges an incident",
                pt: "Ninguém reconhece uma falha")
        }
    }
}

enum NocCommandWords: MessageCatalogue {
    case noDevices, devicesUp, devicesFound, openIncidents, newest, unknownIncident, acknowledged, noZones, zone
    case monitorOn, howToAnnounce, unknownPlace, wouldAnnounce, maintenanceTitle, announced, more

    var message: Message {
        switch self {
        case .noDevices:
            Message(
                es: "No hay equipos vigilados.", en: "No device is watched.", pt: "Não há equipamentos vigiados.")
        case .devicesUp:
            Message(
                es: "En línea {up} de {total} equipos", en: "{up} of {total} devices on line",
                pt: "{up} de {total} equipamentos on-line")
        case .devicesFound:
            Message(
                es: .count(one: "{count} equipo", many: "{count} de equipos", other: "{count} equipos"),
                en: .count(one: "{count} device", other: "{count} devices"),
                pt: .count(one: "{count} equipamento", many: "{count} de equipamentos", other: "{count} equipamentos"))
        case .openIncidents:
            Message(
                es: .count(
                    one: "{count} falla abierta", many: "{count} de fallas abiertas", other: "{count} fallas abiertas"),
                en: .count(one: "{count} open incident", other: "{count} open incidents"),
                pt: .count(
                    one: "{count} falha aberta", many: "{count} de falhas abertas", other: "{count} falhas abertas"))
        case .newest: Message(es: "Últimas fallas", en: "Latest incidents", pt: "Últimas falhas")
        case .unknownIncident:
            Message(es: "Esa falla no existe.", en: "There is no such incident.", pt: "Essa falha não existe.")
        case .acknowledged:
            Message(
                es: "Reconocida: {place}. Ya no se repetirá la alerta.",
                en: "Acknowledged: {place}. The alert is not repeated.",
                pt: "Reconhecida: {place}. O alerta não se repetirá.")
        case .noZones: Message(es: "No hay zonas.", en: "There are no zones.", pt: "Não há zonas.")
        case .zone:
            Message(
                es: "{name}: {down} de {watched} equipos caídos, {services} servicios, {incidents} fallas",
                en: "{name}: {down} of {watched} devices down, {services} services, {incidents} incidents",
                pt: "{name}: {down} de {watched} equipamentos fora do ar, {services} serviços, {incidents} falhas")
        case .monitorOn: Message(es: "Monitor encendido.", en: "The monitor is on.", pt: "Monitor ligado.")
        case .howToAnnounce:
            Message(
                es:
                    "Para empezar uno ahora: /mantenimiento 60 Cerro Alto (minutos y, si no es toda la red, sitio o zona).",
                en: "To begin one now: /mantenimiento 60 Cerro Alto (minutes and, unless all, a site or zone).",
                pt:
                    "Para começar uma agora: /mantenimiento 60 Cerro Alto (minutos e, se não for toda a rede, local ou zona)."
            )
        case .unknownPlace:
            Message(
                es: "No hay sitio ni zona que se llame {place}.", en: "No site or zone is called {place}.",
                pt: "Não há local nem zona com o nome {place}.")
        case .wouldAnnounce:
            Message(
                es: "Mantenimiento de {minutes} minutos desde ahora: {place}. Mientras dure, sus fallas no se avisan.",
                en: "Maintenance for {minutes} minutes from now: {place}. Meanwhile nobody is told of its outages.",
                pt:
                    "Manutenção de {minutes} minutos a partir de agora: {place}. Enquanto durar, as falhas não são avisadas."
            )
        case .maintenanceTitle: Message(es: "Mantenimiento", en: "Maintenance", pt: "Manutenção")
        case .announced:
            Message(
                es: "Mantenimiento en curso hasta {until}.", en: "Maintenance under way until {until}.",
                pt: "Manutenção em curso até {until}.")
        case .more:
            Message(es: "… y {number} más", en: "… and {number} more", pt: "… e mais {number}")
        }
    }
}
