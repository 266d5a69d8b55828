import Locale

enum RouterImportWords: MessageCatalogue {
    case `import`, importIntro, bound, recognised, tied, unrecognised, name, comment, service, because, profile, fits
    case bindChosen, byPhone, byComment, byLogin, sessions, secretCount, sessionCount, offline, shared, inCutProfile
    case inList, notListed, withoutSecret

    var message: Message {
        switch self {
        case .import: Message(es: "Traer del router", en: "Take over from the router", pt: "Trazer do roteador")
        case .importIntro:
            Message(
                es:
                    "Los clientes que ya están en el router, reconocidos por lo que dice de ellos. En él no cambia nada.",
                en: "The customers that are on the router, known by what it says of them. Nothing changes there.",
                pt: "Os clientes que já estão no roteador, reconhecidos pelo que ele diz. Nele nada muda.")
        case .bound: Message(es: "Ya ligados", en: "Bound already", pt: "Já ligados")
        case .recognised: Message(es: "Reconocidos", en: "Recognised", pt: "Reconhecidos")
        case .tied: Message(es: "Con varias opciones", en: "Several fit", pt: "Com várias opções")
        case .unrecognised: Message(es: "Sin reconocer", en: "Not recognised", pt: "Não reconhecidos")
        case .name: Message(es: "Secreto o cola", en: "Secret or queue", pt: "Secret ou fila")
        case .comment: Message(es: "Comentario", en: "Comment", pt: "Comentário")
        case .service: Message(es: "Cliente y servicio", en: "Customer and service", pt: "Cliente e serviço")
        case .because: Message(es: "Por", en: "By", pt: "Por")
        case .profile: Message(es: "Perfil", en: "Profile", pt: "Perfil")
        case .fits: Message(es: "Puede ser", en: "May be", pt: "Pode ser")
        case .bindChosen: Message(es: "Ligar los marcados", en: "Bind those marked", pt: "Ligar os marcados")
        case .byPhone: Message(es: "su teléfono", en: "their phone", pt: "seu telefone")
        case .byComment:
            Message(es: "su nombre en el comentario", en: "their name in the comment", pt: "seu nome no comentário")
        case .byLogin: Message(es: "su nombre en el usuario", en: "their name in the user", pt: "seu nome no usuário")
        case .sessions: Message(es: "Secretos y sesiones", en: "Secrets and sessions", pt: "Secrets e sessões")
        case .secretCount: Message(es: "Secretos", en: "Secrets", pt: "Secrets")
        case .sessionCount: Message(es: "Sesiones", en: "Sessions", pt: "Sessões")
        case .offline: Message(es: "Sin sesión", en: "Off line", pt: "Sem sessão")
        case .shared: Message(es: "Secretos compartidos", en: "Shared secrets", pt: "Secrets compartilhados")
        case .inCutProfile:
            Message(es: "En el perfil de morosos", en: "In the debtors' profile", pt: "No perfil de inadimplentes")
        case .inList: Message(es: "En la lista de morosos", en: "In the debtors' list", pt: "Na lista de inadimplentes")
        case .notListed:
            Message(
                es: "Con el perfil de morosos, pero fuera de la lista", en: "In the debtors' profile, not in the list",
                pt: "No perfil de inadimplentes, mas fora da lista")
        case .withoutSecret:
            Message(es: "Sesiones sin secreto", en: "Sessions without a secret", pt: "Sessões sem secret")
        }
    }
}
