/// Parses fields like `Accept` and `Accept-Encoding`: `name;q=0.5, …`.
enum Accept {
    /// A member's quality in thousandths; nil when the client does not name it.
    static func weight(of name: StaticString, in value: UnsafeRawBufferPointer) -> Int? {
        var found: Int?
        value.forEachListMember { member in
            let end = member.firstIndex(of: UInt8(ascii: ";"), from: 0) ?? member.count
            guard UnsafeRawBufferPointer(rebasing: member[..<end]).trimmed().isText(name) else { return }
            found = weight(UnsafeRawBufferPointer(rebasing: member[end...]))
        }
        return found
    }

    /// Browsers name text/html; programs name JSON or accept anything.
    static func prefersPage(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let page = weight(of: "text/html", in: value), page > 0 else { return false }
        let json = weight(of: "application/json", in: value) ?? 0
        return page >= max(json, weight(of: "application/problem+json", in: value) ?? 0)
    }

    /// Finds `;q=0.25` among other parameters. A malformed quality counts as 0.
    private static func weight(_ parameters: UnsafeRawBufferPointer) -> Int {
        var start = 0
        while start < parameters.count {
            let end = parameters.firstIndex(of: UInt8(ascii: ";"), from: start + 1) ?? parameters.count
            let parameter = UnsafeRawBufferPointer(rebasing: parameters[start + 1..<end]).trimmed()
            if parameter.count >= 2, parameter[0].lowercased == UInt8(ascii: "q"), parameter[1] == UInt8(ascii: "=") {
                return thousandths(UnsafeRawBufferPointer(rebasing: parameter[2...]))
            }
            start = end
        }
        return 1000
    }

    private static func thousandths(_ digits: UnsafeRawBufferPointer) -> Int {
        guard (1...5).contains(digits.count), digits[0] == 48 || digits[0] == 49 else { return 0 }
        guard digits.count > 1 else { return Int(digits[0] - 48) * 1000 }
        guard digits[1] == UInt8(ascii: "."), digits[2...].allSatisfy(\.isDigit) else { return 0 }
        let fraction = digits[2...].reduce(0) { $0 * 10 + Int($1 - 48) }
        let scaled = fraction * [1000, 100, 10, 1][digits.count - 2]
        return min(1000, Int(digits[0] - 48) * 1000 + scaled)
    }
}
