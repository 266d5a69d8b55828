import Documents
import Identifiers
import Postgres
import Sandbox
import Tenancy

/// Prints contracts; a long one takes a core for a moment.
package struct ContractPrinter: Sendable {
    private let sandbox: Sandbox

    package init(in sandbox: Sandbox) { self.sandbox = sandbox }

    func paper(
        of contract: Contract, _ text: String, for tenant: Tenant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        let logo = try await database.brandPicture("logo", of: tenant.brand.logo)
        return try await ContractPaper(contract: contract, text: ContractText(text), tenant: tenant, logo: logo)
            .document.pdf(in: sandbox, for: tenant.id.uuid)
    }
}
