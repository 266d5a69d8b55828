import Locale

enum StaffWords: MessageCatalogue {
    case users, name, email, roles, state, invited, active, disabledState
    case invite, inviteTitle, sendInvitation, invitationReady, invitationHint, link, backToUsers
    case completeAccount, completeAccountHint, nameAndEmail
    case atWork, levelAll, levelReading, levelNothing, levelOwn, each
    case nameMissing, emailWrong, problems
    case save, disable, enable, newLink, newLinkHint, permissions, why, allowedBy, deniedBy, nobodyAllows, yes, no
    case rolesTitle, newRole, readyMade, own, people, roleName, allow, deny, undecided, denyHint, copy, delete, copyOf
    case account, changePassword, choosePassword, presentPassword, sessions, thisDevice, lastUse, since, address,
        endSession, endOthers
    case unknownDevice
    case deleteRoleTitle, deleteRoleText, disableTitle, disableText, endOthersTitle, endOthersText
    case zonesHint, outOfZones, limited, none, search
    case secondFactor, secondFactorIntro, secondFactorIsOn, passwordFirst, setUp, codesLeft, newCodes, turnOff
    case resetSecondFactor, resetSecondFactorHint
    case google, googleIntro, googleLinked, linkGoogle, unlinkGoogle, goToGoogleHint
    case googleRuleIntro, googleAllowed, domain, domainHint, domainWrong
    case returnAddress, returnAddressHint, clientID, clientSecret, clientSecretHint
    case security, ruleTitle, ruleIntro, everybody, rolesThatMust, peopleWithIt

