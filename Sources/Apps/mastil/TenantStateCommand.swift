import Access
import Events
import Loop
import Postgres
import Tenancy
import Time

extension Command {
    static let suspendTenant = Command(
        "suspend", "Lets a tenant see everything and change nothing. Nothing is cut or lost.",
        arguments: [slug], options: [reason]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            try await change(invocation, on: context, Tenant.suspend)
        }
    }

    static let resumeTenant = Command(
        "resume", "Ends a tenant's suspension or closure.", arguments: [slug], options: [reason]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            try await change(invocation, on: context, Tenant.resume)
        }
    }

    static let closeTenant = Command(
        "close", "Exports a tenant, and then answers nowhere for it. Its rows stay.", arguments: [slug],
        options: [reason, Option("export", "DIRECTORY", "where all its rows are written first")]
    ) { invocation, loops in
        guard let directory = invocation.value("export") else {
            throw Complaint("--export names a directory to write its rows to first.", status: ExitStatus.usage)
        }
        let why = try reasonGiven(invocation)
        return try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            guard tenant.state != .closed else { throw Complaint("\(tenant.slug): it is closed already.") }
            // Suspended first, so that nothing changes between the export and the closing.
            if tenant.state != .suspended {
                try await context.raiseBillsBeforeChange(of: tenant)
                _ = try await Tenant.suspend(
                    tenant.slug, because: why, by: .commandLine, at: context.now, in: context.database.platform)
            }
            try await export(tenant, to: directory, on: context)
            try await change(invocation, on: context, Tenant.close)
        }
    }

    static let exportTenant = Command(
        "export", "Writes every row of a tenant: a file of JSON lines a table, and a manifest. No secrets.",
        arguments: [slug, Argument("DIRECTORY", "a directory that does not exist yet")]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            try await export(
                try await context.tenant(invocation.arguments[0]), to: invocation.arguments[1], on: context)
        }
    }

    private static let slug = Argument("SLUG", "the tenant, such as norte")
    private static let reason = Option("reason", "TEXT", "why; the tenant's people and its record say it")

    private typealias StateAct = @Sendable (String, String, Actor, Instant, PlatformDatabase) async throws -> Tenant

    private static func reasonGiven(_ invocation: Invocation) throws(Complaint) -> String {
        guard let reason = invocation.value("reason"), reason.contains(where: { !$0.isWhitespace }) else {
            throw Complaint("--reason is needed: the tenant's people and its record say it.", status: ExitStatus.usage)
        }
        return reason
    }

    private static func change(_ invocation: Invocation, on context: CommandContext, _ act: StateAct) async throws {
        let slug = invocation.arguments[0]
        let reason = try reasonGiven(invocation)
        try await context.raiseBillsBeforeChange(of: try await context.tenant(slug))
        do {
            let tenant = try await act(
                slug, reason, .commandLine, context.now, context.database.platform)
            Terminal.say("\(slug): \(tenant.state.rawValue)")
        } catch let refusal as TenantActRefusal {
            throw Complaint("\(slug): \(refusal)")
        }
    }

    private static func export(_ tenant: Tenant, to directory: String, on context: CommandContext) async throws {
        do {
            let pool = BlockingPool(threads: 1, queueLimit: 1, name: "export")
            let export = try await TenantExport.write(
                tenant, to: ExportFolder(directory, writingOn: pool), at: context.now,
                from: context.database.tenant(tenant.id.scope), and: context.database.platform)
            try await Tenant.noteExport(
                export, of: tenant.slug, by: .commandLine, at: context.now, in: context.database.platform)
            Terminal.say("\(tenant.slug): \(export.rows) rows of \(export.tables) tables in \(directory)")
        } catch let error as ExportError {
            throw Complaint("\(error)")
        }
    }
}
