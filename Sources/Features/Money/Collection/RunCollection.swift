import Access
import Customers
import Declarations
import Events
import Identifiers
import Invoices
import JSON
import Jobs
import Locale
import Postgres
import Services
import Tenancy
import Time

/// Runs the day's collection, checked each hour, once the policy's hour has come.
package struct CollectToday: NightlyJob {
    package static let kind = "collection.today"
    package static let time = "0 * * * *"

    package static var rules: JobRules { .collection }

    package init() {}

    package func run(in context: JobContext, by acts: CollectionActs, knowing catalogue: Catalogue) async throws {
        try await acts.run(nil, in: context, knowing: catalogue)
    }
}

/// Continues a run that a person started or confirmed.
package struct RunCollection: Job {
    package static let kind = "collection.run"

    package static var rules: JobRules { .collection }

    package let run: CollectionRun.ID

    package var key: String? { run.description }

    package init(_ run: CollectionRun.ID) { self.run = run }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("run", as: String.self)
        let id = text.flatMap { CollectionRun.ID($0) }
        if text != nil, id == nil { fields.refuse("run", .expected("an identifier")) }
        run = try fields.finish(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("run", run.description) } }

    package func run(in context: JobContext, by acts: CollectionActs, knowing catalogue: Catalogue) async throws {
        try await acts.run(run, in: context, knowing: catalogue)
    }
}

extension JobRules {
    /// A retry does not repeat steps already done.
    fileprivate static var collection: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(3600)
        rules.tenantLimit = 1
        return rules
    }
}

extension CollectionActs {
    /// Customers locked at a time: a payment waits no longer than these take.
    static let chunk = 50

    fileprivate func run(_ id: CollectionRun.ID?, in context: JobContext, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        _ = try await run(
            id, of: tenant, as: { .commandLine(of: catalogue, at: context.now) }, in: context.database)
    }

    /// Carries out what is due now. Nil if nothing may run: the company is suspended, or collection is off or stopped.
    package func run(
        _ id: CollectionRun.ID?, of tenant: Tenant, as principal: () -> Principal, in database: TenantDatabase
    ) async throws -> CollectionRun? {
        let now = principal().now
        guard !tenant.standing(at: now).isReadOnly, try await database.collectionStop(at: now) == nil else {
            return nil
        }
        let policies = try await database.collectionPolicies(in: tenant.currency, at: now)
        if id == nil { try await endDays(of: tenant, by: principal(), in: database) }
        // There is one run a day: started too early, it would find nothing and be over.
        let isTime = id != nil || tenant.timeZone.local(at: now).time.hour >= policies.company.rules.hour
        guard policies.company.rules.isOn, isTime,
            let run = try await open(id, of: tenant, by: principal(), in: database),
            run.state == .running || run.state == .confirmed
        else { return nil }
        try await endPromises(of: tenant, by: principal(), in: database)
        try await database.waiveFees(at: now)
        let present = try await CollectionView(of: tenant, at: now, in: database)
        let view = run.isScheduled ? present : present.atTheDaysEnd
        var (customers, toCut) = ([Customer.ID](), Set<Service.ID>())
        try await view.forEachPage { page in
            for facts in page {
                let decision = view.decision(about: facts)
                if !decision.steps.isEmpty, customers.last != facts.customer { customers.append(facts.customer) }
                if decision.cuts { toCut.insert(facts.service) }
            }
            return false
        }
        let (fuse, cutBefore) = try await database.fuse(on: view.day)
        let all = cutBefore + toCut.count
        let cuts = run.stage == nil || run.stage == .cut
        let isBlown = cuts && !toCut.isEmpty && all > max(fuse.most, run.mayCut(on: view))
        let version = policies.company.version
        try await database.transaction { database in
            try await database.note(fuse, toCut: all, under: version, stopsAt: isBlown ? now : nil, run.id)
            guard isBlown else { return }
            try await database.record(
                Act(
                    .collectionRunStopped, run.subject,
                    after: [Act.Detail("cuts", "\(all)"), Act.Detail("most", "\(fuse.most)")]),
                by: principal().actor, at: now)
        }
        if isBlown { return try await database.collectionRun(run.id) }
        let planned = toCut
        let selection = Selection(
            stage: run.stage, mayCut: { decision, _ in planned.contains(decision.facts.service) },
            isByHand: !run.isScheduled)
        var leftOut = 0
        for start in stride(from: 0, to: customers.count, by: Self.chunk) {
            leftOut += try await act(
                onEachOf: Array(customers[start..<min(start + Self.chunk, customers.count)]), selection, run: run,
                of: tenant, by: principal(), in: database)
        }
        try await database.noteLeftOut(leftOut, run.id)
        try await database.transaction { database in
            try await database.end(run.id, at: principal().now)
            guard let done = try await database.collectionRun(run.id) else { return }
            try await database.record(
                Act(
                    .collectionRunEnded, done.subject,
                    after: [
                        Act.Detail("cuts", "\(done.cuts)"), Act.Detail("messages", "\(done.messages)"),
                        Act.Detail("without_channel", "\(done.withoutChannel)"),
                    ]), by: principal().actor, at: principal().now)
        }
        return try await database.collectionRun(run.id)
    }

