import Identifiers
import JSON
import Locale
import Postgres
import Time

/// A field's type and limits, the same in forms, the API and the column. Lengths count Unicode scalars, as PostgreSQL
/// and JSON Schema do, each of four bytes at most.
package enum FieldKind: Sendable {
    case line(ClosedRange<Int>)
    case lines(ClosedRange<Int>)
    /// Stored as E.164.
    case phone
    case email
    case day
    case choice([Choice])
    case reference
    case count(ClosedRange<Int>)
    case flag
    /// Never negative. With `isRequired`, an empty input is refused and only a typed zero means free.
    case money(isRequired: Bool)
    case speed(isRequired: Bool)
    case coordinates
    /// A device's password, write-only, with its maximum length.
    case secret(Int)

    static let ports = 1...65535

    /// One of a few words, with its label.
    package struct Choice: Sendable {
        package let word: String
        package let label: Message
        package let tone: Tone

        package init(word: String, label: Message, tone: Tone) {
            (self.word, self.label, self.tone) = (word, label, tone)
        }
    }
}

/// The tone of a state in a list: `data-tone` in the style sheet.
package enum Tone: String, Sendable {
    case good, warning, bad, quiet
}

/// An enum with labels and tones for its cases.
package protocol FieldChoice: RawRepresentable<String>, MessageCatalogue {
    var tone: Tone { get }
}

extension FieldChoice {
    package var tone: Tone { .quiet }
}

/// The value of a field.
package enum FieldValue: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case day(Day)
    case flag(Bool)
    case money(Money)
    case speed(Speed)
    case coordinates(Coordinates)
    case id(UUID)
    case none
}

extension FieldKind {
    static func choice<Word: FieldChoice>(of words: Word.Type) -> FieldKind {
        .choice(Word.allCases.map { Choice(word: $0.rawValue, label: $0.message, tone: $0.tone) })
    }

    package var isRequired: Bool {
        switch self {
        case .line(let length), .lines(let length): length.lowerBound > 0
        case .money(let isRequired), .speed(let isRequired): isRequired
        default: false
        }
    }

    /// A text's maximum length in scalars; nil for other kinds.
    package var longest: Int? {
        switch self {
        case .line(let length), .lines(let length): length.upperBound
        case .phone: 40
        case .email: 254
        case .secret(let most): most
        default: nil
        }
    }

    var isSecret: Bool { if case .secret = self { true } else { false } }

    package var choices: [Choice] { if case .choice(let choices) = self { choices } else { [] } }

    package var schema: Schema {
        switch self {
        case .line(let length): .line(length)
        case .lines(let length): .lines(length)
        case .phone, .email: .line(0...(longest ?? 0))
        case .day: .day
        case .choice(let choices): .words(choices.map(\.word))
        case .reference: .id.orNull
        case .count(let range): .integer(range)
        case .flag: .flag
        case .money: .integer(0...Int(Money.most))
        case .coordinates: .line(0...50).orNull
        case .speed(let isRequired): .integer((isRequired ? 1 : 0)...Speed.most)
        case .secret(let most): .line(0...most)
        }
    }

    /// Parses input from a form or a file. Amounts and telephones are read by `notation`, or without one in the form
    /// that `FieldValue.text` writes.
    package func read(_ typed: String, in notation: Notation? = nil) throws(Violation.Fault) -> FieldValue {
        switch self {
        case .line(let length): return .text(try Self.check(FormText.line(typed, upTo: .max), length))
        case .lines(let length): return .text(try Self.check(FormText.lines(typed, each: .max), length))
        case .phone:
            let text = try Self.check(FormText.line(typed, upTo: .max), 0...(longest ?? 0))
            return text.isEmpty ? .text("") : .text(try Self.phone(text, in: notation?.reader.region).e164)
        case .email:
            let text = try Self.check(FormText.line(typed, upTo: .max), 0...(longest ?? 0))
            if text.isEmpty { return .text("") }
            guard let email = EmailAddress.normalised(text) else { throw .notEmail }
            return .text(email)
        case .day:
            let text = FormText.line(typed)
            if text.isEmpty { return .none }
            guard let day = Day(iso: text) else { throw .notDay }
            return .day(day)
        case .choice(let choices):
            guard choices.contains(where: { $0.word == typed }) else { throw .notAmong(choices.map(\.word)) }
            return .text(typed)
        case .reference:
            if typed.isEmpty { return .none }
            guard let id = UUID(typed) else { throw .notID }
            return .id(id)
        case .count(let range):
            guard let number = Int(FormText.line(typed)) else { throw .notInteger }
            guard range.contains(number) else { throw .outside(range) }
            return .integer(number)
        case .flag: return .flag(["yes", "true", "on"].contains(typed))
        case .money(let isRequired): return try Self.money(FormText.line(typed), isRequired, notation)
        case .coordinates:
            let text = FormText.line(typed)
            if text.isEmpty { return .none }
            guard let place = Coordinates(text) else { throw .notCoordinates }
            return .coordinates(place)
        case .speed(let isRequired):
            let text = FormText.line(typed)
            guard let speed = text.isEmpty ? Speed(kilobits: 0) : Speed(text) else { throw .notSpeed }
            if isRequired, speed.kilobits == 0 { throw .missing }
            return .speed(speed)
        case .secret(let most):
            let text = try Self.check(FormText.line(typed, upTo: .max), 0...most)
            return text.isEmpty ? .none : .text(text)
        }
    }

