import Access
import Audit
import Crypto
import Identifiers
import Identity
import Loop
import Postgres
import Tenancy

extension Command {
    static let platform = Command(
        "platform", "The people who run this installation.", subcommands: [.addPlatformAdmin, .showConsole])

    private static let showConsole = Command("address", "Prints where the console answers.") { _, loops in
        try await Workbench.use(loops) { bench in Terminal.say("\(bench.consoleAddress)/platform") }
    }

    private static let addPlatformAdmin = Command(
        "admin", "Prints a link that signs a platform administrator in, once, within 15 minutes.",
        options: [
            Option("email", "ADDRESS", "who signs in; a new address becomes a platform administrator"),
            Option("name", "NAME", "what they are called, where they are new"),
        ],
        notes: "There is no account to begin with: the first administrator is made here, others also in the console."
    ) { invocation, loops in
        guard let typed = invocation.value("email") else {
            throw Complaint("--email is needed.", status: ExitStatus.usage)
        }
        guard let email = StaffMember.email(typed) else {
            throw Complaint("'\(typed)' is no e-mail address.", status: ExitStatus.usage)
        }
        return try await Workbench.use(loops) { bench in
            let tenant = try await bench.database.platform.superTenant()
            let database = bench.database.tenant(tenant.id.scope)
            try await ForgetCredentials.schedule(in: tenant.zone, from: bench.now, in: database)
            try await SignHead.schedule(in: tenant.zone, from: bench.now, in: database)
            let link = try await database.transaction { database in
                let admin = try await PlatformAdmin.ensure(
                    email: email, name: invocation.value("name") ?? String(email.prefix { $0 != "@" }),
                    by: .commandLine(at: bench.now), from: .system, in: database)
                return try await SignInLink.make(.signIn, for: admin, at: bench.now, from: .system, in: database)
            }
            Terminal.say("\(bench.consoleAddress)/panel/enter/\(link.secret.text)")
        }
    }
}

extension Workbench {
    fileprivate var consoleAddress: String { directory.address(at: directory.consoleHost) }
}
