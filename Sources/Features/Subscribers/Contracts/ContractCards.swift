import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Unsigned contracts, shown on the customer's pages.
enum ContractCards {
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        try await visit.database.pendingContracts(of: Customer.ID(customer)).map {
            HomePart(.top, 10, ContractToSignCard(contract: $0, reader: visit.reader))
        }
    }
}

struct ContractToSignCard: View {
    let contract: Contract
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { PortalContractWords.toSign.text(for: reader) }
            p { contract.title(for: reader) }
            p {
                a(.class("button primary"), .href("\(PortalContractRoutes.path)/\(contract.id)")) {
                    PortalContractWords.readAndSign.text(for: reader)
                }
            }
        }
    }
}

/// Two ways to get a signature: a letter to the portal, or in person.
struct SendToSign: View {
    let contract: Contract
    let visit: Visit

    var body: Markup {
        form(.class("acts"), .method(.post), .action("\(contract.panelPath)/send")) {
            FormHead([], visit: visit)
            button(.type("submit")) { ContractWords.send.text(for: visit.reader) }
            a(.class("button primary"), .href("\(contract.panelPath)/sign")) {
                ContractWords.sign.text(for: visit.reader)
            }
        }
    }
}

/// Shown to a customer who has signed on a staff device, before handing it back.
struct SignedHerePage: View {
    let contract: Contract
    let reader: Reader

    var body: Markup {
        h1 { ContractWords.thanks.text(for: reader, .name(contract.signature?.name ?? contract.customerName)) }
        p { ContractWords.giveBack.text(for: reader) }
        p { a(.class("button"), .href(contract.panelPath)) { contract.title(for: reader) } }
    }
}
