/// A text with blanks `{name}`.
struct Template {
    enum Part {
        case text(Substring)
        case blank(Substring)
    }

    let text: String

    init(_ text: String) { self.text = text }

    /// Visits the parts without collecting them, since every label of every page is a template.
    func forEachPart(_ body: (Part) -> Void) {
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let name = rest[rest.index(after: open)..<close]
            // An invalid name is no blank; the catalogues' test reports the brace.
            guard !name.isEmpty, name.allSatisfy(Template.isLetter) else { break }
            if open > rest.startIndex { body(.text(Substring(rest[..<open]))) }
            body(.blank(Substring(name)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { body(.text(Substring(rest))) }
    }

    var blanks: [String] {
        var blanks: [String] = []
        forEachPart { part in
            if case .blank(let name) = part { blanks.append(String(name)) }
        }
        return blanks
    }

    /// The literal text around the blanks.
    var texts: [Substring] {
        var texts: [Substring] = []
        forEachPart { part in
            if case .text(let text) = part { texts.append(text) }
        }
        return texts
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
}
