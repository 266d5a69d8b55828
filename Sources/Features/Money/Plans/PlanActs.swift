import Access
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Postgres

extension Plan {
    /// Fills in what was left empty, and refuses contradictions.
    func checked() throws(PlanRefusal) -> Plan {
        var plan = self
        guard charge != .byDays || days > 0 else { throw .daysMissing }
        if charge != .byDays { plan.days = 0 }
        if plan.provisionedDownload.kilobits == 0 { plan.provisionedDownload = download }
        if plan.provisionedUpload.kilobits == 0 { plan.provisionedUpload = upload }
        let burst = [burstDownload, burstUpload, thresholdDownload, thresholdUpload].map { $0.kilobits > 0 }
        let hasBurst = burst.contains(true) || burstSeconds > 0
        if hasBurst {
            guard burst.allSatisfy({ $0 }), burstSeconds > 0 else { throw .burstIncomplete }
            guard burstDownload.kilobits > plan.provisionedDownload.kilobits,
                burstUpload.kilobits > plan.provisionedUpload.kilobits
            else { throw .burstTooSlow }
        }
        guard earlyDiscount.minor <= price.minor else { throw .discountTooLarge }
        guard earlyDiscount.isPositive == (earlyDays > 0) else { throw .discountDaysMissing }
        return plan
    }

    func add(by principal: Principal, in database: TenantDatabase) async throws -> Plan {
        let plan = try checked()
        return try await database.transaction { database in
            try await plan.keepNameFree(in: database) { database throws(DatabaseError) in
                try await database.insert(plan, at: principal.now)
            }
            try await database.record(
                Act(.planCreated, plan.subject, after: plan.details()), by: principal.actor, at: principal.now)
            return plan
        }
    }

    /// A change without effect is not recorded.
    package func change(to changed: Plan, by principal: Principal, in database: TenantDatabase) async throws -> Plan {
        let changed = try changed.checked()
        guard let act = Act.change(.planChanged, changed.subject, from: details(), to: changed.details()) else {
            return self
        }
        return try await database.transaction { database in
            // Billing reads these of the present plan, even for days already billed.
            if (charge, tax) != (changed.charge, changed.tax),
                try await database.isUsed(id, knowing: principal.catalogue)
            {
                throw PlanRefusal.chargeStays
            }
            try await changed.keepNameFree(in: database) { database throws(DatabaseError) in
                try await database.update(changed)
            }
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    /// Stops selling the plan. Its services continue.
    static func retire(_ id: Plan.ID, by principal: Principal, in database: TenantDatabase) async throws -> Plan {
        try await database.transaction { database in
            guard var plan = try await database.plan(id, locked: true) else { throw AccessRefusal.notFound }
            guard plan.retiredAt == nil else { throw PlanRefusal.retired }
            plan.retiredAt = principal.now
            try await database.update(plan)
            try await database.record(
                Act(.planRetired, plan.subject, before: plan.details()), by: principal.actor, at: principal.now)
            return plan
        }
    }

    static func sellAgain(_ id: Plan.ID, by principal: Principal, in database: TenantDatabase) async throws -> Plan {
        try await database.transaction { database in
            guard var plan = try await database.plan(id, locked: true) else { throw AccessRefusal.notFound }
            guard plan.retiredAt != nil else { throw PlanRefusal.notRetired }
            plan.retiredAt = nil
            let again = plan
            try await again.keepNameFree(in: database) { database throws(DatabaseError) in
                try await database.update(again)
            }
            try await database.record(
                Act(.planSoldAgain, plan.subject, after: plan.details()), by: principal.actor, at: principal.now)
            return plan
        }
    }

    /// Only for a plan that no service ever had.
    static func delete(_ id: Plan.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let plan = try await database.plan(id, locked: true) else { throw AccessRefusal.notFound }
            guard try await !database.isUsed(id, knowing: principal.catalogue) else { throw PlanRefusal.sold }
            do {
                try await database.delete(id)
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw PlanRefusal.sold
            }
            try await database.record(
                Act(.planDeleted, plan.subject, before: plan.details()), by: principal.actor, at: principal.now)
        }
    }

    private func keepNameFree(
        in database: TenantDatabase, _ write: (TenantDatabase) async throws(DatabaseError) -> Void
    ) async throws {
        guard try await !database.isTaken(planName: name, besides: id) else { throw PlanRefusal.nameTaken }
        do {
            try await write(database)
        } catch let error where error.isUniqueViolation(of: "plans_by_name_in_use") {
            throw PlanRefusal.nameTaken
        }
    }

    private var subject: Act.Subject { Act.Subject("plan", id.uuid, named: name) }
}
