import Customers
import Identifiers
import Letters
import Locale
import Services
import Tenancy
import Time

/// A message to a customer; exactly this text is stored and sent.
struct CollectionMessage: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case notice, reminder, warning, cut, fraud, daysEnding, daysOver, missing, reconnected

        init(_ stage: Stage) {
            self =
                switch stage {
                case .notice: .notice
                case .reminder: .reminder
                case .warning: .warning
                case .cut: .cut
                }
        }
    }

    let subject: String
    let text: String
    /// The values of a template's places, by the names that the policy's texts use.
    let blanks: [String: String]

    /// In the company's language, with the policy's own text where there is one. If a blank of that has no value, the
    /// product's text is used. `howToPay` is empty where the company shows no account.
    init(
        _ kind: Kind, as stage: Stage? = nil, of decision: Decision, to name: String, howToPay: String,
        from tenant: Tenant
    ) {
        let reader = tenant.reader
        let (amount, fee, total) = (kind.amount(of: decision), decision.toReconnect.fee, decision.toReconnect.total)
        let isOfDays = kind == .daysEnding || kind == .daysOver
        let (month, due) = (
            decision.day.month,
            (isOfDays ? decision.facts.prepaid?.through : decision.oldestDue) ?? decision.day
        )
        var values: [MessageText.Name: String] = [
            .customer: name, .amount: amount.exactText(for: reader), .month: month.text(for: reader),
            .due: due.text(.long, for: reader), .total: total.exactText(for: reader),
            .fee: fee.exactText(for: reader), .company: tenant.name,
        ]
        if !howToPay.isEmpty { values[.bank] = howToPay }
        var named = [String: String](uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
        if !kind.tellsHowToPay { named[MessageText.Name.bank.rawValue] = nil }
        named["corte"] = (decision.day(of: .cut) ?? decision.day).text(.long, for: reader)
        blanks = named
        let template = (stage ?? Stage(rawValue: kind.rawValue)).map { MessageText(decision.policy.rules.text(of: $0)) }
        let own = template.flatMap { $0.isEmpty ? nil : $0.filled(values) }
        let blanks: [Blank] = [
            .name(name), .text("amount", amount.exactText(for: reader)), .text("month", month.text(for: reader)),
            .text("due", due.text(.long, for: reader)), .text("total", total.exactText(for: reader)),
            .text("fee", fee.exactText(for: reader)), .text("company", tenant.name),
            .text("day", (decision.day(of: .cut) ?? decision.day).text(.long, for: reader)),
        ]
        subject = kind.subject.message.text(for: reader, blanks)
        let body = own ?? kind.body.message.text(for: reader, blanks)
        let saysIt = own != nil && template?.blanks.contains(MessageText.Name.bank.rawValue) == true
        text = kind.tellsHowToPay && !howToPay.isEmpty && !saysIt ? "\(body)\n\n\(howToPay)" : body
    }
}

extension CollectionMessage.Kind {
    /// A warning names the amount that prevents the cut, a cut the amount that reconnects: neither includes later debt.
    fileprivate func amount(of decision: Decision) -> Money {
        switch self {
        case .notice, .reminder, .fraud, .reconnected: decision.owed
        case .warning: decision.dueByCut
        case .daysEnding, .daysOver: Money(minor: decision.facts.prepaid?.price ?? 0, decision.facts.currency)
        case .cut, .missing: decision.toReconnect.debt
        }
    }

    /// The notice only tells the debt.
    var tellsHowToPay: Bool {
        switch self {
        case .notice, .reconnected, .fraud: false
        case .reminder, .warning, .cut, .daysEnding, .daysOver, .missing: true
        }
    }

    fileprivate var subject: CollectionMessageWords {
        switch self {
        case .notice: .noticeSubject
        case .reminder: .reminderSubject
        case .warning: .warningSubject
        case .cut, .fraud: .cutSubject
        case .daysEnding: .daysEndingSubject
        case .daysOver: .daysOverSubject
        case .missing: .missingSubject
        case .reconnected: .reconnectedSubject
        }
    }

