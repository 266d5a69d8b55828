import JSON

/// What was read and written again is read as the same.
enum JSONReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        for dialect in [JSONDialect.strict, .json5] {
            guard let value = read(bytes, dialect) else { continue }
            var json = JSONWriter()
            json.value(value)
            let again = json.bytes.withUnsafeBytes { read($0, .strict) }
            precondition(again == value, "Written again it is something else")
        }
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, _ dialect: JSONDialect) -> JSONValue? {
        do throws(JSONError) { return try JSONValue.parse(bytes, as: dialect) } catch { return nil }
    }
}
