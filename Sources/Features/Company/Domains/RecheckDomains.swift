import DNS
import Events
import Identifiers
import Jobs
import Postgres
import Time

/// Every day: whether the names are still the company's. One that lost its proof is warned of, and after a few days
/// released; one whose proof has come is served.
package struct RecheckDomains: NightlyJob {
    package static let kind = "domains.recheck"
    package static let time = "20 4 * * *"

    package init() {}

    package func run(in context: JobContext, asking records: TextRecords) async throws {
        try await Self.check(asking: records, at: context.now, in: context.database)
    }

    static func check(asking records: TextRecords, at now: Instant, in database: TenantDatabase) async throws {
        for domain in try await database.domains() where !domain.isVouched {
            do {
                try await Domain.check(domain.id, asking: records, by: .commandLine, at: now, in: database)
            } catch is DomainRefusal {
                // It is another's for now: asked again tomorrow, and shown as not served until then.
                continue
            }
        }
    }
}
