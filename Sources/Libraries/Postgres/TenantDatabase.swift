import Identifiers

/// The noun of a tenant's `ID`.
package enum TenantScope {}

package typealias TenantID = ID<TenantScope>

/// One tenant's data and no other's: every statement runs under row-level security in this tenant's context, set in the
/// same transaction.
package struct TenantDatabase: DatabaseHandle {
    package let access: DatabaseAccess

    package init(_ access: DatabaseAccess) { self.access = access }

    init(_ tenant: TenantID, in database: Database) {
        access = DatabaseAccess(database: database, tenant: tenant.uuid)
    }

    /// The same data behind a guard: every transaction begins with this statement and fails with it. `passed` gets its
    /// rows each time.
    package func guarded(
        by check: SQL, passed: @escaping @Sendable (Rows) throws(DatabaseError) -> Void
    ) -> TenantDatabase {
        var access = access
        access.guardian = Guardian(check: check, passed: passed)
        return TenantDatabase(access)
    }

    /// For tests that interrupt work between any two statements.
    package func interrupted(by interruption: @escaping @Sendable () throws(DatabaseError) -> Void) -> TenantDatabase {
        var access = access
        access.interruption = interruption
        return TenantDatabase(access)
    }

    /// For statements, which filter by tenant as well: row-level security is only the net.
    package var tenant: TenantID { TenantID(access.tenant ?? UUID(high: 0, low: 0)) }

    func lend<Result: Sendable>(
        to other: TenantID, _ work: (TenantDatabase) async throws -> Result
    ) async throws -> Result {
        guard let transaction = access.transaction else {
            throw DatabaseError.refused("A tenant is only joined to another's in a transaction")
        }
        var joined = access
        joined.tenant = other.uuid
        do {
            try await transaction.enter(other.uuid)
            let result = try await work(TenantDatabase(joined))
            try await transaction.enter(tenant.uuid)
            return result
        } catch {
            await transaction.doom()
            throw error
        }
    }
}

/// The platform's own tables, under a role that sees no tenant's data.
package struct PlatformDatabase: DatabaseHandle {
    package let access: DatabaseAccess

    package init(_ access: DatabaseAccess) { self.access = access }

    init(in database: Database) { access = DatabaseAccess(database: database, tenant: nil) }
}
