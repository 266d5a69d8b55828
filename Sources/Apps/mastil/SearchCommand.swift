import Access
import Customers
import Identity
import Postgres
import Search
import Tenancy

extension Command {
    static let search = Command("search", "What the search box finds.", subcommands: [.rebuildSearch])

    private static let rebuildSearch = Command(
        "rebuild", "Writes down anew what can be found at the tenants named.",
        arguments: [Argument("SLUG", "a tenant, such as norte", isRepeated: true)],
        notes: "Needed after data came in by other ways than the program's own. People search on meanwhile."
    ) { invocation, loops in
        try await Workbench.use(loops) { bench in
            for slug in invocation.arguments {
                let tenant = try await bench.tenant(slug)
                try await rebuildSearch(in: bench.database.tenant(tenant.id.scope))
                Terminal.say("\(slug): rebuilt")
            }
        }
    }

    /// In one transaction: nobody sees it half done.
    static func rebuildSearch(in database: TenantDatabase) async throws {
        try await database.transaction { database in
            try await database.unindexAll()
            try await Role.indexAll(in: database)
            try await StaffMember.indexAll(in: database)
            try await Customer.indexAll(in: database)
        }
    }
}
