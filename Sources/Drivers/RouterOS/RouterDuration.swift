/// Durations in RouterOS's notation: `1w2d3h4m5s`, `5s300ms`, `453us`, `1d07:44:20`.
package enum RouterDuration {
    /// Nil for `never`, `none`, malformed text, and durations of over a thousand years.
    package static func parse(_ text: String) -> Duration? {
        var rest = Substring(text).utf8
        var total: Int64 = 0
        var isFirst = true
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            guard let number = takeNumber(&rest) else { return nil }
            if rest.first == UInt8(ascii: ":") {
                guard let clock = clock(hours: number, &rest) else { return nil }
                total += clock
                break
            }
            guard let unit = takeUnit(&rest, isFirst: isFirst) else { return nil }
            isFirst = false
            let (span, overflow) = number.multipliedReportingOverflow(by: unit)
            guard !overflow, span <= most - total else { return nil }
            total += span
        }
        return total <= most ? .microseconds(total) : nil
    }

    /// In RouterOS's notation, truncated to microseconds.
    package static func text(_ span: Duration) -> String {
        let (seconds, attoseconds) = span.components
        var rest = max(0, min(seconds, most / second)) * second + max(0, attoseconds / 1_000_000_000_000)
        var text = ""
        for (letters, unit) in units where rest >= unit {
            text += "\(rest / unit)\(letters)"
            rest %= unit
        }
        return text.isEmpty ? "0s" : text
    }

    private static let second: Int64 = 1_000_000
    private static let most: Int64 = 1000 * 366 * 86_400 * second
    private static let units: [(String, Int64)] = [
        ("w", 7 * 86_400 * second), ("d", 86_400 * second), ("h", 3600 * second), ("m", 60 * second), ("s", second),
        ("ms", 1000), ("us", 1),
    ]

    private static func takeNumber(_ rest: inout Substring.UTF8View) -> Int64? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...15).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    /// A bare number counts seconds.
    private static func takeUnit(_ rest: inout Substring.UTF8View, isFirst: Bool) -> Int64? {
        let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        rest = rest.dropFirst(letters.count)
        if letters.isEmpty { return rest.isEmpty && isFirst ? second : nil }
        return units.first { letters.elementsEqual($0.0.utf8) }?.1
    }

    /// The rest of `07:44:20` or `07:44:20.5`, after its hours.
    private static func clock(hours: Int64, _ rest: inout Substring.UTF8View) -> Int64? {
        rest = rest.dropFirst()
        guard let minutes = takeNumber(&rest), minutes < 60, rest.first == UInt8(ascii: ":") else { return nil }
        rest = rest.dropFirst()
        guard let seconds = takeNumber(&rest), seconds < 60, hours <= most / (3600 * second) else { return nil }
        guard rest.isEmpty || rest.first == UInt8(ascii: ".") else { return nil }
        var fraction: Int64 = 0
        var unit = second
        for byte in rest.dropFirst() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            unit /= 10
            fraction += Int64(byte - UInt8(ascii: "0")) * unit
        }
        rest = rest.dropFirst(rest.count)
        return ((hours * 60 + minutes) * 60 + seconds) * second + fraction
    }
}
