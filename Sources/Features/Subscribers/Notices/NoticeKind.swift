import Customers
import Declarations
import Locale
import Postgres

/// A kind of notice to customers, such as a reminder of a payment: a constant in an extension of this, listed in the
/// parts of the room that sends it.
package struct NoticeKind: RoomPart {
    package let number = 0
    /// As stored.
    package let name: String
    package let words: Message
    /// The values that its notices bring for the places of a template.
    package let blanks: [String]
    /// Whether its text may say how to pay.
    package let tellsHowToPay: Bool
    /// Whether a waiting notice is still true; one that is not, is withdrawn.
    let applies: @Sendable (CustomerNotice, TenantDatabase) async throws -> Bool

    package init(
        _ name: String, _ words: Message, blanks: [String] = [], tellsHowToPay: Bool = false,
        applies: @escaping @Sendable (CustomerNotice, TenantDatabase) async throws -> Bool = { _, _ in true }
    ) {
        (self.name, self.words, self.blanks, self.tellsHowToPay) = (name, words, blanks, tellsHowToPay)
        self.applies = applies
    }
}
