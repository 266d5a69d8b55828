/// A `print`'s conditions: words that a small stack machine evaluates for every row.
struct LabQuery {
    private enum Step {
        case has(String)
        case lacks(String)
        case equal(String, String)
        case less(String, String)
        case greater(String, String)
        case operations([UInt8])
    }

    private let steps: [Step]

    init(_ words: [String]) throws(LabTrap) {
        var steps: [Step] = []
        for word in words { steps.append(try Self.step(word.dropFirst())) }
        self.steps = steps
    }

    var isEmpty: Bool { steps.isEmpty }

    /// The equality conditions that any match must meet, for index look-ups; empty where operators are used.
    var equalities: [(name: String, value: String)] {
        var found: [(String, String)] = []
        for step in steps {
            switch step {
            case .equal(let name, let value): found.append((name, value))
            case .operations: return []
            default: break
            }
        }
        return found
    }

    private static func step(_ text: Substring) throws(LabTrap) -> Step {
        func pair(_ text: Substring) throws(LabTrap) -> (String, String) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw LabTrap("invalid query", category: 5) }
            return (String(parts[0]), String(parts[1]))
        }
        switch text.utf8.first {
        case UInt8(ascii: "#"): return .operations(Array(text.utf8.dropFirst()))
        case UInt8(ascii: "-"): return .lacks(String(text.dropFirst()))
        case UInt8(ascii: "="):
            let (name, value) = try pair(text.dropFirst())
            return .equal(name, value)
        case UInt8(ascii: "<"):
            let (name, value) = try pair(text.dropFirst())
            return .less(name, value)
        case UInt8(ascii: ">"):
            let (name, value) = try pair(text.dropFirst())
            return .greater(name, value)
        default:
            guard text.utf8.contains(UInt8(ascii: "=")) else { return .has(String(text)) }
            let (name, value) = try pair(text)
            return .equal(name, value)
        }
    }

    /// A row matches if no false remains on the stack.
    func matches(_ value: (String) -> String?) throws(LabTrap) -> Bool {
        var stack: [Bool] = []
        for step in steps {
            switch step {
            case .has(let name): stack.append(value(name) != nil)
            case .lacks(let name): stack.append(value(name) == nil)
            case .equal(let name, let wanted): stack.append(value(name) == wanted)
            case .less(let name, let border): stack.append(value(name).map { Self.isLess($0, border) } ?? false)
            case .greater(let name, let border): stack.append(value(name).map { Self.isLess(border, $0) } ?? false)
            case .operations(let signs): try Self.operate(signs, &stack)
            }
        }
        return stack.allSatisfy(\.self)
    }

    /// Numerically if both are numbers, else as text.
    private static func isLess(_ left: String, _ right: String) -> Bool {
        if let left = Int64(left), let right = Int64(right) { return left < right }
        return left < right
    }

    private static func operate(_ signs: [UInt8], _ stack: inout [Bool]) throws(LabTrap) {
        var index: Int?
        var wasIndex = false
        func copy(_ offset: Int) throws(LabTrap) -> Bool {
            guard offset < stack.count else { throw LabTrap("invalid query", category: 5) }
            return stack[stack.count - 1 - offset]
        }
        for sign in signs {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(sign) {
                index = min(1_000_000, (index ?? 0) * 10 + Int(sign - UInt8(ascii: "0")))
                continue
            }
            if let offset = index {
                stack.append(try copy(offset))
                wasIndex = true
                index = nil
            } else {
                wasIndex = false
            }
            switch sign {
            case UInt8(ascii: "!"): stack.append(!(try pop(&stack)))
            case UInt8(ascii: "&"):
                let (right, left) = (try pop(&stack), try pop(&stack))
                stack.append(left && right)
            case UInt8(ascii: "|"):
                let (right, left) = (try pop(&stack), try pop(&stack))
                stack.append(left || right)
            case UInt8(ascii: "."): if !wasIndex { stack.append(try copy(0)) }
            default: throw LabTrap("invalid query", category: 5)
            }
        }
        // A trailing index replaces the whole stack.
        if let offset = index { stack = [try copy(offset)] }
    }

    private static func pop(_ stack: inout [Bool]) throws(LabTrap) -> Bool {
        guard let last = stack.popLast() else { throw LabTrap("invalid query", category: 5) }
        return last
    }
}
