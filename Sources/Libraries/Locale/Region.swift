import Time

/// The countries whose conventions for numbers, dates and phones are known: Spanish-speaking America, Brazil, Spain and
/// the United States.
package enum Region: String, Sendable, CaseIterable {
    case mexico = "MX"
    case guatemala = "GT"
    case honduras = "HN"
    case elSalvador = "SV"
    case nicaragua = "NI"
    case costaRica = "CR"
    case panama = "PA"
    case cuba = "CU"
    case dominicanRepublic = "DO"
    case puertoRico = "PR"
    case colombia = "CO"
    case venezuela = "VE"
    case ecuador = "EC"
    case peru = "PE"
    case bolivia = "BO"
    case chile = "CL"
    case argentina = "AR"
    case uruguay = "UY"
    case paraguay = "PY"
    case brazil = "BR"
    case spain = "ES"
    case unitedStates = "US"

    /// The first day of a calendar week.
    package var firstWeekday: Weekday {
        switch self {
        case .costaRica, .cuba, .ecuador, .bolivia, .chile, .argentina, .uruguay, .spain: .monday
        default: .sunday
        }
    }

    /// Whether printers take letter paper; elsewhere A4.
    package var printsOnLetter: Bool {
        switch self {
        case .mexico, .guatemala, .honduras, .elSalvador, .nicaragua, .costaRica, .panama, .cuba, .dominicanRepublic,
            .puertoRico, .colombia, .venezuela, .chile, .unitedStates:
            true
        case .ecuador, .peru, .bolivia, .argentina, .uruguay, .paraguay, .brazil, .spain: false
        }
    }
}
