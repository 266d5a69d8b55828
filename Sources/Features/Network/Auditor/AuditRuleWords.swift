import Locale

// A rule's name, its finding's text and why it matters to the owner.
extension AuditRule {
    package var title: Message {
        switch self {
        case .onUpScript:
            Message(
                es: "Un script pide a la sesión un perfil que ya no tiene",
                en: "A script asks the session for a profile it no longer has",
                pt: "Um script pede à sessão um perfil que ela não tem mais")
        case .openInput:
            Message(
                es: "El router está abierto a internet", en: "The router is open to the internet",
                pt: "O roteador está aberto para a internet")
        case .scriptPolicy:
            Message(
                es: "Un script no se ejecuta por falta de permisos",
                en: "A script does not run for want of permissions",
                pt: "Um script não é executado por falta de permissões")
        case .balancingOff:
            Message(
                es: "El balanceo PCC está apagado", en: "PCC balancing is off", pt: "O balanceamento PCC está desligado"
            )
        case .movedSubnet:
            Message(
                es: "El gateway no está en ninguna red del router",
                en: "The gateway is in none of the router's networks",
                pt: "O gateway não está em nenhuma rede do roteador")
        case .silentGateway:
            Message(
                es: "Se vigila un gateway que no responde ping", en: "A gateway that answers no ping is watched",
                pt: "Vigia-se um gateway que não responde ping")
        case .mangleOff:
            Message(
                es: "Reglas de mangle apagadas en una WAN activa", en: "Mangle rules off on an active WAN",
                pt: "Regras de mangle desligadas em uma WAN ativa")
        case .queueMissing:
            Message(
                es: "Una WAN activa sin su cola, o con muy poca",
                en: "An active WAN without its queue, or with too little",
                pt: "Uma WAN ativa sem a sua fila, ou com muito pouca")
        case .staleRoute:
            Message(
                es: "Ruta hacia un gateway muerto", en: "A route to a dead gateway", pt: "Rota para um gateway morto")
        case .wrongDivisor:
            Message(
                es: "El PCC no reparte entre las WAN vivas", en: "PCC does not share out among the live WANs",
                pt: "O PCC não reparte entre as WAN vivas")
        case .publicLAN:
            Message(
                es: "La red local usa direcciones de otros", en: "The local network uses other people's addresses",
                pt: "A rede local usa endereços de outros")
        case .deadWAN:
            Message(
                es: "Quedó configuración de una WAN muerta", en: "Configuration of a dead WAN was left behind",
                pt: "Ficou configuração de uma WAN morta")
        case .poolFull:
            Message(es: "Un pool está por agotarse", en: "A pool is nearly used up", pt: "Um pool está por se esgotar")
        case .brokenMail:
            Message(
                es: "El respaldo por correo no llega", en: "The backup by mail never arrives",
                pt: "O backup por e-mail não chega")
        case .debtorsOnline:
            Message(
                es: "Morosos en línea fuera de la lista", en: "Debtors on line and not in the list",
                pt: "Inadimplentes on-line fora da lista")
        }
    }

