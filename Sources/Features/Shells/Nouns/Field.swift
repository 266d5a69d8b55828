import Identifiers
import Locale
import Postgres
import Time

/// One property of a noun, said once: form, page, API, record, list, export and import are read out of it.
///
///     static let fields: [Field<Zone>] = [
///         .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome")).sorted(by: "name")
///     ]
package struct Field<Noun: Sendable>: Sendable {
    /// In forms, addresses, JSON and the record.
    package let name: String
    package let kind: FieldKind
    package let label: Message
    package private(set) var hint: Message?
    /// What a program reads of it, where that is more than its label.
    package private(set) var meaning: Message?
    package private(set) var places: FieldPlaces = .everywhere
    /// On a phone its label stands before it.
    package private(set) var isNamed = false
    /// Left out first where a list has little room.
    package private(set) var isMinor = false
    /// What the database sorts and filters by. It must never be NULL where a list is sorted by it.
    package private(set) var order: SQL?
    package private(set) var filter: SQL?
    package private(set) var comparison = FieldComparison.equal
    /// The id's column, by which those follow one another that have the same in this field; by default the list's key.
    package private(set) var tie: SQL?
    /// Of a value in a list: what it means for whoever looks over it.
    package private(set) var tone: (@Sendable (borrowing Noun) -> Tone?)?
    /// To the page that says why a value in a list is what it is.
    package private(set) var link: (@Sendable (borrowing Noun) -> String?)?
    package let get: @Sendable (borrowing Noun) -> FieldValue
    /// Nil for what nobody enters: a number that is counted, a sum.
    package let set: (@Sendable (FieldValue, inout Noun) -> Void)?

    package init(
        _ name: String, _ kind: FieldKind, _ label: Message,
        get: @escaping @Sendable (borrowing Noun) -> FieldValue,
        set: (@Sendable (FieldValue, inout Noun) -> Void)? = nil
    ) {
        (self.name, self.kind, self.label, self.get, self.set) = (name, kind, label, get, set)
        if set == nil { places.remove(.form) }
    }
}

/// How a column compares with what a filter says.
package enum FieldComparison: Sendable { case equal, atLeast, atMost }

/// Where a field is shown.
package struct FieldPlaces: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let form = FieldPlaces(rawValue: 1)
    package static let api = FieldPlaces(rawValue: 2)
    /// Among the columns of a list, unless somebody chose others.
    package static let list = FieldPlaces(rawValue: 4)
    /// In the details of the record, in files, and among the columns that somebody may choose.
    package static let record = FieldPlaces(rawValue: 8)
    package static let everywhere: FieldPlaces = [.form, .api, .list, .record]
}

package protocol Fielded: Sendable {
    /// In the descriptions of the API.
    static var noun: String { get }
    static var fields: [Field<Self>] { get }
}

// What a field can hold.
extension Field {
    package typealias Path<Value> = any WritableKeyPath<Noun, Value> & Sendable
    package typealias Reading<Value> = any KeyPath<Noun, Value> & Sendable

    private static func text(_ name: String, _ kind: FieldKind, _ path: Path<String>, _ label: Message) -> Field {
        Field(name, kind, label, get: { .text($0[keyPath: path]) }) { value, noun in
            if case .text(let text) = value { noun[keyPath: path] = text }
        }
    }

    package static func line(
        _ name: String, _ path: Path<String>, _ length: ClosedRange<Int>, _ label: Message
    ) -> Field {
        text(name, .line(length), path, label)
    }

    package static func lines(
        _ name: String, _ path: Path<String>, _ length: ClosedRange<Int>, _ label: Message
    ) -> Field {
        text(name, .lines(length), path, label)
    }

    package static func phone(_ name: String, _ path: Path<String>, _ label: Message) -> Field {
        text(name, .phone, path, label)
    }

    package static func email(_ name: String, _ path: Path<String>, _ label: Message) -> Field {
        text(name, .email, path, label)
    }

    /// What is left empty stays the day that a new noun begins with.
    package static func day(_ name: String, _ path: Path<Day>, _ label: Message) -> Field {
        Field(name, .day, label, get: { .day($0[keyPath: path]) }) { value, noun in
            if case .day(let day) = value { noun[keyPath: path] = day }
        }
    }

    /// One that may be left open.
    package static func day(_ name: String, _ path: Path<Day?>, _ label: Message) -> Field {
        Field(name, .day, label, get: { $0[keyPath: path].map { .day($0) } ?? .none }) { value, noun in
            if case .day(let day) = value { noun[keyPath: path] = day } else { noun[keyPath: path] = nil }
        }
    }

    package static func choice<Choice: FieldChoice>(
        _ name: String, _ path: Path<Choice>, _ label: Message
    ) -> Field {
        Field(name, .choice(of: Choice.self), label, get: { .text($0[keyPath: path].rawValue) }) { value, noun in
            if case .text(let word) = value, let choice = Choice(rawValue: word) { noun[keyPath: path] = choice }
        }
    }

    /// A word that follows from something else; nobody enters it.
    package static func derived<Choice: FieldChoice>(
        _ name: String, _ path: Reading<Choice>, _ label: Message
    ) -> Field {
        Field(name, .choice(of: Choice.self), label, get: { .text($0[keyPath: path].rawValue) })
    }

