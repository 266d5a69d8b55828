import HTTP
import JSON
import Loop
import TestSupport
import Testing

@Suite struct CommandLineTests {
    private static let commands = [
        "", "serve", "work", "migrate", "tenant", "tenant apply", "tenant diff", "tenant list", "tenant sign-in",
        "tenant suspend", "tenant resume", "tenant close", "tenant export", "tenant gateway", "platform",
        "platform admin",
        "platform address", "platform stop-cuts", "platform resume-cuts", "token", "token create", "token revoke",
        "audit", "audit verify", "audit heads",
        "audit keys", "keys", "keys add", "keys rotate", "backup", "backup record", "backup list",
        "backup prove", "routes", "doctor", "search", "search rebuild",
        "completions", "lab", "lab routeros", "lab snmp", "lab stripe", "lab mercadopago", "lab conekta", "lab connect",
        "lab telegram", "lab whatsapp", "lab pagerduty", "lab olt", "lab uisp", "lab model", "lab airos",
    ]

    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    @Test func `help leads to every command`() async throws {
        var found: [String] = []
        var unread = [""]
        while let command = unread.popLast() {
            found.append(command)
            let help = try await Programs.mastil(words(command) + ["--help"]).output
            guard let list = help.split(separator: "\n\n").first(where: { $0.hasPrefix("commands:\n") }) else {
                continue
            }
            for line in list.split(separator: "\n").dropFirst() {
                unread.append((words(command) + [String(line.split(separator: " ")[0])]).joined(separator: " "))
            }
        }
        #expect(found.sorted() == Self.commands.sorted())
    }

    @Test(arguments: commands)
    func `every command explains itself`(command: String) async throws {
        let help = try await Programs.mastil(words(command) + ["--help"])
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.output.contains("usage: mastil" + (command.isEmpty ? "" : " \(command)")))
        #expect(help.output.split(separator: "\n").allSatisfy { $0.utf8.count <= 160 })
        #expect(try await Programs.mastil(words(command) + ["-h"]).output == help.output)
        #expect(try await Programs.mastil(words(command) + ["help"]).output == help.output)
        // What help names is taken, and what it does not name is not.
        for option in help.output.matches(of: /\n  --([a-z-]+)/) where option.output.1 != "help" {
            let outcome = try await Programs.mastil(words(command) + ["--\(option.output.1)"])
            #expect(!outcome.errors.contains("There is no option"), "--\(option.output.1)")
        }
        let wrong = try await Programs.mastil(words(command) + ["--nada"])
        #expect(wrong.status == 2 && wrong.output.isEmpty)
        #expect(
            wrong.errors.hasPrefix("mastil\(command.isEmpty ? "" : " ")\(command): There is no option --nada.\nusage: ")
        )
    }

    @Test func `options are named in help`() async throws {
        let expected = [
            "serve": ["--work"], "tenant sign-in": ["--name NAME"],
            "token create": ["--name NAME", "--permission NAME", "--role NAME", "--days DAYS"], "routes": ["--json"],
            "keys add": ["--name NAME"],
        ]
        for (command, options) in expected {
            let help = try await Programs.mastil(words(command) + ["--help"]).output
            for option in options + ["--help"] { #expect(help.contains("\n  \(option) ")) }
        }
    }

    @Test(arguments: [
        ("nada", "mastil: There is no command 'nada'."), ("tenant nada", "mastil tenant: There is no command 'nada'."),
        ("serve nada", "mastil serve: 'nada' is one too many."),
        ("tenant apply", "mastil tenant apply: DIRECTORY is missing."),
        ("token revoke norte", "mastil token revoke: TOKEN is missing."),
        ("token create norte --days", "mastil token create: --days needs a value."),
        ("routes --json=yes", "mastil routes: --json takes no value."),
        ("completions ksh", "Completions exist for bash, zsh and fish."),
        ("token create norte --name x", "--name and at least one --permission or --role are needed."),
        (
            "token create norte --name x --role king",
            "There is no role 'king'. There are: owner, cashier, collector, technician, support, noc, accountant."
        ),
        ("token create norte --name x --permission customers.read --days 0", "--days is a number from 1 to 3650."),
        ("token revoke norte x", "That is no token: it was cut or mistyped."),
    ])
    func `a wrong line is told what is wrong with it`(line: String, sentence: String) async throws {
        let outcome = try await Programs.mastil(words(line))
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.split(separator: "\n").first.map(String.init) == sentence)
    }

    @Test func `a permission that there is not is answered with those there are`() async throws {
        let outcome = try await Programs.mastil(words("token create norte --name x --permission gods"))
        #expect(outcome.status == 2)
        #expect(outcome.errors.hasPrefix("There is no permission 'gods'. There are: customers.read, "))
    }

    @Test(arguments: [[], ["tenant"], ["token"]])
    func `a group alone lists its commands`(words: [String]) async throws {
        let outcome = try await Programs.mastil(words)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("\n\ncommands:\n  "))
    }

    @Test func `bash completes commands and options`() async throws {
        let script = try await Programs.mastil(["completions", "bash"]).output
        let complete = """
            source /dev/stdin
            complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mastil; echo "${COMPREPLY[*]}"; }
            cd /
            complete_words mastil ten
            complete_words mastil tenant ''
            complete_words mastil token create --
            complete_words mastil routes --j
            """
        let parsed = try await Programs.run("bash", ["-n"], input: script)
        #expect(parsed.status == 0 && parsed.errors.isEmpty)
        let outcome = try await Programs.run("bash", ["-uc", complete], input: script)
        #expect(outcome.errors.isEmpty)
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 4)
        #expect(lines[0] == "tenant")
        // After them come the names of files, for the commands that take a folder.
        #expect(lines[1].hasSuffix("apply diff list sign-in suspend resume close export gateway --help"))
        #expect(lines[2] == "--name --permission --role --zone --days --help")
        #expect(lines[3] == "--json")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions name every command`(shell: String) async throws {
        let script = try await Programs.mastil(["completions", shell])
        #expect(script.status == 0)
        for word in Set(Self.commands.flatMap(words)) { #expect(script.output.contains(word)) }
    }

    @Test func `complaints are red on a terminal, unless colours are refused`() async throws {
        // `script` lends a terminal.
        func onTerminal(_ environment: [String: String]) async throws -> String {
            try await Programs.run(
                "script", ["-qec", "'\(Programs.mastil)' nada", "/dev/null"], environment: environment
            ).output
        }
        #expect(try await onTerminal([:]).contains("\u{1B}[31mmastil: There is no command"))
        #expect(try await onTerminal(["NO_COLOR": ""]).contains("\u{1B}[31m"))
        let plain = try await onTerminal(["NO_COLOR": "1"])
        #expect(plain.contains("mastil: There is no command") && !plain.contains("\u{1B}"))
        #expect(try await !Programs.mastil(["nada"]).errors.contains("\u{1B}"))
    }
}

