/// What goes wrong at commands that contain a text.
package struct LabFault: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Answers with this text and does nothing.
        case refuse(String)
        /// The session ends before the command is carried out, or after it and before the answer.
        case cutBefore, cutAfter
        case slow(milliseconds: Int)
    }

    package let kind: Kind
    package let text: String
    /// How many matching commands to spare first, and how many to meet then; nil for all.
    package var skipping: Int
    package var times: Int?

    package init(_ kind: Kind, at text: String, skipping: Int = 0, times: Int? = nil) {
        (self.kind, self.text, self.skipping, self.times) = (kind, text, skipping, times)
    }

    package struct Unreadable: Error, CustomStringConvertible {
        let text: String

        package var description: String {
            "'\(text)' is no fault. They are busy@TEXT, refuse@TEXT, cut-before@TEXT, cut-after@TEXT and slow=MS@TEXT"
        }
    }

    /// Faults with commas between: `busy@service-port,slow=300@ont add`.
    package static func parse(_ text: String) throws(Unreadable) -> [LabFault] {
        var faults: [LabFault] = []
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "@", maxSplits: 1)
            let word = halves[0].split(separator: "=")
            let kind: Kind? =
                switch word[0] {
                case "busy": .refuse("Failure: System is busy, please retry after a while")
                case "refuse": .refuse("Failure: The command was refused by the lab")
                case "cut-before": .cutBefore
                case "cut-after": .cutAfter
                case "slow": word.count > 1 ? Int(word[1]).map { .slow(milliseconds: min(max(0, $0), 60_000)) } : nil
                default: nil
                }
            guard let kind else { throw Unreadable(text: String(part)) }
            faults.append(LabFault(kind, at: halves.count > 1 ? String(halves[1]) : ""))
        }
        return faults
    }
}

struct LabFaults {
    var all: [LabFault] = []

    /// The fault for this command, which is counted down.
    mutating func meet(_ command: String) -> LabFault.Kind? {
        for index in all.indices where command.contains(all[index].text) {
            if all[index].skipping > 0 {
                all[index].skipping -= 1
                continue
            }
            if let times = all[index].times {
                guard times > 0 else { continue }
                all[index].times = times - 1
            }
            return all[index].kind
        }
        return nil
    }
}
