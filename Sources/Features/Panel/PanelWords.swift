import HTTP
import Locale

enum PanelWords: MessageCatalogue {
    case backToPanel, customers, enter, howToSignIn, linkWorksOnce, menu, signIn, signOut, skipToContent
    case notFoundTitle, refusedTitle, faultTitle, busyTitle

    var message: Message {
        switch self {
        case .backToPanel: Message(es: "Volver al panel", en: "Back to the panel", pt: "Voltar ao painel")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .enter: Message(es: "Entrar a {name}", en: "Enter {name}", pt: "Entrar em {name}")
        case .howToSignIn:
            Message(
                es: "Abra el enlace de acceso que le entregó quien administra el sistema.",
                en: "Open the sign-in link that the system's administrator gave you.",
                pt: "Abra o link de acesso que recebeu de quem administra o sistema.")
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