@Suite(.servingMastil) struct RouteListTests {
    let mastil = RunningMastil.current

    @Test func `the list is the same for people and for programs`() async throws {
        let routes = try await ListedRoute.all()
        let lines = try await Programs.mastil(["routes"]).output.split(separator: "\n")
        #expect(lines.count == routes.count)
        for (line, route) in zip(lines, routes) {
            #expect(
                line.split(separator: " ").prefix(3) == [route.method[...], route.pattern[...], route.permission[...]])
            #expect(line.hasSuffix("  \(route.summary)"))
        }
    }

    @Test func `each route is served, and asks for the permission it names`() async throws {
        let routes = try await ListedRoute.all()
        #expect(Set(routes.map(\.shell)) == ["panel", "portal", "platform", "api", "internal"])
        #expect(Set(routes.map { "\($0.method) \($0.pattern)" }).count == routes.count)
        let id = try await mastil.installation.customer(1, of: "norte").id
        for route in routes {
            let visitor =
                route.shell == "internal"
                ? mastil.operators : mastil.visitor(of: route.shell == "platform" ? "plataforma" : "norte")
            let path = route.pattern.replacing(":secret", with: "x").replacing(":id", with: id)
                .replacing(":event", with: id).replacing(":posting", with: id).replacing(":charge", with: id)
                .replacing(":version", with: "1")
            let answer = try await visitor.send(route.method, path)
            #expect(route.strangersGet.contains(answer.status), "\(route.method) \(route.pattern): \(answer.status)")
        }
    }

    @Test(arguments: [
        "/panel", "/panel/customers", "/panel/enter/x", "/assets/style.css", "/api/v1", "/api/v1/customers/x",
    ])
    func `no other method is taken`(path: String) async throws {
        let answer = try await mastil.visitor(of: "norte").send("DELETE", path)
        #expect(answer.status == 405)
        #expect(answer["allow"]?.contains("OPTIONS") == true)
        #expect(answer.text.contains("Esto no se puede hacer en esta dirección."))
    }
}

extension ListedRoute {
    /// What is there for those who have it: mail, Google, a brand's pictures, hosts with certificates, a gateway.
    private static let perhapsNotThere = [
        "/panel/forgot", "/assets/brand/:file", "/internal/tls", "/hooks/gateways/:hook",
        "/hooks/channels/:hook",
    ]

    /// What nobody in particular may be answered.
    fileprivate var strangersGet: [Int] {
        guard permission == "anyone" else {
            // Subscribers are led to where they enter.
            return shell == "portal" && method == "GET" ? [303] : [401]
        }
        if pattern.contains("/google") || Self.perhapsNotThere.contains(pattern) { return [200, 404] }
        return pattern == "/portal/code" ? [400] : [200, 303, 410, 422]
    }
}
