import Access
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Workbooks

/// The plans of a company's folder, `plans.csv`: what it names is made or changed, what it does not name stays, and what
/// was retired since is left alone.
package struct PlanFile: Sendable {
    private let file: NounImport<Plan>

    /// Amounts are written as in the company's country, without a currency.
    package init(_ bytes: [UInt8], of tenant: Tenant, at now: Instant, from randomness: Randomness)
        throws(PlanFileFault)
    {
        do {
            file = try NounImport<Plan>(bytes, in: Notation(tenant.currency, for: tenant.reader)) {
                Plan(id: .make(milliseconds: now.milliseconds, from: randomness), in: tenant.currency)
            }
        } catch {
            throw PlanFileFault("it is no list of plans (\(error))")
        }
        if !file.unknown.isEmpty { throw PlanFileFault("nothing is called \(file.unknown.joined(separator: ", "))") }
        for line in file.lines {
            let reader = Reader(.en, in: tenant.region)
            if let fault = line.faults.first {
                throw PlanFileFault("line \(line.number): \(fault.summary(for: reader))")
            }
        }
    }

    /// The names of the plans that were made or became different.
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
                    let reader = Reader(.en, in: .mexico)
                    throw PlanFileFault("line \(line.number): \(refusal.message.text(for: reader))")
                }
            }
            return changed
        }
    }
}

package struct PlanFileFault: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
