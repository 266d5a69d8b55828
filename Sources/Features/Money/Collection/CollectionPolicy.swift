import Billing
import JSON
import Locale
import Nouns
import Time

/// The stages of collecting a debt, in order.
package enum Stage: String, FieldChoice {
    case notice, reminder, warning, cut

    package var message: Message {
        switch self {
        case .notice: Message(es: "Aviso", en: "Notice", pt: "Aviso")
        case .reminder: Message(es: "Recordatorio", en: "Reminder", pt: "Lembrete")
        case .warning: Message(es: "Último aviso", en: "Last warning", pt: "Último aviso")
        case .cut: Message(es: "Corte", en: "Cut", pt: "Corte")
        }
    }
}

/// What a stage's days are counted from.
package enum Anchor: String, FieldChoice {
    case none, calendar, due, expiry

    package var message: Message {
        switch self {
        case .none: Message(es: "No enviar", en: "Do not send", pt: "Não enviar")
        case .calendar: Message(es: "Día del mes", en: "Day of the month", pt: "Dia do mês")
        case .due:
            Message(es: "Días desde el vencimiento", en: "Days from the due date", pt: "Dias desde o vencimento")
        case .expiry:
            Message(
                es: "Días desde el último día prepago", en: "Days from the last prepaid day",
                pt: "Dias desde o último dia pré-pago")
        }
    }
}

package enum FeeRule: String, FieldChoice {
    case none, fixed, percent

    package var message: Message {
        switch self {
        case .none: Message(es: "No se cobra", en: "None", pt: "Não se cobra")
        case .fixed: Message(es: "Importe fijo", en: "Fixed amount", pt: "Valor fixo")
        case .percent: Message(es: "Porcentaje de la deuda", en: "Percentage of the debt", pt: "Porcentagem da dívida")
        }
    }
}

/// What to do with messages missed while nothing ran.
package enum MissedMessages: String, FieldChoice {
    case collapse, all

    package var message: Message {
        switch self {
        case .collapse:
            Message(
                es: "Se juntan en uno y el corte espera", en: "They become one, and the cut waits",
                pt: "Juntam-se em um e o corte espera")
        case .all:
            Message(
                es: "Se envían todos y el corte no espera", en: "All are sent, and the cut does not wait",
                pt: "Enviam-se todos e o corte não espera")
        }
    }
}

