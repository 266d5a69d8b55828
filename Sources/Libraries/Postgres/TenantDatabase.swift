import Identifiers

/// Whose data it is.
package enum TenantScope {}

package typealias TenantID = ID<TenantScope>

/// One tenant's data, and no way to any other's: every statement runs under row-level security in this tenant's
/// context, set in the same transaction.
package struct TenantDatabase: DatabaseHandle {
    package let access: DatabaseAccess

    package init(_ access: DatabaseAccess) { self.access = access }

    init(_ tenant: TenantID, in database: Database) {
        access = DatabaseAccess(database: database, tenant: tenant.uuid)
    }

    /// The same data behind a check: every transaction begins with this statement, and ends with it when it fails. What
    /// it brought is handed over each time it passed.
    package func guarded(
        by check: SQL, passed: @escaping @Sendable (Rows) throws(DatabaseError) -> Void
    ) -> TenantDatabase {
        var access = access
        access.guardian = Guardian(check: check, passed: passed)
        return TenantDatabase(access)
    }

    /// The same for tests that cut work off between any two statements.
    package func interrupted(by interruption: @escaping @Sendable () throws(DatabaseError) -> Void) -> TenantDatabase {
        var access = access
        access.interruption = interruption
        return TenantDatabase(access)
    }

    /// For the statements, which name their tenant as well: row-level security is the net, not the plan.
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

/// The platform's own tables, as another role: it sees no tenant's data.
package struct PlatformDatabase: DatabaseHandle {
    package let access: DatabaseAccess

    package init(_ access: DatabaseAccess) { self.access = access }

    init(in database: Database) { access = DatabaseAccess(database: database, tenant: nil) }
}
