import Identifiers

/// Compares a service's desired state with its router.
package struct AccessComparison: Sendable, Equatable {
    package let service: UUID
    /// Empty where nothing differs.
    package private(set) var findings: [AccessFinding] = []
    /// The account's current profile, adopted as its own because none was known: a reconnection restores it.
    package private(set) var adopted: String?
    /// The session that may stay.
    package private(set) var online: ObservedAccess.Session?

    package var isOnline: Bool { online != nil }

    package var isTrue: Bool { findings.allSatisfy { $0.treatment == .ignore || $0.treatment == .tell } }

    /// The steps that need no approval.
    package var repairs: [AccessStep] { findings.filter { $0.treatment == .repair }.flatMap(\.steps) }

    /// The findings shown to people. An ended session is left out where its account changes anyway.
    package var differences: [AccessFinding] {
        let isChanging = findings.flatMap(\.steps).contains(where: \.changesAccount)
        return findings.filter { $0.treatment != .ignore && !($0.kind == .oldSession && isChanging) }
    }

    /// Findings that only a person can decide or mend.
    package var questions: [AccessFinding] {
        findings.filter { $0.treatment == .ask || $0.treatment == .repair && $0.steps.isEmpty }
    }

    /// Only decides: nothing is sent.
    package init(_ desired: DesiredAccess, with observed: ObservedAccess, cutBy strategy: CutStrategy) {
        service = desired.service
        switch desired.method {
        case .account(let login, let password, let address):
            compareAccount(desired, login, password, address, observed, strategy)
        case .queue(let name, let address):
            compareAddress(
                desired, address, observed.queues[name] ?? [], observed, strategy,
                missing: AccessFinding(
                    .missingQueue, .repair, wanted: name,
                    [.addQueue(name: name, address: address, desired.speed, mark: desired.mark)])
            ) { .setQueue($0.id, name: name, address: address, desired.speed) }
        case .lease(let mac, let address):
            compareAddress(
                desired, address, observed.leases[mac] ?? [], observed, strategy,
                missing: AccessFinding(
                    .missingLease, .repair, wanted: mac,
                    observed.looseLeases[mac].map { id in
                        [.keepLease(id, mac: mac), .setLease(id, mac: mac, address: address, desired.speed)]
                    } ?? [.addLease(mac: mac, address: address, desired.speed, mark: desired.mark)])
            ) { .setLease($0.id, mac: mac, address: address, desired.speed) }
        }
        compareSharing(desired, strategy)
        if desired.isApproved { findings = findings.map(\.approved) }
    }

    /// Somebody who should be on line is never cut by an address that a debtor has too: until one of them has another, the
    /// debtor is not cut.
    private mutating func compareSharing(_ desired: DesiredAccess, _ strategy: CutStrategy) {
        guard let sharing = desired.sharing else { return }
        let isHeldBack = desired.state != .open && sharing.isOpen && Self.isListed(desired, strategy)
        findings.append(
            AccessFinding(.sharedAddress, isHeldBack ? .ask : .tell, found: "\(sharing.address) · \(sharing.others)"))
    }

    /// Whether the list is what keeps it out.
    private static func isListed(_ desired: DesiredAccess, _ strategy: CutStrategy) -> Bool {
        if case .account = desired.method { isByList(strategy) } else { true }
    }

    /// Who was thrown off several times and came back the same is asked about, however often we look.
    private static func treatment(ofEnding desired: DesiredAccess) -> AccessFinding.Treatment {
        desired.mayEndSession || desired.isApproved ? treatment(ofClosing: desired) : .ask
    }

    /// Opening and speeds are repaired at once. A service that a person opened by hand is not cut without asking; a
    /// state never yet seen on the router is carried out.
    private static func treatment(ofClosing desired: DesiredAccess) -> AccessFinding.Treatment {
        desired.isProven && !desired.isApproved ? .ask : .repair
    }
}

// Accounts: PPPoE secrets.
extension AccessComparison {
    private mutating func compareAccount(
        _ desired: DesiredAccess, _ login: String, _ password: String?, _ address: String?,
        _ observed: ObservedAccess, _ strategy: CutStrategy
    ) {
        let accounts = observed.accounts[login] ?? []
        let sessions = observed.sessions[login] ?? []
        guard accounts.count <= 1 else {
            return findings.append(AccessFinding(.severalOfThatName, .ask, found: "\(accounts.count)", wanted: "1"))
        }
        guard let account = accounts.first else {
            return compareMissing(desired, login, password, address, sessions, observed, strategy)
        }
        if desired.profile == nil, desired.mayAdopt, account.profile != Self.cutProfile(strategy) {
            adopted = account.profile
        }
        let wantedProfile = profile(of: account, desired, observed, strategy)
        compareSwitch(account, desired, strategy)
        if let address, account.address != address {
            findings.append(
                AccessFinding(
                    .otherAddress, .ask, found: account.address ?? "", wanted: address,
                    [.setAddress(account: account.id, login: login, to: address)]))
        }
        compareSessions(sessions, desired, wantedProfile, observed, strategy)
        compareListing(
            desired, addresses: account.address.map { [$0] } ?? sessions.compactMap(\.address),
            isByList: Self.isByList(strategy), observed, strategy.list)
    }