/// A company's rules of collection; a plan or a customer may have their own.
package struct CollectionPolicy: Sendable, Equatable {
    // Decided by the company only, not by a plan's or customer's own policy.
    package var isOn = false
    /// As `2026-04`: earlier charges are never collected. Empty to collect all.
    package var startMonth = ""
    package var hour = 9

    package var noticeAnchor = Anchor.calendar
    package var noticeDays = 1
    package var reminderAnchor = Anchor.calendar
    package var reminderDays = 3
    package var warningAnchor = Anchor.calendar
    package var warningDays = 7
    package var cutAnchor = Anchor.calendar
    package var cutDays = 8
    package var missedMessages = MissedMessages.collapse
    /// The least number of days between warning and cut.
    package var warningGap = 1

    package var feeRule = FeeRule.none
    package var feeAmount: Money
    package var feePercent = 0
    package var isFirstFeeFree = false
    package var lateRule = FeeRule.none
    package var lateAmount: Money
    package var latePercent = 0
    package var lateDays = 5

    /// How many days ahead a promise may reach; 0 takes none.
    package var promiseDays = 7
    /// The largest debt that a promise may cover; 0 for any.
    package var promiseMost: Money
    /// The least percentage of the debt to be promised.
    package var promisePart = 100
    /// Within ninety days.
    package var promiseCount = 2
    package var promisesBySubscribers = true
    package var promiseReconnects = false
    /// For how many days an unreviewed receipt reconnects; 0 for none.
    package var receiptDays = 0
    /// The largest amount of such a receipt; 0 for any.
    package var receiptMost: Money

    /// The number of strikes that cuts a service; 0 for never.
    package var strikes = 3
    /// How long a strike counts; 0 for ever.
    package var strikeMonths = 0

    package var noticeText = ""
    package var reminderText = ""
    package var warningText = ""
    package var cutText = ""

    /// The default: the usual stages, switched off.
    package init(in currency: Currency) {
        (feeAmount, lateAmount) = (.zero(currency), .zero(currency))
        (promiseMost, receiptMost) = (.zero(currency), .zero(currency))
    }

    package func time(of stage: Stage) -> (anchor: Anchor, days: Int) {
        switch stage {
        case .notice: (noticeAnchor, noticeDays)
        case .reminder: (reminderAnchor, reminderDays)
        case .warning: (warningAnchor, warningDays)
        case .cut: (cutAnchor, cutDays)
        }
    }

    package func text(of stage: Stage) -> String {
        switch stage {
        case .notice: noticeText
        case .reminder: reminderText
        case .warning: warningText
        case .cut: cutText
        }
    }

    package var reconnectionFee: Fee { Self.fee(feeRule, feeAmount, feePercent, isFirstFree: isFirstFeeFree) }
    package var lateFee: Fee { Self.fee(lateRule, lateAmount, latePercent, isFirstFree: false) }

    private static func fee(_ rule: FeeRule, _ amount: Money, _ percent: Int, isFirstFree: Bool) -> Fee {
        switch rule {
        case .none: .none
        case .fixed: Fee(.fixed(amount), isFirstFree: isFirstFree)
        case .percent: Fee(.percent(Percentage(Int32(clamping: percent))), isFirstFree: isFirstFree)
        }
    }

    /// What the cycle is counted from: the due day of the oldest debt, or the month.
    package var cycleAnchor: Anchor {
        [cutAnchor, warningAnchor, reminderAnchor, noticeAnchor].first { $0 != .none } ?? .calendar
    }

    /// Takes over the settings that only the company decides.
    func within(_ company: CollectionPolicy) -> CollectionPolicy {
        var policy = self
        (policy.isOn, policy.startMonth, policy.hour) = (company.isOn, company.startMonth, company.hour)
        return policy
    }

    /// How many days before the end of prepaid days the first message is sent.
    var daysBeforeEnd: Int {
        Stage.allCases.map(time).filter { $0.anchor == .expiry }.map { max(0, -$0.days) }.max() ?? 0
    }

    /// The first day whose charges are collected.
    package var start: Day? { startMonth.isEmpty ? nil : Day(iso: "\(startMonth)-01") }
}

extension CollectionPolicy: Fielded {
    package static let noun = "CollectionPolicy"

    package static let fields: [Field<CollectionPolicy>] = switches + stages + fees + promises + strikeFields + texts

    private static let switches: [Field<CollectionPolicy>] = [
        .flag(
            "on", \.isOn,
            Message(
                es: "Cobranza automática encendida", en: "Automatic collection is on", pt: "Cobrança automática ligada")
        ).meaning(
            Message(
                es: "Apagada no hay avisos ni cortes; la reconexión al pagar sigue.",
                en: "Off, nobody is notified or cut; reconnection on payment goes on.",
                pt: "Desligada não há avisos nem cortes; a reconexão ao pagar continua.")),
        .line(
            "start_month", \.startMonth, 0...7,
            Message(
                es: "Cobrar desde el mes", en: "Start: first month", pt: "Cobrar a partir do mês")
        ).hint(
            Message(
                es: "Como 2026-04. Lo que tiene fecha anterior no se cobra ni corta a nadie; vacío cobra todo.",
                en: "Such as 2026-04. What is dated earlier is not collected and cuts nobody; empty collects all.",
                pt: "Como 2026-04. O que tem data anterior não se cobra nem corta ninguém; vazio cobra tudo.")),
        .count("hour", \.hour, 0...23, Message(es: "Hora", en: "Hour", pt: "Hora")).hint(
            Message(
                es: "A la que se avisa y se corta, en la zona horaria de la empresa.",
                en: "When people are notified and cut, by the company's clock.",
                pt: "Em que se avisa e se corta, no fuso da empresa.")),
    ]

