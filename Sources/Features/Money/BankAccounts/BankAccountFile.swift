import Access
import Assembly
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A tenant folder's `bank-accounts.csv`: listed accounts are created or updated, others stay.
package struct BankAccountFile: Sendable {
    private let file: NounImport<BankAccount>
    private let tenant: Tenant

    package init(_ bytes: [UInt8], of tenant: Tenant, at now: Instant, from randomness: Randomness)
        throws(TenantFileFault)
    {
        self.tenant = tenant
        file = try TenantFile.read(bytes, of: tenant) {
            BankAccount(id: .make(milliseconds: now.milliseconds, from: randomness))
        }
    }

    /// Returns the banks of the accounts created or changed.
    package func apply(by principal: Principal, in database: TenantDatabase) async throws -> [String] {
        try await database.transaction { database in
            let known = try await database.bankAccounts()
            var changed: [String] = []
            for line in file.lines {
                do {
                    let wanted = try line.noun.checked(in: tenant.region)
                    if let account = known.first(where: { $0.isSame(as: wanted) }) {
                        let described = wanted.described(by: account)
                        if described != account {
                            _ = try await account.change(to: described, of: tenant, by: principal, in: database)
                            changed.append(wanted.bank)
                        }
                    } else {
                        changed.append(try await wanted.add(of: tenant, by: principal, in: database).bank)
                    }
                } catch let refusal as BankAccountRefusal {
                    throw TenantFileFault(refusal, inLine: line.number, of: tenant)
                }
            }
            return changed
        }
    }
}

extension TenantFile {
    static let bankAccounts = TenantFile(20, "bank-accounts.csv") { bytes, tenant, principal, randomness, database in
        try await BankAccountFile(bytes, of: tenant, at: principal.now, from: randomness)
            .apply(by: principal, in: database).map { "bank account \($0)" }
    }
}

extension BankAccount {
    /// Whether one of their numbers is equal.
    fileprivate func isSame(as other: BankAccount) -> Bool {
        [(account, other.account), (interbank, other.interbank), (card, other.card)]
            .contains { !$0.0.isEmpty && $0.0 == $0.1 }
    }

    fileprivate func described(by known: BankAccount) -> BankAccount {
        var account = BankAccount(id: known.id)
        for field in Self.fields { field.set?(field.get(self), &account) }
        return account
    }
}
