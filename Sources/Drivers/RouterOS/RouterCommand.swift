/// A command of the router's API. Commands on one session run concurrently, so await one before sending another that
/// depends on it.
package struct RouterCommand: Sendable, Equatable {
    package struct Attribute: Sendable, Equatable {
        let name: String
        let value: String
    }

    package let path: String
    package let attributes: [Attribute]
    package let query: RouterQuery?
    /// The properties to return for each row; empty for all.
    package let properties: [String]
    /// Nil for the session's own.
    package let deadline: Duration?

    package init(
        _ path: String, _ attributes: KeyValuePairs<String, String> = [:], where query: RouterQuery? = nil,
        only properties: [String] = [], deadline: Duration? = nil
    ) {
        self.init(path, attributes.map { ($0.key, $0.value) }, where: query, only: properties, deadline: deadline)
    }

    package init(
        _ path: String, _ attributes: [(String, String)], where query: RouterQuery? = nil,
        only properties: [String] = [],
        deadline: Duration? = nil
    ) {
        self.path = path
        self.attributes = attributes.map(Attribute.init)
        self.query = query
        self.properties = properties
        self.deadline = deadline
    }

    /// The encoded sentence with its tag. Refuses text that the router would misread.
    func encoded(tag: UInt64?) throws(RouterError) -> [UInt8] {
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "=") })
        else {
            throw .badCommand("\(path) is no path")
        }
        let names = attributes.map(\.name) + properties + (query?.names ?? [])
        guard names.allSatisfy(Self.isName), query?.isEmpty != true else {
            throw .badCommand("\(path) has a property without a proper name, or an empty condition")
        }
        var bytes: [UInt8] = []
        Self.append(path, to: &bytes)
        for attribute in attributes { Self.append("=\(attribute.name)=\(attribute.value)", to: &bytes) }
        if !properties.isEmpty { Self.append("=.proplist=\(properties.joined(separator: ","))", to: &bytes) }
        if let query {
            var words: [String] = []
            query.append(to: &words)
            for word in words { Self.append(word, to: &bytes) }
        }
        if let tag { Self.append(".tag=\(tag)", to: &bytes) }
        bytes.append(0)
        guard bytes.count <= 16 << 20 else { throw .badCommand("\(path) has \(bytes.count) bytes") }
        return bytes
    }

    private static func append(_ word: String, to bytes: inout [UInt8]) {
        WordLength.append(word.utf8.count, to: &bytes)
        bytes.append(contentsOf: word.utf8)
    }

    /// Letters, digits, hyphens, dots and underscores, not starting like an operator.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "#") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
