import Customers
import Identifiers
import Locale
import Plans
import Services
import Time

/// The input of a decision about a service, the same for a run, the simulator and «¿Por qué?».
package struct CollectionFacts: Sendable, Equatable {
    package let service: Service.ID
    package let customer: Customer.ID
    package let plan: Plan.ID
    package let currency: Currency
    package var state = Service.State.active
    package var cut: CutInForce?
    /// The plan's setting: cobro automático.
    package var isCollected = true
    /// For a prepaid service.
    package var prepaid: Prepaid?
    /// Unpaid charges, earliest due day first.
    package var charges: [OpenCharge] = []
    /// The customer's credit.
    package var credit: Int64 = 0
    /// Of the credit, what settled charges not yet due: a reconnection comes first.
    package var paidAhead: Int64 = 0
    /// What settled older charges since collection started.
    package var paidBehind: Int64 = 0
    /// Payments waiting for approval.
    package var pending: Int64 = 0
    package var standingFee: Int64 = 0
    package var promise: Promise?
    package var holds: [Hold] = []
    package var strikes: [Strike] = []
    /// The policy's earlier steps for the customer and this service.
    package var done: [Done] = []
    /// How often the customer was cut for debt.
    package var cutsBefore = 0

    package init(service: Service.ID, customer: Customer.ID, plan: Plan.ID, in currency: Currency) {
        (self.service, self.customer, self.plan, self.currency) = (service, customer, plan, currency)
    }

    package struct CutInForce: Sendable, Equatable {
        package let reason: Cut.Reason
        package let isByCollection: Bool
        /// Whether a payment came since the cut.
        package let isFollowedByPayment: Bool
        /// Whether a payment made before the cut, but approved after it, covered the debt: no fee is charged then.
        package let wasPaid: Bool

        package init(reason: Cut.Reason, isByCollection: Bool, isFollowedByPayment: Bool, wasPaid: Bool = false) {
            (self.reason, self.isByCollection) = (reason, isByCollection)
            (self.isFollowedByPayment, self.wasPaid) = (isFollowedByPayment, wasPaid)
        }
    }

    package struct Prepaid: Sendable, Equatable {
        /// The last paid day; nil while a pause keeps the rest.
        package let through: Day?
        /// For the days that the plan sells at once.
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
        /// Whether it stands for a receipt not yet reviewed.
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
        /// How collection lifted the cut, if it did.
        package let endedAs: Decision.Return?

        package init(
            _ kind: CollectionStep.Kind, period: Day, day: Day, endedAs: Decision.Return? = nil
        ) {
            (self.kind, self.period, self.day, self.endedAs) = (kind, period, day, endedAs)
        }
    }
}

/// A version of a policy, with its scope.
package struct PolicyInForce: Sendable, Equatable {
    package let version: Int
    package let rules: CollectionPolicy

    package init(version: Int, rules: CollectionPolicy) { (self.version, self.rules) = (version, rules) }
}
