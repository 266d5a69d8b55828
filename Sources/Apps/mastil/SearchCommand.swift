import Access
import Assembly
import Postgres
import Tenancy

extension Command {
    static let search = Command("search", "What the search box finds.", subcommands: [.rebuildSearch])

    private static let rebuildSearch = Command(
        "rebuild", "Writes down anew what can be found at the tenants named, and counts their customers anew.",
        arguments: [Argument("SLUG", "a tenant, such as norte", isRepeated: true)],
        notes: "Needed after data came in by other ways than the program's own. People search on meanwhile."
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            for slug in invocation.arguments {
                let tenant = try await context.tenant(slug)
                try await Rooms.list.reindex(context.database.tenant(tenant.id.scope))
                Terminal.say("\(slug): rebuilt")
            }
        }
    }
}
