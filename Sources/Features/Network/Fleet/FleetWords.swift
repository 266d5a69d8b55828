import Locale

enum FleetWords: MessageCatalogue {
    case title, intro, none, search, controllers, controllersIntro, noControllers, newController, editController
    case deleteController, deleteControllerTitle, deleteControllerText, health, devices, name, standing, mac, address
    case model, firmware, site, customer, ssid, signal, work, since, seen, gap, cause, vendor, found, gaps, gapsIntro
    case noGaps, tryConnection, trialGood, version, sites, lastSync, took, never, trouble, syncNow, state, authorize
    case authorizeTitle, authorizeHint, chooseSite, serviceNumber, serviceHint, renewKey, close, closeTitle, reason
    case closedBy, twin, decryption, remove, removeTitle, worklist, cross, crossIntro, compareNow, today, before
    case noDay, gone, new, countOf, evidence, link, linkTitle, device, chooseDevice, orphans, endpoints, towers
    case sitesIntro, outages, noOutages, open, connection, connectionIntro, connectionText, check, right, connectionGood
    case seeService, acts, updated, unread, ofToday

    var message: Message {
        switch self {
        case .title: Message(es: "UISP y antenas", en: "UISP and antennas", pt: "UISP e antenas")
        case .intro:
            Message(
                es: "Lo que UISP dice de cada equipo. Lo que desaparece allá queda aquí como desaparecido.",
                en: "What UISP says of each device. What disappears there stays here as vanished.",
                pt: "O que o UISP diz de cada equipamento. O que desaparece lá fica aqui como desaparecido.")
        case .none:
            Message(
                es: "Todavía no hay equipos. Agregue una conexión con UISP y en dos minutos están aquí.",
                tu: "Todavía no hay equipos. Agrega una conexión con UISP y en dos minutos están aquí.",
                vos: "Todavía no hay equipos. Agregá una conexión con UISP y en dos minutos están acá.",
                en: "There are no devices yet. Add a connection to UISP, and in two minutes they are here.",
                pt: "Ainda não há equipamentos. Adicione uma conexão com o UISP e em dois minutos estarão aqui.")
        case .search: Message(es: "Nombre, MAC o IP", en: "Name, MAC or IP", pt: "Nome, MAC ou IP")
        case .controllers: Message(es: "Conexiones con UISP", en: "Connections to UISP", pt: "Conexões com o UISP")
        case .controllersIntro:
            Message(
                es: "Cada UISP de su empresa, y si responde.", tu: "Cada UISP de tu empresa, y si responde.",
                vos: "Cada UISP de tu empresa, y si responde.",
                en: "Each of your company's UISPs, and whether it answers.",
                pt: "Cada UISP da sua empresa, e se responde.")
        case .noControllers:
            Message(
                es: "Todavía no hay ninguna conexión con UISP.", en: "There is no connection to UISP yet.",
                pt: "Ainda não há nenhuma conexão com o UISP.")
        case .newController: Message(es: "Conectar UISP", en: "Connect UISP", pt: "Conectar UISP")
        case .editController: Message(es: "Cambiar la conexión", en: "Change the connection", pt: "Alterar a conexão")
        case .deleteController:
            Message(es: "Eliminar la conexión", en: "Delete the connection", pt: "Excluir a conexão")
        case .deleteControllerTitle:
            Message(
                es: "¿Eliminar la conexión {name}?", en: "Delete the connection {name}?",
                pt: "Excluir a conexão {name}?")
        case .deleteControllerText:
            Message(
                es: "Sus equipos, sitios y enlaces con servicios se borran de aquí. En UISP no cambia nada.",
                en: "Its devices, sites and links to services are deleted here. Nothing changes in UISP.",
                pt: "Seus equipamentos, locais e vínculos com serviços são apagados daqui. No UISP nada muda.")
        case .health: Message(es: "Estado", en: "Status", pt: "Situação")
        case .devices: Message(es: "Equipos", en: "Devices", pt: "Equipamentos")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .standing: Message(es: "Estado", en: "Status", pt: "Situação")
        case .mac: Message(es: "MAC", en: "MAC", pt: "MAC")
        case .address: Message(es: "IP", en: "IP", pt: "IP")
        case .model: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .firmware: Message(es: "Firmware", en: "Firmware", pt: "Firmware")
        case .site: Message(es: "Sitio", en: "Site", pt: "Local")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .ssid: Message(es: "Red (SSID)", en: "Network (SSID)", pt: "Rede (SSID)")
        case .signal: Message(es: "Señal", en: "Signal", pt: "Sinal")
        case .work: Message(es: "Atención", en: "Attention", pt: "Atenção")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .seen: Message(es: "Visto por última vez", en: "Last seen", pt: "Visto por último")
        case .gap: Message(es: "Qué falta", en: "What is missing", pt: "O que falta")
        case .cause: Message(es: "Causa y arreglo", en: "Cause and fix", pt: "Causa e correção")
        case .vendor: Message(es: "Fabricante", en: "Maker", pt: "Fabricante")
        case .found: Message(es: "Desde", en: "Since", pt: "Desde")
        case .gaps: Message(es: "Lo que no cuadra", en: "What does not agree", pt: "O que não confere")
        case .gapsIntro:
            Message(
                es: "Cada línea dice qué falta y por qué. Lo que se arregla desaparece con el siguiente cruce.",
                en: "Each line says what is missing and why. What is put right goes with the next comparison.",
                pt: "Cada linha diz o que falta e por quê. O que se corrige some no próximo cruzamento.")
        case .noGaps: Message(es: "Todo cuadra.", en: "Everything agrees.", pt: "Tudo confere.")
        case .tryConnection: Message(es: "Probar conexión", en: "Try connection", pt: "Testar conexão")
        case .trialGood:
            Message(
                es: "UISP responde y el token sirve.", en: "UISP answers, and the token is good.",
                pt: "O UISP responde e o token serve.")
        case .version: Message(es: "Versión", en: "Version", pt: "Versão")
        case .sites: Message(es: "Sitios", en: "Sites", pt: "Locais")
        case .lastSync: Message(es: "Leído por completo", en: "Read as a whole", pt: "Lido por completo")
        case .took: Message(es: "Tardó {span}", en: "Took {span}", pt: "Levou {span}")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .trouble: Message(es: "Último problema", en: "Last trouble", pt: "Último problema")
        case .syncNow: Message(es: "Leer ahora", en: "Read now", pt: "Ler agora")
        case .state: Message(es: "En UISP", en: "In UISP", pt: "No UISP")
        case .authorize: Message(es: "Autorizar", en: "Authorize", pt: "Autorizar")
        case .authorizeTitle:
            Message(es: "Autorizar {name}", en: "Authorize {name}", pt: "Autorizar {name}")
        case .authorizeHint:
            Message(
                es: "El equipo entra a UISP en el sitio elegido y queda ligado al servicio.",
                en: "The device enters UISP at the chosen site and is linked to the service.",
                pt: "O equipamento entra no UISP no local escolhido e fica vinculado ao serviço.")
        case .chooseSite:
            Message(
                es: "Elija el sitio", tu: "Elige el sitio", vos: "Elegí el sitio", en: "Choose the site",
                pt: "Escolha o local")
        case .serviceNumber: Message(es: "Número de servicio", en: "Service number", pt: "Número do serviço")
        case .serviceHint:
            Message(
                es: "Vacío, no se liga a nadie.", en: "Empty, it is linked to nobody.",
                pt: "Vazio, não se vincula a ninguém.")
        case .renewKey: Message(es: "Renovar la clave", en: "Renew the key", pt: "Renovar a chave")
        case .close: Message(es: "Dar por atendido", en: "Mark as looked at", pt: "Marcar como atendido")
        case .closeTitle:
            Message(es: "Dar {name} por atendido", en: "Mark {name} as looked at", pt: "Marcar {name} como atendido")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .closedBy: Message(es: "Atendido por", en: "Looked at by", pt: "Atendido por")
        case .twin:
            Message(
                es: "Duplicado: otro equipo en línea tiene su MAC o su nombre",
                en: "Duplicate: another device that is online has its MAC or its name",
                pt: "Duplicado: outro equipamento on-line tem sua MAC ou seu nome")
        case .decryption:
            Message(
                es: "UISP no puede descifrar lo que envía: su clave cambió",
                en: "UISP cannot decrypt what it sends: its key has changed",
                pt: "O UISP não consegue decifrar o que ele envia: sua chave mudou")
        case .remove: Message(es: "Eliminar de UISP", en: "Remove from UISP", pt: "Remover do UISP")
        case .removeTitle:
            Message(
                es: "Eliminar de UISP fantasmas y duplicados", en: "Remove phantoms and duplicates from UISP",
                pt: "Remover do UISP fantasmas e duplicados")
        case .worklist: Message(es: "Por atender", en: "To be looked at", pt: "A atender")
        case .cross:
            Message(es: "Cruce PPPoE–CRM–NMS", en: "PPPoE–CRM–NMS cross reference", pt: "Cruzamento PPPoE–CRM–NMS")
        case .crossIntro:
            Message(
                es:
                    "Sesiones y secretos de los routers, servicios facturados, RADIUS y equipos de UISP, unidos con su prueba.",
                en:
                    "The routers' sessions and secrets, billed services, RADIUS and UISP's devices, joined by evidence.",
                pt:
                    "Sessões e secrets dos roteadores, serviços faturados, RADIUS e equipamentos do UISP, unidos com sua prova."
            )
        case .compareNow: Message(es: "Cruzar ahora", en: "Compare now", pt: "Cruzar agora")
        case .today: Message(es: "Último", en: "Latest", pt: "Último")
        case .before: Message(es: "Día anterior", en: "Day before", pt: "Dia anterior")
        case .noDay:
            Message(
                es: "Todavía no se hizo ningún cruce. Se hace cada noche, o ahora con el botón.",
                en: "Nothing has been compared yet. It is every night, or now with the button.",
                pt: "Ainda não se fez nenhum cruzamento. É feito toda noite, ou agora com o botão.")
        case .gone: Message(es: "Ya no están", en: "No longer there", pt: "Já não estão")
        case .new: Message(es: "Son nuevos", en: "New", pt: "São novos")
        case .countOf: Message(es: "Qué se cuenta", en: "What is counted", pt: "O que se conta")
        case .evidence: Message(es: "Cómo se sabe", en: "How it is known", pt: "Como se sabe")
        case .link: Message(es: "Ligar", en: "Link", pt: "Vincular")
        case .linkTitle: Message(es: "Ligar a un equipo", en: "Link to a device", pt: "Vincular a um equipamento")
        case .device: Message(es: "Equipo", en: "Device", pt: "Equipamento")
        case .chooseDevice:
            Message(
                es: "Elija el equipo", tu: "Elige el equipo", vos: "Elegí el equipo", en: "Choose the device",
                pt: "Escolha o equipamento")
        case .orphans:
            Message(
                es: "Sitios de cliente sin cliente en el CRM", en: "Customers' sites without a client in the CRM",
                pt: "Locais de cliente sem cliente no CRM")
        case .endpoints: Message(es: "Sitios de cliente", en: "Customers' sites", pt: "Locais de cliente")
        case .towers: Message(es: "Sitios de la red", en: "Network sites", pt: "Locais da rede")
        case .sitesIntro:
            Message(
                es: "El árbol de UISP: cada torre con sus sitios de cliente y equipos.",
                en: "UISP's tree: each tower with its customers' sites and devices.",
                pt: "A árvore do UISP: cada torre com seus locais de cliente e equipamentos.")
        case .outages: Message(es: "Caídas en UISP", en: "Outages in UISP", pt: "Quedas no UISP")
        case .noOutages:
            Message(es: "UISP no ve ninguna caída.", en: "UISP sees no outage.", pt: "O UISP não vê nenhuma queda.")
        case .open: Message(es: "Sigue", en: "Under way", pt: "Continua")
        case .connection: Message(es: "Cadena de conexión", en: "Connection string", pt: "String de conexão")
        case .connectionIntro:
            Message(
                es: "Pegue la cadena que quiere poner en una antena: aquí se ve si entra a UISP. No se guarda.",
                tu: "Pega la cadena que quieres poner en una antena: aquí se ve si entra a UISP. No se guarda.",
                vos: "Pegá la cadena que querés poner en una antena: acá se ve si entra a UISP. No se guarda.",
                en:
                    "Paste the string that you want to give an antenna: here you see whether it gets in. It is not kept.",
                pt: "Cole a string que quer pôr em uma antena: aqui se vê se entra no UISP. Não é guardada.")
        case .connectionText: Message(es: "Cadena", en: "String", pt: "String")
        case .check: Message(es: "Revisar", en: "Check", pt: "Verificar")
        case .right: Message(es: "Debe quedar así", en: "It should read", pt: "Deve ficar assim")
        case .connectionGood: Message(es: "La cadena está bien.", en: "The string is good.", pt: "A string está certa.")
        case .seeService: Message(es: "Ver el servicio", en: "See the service", pt: "Ver o serviço")
        case .acts: Message(es: "Acciones", en: "Actions", pt: "Ações")
        case .updated: Message(es: "Cruce de {moment}", en: "Compared {moment}", pt: "Cruzamento de {moment}")
        case .unread:
            Message(
                es: "Routers que no respondieron: {names}. Lo suyo no se cuenta.",
                en: "Routers that did not answer: {names}. What is theirs is not counted.",
                pt: "Roteadores que não responderam: {names}. O que é deles não se conta.")
        case .ofToday:
            Message(es: "Lo que no cuadra ahora", en: "What does not agree now", pt: "O que não confere agora")
        }
    }
}

