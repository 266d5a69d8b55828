import Access
import Assembly
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Workbooks

/// A tenant folder's `plans.csv`: listed plans are created or updated, others stay, and retired ones are left alone.
package struct PlanFile: Sendable {
    private let file: NounImport<Plan>
    private let tenant: Tenant

    package init(_ bytes: [UInt8], of tenant: Tenant, at now: Instant, from randomness: Randomness)
        throws(TenantFileFault)
    {
        self.tenant = tenant
        file = try TenantFile.read(bytes, of: tenant) {
            Plan(id: .make(milliseconds: now.milliseconds, from: randomness), in: tenant.currency)
        }
    }

    /// Returns the names of the plans created or changed.
    package func apply(by principal: Principal, in database: TenantDatabase) async throws -> [String] {
        try await database.transaction { database in
            let known = try await database.plans(retiredToo: true)
            var changed: [String] = []
            for line in file.lines {
                do {
                    let namesakes = known.filter { $0.name.lowercased() == line.noun.name.lowercased() }
                    if let plan = namesakes.first(where: { $0.retiredAt == nil }) {
                        guard line.noun.currency == plan.currency else { throw PlanRefusal.otherCurrency }
                        let wanted = line.described(by: file.named, over: plan)
                        if try await plan.change(to: wanted, by: principal, in: database) != plan {
                            changed.append(wanted.name)
                        }
                    } else if namesakes.isEmpty {
                        changed.append(try await line.noun.add(by: principal, in: database).name)
                    }
                } catch let refusal as PlanRefusal {
                    throw TenantFileFault(refusal, inLine: line.number, of: tenant)
                }
            }
            return changed
        }
    }
}

extension TenantFile {
    static let plans = TenantFile(10, "plans.csv") { bytes, tenant, principal, randomness, database in
        try await PlanFile(bytes, of: tenant, at: principal.now, from: randomness).apply(by: principal, in: database)
            .map { "plan \($0)" }
    }
}
