import Access
import Customers
import Declarations
import HTML
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Services
import Tenancy

/// The customer page's card: the open promise and the announced fee.
struct CollectionCard: View {
    let promise: PaymentPromise?
    let fee: StandingFee?
    let path: String
    let reader: Reader

    static let part: any RoomPart = CustomerCards(
        30, for: .collectionView,
        reading: { visit, customer in
            [
                visit.database.openPromiseStatement(of: customer.id),
                visit.database.standingFeeStatement(of: customer.id),
            ]
        },
        { rows, visit, customer in
            let card = CollectionCard(
                promise: try (rows[0].read() as [PaymentPromise]).first,
                fee: try (rows[1].read() as [StandingFee]).first, path: "\(customer.panelPath)/collection",
                reader: visit.reader)
            guard card.promise != nil || card.fee != nil else { return nil }
            return CustomerCard(CollectionWords.collection.text(for: visit.reader), in: .side) { card }
        })

    /// For the till.
    static let toReconnect: any RoomPart = ReconnectionAmount(10) { customer, visit in
        try await CollectionView(of: visit.tenant, at: visit.now, in: visit.database).decisions(about: [customer])
            .first { $0.facts.cut?.reason == .unpaid }?.toReconnect.total
    }

    var body: Markup {
        ul(.class("plain lines")) {
            if let promise {
                li {
                    span { CollectionWords.promise.text(for: reader) }
                    span { "\(promise.amount.exactText(for: reader)), \(promise.until.text(.short, for: reader))" }
                }
            }
            if let fee {
                li {
                    span { CollectionWords.fee.text(for: reader) }
                    span(.class("figures")) { fee.amount.exactText(for: reader) }
                }
            }
        }
        p { a(.href(path)) { CollectionWords.why.text(for: reader) } }
    }
}
