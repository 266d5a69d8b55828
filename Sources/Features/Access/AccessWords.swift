import Locale

package enum AccessWords: MessageCatalogue {
    case notFound, methodNotAllowed, methodUnknown, tooLarge, unknownHost, signInRequired, notPermitted, crossSite,
        tooBusy, fault, badRequest, readOnly

    package var message: Message {
        switch self {
        case .notFound:
            Message(
                es: "Aquí no hay nada. Es posible que la dirección esté mal escrita.",
                en: "There is nothing here. The address may be misspelt.",
                pt: "Não há nada aqui. O endereço pode estar escrito errado.")
        case .methodNotAllowed:
            Message(
                es: "Esto no se puede hacer en esta dirección.", en: "This cannot be done at this address.",
                pt: "Isto não pode ser feito neste endereço.")
        case .methodUnknown:
            Message(
                es: "El programa que lo pidió usó un método que no existe.",
                en: "The program that asked used a method that does not exist.",
                pt: "O programa que pediu usou um método que não existe.")
        case .tooLarge:
            Message(
                es: "Lo que envió es demasiado grande.", en: "What you sent is too large.",
                pt: "O que você enviou é grande demais.")
        case .unknownHost:
            Message(
                es: "Este nombre no atiende a ninguna empresa.", en: "No company answers to this name.",
                pt: "Nenhuma empresa atende por este nome.")
        case .signInRequired:
            Message(
                es: "Inicie sesión para continuar.", tu: "Inicia sesión para continuar.",
                vos: "Iniciá sesión para continuar.", en: "Sign in to continue.", pt: "Entre para continuar.")
        case .notPermitted:
            Message(
                es: "Su cuenta no tiene permiso para esto. Pídalo a quien administra su empresa.",
                tu: "Tu cuenta no tiene permiso para esto. Pídelo a quien administra tu empresa.",
                vos: "Tu cuenta no tiene permiso para esto. Pedilo a quien administra tu empresa.",
                en: "Your account is not allowed to do this. Ask your company's administrator.",
                pt: "Sua conta não tem permissão para isto. Peça a quem administra sua empresa.")
        case .crossSite:
            Message(
                es: "La solicitud vino de otro sitio. Abra la página y vuelva a intentarlo.",
                tu: "La solicitud vino de otro sitio. Abre la página y vuelve a intentarlo.",
                vos: "La solicitud vino de otro sitio. Abrí la página y volvé a intentarlo.",
                en: "The request came from another site. Open the page and try again.",
                pt: "A solicitação veio de outro site. Abra a página e tente novamente.")
        case .tooBusy:
            Message(
                es: "El sistema no puede atenderle en este momento. Intente de nuevo en unos segundos.",
                tu: "El sistema no puede atenderte en este momento. Intenta de nuevo en unos segundos.",
                vos: "El sistema no puede atenderte en este momento. Intentá de nuevo en unos segundos.",
                en: "The system cannot serve you right now. Try again in a few seconds.",
                pt: "O sistema não pode atender agora. Tente novamente em alguns segundos.")
        case .fault:
            Message(
                es: "Algo falló de nuestro lado. Ya quedó registrado.",
                en: "Something failed on our side. It has been recorded.",
                pt: "Algo falhou do nosso lado. Já ficou registrado.")
        case .readOnly:
            Message(
                es:
                    "La empresa está suspendida: todo se puede ver, pero nada se puede cambiar. Nada se cortó ni se borró.",
                en: "The company is suspended: everything can be seen and nothing changed. Nothing was cut or deleted.",
                pt:
                    "A empresa está suspensa: tudo pode ser visto, mas nada pode ser alterado. Nada foi cortado nem apagado."
            )
        case .badRequest:
            Message(
                es: "No entendimos la solicitud.", en: "We could not understand the request.",
                pt: "Não entendemos a solicitação.")
        }
    }
}
