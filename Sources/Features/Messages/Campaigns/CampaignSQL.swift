import Customers
import Identifiers
import Locale
import Notices
import Nouns
import Postgres
import Time

extension TenantDatabase {
    private var campaignSelection: SQL { campaignSelection(isCounted: true) }

    /// Counting a campaign's customers takes long where they are many.
    private func campaignSelection(isCounted: Bool) -> SQL {
        """
        SELECT k.campaign_id, k.number, k.title, k.purpose, k.subject, k.body, k.zone_id, k.plan_id, k.standing, k.debt,
            k.reach, k.per_hour, k.state, k.next_at, k.started_at, k.resumed_at, k.ended_at, k.actor, k.made_at,
            r.recipients, r.waiting
        FROM campaigns k CROSS JOIN LATERAL (
            SELECT count(*) AS recipients, count(*) FILTER (WHERE x.state = 'waiting') AS waiting
            FROM campaign_recipients x WHERE x.tenant_id = \(tenant) AND x.campaign_id = k.campaign_id AND \(isCounted)) r
        WHERE k.tenant_id = \(tenant)
        """
    }

    package func campaign(_ id: Campaign.ID, locked: Bool = false) async throws(DatabaseError) -> Campaign? {
        try await first("\(campaignSelection) AND k.campaign_id = \(id) \(locked ? .forUpdate(of: "k") : .nothing)")
    }

    /// For a turn of it: locked, and without its counts.
    func campaignToWrite(_ id: Campaign.ID) async throws(DatabaseError) -> Campaign? {
        try await first(
            "\(campaignSelection(isCounted: false)) AND k.campaign_id = \(id) \(.forUpdate(of: "k"))")
    }

    func isStopped(_ id: Campaign.ID) async throws(DatabaseError) -> Bool {
        try await value(
            "SELECT state = 'stopped' FROM campaigns WHERE tenant_id = \(tenant) AND campaign_id = \(id)") ?? false
    }

