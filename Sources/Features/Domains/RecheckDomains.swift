import DNS
import Events
import Identifiers
import JSON
import Jobs
import Postgres
import Time

/// Every day: whether the names are still the company's. One that lost its proof is warned of, and after a few days
/// released; one whose proof has come is served.
package struct RecheckDomains: Job {
    package static let kind = "domains.recheck"
    static let schedule = "20 4 * * *"

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let fields = try JSONFields(json, at: pointer)
        try fields.finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

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

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: Zone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(RecheckDomains(), named: kind, at: schedule, in: zone, catchUp: .once, from: now)
    }
}
