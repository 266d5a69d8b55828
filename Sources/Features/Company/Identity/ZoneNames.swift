import Access
import Declarations
import Identifiers
import Postgres

/// Zone names from their room, for recording whom somebody is limited to.
package struct ZoneNames: RoomPart {
    package let number = 0
    let text: @Sendable ([UUID], TenantDatabase) async throws -> String?

    /// `text` is nil when one of the ids is no zone.
    package init(_ text: @escaping @Sendable ([UUID], TenantDatabase) async throws -> String?) { self.text = text }
}

extension Principal {
    /// The recorded text of a limit to zones. Throws when one of the ids is no zone.
    func reachText(_ zones: Set<UUID>?, in database: TenantDatabase) async throws -> String {
        guard let zones else { return "*" }
        if zones.isEmpty { return "" }
        guard let names = try await catalogue.parts(ZoneNames.self).first?.text(Array(zones), database) else {
            throw AccessRefusal.notFound
        }
        return names
    }
}