extension FleetCount.Kind: MessageCatalogue {
    var message: Message {
        switch self {
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .linked: Message(es: "Servicios con equipo", en: "Services with a device", pt: "Serviços com equipamento")
        case .unlinked:
            Message(es: "Servicios sin equipo", en: "Services without a device", pt: "Serviços sem equipamento")
        case .missing:
            Message(
                es: "Ubiquiti ausentes de UISP", en: "Ubiquiti absent from UISP", pt: "Ubiquiti ausentes do UISP")
        case .devices: Message(es: "Equipos en UISP", en: "Devices in UISP", pt: "Equipamentos no UISP")
        case .endpoints: Message(es: "Sitios de cliente", en: "Customers' sites", pt: "Locais de cliente")
        case .down: Message(es: "Equipos caídos", en: "Devices that are down", pt: "Equipamentos fora do ar")
        case .phantoms: Message(es: "Fantasmas", en: "Phantoms", pt: "Fantasmas")
        case .intruders: Message(es: "Intrusos", en: "Intruders", pt: "Intrusos")
        case .secrets: Message(es: "Secretos PPPoE", en: "PPPoE secrets", pt: "Secrets PPPoE")
        case .sessions: Message(es: "Sesiones PPPoE", en: "PPPoE sessions", pt: "Sessões PPPoE")
        case .sharedSessions:
            Message(
                es: "Sesiones con secreto compartido", en: "Sessions on a shared secret",
                pt: "Sessões com secret compartilhado")
        case .cutProfile:
            Message(
                es: "Cortados por perfil en los routers", en: "Cut by profile on the routers",
                pt: "Cortados por perfil nos roteadores")
        case .cutList:
            Message(
                es: "Cortados por lista en los routers", en: "Cut by list on the routers",
                pt: "Cortados por lista nos roteadores")
        case .unread:
            Message(
                es: "Routers sin respuesta", en: "Routers without an answer", pt: "Roteadores sem resposta")
        }
    }
}