    var message: Message {
        switch self {
        case .completeAccount:
            Message(
                es: "Complete su cuenta", tu: "Completa tu cuenta", vos: "Completá tu cuenta",
                en: "Complete your account",
                pt: "Complete sua conta")
        case .completeAccountHint:
            Message(
                es: "Escriba su nombre y su correo, y elija una contraseña para entrar sin enlace.",
                tu: "Escribe tu nombre y tu correo, y elige una contraseña para entrar sin enlace.",
                vos: "Escribí tu nombre y tu correo, y elegí una contraseña para entrar sin enlace.",
                en: "Write your name and e-mail, and choose a password to enter without a link.",
                pt: "Escreva seu nome e e-mail, e escolha uma senha para entrar sem link.")
        case .nameAndEmail: Message(es: "Nombre y correo", en: "Name and e-mail", pt: "Nome e e-mail")
        case .levelAll: Message(es: "Todo", en: "All", pt: "Tudo")
        case .levelReading: Message(es: "Lectura", en: "Read only", pt: "Leitura")
        case .levelNothing: Message(es: "Nada", en: "Nothing", pt: "Nada")
        case .levelOwn: Message(es: "A medida", en: "Custom", pt: "Sob medida")
        case .each: Message(es: "Ver cada permiso", en: "See each permission", pt: "Ver cada permissão")
        case .atWork: Message(es: "En el panel ahora", en: "In the panel now", pt: "No painel agora")
        case .zonesHint:
            Message(
                es:
                    "Quien se limita a zonas solo ve y cambia a sus clientes, y no administra usuarios, roles ni nada de toda la empresa.",
                en:
                    "Whoever is limited to zones sees and changes their customers only, and manages neither users nor roles nor anything of the whole company.",
                pt:
                    "Quem se limita a zonas só vê e altera os clientes delas, e não administra usuários, papéis nem nada da empresa toda."
            )
        case .outOfZones:
            Message(
                es: "Es de toda la empresa, y está limitado a zonas",
                en: "It is about the whole company, and they are limited to zones",
                pt: "É da empresa toda, e está limitado a zonas")
        case .limited: Message(es: "Limitado a zonas", en: "Limited to zones", pt: "Limitado a zonas")
        case .none: Message(es: "Todavía no hay usuarios.", en: "There are no users yet.", pt: "Ainda não há usuários.")
        case .search: Message(es: "Nombre, correo o rol", en: "Name, e-mail or role", pt: "Nome, e-mail ou papel")
        case .deleteRoleTitle:
            Message(es: "¿Eliminar el rol {name}?", en: "Delete the role {name}?", pt: "Excluir o papel {name}?")
        case .deleteRoleText:
            Message(
                es: "No se puede deshacer. Solo se elimina si nadie lo tiene.",
                en: "This cannot be undone. It is deleted only if nobody has it.",
                pt: "Não pode ser desfeito. Só é excluído se ninguém o tiver.")
        case .disableTitle:
            Message(es: "¿Desactivar a {name}?", en: "Disable {name}?", pt: "Desativar {name}?")
        case .disableText:
            Message(
                es:
                    "Sus sesiones se cierran ahora y no podrá entrar. Lo que hizo queda registrado, y puede activarse otra vez.",
                en:
                    "Their sessions close now and they cannot sign in. What they did stays on record, and they can be enabled again.",
                pt:
                    "As sessões fecham agora e não poderá entrar. O que fez fica registrado, e pode ser ativado de novo."
            )
        case .endOthersTitle:
            Message(
                es: "¿Cerrar las demás sesiones?", en: "Close all other sessions?", pt: "Encerrar as outras sessões?")
        case .endOthersText:
            Message(
                es: "En los demás equipos habrá que iniciar sesión otra vez.",
                en: "On all other devices you will have to sign in again.",
                pt: "Nos outros aparelhos será preciso entrar de novo.")
        case .users: Message(es: "Usuarios", en: "Users", pt: "Usuários")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .roles: Message(es: "Roles", en: "Roles", pt: "Papéis")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .invited: Message(es: "Invitado", en: "Invited", pt: "Convidado")
        case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
        case .disabledState: Message(es: "Desactivado", en: "Disabled", pt: "Desativado")
        case .invite: Message(es: "Invitar usuario", en: "Invite a user", pt: "Convidar usuário")
        case .inviteTitle: Message(es: "Invitar usuario", en: "Invite a user", pt: "Convidar usuário")
        case .sendInvitation: Message(es: "Crear invitación", en: "Create invitation", pt: "Criar convite")
        case .invitationReady:
            Message(es: "Enlace para {name}", en: "Link for {name}", pt: "Link para {name}")
        case .invitationHint:
            Message(
                es: "Entréguelo solo a esa persona. Sirve una vez, durante 3 días, y no se vuelve a mostrar.",
                en: "Give it to that person only. It works once, for 3 days, and is not shown again.",
                pt: "Entregue-o só a essa pessoa. Vale uma vez, por 3 dias, e não é mostrado de novo.")
        case .link: Message(es: "Enlace", en: "Link", pt: "Link")
        case .backToUsers: Message(es: "Volver a usuarios", en: "Back to users", pt: "Voltar aos usuários")
        case .nameMissing: Message(es: "Escriba el nombre.", en: "Write the name.", pt: "Escreva o nome.")
        case .emailWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com.", en: "Write an e-mail such as ana@example.com.",
                pt: "Escreva um e-mail como ana@exemplo.com.")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .disable: Message(es: "Desactivar usuario", en: "Disable user", pt: "Desativar usuário")
        case .enable: Message(es: "Activar usuario", en: "Enable user", pt: "Ativar usuário")
        case .newLink:
            Message(
                es: "Crear enlace para elegir contraseña", en: "Create a link to choose a password",
                pt: "Criar link para escolher senha")
        case .newLinkHint:
            Message(
                es: "Para quien perdió la invitación u olvidó su contraseña. El enlace anterior deja de servir.",
                en: "For whoever lost the invitation or forgot the password. The previous link stops working.",
                pt: "Para quem perdeu o convite ou esqueceu a senha. O link anterior deixa de valer.")
        case .permissions:
            Message(es: "Qué puede hacer y por qué", en: "What they may do, and why", pt: "O que pode fazer e por quê")
        case .why: Message(es: "Por qué", en: "Why", pt: "Por quê")
        case .allowedBy: Message(es: "Lo permite {name}", en: "Allowed by {name}", pt: "Permitido por {name}")
        case .deniedBy: Message(es: "Lo niega {name}", en: "Denied by {name}", pt: "Negado por {name}")
        case .nobodyAllows:
            Message(es: "Ningún rol lo permite", en: "No role allows it", pt: "Nenhum papel permite")
        case .yes: Message(es: "Sí", en: "Yes", pt: "Sim")
        case .no: Message(es: "No", en: "No", pt: "Não")
        case .rolesTitle: Message(es: "Roles y permisos", en: "Roles and permissions", pt: "Papéis e permissões")
        case .newRole: Message(es: "Crear rol", en: "Create role", pt: "Criar papel")
        case .readyMade: Message(es: "Del sistema", en: "Built in", pt: "Do sistema")
        case .own: Message(es: "Propio", en: "Own", pt: "Próprio")
        case .people: Message(es: "Usuarios", en: "Users", pt: "Usuários")
        case .roleName: Message(es: "Nombre del rol", en: "Name of the role", pt: "Nome do papel")
        case .allow: Message(es: "Permitir", en: "Allow", pt: "Permitir")
        case .deny: Message(es: "Negar", en: "Deny", pt: "Negar")
        case .undecided: Message(es: "No definido", en: "Not set", pt: "Não definido")
        case .denyHint:
            Message(
                es: "«Negar» gana siempre, aunque otro rol de la misma persona lo permita.",
                en: "“Deny” always wins, even where another role of the same person allows it.",
                pt: "“Negar” sempre ganha, mesmo que outro papel da mesma pessoa permita.")
        case .copy: Message(es: "Copiar", en: "Copy", pt: "Copiar")
        case .delete: Message(es: "Eliminar rol", en: "Delete role", pt: "Excluir papel")
        case .copyOf: Message(es: "{name} (copia)", en: "{name} (copy)", pt: "{name} (cópia)")
        case .account: Message(es: "Mi cuenta", en: "My account", pt: "Minha conta")
        case .changePassword: Message(es: "Cambiar contraseña", en: "Change password", pt: "Alterar senha")
        case .choosePassword: Message(es: "Elegir contraseña", en: "Choose a password", pt: "Escolher senha")
        case .presentPassword: Message(es: "Contraseña actual", en: "Present password", pt: "Senha atual")
        case .sessions: Message(es: "Sesiones abiertas", en: "Open sessions", pt: "Sessões abertas")
        case .thisDevice: Message(es: "Este equipo", en: "This device", pt: "Este aparelho")
        case .lastUse: Message(es: "Último uso", en: "Last use", pt: "Último uso")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .address: Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")
        case .endSession: Message(es: "Cerrar sesión", en: "Close session", pt: "Encerrar sessão")
        case .endOthers:
            Message(es: "Cerrar todas las demás", en: "Close all others", pt: "Encerrar todas as outras")
        case .unknownDevice: Message(es: "Equipo", en: "Device", pt: "Aparelho")
        case .secondFactor:
            Message(es: "Verificación en dos pasos", en: "Two-step verification", pt: "Verificação em duas etapas")
        case .secondFactorIntro:
            Message(
                es: "Al iniciar sesión se le pedirá, además de la contraseña, un código de su teléfono.",
                en: "When you sign in you will be asked for a code from your phone besides the password.",
                pt: "Ao entrar, além da senha, será pedido um código do seu telefone.")
        case .secondFactorIsOn:
            Message(
                es: "Está activada: al iniciar sesión se le pide un código de su teléfono.",
                en: "It is on: when you sign in you are asked for a code from your phone.",
                pt: "Está ativada: ao entrar, é pedido um código do seu telefone.")
        case .passwordFirst:
            Message(
                es: "Elija primero una contraseña.", en: "Choose a password first.", pt: "Escolha primeiro uma senha.")
        case .setUp: Message(es: "Configurar", en: "Set up", pt: "Configurar")
        case .codesLeft:
            Message(
                es: "Códigos de recuperación que le quedan: {left}", en: "Recovery codes you have left: {left}",
                pt: "Códigos de recuperação restantes: {left}")
        case .newCodes:
            Message(
                es: "Crear códigos de recuperación nuevos", en: "Make new recovery codes",
                pt: "Criar novos códigos de recuperação")
        case .turnOff: Message(es: "Desactivar", en: "Turn off", pt: "Desativar")
        case .resetSecondFactor:
            Message(
                es: "Quitar la verificación en dos pasos", en: "Remove two-step verification",
                pt: "Remover a verificação em duas etapas")
        case .resetSecondFactorHint:
            Message(
                es:
                    "Para quien perdió el teléfono y sus códigos. Sus sesiones se cierran. Asegúrese de que sea esa persona quien lo pide.",
                en:
                    "For whoever lost the phone and the codes. Their sessions are closed. Make sure it is that person who asks.",
                pt:
                    "Para quem perdeu o telefone e os códigos. Suas sessões são encerradas. Certifique-se de que é essa pessoa quem pede."
            )
        case .google:
            Message(es: "Iniciar sesión con Google", en: "Sign in with Google", pt: "Entrar com o Google")
        case .googleIntro:
            Message(
                es: "Vincule su cuenta de Google para entrar con ella en vez de la contraseña.",
                en: "Link your Google account to sign in with it instead of the password.",
                pt: "Vincule sua conta do Google para entrar com ela em vez da senha.")
        case .googleLinked:
            Message(
                es: "Vinculada con {name}.", en: "Linked to {name}.", pt: "Vinculada a {name}.")
        case .linkGoogle:
            Message(es: "Vincular cuenta de Google", en: "Link a Google account", pt: "Vincular conta do Google")
        case .unlinkGoogle:
            Message(es: "Desvincular", en: "Unlink", pt: "Desvincular")
        case .goToGoogleHint:
            Message(
                es: "Elija en Google la cuenta con la que quiere entrar.",
                en: "Choose at Google the account you want to sign in with.",
                pt: "Escolha no Google a conta com que deseja entrar.")
        case .googleRuleIntro:
            Message(
                es:
                    "Cada persona vincula su cuenta de Google en «Mi cuenta» o al aceptar la invitación. La verificación en dos pasos se sigue pidiendo.",
                en:
                    "Each person links a Google account under “My account” or when taking up the invitation. Two-step verification is still asked for.",
                pt:
                    "Cada pessoa vincula sua conta do Google em “Minha conta” ou ao aceitar o convite. A verificação em duas etapas continua sendo pedida."
            )
        case .googleAllowed:
            Message(
                es: "Permitir iniciar sesión con Google", en: "Allow signing in with Google",
                pt: "Permitir entrar com o Google")
        case .returnAddress:
            Message(es: "Dirección de retorno", en: "Return address", pt: "Endereço de retorno")
        case .returnAddressHint:
            Message(
                es:
                    "En la consola de Google cree un cliente de OAuth del tipo «aplicación web» y registre ahí esta dirección.",
                en:
                    "In Google's console make an OAuth client of the kind “web application” and register this address there.",
                pt:
                    "No console do Google crie um cliente OAuth do tipo “aplicativo da Web” e registre ali este endereço."
            )
        case .clientID: Message(es: "ID del cliente", en: "Client ID", pt: "ID do cliente")
        case .clientSecret: Message(es: "Secreto del cliente", en: "Client secret", pt: "Segredo do cliente")
        case .clientSecretHint:
            Message(
                es: "Se guarda cifrado y no se vuelve a mostrar. Vacío: sigue el que hay.",
                en: "It is kept encrypted and not shown again. Empty: the present one stays.",
                pt: "É guardado cifrado e não é mostrado de novo. Vazio: continua o atual.")
        case .domain:
            Message(
                es: "Solo cuentas de este dominio", en: "Accounts of this domain only", pt: "Só contas deste domínio")
        case .domainHint:
            Message(
                es: "Opcional, como ejemplo.com. Vacío: cualquier cuenta de Google.",
                en: "Optional, such as example.com. Empty: any Google account.",
                pt: "Opcional, como exemplo.com. Vazio: qualquer conta do Google.")
        case .domainWrong:
            Message(
                es: "Escriba un dominio como ejemplo.com.", en: "Write a domain such as example.com.",
                pt: "Escreva um domínio como exemplo.com.")
        case .security: Message(es: "Seguridad", en: "Security", pt: "Segurança")
        case .ruleTitle:
            Message(
                es: "Quién debe usar la verificación en dos pasos", en: "Who must use two-step verification",
                pt: "Quem deve usar a verificação em duas etapas")
        case .ruleIntro:
            Message(
                es:
                    "Quien deba usarla y aún no la tenga la configura la próxima vez que inicie sesión, antes de cualquier otra cosa.",
                en:
                    "Whoever must use it and does not have it yet sets it up at the next sign-in, before anything else.",
                pt:
                    "Quem deve usá-la e ainda não a tem a configura na próxima vez que entrar, antes de qualquer outra coisa."
            )
        case .everybody: Message(es: "Todo el personal", en: "All staff", pt: "Toda a equipe")
        case .rolesThatMust:
            Message(es: "O quien tenga estos roles", en: "Or who holds these roles", pt: "Ou quem tem estes papéis")
        case .peopleWithIt:
            Message(
                es: "{having} de {total} usuarios activos ya la tienen.",
                en: "{having} of {total} active users have it already.",
                pt: "{having} de {total} usuários ativos já a têm.")
        }
    }
}
