import Addresses
import Declarations
import HTTP
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A request with a known tenant, on its way through a route.
///
/// Its database checks the credential inside every transaction, so that an ended session or a withdrawn permission
/// reads and writes nothing any more, without an extra round trip.
package struct Visit: RouteVisit {
    package typealias Permission = Declarations.Permission

    // A single reference, since visits are passed on at every step.
    private let scope: VisitScope

    package var request: Request { scope.request }
    package var tenant: Tenant { scope.tenant }
    package var reader: Reader { scope.reader }
    package var now: Instant { scope.now }
    /// The public origin of this visitor, for links; built from stored data, never from the request.
    package var address: String { scope.address }
    package var database: TenantDatabase { scope.database }
    /// The declarations of the program's rooms.
    package var catalogue: Catalogue { scope.catalogue }

    init(
        _ request: Request, to tenant: Tenant, reachedAt address: String, for permission: String,
        with credential: Credential?,
        at now: Instant, knowing catalogue: Catalogue, in database: Database
    ) {
        let open = database.tenant(tenant.id.scope)
        guard permission != Permission.anyone.rawValue, let credential else {
            scope = VisitScope(request, tenant, address, at: now, catalogue, open, nil)
            return
        }
        let pass = VisitPass(credential: credential, permission: permission)
        scope = VisitScope(
            request, tenant, address, at: now, catalogue, pass.guarding(open, from: request.client, at: now), pass)
    }

    private init(_ scope: VisitScope) { self.scope = scope }

    /// The same visit within a transaction, which everything it does joins.
    package func inside(_ transaction: TenantDatabase) -> Visit {
        Visit(VisitScope(request, tenant, address, at: now, catalogue, transaction, scope.pass))
    }

    /// The admitted principal; nil before the first database access.
    package var admitted: Admitted? { scope.pass?.admission.admitted }

    /// The company's current standing.
    package var standing: Standing { tenant.standing(at: now) }

    package var person: String? { admitted?.name }

    package func may(_ permission: Permission) -> Bool { admitted?.permissions.contains(permission) == true }

    /// Whether the visitor may do that kind of work now. In a suspended company nobody may, and no page offers it.
    package func mayAct(with permission: Permission) -> Bool { may(permission) && !standing.isReadOnly }

    package func may(_ permission: PlatformPermission) -> Bool {
        may(permission.permission)
    }

    /// The search kinds that the visitor may see.
    package var findable: [SearchKind] { catalogue.searchKinds.filter { may($0.permission) } }

    /// The impersonation, if the visitor is a platform employee in this tenant's panel.
    package var impersonation: ActiveImpersonation? { admitted?.impersonation }

    /// Checks the credential now, unless a transaction of this visit has already.
    package func admit() async throws {
        if let pass = scope.pass, pass.admission.admitted == nil { try await database.execute("SELECT") }
    }

    /// The visiting staff member's id as a subquery, since only the database knows it.
    package var staffStatement: SQL {
        guard let digest = scope.pass?.credential.digest else { return "NULL::uuid" }
        return """
            (SELECT staff_id FROM sessions WHERE tenant_id = \(database.tenant) AND digest = \(digest))
            """
    }

    /// Checks the credential again for long-running responses: its current identity and permissions. Throws as a
    /// request would.
    package func admitAgain(at now: Instant) async throws -> Admitted {
        guard let pass = scope.pass.map({ VisitPass(credential: $0.credential, permission: $0.permission) }) else {
            throw AccessRefusal.signInRequired
        }
        try await pass.guarding(database, from: request.client, at: now).execute("SELECT")
        guard let admitted = pass.admission.admitted else { throw AccessRefusal.signInRequired }
        return admitted
    }

    /// A key shared by all visits with the same answer to `admitAgain`.
    package var askedAgainAs: [UInt8] {
        guard let pass = scope.pass else { return [] }
        return pass.credential.digest + Array("\(pass.credential.kind) \(pass.permission) \(request.client)".utf8)
    }

    /// Updates a session's or token's time of last use.
    func noteUse() async throws {
        guard let admitted, admitted.impersonation == nil,
            admitted.seenAt.map({ $0 + Credential.seenEvery <= now }) ?? true
        else { return }
        switch admitted.kind {
        case .impersonation: break
        case .session where request.isByItself: break
        case .session:
            try await database.execute(
                """
                UPDATE sessions SET seen_at = \(now)
                WHERE tenant_id = \(database.tenant) AND session_id = \(admitted.session)
                """)
        case .subscriber:
            try await database.execute(
                """
                UPDATE portal_sessions SET seen_at = \(now)
                WHERE tenant_id = \(database.tenant) AND session_id = \(admitted.session)
                """)
        case .token:
            try await database.execute(
                """
                UPDATE api_tokens SET used_at = \(now) WHERE tenant_id = \(database.tenant) AND token_id = \(admitted.id)
                """)
        }
    }
}

/// A visitor's credential, the permission it needs, and the principal once admitted.
private struct VisitPass: Sendable {
    let credential: Credential
    let permission: String
    let admission: Admission

    init(credential: Credential, permission: String) {
        self.credential = credential
        self.permission = permission
        admission = Admission(credential.kind)
    }

    func guarding(_ database: TenantDatabase, from client: IPAddress, at now: Instant) -> TenantDatabase {
        database.guarded(
            by: credential.check(permission, of: database.tenant, from: client, at: now), passed: admission.note)
    }
}

private final class VisitScope: Sendable {
    let request: Request
    let tenant: Tenant
    let reader: Reader
    let address: String
    let now: Instant
    let catalogue: Catalogue
    let database: TenantDatabase
    let pass: VisitPass?

    init(
        _ request: Request, _ tenant: Tenant, _ address: String, at now: Instant, _ catalogue: Catalogue,
        _ database: TenantDatabase, _ pass: VisitPass?
    ) {
        self.request = request
        self.tenant = tenant
        self.address = address
        self.now = now
        self.catalogue = catalogue
        self.database = database
        self.pass = pass
        reader = tenant.reader(for: request)
    }
}

extension Tenant.ID {
    /// The identifier for tenant-scoped databases.
    package var scope: TenantID { TenantID(uuid) }
}

extension Tenant {
    /// The visitor's preferred language, with the conventions of the tenant's country.
    func reader(for request: Request) -> Reader {
        let wished = request.headers["accept-language"].flatMap { Language(accepting: $0.utf8) }
        return reader(in: wished ?? language)
    }
}

extension Request {
    /// Whether an open page sent it by itself, which does not keep a session alive.
    fileprivate var isByItself: Bool { headers["x-refresh"] != nil || headers["accept"] == "text/event-stream" }
}
