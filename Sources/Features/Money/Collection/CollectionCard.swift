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
import Time

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

    /// On the page of a service with days that are not paid.
    static let daysOnCredit: any RoomPart = ServicePart(6) { service, visit in
        guard service.owesDays, visit.mayAct(with: .paymentsRegister),
            let account = try await visit.database.account(of: service.customer)
        else { return .nothing }
        return p(.class("warning")) {
            CollectionWords.daysNotPaid.text(for: visit.reader) + " "
            a(.class("button primary"), .href("/panel/customers/\(account)/payments/new")) {
                CollectionWords.take.text(for: visit.reader)
            }
        }
    }

    /// For whoever undoes a payment.
    static let undoing: any RoomPart = UndoingOutlook(10) { account, visit, database in
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: database)
        let decisions = try await view.decisions(about: [account])
        let atOnce = decisions.filter(\.isCutByLook)
        var cuts: [(day: Day?, services: [Service.ID])] = [(nil, atOnce.map(\.facts.service))]
        for decision in decisions where !decision.isCutByLook {
            guard let cut = view.nextCut(of: decision.facts) else { continue }
            if let place = cuts.firstIndex(where: { $0.day == cut.day }) {
                cuts[place].services.append(cut.facts.service)
            } else {
                cuts.append((cut.day, [cut.facts.service]))
            }
        }
        var warnings: [String] = []
        for (day, services) in cuts where !services.isEmpty {
            var names: [String] = []
            for id in services { names.append(try await database.service(id, on: view.day)?.title ?? "") }
            let list = names.joined(separator: ", ")
            warnings.append(
                day.map {
                    CollectionWords.undoingCutsLater.text(
                        for: visit.reader, .text("day", $0.text(.long, for: visit.reader)), .text("services", list))
                } ?? CollectionWords.undoingCuts.text(for: visit.reader, .text("services", list)))
        }
        return UndoingOutlook.Foreseen(
            warnings: warnings, canWait: !warnings.isEmpty && visit.mayAct(with: .collectionHold))
    } puttingOff: { asked, visit, database in
        guard visit.mayAct(with: .collectionHold) else { throw AccessRefusal.notPermitted }
        _ = try await CollectionHold.give(
            NewHold(until: asked.until, reason: asked.reason), to: asked.account, of: visit.tenant,
            by: visit.principal, from: asked.randomness, in: database)
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
