import Sandbox

/// Lengths are in points, 72 to the inch.
package enum Paper: UInt8, WireWord {
    case a4
    case letter
    /// Rolls of receipt printers, by their width in millimetres. A roll's page is as long as its text.
    case roll80, roll58

    package var isRoll: Bool { self == .roll80 || self == .roll58 }

    package var width: Double {
        switch self {
        case .a4: 595.28
        case .letter: 612
        case .roll80: 226.77
        case .roll58: 164.41
        }
    }

    /// For a roll, the longest page.
    package var height: Double {
        switch self {
        case .a4: 841.89
        case .letter: 792
        case .roll80, .roll58: 2400
        }
    }

    package var side: Double { isRoll ? 11 : 68 }
    package var top: Double { isRoll ? 11 : 58 }
    /// The bottom margin, which holds the footer; a roll has no footer.
    package var bottom: Double { isRoll ? 28 : 76 }

    package var textWidth: Double { width - 2 * side }
    package var textHeight: Double { height - top - bottom }
}
