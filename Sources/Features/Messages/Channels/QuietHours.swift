import Postgres
import Time

/// Hours of the company's day in which customers are not written to by themselves.
struct QuietHours: Sendable, Equatable, RowReadable {
    let from: Int
    let until: Int

    init?(from: Int, until: Int) {
        guard (0...23).contains(from), (0...23).contains(until) else { return nil }
        (self.from, self.until) = (from, until)
    }

    init(row: Row) throws(DatabaseError) {
        from = try row.read("quiet_from")
        until = try row.read("quiet_until")
    }

    /// Nil while it is not quiet.
    func end(after now: Instant, in zone: TimeZone) -> Instant? {
        guard from != until else { return nil }
        let local = zone.local(at: now)
        let (today, hour) = (local.day, local.time.hour)
        let isQuiet = from < until ? (from..<until).contains(hour) : hour >= from || hour < until
        guard isQuiet else { return nil }
        let day = hour < until ? today : today + 1
        return zone.instant(of: day, at: TimeOfDay(hour: until, minute: 0)!)
    }
}

extension TenantDatabase {
    func quietHours() async throws(DatabaseError) -> QuietHours? {
        try await first("SELECT quiet_from, quiet_until FROM channel_settings WHERE tenant_id = \(tenant)")
    }

    func put(_ hours: QuietHours) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO channel_settings (tenant_id, quiet_from, quiet_until)
            VALUES (\(tenant), \(hours.from), \(hours.until))
            ON CONFLICT (tenant_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until
            """)
    }
}
