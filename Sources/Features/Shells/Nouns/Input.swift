import Access
import HTTP
import Identifiers
import JSON
import Locale
import Time

/// A route's input, a body or a query: declared once, and read only after validation.
package protocol Input: Sendable {
    static var schema: Schema { get }
    init(_ members: Members)
}

/// For a route without input.
package struct NoInput: Input {
    package static let schema = Schema.object("Nothing", [])
    package init(_ members: Members) {}
}

/// Validated input. A mistyped read returns nil.
package struct Members: Sendable {
    private let members: [(name: String, value: JSONValue)]

    package subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    package func text(_ name: String) -> String? {
        if case .string(let text) = self[name] { text } else { nil }
    }

    package func integer(_ name: String) -> Int? {
        if case .integer(let number) = self[name] { Int(number) } else { nil }
    }

    package func texts(_ name: String) -> [String]? {
        guard case .array(let elements) = self[name] else { return nil }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    package func id<Noun>(_ name: String) -> ID<Noun>? { text(name).flatMap { ID($0) } }

    package func day(_ name: String) -> Day? { text(name).flatMap { Day(iso: $0) } }

    package func word<Word: RawRepresentable<String>>(_ name: String, as type: Word.Type = Word.self) -> Word? {
        text(name).flatMap(Word.init)
    }
}

extension Members {
    /// Parses a body: 400 when it is no JSON, 422 when it violates the schema.
    package init(body bytes: [UInt8], as schema: Schema) throws {
        let value: JSONValue
        do {
            value = try JSONValue.parse(bytes)
        } catch .malformed(let line, let column, _) {
            throw MalformedJSON(line: line, column: column)
        } catch {
            throw BadRequest()
        }
        let violations = schema.violations(of: value)
        guard violations.isEmpty, case .object(let object) = value else {
            throw InvalidInput(.body, violations)
        }
        members = object.members.map { ($0.name, $0.value) }
    }

    /// Parses a query: 400 unless every field is known, unrepeated and valid.
    package init(query: HTTP.Fields, as schema: Schema) throws(InvalidInput) {
        var members: [(name: String, value: JSONValue)] = []
        var violations: [Violation] = []
        for given in query.all where violations.count < Violation.most {
            let pointer = JSONPointer.root.appending(given.name)
            guard let field = schema.fields.first(where: { $0.name == given.name }) else {
                violations.append(Violation(pointer: pointer, fault: .unknown))
                continue
            }
            if members.contains(where: { $0.name == given.name }) {
                violations.append(Violation(pointer: pointer, fault: .repeated))
            }
            let value = field.schema.value(ofText: given.value)
            violations += field.schema.violations(of: value, at: pointer)
            members.append((given.name, value))
        }
        for field in schema.fields where field.isRequired && !members.contains(where: { $0.name == field.name }) {
            violations.append(Violation(pointer: JSONPointer.root.appending(field.name), fault: .missing))
        }
        guard violations.isEmpty else { throw InvalidInput(.query, violations) }
        self.members = members
    }
}

extension Schema {
    /// Query values are text; a number must be in canonical form.
    fileprivate func value(ofText text: String) -> JSONValue {
        if case .integer = kind, let number = Int64(text), String(number) == text { return .integer(number) }
        return .string(text)
    }
}

/// A refusal with members of its own beside its sentence.
package protocol ExplainedRefusal: Refusal {
    func writeMembers(to json: inout JSONWriter, for reader: Reader)
}

/// Reports every violation, each with its position.
package struct InvalidInput: ExplainedRefusal {
    package enum Part: Sendable { case body, query }

    let part: Part
    package let violations: [Violation]

    package init(_ part: Part, _ violations: [Violation]) {
        self.part = part
        self.violations = violations
    }

    package var status: Status { part == .body ? .unprocessableContent : .badRequest }
    package var code: String { part == .body ? "invalid_body" : "invalid_query" }
    package var message: Message {
        (part == .body ? ViolationWords.invalidBody : ViolationWords.invalidQuery).message
    }

    package func writeMembers(to json: inout JSONWriter, for reader: Reader) {
        json.array("errors") { json in
            for violation in violations {
                json.object { json in
                    json.member("pointer", violation.pointer.text)
                    json.member("code", violation.fault.code)
                    json.member("detail", violation.fault.text(for: reader))
                }
            }
        }
    }
}

/// JSON that ends or goes wrong at this position.
package struct MalformedJSON: ExplainedRefusal {
    let line: Int
    let column: Int

    package var status: Status { .badRequest }
    package var code: String { "malformed_json" }
    package var message: Message { ViolationWords.malformedJSON.message }

    package func writeMembers(to json: inout JSONWriter, for reader: Reader) {
        json.member("line", line)
        json.member("column", column)
    }
}
