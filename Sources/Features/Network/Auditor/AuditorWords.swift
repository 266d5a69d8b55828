import Locale
import Nouns

enum AuditorWords: MessageCatalogue {
    case auditor, intro, router, score, findings, audited, never, none, noRouters, company, auditNow, acts, upgrade
    case trouble, unread, why, commands, undo, apply, applyTitle, applyText, applyUndo, applyNoUndo, applyManual, ignore
    case ignoreTitle, ignoreReason, ignoreHint, heed, ignoredBy, since, fixedOn, openOnes, ignoredOnes, fixedOnes
    case changedMeanwhile, newRouter, see, cancel, inShadow, clean
    case apiFindings, apiAudit, apiAuditNow, apiFix, apiIgnore, apiHeed, apiID, apiRule, apiSubject, apiSeverity,
        apiText
    case apiCommands, apiApplicable, apiStanding, apiFixState, apiOpened, apiFixed, apiScore, apiUpgrade, apiReason

    var message: Message {
        switch self {
        case .auditor: Message(es: "Auditor", en: "Auditor", pt: "Auditor")
        case .intro:
            Message(
                es:
                    "Cada noche se lee la configuración de cada router y se buscan los errores que cuestan dinero y desvelos.",
                en:
                    "Each night every router's configuration is read, and the faults that cost money and sleep are looked for.",
                pt: "Toda noite se lê a configuração de cada roteador e se buscam os erros que custam dinheiro e sono.")
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        case .score: Message(es: "Puntaje", en: "Score", pt: "Pontuação")
        case .findings: Message(es: "Hallazgos", en: "Findings", pt: "Achados")
        case .audited: Message(es: "Auditado", en: "Audited", pt: "Auditado")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .none: Message(es: "No hay hallazgos abiertos.", en: "No open findings.", pt: "Não há achados abertos.")
        case .noRouters:
            Message(
                es: "Agregue un router para auditarlo.", en: "Add a router to audit it.",
                pt: "Adicione um roteador para auditá-lo.")
        case .company:
            Message(es: "Puntaje de la red", en: "Score of the network", pt: "Pontuação da rede")
        case .auditNow: Message(es: "Auditar ahora", en: "Audit now", pt: "Auditar agora")
        case .acts: Message(es: "Acciones del auditor", en: "The auditor's actions", pt: "Ações do auditor")
        case .upgrade:
            Message(
                es: "¿Seguro actualizar a 7.x?", en: "Safe to upgrade to 7.x?", pt: "Seguro atualizar para 7.x?")
        case .trouble:
            Message(
                es: "La última auditoría no se pudo hacer: {reason}", en: "The last audit failed: {reason}",
                pt: "A última auditoria não pôde ser feita: {reason}")
        case .unread:
            Message(
                es: .count(
                    one: "No se entendió {count} línea de la configuración.",
                    many: "No se entendieron {count} de líneas de la configuración.",
                    other: "No se entendieron {count} líneas de la configuración."),
                en: .count(
                    one: "{count} line of the configuration was not understood.",
                    other: "{count} lines of the configuration were not understood."),
                pt: .count(
                    one: "Não se entendeu {count} linha da configuração.",
                    many: "Não se entenderam {count} de linhas da configuração.",
                    other: "Não se entenderam {count} linhas da configuração."))
        case .why: Message(es: "Por qué importa", en: "Why it matters", pt: "Por que importa")
        case .commands:
            Message(es: "Comandos que lo corrigen", en: "Commands that mend it", pt: "Comandos que o corrigem")
        case .undo:
            Message(
                es: "Comandos que lo deshacen", en: "Commands that take it back", pt: "Comandos que o desfazem")
        case .apply: Message(es: "Aplicar…", en: "Apply…", pt: "Aplicar…")
        case .applyTitle:
            Message(es: "Aplicar la corrección", en: "Apply the fix", pt: "Aplicar a correção")
        case .applyText:
            Message(
                es: "Se enviarán estos comandos a «{name}» tal como están.",
                en: "These commands will be sent to “{name}” as they are.",
                pt: "Estes comandos serão enviados a «{name}» como estão.")
        case .applyUndo:
            Message(
                es:
                    "Antes de enviar, el router guarda cómo deshacerlos. Si después no podemos volver a entrar, él mismo los deshace a los dos minutos.",
                en:
                    "First the router is given what takes them back. If we cannot get in again afterwards, it takes them back by itself within two minutes.",
                pt:
                    "Antes de enviar, o roteador guarda como desfazê-los. Se depois não pudermos entrar de novo, ele mesmo os desfaz em dois minutos."
            )
        case .applyNoUndo:
            Message(
                es: "No hace falta deshacerlos: los clientes se vuelven a conectar solos.",
                en: "Nothing has to be taken back: customers connect again by themselves.",
                pt: "Não é preciso desfazê-los: os clientes se conectam de novo sozinhos.")
        case .applyManual:
            Message(
                es: "Complete lo que está entre < > y péguelos en el router.",
                en: "Complete what stands between < > and paste them into the router.",
                pt: "Complete o que está entre < > e cole-os no roteador.")
        case .ignore: Message(es: "Ignorar…", en: "Ignore…", pt: "Ignorar…")
        case .ignoreTitle: Message(es: "Ignorar el hallazgo", en: "Ignore the finding", pt: "Ignorar o achado")
        case .ignoreReason: Message(es: "Por qué", en: "Why", pt: "Por quê")
        case .ignoreHint:
            Message(
                es: "Queda escrito con su nombre, y el hallazgo deja de contar en el puntaje.",
                en: "It is kept with your name, and the finding no longer counts in the score.",
                pt: "Fica escrito com o seu nome, e o achado deixa de contar na pontuação.")
        case .heed: Message(es: "Volver a contar", en: "Count again", pt: "Voltar a contar")
        case .ignoredBy:
            Message(
                es: "Lo ignora {name}: {reason}", en: "Ignored by {name}: {reason}", pt: "Ignorado por {name}: {reason}"
            )
        case .since: Message(es: "Desde {date}", en: "Since {date}", pt: "Desde {date}")
        case .fixedOn: Message(es: "Resuelto el {date}", en: "Fixed on {date}", pt: "Resolvido em {date}")
        case .openOnes: Message(es: "Abiertos", en: "Open", pt: "Abertos")
        case .ignoredOnes: Message(es: "Ignorados", en: "Ignored", pt: "Ignorados")
        case .fixedOnes:
            Message(es: "Resueltos en 90 días", en: "Fixed within 90 days", pt: "Resolvidos em 90 dias")
        case .changedMeanwhile:
            Message(
                es: "El router cambió desde que se mostraron los comandos: véalos otra vez.",
                en: "The router changed since the commands were shown: look at them again.",
                pt: "O roteador mudou desde que os comandos foram mostrados: veja-os de novo.")
        case .newRouter: Message(es: "Agregar router", en: "Add router", pt: "Adicionar roteador")
        case .see: Message(es: "Ver la auditoría", en: "See the audit", pt: "Ver a auditoria")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .inShadow:
            Message(
                es: "El router está en sombra o en pausa: las correcciones se ven y no se envían.",
                en: "The router is in shadow or paused: fixes are shown and not sent.",
                pt: "O roteador está em sombra ou em pausa: as correções são vistas e não enviadas.")
        case .clean:
            Message(
                es: "La última auditoría no encontró nada.", en: "The last audit found nothing.",
                pt: "A última auditoria não encontrou nada.")
        case .apiFindings:
            Message(
                es: "Hallazgos abiertos e ignorados de todos los routers",
                en: "The open and ignored findings of all routers",
                pt: "Achados abertos e ignorados de todos os roteadores")
        case .apiAudit: Message(es: "Auditoría de un router", en: "A router's audit", pt: "Auditoria de um roteador")
        case .apiAuditNow:
            Message(es: "Audita un router ahora", en: "Audits a router now", pt: "Audita um roteador agora")
        case .apiFix:
            Message(
                es: "Aplica la corrección de un hallazgo, que se deshace sola si se pierde el router",
                en: "Applies a finding's fix, which is taken back should the router be lost",
                pt: "Aplica a correção de um achado, que se desfaz sozinha se o roteador se perder")
        case .apiIgnore: Message(es: "Ignora un hallazgo", en: "Ignores a finding", pt: "Ignora um achado")
        case .apiHeed:
            Message(es: "Deja de ignorar un hallazgo", en: "Heeds a finding again", pt: "Deixa de ignorar um achado")
        case .apiID: Message(es: "Identifica al hallazgo.", en: "Stands for the finding.", pt: "Identifica o achado.")
        case .apiRule:
            Message(es: "Qué regla lo encontró.", en: "The rule that found it.", pt: "Que regra o encontrou.")
        case .apiSubject:
            Message(es: "En qué se encontró.", en: "What it was found at.", pt: "Em que se encontrou.")
        case .apiSeverity: Message(es: "Qué tan grave es.", en: "How grave it is.", pt: "Quão grave é.")
        case .apiText: Message(es: "Lo que se encontró.", en: "What was found.", pt: "O que se encontrou.")
        case .apiCommands:
            Message(
                es: "Los comandos que lo corrigen.", en: "The commands that mend it.", pt: "Os comandos que o corrigem."
            )
        case .apiApplicable:
            Message(
                es: "Si se puede aplicar desde aquí.", en: "Whether it can be applied from here.",
                pt: "Se pode ser aplicado daqui.")
        case .apiStanding:
            Message(
                es: "open: abierto; ignored: ignorado; fixed: resuelto.", en: "Open, ignored or fixed.",
                pt: "open: aberto; ignored: ignorado; fixed: resolvido.")
        case .apiFixState:
            Message(
                es: "Qué fue de la corrección enviada.", en: "What became of the fix that was sent.",
                pt: "O que foi da correção enviada.")
        case .apiOpened: Message(es: "Desde cuándo.", en: "Since when.", pt: "Desde quando.")
        case .apiFixed: Message(es: "Cuándo dejó de estar.", en: "When it was gone.", pt: "Quando deixou de estar.")
        case .apiScore:
            Message(
                es: "De 0 a 100; null si nunca se auditó.", en: "From 0 to 100; null if it was never audited.",
                pt: "De 0 a 100; null se nunca foi auditado.")
        case .apiUpgrade:
            Message(
                es: "done: ya usa 7; safe: seguro; careful: con cuidado; no: todavía no.",
                en: "done: on 7 already; safe; careful; no: not yet.",
                pt: "done: já usa 7; safe: seguro; careful: com cuidado; no: ainda não.")
        case .apiReason: Message(es: "Por qué se ignora.", en: "Why it is ignored.", pt: "Por que se ignora.")
        }
    }
}
