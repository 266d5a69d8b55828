import Customers
import Declarations
import Staff
import TenantSupport
import Tokens
import Zones

/// Two ISPs in a program of the rooms that these tests are about.
func withTenants(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .staff, .tokens, .zones, body: body)
}
