import Identifiers
import Locale
import Postgres
import Time

/// An Internet provider of this installation: whose clients, money and brand these are.
package struct Tenant: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Tenant>

    package let id: ID
    package let slug: String
    package internal(set) var state: State
    /// Why it is suspended or closed, in the words of whoever did it.
    package internal(set) var stateReason = ""
    /// The last day of a trial.
    package internal(set) var trialEndsOn: Day?
    package internal(set) var plan = PlatformPlan()
    /// When all of its rows last left the house.
    package internal(set) var exportedAt: Instant?
    /// The first day of its first period that is billed; nil while it is not billed.
    package internal(set) var billedFrom: Day?
    package internal(set) var region: Region
    package internal(set) var currency: Currency
    package internal(set) var company: Company
    package internal(set) var brand: Brand

    package enum State: String, Sendable, CaseIterable {
        /// Everything works, until a day.
        case trial
        case active
        /// Everything can be seen and nothing changed; nothing is cut, sent or lost.
        case suspended
        /// Its names answer as if they were nobody's; its rows stay.
        case closed
    }

    package var name: String { company.name }
    package var language: Language { company.language }
    package var timeZone: TimeZone { company.timeZone }

    /// How a text is written for this tenant's people unless they ask for another language.
    package var reader: Reader { reader(in: language) }

    package func reader(in language: Language) -> Reader {
        Reader(language, in: region, courtesy: company.courtesy)
    }
}

/// What the owner decides about the company.
package struct Company: Sendable, Equatable {
    package var name: String
    /// As it stands on invoices, where that differs.
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

/// How a country taxes what the company sells.
package struct Taxes: Sendable, Equatable {
    /// IVA, IGV. Empty where nothing is taxed.
    package var name = ""
    package var rate = TaxRate(hundredths: 0)
    package var areIncluded = true
    /// What the number is called by which people and companies are taxed: RFC, RUC, NIT.
    package var idLabel = ""
    /// The company's own.
    package var id = ""

    package init() {}
}

/// A percentage in exact hundredths: 16 %, 10.5 %.
package struct TaxRate: Sendable, Equatable {
    package let hundredths: Int

    package init(hundredths: Int) { self.hundredths = hundredths }

    /// `16`, `10.5` or, as most of our countries write it, `10,5`.
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

/// How the company looks.
package struct Brand: Sendable, Equatable {
    package let colour: Colour
    /// Of links and what is chosen; the first where the owner did not choose another.
    package let accent: Colour?
    /// Which of its pictures are shown.
    package var logo: String?
    /// Worked out once: every page names it.
    package let sheet: BrandSheet

    package init(colour: Colour, accent: Colour? = nil, logo: String? = nil) {
        self.colour = colour
        self.accent = accent
        self.logo = logo
        sheet = BrandSheet(colour: colour, accent: accent ?? colour)
    }

    /// Where one of the logo's sizes is, as long as it is the logo.
    package func path(of picture: String) -> String? { logo.map { "/assets/brand/\($0)-\(picture).png" } }
}
