import Customers
import Plans
import Postgres
import Time

/// The events of a service's life that determine its state on a day.
package struct ServiceLife: Sendable, Equatable {
    package var activatedOn: Day?
    /// The first day without service.
    package var cancelledOn: Day?
    package var isCut = false
    /// Pauses, both days included; without a last day a pause is open-ended.
    package var freezes: [Pause] = []

    package struct Pause: Sendable, Equatable {
        package let from: Day
        package let to: Day?

        package init(from: Day, to: Day?) { (self.from, self.to) = (from, to) }

        package func contains(_ day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
    }

    package init() {}

    /// Precedence: the end, then a cut, then a pause. A cut service stays cut after a pause.
    package func state(on day: Day) -> Service.State {
        if let cancelledOn, cancelledOn <= day { return .cancelled }
        guard let activatedOn, activatedOn <= day else { return .pending }
        if isCut { return .cut }
        return freezes.contains { $0.contains(day) } ? .frozen : .active
    }
}

/// A service's desired state on the network.
package struct DesiredService: Sendable, Equatable {
    package enum Access: String, Sendable {
        case open, closed, absent
    }

    package let access: Access
    package let plan: Plan.ID

    package init(_ state: Service.State, _ plan: Plan.ID) {
        access =
            switch state {
            case .active: .open
            case .cut, .frozen: .closed
            case .pending, .cancelled: .absent
            }
        self.plan = plan
    }
}

extension Customer.State {
    /// A customer's state derived from their services; nil without any, when it stays as it is. Only an active customer
    /// with a debt is a debtor.
    package static func derived(
        from services: [(state: Service.State, isFree: Bool)], owes: Bool = false
    ) -> Customer.State? {
        func has(_ state: Service.State) -> Bool { services.contains { $0.state == state } }
        if services.isEmpty { return nil }
        if has(.active) {
            if owes { return .inDebt }
            return services.allSatisfy { $0.state != .active || $0.isFree } ? .courtesy : .active
        }
        if has(.cut) { return .suspended }
        if has(.frozen) { return .frozen }
        return has(.pending) ? .awaitingInstallation : .cancelled
    }
}
