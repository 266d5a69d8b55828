import Locale

enum ClosingWords: MessageCatalogue {
    case close, closeName, whatHappens, exportFirst, exportHint, exportedAt, neverExported, exportMissing, download
    case thenClose, typeSlug, slugWrong, exportBusy, exportsBusy, diskFull

    var message: Message {
        switch self {
        case .close: Message(es: "Cerrar la empresa", en: "Close the company", pt: "Encerrar a empresa")
        case .closeName: Message(es: "Cerrar {name}", en: "Close {name}", pt: "Encerrar {name}")
        case .whatHappens:
            Message(
                es:
                    "Sus direcciones dejarán de responder: ni su personal ni sus clientes podrán entrar. Nada se borra, y puede reactivarla después.",
                en:
                    "Its addresses will stop answering: neither its staff nor its customers can come in. Nothing is deleted, and you can resume it later.",
                pt:
                    "Os endereços deixarão de responder: nem a equipe nem os clientes poderão entrar. Nada é apagado, e você pode reativá-la depois."
            )
        case .exportFirst: Message(es: "1. Exportar todo", en: "1. Export everything", pt: "1. Exportar tudo")
        case .exportHint:
            Message(
                es:
                    "Un archivo .tar con todos los datos de la empresa, sin contraseñas ni claves. Queda en la auditoría de ambos lados quién lo descargó.",
                en:
                    "A .tar file with all of the company's rows, without passwords or keys. The audit trail of both sides keeps who downloaded it.",
                pt:
                    "Um arquivo .tar com todas as linhas da empresa, sem senhas nem chaves. Fica na auditoria dos dois lados quem o baixou."
            )
        case .exportedAt:
            Message(es: "Última exportación: {time}", en: "Last export: {time}", pt: "Última exportação: {time}")
        case .neverExported:
            Message(es: "Todavía no se exportó.", en: "It was never exported.", pt: "Ainda não foi exportada.")
        case .exportMissing:
            Message(
                es: "Exporte todo primero: la última exportación debe tener menos de 24 horas.",
                en: "Export everything first: the last export must be less than 24 hours old.",
                pt: "Exporte tudo primeiro: a última exportação deve ter menos de 24 horas.")
        case .download: Message(es: "Descargar todo", en: "Download everything", pt: "Baixar tudo")
        case .thenClose: Message(es: "2. Cerrar", en: "2. Close", pt: "2. Encerrar")
        case .typeSlug:
            Message(
                es: "Escriba {slug} para confirmar", en: "Type {slug} to confirm", pt: "Escreva {slug} para confirmar")
        case .exportBusy:
            Message(
                es: "Ya se está descargando una exportación de esta empresa. Espere a que termine e intente de nuevo.",
                en: "An export of this company is being downloaded already. Wait until it is done and try again.",
                pt: "Uma exportação desta empresa já está sendo baixada. Espere que termine e tente novamente.")
        case .exportsBusy:
            Message(
                es: "Se están descargando otras exportaciones. Espere a que termine una e intente de nuevo.",
                en: "Other exports are being downloaded. Wait until one of them is done and try again.",
                pt: "Outras exportações estão sendo baixadas. Espere que uma termine e tente novamente.")
        case .diskFull:
            Message(
                es: "El disco del servidor está casi lleno: libere espacio e intente de nuevo.",
                en: "The server's disk is nearly full: make room and try again.",
                pt: "O disco do servidor está quase cheio: libere espaço e tente novamente.")
        case .slugWrong:
            Message(
                es: "No es el identificador de la empresa.", en: "That is not the company's identifier.",
                pt: "Não é o identificador da empresa.")
        }
    }
}
