import Billing
import Customers
import Identifiers
import Locale
import Plans
import Services
import Time

/// A service's data for billing.
package struct BillableService: Sendable, Equatable {
    package let id: Service.ID
    package let number: Int
    package let profile: FiscalProfile.ID?
    /// The service's user, if another customer pays.
    package var user: User?
    package let anchor: AnchorDay
    package let activatedOn: Day
    /// The first day without service.
    package var cancelledOn: Day?
    /// In order of precedence, the later superseding the earlier.
    package var terms: [Terms]
    package var charges: [Extra] = []
    package var promotions: [Promotion] = []
    package var freezes: [ServiceLife.Pause] = []
    package var cuts: [ServiceLife.Pause] = []
    package var credits: [Credit] = []
    /// The last charged period.
    package var last: BilledPeriod?

    package init(
        id: Service.ID, number: Int = 1, profile: FiscalProfile.ID? = nil, anchor: AnchorDay, activatedOn: Day,
        cancelledOn: Day? = nil, terms: [Terms], last: BilledPeriod? = nil
    ) {
        (self.id, self.number, self.profile, self.anchor) = (id, number, profile, anchor)
        (self.activatedOn, self.cancelledOn, self.terms, self.last) = (activatedOn, cancelledOn, terms, last)
    }

    package struct User: Sendable, Equatable {
        package let id: Customer.ID
        package let name: String
        package let isBilledApart: Bool

        package init(id: Customer.ID, name: String, isBilledApart: Bool) {
            (self.id, self.name, self.isBilledApart) = (id, name, isBilledApart)
        }
    }

    /// A plan at a price, from a day on.
    package struct Terms: Sendable, Equatable {
        package let from: Day
        package let plan: Plan.ID
        package let name: String
        package let price: Money
        package let isExempt: Bool
        package let charge: Plan.Charge
        package let early: EarlyPayment?

        package init(
            from: Day, plan: Plan.ID, name: String, price: Money, isExempt: Bool = false,
            charge: Plan.Charge = .inAdvance, early: EarlyPayment? = nil
        ) {
            (self.from, self.plan, self.name, self.price) = (from, plan, name, price)
            (self.isExempt, self.charge, self.early) = (isExempt, charge, early)
        }
    }

    /// A charge in addition to the plan.
    package struct Extra: Sendable, Equatable {
        package let id: UUID
        package let kind: ServiceCharge.Kind
        package let name: String
        package let amount: Money
        package let from: Day
        package let to: Day?

        package init(id: UUID, _ kind: ServiceCharge.Kind, name: String, amount: Money, from: Day, to: Day? = nil) {
            (self.id, self.kind, self.name, self.amount, self.from, self.to) = (id, kind, name, amount, from, to)
        }
    }

    /// A one-time credit on the next invoice.
    package struct Credit: Sendable, Equatable {
        package let id: UUID
        package let name: String
        package let amount: Money

        package init(id: UUID, name: String, amount: Money) { (self.id, self.name, self.amount) = (id, name, amount) }
    }
}

/// A charged period of a service, with the amount for each plan and charge.
package struct BilledPeriod: Sendable, Equatable {
    package let from: Day
    /// The day before `from` if nothing is charged and only the end is recorded.
    package let to: Day
    /// The whole cycle of which these days are a part.
    package let cycle: Period
    package let isFirst: Bool
    package let isLast: Bool
    package let isVoid: Bool
    /// How days of a cut were charged; nil if unknown.
    package let cutShare: BillingSettings.CutShare?
    /// The agreed amounts in minor units, by plan or charge.
    package let parts: [UUID: Int64]

    package init(
        from: Day, to: Day, cycle: Period, isFirst: Bool = false, isLast: Bool = false, isVoid: Bool = false,
        cutShare: BillingSettings.CutShare? = nil, parts: [UUID: Int64] = [:]
    ) {
        (self.from, self.to, self.cycle) = (from, to, cycle)
        (self.isFirst, self.isLast, self.isVoid) = (isFirst, isLast, isVoid)
        (self.cutShare, self.parts) = (cutShare, parts)
    }

    var period: Period? { Period(from: from, to: to) }
}
