import Locale

enum IncidentWords: MessageCatalogue {
    case incidents, intro, none, declare, number, title, titleHint, site, zone, scopeHint, expectedMinutes
    case expectedHint, expectedFromNow, note, noteHint, state, cause, started, resolvedAt, affected, told, all, nowhere
    case acknowledge, resolve, resolveTitle, resolveText, tell, news, lasted, goesOn, expected, etaUnknown, quiet,
        partOf
    case affectedList, moreAffected, tellingSpaced, credit, acknowledgedBy, resolvedBy, openedBy
    case router, seeAffected, foreseen, foreseenUntold, noTemplate
    case mistake, mistakeTitle, mistakeText, mistakeSubject, mistakeNotice, wasMistake
    case holdReason, creditName, noticeSubject, noticeText, noticeTextWithETA, recoverySubject, recoveryText
    case recoveryCredit, durationMinutes, durationHours, letterSubject, letter, letterOverSubject, letterOver, see
    case policy, policyIntro, policyTold, policyCredited, policyCreditMinutes, policyEscalation, policyEscalationHint
    case policyAlerted, policyAlertedHint, save
    case maintenances, maintenanceIntro, noMaintenance, announce, maintenanceTitle, day, time, timeHint, minutes, cancel
    case cancelTitle, cancelText, from, until, scope, wholeNetwork, underWay, unseen, endsByItself

