import Locale

/// The console's texts on crashes.
enum CrashWords: MessageCatalogue {
    case crashes, intro, none, unknownWork, lostWith, backtrace, build, closed, closedIntro, everyone, since, reopen

    var message: Message {
        switch self {
        case .crashes: Message(es: "Caídas del programa", en: "Crashes of the program", pt: "Quedas do programa")
        case .intro:
            Message(
                es:
                    "Un proceso que cae se reemplaza solo en menos de un segundo; se pierde lo que atendía en ese momento.",
                en: "A process that crashes is replaced by itself within a second; what it was doing is lost.",
                pt: "Um processo que cai é substituído sozinho em menos de um segundo; perde-se o que ele atendia.")
        case .none:
            Message(es: "El programa no ha caído.", en: "The program has not crashed.", pt: "O programa não caiu.")
        case .unknownWork:
            Message(es: "no se sabe qué hacía", en: "what it was doing is not known", pt: "não se sabe o que fazia")
        case .lostWith:
            Message(
                es: .count(
                    one: "Se perdió {count} solicitud más", many: "Se perdieron {count} de solicitudes más",
                    other: "Se perdieron {count} solicitudes más"),
                en: .count(one: "{count} more request was lost", other: "{count} more requests were lost"),
                pt: .count(
                    one: "Perdeu-se mais {count} solicitação", many: "Perderam-se mais {count} de solicitações",
                    other: "Perderam-se mais {count} solicitações"))
        case .backtrace: Message(es: "Dónde ocurrió", en: "Where it happened", pt: "Onde ocorreu")
        case .build: Message(es: "Compilación", en: "Build", pt: "Compilação")
        case .closed:
            Message(
                es: "Páginas cerradas por caídas", en: "Pages closed after crashes", pt: "Páginas fechadas por quedas")
        case .closedIntro:
            Message(
                es: "Hicieron caer el programa varias veces y responden 503 hasta que usted las vuelva a abrir.",
                en: "They crashed the program several times and answer 503 until you open them again.",
                pt: "Fizeram o programa cair várias vezes e respondem 503 até que você as abra de novo.")
        case .everyone: Message(es: "todas las empresas", en: "every company", pt: "todas as empresas")
        case .since: Message(es: "Cerrada desde", en: "Closed since", pt: "Fechada desde")
        case .reopen: Message(es: "Volver a abrir", en: "Open again", pt: "Abrir de novo")
        }
    }
}
