import Access
import Customers
import Declarations
import Events
import Invoices
import Jobs
import Ledger
import Postgres
import Services
import Tenancy
import Time

extension LookAtCustomer {
    /// After a payment, its reversal or a promise: reconnects cut services, cuts again those reconnected for money that
    /// is gone, and updates the customer's status.
    package func run(in context: JobContext, by acts: CollectionActs, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        let principal = Principal.commandLine(of: catalogue, at: context.now)
        try await acts.look(at: customer, of: tenant, by: principal, in: context.database)
    }
}

extension CollectionActs {
    package func look(
        at customer: Customer.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        // The companies that owe the platform are suspended by its console.
        guard !tenant.isPlatform, !tenant.standing(at: principal.now).isReadOnly else { return }
        try await endPromises(of: tenant, only: customer, by: principal, in: database)
        // Before the customer is locked: issuing invoices takes a lock of its own first.
        try await InvoiceActs(randomness: randomness).renewDays(
            on: [customer], of: tenant, by: principal, in: database)
        try await database.transaction { database in
            try await database.hold(customer)
            guard try await database.customer(customer, locked: true) != nil else { return }
            try await noteStrikes(of: customer, tenant, by: principal, in: database)
            // A first cut for a debt waits for a run, whose fuse counts it.
            let selection = Selection(mayCut: { $0.isCutByLook(for: $1) }, tells: false)
            try await act(on: [customer], selection, run: nil, of: tenant, by: principal, in: database)
            try await database.waiveFees(of: customer, at: principal.now)
            for act in try await Customer.settle([customer], of: tenant, at: principal.now, in: database) {
                try await database.record(act, by: principal.actor, at: principal.now)
            }
        }
    }
}

extension Decision {
    /// Whether it is cut as soon as somebody looks, without waiting for a run.
    var isCutByLook: Bool {
        steps.contains { if case .cut(let reason) = $0 { isCutByLook(for: reason) } else { false } }
    }

    fileprivate func isCutByLook(for reason: Cut.Reason) -> Bool { reason == .fraud || isCutAgain }

    /// Whether the service was cut in this period already, and came back for money or a word that no longer stands.
    var isCutAgain: Bool {
        facts.done.last { $0.kind == .cut && $0.period == period }?.endedAs != nil
    }
}