    func isWaiting(in id: Campaign.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM campaign_recipients
                WHERE tenant_id = \(tenant) AND campaign_id = \(id) AND state = 'waiting')
            """) ?? false
    }

    /// Whether its newest notices that came to an end, since it began or went on, all failed.
    func failsInARow(_ campaign: Campaign) async throws(DatabaseError) -> Bool {
        guard let since = campaign.resumedAt ?? campaign.startedAt else { return false }
        return try await value(
            """
            SELECT count(*) = \(Campaign.mostFailures) FROM (
                SELECT n.state FROM notices n
                WHERE n.tenant_id = \(tenant) AND n.kind = \(campaign.purpose.notice.name)
                    AND n.about = \(campaign.id.uuid) AND n.made_at >= \(since)
                    AND n.state IN ('sent', 'delivered', 'read', 'failed')
                ORDER BY n.number DESC LIMIT \(Campaign.mostFailures)) n
            WHERE n.state = 'failed'
            """) ?? false
    }

    func campaigns(_ query: ListQuery<Campaign>) -> SQL {
        "\(campaignSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func campaignsCounted(_ query: ListQuery<Campaign>) -> SQL {
        "FROM campaigns k WHERE k.tenant_id = \(tenant) \(query.restriction)"
    }

    func campaigns(
        in state: Campaign.State?, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [Campaign] {
        let which: SQL = state.map { "AND k.state = \($0.rawValue)" } ?? .nothing
        return try await rows(
            "\(campaignSelection) AND k.number > \(number) \(which) ORDER BY k.number LIMIT \(limit)")
    }

    func insert(_ campaign: Campaign) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'campaign', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO campaigns (
                tenant_id, campaign_id, number, title, purpose, subject, body, zone_id, plan_id, standing, debt, reach,
                per_hour, state, actor, made_at)
            SELECT \(tenant), \(campaign.id), n.last, \(campaign.title), \(campaign.purpose.rawValue), \(campaign.subject),
                \(campaign.text), \(campaign.zone), \(campaign.plan), \(campaign.standing.rawValue),
                \(campaign.debt.rawValue), \(campaign.reach.rawValue), \(Int32(clamping: campaign.perHour)),
                \(campaign.state.rawValue), \(campaign.author), \(campaign.madeAt)
            FROM next n
            """)
    }

    func update(_ campaign: Campaign) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE campaigns SET title = \(campaign.title), purpose = \(campaign.purpose.rawValue),
                subject = \(campaign.subject), body = \(campaign.text), zone_id = \(campaign.zone),
                plan_id = \(campaign.plan), standing = \(campaign.standing.rawValue), debt = \(campaign.debt.rawValue),
                reach = \(campaign.reach.rawValue), per_hour = \(Int32(clamping: campaign.perHour)),
                state = \(campaign.state.rawValue), next_at = \(campaign.nextAt), started_at = \(campaign.startedAt),
                resumed_at = \(campaign.resumedAt), ended_at = \(campaign.endedAt)
            WHERE tenant_id = \(tenant) AND campaign_id = \(campaign.id)
            """)
    }
}

// Whom a campaign is for.
extension TenantDatabase {
    /// The condition on customers `c`.
    private func audience(of campaign: Campaign, on today: Day) -> SQL {
        var clauses: SQL = "c.tenant_id = \(tenant) AND c.merged_into IS NULL"
        if campaign.standing == .any {
            clauses = "\(clauses) AND c.state NOT IN ('prospect', 'cancelled')"
        } else {
            clauses = "\(clauses) AND c.state = \(campaign.standing.rawValue)"
        }
        if let zone = campaign.zone { clauses = "\(clauses) AND c.zone_id = \(zone)" }
        if let plan = campaign.plan {
            clauses = """
                \(clauses) AND EXISTS (
                    SELECT FROM services s CROSS JOIN LATERAL (
                        SELECT t.plan_id FROM service_terms t
                        WHERE t.tenant_id = \(tenant) AND t.service_id = s.service_id AND t.from_day <= \(today)
                        ORDER BY t.from_day DESC, t.sequence DESC LIMIT 1) p
                    WHERE s.tenant_id = \(tenant) AND s.customer_id = c.customer_id AND s.state <> 'cancelled'
                        AND p.plan_id = \(plan))
                """
        }
        let owes: SQL = """
            EXISTS (
                SELECT FROM customer_balances b
                WHERE b.tenant_id = \(tenant) AND b.customer_id = c.customer_id AND b.balance > 0)
            """
        switch campaign.debt {
        case .any: break
        case .none: clauses = "\(clauses) AND NOT \(owes)"
        case .owing: clauses = "\(clauses) AND \(owes)"
        case .overdue:
            clauses = """
                \(clauses) AND EXISTS (
                    SELECT FROM ledger_charges g
                    WHERE g.tenant_id = \(tenant) AND g.customer_id = c.customer_id AND g.open > 0
                        AND g.due_on < \(today))
                """
        }
        // Only those who have no chat are invited to link one.
        let reach = campaign.purpose == .linking ? .unlinked : campaign.reach
        func hasChat(_ which: SQL) -> SQL {
            """
            EXISTS (
                SELECT FROM conversations v
                WHERE v.tenant_id = \(tenant) AND v.customer_id = c.customer_id \(which))
            """
        }
        switch reach {
        case .any: return clauses
        case .linked: return "\(clauses) AND \(hasChat(.nothing))"
        case .unlinked: return "\(clauses) AND NOT \(hasChat(.nothing))"
        case .whatsapp:
            let chat = hasChat("AND v.channel IN ('whatsapp', 'twilio')")
            return "\(clauses) AND (\(chat) OR c.phone <> '' AND NOT c.phone_is_claimed)"
        case .telegram: return "\(clauses) AND \(hasChat("AND v.channel = 'telegram'"))"
        case .email: return "\(clauses) AND c.email <> ''"
        }
    }

    private var askedForNone: SQL {
        """
        EXISTS (
            SELECT FROM conversations o
            WHERE o.tenant_id = \(tenant) AND o.customer_id = c.customer_id AND o.opted_out_at IS NOT NULL)
        """
    }

    /// How many customers the filters find, and how many of them asked for no messages.
    func audienceCount(of campaign: Campaign, on today: Day) async throws(DatabaseError) -> AudienceCount {
        try await first(
            """
            SELECT count(*) AS found, count(*) FILTER (WHERE \(askedForNone)) AS opted_out
            FROM customers c WHERE \(audience(of: campaign, on: today))
            """) ?? AudienceCount(found: 0, optedOut: 0)
    }

    /// By number, without those who asked for no messages.
    func audience(
        of campaign: Campaign, on today: Day, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [AudienceMember] {
        try await rows(
            """
            SELECT c.customer_id, c.number, c.name FROM customers c
            WHERE \(audience(of: campaign, on: today)) AND NOT \(askedForNone) AND c.number > \(number)
            ORDER BY c.number LIMIT \(limit)
            """)
    }

    /// Chooses whom a campaign writes to; returns how many.
    func choose(for campaign: Campaign, on today: Day) async throws(DatabaseError) -> Int {
        try await execute(
            """
            INSERT INTO campaign_recipients (tenant_id, campaign_id, chosen_id, customer_id, state)
            SELECT \(tenant), \(campaign.id), gen_random_uuid(), c.customer_id,
                CASE WHEN \(askedForNone) THEN 'opted_out' ELSE 'waiting' END
            FROM customers c WHERE \(audience(of: campaign, on: today))
            """)
    }

    /// Recipients nobody has written to yet, with what stands in a text's blanks, and whether the campaign's filters still
    /// find them.
    func nextRecipients(
        of campaign: Campaign, on today: Day, in currency: Currency, limit: Int
    ) async throws(DatabaseError) -> [NextRecipient] {
        let id = campaign.id
        return try await rows(
            """
            SELECT x.chosen_id, x.customer_id, c.name, \(askedForNone) AS opted_out,
                (\(audience(of: campaign, on: today))) AS meant, coalesce((
                SELECT b.balance FROM customer_balances b
                WHERE b.tenant_id = \(tenant) AND b.customer_id = x.customer_id AND b.currency = \(currency.rawValue)), 0)
                AS balance, EXISTS (
                SELECT FROM campaign_recipients o
                WHERE o.tenant_id = \(tenant) AND o.campaign_id = \(id) AND o.customer_id = x.customer_id
                    AND o.state = 'told') AS told
            FROM campaign_recipients x JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = x.customer_id
            WHERE x.tenant_id = \(tenant) AND x.campaign_id = \(id) AND x.state = 'waiting'
            ORDER BY x.customer_id, x.chosen_id LIMIT \(limit)
            """)
    }

    func balances(
        of customers: [Customer.ID], in currency: Currency
    ) async throws(DatabaseError) -> [Customer.ID: Int64] {
        let rows: [BalanceOfMember] = try await rows(
            """
            SELECT customer_id, balance FROM customer_balances
            WHERE tenant_id = \(tenant) AND currency = \(currency.rawValue) AND customer_id = ANY (\(customers))
            """)
        return Dictionary(rows.map { ($0.customer, $0.balance) }, uniquingKeysWith: { first, _ in first })
    }

    func note(
        _ state: CampaignRecipient.Stage, of chosen: UUID, in campaign: Campaign.ID, toldAs customer: Customer.ID? = nil
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE campaign_recipients SET state = \(state.rawValue), told_as = \(customer)
            WHERE tenant_id = \(tenant) AND campaign_id = \(campaign) AND chosen_id = \(chosen) AND state = 'waiting'
            """)
    }

    func stopWaiting(in campaign: Campaign.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE campaign_recipients SET state = 'stopped'
            WHERE tenant_id = \(tenant) AND campaign_id = \(campaign) AND state = 'waiting'
            """)
    }
}

struct AudienceCount: RowReadable, Sendable {
    let found: Int
    let optedOut: Int

    init(found: Int, optedOut: Int) { (self.found, self.optedOut) = (found, optedOut) }

    init(row: Row) throws(DatabaseError) { (found, optedOut) = (try row.read("found"), try row.read("opted_out")) }
}

struct AudienceMember: RowReadable, Sendable {
    let customer: Customer.ID
    let number: Int
    let name: String

    init(row: Row) throws(DatabaseError) {
        (customer, number, name) = (try row.read("customer_id"), try row.read("number"), try row.read("name"))
    }
}

struct NextRecipient: RowReadable, Sendable {
    let chosen: UUID
    let customer: Customer.ID
    let name: String
    let hasOptedOut: Bool
    /// Whether the campaign's filters still match the recipient, who may have paid meanwhile.
    let isMeant: Bool
    /// In minor units.
    let balance: Int64
    /// Another record of theirs, merged since, was written to.
    let isTold: Bool

    init(row: Row) throws(DatabaseError) {
        chosen = try row.read("chosen_id")
        customer = try row.read("customer_id")
        name = try row.read("name")
        hasOptedOut = try row.read("opted_out")
        isMeant = try row.read("meant")
        balance = try row.read("balance")
        isTold = try row.read("told")
    }
}

private struct BalanceOfMember: RowReadable {
    let customer: Customer.ID
    let balance: Int64

    init(row: Row) throws(DatabaseError) {
        (customer, balance) = (try row.read("customer_id"), try row.read("balance"))
    }
}
