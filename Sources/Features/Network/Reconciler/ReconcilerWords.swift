import AccessProtocol
import Locale

enum ReconcilerWords: MessageCatalogue {
    case commands, commandsIntro, noCommands, pending, pendingSince, content, state, sent, reply, differences
    case differencesIntro, noDifferences, what, found, wanted, repair, repairing, repairNote, customer, network,
        verified
    case notVerified, online, offline, desiredNow, waitsForRouter, bind, changeAccess, older, allRouters, service,
        router
    case method, desired, standing, revision, isOnline, verifiedAt, kind, repairable, foundAt, apiState, apiRepair
    case apiDifferences, filter, isPending, lastCommands, queuedTitle, queuedPaid, queuedText
    case onNetwork
    case address, caller, connectedAt, onlineSince
    case inShadow, shadowIntro, activate, activateTitle, activateText, verifiedAtTime, toVerify, doesNotMatch
    case notCompared, nothingToCompare, setProfile, profileNote, noProfile

    var message: Message {
        switch self {
        case .onNetwork: Message(es: "En la red", en: "On the network", pt: "Na rede")
        case .commands: Message(es: "Cola de comandos", en: "Command queue", pt: "Fila de comandos")
        case .commandsIntro:
            Message(
                es: "Lo que se envió a los routers. Un comando queda verificado cuando se leyó de vuelta.",
                en: "What was sent to routers. A command is verified once it was read back.",
                pt: "O que foi enviado aos roteadores. Um comando fica verificado quando foi lido de volta.")
        case .noCommands:
            Message(
                es: "Todavía no se ha enviado nada a los routers.", en: "Nothing was sent to routers yet.",
                pt: "Nada foi enviado aos roteadores ainda.")
        case .pending: Message(es: "En cola", en: "Queued", pt: "Na fila")
        case .pendingSince: Message(es: "Desde", en: "Since", pt: "Desde")
        case .content: Message(es: "Comando", en: "Command", pt: "Comando")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviado")
        case .reply: Message(es: "Respuesta", en: "Reply", pt: "Resposta")
        case .differences: Message(es: "Diferencias", en: "Differences", pt: "Diferenças")
        case .differencesIntro:
            Message(
                es: "Lo que en los routers no es como debe y necesita que alguien decida.",
                en: "What is not as it should be on the routers, and needs somebody's decision.",
                pt: "O que nos roteadores não está como deve e precisa que alguém decida.")
        case .noDifferences:
            Message(
                es: "Sin diferencias. Todo se revisó por última vez el {time}.",
                en: "No differences. All of it was last compared on {time}.",
                pt: "Sem diferenças. Tudo foi revisado pela última vez em {time}.")
        case .notCompared:
            Message(
                es: .count(
                    one: "Todavía no se ha revisado por completo {count} router.",
                    many: "Todavía no se han revisado por completo {count} de routers.",
                    other: "Todavía no se han revisado por completo {count} routers."),
                en: .count(
                    one: "{count} router was not compared as a whole yet.",
                    other: "{count} routers were not compared as a whole yet."),
                pt: .count(
                    one: "{count} roteador ainda não foi revisado por completo.",
                    many: "{count} de roteadores ainda não foram revisados por completo.",
                    other: "{count} roteadores ainda não foram revisados por completo."))
        case .nothingToCompare:
            Message(
                es: "No hay routers que revisar.", en: "There are no routers to compare.",
                pt: "Não há roteadores para revisar.")
        case .what: Message(es: "Diferencia", en: "Difference", pt: "Diferença")
        case .found: Message(es: "En el router", en: "On the router", pt: "No roteador")
        case .wanted: Message(es: "Debe ser", en: "Should be", pt: "Deve ser")
        case .repair: Message(es: "Reparar", en: "Repair", pt: "Reparar")
        case .repairing: Message(es: "Reparando", en: "Being repaired", pt: "Reparando")
        case .repairNote:
            Message(es: "Se arregla en el router", en: "To be mended on the router", pt: "Corrige-se no roteador")
        case .setProfile:
            Message(
                es: "Definir el perfil de {plan} en «Perfiles por plan»", en: "Set the profile of {plan}",
                pt: "Definir o perfil de {plan} em «Perfis por plano»")
        case .profileNote:
            Message(
                es: "Falta el perfil de {plan} en «Perfiles por plan» del router",
                en: "The router's “Profiles by plan” lack that of {plan}",
                pt: "Falta o perfil de {plan} em «Perfis por plano» do roteador")
        case .noProfile:
            Message(
                es: "El plan {plan} no tiene perfil en «Perfiles por plan»; sin él no cambia la velocidad en:",
                en: "The plan {plan} has no profile under “Profiles by plan”; without it the speed does not change on:",
                pt: "O plano {plan} não tem perfil em «Perfis por plano»; sem ele a velocidade não muda em:")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .network: Message(es: "En la red", en: "On the network", pt: "Na rede")
        case .verified:
            Message(es: "Verificado en el router", en: "Verified on the router", pt: "Verificado no roteador")
        case .verifiedAtTime:
            Message(es: "Verificado {time}", en: "Verified {time}", pt: "Verificado {time}")
        case .toVerify: Message(es: "Por verificar", en: "To be verified", pt: "A verificar")
        case .doesNotMatch: Message(es: "No coincide", en: "Does not match", pt: "Não coincide")
        case .notVerified:
            Message(es: "Aún sin verificar", en: "Not verified yet", pt: "Ainda não verificado")
        case .online: Message(es: "Con sesión", en: "On line", pt: "Com sessão")
        case .offline: Message(es: "Sin sesión", en: "Off line", pt: "Sem sessão")
        case .desiredNow: Message(es: "Debe estar", en: "Should be", pt: "Deve estar")
        case .waitsForRouter:
            Message(
                es: "El router no responde: se hará cuando vuelva.",
                en: "The router does not answer: it will be done when it is back.",
                pt: "O roteador não responde: será feito quando voltar.")
        case .bind: Message(es: "Ligar a un router", en: "Bind to a router", pt: "Ligar a um roteador")
        case .changeAccess: Message(es: "Cambiar acceso", en: "Change access", pt: "Alterar acesso")
        case .older: Message(es: "Anteriores", en: "Older", pt: "Anteriores")
        case .allRouters: Message(es: "Todos los routers", en: "All routers", pt: "Todos os roteadores")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        case .method:
            Message(
                es: "Cómo se conecta: por su router o por RADIUS; null si por ninguno.",
                en: "How it goes on line: by its router or by RADIUS; null where by neither.",
                pt: "Como se conecta: pelo roteador ou por RADIUS; null se por nenhum.")
        case .desired:
            Message(
                es: "Lo que debe ser: open, conectado; closed, cortado; absent, sin acceso.",
                en: "What should be: open, connected; closed, cut; absent, no access.",
                pt: "O que deve ser: open, conectado; closed, cortado; absent, sem acesso.")
        case .standing:
            Message(
                es: "En una palabra; connected y cut solo después de leerlo en el router.",
                en: "In a word; connected and cut only after it was read on the router.",
                pt: "Em uma palavra; connected e cut só depois de lido no roteador.")
        case .revision:
            Message(
                es: "De lo que debe ser; crece con cada cambio.", en: "Of what should be; grows with each change.",
                pt: "Do que deve ser; cresce a cada mudança.")
        case .isOnline: Message(es: "Si tenía sesión.", en: "Whether it was on line.", pt: "Se tinha sessão.")
        case .verifiedAt:
            Message(
                es: "Cuándo se leyó por última vez que es así; null si aún no.",
                en: "When it was last read to be so; null where it was not yet.",
                pt: "Quando foi lido por último que é assim; null se ainda não.")
        case .kind: Message(es: "Qué difiere.", en: "What differs.", pt: "O que difere.")
        case .repairable:
            Message(
                es: "Si puede repararse desde aquí.", en: "Whether it can be repaired from here.",
                pt: "Se pode ser reparado daqui.")
        case .foundAt: Message(es: "Cuándo se encontró.", en: "When it was found.", pt: "Quando foi encontrada.")
        case .apiState:
            Message(
                es: "Un servicio en la red: lo que debe ser y lo verificado",
                en: "A service on the network: what should be, and what was verified",
                pt: "Um serviço na rede: o que deve ser e o verificado")
        case .apiRepair:
            Message(
                es: "Repara las diferencias de un servicio", en: "Repairs a service's differences",
                pt: "Repara as diferenças de um serviço")
        case .apiDifferences: Message(es: "Las diferencias", en: "The differences", pt: "As diferenças")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .isPending: Message(es: "Pendiente", en: "Pending", pt: "Pendente")
        case .lastCommands: Message(es: "Últimos comandos", en: "Latest commands", pt: "Últimos comandos")
        case .address:
            Message(
                es: "La IP de su sesión.", en: "The address of its session.", pt: "O IP da sua sessão.")
        case .caller:
            Message(
                es: "La MAC del equipo que marcó.", en: "The MAC address of the equipment that dialled.",
                pt: "A MAC do equipamento que discou.")
        case .connectedAt:
            Message(
                es: "Desde cuándo tiene sesión.", en: "Since when it is on line.", pt: "Desde quando tem sessão.")
        case .onlineSince: Message(es: "En línea desde", en: "On line since", pt: "On-line desde")
        case .inShadow:
            Message(
                es: "Router en sombra: no se le envía nada", en: "Router in shadow: nothing is sent",
                pt: "Roteador em sombra: nada é enviado")
        case .shadowIntro:
            Message(
                es: "En sombra este router solo se mira. Lo que se habría hecho aparece en Diferencias.",
                en: "In shadow this router is only looked at. What would have been done is under Differences.",
                pt: "Em sombra este roteador só é olhado. O que teria sido feito aparece em Diferenças.")
        case .activate: Message(es: "Activar router", en: "Activate router", pt: "Ativar roteador")
        case .activateTitle: Message(es: "¿Activar {name}?", en: "Activate {name}?", pt: "Ativar {name}?")
        case .activateText:
            Message(
                es: "Desde ahora se corta y reconecta en él. Hoy se enviaría: {what}.",
                en: "From now on it is told to cut and reconnect. Today this would be sent: {what}.",
                pt: "A partir de agora ele corta e reconecta. Hoje seria enviado: {what}.")
        case .queuedTitle: Message(es: "Reconexión en cola", en: "Reconnection queued", pt: "Reconexão na fila")
        case .queuedPaid:
            Message(
                es: "Pago recibido, reconexión en cola", en: "Payment received, reconnection queued",
                pt: "Pagamento recebido, reconexão na fila")
        case .queuedText:
            Message(
                es: "Su servicio {service} vuelve solo, en cuanto el equipo de la red responda.",
                tu: "Tu servicio {service} vuelve solo, en cuanto el equipo de la red responda.",
                en: "Your service {service} comes back by itself, as soon as the network's device answers.",
                pt: "Seu serviço {service} volta sozinho, assim que o equipamento da rede responder.")
        }
    }
}

