import Access
import Locale
import Tenancy

/// How amounts and telephones are typed in a form or a file: currency, country and separators.
package struct Notation: Sendable {
    package let currency: Currency
    package let reader: Reader

    package init(_ currency: Currency, for reader: Reader) { (self.currency, self.reader) = (currency, reader) }

    /// For an amount with its currency, as `FieldValue.text` writes it; nil for any other text.
    init?(ofAmount text: String) {
        guard let currency = text.split(separator: " ").last.flatMap({ Currency(rawValue: String($0)) }) else {
            return nil
        }
        self.init(currency, for: Reader(.en, in: .unitedStates))
    }
}

extension Visit {
    package var notation: Notation { Notation(tenant.currency, for: reader) }
}

/// How fast a connection may be, in kilobits a second. Routers and people write `8M`, `512k`, `1G`.
package struct Speed: Sendable, Hashable {
    package let kilobits: Int

    /// 1 Tbit/s.
    package static let most = 1_000_000_000

    package init(kilobits: Int) { self.kilobits = kilobits }

    /// A number without a unit counts megabits.
    package init?(_ text: String) {
        var digits = text.lowercased().filter { $0 != " " }[...]
        for ending in ["bps", "b/s", "bit/s"] where digits.hasSuffix(ending) { digits = digits.dropLast(ending.count) }
        let units: [Character: Int] = ["k": 1, "m": 1000, "g": 1_000_000]
        let unit = digits.last.flatMap { units[$0] }
        if unit != nil { digits = digits.dropLast() }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].utf8.count), parts.allSatisfy(Self.isNumber),
            let whole = Int(parts[0])
        else { return nil }
        let scale = unit ?? 1000
        var kilobits = whole.multipliedReportingOverflow(by: scale)
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), let part = Int(parts[1]) else { return nil }
            let tenths = [10, 100, 1000][parts[1].utf8.count - 1]
            guard part * scale % tenths == 0 else { return nil }
            kilobits.partialValue += part * scale / tenths
        }
        guard !kilobits.overflow, kilobits.partialValue <= Self.most else { return nil }
        self.kilobits = kilobits.partialValue
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    package var text: String {
        if kilobits == 0 { return "" }
        if kilobits % 1_000_000 == 0 { return "\(kilobits / 1_000_000)G" }
        return kilobits % 1000 == 0 ? "\(kilobits / 1000)M" : "\(kilobits)k"
    }
}
