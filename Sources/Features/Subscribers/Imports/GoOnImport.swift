import Access
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Ledger
import Locale
import Nouns
import Plans
import Postgres
import Services
import Spreadsheets
import Tenancy
import Time
import Zones

/// Continues an import in batches: previews the rows, commits or undoes them. Batches done before a failure are not
/// repeated.
package struct GoOnImport: Job {
    package static let kind = "imports.go-on"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(1800)
        return rules
    }

    package let file: Import.ID

    package var key: String? { file.description }
    package var priority: JobPriority { .urgent }

    static let batch = 500

    package init(_ file: Import.ID) { self.file = file }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("import", as: String.self)
        guard let id = Import.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("import"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("import", file.description) } }

    package func run(in context: JobContext, _ acts: ImportActs, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await go(
            of: tenant, acts, knowing: catalogue, at: context.now, from: context.randomness, in: context.database)
    }

    package func go(
        of tenant: Tenant, _ acts: ImportActs, knowing catalogue: Catalogue, at now: Instant,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        guard let file = try await database.fileImport(file), file.state.isUnderWay,
            !tenant.standing(at: now).isReadOnly
        else { return }
        let principal = Principal(file.author, permissions: catalogue.grantable, of: catalogue, at: now)
        let work = ImportWork(file: file, tenant: tenant, principal: principal, randomness: randomness)
        do {
            if file.state == .undoing { return try await work.undo(in: database) }
            guard let bytes = try await database.fileBytes(of: file.id) else { throw ImportRefusal.noRows }
            let table = try await acts.table(of: bytes, tenant)
            switch file.state {
            case .trying:
                try await work.keep(try await work.decide(table, in: database), in: database)
            default:
                try await work.commit(table, in: database)
            }
        } catch is ImportRefusal {
            _ = try await database.move(
                file.id, from: [.trying, .committing], to: file.state == .trying ? .draft : .tried, at: now,
                because: .unreadable)
        } catch is PlanLimit {
            _ = try await database.move(file.id, from: [.committing], to: .tried, at: now, because: .customerLimit)
        }
    }
}

/// The work on one file.
private struct ImportWork {
    let file: Import
    let tenant: Tenant
    let principal: Principal
    let randomness: Randomness

    struct Decision {
        let row: ImportRow
        let person: ImportedPerson
    }

    private func people(of table: Table, in database: TenantDatabase) async throws -> [ImportedPerson] {
        let rows = ImportedRows(
            file, of: table, zones: try await database.zones(), plans: try await database.plans(),
            in: Notation(tenant.currency, for: tenant.reader), on: tenant.timeZone.day(at: principal.now))
        return table.rows.map { row in
            rows.person(of: row, as: .make(milliseconds: principal.now.milliseconds, from: randomness))
        }
    }

    func decide(_ table: Table, in database: TenantDatabase) async throws -> [Decision] {
        var match = ImportMatch(
            customers: try await database.allCustomers(),
            earlier: try await database.earlierImports(than: file.id), areDistinct: file.areDistinct)
        return try await people(of: table, in: database).map { Decision(row: match.decide($0), person: $0) }
    }

