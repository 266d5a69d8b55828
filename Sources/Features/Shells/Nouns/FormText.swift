import Access
import Identifiers
import Locale

/// An error in a form's field, shown beside it.
package struct FormFault: Sendable {
    package let name: String
    package let message: Message
    private var blanks: [Blank] = []
    private let label: Message?

    /// `label` is the field's, for the summary above the form where the message does not name it.
    package init(name: String, message: Message, label: Message? = nil) {
        (self.name, self.message, self.label) = (name, message, label)
    }

    init(_ fault: Violation.Fault, in name: String, called label: Message) {
        self.init(name: name, message: fault.message, label: label)
        blanks = fault.blanks
    }

    package func text(for reader: Reader) -> String { message.text(for: reader, blanks) }

    /// For the summary above the form.
    package func summary(for reader: Reader) -> String {
        [label?.text(for: reader), text(for: reader)].compactMap(\.self).joined(separator: ": ")
    }
}

/// Normalises typed text.
package enum FormText {
    /// One normalised line: without surrounding blanks, invisible characters and direction marks, cut to that length.
    package static func line(_ text: String?, upTo length: Int = 100) -> String {
        let visible = (text ?? "").unicodeScalars.filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
            default: true
            }
        }
        let words = String(String.UnicodeScalarView(visible)).split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ").prefix(scalars: length)
    }

    /// Several normalised lines, without empty ones at the ends.
    package static func lines(_ text: String?, each length: Int = 2000) -> String {
        let lines = (text ?? "").split(omittingEmptySubsequences: false) { $0.isNewline }
        let kept = lines.map { line(String($0), upTo: length) }
        let start = kept.firstIndex { !$0.isEmpty } ?? kept.endIndex
        let end = kept.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? start
        return kept[start..<end].joined(separator: "\n")
    }

    package static func id<Noun>(_ text: String) throws -> ID<Noun> {
        guard let uuid = UUID(text) else { throw BadRequest() }
        return ID(uuid)
    }
}
