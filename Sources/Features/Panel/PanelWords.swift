import HTTP
import Locale

enum PanelWords: MessageCatalogue {
    case backToPanel, customers, customerList, staff, users, roles, audit, platformVisits, settings, tokens, webhooks,
        account, menu, menuButton, skipToContent, myCompany, myPlan, paymentRegistered, domains, domainProven, brand,
        live
    case enter, linkWorksOnce, signIn, signOut, email, password, forgotPassword, emailWrong, forgotTitle, forgotHint,
        forgotSend, forgotSentTitle, forgotSent
    case choosePassword, choosePasswordFor, newPassword, passwordHint, savePassword
    case saved, created, queued, deleted, revoked, disabled, enabled, passwordChanged, sessionEnded, visitEnded, retried
    case discarded
    case security, identityLinked, secondFactorOff, secondFactorReset
    case contracts, contractTemplate, published, contractSigned, contractAnnulled
    case zones, mailed, letters, staffOnly, staffOnlyHint, toPortal
    case home, newCustomer, inviteUser, newRole, newToken, search, searchLabel, results, goTo, doThis, nothingFound
    case close, cancel, notLoaded, themeLight, themeDark, themeSystem
    case consoleSearchLabel
    case keys, keySearch, keyFilter, keyNew, keysAreOn, keysAreOff, turnKeysOff, turnKeysOn
    case chartTable, pages, next, first
    case notFoundTitle, refusedTitle, faultTitle, busyTitle

