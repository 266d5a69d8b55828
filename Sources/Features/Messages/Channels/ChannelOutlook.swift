import ChannelProtocol
import Conversations
import Customers
import Identifiers
import Locale
import Notices
import Postgres
import Tenancy
import Time

/// What notices by templates cost now, for rooms that write to many customers.
package struct TemplateOutlook: Sendable {
    /// The template of the kind of notice, if WhatsApp takes it.
    package let template: String?
    /// Of one message.
    package let price: Money
    /// In this month.
    package let spent: Money
    /// Of a month; nil without one.
    package let cap: Money?
}

extension TenantDatabase {
    package func templateOutlook(
        of kind: NoticeKind, at now: Instant, in company: Tenant
    ) async throws(DatabaseError) -> TemplateOutlook {
        let use = try await templateUses().first { $0.kind == kind.name && $0.isUsable }
        let budget = try await messageBudget()
        let spent = try await spentOnTemplates(in: company.timeZone.day(at: now).month.first)
        func money(_ minor: Int64) -> Money { Money(minor: minor, company.currency) }
        return TemplateOutlook(
            template: use?.template.name, price: money(use.map { budget.price(of: $0.category) } ?? 0),
            spent: money(spent), cap: budget.cap.map(money))
    }

    /// Whether WhatsApp is in use and has no template for a kind of notice: it then reaches only those who have written
    /// lately.
    package func lacksTemplate(of kind: NoticeKind) async throws(DatabaseError) -> Bool {
        let accounts = try await channelAccounts()
        guard accounts.contains(where: { $0.provider.hasWindow && $0.isOn }) else { return false }
        let uses = try await templateUses()
        return !uses.contains { $0.kind == kind.name && $0.isUsable }
    }

    /// Of these customers, those to whom a channel takes only templates now.
    package func reachedByTemplate(
        _ customers: [Customer.ID], at now: Instant
    ) async throws(DatabaseError) -> Set<Customer.ID> {
        let accounts = try await channelAccounts().filter { $0.provider.hasWindow && $0.isOn && $0.stopped == nil }
        var found: Set<Customer.ID> = []
        for provider in Set(accounts.map(\.provider)) {
            let own = accounts.filter { $0.provider == provider }.map(\.id.uuid)
            let reach = try await chatReach(
                of: customers, on: provider.channel, at: own, askingConsent: try await messageBudget().asksConsent,
                now: now)
            found.formUnion(reach.filter { !$0.value }.keys)
        }
        return found
    }

    /// When the company's quiet hours end; nil while it is not quiet.
    package func quietEnd(at now: Instant, in company: Tenant) async throws(DatabaseError) -> Instant? {
        try await quietHours()?.end(after: now, in: company.timeZone)
    }
}
