/// Whom a text is for: language, country conventions, and form of address.
package struct Reader: Hashable, Sendable {
    package let language: Language
    package let region: Region
    package let courtesy: Courtesy

    package init(_ language: Language, in region: Region, courtesy: Courtesy = .usted) {
        self.language = language
        self.region = region
        self.courtesy = courtesy
    }

    /// Whether dates are month-first, 3/5/2026 being the fifth of March.
    package var writesMonthFirst: Bool { conventions.numbersMonthFirst }

    /// For `lang` attributes: "es-MX", "pt-BR", "en".
    package var languageTag: String {
        switch language {
        case .es: "es-\(region.rawValue)"
        case .en: "en"
        case .pt: "pt-BR"
        }
    }
}

/// How Spanish says "you" to a customer; a tenant chooses it.
package enum Courtesy: String, Sendable, CaseIterable {
    case usted, tu, vos
}
