import Time

/// How a reader's numbers, amounts and dates look, after Unicode's CLDR 48 for Spanish in each country, for pt-BR and
/// for en. Two exceptions: Costa Rica groups thousands by points as its invoices do, not by CLDR's spaces, and Honduras
/// writes days without a leading zero. English and Portuguese have the same conventions in every country.
///
/// A class, because a list of amounts looks it up on every line.
final class Conventions: Sendable {
    let decimal: StaticString
    let group: StaticString
    /// Currencies with a sign; the others are written by their code.
    let signs: [(currency: Currency, sign: StaticString)]
    /// Whether a space separates sign and number. A code always has one.
    let spacesSign: Bool
    let minus: Minus
    /// "5 €" instead of "€ 5".
    let putsSignLast: Bool
    let spacesPercent: Bool
    /// "1234,5", grouping only from "12.345" on.
    let groupsFromTenThousand: Bool
    let dateSeparator: StaticString
    let monthComesFirst: Bool
    /// For numeric dates, even where the written month comes after the day.
    let numbersMonthFirst: Bool
    /// Nil with a 24-hour clock.
    let halfDays: (morning: StaticString, afternoon: StaticString)?
    /// "06:07" instead of "6:07", with a 24-hour clock.
    let padsHour: Bool
    let beforeTime: StaticString
    let beforeTimeAfterWeekday: StaticString
    let months: [StaticString]
    let weekdays: [StaticString]
    /// Between two days of the same month.
    let rangeInMonth: StaticString

    enum Minus {
        /// "-$5", "$-5", "$ -5"
        case first, afterSign, beforeNumber
    }

    private init(
        decimal: StaticString = ",", group: StaticString = ".", signs: [(currency: Currency, sign: StaticString)],
        spacesSign: Bool = true, minus: Minus = .first, putsSignLast: Bool = false,
        spacesPercent: Bool = false, groupsFromTenThousand: Bool = false, dateSeparator: StaticString = "/",
        monthComesFirst: Bool = false,
        numbersMonthFirst: Bool = false, halfDays: (morning: StaticString, afternoon: StaticString)? = nil,
        padsHour: Bool = true, beforeTime: StaticString = " a las ", beforeTimeAfterWeekday: StaticString = ", ",
        months: [StaticString] = Conventions.spanishMonths, weekdays: [StaticString] = Conventions.spanishWeekdays,
        rangeInMonth: StaticString = "–"
    ) {
        self.decimal = decimal
        self.group = group
        self.signs = signs
        self.spacesSign = spacesSign
        self.minus = minus
        self.putsSignLast = putsSignLast
        self.spacesPercent = spacesPercent
        self.groupsFromTenThousand = groupsFromTenThousand
        self.dateSeparator = dateSeparator
        self.monthComesFirst = monthComesFirst
        self.numbersMonthFirst = numbersMonthFirst || monthComesFirst
        self.halfDays = halfDays
        self.padsHour = padsHour
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
    var conventions: Conventions {
        switch (language, region) {
        case (.en, _): .english
        case (.pt, _): .brazil
        case (.es, .guatemala): .guatemala
        case (.es, .honduras): .honduras
        case (.es, .elSalvador): .elSalvador
        case (.es, .nicaragua): .nicaragua
        case (.es, .costaRica): .costaRica
        case (.es, .panama): .panama
        case (.es, .cuba): .cuba
        case (.es, .dominicanRepublic): .dominicanRepublic
        case (.es, .puertoRico): .puertoRico
        case (.es, .colombia): .colombia
        case (.es, .venezuela): .venezuela
        case (.es, .ecuador): .ecuador
        case (.es, .peru): .peru
        case (.es, .bolivia): .bolivia
        case (.es, .chile): .chile
        case (.es, .argentina): .argentina
        case (.es, .uruguay): .uruguay
        case (.es, .paraguay): .paraguay
        case (.es, .spain): .spain
        // Spanish in the United States and Brazil is written as in Mexico.
        case (.es, .mexico), (.es, .unitedStates), (.es, .brazil): .mexico
        }
    }
}

extension Conventions {
    static let mexico = Conventions(
        decimal: ".", group: ",", signs: [(.mxn, "$")], spacesSign: false, halfDays: ("a.m.", "p.m."))
    static let guatemala = Conventions(decimal: ".", group: ",", signs: [(.gtq, "Q")], halfDays: spanishHalfDays)
    static let honduras = Conventions(decimal: ".", group: ",", signs: [(.hnl, "L")], halfDays: spanishHalfDays)
    static let elSalvador = Conventions(
        decimal: ".", group: ",", signs: [(.usd, "$")], spacesSign: false, halfDays: spanishHalfDays)
    static let nicaragua = Conventions(
        decimal: ".", group: ",", signs: [(.nio, "C$")], spacesSign: false, halfDays: spanishHalfDays)
    static let costaRica = Conventions(signs: [(.crc, "₡")], spacesSign: false, halfDays: spanishHalfDays)
    static let panama = Conventions(
        decimal: ".", group: ",", signs: [(.pab, "B/.")], numbersMonthFirst: true, halfDays: spanishHalfDays)
    static let cuba = Conventions(
        decimal: ".", group: ",", signs: [(.cup, "$"), (.usd, "US$")], spacesSign: false, halfDays: ("a.m.", "p.m."))
    static let dominicanRepublic = Conventions(
        decimal: ".", group: ",", signs: [(.dop, "RD$"), (.usd, "US$")], spacesSign: false, halfDays: spanishHalfDays)
    static let puertoRico = Conventions(
        decimal: ".", group: ",", signs: [(.usd, "$")], spacesSign: false, numbersMonthFirst: true,
        halfDays: spanishHalfDays)
    static let venezuela = Conventions(signs: [(.ves, "Bs.S")], minus: .afterSign, halfDays: spanishHalfDays)
    static let bolivia = Conventions(signs: [(.bob, "Bs")], halfDays: spanishHalfDays)
    static let uruguay = Conventions(
        signs: [(.uyu, "$"), (.usd, "US$")], halfDays: spanishHalfDays, months: peruvianMonths)
    static let paraguay = Conventions(signs: [(.pyg, "Gs.")], minus: .beforeNumber, halfDays: spanishHalfDays)
    static let spain = Conventions(
        signs: [(.eur, "€"), (.usd, "US$")], putsSignLast: true, spacesPercent: true,
        groupsFromTenThousand: true, padsHour: false)
    static let colombia = Conventions(signs: [(.cop, "$"), (.usd, "US$")], halfDays: spanishHalfDays)
    static let peru = Conventions(
        decimal: ".", group: ",", signs: [(.pen, "S/")], halfDays: spanishHalfDays, months: peruvianMonths)
    static let argentina = Conventions(signs: [(.ars, "$"), (.usd, "US$")], halfDays: spanishHalfDays)
    static let chile = Conventions(
        signs: [(.clp, "$"), (.usd, "US$")], spacesSign: false, minus: .afterSign, dateSeparator: "-",
        halfDays: spanishHalfDays)
    static let ecuador = Conventions(
        signs: [(.usd, "$")], spacesSign: false, minus: .afterSign, halfDays: spanishHalfDays)
    static let brazil = Conventions(
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
    static let english = Conventions(
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
