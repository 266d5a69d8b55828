import Channels
import Customers
import Locale
import Notices
import Postgres
import Tenancy
import Time

/// What a campaign would do if it began now: to how many, by which channels, and at what cost.
struct CampaignForecast: Sendable {
    var count = AudienceCount(found: 0, optedOut: 0)
    /// How many each channel would be tried for first.
    var channels: [String: Int] = [:]
    /// Customers whom no channel reaches.
    var unreached = 0
    /// Messages that go as a template.
    var templates = 0
    /// Only the first customers were looked at.
    var isPartial = false
    var outlook: TemplateOutlook
    var samples: [Sample] = []

    struct Sample: Sendable {
        let customer: String
        let subject: String
        let text: String
    }

    /// The most customers that are looked at one by one.
    static let mostCounted = 20_000
    private static let chunk = 1000
    private static let mostSamples = 3

    init(of campaign: Campaign, by carriers: [NoticeCarrier], at desk: NoticeDesk) async throws {
        let (database, tenant, kind) = (desk.database, desk.tenant, campaign.purpose.notice)
        let today = tenant.timeZone.day(at: desk.now)
        outlook = try await database.templateOutlook(of: kind, at: desk.now, in: tenant)
        count = try await database.audienceCount(of: campaign, on: today)
        var (last, looked) = (0, 0)
        while true {
            let members = try await database.audience(of: campaign, on: today, after: last, limit: Self.chunk)
            if samples.isEmpty { try await addSamples(of: campaign, to: members, tenant, in: database) }
            let ids = members.map(\.customer)
            let reach = try await NoticeReach(ids, by: carriers, at: desk)
            let byTemplate = try await database.reachedByTemplate(ids, at: desk.now)
            for id in ids {
                guard let channel = reach.channel(to: id, of: kind) else {
                    unreached += 1
                    continue
                }
                channels[channel, default: 0] += 1
                if channel == "whatsapp", byTemplate.contains(id) { templates += 1 }
            }
            looked += members.count
            guard members.count == Self.chunk, let next = members.last?.number else { return }
            if looked >= Self.mostCounted {
                isPartial = true
                return
            }
            last = next
        }
    }

    private mutating func addSamples(
        of campaign: Campaign, to members: [AudienceMember], _ tenant: Tenant, in database: TenantDatabase
    ) async throws {
        let first = members.prefix(Self.mostSamples)
        let balances = try await database.balances(of: first.map(\.customer), in: tenant.currency)
        samples = first.map { member in
            var values: [CampaignText.Blank: String] = [
                .customer: member.name, .company: tenant.name,
                .balance: Money(minor: balances[member.customer] ?? 0, tenant.currency).exactText(for: tenant.reader),
            ]
            if campaign.purpose == .linking { values[.code] = "ABCD2345" }
            return Sample(
                customer: member.name, subject: CampaignText(campaign.subject).filled(values),
                text: CampaignText(campaign.text).filled(values))
        }
    }

    /// Whom it writes to.
    var written: Int { count.found - count.optedOut }

    var cost: Money {
        let (minor, isTooMuch) = outlook.price.minor.multipliedReportingOverflow(by: Int64(templates))
        return Money(minor: isTooMuch ? .max : minor, outlook.price.currency)
    }

    /// Whether the month's cap ends before the campaign does.
    var exceedsCap: Bool {
        guard let cap = outlook.cap else { return false }
        let (sum, isTooMuch) = outlook.spent.minor.addingReportingOverflow(cost.minor)
        return isTooMuch || sum > cap.minor
    }

    /// What its author should look at before it begins.
    func warnings(of campaign: Campaign) -> [CampaignWords] {
        var warnings: [CampaignWords] = []
        let names = CampaignText(campaign.text).blanks
        if !names.contains(CampaignText.Blank.company.rawValue) { warnings.append(.warnCompany) }
        if campaign.text.contains("http://") { warnings.append(.warnLink) }
        let letters = campaign.text.filter(\.isLetter)
        if letters.count > 20, letters.filter(\.isUppercase).count * 2 > letters.count {
            warnings.append(.warnCapitals)
        }
        if unreached > 0 { warnings.append(.warnUnreached) }
        if exceedsCap { warnings.append(.warnCap) }
        return warnings
    }
}