    fileprivate var body: CollectionMessageWords {
        switch self {
        case .notice: .notice
        case .reminder: .reminder
        case .warning: .warning
        case .cut: .cut
        case .fraud: .fraud
        case .daysEnding: .daysEnding
        case .daysOver: .daysOver
        case .missing: .missing
        case .reconnected: .reconnected
        }
    }
}

/// Letters with the text stored in their step.
package enum CollectionLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.collection) { letter, desk in
            guard let id = letter.about, let step = try await desk.database.collectionStep(CollectionStep.ID(id)) else {
                return nil
            }
            // A customer who paid meanwhile is not asked for money.
            if [.notice, .reminder, .warning].contains(step.kind), step.owed.isPositive,
                try await desk.database.owes(step.customer, in: step.owed.currency) == false
            {
                return nil
            }
            return LetterText(
                subject: step.subject,
                paragraphs: step.message.split(separator: "\n").map(String.init).filter { !$0.isEmpty },
                link: (
                    CollectionMessageWords.seePayment.text(for: desk.reader), "\(letter.origin)/portal/collection"
                ))
        }
    }
}

enum CollectionMessageWords: MessageCatalogue {
    case noticeSubject, reminderSubject, warningSubject, cutSubject, missingSubject, reconnectedSubject
    case notice, reminder, warning, cut, fraud, missing, reconnected, seePayment
    case daysEndingSubject, daysEnding, daysOverSubject, daysOver