    private static let stages: [Field<CollectionPolicy>] =
        stage("notice", \.noticeAnchor, \.noticeDays, .notice)
        + stage("reminder", \.reminderAnchor, \.reminderDays, .reminder)
        + stage("warning", \.warningAnchor, \.warningDays, .warning) + stage("cut", \.cutAnchor, \.cutDays, .cut)
        + [
            .choice(
                "missed_messages", \.missedMessages,
                Message(
                    es: "Si el sistema estuvo caído, los avisos perdidos", en: "After our own outage, missed messages",
                    pt: "Se o sistema caiu, os avisos perdidos")),
            .count(
                "warning_gap", \.warningGap, 0...30,
                Message(
                    es: "Días entre la advertencia y el corte", en: "Days between warning and cut",
                    pt: "Dias entre a advertência e o corte")),
        ]

    private static func stage(
        _ name: String, _ anchor: Field<CollectionPolicy>.Path<Anchor>, _ days: Field<CollectionPolicy>.Path<Int>,
        _ stage: Stage
    ) -> [Field<CollectionPolicy>] {
        let title = stage.message
        return [
            .choice("\(name)_anchor", anchor, title.followed(by: .anchor)),
            .count("\(name)_days", days, -60...60, title.followed(by: .days)),
        ]
    }

    private static let fees: [Field<CollectionPolicy>] = [
        .choice(
            "fee_rule", \.feeRule, Message(es: "Cargo por reconexión", en: "Reconnection fee", pt: "Taxa de reconexão")),
        .money(
            "fee_amount", \.feeAmount,
            Message(es: "Reconexión: importe fijo", en: "Reconnection: fixed amount", pt: "Reconexão: valor fixo")),
        .count(
            "fee_percent", \.feePercent, 0...100,
            Message(es: "Reconexión: porcentaje", en: "Reconnection: percentage", pt: "Reconexão: porcentagem")),
        .flag(
            "first_fee_free", \.isFirstFeeFree,
            Message(
                es: "La primera reconexión no se cobra", en: "The first reconnection is free",
                pt: "A primeira reconexão não se cobra")),
        .choice("late_rule", \.lateRule, Message(es: "Recargo por mora", en: "Late fee", pt: "Multa por atraso")),
        .money(
            "late_amount", \.lateAmount,
            Message(es: "Mora: importe fijo", en: "Late: fixed amount", pt: "Atraso: valor fixo")
        ),
        .count(
            "late_percent", \.latePercent, 0...100,
            Message(es: "Mora: porcentaje", en: "Late: percentage", pt: "Atraso: porcentagem")),
        .count(
            "late_days", \.lateDays, 1...60,
            Message(
                es: "Mora: días después del vencimiento", en: "Late: days after the due date",
                pt: "Atraso: dias após o vencimento")),
    ]

