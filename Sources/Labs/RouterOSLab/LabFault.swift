/// A fault to inject, enabled while the lab runs.
package struct LabFault: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The connection is reset after that many bytes of the command; if those are all, it was executed.
        case cutAfterBytes(Int)
        /// The command is executed; the connection ends after the answer's first word, or after the whole answer.
        case cutAtFirstWord
        case cutAfterDone
        /// The peer vanishes: nothing more is read or answered on this connection.
        case halfOpen
        /// The command is neither executed nor answered; others are.
        case hang
        /// The command is executed, the answer is garbage.
        case garbage
        /// The command is executed, the answer has another command's tag.
        case wrongTag
        /// A change is confirmed but not made.
        case changeNothing
        case refuseLogin
        case slow(Duration)
    }

    package let kind: Kind
    /// Only for commands whose path starts with this.
    package let path: String
    /// How many matching commands to spare first.
    package var skipping: Int
    /// How many matching commands to hit; nil for all.
    package var times: Int?

    package init(_ kind: Kind, at path: String = "/", skipping: Int = 0, times: Int? = nil) {
        self.kind = kind
        self.path = path
        self.skipping = skipping
        self.times = times
    }
}

extension LabFault {
    package struct Unreadable: Error, CustomStringConvertible {
        let text: String

        package var description: String {
            """
            '\(text)' is no fault. They are \(LabFault.names.joined(separator: ", ")); behind one may stand \
            @/path for the commands it meets, +2 to spare two of them first, *1 to meet one only
            """
        }
    }

    static let names = [
        "cut-bytes=3", "cut-word", "cut-done", "half-open", "hang", "garbage", "wrong-tag", "no-change", "refuse-login",
        "slow=200ms",
    ]

    /// Comma-separated faults: `cut-done@/ppp/secret/set*1,slow=200ms`.
    package static func parse(_ text: String) throws(Unreadable) -> [LabFault] {
        var faults: [LabFault] = []
        for part in text.split(separator: ",") { faults.append(try LabFault(part)) }
        return faults
    }

    private init(_ text: Substring) throws(Unreadable) {
        var rest = text
        func takeNumber(behind sign: Character) throws(Unreadable) -> Int? {
            guard let place = rest.lastIndex(of: sign) else { return nil }
            guard let number = Int(rest[rest.index(after: place)...]), number >= 0 else {
                throw Unreadable(text: String(text))
            }
            rest = rest[..<place]
            return number
        }
        let times = try takeNumber(behind: "*")
        let skipping = try takeNumber(behind: "+") ?? 0
        let halves = rest.split(separator: "@", maxSplits: 1)
        let parts = (halves.first ?? "").split(separator: "=", maxSplits: 1)
        let value = parts.count > 1 ? String(parts[1]) : nil
        let kind: Kind? =
            switch parts.first {
            case "cut-bytes": value.flatMap { Int($0) }.flatMap { $0 > 0 ? .cutAfterBytes($0) : nil }
            case "cut-word": .cutAtFirstWord
            case "cut-done": .cutAfterDone
            case "half-open": .halfOpen
            case "hang": .hang
            case "garbage": .garbage
            case "wrong-tag": .wrongTag
            case "no-change": .changeNothing
            case "refuse-login": .refuseLogin
            case "slow": value.flatMap(LabFault.span).map { .slow($0) }
            default: nil
            }
        guard let kind else { throw Unreadable(text: String(text)) }
        self.init(kind, at: halves.count > 1 ? String(halves[1]) : "/", skipping: skipping, times: times)
    }

    /// `20ms`, `2s`.
    package static func span(_ text: String) -> Duration? {
        let isMilliseconds = text.hasSuffix("ms")
        guard isMilliseconds || text.hasSuffix("s"), let number = Int(text.dropLast(isMilliseconds ? 2 : 1)),
            0...3_600_000 ~= number
        else { return nil }
        return isMilliseconds ? .milliseconds(number) : .seconds(number)
    }
}

/// The enabled faults.
struct LabFaults {
    var all: [LabFault] = []

    /// The fault for this command, which is counted down.
    mutating func meet(_ path: String) -> LabFault.Kind? {
        if all.isEmpty { return nil }
        for index in all.indices {
            let isLogin = all[index].kind == .refuseLogin
            guard path.hasPrefix(all[index].path),
                isLogin ? path == "/login" : path != "/login" || all[index].path != "/"
            else { continue }
            if all[index].skipping > 0 {
                all[index].skipping -= 1
                continue
            }
            let kind = all[index].kind
            if let times = all[index].times {
                guard times > 0 else { continue }
                all[index].times = times - 1
            }
            return kind
        }
        return nil
    }
}
