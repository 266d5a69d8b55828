import Time

/// How a tenant stands at a moment: its state, and what its trial's end makes of it.
package enum Standing: Sendable, Equatable {
    case active
    /// With so many days after today; nil where nobody said when it ends.
    case trial(daysLeft: Int?)
    /// Everything can be seen and nothing changed.
    case suspended(reason: String)
    /// As suspended: nobody has to come by for it.
    case trialOver
    case closed

    package var isReadOnly: Bool {
        switch self {
        case .active, .trial: false
        case .suspended, .trialOver, .closed: true
        }
    }
}

extension Tenant {
    package func standing(at now: Instant) -> Standing {
        switch state {
        case .active: .active
        case .suspended: .suspended(reason: stateReason)
        case .closed: .closed
        case .trial:
            if let trialEndsOn {
                timeZone.day(at: now) > trialEndsOn
                    ? .trialOver : .trial(daysLeft: trialEndsOn - timeZone.day(at: now))
            } else {
                .trial(daysLeft: nil)
            }
        }
    }
}
