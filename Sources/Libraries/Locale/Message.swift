import Glibc
import Time

/// A text that people read, in every language it exists in; one that lacks a language does not compile. Blanks to fill
/// are written `{name}`. Values are put in as they are: whoever shows the text escapes it whole, as HTML's markup does.
package struct Message: Sendable {
    let es: Wording
    let tu: Wording?
    let vos: Wording?
    let en: Wording
    let pt: Wording

    /// Spanish says usted unless the tenant chose otherwise; the other two are given where they differ.
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
                    // "…, 5:52 a.m." and "… S.A. de C.V." end a sentence with the point they have.
                    let point = UInt8(ascii: ".")
                    let repeatsPoint = bytes.last == point && text.utf8.first == point
                    bytes.append(contentsOf: repeatsPoint ? text.utf8.dropFirst() : text.utf8[...])
                case .blank(let name):
                    let blank = blanks.first { $0.name == name }
                    // A forgotten blank stays readable for the customer, and stops whoever is testing.
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

/// A message in one language: a text, or the forms it takes with the number given for `{count}`.
package enum Wording: Sendable, ExpressibleByStringLiteral {
    case always(String)
    /// Spanish and Portuguese also have a form for whole millions: "1.000.000 de facturas".
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

/// The value for a blank of a message, written the way of who reads it.
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
    /// Fills `{count}` and chooses the form of the noun.
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
    /// Few texts have any, and a page has dozens of texts.
    fileprivate var hasBlanks: Bool {
        utf8Span.span.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, Int32(UInt8(ascii: "{")), bytes.count) != nil } ?? false
        }
    }
}
