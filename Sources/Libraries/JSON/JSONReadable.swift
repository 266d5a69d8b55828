/// A type readable from one JSON value, strictly: no text is taken for a number and no 1 for true.
package protocol JSONReadable {
    /// Throws `.refused` with problems at `pointer` or below.
    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError)
}

extension JSONReadable {
    package init(json: JSONValue) throws(JSONError) { try self.init(json: json, at: .root) }
}

extension JSONError {
    package static func expected(_ what: String, at pointer: JSONPointer) -> JSONError {
        .refused([JSONProblem(at: pointer, .expected(what))])
    }
}

extension JSONValue: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) { self = json }
}

extension String: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard case .string(let text) = json else { throw .expected("text", at: pointer) }
        self = text
    }
}

extension Bool: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard case .bool(let value) = json else { throw .expected("true or false", at: pointer) }
        self = value
    }
}

extension Int64: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard case .integer(let value) = json else { throw .expected("a whole number", at: pointer) }
        self = value
    }
}

extension Int: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        self = Int(try Int64(json: json, at: pointer))
    }
}

extension Int32: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard let value = Int32(exactly: try Int64(json: json, at: pointer)) else {
            throw .expected("a whole number of 32 bits", at: pointer)
        }
        self = value
    }
}

extension Double: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        switch json {
        case .integer(let value): self = Double(value)
        case .decimal(let text):
            guard let value = Double(text), value.isFinite else { throw .expected("a number in range", at: pointer) }
            self = value
        default: throw .expected("a number", at: pointer)
        }
    }
}

extension Array: JSONReadable where Element: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard case .array(let elements) = json else { throw .expected("a list", at: pointer) }
        self = []
        reserveCapacity(elements.count)
        var problems: [JSONProblem] = []
        for (index, element) in elements.enumerated() where problems.count < JSONProblem.most {
            do {
                append(try Element(json: element, at: pointer.appending(index)))
            } catch .refused(let found) {
                problems += found
            } catch {
                throw error
            }
        }
        guard problems.isEmpty else { throw .refused(problems) }
    }
}

/// Enumerations of text accept their raw values: `extension Plan.Kind: JSONReadable {}` suffices.
extension JSONReadable where Self: RawRepresentable & CaseIterable, RawValue == String {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard case .string(let text) = json, let value = Self(rawValue: text) else {
            throw .expected("one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))", at: pointer)
        }
        self = value
    }
}