    /// Another noun by its id. Which there are, and what they are called, the page says.
    package static func reference<Other>(_ name: String, _ path: Path<ID<Other>?>, _ label: Message) -> Field {
        Field(name, .reference, label, get: { $0[keyPath: path].map { .id($0.uuid) } ?? .none }) { value, noun in
            if case .id(let id) = value { noun[keyPath: path] = ID(id) } else { noun[keyPath: path] = nil }
        }
    }

    /// A number that is counted, not entered.
    package static func counted(_ name: String, _ path: Reading<Int>, _ label: Message) -> Field {
        Field(name, .count(0...Int.max), label, get: { .integer($0[keyPath: path]) })
    }

    package static func count(
        _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ label: Message
    ) -> Field {
        Field(name, .count(range), label, get: { .integer($0[keyPath: path]) }) { value, noun in
            if case .integer(let number) = value { noun[keyPath: path] = number }
        }
    }

    package static func flag(_ name: String, _ path: Path<Bool>, _ label: Message) -> Field {
        Field(name, .flag, label, get: { .flag($0[keyPath: path]) }) { value, noun in
            if case .flag(let flag) = value { noun[keyPath: path] = flag }
        }
    }

    /// In the currency that the noun has it in already.
    package static func money(
        _ name: String, _ path: Path<Money>, isRequired: Bool = false, _ label: Message
    ) -> Field {
        Field(name, .money(isRequired: isRequired), label, get: { .money($0[keyPath: path]) }) { value, noun in
            let currency = noun[keyPath: path].currency
            switch value {
            case .money(let money) where money.currency == currency: noun[keyPath: path] = money
            case .integer(let minor): noun[keyPath: path] = Money(minor: Int64(minor), currency)
            default: break
            }
        }
    }

    package static func speed(
        _ name: String, _ path: Path<Speed>, isRequired: Bool = false, _ label: Message
    ) -> Field {
        Field(name, .speed(isRequired: isRequired), label, get: { .speed($0[keyPath: path]) }) { value, noun in
            if case .speed(let speed) = value { noun[keyPath: path] = speed }
        }
    }

    package static func coordinates(_ name: String, _ path: Path<Coordinates?>, _ label: Message) -> Field {
        Field(name, .coordinates, label, get: { $0[keyPath: path].map { .coordinates($0) } ?? .none }) { value, noun in
            if case .coordinates(let place) = value {
                noun[keyPath: path] = place
            } else {
                noun[keyPath: path] = nil
            }
        }
    }

    /// What is left empty stays as it is.
    package static func secret(_ name: String, _ path: Path<String?>, upTo most: Int, _ label: Message) -> Field {
        Field(name, .secret(most), label, get: { _ in .none }) { value, noun in
            if case .text(let text) = value { noun[keyPath: path] = text }
        }.only(in: [.form, .api])
    }

    /// By which a list tells rows apart that have the same in all that is shown.
    static func key(_ path: Reading<UUID>, sorted order: SQL) -> Field {
        Field("id", .reference, Message(es: "", en: "", pt: ""), get: { .id($0[keyPath: path]) }).sorted(by: order)
    }

    /// The same field of a row that holds the noun, for a list that shows more of it.
    package func of<Row: Sendable>(_ path: any KeyPath<Row, Noun> & Sendable) -> Field<Row> {
        let get = get
        var field = Field<Row>(name, kind, label, get: { get($0[keyPath: path]) })
        (field.hint, field.meaning, field.places) = (hint, meaning, places)
        (field.isNamed, field.isMinor, field.order, field.tie) = (isNamed, isMinor, order, tie)
        (field.filter, field.comparison) = (filter, comparison)
        if let tone { field.tone = { tone($0[keyPath: path]) } }
        if let link { field.link = { link($0[keyPath: path]) } }
        return field
    }
}

// What more there is to say of it.
extension Field {
    package func hint(_ hint: Message) -> Field { with { $0.hint = hint } }
    package func meaning(_ meaning: Message) -> Field { with { $0.meaning = meaning } }
    package func only(in places: FieldPlaces) -> Field { with { $0.places = places } }
    package func minor() -> Field { with { $0.isMinor = true } }
    package func named() -> Field { with { $0.isNamed = true } }
    package func sorted(by order: SQL, then tie: SQL? = nil) -> Field { with { ($0.order, $0.tie) = (order, tie) } }
    package func linked(_ link: @escaping @Sendable (borrowing Noun) -> String?) -> Field { with { $0.link = link } }
    package func toned(_ tone: @escaping @Sendable (borrowing Noun) -> Tone?) -> Field { with { $0.tone = tone } }
    package func filtered(by filter: SQL, _ comparison: FieldComparison = .equal) -> Field {
        with { ($0.filter, $0.comparison) = (filter, comparison) }
    }

    private func with(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }

    package var isRequired: Bool { kind.isRequired }

    /// What is wrong with its texts, a line each; for a test over all fields.
    package var problems: [String] {
        ([label, hint, meaning].compactMap(\.self) + kind.choices.map(\.label)).flatMap(\.problems)
            .map { "\(name): \($0)" }
    }
}