    /// Like `read`, but an empty count is zero.
    func readEntry(_ typed: String, in notation: Notation?) throws(Violation.Fault) -> FieldValue {
        if case .count(let range) = self, range.contains(0), FormText.line(typed).isEmpty { return .integer(0) }
        return try read(typed, in: notation)
    }

    private static func money(
        _ text: String, _ isRequired: Bool, _ notation: Notation?
    ) throws(Violation.Fault) -> FieldValue {
        if text.isEmpty, isRequired { throw .missing }
        let isTyped = notation != nil
        guard let notation = notation ?? Notation(ofAmount: text) else { return .none }
        let money: Money
        do {
            money =
                text.isEmpty
                ? .zero(notation.currency) : try Money(typed: text, in: notation.currency, for: notation.reader)
        } catch {
            throw .notAmount(error, notation.currency)
        }
        // Only a typed amount must not be negative: a list's position may be that of a customer in credit.
        if isTyped, money.isNegative { throw .negative }
        return .money(money)
    }

    private static func phone(_ text: String, in region: Region?) throws(Violation.Fault) -> Phone {
        guard let region else {
            if let phone = Phone(e164: text) { return phone }
            throw .notPhone(.unknownPrefix)
        }
        do {
            return try Phone(typed: text, in: region)
        } catch {
            throw .notPhone(error)
        }
    }

    private static func check(_ text: String, _ length: ClosedRange<Int>) throws(Violation.Fault) -> String {
        let count = text.unicodeScalars.count
        if count < length.lowerBound { throw text.isEmpty ? .missing : .tooShort(length.lowerBound) }
        if count > length.upperBound { throw .tooLong(length.upperBound) }
        return text
    }

    /// Reads a program's value, which has passed the schema.
    package func read(_ sent: JSONValue, in notation: Notation? = nil) throws(Violation.Fault) -> FieldValue {
        switch sent {
        case .string(let text): try read(text, in: notation)
        case .integer(let number):
            if case .speed = self { .speed(Speed(kilobits: Int(number))) } else { .integer(Int(number)) }
        case .bool(let flag): .flag(flag)
        default: .none
        }
    }

    /// Labels a value that is stored as a word for programs: in lists, in the record, in files.
    package func text(of value: FieldValue, for reader: Reader) -> String {
        switch (self, value) {
        case (.choice(let choices), .text(let word)):
            choices.first { $0.word == word }?.label.text(for: reader) ?? word
        case (.phone, .text(let text)): Phone.text(of: text, in: reader.region)
        case (_, .text(let text)): text
        // A port is written without separators of thousands.
        case (.count(Self.ports), .integer(let number)): String(number)
        case (_, .integer(let number)): number.text(for: reader)
        case (_, .day(let day)): day.text(.short, for: reader)
        case (_, .flag(let flag)): (flag ? NounWords.yes : .no).text(for: reader)
        case (_, .money(let money)): money.exactText(for: reader)
        case (_, .speed(let speed)): speed.text
        case (_, .coordinates(let place)): place.text
        case (_, .id(let id)): id.description
        case (_, .none): ""
        }
    }

    /// Labels a value of the record.
    package func text(ofRecorded text: String, for reader: Reader) -> String {
        guard let value = try? read(text) else { return text }
        return self.text(of: value, for: reader)
    }
}

extension FieldValue {
    /// The canonical text in forms, URLs, files and the record.
    package var text: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .day(let day): day.iso
        case .flag(let flag): flag ? "yes" : ""
        case .money(let money): money.plainText
        case .speed(let speed): speed.text
        case .coordinates(let place): place.text
        case .id(let id): id.description
        case .none: ""
        }
    }

    /// As a bound parameter.
    package var sql: SQL {
        switch self {
        case .text(let text): "\(text)"
        case .integer(let number): "\(number)"
        case .day(let day): "\(day)"
        case .flag(let flag): "\(flag)"
        case .money(let money): "\(money.minor)"
        case .speed(let speed): "\(speed.kilobits)"
        case .coordinates(let place): "\(place.text)"
        case .id(let id): "\(id)"
        case .none: "NULL"
        }
    }

    package func write(to json: inout JSONWriter) {
        switch self {
        case .integer(let number): json.integer(Int64(number))
        // In minor units; the noun has the currency.
        case .money(let money): json.integer(money.minor)
        case .speed(let speed): json.integer(Int64(speed.kilobits))
        case .flag(let flag): json.bool(flag)
        case .none: json.null()
        case .text, .day, .id, .coordinates: json.string(text)
        }
    }
}
