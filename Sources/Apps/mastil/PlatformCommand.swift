import Access
import Audit
import Collection
import Crypto
import Declarations
import Identifiers
import Identity
import Jobs
import Loop
import Postgres
import Tenancy

extension Command {
    static let platform = Command(
        "platform", "The people who run this installation.",
        subcommands: [.addPlatformAdmin, .showConsole, .stopCuts, .resumeCuts])

    private static let stopCuts = Command(
        "stop-cuts", "Stops all reminders and cuts of every company, until resume-cuts.",
        options: [Option("reason", "TEXT", "what the companies' people read")],
        notes: "Whoever pays is reconnected even so."
    ) { invocation, loops in
        guard let reason = invocation.value("reason"), (1...300).contains(reason.unicodeScalars.count) else {
            throw Complaint("--reason is needed, of 300 characters at most.", status: ExitStatus.usage)
        }
        return try await CommandContext.use(loops) { context in
            let isNew = try await CollectionStop.place(
                because: reason, by: .commandLine(of: context.catalogue, at: context.now), from: .system,
                in: context.database)
            Terminal.say(isNew ? "All cuts are stopped." : "All cuts were stopped already.")
        }
    }

    private static let resumeCuts = Command("resume-cuts", "Lets every company's policy go on after stop-cuts.") {
        _, loops in
        try await CommandContext.use(loops) { context in
            let wasStopped = try await CollectionStop.lift(
                by: .commandLine(of: context.catalogue, at: context.now), in: context.database)
            Terminal.say(wasStopped ? "Cuts go on by each company's policy." : "No cuts were stopped.")
        }
    }

    private static let showConsole = Command("address", "Prints where the console answers.") { _, loops in
        try await CommandContext.use(loops) { context in Terminal.say("\(context.consoleAddress)/platform") }
    }

    private static let addPlatformAdmin = Command(
        "admin", "Prints a link that signs a platform administrator in, once, within a day.",
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
        return try await CommandContext.use(loops) { context in
            let tenant = try await context.database.platform.superTenant()
            let database = context.database.tenant(tenant.id.scope)
            try await ForgetCredentials.schedule(in: tenant.timeZone, from: context.now, in: database)
            try await SignHead.schedule(in: tenant.timeZone, from: context.now, in: database)
            let link = try await database.transaction { database in
                let admin = try await PlatformAdmin.ensure(
                    email: email, name: invocation.value("name") ?? String(email.prefix { $0 != "@" }),
                    by: .commandLine(of: context.catalogue, at: context.now), from: .system, in: database)
                return try await SignInLink.make(.signIn, for: admin, at: context.now, from: .system, in: database)
            }
            Terminal.say("\(context.consoleAddress)/panel/enter/\(link.secret.text)")
        }
    }
}

extension CommandContext {
    fileprivate var consoleAddress: String { directory.address(at: directory.consoleHost) }
}
