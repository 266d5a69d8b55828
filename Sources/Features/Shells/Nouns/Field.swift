import Identifiers
import Locale
import Postgres
import Time

/// A noun's property, declared once: form, page, API, record, list, export and import derive from it.
///
///     static let fields: [Field<Zone>] = [
///         .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome")).sorted(by: "name")
///     ]
package struct Field<Noun: Sendable>: Sendable {
    /// Its name in forms, URLs, JSON and the record.
    package let name: String
    package let kind: FieldKind
    package let label: Message
    package private(set) var hint: Message?
    /// Its description in the API, if the label does not suffice.
    package private(set) var meaning: Message?
    package private(set) var places: FieldPlaces = .everywhere
    /// Whether its label precedes the value on a phone.
    package private(set) var isNamed = false
    /// The first to be hidden where a list lacks room.
    package private(set) var isMinor = false
    /// The SQL expression for sorting and filtering. Must not be NULL where a list is sorted by it.
    package private(set) var order: SQL?
    package private(set) var filter: SQL?
    package private(set) var comparison = FieldComparison.equal
    /// The tie-breaking id column for sorting by this field; the list's key by default.
    package private(set) var tie: SQL?
    /// The tone of a value in a list.
    package private(set) var tone: (@Sendable (borrowing Noun) -> Tone?)?
    /// The page that explains a value in a list.
    package private(set) var link: (@Sendable (borrowing Noun) -> String?)?
    package let get: @Sendable (borrowing Noun) -> FieldValue
    /// Nil for computed fields, such as a count or a sum.
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

/// How a filter's value compares with the column.
package enum FieldComparison: Sendable { case equal, atLeast, atMost }

/// Where a field is shown.
package struct FieldPlaces: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let form = FieldPlaces(rawValue: 1)
    package static let api = FieldPlaces(rawValue: 2)
    /// A default column of lists.
    package static let list = FieldPlaces(rawValue: 4)
    /// In the record's details, in files, and among the columns to choose from.
    package static let record = FieldPlaces(rawValue: 8)
    package static let everywhere: FieldPlaces = [.form, .api, .list, .record]
}

package protocol Fielded: Sendable {
    /// The noun's name in the API's description.
    static var noun: String { get }
    static var fields: [Field<Self>] { get }
}

// Constructors, by kind of value.
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

    /// An empty input keeps the new noun's default day.
    package static func day(_ name: String, _ path: Path<Day>, _ label: Message) -> Field {
        Field(name, .day, label, get: { .day($0[keyPath: path]) }) { value, noun in
            if case .day(let day) = value { noun[keyPath: path] = day }
        }
    }

    /// An optional day.
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

    /// A derived word, not entered.
    package static func derived<Choice: FieldChoice>(
        _ name: String, _ path: Reading<Choice>, _ label: Message
    ) -> Field {
        Field(name, .choice(of: Choice.self), label, get: { .text($0[keyPath: path].rawValue) })
    }

    /// A reference to another noun. The page provides the options and their names.
    package static func reference<Other>(_ name: String, _ path: Path<ID<Other>?>, _ label: Message) -> Field {
        Field(name, .reference, label, get: { $0[keyPath: path].map { .id($0.uuid) } ?? .none }) { value, noun in
            if case .id(let id) = value { noun[keyPath: path] = ID(id) } else { noun[keyPath: path] = nil }
        }
    }

    /// A count, not entered.
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

    /// A port of the network.
    package static func port(_ name: String, _ path: Path<Int>, _ label: Message) -> Field {
        count(name, path, FieldKind.ports, label)
    }

    package static func flag(_ name: String, _ path: Path<Bool>, _ label: Message) -> Field {
        Field(name, .flag, label, get: { .flag($0[keyPath: path]) }) { value, noun in
            if case .flag(let flag) = value { noun[keyPath: path] = flag }
        }
    }

    /// In the noun's own currency.
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

    /// An empty input keeps the current secret.
    package static func secret(_ name: String, _ path: Path<String?>, upTo most: Int, _ label: Message) -> Field {
        Field(name, .secret(most), label, get: { _ in .none }) { value, noun in
            if case .text(let text) = value { noun[keyPath: path] = text }
        }.only(in: [.form, .api])
    }

    /// The unique key that breaks ties in a list's order.
    static func key(_ path: Reading<UUID>, sorted order: SQL) -> Field {
        Field("id", .reference, Message(es: "", en: "", pt: ""), get: { .id($0[keyPath: path]) }).sorted(by: order)
    }

    /// The field for a row type that contains the noun, for lists that show more than the noun.
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

// Modifiers.
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

    /// Faults of its texts, one a line; for a test over all fields.
    package var problems: [String] {
        ([label, hint, meaning].compactMap(\.self) + kind.choices.map(\.label)).flatMap(\.problems)
            .map { "\(name): \($0)" }
    }
}
