import Access
import Identifiers
import Postgres
import Tenancy
import Time

/// Two campaigns for whoever tries the program: one under way and a draft.
package enum InventedCampaign {
    /// Whether they were made: not where there is one already.
    package static func fill(
        of tenant: Tenant, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> Bool {
        guard try await database.campaigns(in: nil, after: 0, limit: 1).isEmpty else { return false }
        func new(_ title: String, _ subject: String, _ text: String) -> Campaign {
            var campaign = Campaign(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), at: principal.now)
            (campaign.title, campaign.subject, campaign.text) = (title, subject, text)
            return campaign
        }
        var upgrade = new(
            "Más velocidad en diciembre", "Más velocidad por el mismo precio",
            "Hola [nombre]. En diciembre [empresa] duplica su velocidad sin costo. No tiene que hacer nada.")
        upgrade.perHour = 60
        let written = try await upgrade.write(by: principal, in: database)
        _ = try await Campaign.start(written.id, of: tenant, by: principal, in: database)
        var link = new(
            "Vincular los chats", "Reciba sus avisos por chat",
            "Hola [nombre]. Para recibir los avisos de [empresa] por chat, escríbanos: vincular [codigo]")
        link.purpose = .linking
        _ = try await link.write(by: principal, in: database)
        return true
    }
}
