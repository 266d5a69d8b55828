import Locale
import Time
import Workbooks

/// A file's rows as the nouns to create: every row is validated before anything is created.
package struct NounImport<Noun: Fielded>: Sendable {
    package struct Line: Sendable {
        /// The row's number in the file.
        package let number: Int
        package let noun: Noun
        /// Empty when the noun can be created.
        package let faults: [FormFault]

        /// A known noun changed only by the file's columns.
        package func described(by fields: Set<String>, over known: Noun) -> Noun {
            var described = known
            for field in Noun.fields where fields.contains(field.name) { field.set?(field.get(noun), &described) }
            return described
        }
    }

    /// The maximum number of rows in a file.
    package static var most: Int { 5000 }

    package let lines: [Line]
    /// The fields that have a column.
    package let named: Set<String>
    /// Headings that match no field, reported rather than ignored.
    package let unknown: [String]

    /// The first row names the fields by their labels in any language. `names` map each reference's names to ids.
    package init(
        _ bytes: [UInt8], names: [String: [(value: String, text: String)]] = [:], in notation: Notation? = nil,
        blank: () -> Noun
    ) throws(CSV.Fault) {
        let rows = try CSV.parse(bytes, most: Self.most + 1)
        let fields = Noun.fields.filter { $0.places.contains(.form) }
        let headings = rows.first?.cells ?? []
        let columns = headings.map { heading in fields.first { $0.isCalled(heading) } }
        named = Set(columns.compactMap { $0?.name })
        unknown = zip(headings, columns).compactMap { $1 == nil && !$0.isEmpty ? $0 : nil }
        lines = rows.dropFirst().map { row in
            var noun = blank()
            var faults: [FormFault] = []
            for field in fields {
                let column = columns.firstIndex { $0?.name == field.name }
                guard let column else {
                    if field.isRequired { faults.append(FormFault(.missing, in: field.name, called: field.label)) }
                    continue
                }
                let text = column < row.cells.count ? row.cells[column] : ""
                do throws(Violation.Fault) {
                    if let value = try field.read(text, names: names[field.name] ?? [], notation) {
                        field.set?(value, &noun)
                    }
                } catch {
                    faults.append(FormFault(error, in: field.name, called: field.label))
                }
            }
            return Line(number: row.line, noun: noun, faults: faults)
        }
    }
}

extension Field {
    fileprivate func isCalled(_ heading: String) -> Bool {
        let heading = FormText.line(heading).lowercased()
        return name == heading || label.inEveryLanguage.contains { $0.lowercased() == heading }
    }

    /// Parses a cell; nil keeps a new noun's default.
    fileprivate func read(
        _ text: String, names: [(value: String, text: String)], _ notation: Notation?
    ) throws(Violation.Fault) -> FieldValue? {
        let line = FormText.line(text).lowercased()
        switch kind {
        case .choice where line.isEmpty: return nil
        case .choice(let choices):
            let choice = choices.first { choice in
                choice.word == line || choice.label.inEveryLanguage.contains { $0.lowercased() == line }
            }
            return try kind.read(choice?.word ?? text)
        case .reference where !line.isEmpty:
            guard let name = names.first(where: { $0.text.lowercased() == line || $0.value == line }) else {
                throw .notAmong(names.map(\.text))
            }
            return try kind.read(name.value)
        case .day:
            let parts = line.split(separator: "/")
            guard parts.count == 3, parts[2].utf8.count == 4 else { return try kind.read(text) }
            let numbers = parts.compactMap { Int($0) }
            let isMonthFirst = notation?.reader.writesMonthFirst ?? false
            guard numbers.count == 3,
                let day = Day(
                    year: numbers[2], month: numbers[isMonthFirst ? 0 : 1], day: numbers[isMonthFirst ? 1 : 0])
            else { return try kind.read(text) }
            return .day(day)
        case .flag: return .flag(["yes", "true", "1", "x", "sí", "si", "sim"].contains(line))
        default: return try kind.readEntry(text, in: notation)
        }
    }
}

extension Message {
    fileprivate var inEveryLanguage: [String] {
        Language.allCases.map { text(for: Reader($0, in: .mexico)) }
    }
}
