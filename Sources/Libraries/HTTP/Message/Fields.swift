/// Names and values of a query or a form, in their order.
package struct Fields: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package private(set) var all: [Field] = []

    static let limit = 1000

    package init() {}

    /// Omits names without a value.
    package init(_ pairs: KeyValuePairs<String, String?>) {
        all = pairs.compactMap { name, value in value.map { Field(name: name, value: $0) } }
    }

    package init(_ pairs: [(name: String, value: String)]) {
        all = pairs.map { Field(name: $0.name, value: $0.value) }
    }

    /// `name=value&…` (application/x-www-form-urlencoded), escapes resolved.
    package init(urlEncoded bytes: UnsafeRawBufferPointer) throws(RequestError) {
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(of: UInt8(ascii: "&"), from: start) ?? bytes.count
            if end > start { try appendPair(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) }
            start = end + 1
        }
    }

    /// The inverse of `init(urlEncoded:)`: a query string or a form body.
    package var urlEncoded: String {
        all.map { "\(PercentCoding.escape($0.name))=\(PercentCoding.escape($0.value))" }.joined(separator: "&")
    }

    /// Appends the fields to a path as its query.
    package func query(of path: String) -> String { all.isEmpty ? path : "\(path)?\(urlEncoded)" }

    private mutating func appendPair(_ pair: UnsafeRawBufferPointer) throws(RequestError) {
        let equals = pair.firstIndex(of: UInt8(ascii: "="), from: 0) ?? pair.count
        let name = UnsafeRawBufferPointer(rebasing: pair[..<equals])
        let value = UnsafeRawBufferPointer(rebasing: pair[min(equals + 1, pair.count)...])
        guard let name = PercentCoding.text(of: name, plusIsSpace: true),
            let value = PercentCoding.text(of: value, plusIsSpace: true)
        else { throw .malformed("A field has a broken escape or is not UTF-8.") }
        try append(name: name, value: value)
    }

    mutating func append(name: String, value: String) throws(RequestError) {
        guard all.count < Self.limit else { throw .malformed("There are more than \(Self.limit) fields.") }
        all.append(Field(name: name, value: value))
    }
}

extension Fields {
    /// The value of the only field of that name; nil when it is repeated.
    package subscript(name: String) -> String? {
        var found: String?
        for field in all where field.name == name {
            if found != nil { return nil }
            found = field.value
        }
        return found
    }

    package func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    /// The value as a number, an identifier, a day…; nil where the field is left out.
    package func value<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(RequestError) -> Value? {
        let texts = values(name)
        guard let text = texts.first else { return nil }
        guard texts.count == 1 else { throw .malformed("The field \(Self.shown(name)) is given twice.") }
        guard let value = Value(text) else { throw .malformed("The field \(Self.shown(name)) cannot be read.") }
        return value
    }

    /// Refuses unknown and repeated fields: both are mistakes or attacks.
    package func allow(_ names: Set<String>, repeated: Set<String> = []) throws(RequestError) {
        var seen: Set<String> = []
        for field in all {
            guard names.contains(field.name) || repeated.contains(field.name) else {
                throw .malformed("There is a field that is not known here.")
            }
            guard seen.insert(field.name).inserted || repeated.contains(field.name) else {
                throw .malformed("The field \(Self.shown(field.name)) is given twice.")
            }
        }
    }

    /// The first name that is repeated.
    package var duplicate: String? {
        var seen: Set<String> = []
        return all.first { !seen.insert($0.name).inserted }?.name
    }

    /// Only names that the program asked for are quoted, so they need no escaping.
    private static func shown(_ name: String) -> String { "“\(name)”" }
}
