/// One change on a router.
package enum AccessStep: Sendable, Equatable {
    case addAccount(login: String, password: String, profile: String, address: String?, mark: String)
    case setProfile(account: String, login: String, to: String)
    case setAddress(account: String, login: String, to: String)
    case setDisabled(account: String, login: String, Bool)
    case closeSession(String, login: String)
    case addQueue(name: String, address: String, AccessSpeed, mark: String)
    case setQueue(String, name: String, address: String, AccessSpeed)
    case addLease(mac: String, address: String, AccessSpeed, mark: String)
    /// Makes a dynamic lease static.
    case keepLease(String, mac: String)
    case setLease(String, mac: String, address: String, AccessSpeed)
    case list(address: String, in: String, mark: String)
    case unlist(String, address: String, from: String)
    /// For a service that moved to another router.
    case removeAccount(String, login: String)
    case removeQueue(String, name: String)
    case removeLease(String, mac: String)

    /// Whether sessions that began before keep the account's former settings.
    package var changesAccount: Bool {
        switch self {
        case .addAccount, .setProfile, .setAddress, .setDisabled: true
        case .closeSession, .addQueue, .setQueue, .addLease, .keepLease, .setLease, .list, .unlist, .removeAccount,
            .removeQueue, .removeLease:
            false
        }
    }

    package var endsSession: Bool { if case .closeSession = self { true } else { false } }
}

/// A difference between the desired state and the router.
package struct AccessFinding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case missingAccount = "missing_account"
        case missingPassword = "missing_password"
        case unknownProfile = "unknown_profile"
        case missingProfile = "missing_profile"
        case otherProfile = "other_profile"
        case notCut = "not_cut"
        case stillCut = "still_cut"
        case oldSession = "old_session"
        case otherAddress = "other_address"
        case unknownAddress = "unknown_address"
        case staleListing = "stale_listing"
        case missingQueue = "missing_queue"
        case missingLease = "missing_lease"
        case otherSpeed = "other_speed"
        case severalOfThatName = "several_of_that_name"
        case sharedAddress = "shared_address"
    }

    package enum Treatment: String, Sendable {
        /// Mended without asking.
        case repair
        /// Shown, and mended once approved.
        case ask
        /// Is shown, though all is as it should be.
        case tell
        /// Is nothing that we would change.
        case ignore
    }

    package let kind: Kind
    package let treatment: Treatment
    /// Found and wanted, in the router's own syntax.
    package let found: String
    package let wanted: String
    /// Empty where only a person can mend it.
    package let steps: [AccessStep]

    package init(
        _ kind: Kind, _ treatment: Treatment, found: String = "", wanted: String = "", _ steps: [AccessStep] = []
    ) {
        (self.kind, self.treatment, self.found, self.wanted, self.steps) = (kind, treatment, found, wanted, steps)
    }
}

extension AccessFinding {
    var approved: AccessFinding {
        guard treatment == .ask, !steps.isEmpty else { return self }
        return AccessFinding(kind, .repair, found: found, wanted: wanted, steps)
    }
}