    /// Prepaid days end at midnight, whatever the policy's hour. For those that ended yesterday, the credit buys more
    /// days, or the service is cut. Days that ended earlier, as after an outage of ours, wait for the day's run and its
    /// fuse.
    private func endDays(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        let selection = Selection(
            mayCut: { decision, reason in reason == .daysOver && decision.endDay(of: .cut) == today }, tells: false)
        var last: Customer.ID?
        while true {
            let page = try await database.accountsOutOfDays(on: today, after: last, limit: Self.chunk)
            guard !page.isEmpty else { return }
            try await InvoiceActs(randomness: randomness).renewDays(
                on: page, of: tenant, by: principal, in: database)
            _ = try await act(onEachOf: page, selection, run: nil, of: tenant, by: principal, in: database)
            last = page.last
        }
    }

    /// A customer whose step is refused is left out and the others go on; returns how many were left out.
    private func act(
        onEachOf customers: [Customer.ID], _ selection: Selection, run: CollectionRun?, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> Int {
        do {
            try await act(on: customers, selection, run: run?.id, of: tenant, by: principal, in: database)
            return 0
        } catch let refusal as any Refusal {
            guard let customer = customers.first, customers.count == 1 else {
                var leftOut = 0
                for customer in customers {
                    leftOut += try await act(
                        onEachOf: [customer], selection, run: run, of: tenant, by: principal, in: database)
                }
                return leftOut
            }
            let person = try await database.customer(customer)
            let name = person.map { "\($0.name) (\($0.number))" } ?? ""
            try await database.record(
                Act(
                    .collectionLeftOut, Act.Subject("customer", customer.uuid, named: name),
                    after: (run.map { [Act.Detail("run", "\($0.number)")] } ?? [])
                        + [Act.Detail("reason", refusal.message.text(for: tenant.reader))]), by: principal.actor,
                at: principal.now)
            return 1
        }
    }

    /// The run with that id, or the day's, which is started if needed.
    private func open(
        _ id: CollectionRun.ID?, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> CollectionRun? {
        if let id { return try await database.collectionRun(id) }
        let today = tenant.timeZone.day(at: principal.now)
        return try await database.transaction { database in
            if let known = try await database.scheduledRun(on: today) { return known }
            let id: CollectionRun.ID = newID(at: principal.now)
            try await database.insertRun(id, on: today, stage: nil, isScheduled: true, by: principal)
            try await database.callOffOlderRuns(than: id, at: principal.now)
            return try await database.scheduledRun(on: today)
        }
    }
}

extension CollectionRun {
    /// The number of cuts that a person confirmed, for this day and policy version.
    fileprivate func mayCut(on view: CollectionView) -> Int {
        guard let confirmed, day == view.day, confirmed.policyVersion == view.policies.company.version else { return 0 }
        return confirmed.cuts
    }

    var subject: Act.Subject { Act.Subject("collection_run", id.uuid, named: "\(number)") }
}
