import HTTP
import Locale

enum PanelWords: MessageCatalogue {
    case settings, findSetting, pinned, pin, unpin, waiting, tasks, recent
    case backToPanel, account, menu, menuButton, skipToContent, live, enter, linkWorksOnce, signIn, signOut, email,
        password, forgotPassword, emailWrong, forgotTitle, forgotHint, forgotSend, forgotSentTitle, forgotSent,
        choosePassword, choosePasswordFor, newPassword, passwordHint, savePassword, staffOnly, staffOnlyHint, toPortal,
        areYouCustomer, search, searchLabel, results, goTo, doThis, nothingFound, copy, copied, close, cancel,
        notLoaded, themeLight, themeDark, themeSystem, consoleSearchLabel, keys, keySearch, keyFilter, keyNew, keyRows,
        keySelect,
        keyPay,
        keysAreOn, keysAreOff, turnKeysOff, turnKeysOn, undo, chartTable, pages, next, first, notFoundTitle,
        refusedTitle, lacking, faultTitle, busyTitle

    var message: Message {
        switch self {
        case .settings: Message(es: "Ajustes", en: "Settings", pt: "Ajustes")
        case .findSetting: Message(es: "Buscar un ajuste", en: "Find a setting", pt: "Buscar um ajuste")
        case .pinned: Message(es: "Fijados", en: "Pinned", pt: "Fixados")
        case .pin: Message(es: "Fijar en el menú", en: "Pin to the menu", pt: "Fixar no menu")
        case .unpin: Message(es: "Quitar de Fijados", en: "Unpin from the menu", pt: "Tirar de Fixados")
        case .waiting: Message(es: "en espera", en: "waiting", pt: "em espera")
        case .tasks: Message(es: "Tareas", en: "Tasks", pt: "Tarefas")
        case .recent: Message(es: "Recientes", en: "Recent", pt: "Recentes")
        case .lacking:
            Message(
                es: "Hace falta el permiso «{permission}».", en: "It takes the permission “{permission}”.",
                pt: "É necessária a permissão “{permission}”.")
        case .search: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .searchLabel:
            Message(
                es: "Nombre, teléfono, número, IP o página", en: "Name, phone, number, IP or page",
                pt: "Nome, telefone, número, IP ou página")
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
        case .keyPay:
            Message(
                es: "Cobrar, en la página de un cliente", en: "Take a payment, on a customer's page",
                pt: "Cobrar, na página de um cliente")
        case .keyRows:
            Message(
                es: "Bajar y subir en una lista; Enter abre", en: "Down and up in a list; Enter opens",
                pt: "Descer e subir em uma lista; Enter abre")
        case .keySelect:
            Message(es: "Marcar la fila", en: "Tick the row", pt: "Marcar a linha")
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
        case .undo: Message(es: "Deshacer", en: "Undo", pt: "Desfazer")
        case .pages: Message(es: "Páginas", en: "Pages", pt: "Páginas")
        case .next: Message(es: "Siguientes", en: "Next", pt: "Próximos")
        case .first: Message(es: "Ir al inicio", en: "Back to the first", pt: "Voltar ao início")
        case .live: Message(es: "En vivo", en: "Live", pt: "Ao vivo")
        case .backToPanel: Message(es: "Volver al panel", en: "Back to the panel", pt: "Voltar ao painel")
        case .enter: Message(es: "Entrar a {name}", en: "Enter {name}", pt: "Entrar em {name}")
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
        case .staffOnly:
            Message(es: "Esta parte es del personal", en: "This part is for staff", pt: "Esta parte é da equipe")
        case .staffOnlyHint:
            Message(
                es: "Su sesión es de cliente, y aquí trabaja el personal de la empresa.",
                en: "Your session is a customer's, and the company's staff works here.",
                pt: "Sua sessão é de cliente, e aqui trabalha a equipe da empresa.")
        case .copy: Message(es: "Copiar", en: "Copy", pt: "Copiar")
        case .copied: Message(es: "Copiado", en: "Copied", pt: "Copiado")
        case .areYouCustomer:
            Message(
                es: "¿Es cliente de {company}?", en: "Are you a customer of {company}?",
                pt: "É cliente de {company}?")
        case .toPortal: Message(es: "Ir a mi portal", en: "Go to my portal", pt: "Ir ao meu portal")
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
