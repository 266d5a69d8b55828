import Identifiers

/// A connection on loan to one transaction or stream.
final class Lease: Caller, @unchecked Sendable {
    var slot: Slot?
    var connection: Connection?
    let pool: ExclusivePool

    init(for tenant: UUID?, from pool: ExclusivePool) {
        self.pool = pool
        super.init(tenant: tenant)
    }
}
