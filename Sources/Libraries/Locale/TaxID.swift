/// A tax identification number in the country's format. The check digit is verified; some offices have issued numbers
/// with a wrong one, which are accepted as doubtful.
package struct TaxID: Hashable, Sendable {
    /// Without spaces, but with its hyphens: `EKU9003173C9`, `20123456789`, `800197268-4`, `12345678-5`.
    package let text: String
    /// The check digit is wrong, in a country that has issued such numbers.
    package let isDoubtful: Bool

    package enum Fault: Error, Equatable {
        case wrongForm, wrongDigit
    }

    package init(typed: String, in region: Region) throws(Fault) {
        let signs = typed.uppercased().filter { !$0.isWhitespace && $0 != "." && $0 != "/" }
        var digits = Array(signs.utf8)
        switch region {
        case .mexico: self = try .rfc(signs)
        case .peru: self = try .ruc(ofPeru: digits)
        case .ecuador: self = try .ruc(ofEcuador: digits)
        case .colombia: self = try .nit(signs)
        case .argentina:
            digits.removeAll { $0 == hyphen }
            self = try .cuit(digits)
        case .chile:
            digits.removeAll { $0 == hyphen }
            self = try .rut(digits)
        case .brazil:
            digits.removeAll { $0 == hyphen }
            self = try digits.count == 14 ? .cnpj(digits) : .cpf(digits)
        default:
            guard (1...20).contains(signs.unicodeScalars.count) else { throw .wrongForm }
            self.init(signs)
        }
    }

    private init(_ text: String, isDoubtful: Bool = false) { (self.text, self.isDoubtful) = (text, isDoubtful) }

    private init(_ bytes: some Sequence<UInt8>, isDoubtful: Bool = false) {
        self.init(String(decoding: Array(bytes), as: UTF8.self), isDoubtful: isDoubtful)
    }

    /// The country's name for it.
    package static func name(in region: Region) -> String {
        switch region {
        case .mexico: "RFC"
        case .peru, .ecuador, .paraguay, .panama: "RUC"
        case .colombia, .bolivia, .guatemala, .elSalvador: "NIT"
        case .argentina: "CUIT"
        case .chile, .uruguay: "RUT"
        case .brazil: "CPF/CNPJ"
        case .honduras: "RTN"
        case .dominicanRepublic: "RNC"
        case .venezuela: "RIF"
        case .spain: "NIF"
        case .nicaragua: "RUC"
        case .costaRica: "Cédula"
        case .cuba: "NIT"
        case .puertoRico, .unitedStates: "EIN"
        }
    }

    /// A valid example.
    package static func example(in region: Region) -> String? {
        switch region {
        case .mexico: "EKU9003173C9"
        case .peru: "20100070970"
        case .ecuador: "1710034065001"
        case .colombia: "800197268-4"
        case .argentina: "20-12345678-6"
        case .chile: "12345678-5"
        case .brazil: "111.444.777-35"
        default: nil
        }
    }
}

extension TaxID {
    /// The generic RFCs for the public and for foreigners, without a valid check digit.
    private static let genericRFCs = ["XAXX010101000", "XEXX010101000"]

    /// Four letters of a person or three of a company, a six-digit date, and three characters, the last of which is the
    /// check digit.
    private static func rfc(_ text: String) throws(Fault) -> TaxID {
        if genericRFCs.contains(text) { return TaxID(text) }
        let alphabet = Array("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ")
        let signs = Array(text)
        guard (12...13).contains(signs.count), signs.allSatisfy({ alphabet.contains($0) && $0 != " " }),
            signs.dropLast(9).allSatisfy({ !isDigit($0) }), signs.dropLast(3).suffix(6).allSatisfy(isDigit),
            isDigit(signs[signs.count - 1]) || signs[signs.count - 1] == "A"
        else { throw .wrongForm }
        let padded = signs.count == 12 ? [" "] + signs : signs
        let sum = padded.dropLast().enumerated().reduce(0) { sum, sign in
            sum + (alphabet.firstIndex(of: sign.element) ?? 0) * (13 - sign.offset)
        }
        let rest = sum % 11
        let digit: Character = rest == 0 ? "0" : rest == 1 ? "A" : Character("\(11 - rest)")
        return TaxID(text, isDoubtful: digit != signs[signs.count - 1])
    }

    private static func isDigit(_ sign: Character) -> Bool { sign.isASCII && sign.isNumber }

    /// A company's or a person's RUC, or the eight-digit DNI of a person without one.
    private static func ruc(ofPeru bytes: [UInt8]) throws(Fault) -> TaxID {
        let digits = try numbers(bytes)
        if digits.count == 8 { return TaxID(bytes) }
        guard digits.count == 11, [10, 15, 17, 20].contains(digits[0] * 10 + digits[1]) else { throw .wrongForm }
        let digit = 11 - sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        guard digit % 10 == digits[10] else { throw .wrongDigit }
        return TaxID(bytes)
    }

