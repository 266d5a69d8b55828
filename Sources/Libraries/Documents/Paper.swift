/// Lengths are points, of which an inch has 72.
package enum Paper: Sendable {
    case a4
    case letter

    var width: Double { self == .a4 ? 595.28 : 612 }
    var height: Double { self == .a4 ? 841.89 : 792 }

    var side: Double { 68 }
    var top: Double { 58 }
    /// Between the text and the page's end, where the footer is.
    var bottom: Double { 76 }

    var textWidth: Double { width - 2 * side }
    var textHeight: Double { height - top - bottom }
}
