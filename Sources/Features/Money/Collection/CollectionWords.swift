import Locale
import Notices
import Services

enum CollectionWords: MessageCatalogue {
    case policy, policyHint, preview, previewHint, previewNoCut, version, save, saved, cancel, mistakes, exceptions,
        exceptionHint
    case ofPlan, ofCustomer, withdraw, companyPolicy, neverSet, beforeStart, beforeStartHint
    case daysNotPaid, take
    case undoingCuts, undoingCutsLater, invoicesCounted, someInvoicesCounted
    case simulator, simulatorHint, day, look, nobody, wouldCut, leftOut, wouldTell, wouldNotReach,
        wouldOwe, customer, number, service,
        step,
        why
    case inDays
    case owed, overdue, fee, total, since, more
    case runs, runsHint, noRuns, run, runNumber, begin, beginHint, stage, allStages, dry, dryHint, state, cuts, messages
    case withoutChannel, author, madeAt, stopped, stoppedHint, confirm, callOff, confirmHint, list, outcome, message
    case calendar
    case debtors, toCut, cut, noDebtors, noneToCut, noneCut, sinceWhen
    case promises, promise, noPromises, newPromise, promiseOf, until, note, amount, cancelPromise, cancelPromiseText,
        bySubscriber, every
    case filter, previous, next
    case collection, history, noHistory, holds, newHold, endHold, strikes, annul, reason, strikeCount, giveGrace, fromTo
    case whyTitle, whyDay, decision, inputs, charges, due, rule, hour, planCollected, yes, no, nothing, waits
    case prepaidThrough, previewDaysHint, nextCut, missingToReconnect
    case daysLate, daysAtLeast, debtAtLeast, phone, zone, plan
    case stageNotice, stageReminder, stageWarning, stageCut
    case switchedOff, platformStopped, turnOn, waitingRun, seeRun

