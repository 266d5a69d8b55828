import Time

/// The countries whose ways of writing numbers, dates and phones we know.
package enum Region: String, Sendable, CaseIterable {
    case mexico = "MX"
    case colombia = "CO"
    case peru = "PE"
    case argentina = "AR"
    case chile = "CL"
    case ecuador = "EC"
    case brazil = "BR"
    case unitedStates = "US"

    /// Where a calendar's row begins.
    package var firstWeekday: Weekday {
        switch self {
        case .argentina, .chile, .ecuador: .monday
        case .mexico, .colombia, .peru, .brazil, .unitedStates: .sunday
        }
    }
}
