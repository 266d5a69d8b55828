// Parses typed amounts. "1.234" is a thousand to one person and a little over one to another, so an ambiguous amount is
// sent back with the reason instead of guessed.
extension Money {
    package init(typed text: String, in currency: Currency, for reader: Reader) throws(AmountRefusal) {
        var amount = TypedAmount(text)
        guard !amount.rest.isEmpty else { throw .empty }
        let isNegative = try amount.takeSigns(of: currency, for: reader)
        let digits = try amount.digits(in: currency, reader.conventions)

        var minor: Int64 = 0
        for digit in digits {
            minor = minor * 10 + Int64(digit - UInt8(ascii: "0"))
            guard minor <= Money.most else { throw .tooLarge }
        }
        self.init(minor: isNegative ? -minor : minor, currency)
    }
}

private struct TypedAmount {
    private(set) var rest: ArraySlice<UInt8>

    init(_ text: String) {
        rest = Array(text.utf8)[...]
        trim()
    }

    /// Takes the currency's name or sign from either end, and a minus before or after it.
    mutating func takeSigns(of currency: Currency, for reader: Reader) throws(AmountRefusal) -> Bool {
        var isNegative = takeMinus()
        let sign = reader.conventions.sign(of: currency).map(\.description)
        for name in [sign, currency.code].compactMap(\.self) {
            if rest.starts(with: name.utf8) {
                rest = rest.dropFirst(name.utf8.count)
                break
            }
            if rest.reversed().starts(with: name.utf8.reversed()) {
                rest = rest.dropLast(name.utf8.count)
                break
            }
        }
        trim()
        if !isNegative { isNegative = takeMinus() }
        guard rest.contains(where: \.isDigit) else { throw .notANumber }
        if rest.first?.isPartOfName == true || rest.last?.isPartOfName == true { throw .otherCurrency }
        guard rest.allSatisfy(\.isPartOfNumber) else { throw .notANumber }
        return isNegative
    }

    /// The digits of the amount in minor units.
    func digits(in currency: Currency, _ conventions: Conventions) throws(AmountRefusal) -> [UInt8] {
        let separators = rest.filter { !$0.isDigit }
        guard let last = separators.last else { return inMinorUnits(whole: rest, decimals: [], currency) }
        if separators.count > 1 && separators.allSatisfy({ $0 == last }) {
            return try inMinorUnits(whole: ungrouped(rest, by: last), decimals: [], currency)
        }
        let position = rest.lastIndex(of: last)!
        let (whole, decimals) = (rest[..<position], rest[(position + 1)...])
        guard !whole.isEmpty, !decimals.isEmpty else { throw .notANumber }
        if separators.count > 1 {
            // With two kinds of separator, the last one is the decimal separator.
            guard decimals.count <= currency.minorDigits else { throw .tooManyDecimals }
            return try inMinorUnits(whole: ungrouped(whole, by: separators[0]), decimals: decimals, currency)
        }
        return try digits(
            whole: whole, decimals: decimals, isDecimal: last == conventions.decimal.utf8Start[0], currency)
    }

    /// A single separator: the reader's decimal one or the other.
    private func digits(
        whole: ArraySlice<UInt8>, decimals: ArraySlice<UInt8>, isDecimal: Bool, _ currency: Currency
    ) throws(AmountRefusal) -> [UInt8] {
        let looksGrouped = decimals.count == 3 && whole.count <= 3 && whole.first != UInt8(ascii: "0")
        if looksGrouped {
            guard !isDecimal else { throw .ambiguous }
            return inMinorUnits(whole: whole + decimals, decimals: [], currency)
        }
        if isDecimal {
            guard decimals.count <= currency.minorDigits else { throw .tooManyDecimals }
        } else {
            // The other separator where it cannot group thousands is a keypad's decimal key, which types a point in
            // Buenos Aires too. In a currency without decimals it is rather a missing digit.
            guard decimals.count <= currency.shownDigits else { throw .ambiguous }
        }
        return inMinorUnits(whole: whole, decimals: decimals, currency)
    }

