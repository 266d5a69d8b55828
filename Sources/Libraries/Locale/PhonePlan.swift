/// A country's numbering plan. Small on purpose: it knows the lengths and first digits of mobile and fixed lines.
/// Debian's libphonenumber accepts the same numbers, costs four and a half megabytes and 12 ms at startup, and refuses
/// numbers allocated after its data of 2022. Unknown here are short and toll-free numbers (911, 0800…), which blocks of
/// an area are in use, Argentina's four-digit areas one by one, and whether a Mexican or US number is a mobile, which
/// its digits do not tell; an Argentine mobile typed without its 9 or 15 passes for the fixed line it looks like.
struct PhonePlan: Sendable {
    let region: Region
    let countryCode: [UInt8]
    /// Trunk prefixes of national calls, past ones included.
    private let trunks: [StaticString]
    let shapes: [Shape]
    /// Its area codes, where several countries share the country code.
    private let areas: [StaticString]

    struct Shape: Sendable {
        /// Precedes the prefix in all numbers of this shape.
        var lead: StaticString = ""
        let prefixes: [StaticString]
        /// The digits that may follow the prefix.
        var next: StaticString = "0123456789"
        let length: Int
        /// `#` is a digit, `~` an omitted one, anything else is literal.
        let pattern: StaticString

        func fits(_ number: some RandomAccessCollection<UInt8>) -> Bool {
            guard number.count == length, number.starts(with: lead.bytes) else { return false }
            let rest = number.dropFirst(lead.utf8CodeUnitCount)
            return prefixes.contains { prefix in
                rest.starts(with: prefix.bytes) && next.bytes.contains(rest.dropFirst(prefix.utf8CodeUnitCount).first!)
            }
        }

        func text(of number: some Sequence<UInt8>) -> String {
            var digits = number.makeIterator()
            return String { bytes in
                for sign in pattern.bytes {
                    switch sign {
                    case UInt8(ascii: "#"): bytes.append(digits.next()!)
                    case UInt8(ascii: "~"): _ = digits.next()
                    default: bytes.append(sign)
                    }
                }
            }
        }
    }

    private init(
        _ region: Region, _ countryCode: StaticString, trunks: [StaticString] = [], areas: [StaticString] = [],
        shapes: [Shape]
    ) {
        self.region = region
        self.countryCode = Array(countryCode.bytes)
        self.trunks = trunks
        self.areas = areas
        self.shapes = shapes
    }

    /// The national significant number, from digits typed with or without the country code.
    func number(from digits: [UInt8]) throws(PhoneRefusal) -> [UInt8] {
        let candidates = candidates(digits)
        for candidate in candidates where shapes.contains(where: { $0.fits(candidate) }) { return candidate }
        let lengths = shapes.map(\.length)
        if digits.count < lengths.min()! { throw digits.count >= 6 ? .areaMissing : .tooShort }
        // "15 2345-6789" in Argentina: a mobile without its area code.
        if region == .argentina, digits.starts(with: "15".utf8) { throw .areaMissing }
        throw candidates.allSatisfy { $0.count > lengths.max()! } ? .tooLong : .unknownPrefix
    }

    /// The national format of this country's E.164 number; nil for any other text.
    func text(of e164: String) -> String? {
        var e164 = e164
        return e164.withUTF8 { bytes in
            let number = bytes.dropFirst(1 + countryCode.count)
            guard bytes.first == UInt8(ascii: "+"), bytes.dropFirst().starts(with: countryCode),
                number.allSatisfy({ (0x30...0x39).contains($0) }),
                hasArea(of: number), let shape = shapes.first(where: { $0.fits(number) })
            else { return nil }
            return shape.text(of: number)
        }
    }

    /// The digits as typed, then without prefixes; the first that fits a shape wins.
    private func candidates(_ digits: [UInt8]) -> [[UInt8]] {
        var candidates = [digits]
        if digits.starts(with: countryCode) { candidates.append(Array(digits.dropFirst(countryCode.count))) }
        for candidate in candidates {
            for trunk in trunks where candidate.starts(with: trunk.bytes) {
                candidates.append(Array(candidate.dropFirst(trunk.utf8CodeUnitCount)))
            }
        }
        if region == .argentina { candidates += candidates.compactMap(argentineMobile) }
        // A 0, the carrier's two digits, area code and number.
        if region == .brazil, digits.first == UInt8(ascii: "0"), digits.count > 12 {
            candidates.append(Array(digits.dropFirst(3)))
        }
        return candidates
    }