    private static func cutProfile(_ strategy: CutStrategy) -> String? {
        if case .profile(let name, _) = strategy { name } else { nil }
    }

    private static func isByList(_ strategy: CutStrategy) -> Bool {
        if case .list = strategy { true } else { false }
    }

    /// The account's profile after the planned steps; nil where it does not matter.
    private mutating func profile(
        of account: ObservedAccess.Account, _ desired: DesiredAccess, _ observed: ObservedAccess,
        _ strategy: CutStrategy
    ) -> String? {
        let cut = Self.cutProfile(strategy)
        let wanted: String
        switch desired.state {
        case .absent: return nil
        case .open:
            guard let own = desired.profile ?? adopted else {
                findings.append(AccessFinding(.unknownProfile, .ask, found: account.profile))
                return nil
            }
            wanted = own
        case .closed:
            // A disabled account is cut already; other strategies leave the profile alone.
            guard let cut, !account.isDisabled else { return nil }
            wanted = cut
        }
        guard account.profile != wanted else { return wanted }
        guard observed.profiles.keys.contains(wanted) else {
            findings.append(AccessFinding(.missingProfile, .ask, found: account.profile, wanted: wanted))
            return nil
        }
        let steps = [AccessStep.setProfile(account: account.id, login: account.login, to: wanted)]
        switch desired.state {
        case .closed:
            findings.append(
                AccessFinding(
                    .notCut, Self.treatment(ofClosing: desired), found: account.profile, wanted: wanted, steps))
        default:
            findings.append(
                AccessFinding(
                    account.profile == cut ? .stillCut : .otherProfile, .repair, found: account.profile,
                    wanted: wanted, steps))
        }
        return wanted
    }

    /// Whether the account is disabled.
    private mutating func compareSwitch(
        _ account: ObservedAccess.Account, _ desired: DesiredAccess, _ strategy: CutStrategy
    ) {
        switch (desired.state, strategy) {
        case (.open, _):
            if account.isDisabled {
                findings.append(
                    AccessFinding(
                        .stillCut, .repair, found: "disabled", wanted: "enabled",
                        [.setDisabled(account: account.id, login: account.login, false)]))
            }
        case (.closed, .disable), (.absent, _):
            if !account.isDisabled {
                findings.append(
                    AccessFinding(
                        .notCut, Self.treatment(ofClosing: desired), found: "enabled", wanted: "disabled",
                        [.setDisabled(account: account.id, login: account.login, true)]))
            }
        case (.closed, _): break
        }
    }

    private mutating func compareMissing(
        _ desired: DesiredAccess, _ login: String, _ password: String?, _ address: String?,
        _ sessions: [ObservedAccess.Session], _ observed: ObservedAccess, _ strategy: CutStrategy
    ) {
        compareListing(
            desired, addresses: address.map { [$0] } ?? [], isByList: false, observed, strategy.list)
        guard desired.state == .open else {
            // Without an account nobody can sign in; a session left over is ended.
            return compareSessions(sessions, desired, nil, observed, .disable(list: strategy.list))
        }
        guard let profile = desired.profile else {
            return findings.append(AccessFinding(.unknownProfile, .ask, wanted: login))
        }
        guard observed.profiles.keys.contains(profile) else {
            return findings.append(AccessFinding(.missingProfile, .ask, wanted: profile))
        }
        guard let password else { return findings.append(AccessFinding(.missingPassword, .ask, wanted: login)) }
        findings.append(
            AccessFinding(
                .missingAccount, .repair, wanted: login,
                [
                    .addAccount(
                        login: login, password: password, profile: profile, address: address, mark: desired.mark)
                ]))
    }

