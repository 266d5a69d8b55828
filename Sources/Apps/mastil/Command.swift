import Loop

/// A command of the program, or a group of commands.
struct Command: Sendable {
    typealias Action = @Sendable (Invocation, Loops) async throws -> Int32

    struct Argument: Sendable {
        let name: String
        let summary: String
        let isRepeated: Bool

        init(_ name: String, _ summary: String, isRepeated: Bool = false) {
            self.name = name
            self.summary = summary
            self.isRepeated = isRepeated
        }
    }

    struct Option: Sendable {
        let name: String
        /// The name of the option's value; nil for a switch.
        let value: String?
        let summary: String

        init(_ name: String, _ value: String? = nil, _ summary: String) {
            self.name = name
            self.value = value
            self.summary = summary
        }
    }

    let name: String
    let summary: String
    let arguments: [Argument]
    let options: [Option]
    let subcommands: [Command]
    let notes: String?
    /// Whether it shuts down gracefully on a signal; others end at once.
    let heedsSignals: Bool
    /// The number of loops; nil for one a core.
    let loops: Int?
    /// Started by the program itself, so hidden from help and completion.
    let isInternal: Bool
    let action: Action?

    init(
        _ name: String, _ summary: String, arguments: [Argument] = [], options: [Option] = [], notes: String? = nil,
        heedsSignals: Bool = false, loops: Int? = nil, isInternal: Bool = false, action: @escaping Action
    ) {
        self.name = name
        self.summary = summary
        self.arguments = arguments
        self.options = options
        self.notes = notes
        subcommands = []
        self.heedsSignals = heedsSignals
        self.loops = loops
        self.isInternal = isInternal
        self.action = action
    }

    init(_ name: String, _ summary: String, subcommands: [Command], notes: String? = nil) {
        self.name = name
        self.summary = summary
        self.subcommands = subcommands
        self.notes = notes
        arguments = []
        options = []
        heedsSignals = false
        loops = nil
        isInternal = false
        action = nil
    }
}

/// A parsed command line.
struct Invocation: Sendable {
    let arguments: [String]
    private let values: [String: [String]]

    func has(_ option: String) -> Bool { values[option] != nil }
    func value(_ option: String) -> String? { values[option]?.last }
    func all(_ option: String) -> [String] { values[option] ?? [] }

    enum Outcome {
        case run(Invocation, Command)
        case help(String)
        case wrong(String)
    }

    static func parse(_ words: [String], of root: Command) -> Outcome {
        var command = root
        var path = [root.name]
        var rest = words[...]
        while let word = rest.first, let next = command.subcommands.first(where: { $0.name == word }) {
            command = next
            path.append(word)
            rest.removeFirst()
        }
        let help = Help(command, path: path)
        if rest.contains("--help") || rest.contains("-h") || rest.first == "help" { return .help(help.text) }
        guard command.action != nil else {
            return .wrong(rest.first.map { help.unknown($0) } ?? help.text)
        }
        return parse(rest, of: command, help)
    }

    private static func parse(
        _ words: ArraySlice<String>, of command: Command, _ help: Help
    ) -> Outcome {
        var arguments: [String] = []
        var values: [String: [String]] = [:]
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                arguments.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let option = command.options.first(where: { $0.name == parts[0] }) else {
                return .wrong(help.wrong("There is no option \(word)."))
            }
            if option.value == nil {
                guard parts.count == 1 else { return .wrong(help.wrong("--\(option.name) takes no value.")) }
                values[option.name, default: []].append("")
            } else if let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() {
                values[option.name, default: []].append(value)
            } else {
                return .wrong(help.wrong("--\(option.name) needs a value."))
            }
        }
        if let missing = command.arguments.dropFirst(arguments.count).first {
            return .wrong(help.wrong("\(missing.name) is missing."))
        }
        if arguments.count > command.arguments.count, command.arguments.last?.isRepeated != true {
            return .wrong(help.wrong("'\(arguments[command.arguments.count])' is one too many."))
        }
        return .run(Invocation(arguments: arguments, values: values), command)
    }
}