    /// Stores the preview of the rows.
    func keep(
        _ decisions: [Decision], because interruption: Import.Interruption? = nil, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard
                try await database.move(
                    file.id, from: [.trying, .committing], to: .tried, at: principal.now, because: interruption)
            else { return }
            try await database.execute(
                "DELETE FROM import_rows WHERE tenant_id = \(database.tenant) AND import_id = \(file.id)")
            for start in stride(from: 0, to: decisions.count, by: 5000) {
                try await database.insert(
                    decisions[start..<min(start + 5000, decisions.count)].map { ($0.row, $0.person.digest) },
                    of: file.id)
            }
        }
    }

    /// Commits exactly what was previewed: if customers have changed since, a new preview is stored instead.
    func commit(_ table: Table, in database: TenantDatabase) async throws {
        let shown = try await database.importRows(of: file.id)
        let isBegun = shown.contains(where: \.isDone)
        let people: [ImportedPerson]
        if isBegun {
            people = try await self.people(of: table, in: database)
        } else {
            let decisions = try await decide(table, in: database)
            guard decisions.map(\.row.plan) == shown.map(\.plan) else {
                return try await keep(decisions, because: .changed, in: database)
            }
            people = decisions.map(\.person)
        }
        let byLine = Dictionary(uniqueKeysWithValues: people.map { ($0.line, $0) })
        var made = Dictionary(
            uniqueKeysWithValues: shown.compactMap { row in
                row.isDone ? row.customer.map { (row.line, Customer.ID($0.id)) } : nil
            })
        let left = shown.filter { !$0.isDone && $0.outcome != .refused }
        for start in stride(from: 0, to: left.count, by: GoOnImport.batch) {
            let batch = left[start..<min(start + GoOnImport.batch, left.count)]
            try await take(Array(batch), byLine, &made, in: database)
        }
        try await end(in: database)
    }

    private func take(
        _ batch: [ImportRow], _ people: [Int: ImportedPerson], _ made: inout [Int: Customer.ID],
        in database: TenantDatabase
    ) async throws {
        let known = made
        made = try await database.transaction { database in
            var made = known
            let new = batch.filter { $0.outcome == .created }.compactMap { row in
                people[row.line].map { (line: row.line, customer: $0.customer) }
            }
            let added = try await Customer.add(
                new.map(\.customer), distinct: true, to: tenant, by: principal, in: database)
            for (one, customer) in zip(new, added) { made[one.line] = customer.id }
            var filled: [Int: [(field: String, value: String)]] = [:]
            for row in batch where row.outcome == .merged {
                guard let person = people[row.line], let found = row.customer,
                    let customer = try await database.customer(Customer.ID(found.id), locked: true)
                else { continue }
                let fields = customer.filled(by: person.customer)
                let fuller = customer.taking(fields, of: person.customer)
                filled[row.line] = fuller.values(of: fields)
                _ = try await customer.change(to: fuller, of: tenant, by: principal, in: database)
            }
            let rows = batch.map { row in
                let customer =
                    made[row.line] ?? row.customer.map { Customer.ID($0.id) } ?? row.sameAs.flatMap { made[$0] }
                if row.outcome != .known, let customer { made[row.line] = customer }
                return TakenRow(row, of: customer, place: people[row.line]?.customer, work: self)
            }
            try await book(rows, in: database)
            try await ServiceTakeover.take(
                over: rows.compactMap(\.takeover), as: Act(.servicesImported, file.subject), of: tenant,
                by: principal, in: database)
            try await database.finish(
                rows.map { row in
                    FinishedRow(
                        line: row.line, customer: row.customer, service: row.takeover?.service.id,
                        opening: row.opening?.id, filled: filled[row.line] ?? [])
                }, of: file.id)
            return made
        }
    }

    /// Last rows first, so that a customer with several rows is unused when their own is undone.
    func undo(in database: TenantDatabase) async throws {
        let rows = Array(try await database.importRows(of: file.id).filter { $0.isDone && $0.kept == nil }.reversed())
        for start in stride(from: 0, to: rows.count, by: GoOnImport.batch) {
            let batch = Array(rows[start..<min(start + GoOnImport.batch, rows.count)])
            try await database.transaction { database in try await undo(batch, in: database) }
        }
        try await database.transaction { database in
            try await database.takeBackNumbers()
            guard try await database.move(file.id, from: [.undoing], to: .undone, at: principal.now) else { return }
            try await database.record(Act(.importUndone, file.subject), by: principal.actor, at: principal.now)
        }
    }

    private func undo(_ batch: [ImportRow], in database: TenantDatabase) async throws {
        let customers = Set(batch.compactMap { $0.customer.map { Customer.ID($0.id) } })
        let before = try await database.customers(Array(customers), locked: true)
        let today = tenant.timeZone.day(at: principal.now)
        let gone = try await database.undo(
            batch, of: file.id, on: today, because: file.name, by: principal.actor, at: principal.now)
        let made = Set(
            batch.filter { gone.contains($0.line) && $0.outcome == .created }
                .compactMap { $0.customer.map { Customer.ID($0.id) } })
        try await database.forget(before.filter { made.contains($0.id) })
        for row in batch where gone.contains(row.line) && !row.filled.isEmpty {
            guard let id = row.customer.map({ Customer.ID($0.id) }), let customer = try await database.customer(id)
            else {
                continue
            }
            _ = try await customer.change(
                to: customer.emptied(of: row.filled), of: tenant, by: principal, in: database)
        }
        let left = before.map(\.id).filter { !made.contains($0) }
        var acts = try await Customer.settle(left, of: tenant, at: principal.now, in: database)
        let idle = try await database.withoutServices(left)
        acts += try await Customer.become(
            Dictionary(uniqueKeysWithValues: idle.map { ($0, .prospect) }), of: tenant, in: database)
        for act in acts { try await database.record(act, by: principal.actor, at: principal.now) }
    }

    /// Imported credit settles existing debts.
    private func book(_ rows: [TakenRow], in database: TenantDatabase) async throws {
        let opened = rows.filter { $0.opening != nil }
        let customers = opened.compactMap(\.customer)
        guard !customers.isEmpty else { return }
        try await database.post(opened.compactMap(\.opening), by: principal.actor, at: principal.now)
        try await database.settleOldest(
            customers.map { customer in
                let id: Transaction.ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
                return (customer, id, id.uuid)
            }, in: tenant.currency, on: tenant.timeZone.day(at: principal.now), by: principal.actor, at: principal.now)
        try await Customer.noteDebts(of: customers, of: tenant, in: database)
    }

    private func end(in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard try await database.move(file.id, from: [.committing], to: .done, at: principal.now),
                let done = try await database.fileImport(file.id)
            else { return }
            try await database.record(
                Act(
                    .customersImported, file.subject,
                    after: ImportRow.Outcome.allCases.map { Act.Detail($0.rawValue, "\(done.counts[$0] ?? 0)") }
                        + [Act.Detail("imported_services", "\(done.services)")]),
                by: principal.actor, at: principal.now)
        }
    }
}

