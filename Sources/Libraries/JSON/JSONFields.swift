/// Reads an object's fields by name and type and collects every error, so that a client learns of ten mistakes at once.
///
///     init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
///         var fields = try JSONFields(json, at: pointer)
///         let slug = fields.required("slug", as: String.self)
///         let seats = fields.optional("seats", as: Int.self)
///         self.slug = try fields.finish(slug)
///         self.seats = seats
///     }
package struct JSONFields {
    private let object: JSONObject
    private let pointer: JSONPointer
    private var asked: [String] = []
    private var problems: [JSONProblem] = []

    package init(_ value: JSONValue, at pointer: JSONPointer = .root) throws(JSONError) {
        guard case .object(let object) = value else {
            throw .refused([JSONProblem(at: pointer, .expected("an object"))])
        }
        self.object = object
        self.pointer = pointer
    }

    /// Nil when it is missing or wrong; `finish` then throws.
    package mutating func required<Value: JSONReadable>(_ name: String, as type: Value.Type) -> Value? {
        asked.append(name)
        guard let value = object[name] else {
            refuse(name, .missing)
            return nil
        }
        return read(value, of: name)
    }

    /// Nil when missing, null or wrong; only a wrong value makes `finish` throw.
    package mutating func optional<Value: JSONReadable>(_ name: String, as type: Value.Type) -> Value? {
        asked.append(name)
        guard let value = object[name], value != .null else { return nil }
        return read(value, of: name)
    }

    /// For rules beyond a field's type.
    package mutating func refuse(_ name: String, _ reason: JSONProblem.Reason) {
        problems.append(JSONProblem(at: pointer.appending(name), reason))
    }

    /// Throws all errors found, unknown fields included; returns the required values unwrapped.
    package consuming func finish<each Value>(_ values: repeat (each Value)?) throws(JSONError) -> (repeat each Value) {
        for member in object.members where !asked.contains(member.name) {
            refuse(member.name, .unknown)
            if problems.count >= JSONProblem.most { break }
        }
        guard problems.isEmpty else { throw .refused(Array(problems.prefix(JSONProblem.most))) }
        return (repeat try present(each values))
    }

    private mutating func read<Value: JSONReadable>(_ value: JSONValue, of name: String) -> Value? {
        do {
            return try Value(json: value, at: pointer.appending(name))
        } catch .refused(let found) {
            problems += found
        } catch {
            refuse(name, .expected("a readable value"))
        }
        return nil
    }

    private func present<Value>(_ value: Value?) throws(JSONError) -> Value {
        guard let value else { throw .refused([JSONProblem(at: pointer, .expected("its required fields"))]) }
        return value
    }
}

extension JSONProblem {
    /// A list of problems is for people; a million wrong elements must not become a million pointers.
    static let most = 50
}
