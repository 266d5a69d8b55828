import Access
import HTTP
import Locale
import Nouns

/// Why a policy is refused.
package enum PolicyRefusal: Refusal, MessageCatalogue {
    case noMonth, dayOfMonth, outOfOrder, cutBeforeDue, cutWithoutWarning, feeMissing, lateFeeMissing, unknownBlank,
        bankInNotice
    case unknownSubject

    package var status: Status { self == .unknownSubject ? .notFound : .unprocessableContent }

    package var code: String {
        switch self {
        case .noMonth: "no_month"
        case .dayOfMonth: "no_day_of_month"
        case .outOfOrder: "stages_out_of_order"
        case .cutBeforeDue: "cut_before_due"
        case .cutWithoutWarning: "cut_without_warning"
        case .feeMissing: "fee_missing"
        case .lateFeeMissing: "late_fee_missing"
        case .unknownBlank: "unknown_blank"
        case .bankInNotice: "bank_in_notice"
        case .unknownSubject: "unknown_subject"
        }
    }

    /// The form field at fault.
    package var field: String {
        switch self {
        case .dayOfMonth, .outOfOrder, .cutBeforeDue, .cutWithoutWarning, .unknownSubject: "cut_days"
        case .noMonth: "start_month"
        case .feeMissing: "fee_amount"
        case .lateFeeMissing: "late_amount"
        case .unknownBlank, .bankInNotice: "notice_text"
        }
    }

    package var message: Message {
        switch self {
        case .noMonth:
            Message(
                es: "Escriba el mes como 2026-04.", en: "Write the month as 2026-04.",
                pt: "Escreva o mês como 2026-04.")
        case .dayOfMonth:
            Message(
                es: "Un día del mes va del 1 al 31.", en: "A day of the month is from 1 to 31.",
                pt: "Um dia do mês vai de 1 a 31.")
        case .outOfOrder:
            Message(
                es: "Aviso, recordatorio, advertencia y corte van en ese orden.",
                en: "Notice, reminder, warning and cut come in that order.",
                pt: "Aviso, lembrete, advertência e corte vão nessa ordem.")
        case .cutBeforeDue:
            Message(
                es: "El corte va al menos un día después del vencimiento.",
                en: "The cut comes at least one day after the due date.",
                pt: "O corte vai ao menos um dia após o vencimento.")
        case .cutWithoutWarning:
            Message(
                es: "No se corta sin una advertencia antes.", en: "Nobody is cut without a warning before.",
                pt: "Não se corta sem uma advertência antes.")
        case .feeMissing:
            Message(
                es: "Escriba cuánto se cobra por reconexión.", en: "Say how much the reconnection costs.",
                pt: "Escreva quanto se cobra pela reconexão.")
        case .lateFeeMissing:
            Message(
                es: "Escriba cuánto es el recargo por mora.", en: "Say how much the late fee is.",
                pt: "Escreva quanto é a multa por atraso.")
        case .unknownBlank:
            Message(
                es: "Un texto tiene un hueco que no existe. Los que hay están bajo cada texto.",
                en: "A text has a blank that does not exist. Those that do stand below each text.",
                pt: "Um texto tem um campo que não existe. Os que há estão sob cada texto.")
        case .bankInNotice:
            Message(
                es: "El aviso no lleva datos bancarios.", en: "The notice has no bank data.",
                pt: "O aviso não leva dados bancários.")
        case .unknownSubject:
            Message(
                es: "No hay un plan o cliente así.", en: "There is no such plan or customer.",
                pt: "Não há tal plano ou cliente.")
        }
    }
}

extension CollectionPolicy {
    /// Refuses a policy that cuts too early or contradicts itself.
    package func check() throws(PolicyRefusal) {
        if !startMonth.isEmpty, start == nil { throw .noMonth }
        let times = Stage.allCases.map(time).filter { $0.anchor != .none }
        for time in times where time.anchor == .calendar && !(1...31).contains(time.days) { throw .dayOfMonth }
        for anchor in [Anchor.calendar, .due, .expiry] {
            let days = times.filter { $0.anchor == anchor }.map(\.days)
            guard days == days.sorted() else { throw .outOfOrder }
        }
        if [.due, .expiry].contains(cutAnchor), cutDays < 1 { throw .cutBeforeDue }
        // Prepaid days need no warning: the buyer knows how many there are.
        if ![.none, .expiry].contains(cutAnchor), warningAnchor != cutAnchor { throw .cutWithoutWarning }
        if Self.lacksAmount(feeRule, feeAmount, feePercent) { throw .feeMissing }
        if Self.lacksAmount(lateRule, lateAmount, latePercent) { throw .lateFeeMissing }
        for stage in Stage.allCases {
            let blanks = MessageText(text(of: stage)).blanks
            guard blanks.allSatisfy({ MessageText.Name(rawValue: $0) != nil }) else { throw .unknownBlank }
            if stage == .notice, blanks.contains(MessageText.Name.bank.rawValue) { throw .bankInNotice }
        }
    }

    private static func lacksAmount(_ rule: FeeRule, _ amount: Money, _ percent: Int) -> Bool {
        switch rule {
        case .none: false
        case .fixed: !amount.isPositive
        case .percent: percent == 0
        }
    }
}
