/// How a division rounds to minor units. Always explicit.
package enum Rounding: Sendable, CaseIterable {
    /// Half a cent becomes a cent: what invoices do and tax offices expect.
    case halfAwayFromZero
    case halfToEven
    case towardZero
    case awayFromZero

    package func divide(_ value: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        guard remainder != 0 else { return quotient }
        let away: Int128 = (value < 0) == (divisor < 0) ? 1 : -1
        let twice = remainder.magnitude * 2
        let goesAway =
            switch self {
            case .halfAwayFromZero: twice >= divisor.magnitude
            case .halfToEven: twice > divisor.magnitude || twice == divisor.magnitude && quotient % 2 != 0
            case .towardZero: false
            case .awayFromZero: true
            }
        return goesAway ? quotient + away : quotient
    }
}

/// A rate such as a tax: 16 %, 8.25 %, 0.414 %. Exact to a ten-thousandth of a percent.
package struct Percentage: Hashable, Sendable, Comparable {
    /// 160,000 is 16 %.
    package let millionths: Int64

    package init(millionths: Int64) { self.millionths = millionths }
    package init(_ percent: Int32) { millionths = Int64(percent) * 10_000 }

    package static func < (left: Percentage, right: Percentage) -> Bool { left.millionths < right.millionths }
}