    var message: Message {
        switch self {
        case .policy: Message(es: "Política de cobranza", en: "Collection policy", pt: "Política de cobrança")
        case .policyHint:
            Message(
                es: "Cada cambio es una versión nueva; cada decisión dice con cuál se tomó.",
                en: "Each change is a new version; each decision says which one it was taken by.",
                pt: "Cada mudança é uma versão nova; cada decisão diz com qual se tomou.")
        case .prepaidThrough:
            Message(es: "Último día prepago", en: "Last prepaid day", pt: "Último dia pré-pago")
        case .previewDaysHint:
            Message(
                es: "A quien tiene días prepago hasta el {due} y no compra más.",
                en: "To somebody whose prepaid days end on {due} and who buys no more.",
                pt: "A quem tem dias pré-pagos até {due} e não compra mais.")
        case .preview: Message(es: "Así va este mes", en: "This month", pt: "Assim vai este mês")
        case .previewHint:
            Message(
                es: "Para quien debe una factura del día 1, que vence el {due}.",
                en: "For somebody with a bill of the 1st, due on {due}.",
                pt: "Para quem deve uma fatura do dia 1, que vence em {due}.")
        case .previewNoCut:
            Message(
                es: "Con ese vencimiento no se corta ese mes: el día del corte aún no ha vencido nada.",
                en: "With that due day nobody is cut that month: on the day of the cut nothing is overdue yet.",
                pt: "Com esse vencimento não se corta nesse mês: no dia do corte nada venceu ainda.")
        case .version: Message(es: "Versión {number}", en: "Version {number}", pt: "Versão {number}")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .saved: Message(es: "Guardado.", en: "Saved.", pt: "Salvo.")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .mistakes: Message(es: "Revise lo siguiente", en: "Look at this", pt: "Confira o seguinte")
        case .exceptions: Message(es: "Políticas propias", en: "Policies of their own", pt: "Políticas próprias")
        case .exceptionHint:
            Message(
                es: "Planes y clientes con su propia política.",
                en: "Plans and customers with a policy of their own.",
                pt: "Planos e clientes com sua própria política.")
        case .ofPlan: Message(es: "Plan {name}", en: "Plan {name}", pt: "Plano {name}")
        case .ofCustomer: Message(es: "Cliente {name}", en: "Customer {name}", pt: "Cliente {name}")
        case .withdraw: Message(es: "Volver a la de la empresa", en: "Back to the company's", pt: "Voltar à da empresa")
        case .companyPolicy: Message(es: "Usa la de la empresa", en: "Uses the company's", pt: "Usa a da empresa")
        case .neverSet:
            Message(
                es: "Todavía no hay una política guardada: no se cobra a nadie.",
                en: "No policy was saved yet: nobody is collected from.",
                pt: "Ainda não há política salva: não se cobra de ninguém.")
        case .beforeStart: Message(es: "Anterior al arranque", en: "From before the start", pt: "Anterior ao início")
        case .beforeStartHint:
            Message(
                es: "Estos clientes deben algo que no se cobra, porque es de antes del arranque.",
                en: "These customers owe something that is not collected, since it is from before the start.",
                pt: "Estes clientes devem algo que não se cobra, porque é de antes do início.")
        case .simulator: Message(es: "Simulador", en: "Simulator", pt: "Simulador")
        case .simulatorHint:
            Message(
                es: "A quién se avisaría o cortaría ese día si nadie paga antes. La corrida decide con la misma regla.",
                en: "Whom that day would notify or cut if nobody pays before. The run decides by the same rule.",
                pt: "Quem seria avisado ou cortado nesse dia se ninguém pagar antes. A rodada decide pela mesma regra."
            )
        case .invoicesCounted:
            Message(
                es: .count(
                    one: "Cuenta {count} factura por emitir hasta ese día: {amount}.",
                    many: "Cuenta {count} de facturas por emitir hasta ese día: {amount}.",
                    other: "Cuenta las {count} facturas por emitir hasta ese día: {amount}."),
                en: .count(
                    one: "Counts {count} invoice to be issued by that day: {amount}.",
                    other: "Counts the {count} invoices to be issued by that day: {amount}."),
                pt: .count(
                    one: "Conta {count} fatura a emitir até esse dia: {amount}.",
                    many: "Conta {count} de faturas a emitir até esse dia: {amount}.",
                    other: "Conta as {count} faturas a emitir até esse dia: {amount}."))
        case .someInvoicesCounted:
            Message(
                es: .count(
                    one: "Solo cuenta {count} de las facturas por emitir hasta ese día: {amount}. Faltan otras.",
                    many: "Solo cuenta {count} de facturas por emitir hasta ese día: {amount}. Faltan otras.",
                    other: "Solo cuenta {count} de las facturas por emitir hasta ese día: {amount}. Faltan otras."),
                en: .count(
                    one: "Counts only {count} of the invoices to be issued by that day: {amount}. There are more.",
                    other: "Counts only {count} of the invoices to be issued by that day: {amount}. There are more."),
                pt: .count(
                    one: "Só conta {count} das faturas a emitir até esse dia: {amount}. Há outras.",
                    many: "Só conta {count} de faturas a emitir até esse dia: {amount}. Há outras.",
                    other: "Só conta {count} das faturas a emitir até esse dia: {amount}. Há outras."))
        case .daysNotPaid:
            Message(
                es: "Tiene días que no se han pagado.", en: "It has days that are not paid.",
                pt: "Tem dias que não foram pagos.")
        case .take: Message(es: "Cobrar", en: "Take a payment", pt: "Receber")
        case .undoingCuts:
            Message(
                es: "Al hacerlo se corta {services}: su deuda ya venció.",
                en: "This cuts {services}: the debt is overdue.",
                pt: "Ao fazê-lo corta-se {services}: a dívida já venceu.")
        case .undoingCutsLater:
            Message(
                es: "Si no paga antes, el {day} se corta {services}.",
                en: "Unless it is paid before, {services} is cut on {day}.",
                pt: "Se não pagar antes, em {day} corta-se {services}.")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .look: Message(es: "Ver", en: "Look", pt: "Ver")
        case .nobody:
            Message(
                es: "Ese día no se avisaría ni cortaría a nadie.", en: "That day would notify and cut nobody.",
                pt: "Nesse dia não se avisaria nem cortaria ninguém.")
        case .wouldCut:
            Message(
                es: .count(one: "{count} corte", many: "{count} de cortes", other: "{count} cortes"),
                en: .count(one: "{count} cut", other: "{count} cuts"),
                pt: .count(one: "{count} corte", many: "{count} de cortes", other: "{count} cortes"))
        case .leftOut:
            Message(
                es: .count(
                    one: "{count} cliente quedó fuera; su historial dice por qué.",
                    many: "{count} de clientes quedaron fuera; su historial dice por qué.",
                    other: "{count} clientes quedaron fuera; su historial dice por qué."),
                en: .count(
                    one: "{count} customer was left out; their history says why.",
                    other: "{count} customers were left out; their history says why."),
                pt: .count(
                    one: "{count} cliente ficou de fora; seu histórico diz por quê.",
                    many: "{count} de clientes ficaram de fora; seu histórico diz por quê.",
                    other: "{count} clientes ficaram de fora; seu histórico diz por quê."))
        case .wouldTell:
            Message(
                es: .count(one: "{count} mensaje", many: "{count} de mensajes", other: "{count} mensajes"),
                en: .count(one: "{count} message", other: "{count} messages"),
                pt: .count(one: "{count} mensagem", many: "{count} de mensagens", other: "{count} mensagens"))
        case .wouldNotReach:
            Message(
                es: .count(
                    one: "{count} cliente sin canal de aviso", many: "{count} de clientes sin canal de aviso",
                    other: "{count} clientes sin canal de aviso"),
                en: .count(one: "{count} customer without a channel", other: "{count} customers without a channel"),
                pt: .count(
                    one: "{count} cliente sem canal de aviso", many: "{count} de clientes sem canal de aviso",
                    other: "{count} clientes sem canal de aviso"))
        case .daysLate: Message(es: "Días de atraso", en: "Days late", pt: "Dias de atraso")
        case .daysAtLeast: Message(es: "Atraso desde (días)", en: "Late from (days)", pt: "Atraso desde (dias)")
        case .debtAtLeast: Message(es: "Vencido desde", en: "Overdue from", pt: "Vencido desde")
        case .phone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .missingToReconnect:
            Message(es: "Falta para reconectar", en: "Missing to reconnect", pt: "Falta para reconectar")
        case .nextCut: Message(es: "Próximo corte", en: "Next cut", pt: "Próximo corte")
        case .wouldOwe: Message(es: "por {amount}", en: "for {amount}", pt: "por {amount}")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .step: Message(es: "Acción", en: "Action", pt: "Ação")
        case .why: Message(es: "¿Por qué?", en: "Why?", pt: "Por quê?")
        case .owed: Message(es: "Debe", en: "Owes", pt: "Deve")
        case .overdue: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
        case .fee: Message(es: "Reconexión", en: "Reconnection", pt: "Reconexão")
        case .total: Message(es: "Total", en: "Total", pt: "Total")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .more:
            Message(
                es: "Se muestran los primeros {number}.", en: "The first {number} are shown.",
                pt: "Mostram-se os primeiros {number}.")
        case .runs: Message(es: "Corridas", en: "Runs", pt: "Rodadas")
        case .runsHint:
            Message(
                es: "Cada día, a la hora de la política, y cuando alguien la pide.",
                en: "Each day at the policy's hour, and when somebody asks.",
                pt: "Cada dia, na hora da política, e quando alguém pede.")
        case .noRuns: Message(es: "Todavía no hay corridas.", en: "There are no runs yet.", pt: "Ainda não há rodadas.")
        case .run: Message(es: "Corrida", en: "Run", pt: "Rodada")
        case .runNumber: Message(es: "Corrida {number}", en: "Run {number}", pt: "Rodada {number}")
        case .begin: Message(es: "Ejecutar ahora", en: "Run now", pt: "Executar agora")
        case .beginHint:
            Message(
                es: "Ejecuta lo pendiente de hoy. Lo ya hecho no se repite.",
                en: "Does what is pending for today. What was done is not repeated.",
                pt: "Executa o pendente de hoje. O que já foi feito não se repete.")
        case .stage: Message(es: "Etapa", en: "Stage", pt: "Etapa")
        case .allStages: Message(es: "Todas", en: "All", pt: "Todas")
        case .dry: Message(es: "Simular", en: "Simulate", pt: "Simular")
        case .dryHint: Message(es: "Abre el simulador.", en: "Opens the simulator.", pt: "Abre o simulador.")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .cuts: Message(es: "Cortes", en: "Cuts", pt: "Cortes")
        case .messages: Message(es: "Mensajes", en: "Messages", pt: "Mensagens")
        case .withoutChannel: Message(es: "Sin canal de aviso", en: "Without a channel", pt: "Sem canal de aviso")
        case .author: Message(es: "Quién", en: "Who", pt: "Quem")
        case .madeAt: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .stopped:
            Message(
                es: "Detenida: cortaría {cuts} de {services} servicios, y sin preguntar se cortan {most}.",
                en: "Stopped: it would cut {cuts} of {services} services, and {most} are cut without asking.",
                pt: "Parada: cortaria {cuts} de {services} serviços, e sem perguntar se cortam {most}.")
        case .stoppedHint:
            Message(
                es:
                    "No se cortó ni se avisó a nadie. Revise la lista: si las fechas o los cargos están mal, cancélela y corríjalos.",
                en:
                    "Nobody was cut or notified. Look at the list: if dates or charges are wrong, call it off and mend them.",
                pt:
                    "Ninguém foi cortado nem avisado. Confira a lista: se datas ou cobranças estão erradas, cancele e corrija."
            )
        case .confirm: Message(es: "Confirmar y cortar", en: "Confirm and cut", pt: "Confirmar e cortar")
        case .callOff: Message(es: "Cancelar la corrida", en: "Call the run off", pt: "Cancelar a rodada")
        case .confirmHint:
            Message(
                es: "La confirma otra persona con permiso; si no hay otra, vuelva a iniciar sesión antes.",
                en: "Another permitted person confirms it; if there is none, sign in again first.",
                pt: "Outra pessoa com permissão a confirma; se não houver, entre novamente antes.")
        case .list: Message(es: "Qué hizo", en: "What it did", pt: "O que fez")
        case .outcome: Message(es: "Resultado", en: "Outcome", pt: "Resultado")
        case .message: Message(es: "Mensaje", en: "Message", pt: "Mensagem")
        case .calendar: Message(es: "Calendario", en: "Calendar", pt: "Calendário")
        case .debtors: Message(es: "Morosos", en: "Debtors", pt: "Devedores")
        case .inDays:
            Message(es: "en {number} días", en: "within {number} days", pt: "em {number} dias")
        case .toCut: Message(es: "Por cortar", en: "To be cut", pt: "Por cortar")
        case .cut: Message(es: "Cortados", en: "Cut", pt: "Cortados")
        case .noDebtors:
            Message(es: "Nadie tiene deuda vencida.", en: "Nobody is overdue.", pt: "Ninguém está em atraso.")
        case .noneToCut:
            Message(
                es: "En los próximos siete días no se cortaría a nadie.", en: "Nobody would be cut within seven days.",
                pt: "Nos próximos sete dias não se cortaria ninguém.")
        case .noneCut: Message(es: "Nadie está cortado.", en: "Nobody is cut.", pt: "Ninguém está cortado.")
        case .sinceWhen: Message(es: "Vencido desde", en: "Overdue since", pt: "Vencido desde")
        case .promises: Message(es: "Promesas de pago", en: "Promises to pay", pt: "Promessas de pagamento")
        case .promise: Message(es: "Promesa de pago", en: "Promise to pay", pt: "Promessa de pagamento")
        case .noPromises:
            Message(es: "No hay promesas así.", en: "There are no such promises.", pt: "Não há tais promessas.")
        case .newPromise: Message(es: "Registrar promesa", en: "Take a promise", pt: "Registrar promessa")
        case .promiseOf: Message(es: "Promesa de {name}", en: "Promise of {name}", pt: "Promessa de {name}")
        case .until: Message(es: "Hasta", en: "Until", pt: "Até")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .cancelPromise: Message(es: "Cancelar promesa", en: "Cancel promise", pt: "Cancelar promessa")
        case .cancelPromiseText:
            Message(
                es: "Prometió {amount} para el {day}. Sin la promesa, el servicio se puede cortar desde hoy.",
                en: "They promised {amount} by {day}. Without the promise the service may be cut from today on.",
                pt: "Prometeu {amount} até {day}. Sem a promessa, o serviço pode ser cortado a partir de hoje.")
        case .bySubscriber: Message(es: "por el cliente", en: "by the customer", pt: "pelo cliente")
        case .every: Message(es: "Todas", en: "All", pt: "Todas")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .previous: Message(es: "Las primeras", en: "The first", pt: "As primeiras")
        case .next: Message(es: "Siguientes", en: "Next", pt: "Seguintes")
        case .collection: Message(es: "Cobranza", en: "Collection", pt: "Cobrança")
        case .history: Message(es: "Historial de cobranza", en: "History of collection", pt: "Histórico de cobrança")
        case .noHistory:
            Message(
                es: "La cobranza no ha hecho nada con este cliente.",
                en: "Collection has done nothing about this customer.",
                pt: "A cobrança não fez nada com este cliente.")
        case .holds: Message(es: "Prórrogas", en: "Days of grace", pt: "Prorrogações")
        case .newHold: Message(es: "Dar prórroga", en: "Give days of grace", pt: "Dar prorrogação")
        case .endHold: Message(es: "Terminar", en: "End", pt: "Terminar")
        case .strikes: Message(es: "Comprobantes falsos", en: "False receipts", pt: "Comprovantes falsos")
        case .annul: Message(es: "Anular", en: "Annul", pt: "Anular")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .strikeCount: Message(es: "{number} de {most}", en: "{number} of {most}", pt: "{number} de {most}")
        case .giveGrace:
            Message(
                es: "Mientras dure no se le avisa ni se le corta.", en: "Nobody reminds or cuts them meanwhile.",
                pt: "Enquanto durar não se avisa nem se corta.")
        case .fromTo: Message(es: "{from} – {to}", en: "{from} – {to}", pt: "{from} – {to}")
        case .whyTitle: Message(es: "¿Por qué? {name}", en: "Why? {name}", pt: "Por quê? {name}")
        case .whyDay: Message(es: "Decisión del día", en: "Decision of", pt: "Decisão do dia")
        case .decision: Message(es: "Decisión", en: "Decision", pt: "Decisão")
        case .inputs: Message(es: "Lo que se tomó en cuenta", en: "What was looked at", pt: "O que se levou em conta")
        case .charges: Message(es: "Cargos abiertos", en: "Open charges", pt: "Cobranças abertas")
        case .due: Message(es: "vence {day}", en: "due {day}", pt: "vence {day}")
        case .rule: Message(es: "Política", en: "Policy", pt: "Política")
        case .hour: Message(es: "Hora de la política", en: "The policy's hour", pt: "Hora da política")
        case .planCollected:
            Message(
                es: "Plan de cobro automático", en: "Plan collected automatically", pt: "Plano de cobrança automática")
        case .yes: Message(es: "Sí", en: "Yes", pt: "Sim")
        case .no: Message(es: "No", en: "No", pt: "Não")
        case .nothing: Message(es: "Nada", en: "Nothing", pt: "Nada")
        case .waits:
            Message(es: "Sigue: {stage}, el {day}", en: "Next: {stage}, on {day}", pt: "Segue: {stage}, em {day}")
        case .stageNotice: Stage.notice.message
        case .stageReminder: Stage.reminder.message
        case .stageWarning: Stage.warning.message
        case .stageCut: Stage.cut.message
        case .switchedOff:
            Message(
                es: "La cobranza automática está apagada: no se avisa ni se corta a nadie.",
                en: "Automatic collection is off: nobody is notified or cut.",
                pt: "A cobrança automática está desligada: não se avisa nem se corta ninguém.")
        case .platformStopped:
            Message(
                es: "La plataforma detuvo todos los cortes: {reason}", en: "The platform stopped all cuts: {reason}",
                pt: "A plataforma parou todos os cortes: {reason}")
        case .turnOn: Message(es: "Ver la política", en: "See the policy", pt: "Ver a política")
        case .waitingRun:
            Message(
                es: "Una corrida de cobranza espera que alguien la confirme.",
                en: "A collection run waits for somebody to confirm it.",
                pt: "Uma rodada de cobrança espera que alguém a confirme.")
        case .seeRun: Message(es: "Ver la corrida", en: "See the run", pt: "Ver a rodada")
        }
    }
}

