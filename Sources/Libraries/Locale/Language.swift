/// The supported languages.
package enum Language: String, Sendable, CaseIterable {
    case es, en, pt

    package var ownName: String {
        switch self {
        case .es: "Español"
        case .en: "English"
        case .pt: "Português"
        }
    }

    /// The preferred language of an Accept-Language; nil when it names none of ours and the tenant's applies.
    package init?(accepting header: some Collection<UInt8>) {
        var best: (language: Language, weight: Int)?
        for wish in header.split(separator: UInt8(ascii: ",")) {
            let parts = wish.split(separator: UInt8(ascii: ";"), maxSplits: 1)
            guard let tag = parts.first, let language = Language(tag: Array(tag).trimmed) else { continue }
            guard let weight = parts.count == 1 ? 1000 : Language.weight(Array(parts[1]).trimmed) else { continue }
            // The first of equals wins.
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        guard let best else { return nil }
        self = best.language
    }

    /// "es-419", "ES", "pt-BR": only the part before the first hyphen counts.
    private init?(tag: ArraySlice<UInt8>) {
        guard let name = tag.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false).first,
            let language = Language(rawValue: String(decoding: name.map { $0 | 0x20 }, as: UTF8.self))
        else { return nil }
        self = language
    }

    /// "q=0.75" in thousandths.
    private static func weight(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.starts(with: "q=".utf8) || text.starts(with: "Q=".utf8), text.count <= 7 else { return nil }
        let digits = text.dropFirst(2)
        guard let whole = digits.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
        guard digits.count == 1 || digits.dropFirst().first == UInt8(ascii: ".") else { return nil }
        var thousandths = Int(whole - UInt8(ascii: "0")) * 1000
        var value = 100
        for digit in digits.dropFirst(2) {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            thousandths += Int(digit - UInt8(ascii: "0")) * value
            value /= 10
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}

extension [UInt8] {
    fileprivate var trimmed: ArraySlice<UInt8> {
        let isText = { (byte: UInt8) in byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") }
        guard let first = firstIndex(where: isText), let last = lastIndex(where: isText) else { return [] }
        return self[first...last]
    }
}
