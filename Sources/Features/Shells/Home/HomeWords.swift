import Locale

enum HomeWords: MessageCatalogue {
    case home, welcome, nothingHere, toBegin, done, hide

    var message: Message {
        switch self {
        case .toBegin: Message(es: "Para empezar", en: "To begin", pt: "Para começar")
        case .done: Message(es: "listo", en: "done", pt: "pronto")
        case .hide: Message(es: "Ocultar", en: "Hide", pt: "Ocultar")
        case .home: Message(es: "Inicio", en: "Home", pt: "Início")
        case .welcome: Message(es: "Hola, {name}", en: "Hello, {name}", pt: "Olá, {name}")
        case .nothingHere:
            Message(
                es: "Aquí verá cómo está la empresa cuando quien la administra le dé permisos.",
                en: "You will see how the company stands here once its administrator gives you permissions.",
                pt: "Aqui verá como está a empresa quando quem a administra lhe der permissões.")
        }
    }
}
