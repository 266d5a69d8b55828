import Sandbox

/// Lengths are points, of which an inch has 72.
package enum Paper: UInt8, WireWord {
    case a4
    case letter
    /// Rolls of receipt printers, by the millimetres of their width. A page of one is as long as its text.
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

    /// Of a roll the most that a page takes.
    package var height: Double {
        switch self {
        case .a4: 841.89
        case .letter: 792
        case .roll80, .roll58: 2400
        }
    }

    package var side: Double { isRoll ? 11 : 68 }
    package var top: Double { isRoll ? 11 : 58 }
    /// Between the text and the page's end, where the footer is; a roll has none.
    package var bottom: Double { isRoll ? 28 : 76 }

    package var textWidth: Double { width - 2 * side }
    package var textHeight: Double { height - top - bottom }
}
