/// Whom a text is for: the language, the country's ways of writing, and how to address the person.
package struct Reader: Hashable, Sendable {
    package let language: Language
    package let region: Region
    package let courtesy: Courtesy

    package init(_ language: Language, in region: Region, courtesy: Courtesy = .usted) {
        self.language = language
        self.region = region
        self.courtesy = courtesy
    }

    /// Whether 3/5/2026 is the fifth of March.
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
