import Locale

/// Wording of a plan's price, for the platform and for the company.
package enum PlanWords: MessageCatalogue {
    case monthly, yearly, perMonth, perYear

    package var message: Message {
        switch self {
        case .monthly: Message(es: "Mensual", en: "Monthly", pt: "Mensal")
        case .yearly: Message(es: "Anual", en: "Yearly", pt: "Anual")
        case .perMonth: Message(es: "{price} al mes", en: "{price} a month", pt: "{price} por mês")
        case .perYear: Message(es: "{price} al año", en: "{price} a year", pt: "{price} por ano")
        }
    }
}

extension PlatformPlan.Cycle {
    package var words: PlanWords { self == .monthly ? .monthly : .yearly }
}

extension PlatformPlan {
    /// Nil without an agreed price.
    package func priceText(for reader: Reader) -> String? {
        price.map {
            (cycle == .monthly ? PlanWords.perMonth : .perYear).text(
                for: reader, .text("price", $0.exactText(for: reader)))
        }
    }
}
