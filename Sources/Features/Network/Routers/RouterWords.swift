import Locale

enum RouterWords: MessageCatalogue {
    case downRouters, ofRouters, routers, none, intro, search, health, version, services, new, delete, deleteTitle,
        deleteText, pause, resume
    case tryConnection, trialTitle, trialFailed, trialGood, missing, missingHint, identity, board, serial, fingerprint
    case noConnection
    case permissions, unknownPermissions, edit, compareNow, seen, trouble, compared, unbound, never, profiles
    case profilesIntro, plan, profile, ranges, rangesIntro, rangesHint, access, bind, changeAccess, unbind, unbindTitle
    case unbindText, noRouters, notBound, acts, address, cutBy, script, scriptText
    case makeScript, scriptIntro, scriptOpen

    var message: Message {
        switch self {
        case .routers: Message(es: "Routers", en: "Routers", pt: "Roteadores")
        case .none:
            Message(
                es: "Todavía no hay routers. Agregue el primero para que los cortes y reconexiones lleguen a la red.",
                en: "There are no routers yet. Add the first, so that cuts and reconnections reach the network.",
                pt: "Ainda não há roteadores. Adicione o primeiro para que cortes e reconexões cheguem à rede.")
        case .intro:
            Message(
                es: "Los equipos por los que navegan sus clientes.",
                en: "The devices by which your customers go on line.",
                pt: "Os equipamentos pelos quais seus clientes navegam.")
        case .search: Message(es: "Nombre o dirección", en: "Name or address", pt: "Nome ou endereço")
        case .health: Message(es: "Estado", en: "Status", pt: "Situação")
        case .version: Message(es: "Versión", en: "Version", pt: "Versão")
        case .downRouters:
            Message(es: "Routers caídos", en: "Routers that are down", pt: "Roteadores fora do ar")
        case .ofRouters: Message(es: "de {number}", en: "of {number}", pt: "de {number}")
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .new: Message(es: "Agregar router", en: "Add router", pt: "Adicionar roteador")
        case .delete: Message(es: "Eliminar router", en: "Delete router", pt: "Excluir roteador")
        case .deleteTitle:
            Message(
                es: "¿Eliminar el router {name}?", en: "Delete the router {name}?", pt: "Excluir o roteador {name}?")
        case .deleteText:
            Message(
                es: "Se borran también sus comandos. En el equipo no cambia nada.",
                en: "Its commands are deleted too. Nothing changes on the device.",
                pt: "Seus comandos também são apagados. No equipamento nada muda.")
        case .pause: Message(es: "Poner en pausa", en: "Pause", pt: "Pausar")
        case .resume: Message(es: "Quitar la pausa", en: "Resume", pt: "Retomar")
        case .tryConnection: Message(es: "Probar conexión", en: "Try connection", pt: "Testar conexão")
        case .trialTitle: Message(es: "Conexión con {name}", en: "Connection with {name}", pt: "Conexão com {name}")
        case .trialFailed:
            Message(
                es: "El router no dejó entrar o no respondió.", en: "The router did not answer, or let nobody in.",
                pt: "O roteador não deixou entrar ou não respondeu.")
        case .trialGood:
            Message(
                es: "El router responde y tiene todo lo que hace falta.",
                en: "The router answers and has all that is needed.",
                pt: "O roteador responde e tem tudo o que é preciso.")
        case .missing: Message(es: "Falta", en: "Missing", pt: "Falta")
        case .missingHint:
            Message(
                es: "Dé estas políticas al grupo del usuario en System › Users › Groups.",
                en: "Give these policies to the user's group under System › Users › Groups.",
                pt: "Dê estas políticas ao grupo do usuário em System › Users › Groups.")
        case .identity: Message(es: "Identidad", en: "Identity", pt: "Identidade")
        case .board: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .serial: Message(es: "Número de serie", en: "Serial number", pt: "Número de série")
        case .fingerprint:
            Message(es: "Huella del certificado", en: "Certificate's fingerprint", pt: "Impressão do certificado")
        case .permissions: Message(es: "Permisos del usuario", en: "User's permissions", pt: "Permissões do usuário")
        case .unknownPermissions:
            Message(es: "El router no los dice", en: "The router does not say", pt: "O roteador não as diz")
        case .edit: Message(es: "Cambiar router", en: "Change router", pt: "Alterar roteador")
        case .compareNow: Message(es: "Revisar ahora", en: "Compare now", pt: "Revisar agora")
        case .seen: Message(es: "Respondió por última vez", en: "Answered last", pt: "Respondeu por último")
        case .noConnection:
            Message(
                es: "No aceptó la conexión en {place}.", en: "It did not accept the connection at {place}.",
                pt: "Não aceitou a conexão em {place}.")
        case .trouble: Message(es: "Último problema", en: "Last trouble", pt: "Último problema")
        case .compared: Message(es: "Revisado por completo", en: "Compared as a whole", pt: "Revisado por completo")
        case .unbound:
            Message(
                es: "Secretos y colas sin servicio", en: "Secrets and queues without a service",
                pt: "Secrets e filas sem serviço")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .profiles: Message(es: "Perfiles por plan", en: "Profiles by plan", pt: "Perfis por plano")
        case .profilesIntro:
            Message(
                es: "Qué perfil del router da cada plan. Sin perfil, cada secreto conserva el suyo.",
                en: "Which profile of the router gives each plan. Without one, each secret keeps its own.",
                pt: "Qual perfil do roteador dá cada plano. Sem perfil, cada secret mantém o seu.")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .profile: Message(es: "Perfil en el router", en: "Profile on the router", pt: "Perfil no roteador")
        case .ranges: Message(es: "Redes de equipos", en: "Device networks", pt: "Redes de equipamentos")
        case .rangesIntro:
            Message(
                es: "Solo se conecta a equipos de estas redes: las direcciones de sus routers.",
                en: "Only devices of these networks are connected to: the addresses of your routers.",
                pt: "Só se conecta a equipamentos destas redes: os endereços dos seus roteadores.")
        case .rangesHint:
            Message(
                es: "Una por línea: 10.20.0.0/16, o una dirección sola.",
                en: "One a line: 10.20.0.0/16, or a single address.",
                pt: "Uma por linha: 10.20.0.0/16, ou um endereço só.")
        case .access: Message(es: "Acceso a la red", en: "Access to the network", pt: "Acesso à rede")
        case .bind: Message(es: "Ligar a un router", en: "Bind to a router", pt: "Ligar a um roteador")
        case .changeAccess: Message(es: "Cambiar acceso", en: "Change access", pt: "Alterar acesso")
        case .unbind: Message(es: "Desligar del router", en: "Unbind from the router", pt: "Desligar do roteador")
        case .unbindTitle:
            Message(
                es: "¿Desligar {name} de su router?", en: "Unbind {name} from its router?",
                pt: "Desligar {name} do seu roteador?")
        case .unbindText:
            Message(
                es: "En el router no cambia nada, y los cortes dejan de llegar.",
                en: "Nothing changes on the router, and cuts reach it no more.",
                pt: "No roteador nada muda, e os cortes deixam de chegar.")
        case .noRouters:
            Message(
                es: "Agregue primero un router.", en: "Add a router first.", pt: "Adicione primeiro um roteador.")
        case .notBound:
            Message(
                es: "El servicio no está ligado a ningún router: los cortes y reconexiones no llegan a la red.",
                en: "The service is bound to no router: cuts and reconnections do not reach the network.",
                pt: "O serviço não está ligado a nenhum roteador: cortes e reconexões não chegam à rede.")
        case .acts: Message(es: "Acciones", en: "Actions", pt: "Ações")
        case .script: Message(es: "Script para el router", en: "Script for the router", pt: "Script para o roteador")
        case .scriptText:
            Message(
                es: "Se hace una contraseña nueva. Hasta que pegue el script en el router no se podrá entrar en él.",
                en: "A new password is made. Until the script is pasted into the router nobody of us gets in.",
                pt: "Cria-se uma senha nova. Até colar o script no roteador não será possível entrar nele.")
        case .makeScript: Message(es: "Hacer el script", en: "Make the script", pt: "Criar o script")
        case .scriptIntro:
            Message(
                es: "Péguelo una vez en la terminal del router (New Terminal en WinBox). No se vuelve a mostrar.",
                en: "Paste it once into the router's terminal (New Terminal in WinBox). It is not shown again.",
                pt: "Cole-o uma vez no terminal do roteador (New Terminal no WinBox). Não é mostrado de novo.")
        case .scriptOpen:
            Message(
                es: "El script no limita desde dónde se entra: quien administra la instalación puede dar su dirección.",
                en:
                    "The script does not limit from where one gets in: the installation's operator can give its address.",
                pt: "O script não limita de onde se entra: quem administra a instalação pode dar seu endereço.")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .cutBy: Message(es: "Cómo corta", en: "How it cuts", pt: "Como corta")
        }
    }
}
