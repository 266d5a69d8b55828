import HTTP
import Identifiers
import Locale
import Postgres
import Synchronization
import Tenancy
import Time

/// A request whose tenant is known, on its way through a route.
///
/// Its database checks the credential inside every transaction, so that a session ended or a permission withdrawn a
/// moment ago reads nothing and writes nothing, without a round trip of its own.
package struct Visit: RouteVisit {
    package typealias Permission = Access.Permission

    package let request: Request
    package let tenant: Tenant
    package let reader: Reader
    package let now: Instant
    package let database: TenantDatabase
    private let admission: Admission?

    init(
        _ request: Request, to tenant: Tenant, for permission: Permission, with credential: Credential?,
        at now: Instant,
        in database: Database
    ) {
        self.request = request
        self.tenant = tenant
        self.now = now
        let wished = request.headers["accept-language"].flatMap { Language(accepting: $0.utf8) }
        reader = Reader(wished ?? tenant.language, in: tenant.region)
        let open = database.tenant(tenant.id.scope)
        guard permission != .anyone, let credential else {
            self.database = open
            admission = nil
            return
        }
        let admission = Admission()
        self.admission = admission
        self.database = open.guarded(by: credential.check(permission, of: open.tenant, at: now), passed: admission.note)
    }

    /// Who was let in: a person's or a token's name. Nobody before the first use of the database.
    package var person: String? { admission?.person }

    /// Asks the database now whether the credential is good, unless a transaction of this visit has asked already.
    package func admit() async throws {
        if let admission, admission.person == nil { try await database.execute("SELECT") }
    }
}

/// Filled when the database has let the visitor in.
private final class Admission: Sendable {
    private let name = Mutex<String?>(nil)

    var person: String? { name.withLock(\.self) }

    func note(_ rows: Rows) {
        guard let row = rows.first, let person: String = try? row.read("person") else { return }
        name.withLock { $0 = person }
    }
}

extension Tenant.ID {
    /// The same identifier, as the database's guard of tenants knows it.
    package var scope: TenantID { TenantID(uuid) }
}
