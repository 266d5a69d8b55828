/// Rates in bits a second, in RouterOS's notation: `10M`, `512k`, `2500000`; 0 means no limit.
package enum RouterRate {
    package static func parse(_ text: String) -> UInt64? {
        if text == "unlimited" { return 0 }
        var digits = Substring(text).utf8
        guard let last = digits.last else { return nil }
        let unit = unit(last)
        if unit > 1 { digits = digits.dropLast() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = number(parts[0]) else { return nil }
        let (bits, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return bits }
        guard parts[1].count <= 9, let fraction = number(parts[1]) else { return nil }
        // Nine decimals of a giga are whole bits; at most 10^18, which fits.
        let scale = (0..<parts[1].count).reduce(UInt64(1)) { scale, _ in scale * 10 }
        let (sum, tooMuch) = bits.addingReportingOverflow(fraction * unit / scale)
        return tooMuch ? nil : sum
    }

    /// The shortest exact form.
    package static func text(_ bits: UInt64) -> String {
        for (letter, unit) in [("G", giga), ("M", mega), ("k", kilo)] where bits >= unit && bits % unit == 0 {
            return "\(bits / unit)\(letter)"
        }
        return "\(bits)"
    }

    private static let (kilo, mega, giga): (UInt64, UInt64, UInt64) = (1000, 1_000_000, 1_000_000_000)

    private static func unit(_ letter: UInt8) -> UInt64 {
        switch letter {
        case UInt8(ascii: "k"), UInt8(ascii: "K"): kilo
        case UInt8(ascii: "M"), UInt8(ascii: "m"): mega
        case UInt8(ascii: "G"), UInt8(ascii: "g"): giga
        default: 1
        }
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt64? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }
}

/// `up/down` from the customer's view, in queues and counters. Profiles take the router's view: what it receives (rx)
/// is the customer's upload.
package struct RouterPair<Value> {
    package let up: Value
    package let down: Value

    package init(up: Value, down: Value) {
        self.up = up
        self.down = down
    }

    /// A single value applies to both.
    package init?(_ text: String, _ parse: (String) -> Value?) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parse(String(decoding: parts[0], as: UTF8.self)) else { return nil }
        up = first
        guard parts.count == 2 else {
            down = first
            return
        }
        guard let second = parse(String(decoding: parts[1], as: UTF8.self)) else { return nil }
        down = second
    }
}

extension RouterPair: Equatable where Value: Equatable {}
extension RouterPair: Sendable where Value: Sendable {}

/// A profile's `rate-limit`: `rx/tx burst-rx/burst-tx threshold time priority minimum`; all but the first are optional.
package struct RouterRateLimit: Sendable, Equatable {
    package let rate: RouterPair<UInt64>
    package let burst: RouterPair<UInt64>?
    package let threshold: RouterPair<UInt64>?
    package let burstTime: RouterPair<Duration>?
    package let priority: Int?
    package let minimum: RouterPair<UInt64>?

    package init?(_ text: String) {
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard (1...6).contains(words.count), let rate = RouterPair(words[0], RouterRate.parse) else { return nil }
        func word<Part>(_ index: Int, _ read: (String) -> Part?) -> Part?? {
            guard words.count > index else { return .some(nil) }
            return read(words[index]).map { .some($0) }
        }
        guard let burst = word(1, { RouterPair($0, RouterRate.parse) }),
            let threshold = word(2, { RouterPair($0, RouterRate.parse) }),
            let burstTime = word(3, { RouterPair($0, RouterDuration.parse) }),
            let priority = word(4, { Int($0).flatMap { 1...8 ~= $0 ? $0 : nil } }),
            let minimum = word(5, { RouterPair($0, RouterRate.parse) })
        else { return nil }
        self.rate = rate
        self.burst = burst
        self.threshold = threshold
        self.burstTime = burstTime
        self.priority = priority
        self.minimum = minimum
    }
}
