import Identifiers

extension Log {
    /// A field whose name is a literal of our source.
    package struct Field: Sendable {
        let name: StaticString
        let value: Value

        package init(_ name: StaticString, _ value: some LogValue) {
            self.name = name
            self.value = value.logValue
        }

        // Overloads for the commonest types: generics across modules are slow at run time.
        package init(_ name: StaticString, _ text: String) { (self.name, value) = (name, .text(text)) }
        package init(_ name: StaticString, _ number: Int) { (self.name, value) = (name, .number(Int64(number))) }
        package init(_ name: StaticString, _ id: UUID) { (self.name, value) = (name, .id(id)) }
        package init(_ name: StaticString, _ span: Duration) { (self.name, value) = (name, .duration(span)) }

        /// The error's own description.
        package static func error(_ error: any Error) -> Field { Field("error", String(describing: error)) }

        func hasName(of other: Field) -> Bool {
            name.utf8CodeUnitCount == other.name.utf8CodeUnitCount
                && name.withUTF8Buffer { ours in other.name.withUTF8Buffer { ours.elementsEqual($0) } }
        }
    }

    package enum Value: Sendable {
        case text(String)
        case number(Int64)
        case bool(Bool)
        case duration(Duration)
        case id(UUID)
    }
}

/// A type allowed in logs. Few are, so that a secret cannot slip in by being printable.
package protocol LogValue {
    var logValue: Log.Value { get }
}

extension String: LogValue {
    package var logValue: Log.Value { .text(self) }
}

extension Int: LogValue {
    package var logValue: Log.Value { .number(Int64(self)) }
}

extension Int32: LogValue {
    package var logValue: Log.Value { .number(Int64(self)) }
}

extension Int64: LogValue {
    package var logValue: Log.Value { .number(self) }
}

extension Bool: LogValue {
    package var logValue: Log.Value { .bool(self) }
}

extension Duration: LogValue {
    package var logValue: Log.Value { .duration(self) }
}
