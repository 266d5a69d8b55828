/// A requested byte range (RFC 9110 §14). Multiple ranges get the whole file, which is a valid answer.
enum RangeRequest: Equatable {
    case whole
    case part(Range<Int>)
    case unsatisfiable

    init(_ header: String?, size: Int) {
        self = header.flatMap { Self.parse(Array($0.utf8)[...], size) } ?? .whole
    }

    /// Nil when the text is no single byte range.
    private static func parse(_ text: ArraySlice<UInt8>, _ size: Int) -> RangeRequest? {
        let unit = Array("bytes=".utf8)
        guard text.starts(with: unit), let dash = text.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let first = text[unit.count..<dash]
        let last = text[(dash + 1)...]
        if first.isEmpty {
            guard let count = number(last) else { return nil }
            return count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        }
        guard let start = number(first) else { return nil }
        guard let end = last.isEmpty ? Int.max - 1 : number(last), end >= start else { return nil }
        return start < size ? .part(start..<min(end + 1, size)) : .unsatisfiable
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...15).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
