import Customers
import Identifiers
import JSON
import Locale
import Notices
import Nouns
import Postgres
import Time

/// A customer of a campaign, and what became of it with them.
package struct CampaignRecipient: Sendable, Equatable {
    /// Of this choice: a customer into whom another was merged may stand twice.
    package let chosen: UUID
    package let customer: Customer.ID
    package let number: Int
    package let name: String
    package let fate: Fate
    /// The channel that has the notice, or had it last.
    package let channel: String
    package let failure: String

    /// How far the campaign is with them.
    enum Stage: String, Sendable {
        case waiting, told
        case optedOut = "opted_out"
        case needless, stopped
    }

    package enum Fate: String, FieldChoice {
        case waiting, sending, sent, delivered, read, failed
        case optedOut = "opted_out"
        case needless, stopped

        package var message: Message {
            switch self {
            case .waiting: Message(es: "En espera", en: "Waiting", pt: "Em espera")
            case .sending: Message(es: "Enviando", en: "Sending", pt: "Enviando")
            case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviado")
            case .delivered: Message(es: "Entregado", en: "Delivered", pt: "Entregue")
            case .read: Message(es: "Leído", en: "Read", pt: "Lido")
            case .failed: Message(es: "No se pudo enviar", en: "Could not be sent", pt: "Não foi possível enviar")
            case .optedOut:
                Message(es: "Pidió no recibir mensajes", en: "Asked for no messages", pt: "Pediu para não receber")
            case .needless: Message(es: "Ya no hacía falta", en: "No longer needed", pt: "Não era mais preciso")
            case .stopped:
                Message(es: "Campaña detenida antes", en: "Campaign stopped before", pt: "Campanha parada antes")
            }
        }

        package var tone: Tone {
            switch self {
            case .waiting, .sending, .sent: .warning
            case .delivered, .read: .good
            case .failed: .bad
            case .optedOut, .needless, .stopped: .quiet
            }
        }
    }

    static func list(of campaign: Campaign) -> List<CampaignRecipient> {
        List(
            "campaign_recipients", at: campaign.recipientsPath, CampaignWords.recipients.message,
            of: [
                .counted("number", \.number, CampaignWords.customerNumber.message).sorted(by: "c.number"),
                Field<CampaignRecipient>("name", .line(1...200), CampaignWords.customer.message) { .text($0.name) }
                    .linked { "/panel/customers/\($0.customer)/notices" },
                .derived("fate", \.fate, CampaignWords.fate.message).filtered(by: TenantDatabase.fate),
                Field("channel", .line(0...40), CampaignWords.channel.message) { .text($0.channel) },
                Field("failure", .line(0...40), CampaignWords.failure.message) { .text($0.failure) }.minor(),
            ], by: "number", key: "x.chosen_id", id: \.chosen)
    }
}

extension CampaignRecipient: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        chosen = try row.read("chosen_id")
        customer = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        fate = try row.word("fate")
        channel = try row.read("channel")
        failure = try row.read("failure")
    }
}

extension TenantDatabase {
    /// Of a recipient `x` and their notice `n`.
    fileprivate static var fate: SQL {
        """
        (CASE WHEN x.state <> 'told' THEN x.state WHEN n.state = 'waiting' THEN 'sending'
            WHEN n.state = 'withdrawn' THEN 'stopped' ELSE n.state END)
        """
    }

    private func recipients(of campaign: Campaign) -> SQL {
        """
        FROM campaign_recipients x
        JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = x.customer_id
        LEFT JOIN notices n ON n.tenant_id = \(tenant) AND n.kind = \(campaign.purpose.notice.name)
            AND n.about = \(campaign.id.uuid) AND n.first_customer = x.told_as
        WHERE x.tenant_id = \(tenant) AND x.campaign_id = \(campaign.id)
        """
    }

    func campaignRecipients(_ query: ListQuery<CampaignRecipient>, of campaign: Campaign) -> SQL {
        """
        SELECT x.chosen_id, x.customer_id, c.number, c.name, \(Self.fate) AS fate, coalesce(n.channel, '') AS channel,
            coalesce(n.failure, '') AS failure
        \(recipients(of: campaign)) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func campaignRecipientsCounted(_ query: ListQuery<CampaignRecipient>, of campaign: Campaign) -> SQL {
        "\(recipients(of: campaign)) \(query.restriction)"
    }

    func campaignRecipients(
        of campaign: Campaign, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [CampaignRecipient] {
        try await rows(
            """
            SELECT x.chosen_id, x.customer_id, c.number, c.name, \(Self.fate) AS fate, coalesce(n.channel, '') AS channel,
                coalesce(n.failure, '') AS failure
            \(recipients(of: campaign)) AND c.number > \(number) ORDER BY c.number LIMIT \(limit)
            """)
    }

    /// How many of a campaign's customers came to each end.
    package func campaignFates(
        of campaign: Campaign
    ) async throws(DatabaseError) -> [(fate: CampaignRecipient.Fate, count: Int)] {
        let rows: [FateCount] = try await rows(
            "SELECT \(Self.fate) AS fate, count(*) AS count \(recipients(of: campaign)) GROUP BY 1 ORDER BY 1")
        return rows.map { ($0.fate, $0.count) }
    }
}

/// How many messages of a campaign failed, and why.
struct CampaignFailure: RowReadable, Sendable {
    /// The last that was tried; empty where there was none.
    let channel: String
    let code: String
    let count: Int

    init(row: Row) throws(DatabaseError) {
        (channel, code) = (try row.read("channel"), try row.read("failure"))
        count = try row.read("count")
    }
}

extension TenantDatabase {
    /// By cause, the most frequent first.
    func campaignFailures(of campaign: Campaign) async throws(DatabaseError) -> [CampaignFailure] {
        try await rows(
            """
            SELECT coalesce(n.channel, '') AS channel, coalesce(n.failure, '') AS failure, count(*) AS count
            \(recipients(of: campaign)) AND n.state = 'failed'
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 50
            """)
    }
}

private struct FateCount: RowReadable {
    let fate: CampaignRecipient.Fate
    let count: Int

    init(row: Row) throws(DatabaseError) { (fate, count) = (try row.word("fate"), try row.read("count")) }
}