    /// The finding's text, with {subject}, {found} and {wanted}.
    package var text: Message {
        switch self {
        case .onUpScript:
            Message(
                es: "El perfil «{subject}» ejecuta «{found}»; en RouterOS 7 eso no existe. Debe ser «{wanted}».",
                en: "The profile “{subject}” runs “{found}”, which RouterOS 7 does not have. It must be “{wanted}”.",
                pt: "O perfil «{subject}» executa «{found}»; no RouterOS 7 isso não existe. Deve ser «{wanted}».")
        case .openInput:
            Message(
                es: "La cadena input no termina en «{wanted}».", en: "The chain input does not end in “{wanted}”.",
                pt: "A cadeia input não termina em «{wanted}».")
        case .scriptPolicy:
            Message(
                es: "«{subject}» lo ejecuta {found} con menos permisos de los que pide; falta {wanted}.",
                en: "“{subject}” is run by {found} with fewer permissions than it asks; {wanted} is missing.",
                pt: "«{subject}» é executado por {found} com menos permissões do que pede; falta {wanted}.")
        case .balancingOff:
            Message(
                es: "Las {found} rutas de las marcas PCC están deshabilitadas.",
                en: "All {found} routes of the PCC marks are disabled.",
                pt: "As {found} rotas das marcas PCC estão desabilitadas.")
        case .movedSubnet:
            Message(
                es: "El gateway {subject} no está en las redes del router: {found}.",
                en: "The gateway {subject} is in none of the router's networks: {found}.",
                pt: "O gateway {subject} não está nas redes do roteador: {found}.")
        case .silentGateway:
            Message(
                es: "El gateway {subject} está ahí y no responde ping; lo vigila {found}.",
                en: "The gateway {subject} is there and answers no ping; it is watched by {found}.",
                pt: "O gateway {subject} está lá e não responde ping; é vigiado por {found}.")
        case .mangleOff:
            Message(
                es:
                    "{subject} está activa y tiene {found} reglas de mangle deshabilitadas que las demás WAN tienen en uso.",
                en: "{subject} is active and has {found} mangle rules disabled that the other WANs use.",
                pt: "{subject} está ativa e tem {found} regras de mangle desabilitadas que as outras WAN usam.")
        case .queueMissing:
            Message(
                es: "La cola de {subject} no sirve ({found}); las demás WAN tienen la suya.",
                en: "The queue of {subject} is of no use ({found}); the other WANs have theirs.",
                pt: "A fila de {subject} não serve ({found}); as outras WAN têm a sua.")
        case .staleRoute:
            Message(
                es: "{found} va por {subject}, que no responde.",
                en: "{found} goes by {subject}, which does not answer.",
                pt: "{found} vai por {subject}, que não responde.")
        case .wrongDivisor:
            Message(
                es: "En «{subject}» el PCC es {found} y hay {wanted} WAN vivas, o falta un residuo.",
                en: "On “{subject}” PCC is {found} and {wanted} WANs are live, or a remainder is missing.",
                pt: "Em «{subject}» o PCC é {found} e há {wanted} WAN vivas, ou falta um resto.")
        case .publicLAN:
            Message(
                es: "{found} está en {subject}, que es de otros en internet. Lo privado es {wanted}.",
                en: "{found} is in {subject}, which is others' on the internet. What is private is {wanted}.",
                pt: "{found} está em {subject}, que é de outros na internet. O privado é {wanted}.")
        case .deadWAN:
            Message(
                es: "{subject} está deshabilitada y quedan {found} reglas, rutas o direcciones suyas encendidas.",
                en: "{subject} is disabled and {found} rules, routes or addresses of it are still on.",
                pt: "{subject} está desabilitada e ficam {found} regras, rotas ou endereços seus ligados.")
        case .poolFull:
            Message(
                es: "El pool «{subject}» tiene {found} de {wanted} direcciones en uso.",
                en: "The pool “{subject}” has {found} of {wanted} addresses in use.",
                pt: "O pool «{subject}» tem {found} de {wanted} endereços em uso.")
        case .brokenMail:
            Message(
                es: "«{subject}» envía respaldos por correo con {found}.",
                en: "“{subject}” mails backups with {found}.", pt: "«{subject}» envia backups por e-mail com {found}.")
        case .debtorsOnline:
            Message(
                es:
                    "En el perfil «{subject}» hay {found} en línea, y solo {wanted} están en la lista que el firewall bloquea.",
                en:
                    "{found} are on line with the profile “{subject}”, and only {wanted} are in the list the firewall drops.",
                pt: "No perfil «{subject}» há {found} on-line, e só {wanted} estão na lista que o firewall bloqueia.")
        }
    }

