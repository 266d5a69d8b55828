import Locale

extension CollectionPolicy {
    /// The parts of its form: what belongs to one stage stands together.
    static let parts: [(title: Message, fields: Set<String>)] =
        [(PolicyPartWords.general.message, ["on", "start_month", "hour", "missed_messages", "warning_gap"])]
        + Stage.allCases.map { stage in
            (stage.message, ["\(stage.rawValue)_anchor", "\(stage.rawValue)_days", "\(stage.rawValue)_text"])
        } + [
            (
                PolicyPartWords.fees.message,
                [
                    "fee_rule", "fee_amount", "fee_percent", "first_fee_free", "late_rule", "late_amount",
                    "late_percent", "late_days",
                ]
            ),
            (
                PolicyPartWords.promises.message,
                ["promise_days", "promise_most", "promise_count", "promises_by_subscribers", "promise_reconnects"]
            ),
            (PolicyPartWords.receipts.message, ["strikes", "strike_months"]),
            (PolicyPartWords.paying.message, ["bank_data"]),
        ]
}

enum PolicyPartWords: MessageCatalogue {
    case general, fees, promises, receipts, paying

    var message: Message {
        switch self {
        case .general: Message(es: "Cuándo se cobra", en: "When it collects", pt: "Quando se cobra")
        case .fees: Message(es: "Cargos", en: "Fees", pt: "Taxas")
        case .promises: Message(es: "Promesas de pago", en: "Promises to pay", pt: "Promessas de pagamento")
        case .receipts: Message(es: "Comprobantes falsos", en: "False receipts", pt: "Comprovantes falsos")
        case .paying: Message(es: "Cómo se paga", en: "How to pay", pt: "Como se paga")
        }
    }
}