extension AccessFinding.Kind {
    /// For people to read.
    var message: Message {
        switch self {
        case .missingAccount:
            Message(es: "Falta el secreto PPPoE", en: "The PPPoE secret is missing", pt: "Falta o secret PPPoE")
        case .missingPassword:
            Message(
                es: "Falta el secreto, y aquí no hay contraseña para crearlo",
                en: "The secret is missing, and there is no password here to make it",
                pt: "Falta o secret, e aqui não há senha para criá-lo")
        case .unknownProfile:
            Message(
                es: "No se sabe qué perfil le toca", en: "It is not known which profile is its own",
                pt: "Não se sabe qual perfil lhe cabe")
        case .missingProfile:
            Message(
                es: "El perfil no existe en el router", en: "The router has no such profile",
                pt: "O perfil não existe no roteador")
        case .otherProfile: Message(es: "Tiene otro perfil", en: "It has another profile", pt: "Tem outro perfil")
        case .notCut: Message(es: "Debe estar cortado", en: "It should be cut", pt: "Deve estar cortado")
        case .stillCut: Message(es: "Debe estar conectado", en: "It should be connected", pt: "Deve estar conectado")
        case .oldSession:
            Message(
                es: "Su sesión sigue con lo anterior", en: "Its session runs under what was before",
                pt: "Sua sessão segue com o anterior")
        case .otherAddress: Message(es: "Tiene otra IP", en: "It has another IP", pt: "Tem outro IP")
        case .unknownAddress:
            Message(
                es: "No se conoce su IP para cortarlo", en: "Its IP is not known, to cut it",
                pt: "Não se conhece seu IP para cortá-lo")
        case .staleListing:
            Message(
                es: "Su IP anterior sigue en la lista de morosos", en: "Its former IP is still in the list of debtors",
                pt: "Seu IP anterior segue na lista de inadimplentes")
        case .missingQueue:
            Message(es: "Falta la cola simple", en: "The simple queue is missing", pt: "Falta a fila simples")
        case .missingLease:
            Message(es: "Falta la IP fija en el DHCP", en: "The DHCP lease is missing", pt: "Falta o IP fixo no DHCP")
        case .otherSpeed: Message(es: "Tiene otra velocidad", en: "It has another speed", pt: "Tem outra velocidade")
        case .sharedAddress:
            Message(
                es: "Comparte su IP con otro servicio", en: "It shares its IP with another service",
                pt: "Compartilha seu IP com outro serviço")
        case .severalOfThatName:
            Message(
                es: "Hay varios con ese nombre", en: "There are several of that name", pt: "Há vários com esse nome")
        }
    }
}
