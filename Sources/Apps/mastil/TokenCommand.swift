import Access
import Crypto
import Declarations
import Identifiers
import Identity
import Postgres
import Roles
import Tenancy
import Time
import Zones

extension Command {
    static let token = Command(
        "token", "Keys for programs that use the API.", subcommands: [.makeToken, .revokeToken])

    private static let makeToken = Command(
        "create", "Makes a token and prints it, this once.",
        arguments: [Argument("SLUG", "the tenant, such as norte")],
        options: [
            Option("name", "NAME", "what it is for"),
            Option("permission", "NAME", "what it may do, such as customers.read; may be given several times"),
            Option("role", "NAME", "or all that a ready-made role may: \(ReadyMadeRole.names)"),
            Option("zone", "NAME", "whose customers it reaches and no others; may be given several times"),
            Option("days", "DAYS", "until it expires (365)"),
        ]
    ) { invocation, loops in
        let catalogue = try Rooms.catalogue()
        let permissions = try permissions(for: invocation, of: catalogue)
        guard let name = invocation.value("name"), !permissions.isEmpty else {
            throw Complaint("--name and at least one --permission or --role are needed.", status: ExitStatus.usage)
        }
        guard let days = Int(invocation.value("days") ?? "365"), (1...3650).contains(days) else {
            throw Complaint("--days is a number from 1 to 3650.", status: ExitStatus.usage)
        }
        return try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            let database = context.database.tenant(tenant.id.scope)
            let zones = try await database.zones(named: invocation.all("zone"))
            do {
                let token = try await APIToken.make(
                    named: name, permissions: permissions, within: zones, until: context.now + .seconds(days * 86_400),
                    by: .commandLine(of: context.catalogue, at: context.now), randomness: .system, in: database)
                Terminal.say(token.text)
            } catch RoleRefusal.beyondZones {
                let possible = catalogue.withinZones.map(\.rawValue).sorted().joined(separator: ", ")
                throw Complaint("Within zones only these are possible: \(possible).", status: ExitStatus.usage)
            }
        }
    }

    private static func permissions(
        for invocation: Invocation, of catalogue: Catalogue
    ) throws(Complaint) -> Set<Permission> {
        var permissions: Set<Permission> = []
        for name in invocation.all("permission") {
            guard catalogue.grantable.contains(Permission(name)) else {
                let known = catalogue.permissions.map(\.permission.rawValue).joined(separator: ", ")
                throw Complaint("There is no permission '\(name)'. There are: \(known).", status: ExitStatus.usage)
            }
            permissions.insert(Permission(name))
        }
        for name in invocation.all("role") {
            guard let role = ReadyMadeRole(rawValue: name) else {
                throw Complaint(
                    "There is no role '\(name)'. There are: \(ReadyMadeRole.names).", status: ExitStatus.usage)
            }
            permissions.formUnion(catalogue.permissions(of: role))
        }
        return permissions
    }

    private static let revokeToken = Command(
        "revoke", "Ends a token, from the next request on.",
        arguments: [Argument("SLUG", "the tenant, such as norte"), Argument("TOKEN", "the token as it was printed")]
    ) { invocation, loops in
        guard let token = Token(invocation.arguments[1]) else {
            throw Complaint("That is no token: it was cut or mistyped.", status: ExitStatus.usage)
        }
        return try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            do {
                try await APIToken.revoke(
                    token, by: .commandLine(of: context.catalogue, at: context.now),
                    in: context.database.tenant(tenant.id.scope))
            } catch AccessRefusal.notFound {
                throw Complaint("\(tenant.slug) has no such token, or it was revoked before.")
            }
        }
    }
}

extension TenantDatabase {
    /// Nil, for all zones, when none is named.
    fileprivate func zones(named names: [String]) async throws -> Set<UUID>? {
        guard !names.isEmpty else { return nil }
        let known = try await zones()
        return Set(
            try names.map { name throws(Complaint) in
                guard let zone = known.first(where: { $0.name == name }) else {
                    let all = known.map(\.name).joined(separator: ", ")
                    throw Complaint("There is no zone '\(name)'. There are: \(all).", status: ExitStatus.usage)
                }
                return zone.id.uuid
            })
    }
}

extension ReadyMadeRole {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
