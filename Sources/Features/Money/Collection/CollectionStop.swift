import Access
import Declarations
import Events
import Identifiers
import Postgres
import Tenancy
import Time

/// Stops all reminders and cuts of the installation until lifted. Payments still reconnect.
package enum CollectionStop {
    /// Returns false if there is one already.
    package static func place(
        because reason: String, by principal: Principal, from randomness: Randomness, in database: Database
    ) async throws -> Bool {
        let id = UUID.v7(milliseconds: principal.now.milliseconds, from: randomness)
        let added = try await database.platform.execute(
            """
            INSERT INTO collection_stops (stop_id, reason, author, made_at)
            VALUES (\(id), \(reason), \(principal.actor.name), \(principal.now)) ON CONFLICT DO NOTHING
            """)
        if added > 0 { try await record(.collectionStopped, reason, by: principal, in: database) }
        return added > 0
    }

    /// Returns false if there is none.
    package static func lift(by principal: Principal, in database: Database) async throws -> Bool {
        let lifted = try await database.platform.execute(
            """
            UPDATE collection_stops SET lifted_at = \(principal.now), lifted_by = \(principal.actor.name)
            WHERE lifted_at IS NULL
            """)
        if lifted > 0 { try await record(.collectionResumed, "", by: principal, in: database) }
        return lifted > 0
    }

    /// In the platform's audit log.
    private static func record(
        _ kind: EventKind, _ reason: String, by principal: Principal, in database: Database
    ) async throws {
        let platform = try await database.platform.superTenant()
        try await database.tenant(platform.id.scope).record(
            Act(kind, after: reason.isEmpty ? [] : [Act.Detail("reason", reason)]), by: principal.actor,
            at: principal.now)
    }
}