    var message: Message {
        switch self {
        case .noticeSubject:
            Message(
                es: "Su factura de {month}", tu: "Tu factura de {month}", en: "Your bill of {month}",
                pt: "Sua fatura de {month}")
        case .reminderSubject:
            Message(
                es: "Recordatorio de pago: {amount}", en: "Payment reminder: {amount}",
                pt: "Lembrete de pagamento: {amount}")
        case .warningSubject:
            Message(
                es: "Su servicio se suspenderá si no paga", tu: "Tu servicio se suspenderá si no pagas",
                vos: "Tu servicio se va a suspender si no pagás", en: "Your service will be suspended unless you pay",
                pt: "Seu serviço será suspenso se não pagar")
        case .cutSubject:
            Message(
                es: "Su servicio fue suspendido", tu: "Tu servicio fue suspendido", en: "Your service was suspended",
                pt: "Seu serviço foi suspenso")
        case .missingSubject:
            Message(
                es: "Recibimos su pago; faltan {total}", tu: "Recibimos tu pago; faltan {total}",
                en: "We received your payment; {total} is missing", pt: "Recebemos seu pagamento; faltam {total}")
        case .reconnectedSubject:
            Message(
                es: "Su servicio se está reconectando", tu: "Tu servicio se está reconectando",
                en: "Your service is being reconnected", pt: "Seu serviço está sendo reconectado")
        case .notice:
            Message(
                es: "Hola {name}. Su factura de {month} por {amount} ya está disponible. Fecha límite: {due}.",
                tu: "Hola {name}. Tu factura de {month} por {amount} ya está disponible. Fecha límite: {due}.",
                en: "Hello {name}. Your bill of {month} for {amount} is ready. Pay by {due}.",
                pt: "Olá {name}. Sua fatura de {month} de {amount} já está disponível. Data limite: {due}.")
        case .reminder:
            Message(
                es: "{name}, le recordamos su pago de {amount}.", tu: "{name}, te recordamos tu pago de {amount}.",
                en: "{name}, we remind you of your payment of {amount}.",
                pt: "{name}, lembramos do seu pagamento de {amount}.")
        case .warning:
            Message(
                es:
                    "{name}, su servicio se suspenderá el {day} si no registramos su pago de {amount}. ¿Necesita unos días? Prometa su pago en el portal.",
                tu:
                    "{name}, tu servicio se suspenderá el {day} si no registramos tu pago de {amount}. ¿Necesitas unos días? Promete tu pago en el portal.",
                vos:
                    "{name}, tu servicio se va a suspender el {day} si no registramos tu pago de {amount}. ¿Necesitás unos días? Prometé tu pago en el portal.",
                en:
                    "{name}, your service will be suspended on {day} unless we register your payment of {amount}. Do you need some days? Promise your payment in the portal.",
                pt:
                    "{name}, seu serviço será suspenso em {day} se não registrarmos seu pagamento de {amount}. Precisa de alguns dias? Prometa seu pagamento no portal."
            )
        case .cut:
            Message(
                es:
                    "{name}, su servicio fue suspendido por falta de pago. Total para reconectar: {total} (deuda {amount} + reconexión {fee}).",
                tu:
                    "{name}, tu servicio fue suspendido por falta de pago. Total para reconectar: {total} (deuda {amount} + reconexión {fee}).",
                en:
                    "{name}, your service was suspended for lack of payment. Total to reconnect: {total} (debt {amount} + reconnection {fee}).",
                pt:
                    "{name}, seu serviço foi suspenso por falta de pagamento. Total para reconectar: {total} (dívida {amount} + reconexão {fee})."
            )
        case .daysEndingSubject:
            Message(
                es: "Sus días de internet están por terminar", tu: "Tus días de internet están por terminar",
                en: "Your days of Internet are about to end", pt: "Seus dias de internet estão para terminar")
        case .daysEnding:
            Message(
                es: "{name}, sus días de internet terminan el {due}. Para seguir conectado, recargue {amount}.",
                tu: "{name}, tus días de internet terminan el {due}. Para seguir conectado, recarga {amount}.",
                vos: "{name}, tus días de internet terminan el {due}. Para seguir conectado, recargá {amount}.",
                en: "{name}, your days of Internet end on {due}. To stay connected, top up {amount}.",
                pt: "{name}, seus dias de internet terminam em {due}. Para continuar conectado, recarregue {amount}.")
        case .daysOverSubject:
            Message(
                es: "Sus días de internet terminaron", tu: "Tus días de internet terminaron",
                en: "Your days of Internet are over", pt: "Seus dias de internet terminaram")
        case .daysOver:
            Message(
                es: "{name}, sus días de internet terminaron. Recargue {amount} y su servicio vuelve en minutos.",
                tu: "{name}, tus días de internet terminaron. Recarga {amount} y tu servicio vuelve en minutos.",
                vos: "{name}, tus días de internet terminaron. Recargá {amount} y tu servicio vuelve en minutos.",
                en: "{name}, your days of Internet are over. Top up {amount} and your service is back in minutes.",
                pt: "{name}, seus dias de internet terminaram. Recarregue {amount} e seu serviço volta em minutos.")
        case .fraud:
            Message(
                es: "{name}, su servicio fue suspendido por comprobantes de pago falsos. Llame a {company}.",
                tu: "{name}, tu servicio fue suspendido por comprobantes de pago falsos. Llama a {company}.",
                vos: "{name}, tu servicio fue suspendido por comprobantes de pago falsos. Llamá a {company}.",
                en: "{name}, your service was suspended for false payment receipts. Call {company}.",
                pt: "{name}, seu serviço foi suspenso por comprovantes de pagamento falsos. Ligue para {company}.")
        case .missing:
            Message(
                es: "{name}, recibimos su pago. Para reconectar su servicio faltan {total}.",
                tu: "{name}, recibimos tu pago. Para reconectar tu servicio faltan {total}.",
                en: "{name}, we received your payment. To reconnect your service {total} is missing.",
                pt: "{name}, recebemos seu pagamento. Para reconectar seu serviço faltam {total}.")
        case .reconnected:
            Message(
                es: "{name}, gracias. Quitamos el corte de su servicio. Si en unos minutos no navega, escríbanos.",
                tu: "{name}, gracias. Quitamos el corte de tu servicio. Si en unos minutos no navegas, escríbenos.",
                vos: "{name}, gracias. Quitamos el corte de tu servicio. Si en unos minutos no navegás, escribinos.",
                en: "{name}, thank you. We lifted the cut of your service. If it is not back in minutes, write to us.",
                pt: "{name}, obrigado. Retiramos o corte do seu serviço. Se em minutos não navegar, escreva-nos.")
        case .seePayment:
            Message(es: "Ver mi pago", en: "See my payment", pt: "Ver meu pagamento")
        }
    }
}