extension Decision.Step {
    func text(in currency: Currency, for reader: Reader) -> String {
        switch self {
        case .tell(let stage): stage.text(for: reader)
        case .collapse(let stage): StepWords.collapsed.text(for: reader, .text("stage", stage.text(for: reader)))
        case .chargeLate(let minor):
            "\(CollectionNoteWords.late.text(for: reader)) \(Money(minor: minor, currency).exactText(for: reader))"
        case .cut(.fraud): StepWords.fraud.text(for: reader)
        case .cut(.daysOver): StepWords.daysOver.text(for: reader)
        case .cut: Stage.cut.text(for: reader)
        case .reconnect: StepWords.reconnected.text(for: reader)
        }
    }
}

extension CollectionStep.Kind {
    func text(for reader: Reader) -> String {
        switch self {
        case .notice: Stage.notice.text(for: reader)
        case .reminder: Stage.reminder.text(for: reader)
        case .warning: Stage.warning.text(for: reader)
        case .cut: Stage.cut.text(for: reader)
        case .lateFee: CollectionNoteWords.late.text(for: reader)
        case .fraud: StepWords.fraud.text(for: reader)
        case .daysOver: StepWords.daysOver.text(for: reader)
        case .missing: StepWords.missing.text(for: reader)
        case .reconnected: StepWords.reconnected.text(for: reader)
        }
    }
}

