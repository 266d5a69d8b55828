import Access
import Declarations
import Identifiers
import Panel
import Sandbox
import Tenancy
import Vault

/// The room that reads receipts takes what a subscriber sends: it checks the picture before the claim is trusted.
package struct ReceiptTaking: RoomPart {
    package typealias Take =
        @Sendable (_ file: [UInt8], _ claim: NewPayment, _ tools: ReceiptTools, _ visit: Visit) async throws -> Payment

    package let number: Int
    let take: Take

    package init(_ number: Int, _ take: @escaping Take) { (self.number, self.take) = (number, take) }
}

/// What reading and keeping a receipt takes.
package struct ReceiptTools: Sendable {
    package let acts: PaymentActs
    package let sandbox: Sandbox
    package let vault: Vault
    package let randomness: Randomness

    package init(_ acts: PaymentActs, in sandbox: Sandbox, vault: Vault, randomness: Randomness) {
        (self.acts, self.sandbox, self.vault, self.randomness) = (acts, sandbox, vault, randomness)
    }
}
