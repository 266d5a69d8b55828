/// A command's `--help`.
struct Help {
    private let command: Command
    private let path: String

    init(_ command: Command, path: [String]) {
        self.command = command
        self.path = path.joined(separator: " ")
    }

    var text: String {
        var sections = [command.summary, "usage: \(usage)"]
        sections.append(
            contentsOf: [
                table("commands", command.subcommands.filter { !$0.isInternal }.map { ($0.name, $0.summary) }),
                table("arguments", command.arguments.map { ($0.name, $0.summary) }),
                table("options", options),
            ].compactMap(\.self))
        if let notes = command.notes { sections.append(notes) }
        return sections.joined(separator: "\n\n")
    }

    func wrong(_ sentence: String) -> String { "\(path): \(sentence)\nusage: \(usage)\nMore: \(path) --help" }

    func unknown(_ word: String) -> String {
        wrong(word.hasPrefix("-") ? "There is no option \(word)." : "There is no command '\(word)'.")
    }

    private var usage: String {
        var words = [path]
        if !command.subcommands.isEmpty { words.append("COMMAND") }
        if !command.options.isEmpty { words.append("[options]") }
        for argument in command.arguments { words.append(argument.name + (argument.isRepeated ? " …" : "")) }
        return words.joined(separator: " ")
    }

    private var options: [(String, String)] {
        command.options.map { ("--\($0.name)" + ($0.value.map { " \($0)" } ?? ""), $0.summary) }
            + [("--help", "this text")]
    }

    private func table(_ heading: String, _ rows: [(String, String)]) -> String? {
        guard !rows.isEmpty else { return nil }
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count))  \($0.1)" }
        return "\(heading):\n" + lines.joined(separator: "\n")
    }
}