    /// A ten-digit cédula, or a thirteen-digit RUC that ends in the establishment's number.
    private static func ruc(ofEcuador bytes: [UInt8]) throws(Fault) -> TaxID {
        let digits = try numbers(bytes)
        guard digits.count == 10 || digits.count == 13,
            (1...24).contains(digits[0] * 10 + digits[1]) || digits[..<2] == [3, 0],
            digits.count == 10 || digits.suffix(3).contains(where: { $0 > 0 })
        else { throw .wrongForm }
        switch digits[2] {
        case 0...5:
            let sum = digits.prefix(9).enumerated().reduce(0) { sum, digit in
                let twice = digit.element * (digit.offset % 2 == 0 ? 2 : 1)
                return sum + (twice > 9 ? twice - 9 : twice)
            }
            guard (10 - sum % 10) % 10 == digits[9] else { throw .wrongDigit }
            return TaxID(bytes)
        // The office ran out of valid numbers for companies and issues some with a wrong check digit.
        case 9 where digits.count == 13:
            let rest = sum(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
            return TaxID(bytes, isDoubtful: (rest == 0 ? 0 : 11 - rest) != digits[9])
        case 6 where digits.count == 13:
            let rest = sum(digits, [3, 2, 7, 6, 5, 4, 3, 2]) % 11
            return TaxID(bytes, isDoubtful: (rest == 0 ? 0 : 11 - rest) != digits[8])
        default: throw .wrongForm
        }
    }

    /// A NIT with its check digit after a hyphen; a person's cédula has none.
    private static func nit(_ text: String) throws(Fault) -> TaxID {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let digits = try numbers(Array((parts.first ?? "").utf8))
        guard (5...10).contains(digits.count), (1...2).contains(parts.count) else { throw .wrongForm }
        guard parts.count == 2 else { return TaxID(text) }
        guard parts[1].utf8.count == 1, let given = Int(parts[1]) else { throw .wrongForm }
        let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43]
        let rest = sum(digits.reversed(), weights) % 11
        guard (rest < 2 ? rest : 11 - rest) == given else { throw .wrongDigit }
        return TaxID(text)
    }

    /// An eleven-digit CUIT or CUIL, or a person's DNI.
    private static func cuit(_ bytes: [UInt8]) throws(Fault) -> TaxID {
        let digits = try numbers(bytes)
        if (7...8).contains(digits.count) { return TaxID(bytes) }
        guard digits.count == 11, [20, 23, 24, 25, 26, 27, 30, 33, 34].contains(digits[0] * 10 + digits[1]) else {
            throw .wrongForm
        }
        let digit = (11 - sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
        guard digit == digits[10] else { throw .wrongDigit }
        return TaxID(bytes[..<2] + [hyphen] + bytes[2..<10] + [hyphen] + bytes[10...])
    }

    private static func rut(_ bytes: [UInt8]) throws(Fault) -> TaxID {
        guard let last = bytes.last, (8...9).contains(bytes.count) else { throw .wrongForm }
        let digits = try numbers(Array(bytes.dropLast()))
        let rest = 11 - sum(digits.reversed(), [2, 3, 4, 5, 6, 7, 2, 3]) % 11
        let digit: UInt8 = rest == 11 ? zero : rest == 10 ? UInt8(ascii: "K") : zero + UInt8(rest)
        guard last == UInt8(ascii: "K") || (zero...zero + 9).contains(last) else { throw .wrongForm }
        guard digit == last else { throw .wrongDigit }
        return TaxID(bytes.dropLast() + [hyphen, last])
    }

    private static func cpf(_ bytes: [UInt8]) throws(Fault) -> TaxID {
        let digits = try numbers(bytes)
        // Eleven equal digits have valid check digits and belong to nobody.
        guard digits.count == 11, Set(digits).count > 1 else { throw .wrongForm }
        for end in [9, 10] {
            let rest = sum(digits, (0..<end).map { end + 1 - $0 }) * 10 % 11 % 10
            guard rest == digits[end] else { throw .wrongDigit }
        }
        return TaxID(bytes)
    }

    /// Since 2026 the first twelve characters may be letters; each counts by its distance from the character 0.
    private static func cnpj(_ bytes: [UInt8]) throws(Fault) -> TaxID {
        let isKnown = bytes.allSatisfy {
            (zero...zero + 9).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        guard isKnown, bytes.suffix(2).allSatisfy({ $0 <= zero + 9 }), Set(bytes).count > 1 else { throw .wrongForm }
        let values = bytes.map { Int($0) - Int(zero) }
        for end in [12, 13] {
            let weights = (0..<end).map { (end - 1 - $0) % 8 + 2 }
            let rest = sum(values, weights) % 11
            guard (rest < 2 ? 0 : 11 - rest) == values[end] else { throw .wrongDigit }
        }
        return TaxID(bytes)
    }

    private static func numbers(_ bytes: [UInt8]) throws(Fault) -> [Int] {
        guard !bytes.isEmpty, bytes.allSatisfy({ (zero...zero + 9).contains($0) }) else { throw .wrongForm }
        return bytes.map { Int($0 - zero) }
    }

    private static func sum(_ digits: some Sequence<Int>, _ weights: [Int]) -> Int {
        zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

private let zero = UInt8(ascii: "0")
private let hyphen = UInt8(ascii: "-")