    private static let promises: [Field<CollectionPolicy>] = [
        .count(
            "promise_days", \.promiseDays, 0...60,
            Message(es: "Promesa: días como máximo", en: "Promise: days at most", pt: "Promessa: dias no máximo")
        ).hint(
            Message(
                es: "0 si no se aceptan promesas.", en: "0 if none are taken.", pt: "0 se não se aceitam promessas.")),
        .money(
            "promise_most", \.promiseMost,
            Message(
                es: "Se aceptan promesas hasta", en: "Promises are taken up to", pt: "Aceitam-se promessas até")
        ).hint(
            Message(es: "De deuda. 0: sin límite.", en: "Of debt. 0: without limit.", pt: "De dívida. 0: sem limite.")),
        .count(
            "promise_part", \.promisePart, 1...100,
            Message(
                es: "Promesa: porcentaje mínimo de lo vencido", en: "Promise: least percentage of what is due",
                pt: "Promessa: porcentagem mínima do vencido")
        ),
        .count(
            "promise_count", \.promiseCount, 1...30,
            Message(
                es: "Promesas en noventa días, como máximo", en: "Promises in ninety days, at most",
                pt: "Promessas em noventa dias, no máximo")),
        .flag(
            "promises_by_subscribers", \.promisesBySubscribers,
            Message(
                es: "El cliente puede prometer en el portal", en: "Customers may promise in the portal",
                pt: "O cliente pode prometer no portal")),
        .flag(
            "promise_reconnects", \.promiseReconnects,
            Message(
                es: "Una promesa reconecta el servicio cortado", en: "A promise reconnects a service that is cut",
                pt: "Uma promessa reconecta o serviço cortado")),
        .count(
            "receipt_days", \.receiptDays, 0...15,
            Message(
                es: "Comprobante por revisar: días de reconexión", en: "Receipt to be looked at: days reconnected",
                pt: "Comprovante por conferir: dias de reconexão")
        ).hint(
            Message(
                es: "0: nada cambia hasta que alguien lo apruebe.",
                en: "0: nothing changes until somebody approves it.",
                pt: "0: nada muda até que alguém o aprove.")),
        .money(
            "receipt_most", \.receiptMost,
            Message(
                es: "Comprobante por revisar: importe máximo", en: "Receipt to be looked at: most",
                pt: "Comprovante por conferir: valor máximo")
        ).hint(Message(es: "0 es sin límite.", en: "0 is without limit.", pt: "0 é sem limite.")),
    ]

    private static let strikeFields: [Field<CollectionPolicy>] = [
        .count(
            "strikes", \.strikes, 0...10,
            Message(
                es: "Comprobantes falsos para cortar", en: "False receipts until a cut",
                pt: "Comprovantes falsos para cortar")
        ).hint(Message(es: "0: nunca.", en: "0: never.", pt: "0: nunca.")),
        .count(
            "strike_months", \.strikeMonths, 0...120,
            Message(
                es: "Meses que cuenta cada comprobante falso", en: "Months that each false receipt counts",
                pt: "Meses que cada comprovante falso conta")
        ).hint(Message(es: "0: siempre.", en: "0: for ever.", pt: "0: sempre.")),
    ]

    private static let texts: [Field<CollectionPolicy>] = [
        text("notice_text", \.noticeText, .notice), text("reminder_text", \.reminderText, .reminder),
        text("warning_text", \.warningText, .warning), text("cut_text", \.cutText, .cut),
    ]

    private static func text(
        _ name: String, _ path: Field<CollectionPolicy>.Path<String>, _ stage: Stage
    ) -> Field<CollectionPolicy> {
        .lines(name, path, 0...1000, stage.message.followed(by: .text)).hint(
            Message(
                es:
                    "Vacío usa el texto del sistema. Puede llevar [nombre], [monto], [mes], [fecha], [total], [reconexion], [empresa] y [banco].",
                en:
                    "Empty uses the system's text. May have [nombre], [monto], [mes], [fecha], [total], [reconexion], [empresa] and [banco].",
                pt:
                    "Vazio usa o texto do sistema. Pode ter [nombre], [monto], [mes], [fecha], [total], [reconexion], [empresa] e [banco]."
            ))
    }
}

extension CollectionPolicy: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { json in json.fields(of: self) } }
}

/// The suffixes of a stage's fields.
private enum StageField {
    case anchor, days, text
}

extension Message {
    fileprivate func followed(by field: StageField) -> Message {
        let (es, en, pt) =
            switch field {
            case .anchor: ("cuándo", "when", "quando")
            case .days: ("día o días", "day or days", "dia ou dias")
            case .text: ("texto", "text", "texto")
            }
        func wording(_ language: Language, _ word: String) -> Wording {
            .always("\(text(for: Reader(language, in: .mexico))): \(word)")
        }
        return Message(es: wording(.es, es), en: wording(.en, en), pt: wording(.pt, pt))
    }
}
