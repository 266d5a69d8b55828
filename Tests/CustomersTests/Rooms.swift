import Access
import Customers
import Declarations
import Events
import Postgres
import TenantSupport
import Zones

/// Two ISPs in a program of the rooms that these tests are about.
func withTenants(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .zones, body: body)
}

extension TestTenant {
    /// As their services and their balance would make them.
    func make(_ customer: Customer.ID, _ state: Customer.State) async throws {
        try await database.transaction { database in
            for act in try await Customer.become([customer: state], of: present ?? tenant, in: database) {
                try await database.record(act, by: .commandLine, at: now)
            }
        }
    }
}
