/// The roles, and what sets them apart.
package enum Roles {
    /// Owns every table, and migrates. Not used by the server.
    package static let owner = "mastil_owner"
    /// Does the tenants' work: row-level security applies to it.
    package static let tenants = "mastil_app"
    /// Does the platform's work, in the platform's tables.
    package static let platform = "mastil_platform"
    /// FreeRADIUS's: may call a few functions, and reads no table.
    package static let radius = "mastil_radius"
    /// Kamailio's, likewise.
    package static let voice = "mastil_voice"

    /// Creates missing roles; needs a superuser. Idempotent, also concurrently.
    package static func create(on connection: OwnerConnection) throws(DatabaseError) {
        for role in [owner, tenants, platform, radius, voice] {
            try connection.execute(
                """
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN
                        CREATE ROLE \(role) LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$
                """)
        }
    }
}