    /// A router does not apply account changes to a live session: the session is ended and redials by itself.
    private mutating func compareSessions(
        _ sessions: [ObservedAccess.Session], _ desired: DesiredAccess, _ profile: String?,
        _ observed: ObservedAccess, _ strategy: CutStrategy
    ) {
        let isChanging = findings.flatMap(\.steps).contains(where: \.changesAccount)
        let isRepairing = repairs.contains(where: \.changesAccount)
        let mayBeOnline: Bool =
            switch (desired.state, strategy) {
            case (.absent, _), (.closed, .disable): false
            default: true
            }
        var old: [ObservedAccess.Session] = []
        for session in sessions {
            if isOld(session, desired, profile, observed) || !mayBeOnline || isRepairing {
                old.append(session)
            } else {
                online = session
            }
        }
        guard !old.isEmpty, isRepairing || !isChanging else { return }
        findings.append(
            AccessFinding(
                .oldSession, isRepairing ? .repair : Self.treatment(ofEnding: desired), found: "\(old.count)",
                wanted: "0",
                old.map { .closeSession($0.id, login: $0.login) }))
    }

    private func isOld(
        _ session: ObservedAccess.Session, _ desired: DesiredAccess, _ profile: String?, _ observed: ObservedAccess
    ) -> Bool {
        if let changed = desired.changedBefore, session.uptime.map({ $0 > changed }) ?? true { return true }
        // The queue of a login's second session has another name. Without a queue the session's speed is unknown.
        guard let profile, case .some(let speed) = observed.profiles[profile], let held = session.speed else {
            return false
        }
        return held != speed
    }
}

// The cut list and queues.
extension AccessComparison {
    private mutating func compareListing(
        _ desired: DesiredAccess, addresses: [String], isByList: Bool, _ observed: ObservedAccess, _ list: String
    ) {
        let own = observed.listed(as: desired.mark)
        let isKeptOut = desired.state == .closed && isByList
        let shouldBeListed = isKeptOut && desired.sharing?.isOpen != true
        // An address that went to somebody else must not stay in the list for this one.
        let stale = own.filter { !shouldBeListed || !addresses.contains($0.address) }
        if !stale.isEmpty {
            findings.append(
                AccessFinding(
                    isKeptOut ? .staleListing : .stillCut, .repair,
                    found: stale.map(\.address).joined(separator: ", "),
                    stale.map { .unlist($0.id, address: $0.address, from: list) }))
        }
        guard shouldBeListed else {
            guard desired.state == .open else { return }
            let others = addresses.flatMap(observed.listed(at:)).filter { $0.comment != desired.mark }
            if !others.isEmpty {
                findings.append(
                    AccessFinding(
                        .stillCut, .repair, found: others.map(\.address).joined(separator: ", "),
                        others.map { .unlist($0.id, address: $0.address, from: list) }))
            }
            return
        }
        guard !addresses.isEmpty else {
            // An offline customer stays cut: the next address is listed as soon as it is seen.
            if !desired.isProven { findings.append(AccessFinding(.unknownAddress, .ask)) }
            return
        }
        let missing = addresses.filter { observed.listed(at: $0).isEmpty }
        guard !missing.isEmpty else { return }
        // A redial changes the address; nobody decided that.
        let hasMoved = !own.isEmpty || !missing.contains(desired.provenAddress)
        findings.append(
            AccessFinding(
                .notCut, hasMoved ? .repair : Self.treatment(ofClosing: desired),
                wanted: missing.joined(separator: ", "),
                missing.map { .list(address: $0, in: list, mark: desired.mark) }))
    }

    /// Compares a fixed address: its queue or lease, and the cut list.
    private mutating func compareAddress(
        _ desired: DesiredAccess, _ address: String, _ queues: [ObservedAccess.Queue], _ observed: ObservedAccess,
        _ strategy: CutStrategy, missing: AccessFinding, set: (ObservedAccess.Queue) -> AccessStep
    ) {
        guard queues.count <= 1 else {
            return findings.append(AccessFinding(.severalOfThatName, .ask, found: "\(queues.count)", wanted: "1"))
        }
        if let queue = queues.first {
            if desired.state == .open, queue.address != address || queue.speed != desired.speed || queue.isDisabled {
                findings.append(
                    AccessFinding(
                        queue.address == address ? .otherSpeed : .otherAddress,
                        queue.address == address ? .repair : .ask, found: queue.summary,
                        wanted: "\(address) \(desired.speed.up)/\(desired.speed.down)",
                        [set(queue)]))
            }
        } else if desired.state == .open {
            findings.append(missing)
        }
        // A service without an account is kept out by the list, also before installation and after cancellation.
        let closed = DesiredAccess(
            service: desired.service, state: desired.state == .open ? .open : .closed, method: desired.method,
            isProven: desired.isProven, provenAddress: address, sharing: desired.sharing)
        compareListing(closed, addresses: [address], isByList: true, observed, strategy.list)
    }
}

extension ObservedAccess.Queue {
    fileprivate var summary: String { "\(address) \(speed.up)/\(speed.down)\(isDisabled ? " disabled" : "")" }
}
