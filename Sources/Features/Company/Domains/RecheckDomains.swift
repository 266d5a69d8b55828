import DNS
import Events
import Identifiers
import Jobs
import Postgres
import Time

/// Daily check of domain ownership. A domain without proof is warned about, and released after a few days; one with a
/// new proof is served.
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
                // Another tenant has it for now: checked again tomorrow, and shown as not served until then.
                continue
            }
        }
    }
}
