/// A parsed script. Unreadable lines are skipped and counted: another version's export has its own words.
package struct RouterScript: Sendable, Equatable {
    package let commands: [ScriptCommand]
    /// Lines that are not commands, such as `:if`.
    package let unread: [String]
    /// From an export's header: `# 2026-02-17 09:10:11 by RouterOS 7.19`.
    package let version: String?

    package init(_ text: String) {
        var parser = ScriptParser(Array(text.utf8))
        parser.readAll()
        (commands, unread, version) = (parser.commands, parser.unread, parser.version)
    }
}

/// A single-pass parser without recursion.
struct ScriptParser {
    private let bytes: [UInt8]
    private var position = 0
    private var section = ""
    private(set) var commands: [ScriptCommand] = []
    private(set) var unread: [String] = []
    private(set) var version: String?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A word, or a `name=value` pair.
    private enum Word {
        case plain(String)
        case attribute(ScriptCommand.Attribute)
        /// The contents of brackets.
        case bracketed([UInt8])
    }

    private static let verbs: Set<String> = [
        "add", "set", "remove", "enable", "disable", "unset", "move", "print", "run", "export", "send", "reset", "get",
        "edit", "find", "import", "monitor", "comment",
    ]

    mutating func readAll() {
        while position < bytes.count {
            skipBlanks()
            guard position < bytes.count else { return }
            if bytes[position] == UInt8(ascii: "#") {
                readComment()
                continue
            }
            let begin = position
            let words = readCommand()
            guard !words.isEmpty else { continue }
            if !accept(words) {
                unread.append(ScriptText.decode(Array(bytes[begin..<min(position, begin + 200)])))
            }
        }
    }

    private mutating func readComment() {
        let begin = position
        while position < bytes.count, bytes[position] != 10 { position += 1 }
        guard version == nil else { return }
        let words = ScriptText.decode(Array(bytes[begin..<position])).split { $0 == " " || $0 == "\r" }
        if let place = words.firstIndex(of: "RouterOS"), place + 1 < words.count { version = String(words[place + 1]) }
    }

    private mutating func accept(_ words: [Word]) -> Bool {
        // No row has that many properties, and later steps are quadratic in them.
        guard words.count <= 300 else { return false }
        var path: [Substring] = []
        var isAbsolute = false
        var rest = words[...]
        var verb: String?
        while verb == nil, case .plain(let word)? = rest.first {
            if path.isEmpty, !isAbsolute, word.hasPrefix("/") { isAbsolute = true }
            // `/ip address add …` and `/ip/address/add …` are equivalent.
            for part in word.split(separator: "/") {
                guard verb == nil else { return false }
                guard part.utf8.allSatisfy(Self.isOfPath) else { return false }
                if Self.verbs.contains(String(part)), isAbsolute || !section.isEmpty, !(path.isEmpty && isAbsolute) {
                    verb = String(part)
                } else {
                    path.append(part)
                }
            }
            rest = rest.dropFirst()
        }
        let menu = (isAbsolute ? "" : section) + path.map { "/" + $0 }.joined()
        guard let verb else {
            guard isAbsolute, rest.isEmpty else { return false }
            section = menu
            return true
        }
        guard !menu.isEmpty else { return false }
        var command = ScriptCommand(menu, verb)
        for word in rest {
            switch word {
            case .attribute(let attribute): command.attributes.append(attribute)
            case .plain(let text) where text.hasPrefix("!"): command.attributes.append(.init(text, ""))
            case .plain(let text) where command.target == nil && command.attributes.isEmpty:
                command.target = .named(text)
            case .bracketed(let inner) where command.target == nil && command.attributes.isEmpty:
                guard let conditions = Self.conditions(inner) else { return false }
                command.target = .found(conditions)
            case .plain, .bracketed: return false
            }
        }
        guard command.attributes.allSatisfy({ Self.isName($0.name) }) else { return false }
        commands.append(command)
        return true
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { isOfPath($0) || "!.~*".utf8.contains($0) }
    }

