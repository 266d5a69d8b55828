import Access
import Crypto
import Declarations
import Identifiers
import Identity
import Postgres
import Tenancy

extension Command {
    static let tenant = Command(
        "tenant", "The ISPs of this installation.",
        subcommands: [
            .applyTenant, .diffTenant, .listTenants, .signInToTenant, .suspendTenant, .resumeTenant, .closeTenant,
            .exportTenant, .tenantGateway,
        ])

    private static let listTenants = Command("list", "Lists the tenants and where they answer.") { _, loops in
        try await CommandContext.use(loops) { context in
            try await context.directory.read(from: context.database.platform)
            for tenant in try await context.database.platform.tenants() {
                let address = tenant.state == .closed ? "–" : context.directory.address(of: tenant)
                Terminal.say("\(tenant.slug)\t\(tenant.state)\t\(address)\t\(tenant.name)")
            }
        }
    }

    private static let signInToTenant = Command(
        "sign-in", "Prints a link that signs a person in, once, within a day.",
        arguments: [Argument("SLUG", "the tenant, such as norte")],
        options: [
            Option("name", "NAME", "whom the panel greets, where the person is new (Administrador)"),
            Option("email", "ADDRESS", "who signs in; a new address becomes an administrator (admin@SLUG.invalid)"),
            Option("without-second-factor", nil, "remove the person's second factor: the app and the paper are lost"),
        ]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            let typed = invocation.value("email") ?? "admin@\(tenant.slug).invalid"
            guard let email = StaffMember.email(typed) else { throw Complaint("'\(typed)' is no e-mail address.") }
            let database = context.database.tenant(tenant.id.scope)
            let link = try await database.transaction { database in
                let person = try await StaffMember.ensureOwner(
                    email: email, name: invocation.value("name") ?? "Administrador",
                    by: .commandLine(of: context.catalogue, at: context.now),
                    from: .system,
                    in: database)
                if invocation.has("without-second-factor") {
                    try await StaffMember.resetSecondFactor(
                        of: person, by: .commandLine(of: context.catalogue, at: context.now), in: database)
                }
                return try await SignInLink.make(.signIn, for: person, at: context.now, from: .system, in: database)
            }
            Terminal.say("\(context.directory.address(of: tenant))/panel/enter/\(link.secret.text)")
        }
    }
}
