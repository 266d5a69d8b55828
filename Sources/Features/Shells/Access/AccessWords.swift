import Locale

package enum AccessWords: MessageCatalogue {
    case notFound, methodNotAllowed, methodUnknown, tooLarge, unknownHost, signInRequired, notPermitted, crossSite,
        tooBusy, tooHeavy, fault, badRequest, readOnly, madeMeanwhile, goneMeanwhile, outcomeUnknown, closedForRepair,
        diskFull

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
        case .tooHeavy:
            Message(
                es: "El contenido es demasiado pesado para procesarlo. Simplifíquelo e intente de nuevo.",
                tu: "El contenido es demasiado pesado para procesarlo. Simplifícalo e intenta de nuevo.",
                vos: "El contenido es demasiado pesado para procesarlo. Simplificalo e intentá de nuevo.",
                en: "The content is too heavy to process. Simplify it and try again.",
                pt: "O conteúdo é pesado demais para processar. Simplifique-o e tente novamente.")
        case .outcomeUnknown:
            Message(
                es:
                    "La conexión se cortó mientras se guardaba: puede que esté guardado. Revise antes de volver a hacerlo.",
                tu:
                    "La conexión se cortó mientras se guardaba: puede que esté guardado. Revisa antes de volver a hacerlo.",
                vos:
                    "La conexión se cortó mientras se guardaba: puede que esté guardado. Revisá antes de volver a hacerlo.",
                en: "The connection broke while this was being saved: it may be saved. Look before you do it again.",
                pt: "A conexão caiu enquanto salvava: pode ter sido salvo. Confira antes de fazer de novo.")
        case .closedForRepair:
            Message(
                es: "Esta página falló varias veces y está cerrada hasta que la revisen. Lo demás funciona.",
                en: "This page failed several times and is closed until it has been looked at. Everything else works.",
                pt: "Esta página falhou várias vezes e está fechada até ser revisada. O resto funciona.")
        case .diskFull:
            Message(
                es:
                    "El servidor se quedó sin espacio y no guardó nada. Quedó registrado para quien lo opera; lo guardado sigue a salvo.",
                en:
                    "The server has run out of space and stored nothing. It is recorded for its operator; what was stored is safe.",
                pt:
                    "O servidor ficou sem espaço e não salvou nada. Ficou registrado para quem o opera; o que estava salvo está seguro."
            )
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
        case .madeMeanwhile:
            Message(
                es: "Otra persona guardó lo mismo al mismo tiempo. Mire cómo quedó y repita si hace falta.",
                en: "Somebody else saved the same at the same time. See how it stands and try again if needed.",
                pt: "Outra pessoa salvou o mesmo ao mesmo tempo. Veja como ficou e repita se for preciso.")
        case .goneMeanwhile:
            Message(
                es: "Otra persona cambió o eliminó al mismo tiempo algo que esto necesita. Mire cómo quedó y repita.",
                en:
                    "Somebody else changed or deleted something this needs at the same time. See how it stands and try again.",
                pt: "Outra pessoa alterou ou excluiu ao mesmo tempo algo de que isto precisa. Veja como ficou e repita."
            )
        case .badRequest:
            Message(
                es: "No entendimos la solicitud.", en: "We could not understand the request.",
                pt: "Não entendemos a solicitação.")
        }
    }
}
