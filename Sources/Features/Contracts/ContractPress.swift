import Access
import Branding
import Documents
import Identifiers
import Locale
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
        var logo: [UInt8]?
        if let version = tenant.brand.logo { logo = try await database.picture("logo", of: version) }
        do {
            return try await pool.run { [logo] in
                try ContractPaper(contract: contract, text: ContractText(text), tenant: tenant, logo: logo)
                    .document.pdf()
            }
        } catch is BlockingPool.Full {
            throw AccessRefusal.tooBusy
        }
    }
}