    var message: Message {
        switch self {
        case .incidents: Message(es: "Fallas", en: "Incidents", pt: "Falhas")
        case .intro:
            Message(
                es:
                    "Una falla por cada causa, con los clientes exactos que dejó sin servicio. Mientras dura no se les cobra ni se les corta, y al terminar se les acredita.",
                en:
                    "One incident for each cause, with exactly the customers it took down. While it lasts they are neither dunned nor cut, and at its end they are credited.",
                pt:
                    "Uma falha para cada causa, com os clientes exatos que ela derrubou. Enquanto dura não são cobrados nem cortados, e no fim recebem crédito."
            )
        case .none: Message(es: "No hay fallas.", en: "There are no incidents.", pt: "Não há falhas.")
        case .declare: Message(es: "Declarar falla", en: "Declare an incident", pt: "Declarar falha")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .title: Message(es: "Qué está caído", en: "What is down", pt: "O que está fora")
        case .titleHint:
            Message(
                es: "Así lo leerán los clientes: «zona Centro», «torre Cerro».",
                en: "As customers will read it: “Centre”, “Cerro tower”.",
                pt: "Assim os clientes lerão: «zona Centro», «torre Cerro».")
        case .site: Message(es: "Sitio", en: "Site", pt: "Local")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .scopeHint:
            Message(
                es: "Sin elegir ninguno: toda la red.", en: "With none chosen: the whole network.",
                pt: "Sem escolher nenhum: toda a rede.")
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        case .seeAffected: Message(es: "Ver a quién afecta", en: "See whom it affects", pt: "Ver a quem afeta")
        case .foreseen:
            Message(
                es: .count(
                    one: "{count} cliente: se le avisa y su cobranza espera.",
                    many: "{count} de clientes: se les avisa y su cobranza espera.",
                    other: "{count} clientes: se les avisa y su cobranza espera."),
                en: .count(
                    one: "{count} customer: told, and their collection waits.",
                    other: "{count} customers: told, and their collection waits."),
                pt: .count(
                    one: "{count} cliente: é avisado e sua cobrança espera.",
                    many: "{count} de clientes: são avisados e sua cobrança espera.",
                    other: "{count} clientes: são avisados e sua cobrança espera."))
        case .foreseenUntold:
            Message(
                es: .count(
                    one: "{count} cliente: su cobranza espera y no se le avisa.",
                    many: "{count} de clientes: su cobranza espera y no se les avisa.",
                    other: "{count} clientes: su cobranza espera y no se les avisa."),
                en: .count(
                    one: "{count} customer: their collection waits and they are not told.",
                    other: "{count} customers: their collection waits and they are not told."),
                pt: .count(
                    one: "{count} cliente: sua cobrança espera e não é avisado.",
                    many: "{count} de clientes: sua cobrança espera e não são avisados.",
                    other: "{count} clientes: sua cobrança espera e não são avisados."))
        case .noTemplate:
            Message(
                es:
                    "El aviso «Falla» no tiene plantilla de WhatsApp: a quien no escribió en las últimas 24 horas no le llega por ahí.",
                en:
                    "The notice “Outage” has no WhatsApp template: it does not reach those who have not written in 24 hours there.",
                pt:
                    "O aviso «Falha» não tem modelo do WhatsApp: a quem não escreveu nas últimas 24 horas ele não chega por ali."
            )
        case .mistake: Message(es: "Fue un error", en: "It was a mistake", pt: "Foi um engano")
        case .mistakeTitle:
            Message(
                es: "¿La falla {name} fue un error?", en: "Was the incident {name} a mistake?",
                pt: "A falha {name} foi um engano?")
        case .mistakeText:
            Message(
                es:
                    "La falla termina y la cobranza sigue. No se acredita nada, y solo se aclara a quienes ya se avisó.",
                en:
                    "The incident ends and collection goes on. Nothing is credited, and only those already told are told so.",
                pt: "A falha termina e a cobrança segue. Nada é creditado, e só se esclarece a quem já foi avisado.")
        case .mistakeSubject:
            Message(es: "No hay falla en {place}", en: "No outage at {place}", pt: "Não há falha em {place}")
        case .mistakeNotice:
            Message(
                es: "Le avisamos por error de una falla en {place}. Disculpe las molestias.",
                tu: "Te avisamos por error de una falla en {place}. Disculpa las molestias.",
                vos: "Te avisamos por error de una falla en {place}. Disculpá las molestias.",
                en: "We told you by mistake of an outage at {place}. We are sorry.",
                pt: "Avisamos por engano de uma falha em {place}. Desculpe o transtorno.")
        case .wasMistake:
            Message(
                es: "Se declaró por error: no se acreditó nada.", en: "Declared by mistake: nothing was credited.",
                pt: "Foi declarada por engano: nada foi creditado.")
        case .expectedMinutes:
            Message(es: "Minutos que se estima que dure", en: "Minutes it should last", pt: "Minutos que deve durar")
        case .expectedHint:
            Message(es: "0: no se sabe.", en: "0: not known.", pt: "0: não se sabe.")
        case .expectedFromNow:
            Message(
                es: "Desde ahora; es lo que se responde a quien pregunte. 0: no se sabe.",
                en: "From now; it is what those who ask are told. 0: not known.",
                pt: "A partir de agora; é o que se responde a quem pergunta. 0: não se sabe.")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .noteHint:
            Message(
                es: "Para su gente; los clientes no la leen.", tu: "Para tu gente; los clientes no la leen.",
                vos: "Para tu gente; los clientes no la leen.", en: "For your people; customers do not read it.",
                pt: "Para sua equipe; os clientes não a leem.")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .cause: Message(es: "Origen", en: "Source", pt: "Origem")
        case .started: Message(es: "Desde", en: "Since", pt: "Desde")
        case .resolvedAt: Message(es: "Hasta", en: "Until", pt: "Até")
        case .affected: Message(es: "Clientes afectados", en: "Customers affected", pt: "Clientes afetados")
        case .told: Message(es: "Avisados", en: "Told", pt: "Avisados")
        case .all:
            Message(
                es: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"),
                en: .count(one: "{count} customer", other: "{count} customers"),
                pt: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"))
        case .nowhere: Message(es: "Ninguno", en: "None", pt: "Nenhum")
        case .acknowledge: Message(es: "Reconocer", en: "Acknowledge", pt: "Reconhecer")
        case .resolve: Message(es: "Marcar resuelta", en: "Mark as resolved", pt: "Marcar como resolvida")
        case .resolveTitle: Message(es: "¿Ya volvió {name}?", en: "Is {name} back?", pt: "{name} já voltou?")
        case .resolveText:
            Message(
                es: "Se avisa a los clientes que se avisó, su cobranza sigue y se les acredita el tiempo sin servicio.",
                en:
                    "The customers who were told are told so, collection goes on and the time without service is credited.",
                pt: "Os clientes avisados são avisados, a cobrança segue e o tempo sem serviço é creditado.")
        case .tell: Message(es: "Decir cuánto falta", en: "Say how long it will take", pt: "Dizer quanto falta")
        case .news: Message(es: "Novedades de la falla", en: "News of the incident", pt: "Novidades da falha")
        case .lasted: Message(es: "Duración", en: "Duration", pt: "Duração")
        case .goesOn: Message(es: "sigue", en: "goes on", pt: "continua")
        case .expected: Message(es: "Hora estimada", en: "Expected", pt: "Hora estimada")
        case .etaUnknown: Message(es: "sin hora estimada", en: "no estimate yet", pt: "sem hora estimada")
        case .quiet:
            Message(
                es: "Empezó en un mantenimiento programado: a nadie se avisa mientras dure.",
                en: "It began in an announced maintenance: nobody is told while that lasts.",
                pt: "Começou em uma manutenção programada: ninguém é avisado enquanto ela durar.")
        case .unseen:
            Message(
                es:
                    "Su equipo no se vigila o no se sabe cómo está: sigue abierta hasta que alguien la marque resuelta.",
                en:
                    "Its device is not watched, or its state is not known: it stays open until somebody marks it as resolved.",
                pt:
                    "O equipamento não é vigiado ou não se sabe como está: continua aberta até alguém marcá-la como resolvida."
            )
        case .endsByItself:
            Message(
                es: "Su equipo no responde. La falla termina sola cuando responda.",
                en: "Its device does not answer. The incident ends by itself when it does.",
                pt: "O equipamento não responde. A falha termina sozinha quando ele responder.")
        case .partOf:
            Message(es: "Es parte de otra falla.", en: "It is part of another incident.", pt: "É parte de outra falha.")
        case .affectedList: Message(es: "A quién afecta", en: "Whom it affects", pt: "A quem afeta")
        case .moreAffected:
            Message(
                es: "Se muestran los primeros {number}.", en: "The first {number} are shown.",
                pt: "São mostrados os primeiros {number}.")
        case .tellingSpaced:
            Message(es: "Avisado poco antes", en: "Told a short while before", pt: "Avisado pouco antes")
        case .credit: Message(es: "Crédito", en: "Credit", pt: "Crédito")
        case .acknowledgedBy: Message(es: "Reconoció", en: "Acknowledged by", pt: "Reconheceu")
        case .resolvedBy: Message(es: "Resolvió", en: "Resolved by", pt: "Resolveu")
        case .openedBy: Message(es: "Declaró", en: "Declared by", pt: "Declarou")
        case .holdReason: Message(es: "Falla: {place}", en: "Outage: {place}", pt: "Falha: {place}")
        case .creditName:
            Message(
                es: "Falla en {place}: {number} minutos sin servicio",
                en: "Outage at {place}: {number} minutes without service",
                pt: "Falha em {place}: {number} minutos sem serviço")
        case .noticeSubject: Message(es: "Falla en {place}", en: "Outage at {place}", pt: "Falha em {place}")
        case .noticeText:
            Message(
                es: "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. No necesita reportarla.",
                tu: "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. No necesitas reportarla.",
                vos: "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. No necesitás reportarla.",
                en: "There is an outage at {place} since {since}. We are working on it. You need not report it.",
                pt: "Temos uma falha em {place} desde {since}. Já estamos trabalhando. Não precisa relatá-la.")
        case .noticeTextWithETA:
            Message(
                es:
                    "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. Hora estimada: {eta}. No necesita reportarla.",
                tu:
                    "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. Hora estimada: {eta}. No necesitas reportarla.",
                vos:
                    "Tenemos una falla en {place} desde {since}. Ya estamos trabajando. Hora estimada: {eta}. No necesitás reportarla.",
                en:
                    "There is an outage at {place} since {since}. We are working on it. Expected to be over: {eta}. You need not report it.",
                pt:
                    "Temos uma falha em {place} desde {since}. Já estamos trabalhando. Hora estimada: {eta}. Não precisa relatá-la."
            )
        case .recoverySubject:
            Message(
                es: "Servicio restablecido en {place}", en: "Service is back at {place}",
                pt: "Serviço restabelecido em {place}")
        case .recoveryText:
            Message(
                es: "Su servicio en {place} ya está restablecido. La falla duró {duration}. Disculpe las molestias.",
                tu: "Tu servicio en {place} ya está restablecido. La falla duró {duration}. Disculpa las molestias.",
                vos: "Tu servicio en {place} ya está restablecido. La falla duró {duration}. Disculpá las molestias.",
                en: "Your service at {place} is back. The outage lasted {duration}. We are sorry.",
                pt: "Seu serviço em {place} já está restabelecido. A falha durou {duration}. Desculpe o transtorno.")
        case .recoveryCredit:
            Message(
                es: "En su próxima factura le descontamos {amount}.",
                tu: "En tu próxima factura te descontamos {amount}.",
                vos: "En tu próxima factura te descontamos {amount}.", en: "We take {amount} off your next invoice.",
                pt: "Descontamos {amount} da sua próxima fatura.")
        case .durationMinutes: Message(es: "{number} min", en: "{number} min", pt: "{number} min")
        case .durationHours:
            Message(es: "{hours} h {number} min", en: "{hours} h {number} min", pt: "{hours} h {number} min")
        case .letterSubject:
            Message(
                es: "Falla: {place}, {customers} clientes", en: "Outage: {place}, {customers} customers",
                pt: "Falha: {place}, {customers} clientes")
        case .letter:
            Message(
                es:
                    "{place} está caído desde {since}: {customers} clientes de {company} sin servicio. Hora estimada: {eta}.",
                en:
                    "{place} is down since {since}: {customers} customers of {company} without service. Expected: {eta}.",
                pt:
                    "{place} está fora desde {since}: {customers} clientes de {company} sem serviço. Hora estimada: {eta}."
            )
        case .letterOverSubject:
            Message(es: "Terminó la falla: {place}", en: "Outage over: {place}", pt: "Falha encerrada: {place}")
        case .letterOver:
            Message(
                es: "{place} volvió. La falla duró {duration} y afectó a {customers} clientes de {company}.",
                en: "{place} is back. The outage lasted {duration} and affected {customers} customers of {company}.",
                pt: "{place} voltou. A falha durou {duration} e afetou {customers} clientes de {company}.")
        case .see: Message(es: "Ver la falla", en: "See the incident", pt: "Ver a falha")
        case .policy: Message(es: "Política de fallas", en: "Outage policy", pt: "Política de falhas")
        case .policyIntro:
            Message(
                es: "Qué pasa con los clientes afectados y a quién de su gente se alerta.",
                tu: "Qué pasa con los clientes afectados y a quién de tu gente se alerta.",
                vos: "Qué pasa con los clientes afectados y a quién de tu gente se alerta.",
                en: "What happens to the customers affected and who of your people is alerted.",
                pt: "O que acontece com os clientes afetados e quem da sua equipe é alertado.")
        case .policyTold:
            Message(
                es: "Avisar a los clientes afectados", en: "Tell the customers affected",
                pt: "Avisar os clientes afetados")
        case .policyCredited:
            Message(
                es: "Acreditar el tiempo sin servicio en la próxima factura",
                en: "Credit the time without service on the next invoice",
                pt: "Creditar o tempo sem serviço na próxima fatura")
        case .policyCreditMinutes:
            Message(
                es: "Minutos desde los que se acredita", en: "Minutes from which it is credited",
                pt: "Minutos a partir dos quais se credita")
        case .policyEscalation:
            Message(
                es: "Minutos sin reconocer hasta repetir la alerta",
                en: "Minutes without acknowledgement until alerted again",
                pt: "Minutos sem reconhecer até repetir o alerta")
        case .policyEscalationHint: Message(es: "0: no se repite.", en: "0: not repeated.", pt: "0: não se repete.")
        case .policyAlerted:
            Message(es: "Correos que se alertan", en: "E-mail addresses alerted", pt: "E-mails alertados")
        case .policyAlertedHint:
            Message(es: "Separados por comas.", en: "Separated by commas.", pt: "Separados por vírgulas.")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .maintenances: Message(es: "Mantenimientos", en: "Maintenance", pt: "Manutenções")
        case .maintenanceIntro:
            Message(
                es:
                    "Mientras dura un mantenimiento programado, las caídas de lo que cubre se registran sin avisar a nadie. Si se pasa de la hora, se avisa.",
                en:
                    "While an announced maintenance lasts, outages of what it covers are recorded and nobody is told. If it overruns, they are.",
                pt:
                    "Enquanto dura uma manutenção programada, as quedas do que ela cobre são registradas sem avisar ninguém. Se passar da hora, avisa-se."
            )
        case .noMaintenance:
            Message(
                es: "No hay mantenimientos programados.", en: "No maintenance is announced.",
                pt: "Não há manutenções programadas.")
        case .announce: Message(es: "Programar mantenimiento", en: "Announce maintenance", pt: "Programar manutenção")
        case .maintenanceTitle: Message(es: "Qué se hará", en: "What will be done", pt: "O que será feito")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .time: Message(es: "Hora", en: "Time", pt: "Hora")
        case .timeHint:
            Message(
                es: "2:30, 14:30 o 2:30 pm, en la hora de la empresa.",
                en: "2:30, 14:30 or 2:30 pm, by the company's clock.",
                pt: "2:30, 14:30 ou 2:30 pm, na hora da empresa.")
        case .minutes: Message(es: "Minutos", en: "Minutes", pt: "Minutos")
        case .cancel: Message(es: "Cancelar mantenimiento", en: "Call it off", pt: "Cancelar manutenção")
        case .cancelTitle: Message(es: "¿Cancelar {name}?", en: "Call off {name}?", pt: "Cancelar {name}?")
        case .cancelText:
            Message(
                es: "Desde ahora las caídas se avisan.", en: "From now on outages are told.",
                pt: "A partir de agora as quedas são avisadas.")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .until: Message(es: "Hasta", en: "Until", pt: "Até")
        case .scope: Message(es: "Cubre", en: "Covers", pt: "Cobre")
        case .wholeNetwork: Message(es: "Toda la red", en: "The whole network", pt: "Toda a rede")
        case .underWay: Message(es: "En curso", en: "Under way", pt: "Em curso")
        }
    }
}
