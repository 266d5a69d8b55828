import Locale

/// A part of the policy's form: the fields of one stage.
struct PolicyPart {
    let title: Message
    let fields: Set<String>

    private init(_ title: Message, _ fields: String...) { (self.title, self.fields) = (title, Set(fields)) }

    private init(of stage: Stage) {
        self.init(
            stage.message, "\(stage.rawValue)_anchor", "\(stage.rawValue)_days", "\(stage.rawValue)_text")
    }

    static var all: [PolicyPart] {
        let general = PolicyPart(
            PolicyPartWords.general.message, "on", "start_month", "hour", "missed_messages", "warning_gap")
        let fees = PolicyPart(
            PolicyPartWords.fees.message, "fee_rule", "fee_amount", "fee_percent", "first_fee_free", "late_rule",
            "late_amount", "late_percent", "late_days")
        let promises = PolicyPart(
            PolicyPartWords.promises.message, "promise_days", "promise_most", "promise_part", "promise_count",
            "promises_by_subscribers", "promise_reconnects")
        let receipts = PolicyPart(
            PolicyPartWords.receipts.message, "receipt_days", "receipt_most", "strikes", "strike_months")
        return [general] + Stage.allCases.map(PolicyPart.init(of:)) + [fees, promises, receipts]
    }
}

enum PolicyPartWords: MessageCatalogue {
    case general, fees, promises, receipts

    var message: Message {
        switch self {
        case .general: Message(es: "Cuándo se cobra", en: "When it collects", pt: "Quando se cobra")
        case .fees: Message(es: "Cargos", en: "Fees", pt: "Taxas")
        case .promises: Message(es: "Promesas de pago", en: "Promises to pay", pt: "Promessas de pagamento")
        case .receipts: Message(es: "Comprobantes falsos", en: "False receipts", pt: "Comprovantes falsos")
        }
    }
}