    /// Argentine mobiles are dialled area, 15, number at home and 9, area, number from abroad; E.164 has the latter.
    private func argentineMobile(_ digits: [UInt8]) -> [UInt8]? {
        let fixed = shapes.first { shape in
            shape.length == 10 && shape.prefixes.contains { digits.starts(with: $0.bytes) }
        }
        guard digits.count == 12, let fixed else { return nil }
        let area = fixed.pattern.bytes.dropFirst().prefix { $0 == UInt8(ascii: "#") }.count
        guard digits.dropFirst(area).starts(with: "15".utf8) else { return nil }
        return [UInt8(ascii: "9")] + digits.prefix(area) + digits.dropFirst(area + 2)
    }
}

extension PhonePlan {
    static let all: [PhonePlan] = [
        mexico, guatemala, honduras, elSalvador, nicaragua, costaRica, panama, cuba, dominicanRepublic, puertoRico,
        colombia, venezuela, ecuador, peru, bolivia, chile, argentina, uruguay, paraguay, brazil, spain, unitedStates,
    ]

    /// The plan of an international number: several countries share a code, each with its own areas.
    static func of(international digits: [UInt8]) -> PhonePlan? {
        let plans = all.filter { digits.starts(with: $0.countryCode) }
        return plans.first { plan in plan.hasArea(of: digits.dropFirst(plan.countryCode.count)) } ?? plans.last
    }

    private func hasArea(of number: some Sequence<UInt8>) -> Bool {
        areas.isEmpty || areas.contains { number.starts(with: $0.bytes) }
    }

    static func of(_ region: Region) -> PhonePlan { all[Region.allCases.firstIndex(of: region)!] }

    /// Until 2019 Mexican mobiles had a 1 after the country code (WhatsApp still writes it) and 044 or 045 in national
    /// calls.
    private static let mexico = PhonePlan(
        .mexico, "52", trunks: ["1", "01", "044", "045"],
        shapes: [
            Shape(prefixes: ["55", "56", "33", "81"], length: 10, pattern: "## #### ####"),
            Shape(prefixes: ["2", "3", "4", "5", "6", "7", "8", "9"], length: 10, pattern: "### ### ####"),
        ])

    private static let guatemala = eightDigits(.guatemala, "502", ["2", "3", "4", "5", "6", "7"], "#### ####")
    private static let honduras = eightDigits(.honduras, "504", ["2", "3", "7", "8", "9"], "####-####")
    private static let elSalvador = eightDigits(.elSalvador, "503", ["2", "6", "7"], "#### ####")
    private static let nicaragua = eightDigits(.nicaragua, "505", ["2", "5", "6", "7", "8"], "#### ####")
    private static let costaRica = eightDigits(.costaRica, "506", ["2", "3", "4", "5", "6", "7", "8"], "#### ####")

    /// A country of eight-digit numbers without area codes.
    private static func eightDigits(
        _ region: Region, _ countryCode: StaticString, _ prefixes: [StaticString], _ pattern: StaticString
    ) -> PhonePlan {
        PhonePlan(region, countryCode, shapes: [Shape(prefixes: prefixes, length: 8, pattern: pattern)])
    }

    private static let panama = PhonePlan(
        .panama, "507",
        shapes: [
            Shape(prefixes: ["6"], length: 8, pattern: "####-####"),
            Shape(prefixes: ["2", "3", "4", "5", "7", "8", "9"], length: 7, pattern: "###-####"),
        ])

