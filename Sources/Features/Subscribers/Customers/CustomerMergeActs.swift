import Access
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

extension CustomerMerge {
    /// Moves all of the duplicate's rows to the remaining customer.
    package static func make(
        of duplicate: Customer.ID, into customer: Customer.ID, of tenant: Tenant, by principal: Principal,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> CustomerMerge {
        guard duplicate != customer else { throw MergeRefusal.sameCustomer }
        return try await database.transaction { database in
            let parts = principal.catalogue.parts(CustomerRows.self)
            let (kept, merged) = try await database.pair(customer, duplicate, holding: parts)
            let id: ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
            let filled = try await kept.fill(from: merged, of: tenant, by: principal, in: database)
            try await database.insert(id, of: merged, into: customer, filled, by: principal)
            let move = CustomerMove(
                from: duplicate, to: customer, tenant: tenant, principal: principal, randomness: randomness,
                note: merged.mergeNote)
            try await database.deferConstraints()
            for part in parts {
                try await database.insert(try await part.move(move, database), of: part.kind, movedBy: id)
            }
            try await database.insert(
                try await database.put(merged, into: customer), of: Self.earlierMerges, movedBy: id)
            guard let merge = try await database.merge(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.customersMerged, kept.subject, after: [Act.Detail("duplicate", merged.subjectName)]),
                by: principal.actor, at: principal.now)
            return merge
        }
    }

    /// Moves the rows back to the duplicate. Rows added since stay with the remaining customer.
    package static func undo(
        _ id: ID, of tenant: Tenant, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> CustomerMerge {
        try await database.transaction { database in
            guard let merge = try await database.merge(id) else { throw AccessRefusal.notFound }
            let parts = principal.catalogue.parts(CustomerRows.self)
            for part in parts {
                for customer in [merge.customer, merge.duplicate].sorted(by: { $0.uuid < $1.uuid }) {
                    try await part.hold(customer, database)
                }
            }
            guard let merge = try await database.merge(id, locked: true), merge.undoneAt == nil else {
                throw MergeRefusal.undoneAlready
            }
            guard let kept = try await database.customer(merge.customer, locked: true) else {
                throw MergeRefusal.mergedSince
            }
            guard let merged = try await database.customerEvenMerged(merge.duplicate) else {
                throw AccessRefusal.notFound
            }
            if merge.state != .cancelled {
                try await database.keepReturningCustomers(1, below: tenant.plan.customers)
            }
            let move = CustomerMove(
                from: merge.duplicate, to: merge.customer, tenant: tenant, principal: principal,
                randomness: randomness, note: merged.mergeNote)
            try await database.deferConstraints()
            for part in parts.reversed() {
                let ids = try await database.rows(of: part.kind, movedBy: id)
                try await part.moveBack(ids, move, database)
            }
            try await database.putBack(merged, merge)
            try await kept.empty(merge.filled, like: merged, of: tenant, by: principal, in: database)
            try await database.end(id, by: principal)
            try await database.record(
                Act(.customersSeparated, kept.subject, after: [Act.Detail("duplicate", merged.subjectName)]),
                by: principal.actor, at: principal.now)
            guard let undone = try await database.merge(id) else { throw AccessRefusal.notFound }
            return undone
        }
    }

    /// A dry run: merges and rolls back.
    package static func preview(
        of duplicate: Customer.ID, into customer: Customer.ID, of tenant: Tenant, by principal: Principal,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> CustomerMerge {
        do {
            return try await database.transaction { database in
                throw Foreseen(
                    merge: try await make(
                        of: duplicate, into: customer, of: tenant, by: principal, from: randomness, in: database))
            }
        } catch let foreseen as Foreseen {
            return foreseen.merge
        }
    }

    private struct Foreseen: Error {
        let merge: CustomerMerge
    }

    /// The kind for customers merged into the duplicate earlier.
    static let earlierMerges = "customers"
}

extension TenantDatabase {
    /// Reads both customers, with all of their rows locked.
    fileprivate func pair(
        _ customer: Customer.ID, _ duplicate: Customer.ID, holding parts: [CustomerRows]
    ) async throws -> (kept: Customer, merged: Customer) {
        for part in parts {
            for id in [customer, duplicate].sorted(by: { $0.uuid < $1.uuid }) { try await part.hold(id, self) }
        }
        let found = try await customers([customer, duplicate], locked: true)
        guard let kept = found.first(where: { $0.id == customer }),
            let merged = found.first(where: { $0.id == duplicate })
        else { throw AccessRefusal.notFound }
        return (kept, merged)
    }
}

extension Customer {
    private static let filledFields: [(name: String, path: any WritableKeyPath<Customer, String> & Sendable)] = [
        ("phone", \.phone), ("email", \.email), ("identification", \.identification), ("address", \.address),
        ("neighbourhood", \.neighbourhood),
    ]

    /// Fills empty fields from the duplicate. A telephone not yet confirmed by the ISP is not copied.
    fileprivate func fill(
        from duplicate: Customer, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> [String] {
        var filled = self
        var names: [String] = []
        let isClaimed = try await database.hasClaimedPhone(duplicate.id)
        for (name, path) in Self.filledFields
        where self[keyPath: path].isEmpty && !duplicate[keyPath: path].isEmpty && !(name == "phone" && isClaimed) {
            filled[keyPath: path] = duplicate[keyPath: path]
            names.append(name)
        }
        if zone == nil, duplicate.zone != nil {
            filled.zone = duplicate.zone
            names.append("zone")
        }
        _ = try await change(to: filled, of: tenant, by: principal, in: database)
        return names
    }

    /// Empties the filled fields, unless they were changed since.
    fileprivate func empty(
        _ names: [String], like duplicate: Customer, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        var emptied = self
        for (name, path) in Self.filledFields
        where names.contains(name) && self[keyPath: path] == duplicate[keyPath: path] {
            emptied[keyPath: path] = ""
        }
        if names.contains("zone"), zone == duplicate.zone, principal.zones == nil { emptied.zone = nil }
        _ = try await change(to: emptied, of: tenant, by: principal, in: database)
    }

    fileprivate var subjectName: String { "\(name) (\(number))" }

    /// On both account statements.
    fileprivate var mergeNote: String { "\(number) · \(name)" }
}
