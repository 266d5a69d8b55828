import Locale

package enum CourtesyWords: MessageCatalogue {
    case courtesy, hint, usted, tu, vos

    package var message: Message {
        switch self {
        case .courtesy: Message(es: "Trato en español", en: "Courtesy in Spanish", pt: "Tratamento em espanhol")
        case .hint:
            Message(
                es: "Cómo le habla el sistema a la gente: «Inicie», «Inicia» o «Iniciá» sesión.",
                en: "How the system speaks to people: “Inicie”, “Inicia” or “Iniciá” sesión.",
                pt: "Como o sistema fala com as pessoas: “Inicie”, “Inicia” ou “Iniciá” sesión.")
        case .usted: Message(es: "De usted", en: "Usted", pt: "Usted")
        case .tu: Message(es: "De tú", en: "Tú", pt: "Tú")
        case .vos: Message(es: "De vos", en: "Vos", pt: "Vos")
        }
    }
}

extension Courtesy {
    package var words: CourtesyWords {
        switch self {
        case .usted: .usted
        case .tu: .tu
        case .vos: .vos
        }
    }
}
