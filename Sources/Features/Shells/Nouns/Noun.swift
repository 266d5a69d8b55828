import Crypto
import Declarations
import Events
import JSON
import Locale

// What a noun's fields provide beside its form and its list.

extension JSONWriter {
    /// Writes the noun's fields as JSON members.
    package mutating func fields<Noun: Fielded>(of noun: borrowing Noun) {
        for field in Noun.fields where field.places.contains(.api) && !field.kind.isSecret {
            name(field.name)
            field.get(noun).write(to: &self)
        }
    }
}

extension Fielded {
    /// The schema of the noun's fields in responses.
    package static var schemaFields: [Schema.Field] {
        fields.filter { $0.places.contains(.api) && !$0.kind.isSecret }.map { field in
            Schema.Field(field.name, field.kind.schema, isRequired: true, field.meaning ?? field.label)
        }
    }

    /// The schema of input: all fields of a new noun, or those to change.
    fileprivate static func inputFields(isNew: Bool) -> [Schema.Field] {
        fields.filter { $0.places.contains(.api) && $0.set != nil }.map { field in
            Schema.Field(
                field.name, field.kind.schema, isRequired: isNew && field.isRequired, field.meaning ?? field.label)
        }
    }

    /// Details for the record. `naming` gives the names of referenced nouns.
    package func details(naming names: KeyValuePairs<String, String> = [:]) -> [Act.Detail] {
        Self.fields.filter { $0.places.contains(.record) && $0.set != nil }.map { field in
            Act.Detail(field.name, names.first { $0.key == field.name }?.value ?? field.get(self).text)
        }
    }
}

extension Fielded {
    /// Labels and formats of the record's details.
    package static var detailKinds: [DetailKind] {
        fields.filter { $0.places.contains(.record) }.map { field in
            DetailKind(field.name, field.label) { value, _, reader in field.kind.text(ofRecorded: value, for: reader) }
        }
    }
}

/// What a program says of a noun that is new. What is left out stays as a new one begins.
package struct NewNoun<Noun: Fielded>: Input {
    package static var schema: Schema { .object("New\(Noun.noun)", Noun.inputFields(isNew: true)) }

    private let members: Members

    package init(_ members: Members) { self.members = members }

    package func noun(from blank: Noun, in notation: Notation? = nil) throws -> Noun {
        try members.applied(to: blank, in: notation)
    }
}

/// The input for a change; omitted fields stay as they are.
package struct NounChanges<Noun: Fielded>: Input {
    package static var schema: Schema { .object("\(Noun.noun)Changes", Noun.inputFields(isNew: false)) }

    private let members: Members

    package init(_ members: Members) { self.members = members }

    package func applied(to noun: Noun, in notation: Notation? = nil) throws -> Noun {
        try members.applied(to: noun, in: notation)
    }
}

extension Members {
    /// Reports every error, each with its position.
    fileprivate func applied<Noun: Fielded>(to noun: Noun, in notation: Notation?) throws -> Noun {
        var noun = noun
        var violations: [Violation] = []
        for field in Noun.fields where field.places.contains(.api) {
            guard let set = field.set, let value = self[field.name] else { continue }
            do {
                set(try field.kind.read(value, in: notation), &noun)
            } catch {
                violations.append(Violation(pointer: JSONPointer.root.appending(field.name), fault: error))
            }
        }
        guard violations.isEmpty else { throw InvalidInput(.body, violations) }
        return noun
    }
}

/// The version of everything that programs read of a noun (RFC 9110 §8.8.3). Forms carry it too, so that a concurrent
/// change is not silently overwritten.
package struct EntityTag: Sendable, Equatable {
    package let text: String

    package init(of bytes: [UInt8]) { text = "\"\(Base64.url.encode(SHA256.digest(of: bytes)[..<16]))\"" }

    package init(of noun: some JSONWritable) {
        var json = JSONWriter(reserving: 512)
        json.value(noun)
        self.init(of: json.bytes)
    }

    /// Without quotes, as a form field.
    package var revision: String { String(text.dropFirst().dropLast()) }
}
