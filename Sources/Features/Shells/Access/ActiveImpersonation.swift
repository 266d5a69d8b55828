import Declarations
import Identifiers
import Locale
import Postgres
import Time

/// An impersonation: a platform employee at work in a tenant's panel, announced there with name, reason and end.
package struct ActiveImpersonation: Sendable {
    package let id: UUID
    package let reason: String
    package let power: Power
    package let expiresAt: Instant

    /// The level of access lent to the impersonator.
    package enum Power: String, Sendable, CaseIterable, ColumnReadable {
        case read, owner

        package var words: Message {
            switch self {
            case .read: Message(es: "Solo lectura", en: "Read only", pt: "Somente leitura")
            case .owner:
                Message(
                    es: "Como administrador, sin usuarios, roles ni llaves",
                    en: "As administrator, without users, roles and keys",
                    pt: "Como administrador, sem usuários, papéis e chaves")
            }
        }

        /// Never what would allow a return after the impersonation: people, roles, ways to sign in, programs' keys and
        /// addresses. The database refuses these as well.
        package func permissions(of catalogue: Catalogue) -> Set<Permission> {
            Set(
                catalogue.permissions.filter { declared in
                    switch declared.lending {
                    case .never: false
                    case .toOwners: self == .owner
                    case .toReaders: true
                    }
                }.map(\.permission))
        }
    }

    init(_ row: Row) throws(DatabaseError) {
        id = try row.read("impersonation_id")
        reason = try row.read("reason")
        power = try row.read("power")
        expiresAt = try row.read("expires_at")
    }
}
