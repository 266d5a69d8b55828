import Identifiers
import Locale
import Postgres
import Time

/// An Internet provider in this installation, with its customers, money and brand.
package struct Tenant: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Tenant>

    package let id: ID
    package let slug: String
    package internal(set) var state: State
    /// The reason given for suspending or closing it.
    package internal(set) var stateReason = ""
    /// The last day of a trial.
    package internal(set) var trialEndsOn: Day?
    package internal(set) var plan = PlatformPlan()
    /// When it was last fully exported.
    package internal(set) var exportedAt: Instant?
    /// The first day of its first billed period; nil while it is not billed.
    package internal(set) var billedFrom: Day?
    package internal(set) var region: Region
    package internal(set) var currency: Currency
    package internal(set) var company: Company
    package internal(set) var brand: Brand

    package enum State: String, Sendable, CaseIterable {
        /// Full use until a day.
        case trial
        case active
        /// Read-only; nothing is cut, sent or lost.
        case suspended
        /// Its domains answer like unknown ones; its rows stay.
        case closed
    }

    package var name: String { company.name }
    package var language: Language { company.language }
    package var timeZone: TimeZone { company.timeZone }

    /// The reader for texts to this tenant's people who have not chosen another language.
    package var reader: Reader { reader(in: language) }

    package func reader(in language: Language) -> Reader {
        Reader(language, in: region, courtesy: company.courtesy)
    }
}

/// The company's settings, decided by its owner.
package struct Company: Sendable, Equatable {
    package var name: String
    /// On invoices, if different.
    package var legalName = ""
    package var language: Language
    package var courtesy = Courtesy.usted
    package var timeZone: TimeZone
    package var taxes = Taxes()
    package var contact = CompanyContact()

    package init(name: String, language: Language, timeZone: TimeZone) {
        self.name = name
        self.language = language
        self.timeZone = timeZone
    }
}

/// The sales tax on what the company sells.
package struct Taxes: Sendable, Equatable {
    /// IVA, IGV. Empty if untaxed.
    package var name = ""
    package var rate = TaxRate(hundredths: 0)
    package var areIncluded = true
    /// The name of tax identification numbers: RFC, RUC, NIT.
    package var idLabel = ""
    /// The company's own tax number.
    package var id = ""

    package init() {}
}

/// A percentage with two exact decimals: 16 %, 10.5 %.
package struct TaxRate: Sendable, Equatable {
    package let hundredths: Int

    package init(hundredths: Int) { self.hundredths = hundredths }

    /// `16`, `10.5` or `10,5`.
    package init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        let digits = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard digits, (1...2).contains(parts.count), (1...3).contains(parts[0].utf8.count), let whole = Int(parts[0])
        else { return nil }
        var hundredths = whole * 100
        if parts.count == 2 {
            guard (1...2).contains(parts[1].utf8.count), let part = Int(parts[1]) else { return nil }
            hundredths += parts[1].utf8.count == 1 ? part * 10 : part
        }
        guard hundredths <= 10_000 else { return nil }
        self.hundredths = hundredths
    }

    package var text: String {
        let part = hundredths % 100
        if part == 0 { return "\(hundredths / 100)" }
        return part % 10 == 0
            ? "\(hundredths / 100).\(part / 10)" : "\(hundredths / 100).\(part < 10 ? "0" : "")\(part)"
    }
}

/// The company's look.
package struct Brand: Sendable, Equatable {
    package let colour: Colour
    /// The colour of links and selections; nil for the first colour.
    package let accent: Colour?
    /// The version of the current logo.
    package var logo: String?
    /// Cached, since every page names it.
    package let sheet: BrandSheet

    package init(colour: Colour, accent: Colour? = nil, logo: String? = nil) {
        self.colour = colour
        self.accent = accent
        self.logo = logo
        sheet = BrandSheet(colour: colour, accent: accent ?? colour)
    }

    /// The path of a size of the logo.
    package func path(of picture: String) -> String? { logo.map { "/assets/brand/\($0)-\(picture).png" } }
}
