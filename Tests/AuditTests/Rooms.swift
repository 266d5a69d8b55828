import Audit
import Customers
import Declarations
import TenantSupport

/// Two ISPs in a program of the rooms that these tests are about.
func withTenants(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .audit, body: body)
}
