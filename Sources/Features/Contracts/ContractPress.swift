import Access
import Documents
import Loop
import Postgres
import Tenancy

/// Where papers are written, on threads of their own: one takes a core for a moment.
package struct ContractPress: Sendable {
    private let pool: BlockingPool

    package init(on pool: BlockingPool) { self.pool = pool }

    func paper(
        of contract: Contract, _ text: String, for tenant: Tenant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        let logo = try await database.brandPicture("logo", of: tenant.brand.logo)
        do {
            return try await pool.run {
                try ContractPaper(contract: contract, text: ContractText(text), tenant: tenant, logo: logo)
                    .document.pdf()
            }
        } catch is BlockingPool.Full {
            throw AccessRefusal.tooBusy
        }
    }
}
