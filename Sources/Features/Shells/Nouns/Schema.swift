import Declarations
import JSON
import Locale
import Time

/// The subset of JSON Schema 2020-12 that our requests and responses need. Requests are validated against it, tests
/// validate every response, and the API's description is generated from it.
package struct Schema: Sendable {
    package indirect enum Kind: Sendable {
        case text(TextRule)
        case integer(ClosedRange<Int>)
        case flag
        case list(Schema)
        case object([Field])
        /// An object whose schema is somebody else's.
        case anyObject
    }

    package let kind: Kind
    /// Its name among the description's components.
    package let name: String?
    package let isNullable: Bool

    private init(_ kind: Kind, name: String? = nil, isNullable: Bool = false) {
        self.kind = kind
        self.name = name
        self.isNullable = isNullable
    }

    /// One line: no control characters, no surrounding blanks.
    package static func line(_ length: ClosedRange<Int>) -> Schema { Schema(.text(.line(length))) }
    /// Several lines: no control characters but tabs and line ends.
    package static func lines(_ length: ClosedRange<Int>) -> Schema { Schema(.text(.lines(length))) }
    /// Exactly that many letters, digits, hyphens and underscores.
    package static func token(of length: Int) -> Schema { Schema(.text(.token(length))) }
    package static func words(_ words: [String]) -> Schema { Schema(.text(.words(words))) }
    /// Words declared by rooms, which the API's routes fill in.
    package static func words(of declared: @escaping @Sendable (Catalogue) -> [String]) -> Schema {
        Schema(.text(.declared(declared)))
    }
    package static func integer(_ range: ClosedRange<Int>) -> Schema { Schema(.integer(range)) }
    package static func list(of element: Schema) -> Schema { Schema(.list(element)) }
    package static func object(_ name: String, _ fields: [Field]) -> Schema { Schema(.object(fields), name: name) }

    package static let flag = Schema(.flag)
    package static let text = Schema(.text(.any))
    package static let id = Schema(.text(.format(.uuid)))
    package static let day = Schema(.text(.format(.date)))
    package static let anyObject = Schema(.anyObject)

    /// Fills in the words that the rooms declare.
    package func complete(with catalogue: Catalogue) -> Schema {
        switch kind {
        case .text(.declared(let words)): Schema(.text(.words(words(catalogue))), name: name, isNullable: isNullable)
        case .list(let element):
            Schema(.list(element.complete(with: catalogue)), name: name, isNullable: isNullable)
        case .object(let fields):
            Schema(
                .object(
                    fields.map { field in
                        Field(
                            field.name, field.schema.complete(with: catalogue), isRequired: field.isRequired,
                            field.meaning)
                    }), name: name, isNullable: isNullable)
        case .text, .integer, .flag, .anyObject: self
        }
    }

    package var orNull: Schema { Schema(kind, name: name, isNullable: true) }

    /// An object's property, or a query's parameter.
    package struct Field: Sendable {
        package let name: String
        package let schema: Schema
        package let isRequired: Bool
        package let meaning: Message

        package init(_ name: String, _ schema: Schema, isRequired: Bool, _ meaning: Message) {
            (self.name, self.schema, self.isRequired, self.meaning) = (name, schema, isRequired, meaning)
        }

        package static func required(_ name: String, _ schema: Schema, _ meaning: some MessageCatalogue) -> Field {
            Field(name, schema, isRequired: true, meaning.message)
        }

        package static func optional(_ name: String, _ schema: Schema, _ meaning: some MessageCatalogue) -> Field {
            Field(name, schema, isRequired: false, meaning.message)
        }
    }

    /// An object's fields; empty for other types.
    package var fields: [Field] {
        if case .object(let fields) = kind { fields } else { [] }
    }
}

package enum TextRule: Sendable {
    case any
    case line(ClosedRange<Int>)
    case lines(ClosedRange<Int>)
    case token(Int)
    case words([String])
    case declared(@Sendable (Catalogue) -> [String])
    case format(Format)

    /// Named as in JSON Schema.
    package enum Format: String, Sendable {
        case uuid, date
    }

    /// A line as a regular expression of every dialect.
    package static func linePattern(canBeEmpty: Bool) -> String {
        #"^[^\u0000-\u0020\u007f]([^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f])?$"# + (canBeEmpty ? "|^$" : "")
    }

    package static let linesPattern = #"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"#
}

extension Schema: JSONWritable {
    package func write(to json: inout JSONWriter) { write(to: &json, for: nil) }

    /// Adds the fields' descriptions in the reader's language.
    package func described(for reader: Reader) -> some JSONWritable { DescribedSchema(schema: self, reader: reader) }

    fileprivate func write(to json: inout JSONWriter, for reader: Reader?) {
        json.object { json in writeMembers(to: &json, for: reader) }
    }

    private func writeMembers(to json: inout JSONWriter, for reader: Reader?) {
        switch kind {
        case .text(let rule):
            writeType("string", to: &json)
            rule.write(to: &json)
        case .integer(let range):
            writeType("integer", to: &json)
            json.member("format", "int64" as StaticString)
            if range.lowerBound > .min { json.member("minimum", range.lowerBound) }
            if range.upperBound < .max { json.member("maximum", range.upperBound) }
        case .flag: writeType("boolean", to: &json)
        case .list(let element):
            writeType("array", to: &json)
            json.name("items")
            element.writeReference(to: &json)
        case .object(let fields):
            writeType("object", to: &json)
            json.member("additionalProperties", false)
            json.member("required", fields.filter(\.isRequired).map(\.name))
            json.object("properties") { json in
                for field in fields {
                    json.name(field.name)
                    field.write(to: &json, for: reader)
                }
            }
        case .anyObject: writeType("object", to: &json)
        }
    }

    private func writeType(_ type: StaticString, to json: inout JSONWriter) {
        if isNullable { json.member("type", [type, "null"]) } else { json.member("type", type) }
    }

    /// A named schema is written once, among the description's components.
    package func writeReference(to json: inout JSONWriter) {
        json.object { json in writeReferenceMembers(to: &json) }
    }

    fileprivate func writeReferenceMembers(to json: inout JSONWriter) {
        if let name { json.member("$ref", "#/components/schemas/\(name)") } else { writeMembers(to: &json, for: nil) }
    }
}

extension Schema.Field {
    /// OpenAPI 3.1 allows a description beside a reference.
    fileprivate func write(to json: inout JSONWriter, for reader: Reader?) {
        json.object { json in
            if let reader { json.member("description", meaning.text(for: reader)) }
            schema.writeReferenceMembers(to: &json)
        }
    }
}

private struct DescribedSchema: JSONWritable {
    let schema: Schema
    let reader: Reader

    func write(to json: inout JSONWriter) { schema.write(to: &json, for: reader) }
}

extension TextRule {
    fileprivate func write(to json: inout JSONWriter) {
        switch self {
        case .any: break
        case .line(let length):
            json.member("minLength", length.lowerBound)
            json.member("maxLength", length.upperBound)
            json.member("pattern", Self.linePattern(canBeEmpty: length.lowerBound == 0))
        case .lines(let length):
            json.member("minLength", length.lowerBound)
            json.member("maxLength", length.upperBound)
            json.member("pattern", Self.linesPattern)
        case .token(let length): json.member("pattern", "^[A-Za-z0-9_-]{\(length)}$")
        case .words(let words): json.member("enum", words)
        case .declared: break
        case .format(let format): json.member("format", format.rawValue)
        }
    }
}