    /// The conditions of `find name=ether1 and disabled=no`.
    private static func conditions(_ inner: [UInt8]) -> [ScriptCommand.Attribute]? {
        guard inner.count <= 65_536 else { return nil }
        var parser = ScriptParser(inner)
        var conditions: [ScriptCommand.Attribute] = []
        var isFind = false
        while true {
            parser.skipSpaces()
            guard parser.position < inner.count, let word = parser.readWord() else { break }
            switch word {
            case .plain("find") where !isFind: isFind = true
            case .plain("where"), .plain("and"): continue
            case .attribute(let attribute) where isName(attribute.name): conditions.append(attribute)
            case .plain, .attribute, .bracketed: return nil
            }
        }
        return isFind ? conditions : nil
    }

    private static func isOfPath(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension ScriptParser {
    /// Up to a line end or semicolon.
    private mutating func readCommand() -> [Word] {
        var words: [Word] = []
        while true {
            skipSpaces()
            guard position < bytes.count else { return words }
            if bytes[position] == 10 || bytes[position] == UInt8(ascii: ";") {
                position += 1
                return words
            }
            guard let word = readWord() else { return words }
            words.append(word)
        }
    }

    private mutating func readWord() -> Word? {
        if bytes[position] == UInt8(ascii: "[") { return .bracketed(readNested(keepingBrackets: false)) }
        var name: [UInt8] = []
        let begin = position
        while position < bytes.count {
            let byte = bytes[position]
            if skipContinuation() { continue }
            if Self.ends(byte) { break }
            if byte == UInt8(ascii: "=") {
                position += 1
                return .attribute(.init(ScriptText.decode(name), ScriptText.decode(readValue())))
            }
            if byte == UInt8(ascii: "\""), name.isEmpty {
                return .plain(ScriptText.decode(readQuoted()))
            }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") {
                name += readNested(keepingBrackets: true)
                continue
            }
            name.append(byte)
            position += 1
        }
        return position > begin ? .plain(ScriptText.decode(name)) : nil
    }

    private mutating func readValue() -> [UInt8] {
        while skipContinuation() {}
        guard position < bytes.count else { return [] }
        switch bytes[position] {
        case UInt8(ascii: "\""): return readQuoted()
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("): return readNested(keepingBrackets: true)
        default:
            var value: [UInt8] = []
            while position < bytes.count {
                if skipContinuation() { continue }
                if Self.ends(bytes[position]) { break }
                value.append(bytes[position])
                position += 1
            }
            return value
        }
    }

    /// The contents of a quoted string, unescaped.
    private mutating func readQuoted() -> [UInt8] {
        var text: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if skipContinuation() { continue }
            guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count else {
                text.append(bytes[position])
                position += 1
                continue
            }
            let next = bytes[position + 1]
            if position + 2 < bytes.count, let high = Self.digit(next), let low = Self.digit(bytes[position + 2]) {
                text.append(high << 4 | low)
                position += 3
                continue
            }
            position += 2
            switch next {
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "_"): text.append(32)
            default: text.append(next)
            }
        }
        if position < bytes.count { position += 1 }
        return text
    }

    /// Up to the matching bracket; brackets within quotes do not count.
    private mutating func readNested(keepingBrackets: Bool) -> [UInt8] {
        let begin = position
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\""):
                _ = readQuoted()
                position -= 1
            default: break
            }
            position += 1
            if depth == 0 { break }
        }
        position = min(position, bytes.count)
        let whole = bytes[begin..<position]
        if keepingBrackets { return Array(whole) }
        return Array(depth == 0 ? whole.dropFirst().dropLast() : whole.dropFirst())
    }

    private static func ends(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 9 || byte == 10 || byte == 13 || byte == UInt8(ascii: ";")
    }

    /// A hexadecimal digit in upper case, as RouterOS writes it: `\r` and `\b` are other escapes.
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// A backslash at a line's end continues it on the next, whose indentation is dropped.
    private mutating func skipContinuation() -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\\") else { return false }
        var end = position + 1
        if end < bytes.count, bytes[end] == 13 { end += 1 }
        guard end < bytes.count, bytes[end] == 10 else { return false }
        position = end + 1
        while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
        return true
    }

    private mutating func skipSpaces() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 32 || byte == 9 || byte == 13 {
                position += 1
            } else if !skipContinuation() {
                return
            }
        }
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            skipSpaces()
            guard position < bytes.count, bytes[position] == 10 || bytes[position] == UInt8(ascii: ";") else { return }
            position += 1
        }
    }
}
