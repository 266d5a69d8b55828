import Locale

enum RadiusWords: MessageCatalogue {
    case servers, intro, noServers, newServer, edit, delete, deleteTitle, deleteText, tryOut, answered, silence, renew
    case renewTitle, renewText, secret, secretOnce, scriptIntro, ourAddress, toServer, name, address, seen, never
    case sessions, online, latest, nobody, search, find, login, customer, caller, since, traffic, server, ending,
        unknown
    case asked, rejections, reason, times, last
    case access, give, changeAccess, showPassword, password, remove, removeTitle, removeText, endsAt, accepted,
        toService, voucher, addressLost
    case traffic30, trafficHint, consumption

    var message: Message {
        switch self {
        case .servers: Message(es: "RADIUS: equipos NAS", en: "RADIUS: NAS", pt: "RADIUS: equipamentos NAS")
        case .intro:
            Message(
                es: "Equipos por los que entran sus clientes y que consultan aquí quién puede. Se conocen por su IP.",
                en: "Equipment by which your customers get in, and which asks here who may. It is known by its IP.",
                pt:
                    "Equipamentos pelos quais entram seus clientes e que consultam aqui quem pode. São conhecidos pelo IP."
            )
        case .noServers:
            Message(
                es: "Todavía no hay ningún NAS.", en: "There is no NAS yet.", pt: "Ainda não há nenhum NAS.")
        case .newServer: Message(es: "Agregar NAS", en: "Add a NAS", pt: "Adicionar NAS")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .delete: Message(es: "Eliminar NAS", en: "Delete the NAS", pt: "Excluir NAS")
        case .deleteTitle:
            Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "Nadie más entrará por él, y sus sesiones y rechazos se olvidan.",
                en: "Nobody gets in by it any more, and its sessions and refusals are forgotten.",
                pt: "Ninguém mais entra por ele, e suas sessões e recusas são esquecidas.")
        case .tryOut: Message(es: "Probar", en: "Try it", pt: "Testar")
        case .answered:
            Message(
                es: "Responde: el secreto coincide y acepta desconexiones.",
                en: "It answers: the secret is the same, and it takes orders to disconnect.",
                pt: "Responde: o segredo coincide e aceita desconexões.")
        case .silence:
            Message(
                es: "No responde. Revise la IP, el secreto y que acepte órdenes: /radius incoming set accept=yes.",
                en: "No answer. Check the IP, the secret and that it takes orders: /radius incoming set accept=yes.",
                pt: "Não responde. Verifique o IP, o segredo e se aceita ordens: /radius incoming set accept=yes.")
        case .renew: Message(es: "Dar otro secreto", en: "Give another secret", pt: "Dar outro segredo")
        case .renewTitle:
            Message(
                es: "¿Dar otro secreto a {name}?", en: "Give {name} another secret?", pt: "Dar outro segredo a {name}?")
        case .renewText:
            Message(
                es: "El de ahora deja de valer en segundos: nadie entra por el NAS hasta que tenga el nuevo.",
                en: "The present one is void within seconds: nobody gets in by the NAS until it has the new one.",
                pt: "O atual deixa de valer em alguns segundos: ninguém entra pelo NAS até que tenha o novo.")
        case .secret: Message(es: "Secreto", en: "Secret", pt: "Segredo")
        case .secretOnce:
            Message(
                es: "Cópielo ahora: no se muestra otra vez.", en: "Copy it now: it is not shown again.",
                pt: "Copie-o agora: não é mostrado outra vez.")
        case .scriptIntro:
            Message(
                es: "En un MikroTik se pega esto en la terminal:", en: "On a MikroTik paste this into the terminal:",
                pt: "Em um MikroTik cole isto no terminal:")
        case .ourAddress: Message(es: "IP-DE-ESTE-SERVIDOR", en: "IP-OF-THIS-SERVER", pt: "IP-DESTE-SERVIDOR")
        case .toServer: Message(es: "Ir al NAS", en: "To the NAS", pt: "Ir ao NAS")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .address: Message(es: "IP", en: "IP", pt: "IP")
        case .seen: Message(es: "Último informe", en: "Last report", pt: "Último relatório")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .sessions: Message(es: "Sesiones RADIUS", en: "RADIUS sessions", pt: "Sessões RADIUS")
        case .online: Message(es: "En línea ahora", en: "On line now", pt: "On-line agora")
        case .latest: Message(es: "Últimas sesiones", en: "Latest sessions", pt: "Últimas sessões")
        case .nobody: Message(es: "Nadie está en línea.", en: "Nobody is on line.", pt: "Ninguém está on-line.")
        case .search: Message(es: "Usuario, IP o MAC", en: "User, IP or MAC", pt: "Usuário, IP ou MAC")
        case .find: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .login: Message(es: "Usuario", en: "User", pt: "Usuário")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .caller: Message(es: "MAC", en: "MAC", pt: "MAC")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .traffic: Message(es: "Tráfico", en: "Traffic", pt: "Tráfego")
        case .server: Message(es: "NAS", en: "NAS", pt: "NAS")
        case .ending: Message(es: "Fin", en: "End", pt: "Fim")
        case .unknown: Message(es: "Desconocido", en: "Unknown", pt: "Desconhecido")
        case .asked:
            Message(
                es: "Desconexión pedida {times} veces: {answer}", en: "Asked to disconnect {times} times: {answer}",
                pt: "Desconexão pedida {times} vezes: {answer}")
        case .rejections: Message(es: "Últimos rechazos", en: "Latest refusals", pt: "Últimas recusas")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .times: Message(es: "Veces", en: "Times", pt: "Vezes")
        case .last: Message(es: "Última vez", en: "Last time", pt: "Última vez")
        case .access: Message(es: "Acceso por RADIUS", en: "Access by RADIUS", pt: "Acesso por RADIUS")
        case .give: Message(es: "Dar acceso por RADIUS", en: "Give access by RADIUS", pt: "Dar acesso por RADIUS")
        case .changeAccess: Message(es: "Cambiar acceso", en: "Change access", pt: "Alterar acesso")
        case .showPassword: Message(es: "Ver contraseña", en: "Show the password", pt: "Ver senha")
        case .password: Message(es: "Contraseña", en: "Password", pt: "Senha")
        case .remove: Message(es: "Quitar acceso", en: "Take access away", pt: "Tirar acesso")
        case .removeTitle:
            Message(
                es: "¿Quitar el acceso por RADIUS a {name}?", en: "Take away {name}'s access by RADIUS?",
                pt: "Tirar o acesso por RADIUS de {name}?")
        case .removeText:
            Message(
                es: "Se cierra su sesión y no puede entrar hasta que se le dé otro.",
                en: "Its session is closed, and it cannot get in until it is given another.",
                pt: "Sua sessão é fechada e não pode entrar até receber outro.")
        case .endsAt: Message(es: "Prueba hasta", en: "Trial until", pt: "Teste até")
        case .accepted: Message(es: "Última entrada", en: "Last let in", pt: "Última entrada")
        case .voucher: Message(es: "Ficha hotspot", en: "Hotspot card", pt: "Ficha de hotspot")
        case .addressLost:
            Message(
                es:
                    "Otra empresa usa ahora esta IP: este NAS no la usó en su primer día. Nadie entra por él. Dele otra IP, o elimínelo y agréguelo de nuevo.",
                en:
                    "Another company uses this IP now: this NAS did not use it on its first day. Nobody gets in by it. Give it another IP, or delete it and add it again.",
                pt:
                    "Outra empresa usa agora este IP: este NAS não o usou no primeiro dia. Ninguém entra por ele. Dê outro IP, ou exclua-o e adicione-o de novo."
            )
        case .traffic30:
            Message(es: "Consumo de 30 días", en: "Traffic of 30 days", pt: "Consumo de 30 dias")
        case .trafficHint:
            Message(
                es: "{received} MB bajados y {sent} MB subidos en 30 días.",
                en: "{received} MB down and {sent} MB up within 30 days.",
                pt: "{received} MB baixados e {sent} MB enviados em 30 dias.")
        case .consumption:
            Message(
                es: "Su consumo", tu: "Tu consumo", vos: "Tu consumo", en: "Your traffic", pt: "Seu consumo")
        case .toService: Message(es: "Ir al servicio", en: "To the service", pt: "Ir ao serviço")
        }
    }
}
