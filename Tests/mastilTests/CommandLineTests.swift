import HTTP
import Testing

@testable import mastil

@Suite struct CommandLineTests {
    private static func outcome(_ words: String...) -> String {
        switch Invocation.parse(words, of: Mastil.command) {
        case .run(let invocation, _): "run \(invocation.arguments) \(invocation.value("name") ?? "-")"
        case .help(let text): text
        case .wrong(let text): text
        }
    }

    @Test func `a command is found with its arguments and options in any order`() {
        #expect(Self.outcome("tenant", "sign-in", "norte") == #"run ["norte"] -"#)
        #expect(Self.outcome("tenant", "sign-in", "--name", "Ana", "norte") == #"run ["norte"] Ana"#)
        #expect(Self.outcome("tenant", "sign-in", "norte", "--name=Ana=x") == #"run ["norte"] Ana=x"#)
    }

    @Test(arguments: [
        (["nothing"], "There is no command 'nothing'."), (["tenant", "sign-in"], "SLUG is missing."),
        (["tenant", "sign-in", "a", "b"], "'b' is one too many."), (["serve", "--fast"], "There is no option --fast."),
        (["tenant", "sign-in", "a", "--name"], "--name needs a value."),
        (["routes", "--json=x"], "--json takes no value."),
    ])
    func `a wrong command line is told what is wrong`(words: [String], complaint: String) {
        guard case .wrong(let text) = Invocation.parse(words, of: Mastil.command) else {
            Issue.record("\(words) was taken")
            return
        }
        #expect(text.contains(complaint) && text.contains("usage: mastil"))
    }

    @Test func `help of every command names all its options and arguments`() {
        func check(_ command: Command, _ path: [String]) {
            guard case .help(let text) = Invocation.parse(path + ["--help"], of: Mastil.command) else {
                Issue.record("\(path) has no help")
                return
            }
            #expect(text.contains(command.summary))
            for option in command.options { #expect(text.contains("--\(option.name)")) }
            for argument in command.arguments { #expect(text.contains(argument.name)) }
            for subcommand in command.subcommands { check(subcommand, path + [subcommand.name]) }
        }
        check(Mastil.command, [])
    }

    @Test func `completions offer every command in its place`() {
        let script = Completions(of: Mastil.command).script(for: .bash)
        let tenant = "apply diff list sign-in suspend resume close export gateway --help"
        #expect(script.contains("'mastil tenant') word='\(tenant)'"))
        #expect(script.contains("'mastil token create') word='--name --permission --role --zone --days --help'"))
    }
}

@Suite struct SettingsTests {
    @Test func `everything that is missing or wrong is named at once`() {
        var reader = SettingsReader(values: ["LISTEN": "127.0.0.1:8080,nowhere", "LOG": "loud", "PUBLIC": "/no/such"])
        _ = reader.text("DATABASE")
        _ = reader.list("LISTEN", "an address", ListenAddress.init(text:))
        _ = reader.word("LOG", ["json": 1, "human": 2])
        _ = reader.directory("PUBLIC")
        #expect(reader.problems.count == 4)
        for word in ["MASTIL_DATABASE", "'nowhere'", "human, json", "/no/such"] {
            #expect(reader.problems.contains { $0.contains(word) }, "\(word)")
        }
    }

    @Test(arguments: [
        ("host=/run/pg dbname=mastil", "host=/run/pg dbname=mastil user=mastil_app password='p'"),
        ("postgres://db/mastil", "postgres://db/mastil?user=mastil_app&password=p"),
        ("postgres://db/mastil?sslmode=require", "postgres://db/mastil?sslmode=require&user=mastil_app&password=p"),
    ])
    func `the database is entered as the role of the work`(given: String, entered: String) {
        #expect(DatabaseAddress(text: given, pooler: nil, appPassword: "p", platformPassword: "").tenants == entered)
    }

    @Test(arguments: [
        ("127.0.0.1:80", "127.0.0.1:80"), ("localhost:80", "127.0.0.1:80"), ("[::1]:80", "[::1]:80"),
        ("/run/m.sock", "/run/m.sock"),
    ])
    func `addresses are read as people write them`(text: String, address: String) {
        #expect(ListenAddress(text: text)?.description == address)
    }

    @Test(arguments: ["", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "name:80"])
    func `what is no address is none`(text: String) {
        #expect(ListenAddress(text: text) == nil)
    }
}
