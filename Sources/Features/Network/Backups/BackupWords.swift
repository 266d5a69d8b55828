import Locale
import Nouns

enum BackupWords: MessageCatalogue {
    case backups, intro, router, last, versions, state, never, late, trouble, noRouters, backUpNow, number, taken, why
    case size, changes, secrets, withSecrets, withoutSecrets, difference, download, first, compare, from, to, same
    case added, removed, changed, reordered, rules, save, back, none, ok
    case apiList, apiBackUp, apiDifference, apiFile, apiID, apiNumber, apiTaken, apiBytes, apiSecrets, apiReason
    case apiChanges, apiFrom, apiTo, apiMenu, apiChange, apiOld, apiNew, apiVersions, apiSeen, apiLate, apiTrouble

    var message: Message {
        switch self {
        case .backups: Message(es: "Respaldos", en: "Backups", pt: "Backups")
        case .intro:
            Message(
                es:
                    "La configuración de cada router se lee cada noche y tras cada corrección, y se guarda sellada cuando cambió.",
                en:
                    "Every router's configuration is read each night and after each fix, and kept sealed when it changed.",
                pt:
                    "A configuração de cada roteador é lida toda noite e após cada correção, e guardada selada quando mudou."
            )
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        case .last: Message(es: "Último respaldo", en: "Last backup", pt: "Último backup")
        case .versions: Message(es: "Versiones", en: "Versions", pt: "Versões")
        case .state: Message(es: "Estado", en: "State", pt: "Estado")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .late: Message(es: "Sin respaldo reciente", en: "No recent backup", pt: "Sem backup recente")
        case .ok: Message(es: "Al día", en: "Up to date", pt: "Em dia")
        case .trouble:
            Message(
                es: "El último intento falló: {reason}", en: "The last try failed: {reason}",
                pt: "A última tentativa falhou: {reason}")
        case .noRouters:
            Message(
                es: "Agregue un router para respaldarlo.", en: "Add a router to back it up.",
                pt: "Adicione um roteador para fazer o seu backup.")
        case .none:
            Message(es: "Todavía no hay respaldos.", en: "There are no backups yet.", pt: "Ainda não há backups.")
        case .backUpNow: Message(es: "Respaldar ahora", en: "Back up now", pt: "Fazer backup agora")
        case .number: Message(es: "Versión", en: "Version", pt: "Versão")
        case .taken: Message(es: "Fecha", en: "Date", pt: "Data")
        case .why: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .size: Message(es: "Tamaño", en: "Size", pt: "Tamanho")
        case .changes: Message(es: "Cambios", en: "Changes", pt: "Mudanças")
        case .secrets: Message(es: "Contraseñas", en: "Passwords", pt: "Senhas")
        case .withSecrets: Message(es: "Incluidas", en: "Included", pt: "Incluídas")
        case .withoutSecrets:
            Message(
                es: "No: falta la política sensitive", en: "No: the policy sensitive is missing",
                pt: "Não: falta a política sensitive")
        case .difference: Message(es: "Diferencia", en: "Difference", pt: "Diferença")
        case .download: Message(es: "Descargar", en: "Download", pt: "Baixar")
        case .first: Message(es: "Primera", en: "First", pt: "Primeira")
        case .compare: Message(es: "Comparar", en: "Compare", pt: "Comparar")
        case .from: Message(es: "Desde la versión", en: "From version", pt: "Da versão")
        case .to: Message(es: "Hasta la versión", en: "To version", pt: "Até a versão")
        case .same:
            Message(
                es: "Dicen lo mismo: solo cambian relojes, contadores o un orden que no importa.",
                en: "They say the same: only clocks, counters or an order that means nothing differ.",
                pt: "Dizem o mesmo: só mudam relógios, contadores ou uma ordem que não importa.")
        case .added: Message(es: "Agregado", en: "Added", pt: "Adicionado")
        case .removed: Message(es: "Quitado", en: "Removed", pt: "Removido")
        case .changed: Message(es: "Cambiado", en: "Changed", pt: "Alterado")
        case .reordered: Message(es: "En otro orden", en: "In another order", pt: "Em outra ordem")
        case .rules: Message(es: "Cuánto se guardan", en: "How long they are kept", pt: "Quanto se guardam")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .back: Message(es: "Respaldos de {name}", en: "Backups of {name}", pt: "Backups de {name}")
        case .apiList: Message(es: "Respaldos de un router", en: "A router's backups", pt: "Backups de um roteador")
        case .apiBackUp:
            Message(es: "Respalda un router ahora", en: "Backs a router up now", pt: "Faz backup de um roteador agora")
        case .apiDifference:
            Message(
                es: "Lo que cambió respecto de la versión anterior, sin contraseñas",
                en: "What changed since the version before, without passwords",
                pt: "O que mudou desde a versão anterior, sem senhas")
        case .apiFile:
            Message(
                es: "La configuración, con sus contraseñas", en: "The configuration, with its passwords",
                pt: "A configuração, com as suas senhas")
        case .apiID: Message(es: "Identifica al respaldo.", en: "Stands for the backup.", pt: "Identifica o backup.")
        case .apiNumber: Message(es: "Contada por router.", en: "Counted by router.", pt: "Contada por roteador.")
        case .apiTaken: Message(es: "Cuándo se leyó.", en: "When it was read.", pt: "Quando foi lida.")
        case .apiBytes: Message(es: "Su tamaño.", en: "Its size.", pt: "O seu tamanho.")
        case .apiSecrets:
            Message(es: "Si incluye contraseñas.", en: "Whether passwords are in it.", pt: "Se inclui senhas.")
        case .apiReason:
            Message(
                es: "night: cada noche; asked: pedido; audit: al auditar; fix: tras una corrección.",
                en: "Nightly, asked for, by an audit or after a fix.",
                pt: "night: cada noite; asked: pedido; audit: ao auditar; fix: após uma correção.")
        case .apiChanges:
            Message(
                es: "Cuánto cambió desde la anterior.", en: "How much changed since the one before.",
                pt: "Quanto mudou desde a anterior.")
        case .apiFrom: Message(es: "La versión anterior.", en: "The version before.", pt: "A versão anterior.")
        case .apiTo: Message(es: "Esta versión.", en: "This version.", pt: "Esta versão.")
        case .apiMenu: Message(es: "El menú del router.", en: "The router's menu.", pt: "O menu do roteador.")
        case .apiChange:
            Message(
                es: "added, removed, changed o reordered.", en: "Added, removed, changed or reordered.",
                pt: "added, removed, changed ou reordered.")
        case .apiOld: Message(es: "Lo que decía.", en: "What it said.", pt: "O que dizia.")
        case .apiNew: Message(es: "Lo que dice.", en: "What it says.", pt: "O que diz.")
        case .apiVersions:
            Message(
                es: "Las versiones, la más nueva primero.", en: "The versions, newest first.",
                pt: "As versões, a mais nova primeiro.")
        case .apiSeen:
            Message(
                es: "Cuándo se leyó por última vez.", en: "When it was last read.",
                pt: "Quando foi lida pela última vez.")
        case .apiLate:
            Message(
                es: "Si lleva demasiados días sin respaldo.", en: "Whether it has gone too many days without one.",
                pt: "Se está há dias demais sem backup.")
        case .apiTrouble:
            Message(
                es: "Por qué falló el último intento.", en: "Why the last try failed.",
                pt: "Por que falhou a última tentativa.")
        }
    }
}
