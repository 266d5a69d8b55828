import Identifiers

/// Whose data it is.
package enum TenantScope {}

package typealias TenantID = ID<TenantScope>

/// One tenant's data, and no way to any other's: every statement runs under row-level security in this tenant's
/// context, set in the same transaction.
package struct TenantDatabase: DatabaseHandle {
    package let access: Access

    package init(_ access: Access) { self.access = access }

    init(_ tenant: TenantID, in database: Database) {
        access = Access(database: database, tenant: tenant.uuid)
    }

    /// For the statements, which name their tenant as well: row-level security is the net, not the plan.
    package var tenant: TenantID { TenantID(access.tenant ?? UUID(high: 0, low: 0)) }
}

/// The platform's own tables, as another role: it sees no tenant's data.
package struct PlatformDatabase: DatabaseHandle {
    package let access: Access

    package init(_ access: Access) { self.access = access }

    init(in database: Database) { access = Access(database: database, tenant: nil) }
}
