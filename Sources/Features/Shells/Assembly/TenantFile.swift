import Access
import Declarations
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy

/// A list in a tenant's folder, such as `plans.csv`: listed items are created or updated, others stay.
package struct TenantFile: RoomPart {
    /// Returns what was created or changed.
    package typealias Apply =
        @Sendable (_ bytes: [UInt8], Tenant, _ principal: Principal, Randomness, TenantDatabase) async throws ->
        [String]

    package let number: Int
    package let name: String
    package let apply: Apply

    package init(_ number: Int, _ name: String, apply: @escaping Apply) {
        (self.number, self.name, self.apply) = (number, name, apply)
    }

    /// Parses its lines. Amounts follow the conventions of the company's country, without a currency.
    package static func read<Noun: Fielded>(
        _ bytes: [UInt8], of tenant: Tenant, _ blank: () -> Noun
    ) throws(TenantFileFault) -> NounImport<Noun> {
        let file: NounImport<Noun>
        do {
            file = try NounImport<Noun>(bytes, in: Notation(tenant.currency, for: tenant.reader), blank: blank)
        } catch {
            throw TenantFileFault("it cannot be read (\(error))")
        }
        if !file.unknown.isEmpty {
            throw TenantFileFault("nothing is called \(file.unknown.joined(separator: ", "))")
        }
        for line in file.lines {
            if let fault = line.faults.first {
                throw TenantFileFault(
                    "line \(line.number): \(fault.summary(for: Reader(.en, in: tenant.region)))")
            }
        }
        return file
    }
}

package struct TenantFileFault: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    package init(_ refusal: any Refusal, inLine number: Int, of tenant: Tenant) {
        self.init("line \(number): \(refusal.message.text(for: Reader(.en, in: tenant.region)))")
    }
}
