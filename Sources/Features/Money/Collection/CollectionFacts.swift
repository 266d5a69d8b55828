import Customers
import Identifiers
import Locale
import Plans
import Services
import Time

/// Everything that is looked at to decide about a service: the same for a run, the simulator and «¿Por qué?».
package struct CollectionFacts: Sendable, Equatable {
    package let service: Service.ID
    package let customer: Customer.ID
    package let plan: Plan.ID
    package let currency: Currency
    package var state = Service.State.active
    package var cut: CutInForce?
    /// The plan's: cobro automático.
    package var isCollected = true
    /// Of a service that is paid by days.
    package var prepaid: Prepaid?
    /// What the customer was charged and has not paid, the oldest due day first.
    package var charges: [OpenCharge] = []
    /// What the customer has in favour.
    package var credit: Int64 = 0
    /// Of that, what settled charges that are not due yet: it counts for a reconnection, which comes first.
    package var paidAhead: Int64 = 0
    /// What, since the company began to collect, settled charges from before.
    package var paidBehind: Int64 = 0
    /// Payments that a person still has to approve.
    package var pending: Int64 = 0
    package var standingFee: Int64 = 0
    package var promise: Promise?
    package var holds: [Hold] = []
    package var strikes: [Strike] = []
    /// What the policy did already for the customer, and to this service.
    package var done: [Done] = []
    /// How often the customer was cut for a debt.
    package var cutsBefore = 0

    package init(service: Service.ID, customer: Customer.ID, plan: Plan.ID, in currency: Currency) {
        (self.service, self.customer, self.plan, self.currency) = (service, customer, plan, currency)
    }

    package struct CutInForce: Sendable, Equatable {
        package let reason: Cut.Reason
        package let isByCollection: Bool
        /// Whether money came in since.
        package let isFollowedByPayment: Bool
        /// Whether the debt was paid before the cut, by what a person approved only after it: no fee is asked for.
        package let wasPaid: Bool

        package init(reason: Cut.Reason, isByCollection: Bool, isFollowedByPayment: Bool, wasPaid: Bool = false) {
            (self.reason, self.isByCollection) = (reason, isByCollection)
            (self.isFollowedByPayment, self.wasPaid) = (isFollowedByPayment, wasPaid)
        }
    }

    package struct Prepaid: Sendable, Equatable {
        /// The last day that is paid for; nil while a pause keeps what is left.
        package let through: Day?
        /// Of as many days as its plan sells at once.
        package let price: Int64

        package init(through: Day?, price: Int64) { (self.through, self.price) = (through, price) }
    }

    package struct OpenCharge: Sendable, Equatable {
        package let day: Day
        package let due: Day
        package let open: Int64
        package let isFee: Bool

        package init(day: Day, due: Day, open: Int64, isFee: Bool = false) {
            (self.day, self.due, self.open, self.isFee) = (day, due, open, isFee)
        }

        func with(open: Int64) -> OpenCharge { OpenCharge(day: day, due: due, open: open, isFee: isFee) }
    }

    package struct Promise: Sendable, Equatable {
        package let until: Day
        package let amount: Int64
        /// It stands for a receipt that nobody looked at yet.
        package let isProvisional: Bool

        package init(until: Day, amount: Int64, isProvisional: Bool = false) {
            (self.until, self.amount, self.isProvisional) = (until, amount, isProvisional)
        }
    }

    package struct Hold: Sendable, Equatable {
        package let source: String
        package let reason: String
        package let from: Day
        package let until: Day?

        package init(source: String, reason: String, from: Day, until: Day?) {
            (self.source, self.reason, self.from, self.until) = (source, reason, from, until)
        }

        func holds(on day: Day) -> Bool { from <= day && (until.map { day <= $0 } ?? true) }
    }

    /// A false receipt.
    package struct Strike: Sendable, Equatable {
        package let day: Day
        /// The first day on which it no longer counts.
        package let expiresOn: Day?

        package init(day: Day, expiresOn: Day? = nil) { (self.day, self.expiresOn) = (day, expiresOn) }
    }

    /// A step that was done.
    package struct Done: Sendable, Equatable {
        package let kind: CollectionStep.Kind
        package let period: Day
        package let day: Day
        /// Of a cut that collection lifted: why.
        package let endedAs: Decision.Return?

        package init(
            _ kind: CollectionStep.Kind, period: Day, day: Day, endedAs: Decision.Return? = nil
        ) {
            (self.kind, self.period, self.day, self.endedAs) = (kind, period, day, endedAs)
        }
    }
}

/// A version of a policy, for whom it holds.
package struct PolicyInForce: Sendable, Equatable {
    package let version: Int
    package let rules: CollectionPolicy

    package init(version: Int, rules: CollectionPolicy) { (self.version, self.rules) = (version, rules) }
}
