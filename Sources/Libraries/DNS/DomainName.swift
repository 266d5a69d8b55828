import CIdn2

/// A name as the DNS and the Host field carry it: lower case, IDNA-encoded (`xn--…`), without a trailing dot.
package struct DomainName: Sendable, Equatable {
    package let text: String

    /// From a person's input: letters of any script, a trailing dot, a URL copied from a browser. Nil for what cannot
    /// be a public name: a single label, a number, a port.
    package init?(typed text: String) {
        var rest = Substring(text)
        while let blank = rest.first, blank.isWhitespace { rest.removeFirst() }
        while let blank = rest.last, blank.isWhitespace { rest.removeLast() }
        for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count).prefix { $0 != "/" }
        }
        if rest.hasSuffix(".") { rest.removeLast() }
        guard !rest.isEmpty, rest.utf8.count <= 1000, rest.utf8.allSatisfy({ $0 > 0x20 }),
            let ascii = Self.ascii(String(rest))
        else { return nil }
        self.init(ascii)
    }

    private init?(_ text: String) {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, text.utf8.count <= 240, labels.allSatisfy(Self.isLabel),
            labels.last?.contains(where: { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) == true
        else { return nil }
        self.text = text
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == hyphen
            }
    }

    /// By IDNA 2008, non-transitional, so that each name has one encoding.
    private static func ascii(_ text: String) -> String? {
        var result: UnsafeMutablePointer<UInt8>?
        let flags = IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue
        guard idn2_lookup_u8(Array(text.utf8) + [0], &result, Int32(flags)) == IDN2_OK.rawValue, let result else {
            return nil
        }
        defer { idn2_free(result) }
        return String(cString: result).lowercased()
    }
}