    var message: Message {
        switch self {
        case .home: Message(es: "Inicio", en: "Home", pt: "Início")
        case .newCustomer: Message(es: "Crear cliente", en: "Create a customer", pt: "Criar cliente")
        case .inviteUser: Message(es: "Invitar usuario", en: "Invite a user", pt: "Convidar usuário")
        case .newRole: Message(es: "Crear rol", en: "Create a role", pt: "Criar papel")
        case .newToken: Message(es: "Crear token de API", en: "Create an API token", pt: "Criar token de API")
        case .search: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .searchLabel:
            Message(
                es: "Nombre, teléfono, número o página", en: "Name, phone, number or page",
                pt: "Nome, telefone, número ou página")
        case .consoleSearchLabel:
            Message(es: "Empresa o página", en: "Company or page", pt: "Empresa ou página")
        case .results: Message(es: "Resultados", en: "Results", pt: "Resultados")
        case .goTo: Message(es: "Ir a", en: "Go to", pt: "Ir para")
        case .doThis: Message(es: "Hacer", en: "Do", pt: "Fazer")
        case .nothingFound:
            Message(
                es: "Nada coincide con «{query}».", en: "Nothing matches “{query}”.",
                pt: "Nada corresponde a “{query}”.")
        case .close: Message(es: "Cerrar", en: "Close", pt: "Fechar")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .notLoaded:
            Message(
                es: "No se pudo cargar. Revise su conexión e intente de nuevo.",
                en: "It could not be loaded. Check your connection and try again.",
                pt: "Não foi possível carregar. Verifique sua conexão e tente novamente.")
        case .themeLight: Message(es: "Tema claro", en: "Light theme", pt: "Tema claro")
        case .themeDark: Message(es: "Tema oscuro", en: "Dark theme", pt: "Tema escuro")
        case .themeSystem: Message(es: "Tema del equipo", en: "The device's theme", pt: "Tema do aparelho")
        case .keys: Message(es: "Atajos de teclado", en: "Keyboard shortcuts", pt: "Atalhos de teclado")
        case .keySearch:
            Message(es: "Buscar en todo", en: "Search everything", pt: "Buscar em tudo")
        case .keyFilter:
            Message(es: "Ir al filtro de la lista", en: "Go to the list's filter", pt: "Ir ao filtro da lista")
        case .keyNew: Message(es: "Crear", en: "Create", pt: "Criar")
        case .keysAreOn:
            Message(
                es: "Las teclas sueltas funcionan mientras no escribe en un campo.",
                en: "Single keys work while you are not typing in a field.",
                pt: "As teclas soltas funcionam enquanto você não digita em um campo.")
        case .keysAreOff:
            Message(
                es: "Las teclas sueltas están desactivadas en este navegador; Ctrl K sigue funcionando.",
                en: "Single keys are off in this browser; Ctrl K still works.",
                pt: "As teclas soltas estão desativadas neste navegador; Ctrl K continua funcionando.")
        case .turnKeysOff:
            Message(es: "Desactivar teclas sueltas", en: "Turn single keys off", pt: "Desativar teclas soltas")
        case .turnKeysOn:
            Message(es: "Activar teclas sueltas", en: "Turn single keys on", pt: "Ativar teclas soltas")
        case .chartTable: Message(es: "Ver los números", en: "See the figures", pt: "Ver os números")
        case .pages: Message(es: "Páginas", en: "Pages", pt: "Páginas")
        case .next: Message(es: "Siguientes", en: "Next", pt: "Próximos")
        case .first: Message(es: "Ir al inicio", en: "Back to the first", pt: "Voltar ao início")
        case .live: Message(es: "En vivo", en: "Live", pt: "Ao vivo")
        case .backToPanel: Message(es: "Volver al panel", en: "Back to the panel", pt: "Voltar ao painel")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .enter: Message(es: "Entrar a {name}", en: "Enter {name}", pt: "Entrar em {name}")
        case .customerList: Message(es: "Lista de clientes", en: "All customers", pt: "Lista de clientes")
        case .staff: Message(es: "Staff", en: "Staff", pt: "Equipe")
        case .users: Message(es: "Usuarios", en: "Users", pt: "Usuários")
        case .roles: Message(es: "Roles y permisos", en: "Roles and permissions", pt: "Papéis e permissões")
        case .audit: Message(es: "Auditoría", en: "Audit trail", pt: "Auditoria")
        case .platformVisits:
            Message(es: "Visitas de la plataforma", en: "Platform visits", pt: "Visitas da plataforma")
        case .settings: Message(es: "Ajustes", en: "Settings", pt: "Ajustes")
        case .myCompany: Message(es: "Mi empresa", en: "My company", pt: "Minha empresa")
        case .myPlan: Message(es: "Mi plan", en: "My plan", pt: "Meu plano")
        case .paymentRegistered:
            Message(es: "Pago registrado.", en: "Payment registered.", pt: "Pagamento registrado.")
        case .brand: Message(es: "Marca", en: "Brand", pt: "Marca")
        case .domains: Message(es: "Dominios", en: "Domains", pt: "Domínios")
        case .domainProven:
            Message(
                es: "El dominio quedó comprobado y ya funciona.", en: "The domain is proven and works now.",
                pt: "O domínio foi comprovado e já funciona.")
        case .security: Message(es: "Seguridad", en: "Security", pt: "Segurança")
        case .identityLinked:
            Message(
                es: "Su cuenta de Google quedó vinculada.", en: "Your Google account is linked.",
                pt: "Sua conta do Google foi vinculada.")
        case .secondFactorOff:
            Message(
                es: "La verificación en dos pasos quedó desactivada.", en: "Two-step verification is off.",
                pt: "A verificação em duas etapas foi desativada.")
        case .secondFactorReset:
            Message(
                es: "Se quitó la verificación en dos pasos y se cerraron las sesiones de esa persona.",
                en: "Two-step verification was removed and that person's sessions are closed.",
                pt: "A verificação em duas etapas foi removida e as sessões dessa pessoa foram encerradas.")
        case .tokens: Message(es: "Tokens de API", en: "API tokens", pt: "Tokens de API")
        case .webhooks: Message(es: "Webhooks", en: "Webhooks", pt: "Webhooks")
        case .account: Message(es: "Mi cuenta", en: "My account", pt: "Minha conta")
        case .menuButton: Message(es: "Menú", en: "Menu", pt: "Menu")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .password: Message(es: "Contraseña", en: "Password", pt: "Senha")
        case .forgotPassword:
            Message(
                es: "¿Olvidó su contraseña? Quien administra los usuarios puede darle un enlace para elegir otra.",
                en: "Forgot your password? Whoever manages the users can give you a link to choose another.",
                pt: "Esqueceu sua senha? Quem administra os usuários pode lhe dar um link para escolher outra.")
        case .forgotTitle:
            Message(es: "¿Olvidó su contraseña?", en: "Forgot your password?", pt: "Esqueceu sua senha?")
        case .forgotHint:
            Message(
                es: "Escriba su correo y le enviaremos un enlace para elegir otra.",
                en: "Write your e-mail and we will send you a link to choose another.",
                pt: "Escreva seu e-mail e enviaremos um link para escolher outra.")
        case .forgotSend: Message(es: "Enviar enlace", en: "Send link", pt: "Enviar link")
        case .forgotSentTitle: Message(es: "Revise su correo", en: "Check your e-mail", pt: "Verifique seu e-mail")
        case .forgotSent:
            Message(
                es:
                    "Si hay una cuenta con ese correo, en unos minutos le llegará un enlace. Sirve una vez, durante 3 días.",
                en:
                    "If there is an account with that e-mail, a link will arrive in a few minutes. It works once, for 3 days.",
                pt: "Se houver uma conta com esse e-mail, em alguns minutos chegará um link. Vale uma vez, por 3 dias.")
        case .emailWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com.", en: "Write an e-mail such as ana@example.com.",
                pt: "Escreva um e-mail como ana@exemplo.com.")
        case .mailed:
            Message(
                es: "El mensaje va en camino. En Correos enviados se ve si llegó.",
                en: "The message is on its way. Sent mail shows whether it arrived.",
                pt: "A mensagem está a caminho. Em E-mails enviados se vê se chegou.")
        case .staffOnly:
            Message(es: "Esta parte es del personal", en: "This part is for staff", pt: "Esta parte é da equipe")
        case .staffOnlyHint:
            Message(
                es: "Su sesión es de cliente, y aquí trabaja el personal de la empresa.",
                en: "Your session is a customer's, and the company's staff works here.",
                pt: "Sua sessão é de cliente, e aqui trabalha a equipe da empresa.")
        case .toPortal: Message(es: "Ir a mi portal", en: "Go to my portal", pt: "Ir ao meu portal")
        case .contracts: Message(es: "Contratos", en: "Contracts", pt: "Contratos")
        case .contractTemplate: Message(es: "Modelo de contrato", en: "Contract template", pt: "Modelo de contrato")
        case .published:
            Message(
                es: "La versión quedó publicada: los contratos nuevos la usan.",
                en: "The version is published: new contracts use it.",
                pt: "A versão foi publicada: os contratos novos a usam.")
        case .contractSigned:
            Message(es: "El contrato quedó firmado.", en: "The contract is signed.", pt: "O contrato foi assinado.")
        case .contractAnnulled:
            Message(
                es: "El contrato quedó anulado.", en: "The contract is annulled.", pt: "O contrato foi anulado.")
        case .zones: Message(es: "Zonas", en: "Zones", pt: "Zonas")
        case .letters: Message(es: "Correos enviados", en: "Sent mail", pt: "E-mails enviados")
        case .choosePassword: Message(es: "Elija su contraseña", en: "Choose your password", pt: "Escolha sua senha")
        case .choosePasswordFor:
            Message(
                es: "Con ella y con su correo entrará al panel de {name}.",
                en: "With it and your e-mail you will sign in to {name}.",
                pt: "Com ela e com seu e-mail você entrará no painel de {name}.")
        case .newPassword: Message(es: "Contraseña nueva", en: "New password", pt: "Senha nova")
        case .passwordHint:
            Message(
                es: "Al menos 8 caracteres. Una frase corta es fácil de recordar y difícil de adivinar.",
                en: "At least 8 characters. A short sentence is easy to remember and hard to guess.",
                pt: "Pelo menos 8 caracteres. Uma frase curta é fácil de lembrar e difícil de adivinhar.")
        case .savePassword:
            Message(es: "Guardar y entrar", en: "Save and sign in", pt: "Salvar e entrar")
        case .saved: Message(es: "Los cambios quedaron guardados.", en: "Changes saved.", pt: "Alterações salvas.")
        case .created: Message(es: "Quedó creado.", en: "Created.", pt: "Criado.")
        case .queued:
            Message(
                es: "Se enviará en unos segundos.", en: "It will be sent in a few seconds.",
                pt: "Será enviado em alguns segundos.")
        case .deleted: Message(es: "Eliminado.", en: "Deleted.", pt: "Excluído.")
        case .revoked:
            Message(
                es: "El token quedó revocado: ya no abre nada.", en: "The token is revoked: it opens nothing any more.",
                pt: "O token foi revogado: já não abre nada.")
        case .disabled:
            Message(
                es: "El usuario quedó desactivado y sus sesiones se cerraron.",
                en: "The user is disabled and their sessions are closed.",
                pt: "O usuário foi desativado e suas sessões foram encerradas.")
        case .enabled:
            Message(
                es: "El usuario puede entrar otra vez.", en: "The user can sign in again.",
                pt: "O usuário pode entrar novamente.")
        case .passwordChanged:
            Message(
                es: "Su contraseña cambió. Se cerraron sus sesiones en otros equipos.",
                en: "Your password was changed. Your sessions on other devices were closed.",
                pt: "Sua senha foi alterada. Suas sessões em outros aparelhos foram encerradas.")
        case .sessionEnded:
            Message(es: "La sesión quedó cerrada.", en: "The session is closed.", pt: "A sessão foi encerrada.")
        case .visitEnded:
            Message(
                es: "La visita terminó: quien estaba dentro ya no ve nada.",
                en: "The visit is over: whoever was inside sees nothing any more.",
                pt: "A visita terminou: quem estava dentro já não vê nada.")
        case .retried:
            Message(es: "La tarea volvió a la cola.", en: "The job is queued again.", pt: "A tarefa voltou à fila.")
        case .discarded:
            Message(es: "La tarea se descartó.", en: "The job is discarded.", pt: "A tarefa foi descartada.")
        case .linkWorksOnce:
            Message(
                es: "Este enlace funciona una sola vez y solo para usted.",
                en: "This link works once, and for you only.",
                pt: "Este link funciona uma única vez e só para você.")
        case .menu: Message(es: "Menú principal", en: "Main menu", pt: "Menu principal")
        case .signIn: Message(es: "Iniciar sesión", en: "Sign in", pt: "Entrar")
        case .signOut: Message(es: "Cerrar sesión", en: "Sign out", pt: "Sair")
        case .skipToContent: Message(es: "Ir al contenido", en: "Skip to content", pt: "Ir para o conteúdo")
        case .notFoundTitle: Message(es: "No encontrado", en: "Not found", pt: "Não encontrado")
        case .refusedTitle:
            Message(es: "No es posible continuar", en: "Cannot continue", pt: "Não é possível continuar")
        case .faultTitle: Message(es: "Algo falló", en: "Something failed", pt: "Algo falhou")
        case .busyTitle: Message(es: "Un momento, por favor", en: "One moment, please", pt: "Um momento, por favor")
        }
    }

    static func title(of status: Status) -> PanelWords {
        switch status {
        case .unauthorized: .signIn
        case .notFound: .notFoundTitle
        case .internalServerError: .faultTitle
        case .serviceUnavailable: .busyTitle
        default: .refusedTitle
        }
    }
}