    private static let cuba = PhonePlan(
        .cuba, "53", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["5", "6"], length: 8, pattern: "0# #######"),
            Shape(prefixes: ["7"], length: 8, pattern: "(0#) #######"),
            Shape(prefixes: ["2", "3", "4"], length: 8, pattern: "(0##) ######"),
        ])

    private static let dominicanRepublic = PhonePlan(
        .dominicanRepublic, "1", trunks: ["1"], areas: ["809", "829", "849"], shapes: [northAmerican])
    private static let puertoRico = PhonePlan(
        .puertoRico, "1", trunks: ["1"], areas: ["787", "939"], shapes: [northAmerican])
    private static let northAmerican = Shape(
        prefixes: ["2", "3", "4", "5", "6", "7", "8", "9"], length: 10, pattern: "(###) ###-####")

    private static let venezuela = PhonePlan(
        .venezuela, "58", trunks: ["0"],
        shapes: [Shape(prefixes: ["2", "4"], length: 10, pattern: "0###-#######")])

    private static let bolivia = PhonePlan(
        .bolivia, "591", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["6", "7"], length: 8, pattern: "########"),
            Shape(prefixes: ["2", "3", "4"], length: 8, pattern: "# #######"),
        ])

    private static let uruguay = PhonePlan(
        .uruguay, "598", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["9"], length: 8, pattern: "0## ### ###"),
            Shape(prefixes: ["2", "4"], length: 8, pattern: "#### ####"),
        ])

    /// Area codes have two or three digits; only the capital's is formatted differently.
    private static let paraguay = PhonePlan(
        .paraguay, "595", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["9"], length: 9, pattern: "0### ######"),
            Shape(prefixes: ["2", "3", "4", "5", "6", "7", "8"], length: 9, pattern: "(0##) ### ####"),
            Shape(prefixes: ["2", "3", "4", "5", "6", "7", "8"], length: 8, pattern: "(0##) ### ###"),
            Shape(prefixes: ["3", "4", "5", "6", "7", "8"], length: 7, pattern: "(0##) #####"),
        ])

    private static let spain = PhonePlan(
        .spain, "34", shapes: [Shape(prefixes: ["6", "7", "8", "9"], length: 9, pattern: "### ## ## ##")])

    private static let colombia = PhonePlan(
        .colombia, "57", trunks: [],
        shapes: [
            Shape(prefixes: ["30", "31", "32", "33", "35", "37"], length: 10, pattern: "### ### ####"),
            Shape(prefixes: ["60"], next: "1245678", length: 10, pattern: "### ### ####"),
        ])

    private static let peru = PhonePlan(
        .peru, "51", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["9"], length: 9, pattern: "### ### ###"),
            Shape(prefixes: ["1"], length: 8, pattern: "0# ### ####"),
            Shape(
                prefixes: [
                    "41", "42", "43", "44", "51", "52", "53", "54", "56", "61", "62", "63", "64", "65", "66", "67",
                    "72", "73", "74", "76", "82", "83", "84",
                ], length: 8, pattern: "0## ### ###"),
        ])

    private static let argentina = PhonePlan(
        .argentina, "54", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["11"], length: 10, pattern: "0## ####-####"),
            Shape(prefixes: argentineAreas, length: 10, pattern: "0### ###-####"),
            Shape(prefixes: ["2", "3"], length: 10, pattern: "0#### ##-####"),
            Shape(lead: "9", prefixes: ["11"], length: 11, pattern: "~0## 15-####-####"),
            Shape(lead: "9", prefixes: argentineAreas, length: 11, pattern: "~0### 15-###-####"),
            Shape(lead: "9", prefixes: ["2", "3"], length: 11, pattern: "~0#### 15-##-####"),
        ])

    /// Three-digit area codes.
    private static let argentineAreas: [StaticString] = [
        "220", "221", "223", "230", "236", "237", "249", "260", "261", "263", "264", "266", "280", "291", "294", "297",
        "298", "299", "336", "341", "342", "343", "345", "348", "351", "353", "358", "362", "364", "370", "376", "379",
        "380", "381", "383", "385", "387", "388",
    ]

    private static let chile = PhonePlan(
        .chile, "56", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["9", "2"], length: 9, pattern: "# #### ####"),
            Shape(
                prefixes: [
                    "32", "33", "34", "35", "41", "42", "43", "45", "51", "52", "53", "55", "57", "58", "61", "63",
                    "64", "65", "67", "71", "72", "73", "75",
                ], length: 9, pattern: "## ### ####"),
        ])

    private static let ecuador = PhonePlan(
        .ecuador, "593", trunks: ["0"],
        shapes: [
            Shape(prefixes: ["9"], length: 9, pattern: "0## ### ####"),
            Shape(prefixes: ["2", "3", "4", "5", "6", "7"], next: "234567", length: 8, pattern: "0# ### ####"),
        ])

    private static let brazil = PhonePlan(
        .brazil, "55", trunks: ["0"],
        shapes: [
            Shape(prefixes: brazilianAreas, next: "9", length: 11, pattern: "(##) #####-####"),
            Shape(prefixes: brazilianAreas, next: "2345", length: 10, pattern: "(##) ####-####"),
        ])

    private static let brazilianAreas: [StaticString] = [
        "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "24", "27", "28", "31", "32", "33", "34",
        "35", "37", "38", "41", "42", "43", "44", "45", "46", "47", "48", "49", "51", "53", "54", "55", "61", "62",
        "63", "64", "65", "66", "67", "68", "69", "71", "73", "74", "75", "77", "79", "81", "82", "83", "84", "85",
        "86", "87", "88", "89", "91", "92", "93", "94", "95", "96", "97", "98", "99",
    ]

    /// Canada and the Caribbean share the code and the plan.
    private static let unitedStates = PhonePlan(
        .unitedStates, "1", trunks: ["1"], shapes: [northAmerican])
}

extension StaticString {
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
