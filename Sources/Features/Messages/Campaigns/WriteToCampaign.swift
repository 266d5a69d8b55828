import Access
import Channels
import Conversations
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Locale
import Notices
import Postgres
import Tenancy
import Time

/// Writes to the next customers of a campaign. Notices, whom they went to and the next turn are stored in one transaction:
/// a restart neither loses nor repeats one.
package struct WriteToCampaign: Job {
    package static let kind = "campaigns.write"

    let campaign: Campaign.ID
    /// Keeps the next turn apart from this one.
    let moment: Int

    package var key: String? { "\(campaign) \(moment)" }
    package var lane: String? { "campaign \(campaign)" }

    package init(_ campaign: Campaign.ID, at moment: Instant) {
        (self.campaign, self.moment) = (campaign, Int(moment.milliseconds))
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("campaign", as: String.self)
        let moment = fields.required("moment", as: Int.self)
        guard let id = Campaign.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("campaign"))
        }
        (campaign, self.moment) = (id, moment ?? 0)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("campaign", campaign.description)
            json.member("moment", moment)
        }
    }

    package func run(
        of tenant: Tenant, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        let now = principal.now
        // A company that may not act writes to nobody; somebody lets the campaign go on later.
        let isReadOnly = tenant.standing(at: now).isReadOnly
        try await database.transaction { database in
            guard var known = try await database.campaignToWrite(campaign), known.state == .running,
                let due = known.nextAt
            else { return }
            guard due <= now else { return try await database.queue(WriteToCampaign(known.id, at: due), at: due) }
            if isReadOnly {
                (known.state, known.nextAt) = (.paused, nil)
                _ = try await known.put(.campaignPaused, by: principal, in: database)
                return
            }
            if let end = try await database.quietEnd(at: now, in: tenant) {
                known.nextAt = end
                try await database.update(known)
                return try await database.queue(WriteToCampaign(known.id, at: end), at: end)
            }
            if try await database.failsInARow(known) {
                (known.state, known.nextAt) = (.paused, nil)
                _ = try await known.put(.campaignFailing, by: principal, in: database)
                return
            }
            let (batch, pause) = known.pace
            let next = try await database.nextRecipients(
                of: known, on: tenant.timeZone.day(at: now), in: tenant.currency, limit: batch)
            for recipient in next {
                try await write(
                    known, to: recipient, of: tenant, by: principal, from: randomness, in: database)
            }
            guard try await database.isWaiting(in: known.id) else {
                (known.state, known.nextAt, known.endedAt) = (.finished, nil, now)
                _ = try await known.put(.campaignFinished, by: principal, in: database)
                return
            }
            known.nextAt = now + pause
            try await database.update(known)
            try await database.queue(WriteToCampaign(known.id, at: now + pause), at: now + pause)
        }
    }

    private func write(
        _ known: Campaign, to recipient: NextRecipient, of tenant: Tenant, by principal: Principal,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        if recipient.hasOptedOut { return try await database.note(.optedOut, of: recipient.chosen, in: known.id) }
        if recipient.isTold || !recipient.isMeant {
            return try await database.note(.needless, of: recipient.chosen, in: known.id)
        }
        var values: [CampaignText.Blank: String] = [
            .customer: recipient.name, .company: tenant.name,
            .balance: Money(minor: recipient.balance, tenant.currency).exactText(for: tenant.reader),
        ]
        if known.purpose == .linking {
            values[.code] = try await database.makeLinkCode(for: recipient.customer, by: principal, from: randomness)
        }
        let text = CampaignText(known.text).filled(values)
        var blanks = Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
        blanks["texto"] = text
        try await database.notify(
            [
                NewNotice(
                    to: recipient.customer, known.purpose.notice, about: known.id.uuid,
                    subject: CampaignText(known.subject).filled(values), text: text, blanks: blanks)
            ], at: principal.now, from: randomness)
        try await database.note(.told, of: recipient.chosen, in: known.id, toldAs: recipient.customer)
    }
}

extension Campaign.Purpose {
    var notice: NoticeKind {
        switch self {
        case .announcement: .campaign
        case .linking: .chatInvitation
        }
    }
}

extension NoticeKind {
    package static let campaign = NoticeKind(
        "campaign", Message(es: "Campaña", en: "Campaign", pt: "Campanha"),
        blanks: ["nombre", "empresa", "saldo", "texto"], applies: { try await isWanted($0, $1) })
    package static let chatInvitation = NoticeKind(
        "chat_invitation",
        Message(
            es: "Invitación a vincular el chat", en: "Invitation to link the chat", pt: "Convite a vincular o chat"),
        blanks: ["nombre", "empresa", "saldo", "codigo", "texto"], applies: { try await isWanted($0, $1) })

    private static func isWanted(_ notice: CustomerNotice, _ database: TenantDatabase) async throws -> Bool {
        try await !database.isStopped(Campaign.ID(notice.about))
    }
}
