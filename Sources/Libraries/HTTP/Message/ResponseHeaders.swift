/// A response's header fields. Names are literals of the program; values may hold users' text, so they are checked for
/// line breaks when the head is written.
package struct ResponseHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var all: [(name: StaticString, value: String)] = []

    package init(dictionaryLiteral elements: (StaticString, String)...) { all = elements.map { ($0, $1) } }

    /// The first field of that name; assignment replaces all of them.
    package subscript(name: StaticString) -> String? {
        get { all.first { Self.isSame($0.name, name) }?.value }
        set {
            if self[name] != nil { all.removeAll { Self.isSame($0.name, name) } }
            if let newValue { add(name, newValue) }
        }
    }

    /// For repeatable fields, such as Set-Cookie.
    package mutating func add(_ name: StaticString, _ value: String) {
        if all.isEmpty { all.reserveCapacity(8) }
        all.append((name, value))
    }

    private static func isSame(_ left: StaticString, _ right: StaticString) -> Bool {
        left.utf8CodeUnitCount == right.utf8CodeUnitCount
            && (0..<left.utf8CodeUnitCount).allSatisfy {
                left.utf8Start[$0].lowercased == right.utf8Start[$0].lowercased
            }
    }
}
