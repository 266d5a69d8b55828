import Glibc
import Time

/// A text shown to people, in every language; a missing language does not compile. Blanks are written `{name}`. Values
/// are inserted unescaped: the caller escapes the whole text, as HTML's markup does.
package struct Message: Sendable {
    let es: Wording
    let tu: Wording?
    let vos: Wording?
    let en: Wording
    let pt: Wording

    /// Spanish says usted unless the tenant chose otherwise; tú and vos are given where they differ.
    package init(es: Wording, tu: Wording? = nil, vos: Wording? = nil, en: Wording, pt: Wording) {
        self.es = es
        self.tu = tu
        self.vos = vos
        self.en = en
        self.pt = pt
    }

    package func text(for reader: Reader, _ blanks: Blank...) -> String { text(for: reader, blanks) }

    package func text(for reader: Reader, _ blanks: [Blank]) -> String {
        let text = wording(for: reader).text(for: reader, blanks)
        guard text.hasBlanks else { return text }
        return String { bytes in
            Template(text).forEachPart { part in
                switch part {
                case .text(let text):
                    // "…, 5:52 a.m." and "… S.A. de C.V." already end in a period.
                    let point = UInt8(ascii: ".")
                    let repeatsPoint = bytes.last == point && text.utf8.first == point
                    bytes.append(contentsOf: repeatsPoint ? text.utf8.dropFirst() : text.utf8[...])
                case .blank(let name):
                    let blank = blanks.first { $0.name == name }
                    // In production a missing blank stays readable for the customer; in tests it fails.
                    assert(blank != nil, "nothing given for {\(name)} of: \(text)")
                    bytes.append(contentsOf: (blank?.text(for: reader) ?? "{\(name)}").utf8)
                }
            }
        }
    }

    private func wording(for reader: Reader) -> Wording {
        switch (reader.language, reader.courtesy) {
        case (.en, _): en
        case (.pt, _): pt
        case (.es, .usted): es
        case (.es, .tu): tu ?? es
        case (.es, .vos): vos ?? tu ?? es
        }
    }
}

/// A message in one language: a text, or its plural forms for the number in `{count}`.
package enum Wording: Sendable, ExpressibleByStringLiteral {
    case always(String)
    /// Spanish and Portuguese have a plural form for whole millions: "1.000.000 de facturas".
    case count(one: String, many: String? = nil, other: String)

    package init(stringLiteral text: String) { self = .always(text) }

    fileprivate func text(for reader: Reader, _ blanks: [Blank]) -> String {
        switch self {
        case .always(let text): return text
        case .count(let one, let many, let other):
            let count = blanks.lazy.compactMap(\.count).first
            assert(count != nil, "no count given for: \(other)")
            return switch Plural(of: count ?? 0, in: reader.language) {
            case .one: one
            case .many: many ?? other
            case .other: other
            }
        }
    }

    var forms: [String] {
        switch self {
        case .always(let text): [text]
        case .count(let one, let many, let other): [one, many, other].compactMap(\.self)
        }
    }
}

/// The value of a message's blank, formatted for the reader.
package struct Blank: Sendable {
    private enum Value {
        case text(String)
        case number(Int64)
        case money(Money)
        case date(Day)
    }

    let name: String
    private let value: Value

    package static func text(_ name: String, _ text: String) -> Blank { Blank(name: name, value: .text(text)) }
    package static func number(_ name: String, _ number: Int) -> Blank {
        Blank(name: name, value: .number(Int64(number)))
    }
    package static func money(_ name: String, _ money: Money) -> Blank { Blank(name: name, value: .money(money)) }
    package static func date(_ name: String, _ day: Day) -> Blank { Blank(name: name, value: .date(day)) }

    package static func name(_ text: String) -> Blank { .text("name", text) }
    /// Fills `{count}` and selects the plural form.
    package static func count(_ count: Int) -> Blank { .number("count", count) }

    fileprivate var count: Int64? {
        guard name == "count", case .number(let count) = value else { return nil }
        return count
    }

    fileprivate func text(for reader: Reader) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): number.text(for: reader)
        case .money(let money): money.text(for: reader)
        case .date(let day): day.text(for: reader)
        }
    }
}

extension String {
    /// Checked first: few texts have blanks, and a page has dozens of texts.
    fileprivate var hasBlanks: Bool {
        utf8Span.span.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, Int32(UInt8(ascii: "{")), bytes.count) != nil } ?? false
        }
    }
}
