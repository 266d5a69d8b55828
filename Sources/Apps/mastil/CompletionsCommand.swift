extension Command {
    static let completions: Command = Command(
        "completions", "Prints the completions of a shell.",
        arguments: [Argument("SHELL", "bash, zsh or fish")],
        notes: """
            bash:  mastil completions bash > /etc/bash_completion.d/mastil
            zsh:   mastil completions zsh > "${fpath[1]}/_mastil"
            fish:  mastil completions fish > ~/.config/fish/completions/mastil.fish
            """
    ) { invocation, _ in
        guard let shell = Completions.Shell(rawValue: invocation.arguments[0]) else {
            throw Complaint("Completions exist for bash, zsh and fish.", status: ExitStatus.usage)
        }
        Terminal.say(Completions(of: Mastil.command).script(for: shell))
        return ExitStatus.done
    }
}

/// A shell's completion script for all commands.
struct Completions {
    enum Shell: String { case bash, zsh, fish }

    /// A command's path such as `mastil tenant`, and the words that can follow it.
    private let words: [(path: String, words: [String])]
    private let root: String

    init(of command: Command) {
        root = command.name
        words = Self.words(of: command, path: command.name)
    }

    func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: "#compdef \(root)\nautoload -U +X bashcompinit && bashcompinit\n\(bash)"
        case .fish: fish
        }
    }

    private var bash: String {
        """
        _\(root)() {
            local path=\(root) word
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "$path $word" in
        \(words.dropFirst().map { "            '\($0.path)') path='\($0.path)' ;;" }.joined(separator: "\n"))
                esac
            done
            case "$path" in
        \(words.map { "        '\($0.path)') word='\($0.words.joined(separator: " "))' ;;" }.joined(separator: "\n"))
            esac
            COMPREPLY=($(compgen -W "$word" -f -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _\(root) \(root)
        """
    }

    private var fish: String {
        words.map { entry in
            let names = entry.path.split(separator: " ").dropFirst()
            let condition =
                names.isEmpty
                ? "__fish_use_subcommand"
                : names.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
            return "complete -c \(root) -n '\(condition)' -a '\(entry.words.joined(separator: " "))'"
        }.joined(separator: "\n")
    }

    private static func words(of command: Command, path: String) -> [(path: String, words: [String])] {
        let subcommands = command.subcommands.filter { !$0.isInternal }
        let own = subcommands.map(\.name) + command.options.map { "--\($0.name)" } + ["--help"]
        return [(path, own)] + subcommands.flatMap { words(of: $0, path: "\(path) \($0.name)") }
    }
}
