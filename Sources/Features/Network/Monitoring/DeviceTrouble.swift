import Locale

/// Why a poll had no answer; as it is stored, by its code.
enum DeviceTrouble: String, MessageCatalogue {
    case silence, snmpSilence = "snmp_silence", garbage, refused, noICMP = "no_icmp", routerSilence = "router_silence"
    case addressRefused = "address_refused", agentSilent = "agent_silent"
    case credentials = "snmp_credentials"
    case noUplink = "no_uplink", notAsked = "not_asked"

    var message: Message {
        switch self {
        case .silence: Message(es: "No respondió al ping", en: "No answer to ping", pt: "Não respondeu ao ping")
        case .snmpSilence:
            Message(
                es: "No respondió a SNMP ni al ping", en: "No answer to SNMP nor to ping",
                pt: "Não respondeu a SNMP nem ao ping")
        case .agentSilent:
            Message(
                es: "Responde al ping, pero no a SNMP: revise la comunidad",
                tu: "Responde al ping, pero no a SNMP: revisa la comunidad",
                vos: "Responde al ping, pero no a SNMP: revisá la comunidad",
                en: "It answers to ping, but not to SNMP: check the community",
                pt: "Responde ao ping, mas não a SNMP: verifique a comunidade")
        case .credentials:
            Message(
                es: "Está en línea, pero no acepta el usuario o las contraseñas de SNMP v3",
                en: "It is on line, but does not take the user or the passwords of SNMP v3",
                pt: "Está on-line, mas não aceita o usuário ou as senhas de SNMP v3")
        case .garbage:
            Message(
                es: "Respondió algo que no es SNMP", en: "It answered what is no SNMP",
                pt: "Respondeu algo que não é SNMP")
        case .refused:
            Message(es: "Rechazó la consulta", en: "It refused the question", pt: "Recusou a consulta")
        case .noICMP:
            Message(
                es: "Este servidor no puede hacer ping: falta el permiso del sistema (ping_group_range o CAP_NET_RAW)",
                en: "This server may not ping: the system's permission is missing (ping_group_range or CAP_NET_RAW)",
                pt: "Este servidor não pode fazer ping: falta a permissão do sistema (ping_group_range ou CAP_NET_RAW)")
        case .noUplink:
            Message(
                es: "Este servidor se quedó sin red: no se sabe si responde",
                en: "This server has lost its network: nobody knows whether it answers",
                pt: "Este servidor ficou sem rede: não se sabe se responde")
        case .notAsked:
            Message(
                es: "No se pudo consultar: se intenta de nuevo en la próxima vuelta",
                en: "It could not be polled: the next poll tries again",
                pt: "Não foi possível consultar: a próxima volta tenta de novo")
        case .routerSilence:
            Message(es: "La API no respondió", en: "The API did not answer", pt: "A API não respondeu")
        case .addressRefused:
            Message(
                es: "Su dirección ya no está en las redes de equipos",
                en: "Its address is no longer in the device networks",
                pt: "Seu endereço já não está nas redes de equipamentos")
        }
    }
}