    /// Why it matters, for the owner.
    package var reason: Message {
        switch self {
        case .onUpScript:
            Message(
                es: "La lista de morosos queda vacía y quien no paga navega.",
                en: "The debtors' list stays empty, and those who do not pay browse on.",
                pt: "A lista de inadimplentes fica vazia e quem não paga navega.")
        case .openInput:
            Message(
                es: "Cualquiera en internet puede probar contraseñas, o usar su DNS para atacar a otros.",
                en: "Anybody on the internet may try passwords, or use its DNS to attack others.",
                pt: "Qualquer um na internet pode testar senhas, ou usar o seu DNS para atacar outros.")
        case .scriptPolicy:
            Message(
                es: "El cambio de línea o el aviso que debía hacerse solo no ocurre, y nadie se entera.",
                en: "The failover or the notice that should happen by itself does not, and nobody is told.",
                pt: "A troca de linha ou o aviso que devia acontecer sozinho não ocorre, e ninguém fica sabendo.")
        case .balancingOff:
            Message(
                es: "Paga varias líneas y sus clientes se reparten al azar: unas llenas, otras vacías.",
                en: "You pay for several lines and customers fall on them by luck: some full, some empty.",
                pt: "Paga várias linhas e os clientes se repartem ao acaso: umas cheias, outras vazias.")
        case .movedSubnet:
            Message(
                es: "Su proveedor cambió la red de esa línea y usted paga una WAN que no pasa tráfico.",
                en: "Your upstream changed that line's network, and you pay for a WAN that carries no traffic.",
                pt: "Seu provedor mudou a rede dessa linha e você paga uma WAN que não passa tráfego.")
        case .silentGateway:
            Message(
                es: "El router da por caída una línea que funciona, y la deja sin uso.",
                en: "The router takes a working line for dead, and leaves it unused.",
                pt: "O roteador dá por caída uma linha que funciona, e a deixa sem uso.")
        case .mangleOff:
            Message(
                es: "Esa línea está pagada y casi no recibe clientes.",
                en: "That line is paid for and gets few customers.",
                pt: "Essa linha está paga e quase não recebe clientes.")
        case .queueMissing:
            Message(
                es: "En hora pico esa línea se satura sin orden, o usa menos de lo que usted paga.",
                en: "At peak that line clogs without order, or uses less than you pay for.",
                pt: "No pico essa linha satura sem ordem, ou usa menos do que você paga.")
        case .staleRoute:
            Message(
                es: "El tráfico que la siga se pierde, y el diagnóstico se confunde.",
                en: "Traffic that follows it is lost, and diagnosis is confused.",
                pt: "O tráfego que a segue se perde, e o diagnóstico se confunde.")
        case .wrongDivisor:
            Message(
                es: "Parte de los clientes no se reparte, o va a una línea muerta.",
                en: "Part of the customers is not shared out, or goes to a dead line.",
                pt: "Parte dos clientes não é repartida, ou vai para uma linha morta.")
        case .publicLAN:
            Message(
                es: "Sus clientes no pueden entrar a los sitios que de verdad tienen esas direcciones.",
                en: "Your customers cannot reach the sites that really have those addresses.",
                pt: "Seus clientes não conseguem acessar os sites que de fato têm esses endereços.")
        case .deadWAN:
            Message(
                es: "Quien revisa el router de noche pierde tiempo con lo que ya no existe.",
                en: "Whoever looks at the router at night loses time with what no longer exists.",
                pt: "Quem revisa o roteador à noite perde tempo com o que não existe mais.")
        case .poolFull:
            Message(
                es: "El siguiente cliente que se conecte no recibirá dirección.",
                en: "The next customer who connects will get no address.",
                pt: "O próximo cliente que se conectar não receberá endereço.")
        case .brokenMail:
            Message(
                es: "Cree tener respaldos y no los tiene.", en: "You believe you have backups, and you have none.",
                pt: "Acredita ter backups e não os tem.")
        case .debtorsOnline:
            Message(
                es: "Quien está cortado sigue navegando hasta que se vuelva a conectar.",
                en: "Those who are cut browse on until they connect again.",
                pt: "Quem está cortado continua navegando até se conectar de novo.")
        }
    }
}

extension UpgradeConcern {
    var message: Message {
        switch self {
        case .smallStorage:
            Message(
                es: "Tiene menos de 16 MB de disco: RouterOS 7 no cabe.",
                en: "It has less than 16 MB of storage: RouterOS 7 does not fit.",
                pt: "Tem menos de 16 MB de disco: o RouterOS 7 não cabe.")
        case .activeProfile:
            Message(
                es:
                    "Un script de perfil pide «/ppp active … profile», que la versión 7 no tiene: los morosos quedarían abiertos.",
                en: "A profile's script asks “/ppp active … profile”, which version 7 lacks: debtors would stay open.",
                pt:
                    "Um script de perfil pede «/ppp active … profile», que a versão 7 não tem: inadimplentes ficariam abertos."
            )
        case .userManager:
            Message(
                es: "Usa el User Manager de la versión 6; el de la 7 es otro y se migra aparte.",
                en: "It uses version 6's User Manager; that of 7 is another and is migrated apart.",
                pt: "Usa o User Manager da versão 6; o da 7 é outro e se migra à parte.")
        case .routingProtocols:
            Message(
                es: "Usa OSPF o BGP: la configuración se convierte y debe revisarse.",
                en: "It uses OSPF or BGP: their configuration is converted and must be checked.",
                pt: "Usa OSPF ou BGP: a configuração é convertida e deve ser revisada.")
        case .routingFilters:
            Message(
                es: "Tiene filtros de ruteo, que en la 7 se escriben de otra forma.",
                en: "It has routing filters, which are written otherwise in 7.",
                pt: "Tem filtros de roteamento, que na 7 se escrevem de outra forma.")
        case .routingMarks:
            Message(
                es: "Usa marcas de ruteo, que en la 7 pasan a tablas: revise el balanceo después.",
                en: "It uses routing marks, which become tables in 7: check the balancing afterwards.",
                pt: "Usa marcas de roteamento, que na 7 viram tabelas: revise o balanceamento depois.")
        }
    }
}
