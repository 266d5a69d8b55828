/// Plural categories of our languages (CLDR cardinal rules for whole numbers).
enum Plural {
    case one, many, other

    init(of count: Int64, in language: Language) {
        switch language {
        case .en: self = count.magnitude == 1 ? .one : .other
        case .es: self = count.magnitude == 1 ? .one : Plural.inMillions(count)
        // Brazilian Portuguese has zero in the singular: "0 fatura".
        case .pt: self = count.magnitude <= 1 ? .one : Plural.inMillions(count)
        }
    }

    /// "1.000.000 de facturas"
    private static func inMillions(_ count: Int64) -> Plural { count != 0 && count % 1_000_000 == 0 ? .many : .other }
}