    private func ungrouped(_ digits: ArraySlice<UInt8>, by separator: UInt8) throws(AmountRefusal) -> ArraySlice<UInt8>
    {
        let groups = digits.split(separator: separator, omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.count), first.first != UInt8(ascii: "0"),
            groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isDigit) })
        else { throw .badGroups }
        return Array(groups.joined())[...]
    }

    private func inMinorUnits(whole: ArraySlice<UInt8>, decimals: ArraySlice<UInt8>, _ currency: Currency) -> [UInt8] {
        whole + decimals + Array(repeating: UInt8(ascii: "0"), count: currency.minorDigits - decimals.count)
    }

    private mutating func takeMinus() -> Bool {
        guard rest.first == UInt8(ascii: "-") else { return false }
        rest = rest.dropFirst()
        trim()
        return true
    }

    /// Trims spaces, including the non-breaking ones of our own amounts.
    private mutating func trim() {
        let space = Array("\u{A0}".utf8)
        while true {
            if rest.first == UInt8(ascii: " ") {
                rest = rest.dropFirst()
            } else if rest.last == UInt8(ascii: " ") {
                rest = rest.dropLast()
            } else if rest.starts(with: space) {
                rest = rest.dropFirst(2)
            } else if rest.suffix(2) == space[...] {
                rest = rest.dropLast(2)
            } else {
                return
            }
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    /// A letter or sign of a currency's name: "S/", "kr", "€".
    fileprivate var isPartOfName: Bool {
        self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") || self >= 0x80
            || self == UInt8(ascii: "$") || self == UInt8(ascii: "/")
    }
    fileprivate var isPartOfNumber: Bool { isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: ",") }
}

/// Why a typed amount was refused.
package enum AmountRefusal: Error, MessageCatalogue {
    case empty
    case notANumber
    case ambiguous
    case badGroups
    case tooManyDecimals
    case otherCurrency
    case tooLarge

    /// Includes an example amount in the currency.
    package func text(in currency: Currency, for reader: Reader) -> String {
        text(for: reader, .money("example", Self.example(in: currency)))
    }

    package static func example(in currency: Currency) -> Money {
        Money(minor: currency.shownDigits == 0 ? 1234 * currency.minorPerUnit : 123_450, currency)
    }

    package var message: Message {
        switch self {
        case .empty:
            Message(
                es: "Escriba un importe.", tu: "Escribe un importe.", vos: "Escribí un importe.",
                en: "Enter an amount.", pt: "Digite um valor.")
        case .notANumber:
            Message(
                es: "Eso no es un importe. Se escribe así: {example}.",
                en: "That is not an amount. Write it like this: {example}.",
                pt: "Isso não é um valor. Escreva assim: {example}.")
        case .ambiguous:
            Message(
                es: "No queda claro si el separador es de miles o de decimales. Se escribe así: {example}.",
                en: "The separator could mean thousands or decimals. Write it like this: {example}.",
                pt: "Não está claro se o separador é de milhar ou decimal. Escreva assim: {example}.")
        case .badGroups:
            Message(
                es: "Los separadores de miles no están cada tres cifras. Se escribe así: {example}.",
                en: "The thousands separators are not every three digits. Write it like this: {example}.",
                pt: "Os separadores de milhar não estão a cada três dígitos. Escreva assim: {example}.")
        case .tooManyDecimals:
            Message(
                es: "El importe tiene más decimales que la moneda. Se escribe así: {example}.",
                en: "The amount has more decimals than the currency. Write it like this: {example}.",
                pt: "O valor tem mais casas decimais que a moeda. Escreva assim: {example}.")
        case .otherCurrency:
            Message(
                es: "El importe es en otra moneda. Se escribe así: {example}.",
                en: "The amount is in another currency. Write it like this: {example}.",
                pt: "O valor está em outra moeda. Escreva assim: {example}.")
        case .tooLarge:
            Message(
                es: "El importe es demasiado grande.", en: "The amount is too large.",
                pt: "O valor é grande demais.")
        }
    }
}
