import Time

/// How a reader's numbers, amounts and dates look: what Unicode's CLDR 48 says of es-MX, es-CO, es-PE, es-AR, es-CL,
/// es-EC, pt-BR and en. Whoever reads English or Portuguese gets the ways of that language wherever they are.
///
/// A class, for a list of amounts asks for it on every line.
final class Habits: Sendable {
    let decimal: StaticString
    let group: StaticString
    /// Currencies with a sign of their own; the others are written by their code.
    let signs: [(currency: Currency, sign: StaticString)]
    /// Whether a sign stands apart from the number. A code always does.
    let spacesSign: Bool
    /// "$-5" instead of "-$5".
    let putsMinusAfterSign: Bool
    let dateSeparator: StaticString
    let monthComesFirst: Bool
    /// Nil where the day has 24 hours.
    let halfDays: (morning: StaticString, afternoon: StaticString)?
    let beforeTime: StaticString
    let beforeTimeAfterWeekday: StaticString
    let months: [StaticString]
    let weekdays: [StaticString]
    /// Between the days of one month, where only the numbers change.
    let rangeInMonth: StaticString

    private init(
        decimal: StaticString = ",", group: StaticString = ".", signs: [(currency: Currency, sign: StaticString)],
        spacesSign: Bool = true, putsMinusAfterSign: Bool = false, dateSeparator: StaticString = "/",
        monthComesFirst: Bool = false, halfDays: (morning: StaticString, afternoon: StaticString)? = nil,
        beforeTime: StaticString = " a las ", beforeTimeAfterWeekday: StaticString = ", ",
        months: [StaticString] = Habits.spanishMonths, weekdays: [StaticString] = Habits.spanishWeekdays,
        rangeInMonth: StaticString = "–"
    ) {
        self.decimal = decimal
        self.group = group
        self.signs = signs
        self.spacesSign = spacesSign
        self.putsMinusAfterSign = putsMinusAfterSign
        self.dateSeparator = dateSeparator
        self.monthComesFirst = monthComesFirst
        self.halfDays = halfDays
        self.beforeTime = beforeTime
        self.beforeTimeAfterWeekday = beforeTimeAfterWeekday
        self.months = months
        self.weekdays = weekdays
        self.rangeInMonth = rangeInMonth
    }

    func sign(of currency: Currency) -> StaticString? {
        for known in signs where known.currency == currency { return known.sign }
        return nil
    }
}

extension Reader {
    var habits: Habits {
        switch (language, region) {
        case (.en, _): .english
        case (.pt, _): .brazil
        case (.es, .colombia): .colombia
        case (.es, .peru): .peru
        case (.es, .argentina): .argentina
        case (.es, .chile): .chile
        case (.es, .ecuador): .ecuador
        // Spanish in the United States and Brazil is written as in Mexico.
        case (.es, .mexico), (.es, .unitedStates), (.es, .brazil): .mexico
        }
    }
}

extension Habits {
    static let mexico = Habits(
        decimal: ".", group: ",", signs: [(.mxn, "$")], spacesSign: false, halfDays: ("a.m.", "p.m."))
    static let colombia = Habits(signs: [(.cop, "$"), (.usd, "US$")], halfDays: spanishHalfDays)
    static let peru = Habits(
        decimal: ".", group: ",", signs: [(.pen, "S/")], halfDays: spanishHalfDays, months: peruvianMonths)
    static let argentina = Habits(signs: [(.ars, "$"), (.usd, "US$")], halfDays: spanishHalfDays)
    static let chile = Habits(
        signs: [(.clp, "$"), (.usd, "US$")], spacesSign: false, putsMinusAfterSign: true, dateSeparator: "-",
        halfDays: spanishHalfDays)
    static let ecuador = Habits(
        signs: [(.usd, "$")], spacesSign: false, putsMinusAfterSign: true, halfDays: spanishHalfDays)
    static let brazil = Habits(
        signs: [(.brl, "R$"), (.usd, "US$"), (.eur, "€"), (.mxn, "MX$")], beforeTime: " às ",
        beforeTimeAfterWeekday: " às ",
        months: [
            "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
            "novembro", "dezembro",
        ],
        weekdays: [
            "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
        ],
        rangeInMonth: "\u{2009}–\u{2009}")
    static let english = Habits(
        decimal: ".", group: ",", signs: [(.usd, "$"), (.eur, "€"), (.brl, "R$"), (.mxn, "MX$")], spacesSign: false,
        monthComesFirst: true, halfDays: ("AM", "PM"), beforeTime: " at ", beforeTimeAfterWeekday: " at ",
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        rangeInMonth: "\u{2009}–\u{2009}")

    private static let spanishHalfDays: (morning: StaticString, afternoon: StaticString) = ("a. m.", "p. m.")
    private static let spanishMonths: [StaticString] = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
    private static let peruvianMonths: [StaticString] =
        spanishMonths[..<8] + ["setiembre"] + spanishMonths[9...]
    private static let spanishWeekdays: [StaticString] = [
        "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    ]
}