extension CollectionStep {
    /// A message with a notice says how far that came: `channels` names them.
    func outcomeText(_ channels: [NoticeCarrier], for reader: Reader) -> String {
        if outcome == .sent, let told {
            let channel = channels.first { $0.name == toldBy }.map { " · \($0.words.text(for: reader))" }
            return told.text(for: reader) + (channel ?? "")
        }
        return switch outcome {
        case .sent: "\(StepWords.sent.text(for: reader)) \(recipient)"
        case .noChannel: CollectionWords.withoutChannel.text(for: reader)
        case .collapsed: StepWords.stoodFor.text(for: reader)
        case .done: StepWords.done.text(for: reader)
        }
    }
}

enum StepWords: MessageCatalogue {
    case collapsed, fraud, daysOver, missing, reconnected, sent, stoodFor, done

    var message: Message {
        switch self {
        case .collapsed:
            Message(es: "{stage} (va en el siguiente)", en: "{stage} (in the next)", pt: "{stage} (vai no seguinte)")
        case .fraud:
            Message(
                es: "Corte por comprobantes falsos", en: "Cut for false receipts", pt: "Corte por comprovantes falsos")
        case .daysOver:
            Message(
                es: "Corte por fin de los días prepago", en: "Cut at the end of prepaid days",
                pt: "Corte por fim dos dias pré-pagos")
        case .missing: Message(es: "Pago incompleto", en: "Payment too small", pt: "Pagamento incompleto")
        case .reconnected: Message(es: "Reconexión", en: "Reconnection", pt: "Reconexão")
        case .sent: Message(es: "Enviado a", en: "Sent to", pt: "Enviado a")
        case .stoodFor:
            Message(es: "Se juntó con el siguiente", en: "The next stood for it", pt: "Juntou-se ao seguinte")
        case .done: Message(es: "Hecho", en: "Done", pt: "Feito")
        }
    }
}
