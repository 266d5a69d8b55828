import Addresses
import Declarations
import HTTP
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A request whose tenant is known, on its way through a route.
///
/// Its database checks the credential inside every transaction, so that a session ended or a permission withdrawn a
/// moment ago reads nothing and writes nothing, without a round trip of its own.
package struct Visit: RouteVisit {
    package typealias Permission = Declarations.Permission

    // One reference, since visits are handed on at every step.
    private let scope: VisitScope

    package var request: Request { scope.request }
    package var tenant: Tenant { scope.tenant }
    package var reader: Reader { scope.reader }
    package var now: Instant { scope.now }
    /// Scheme, host and port at which this visitor reaches us, for links; made of what is stored, never of the request.
    package var address: String { scope.address }
    package var database: TenantDatabase { scope.database }
    /// What the rooms of this program declare.
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

    /// The same visit within a transaction: whatever it does becomes part of that one.
    package func inside(_ transaction: TenantDatabase) -> Visit {
        Visit(VisitScope(request, tenant, address, at: now, catalogue, transaction, scope.pass))
    }

    /// Who was let in. Nobody before the first use of the database.
    package var admitted: Admitted? { scope.pass?.admission.admitted }

    /// How the company stands at this moment.
    package var standing: Standing { tenant.standing(at: now) }

    package var person: String? { admitted?.name }

    package func may(_ permission: Permission) -> Bool { admitted?.permissions.contains(permission) == true }

    /// Whether they may do that kind of work now. In a company that is suspended nobody may, and no page offers it.
    package func mayAct(with permission: Permission) -> Bool { may(permission) && !standing.isReadOnly }

    package func may(_ permission: PlatformPermission) -> Bool {
        may(permission.permission)
    }

    /// What may be found by whoever was let in.
    package var findable: [SearchKind] { catalogue.searchKinds.filter { may($0.permission) } }

    /// Somebody of the platform who entered this tenant's panel, where it is they who visit.
    package var impersonation: ActiveImpersonation? { admitted?.impersonation }

    /// Asks the database now whether the credential is good, unless a transaction of this visit has asked already.
    package func admit() async throws {
        if let pass = scope.pass, pass.admission.admitted == nil { try await database.execute("SELECT") }
    }

    /// The person who visits, within a statement: who that is the database says first.
    package var staffStatement: SQL {
        guard let digest = scope.pass?.credential.digest else { return "NULL::uuid" }
        return """
            (SELECT staff_id FROM sessions WHERE tenant_id = \(database.tenant) AND digest = \(digest))
            """
    }

    /// For what goes on after its request: who it is now, and what they may do by now. Fails as a request would.
    package func admitAgain(at now: Instant) async throws -> Admitted {
        guard let pass = scope.pass.map({ VisitPass(credential: $0.credential, permission: $0.permission) }) else {
            throw AccessRefusal.signInRequired
        }
        try await pass.guarding(database, from: request.client, at: now).execute("SELECT")
        guard let admitted = pass.admission.admitted else { throw AccessRefusal.signInRequired }
        return admitted
    }

    /// The same for all visits whose answer is the same.
    package var askedAgainAs: [UInt8] {
        guard let pass = scope.pass else { return [] }
        return pass.credential.digest + Array("\(pass.credential.kind) \(pass.permission) \(request.client)".utf8)
    }

    /// Keeps a session in use from ending for idleness, and a token's last use known.
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

/// What a visitor shows, the permission it must bring, and who it turned out to be.
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
    /// The same identifier, as the database's guard of tenants knows it.
    package var scope: TenantID { TenantID(uuid) }
}

extension Tenant {
    /// In the language the visitor wishes for, as people write it where the tenant is.
    func reader(for request: Request) -> Reader {
        let wished = request.headers["accept-language"].flatMap { Language(accepting: $0.utf8) }
        return reader(in: wished ?? language)
    }
}

extension Request {
    /// Whether an open page asks by itself, without its person: that keeps nobody signed in.
    fileprivate var isByItself: Bool { headers["x-refresh"] != nil || headers["accept"] == "text/event-stream" }
}