/// A row's service and balance.
private struct TakenRow {
    let line: Int
    let customer: Customer.ID?
    private(set) var opening: Transaction?
    private(set) var takeover: ServiceTakeover?

    /// `place` is the customer, whose address the service gets.
    init(_ row: ImportRow, of customer: Customer.ID?, place: Customer?, work: ImportWork) {
        (line, self.customer) = (row.line, customer)
        guard let customer else { return }
        let today = work.tenant.timeZone.day(at: work.principal.now)
        func newID<Noun>() -> ID<Noun> {
            .make(milliseconds: work.principal.now.milliseconds, from: work.randomness)
        }
        if let balance = row.balance {
            let id: Transaction.ID = newID()
            let account: Account = balance.isPositive ? .receivable(customer) : .credit(customer)
            opening = Transaction(
                id: id, .opening, of: id.uuid, on: today,
                [Posting(account, balance), Posting(.opening, Money(minor: -balance.minor, balance.currency))])
        }
        if let sold = row.service {
            var service = Service.new(newID(), of: customer, in: sold.price.currency)
            (service.address, service.neighbourhood) = (place?.address ?? "", place?.neighbourhood ?? "")
            (service.zone, service.billingDay) = (place?.zone, sold.billingDay)
            takeover = ServiceTakeover(service, sold.state, plan: sold.plan, at: sold.price, agreed: sold.isPriceAgreed)
        }
    }
}

extension ImportRow {
    /// What is done with the row, regardless of names.
    fileprivate var plan: Plan {
        Plan(line: line, outcome: outcome, customer: customer?.id, sameAs: sameAs, service: service, balance: balance)
    }

    fileprivate struct Plan: Equatable {
        let line: Int
        let outcome: Outcome
        let customer: UUID?
        let sameAs: Int?
        let service: Sold?
        let balance: Money?
    }
}
