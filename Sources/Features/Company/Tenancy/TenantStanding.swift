import Time

/// A tenant's standing at a moment, from its state and the end of its trial.
package enum Standing: Sendable, Equatable {
    case active
    /// Days left after today; nil without an end.
    case trial(daysLeft: Int?)
    /// Read-only.
    case suspended(reason: String)
    /// Read-only too, automatically.
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
