import Access
import Declarations
import Events
import FibreProtocol
import Identifiers
import Jobs
import Loop
import Monitoring
import Nouns
import Postgres
import Routers
import Services
import Time

/// One alignment of an OLT by the worker that holds its lane: reads what is, sends the smallest difference, reads back and
/// keeps the result. Nothing is kept in memory between alignments.
struct OLTAlignment: Sendable {
    let olt: OLT.ID
    let isWhole: Bool
    let acts: FibreActs
    let database: TenantDatabase
    let time: TimeSource
    let randomness: Randomness
    let loop: EventLoop

    struct Next: Sendable, Equatable {
        let at: Instant
        let isWhole: Bool
    }

    /// How often an OLT is told what it says it did and does not show.
    private static let mostTries = 5
    /// So many ONUs do not vanish together, unless the OLT says so for a while.
    private static let many = 4
    private static let emptySpan = Duration.seconds(60)
    private static let longestRest = Duration.seconds(60)

    /// How long an authorized ONU is awaited: it boots and ranges.
    private static let patience = Duration.seconds(180)

    /// Returns when to align again; nil where nothing is left to do.
    func run() async throws -> Next? {
        guard let olt = try await database.olt(self.olt), let health = try await database.oltHealth(self.olt) else {
            return nil
        }
        let now = time.now()
        // A rest further away was noted by a clock that was put back since.
        if let rest = health.restsUntil, rest > now, rest - now <= Self.longestRest {
            return Next(at: rest, isWhole: isWhole)
        }
        do {
            let session = try await acts.driver.open(try await acts.target(of: olt, in: database), on: loop)
            defer { session.close() }
            return try await align(olt, health, session)
        } catch let failure as OLTFailure {
            return try await rest(after: failure.reason, olt, health)
        } catch let refusal as RouterRefusal {
            return try await rest(after: refusal.code, olt, health)
        }
    }

    /// Backs off up to a minute.
    private func rest(after reason: String, _ olt: OLT, _ health: OLTHealth) async throws -> Next {
        let span = Duration.seconds(min(60, 2 << min(health.failures, 5)))
        let now = time.now()
        try await database.transaction { database in
            try await database.noteFailure(String(reason.prefix(500)), of: olt.id, restingFor: span, at: now)
            if health.state != .down {
                try await database.record(
                    Act(.oltUnreachable, olt.subject, after: [Act.Detail("reason", reason)]), by: .commandLine,
                    at: now, from: randomness)
            }
            try await database.announceFibre()
        }
        return Next(at: now + span, isWhole: isWhole)
    }

    private func align(_ olt: OLT, _ health: OLTHealth, _ session: any OLTSession) async throws -> Next? {
        let begin = Monotonic.read()
        let targets = try await database.onuTargets(of: olt.id)
        let departing = try await database.departingONUs(from: olt.id)
        // What was refused waits for a person; a whole reading only looks at it.
        let now = time.now()
        let due = targets.filter { !$0.isProven && !$0.isRefused && !$0.isResting(at: now) }
        let ports = self.ports(for: due, departing, of: olt)
        let doubted = isWhole ? targets.filter { !$0.isOpen || $0.isRefused } : []
        let unproven = targets.filter { !$0.isProven }
        let sure = Set((unproven + doubted).map(\.serial))
        var observed = try await session.units(on: ports, sure: sure)
        if observed.isEmpty, !ports.isEmpty { try await doubtEmptiness(of: ports, olt, health) }
        if isWhole || health.state != .up { try await greet(olt, health, session) }
        let looked = targets.filter { isWhole || ports.contains($0.port) && !$0.isResting(at: now) }
        var outcomes: [ONU.ID: Outcome] = [:]
        if olt.mode == .active {
            let work = (isWhole ? targets.filter { !$0.isRefused && !$0.isResting(at: now) } : due).filter {
                !$0.steps(among: observed, olt).isEmpty
            }
            outcomes = try await mend(work, observed, olt, session)
            let gone = try await remove(departing, observed, olt, session)
            let before = observed
            if !outcomes.isEmpty || !gone.isEmpty {
                let touched = Set((work + unproven).map(\.serial))
                observed = try await session.units(on: ports, sure: touched)
                let rest = before.filter { !departing.contains($0.serial) && !touched.contains($0.serial) }
                if observed.isEmpty, rest.count >= Self.many { throw OLTFailure.unreadable(Self.emptyList) }
            }
            if hasNews(looked, from: before, to: observed, outcomes, gone, olt) {
                try await session.save()
                try await keepLog(of: nil, olt, session)
            }
            try await database.forgetDepartures(
                of: departing.filter { serial in !observed.contains { $0.serial == serial } }, from: olt.id)
        }
        let found = try await session.found(on: olt.ponPorts)
        let troubles = try await keep(observed, on: ports, looked, outcomes, found, olt, begin)
        return next(after: targets, observed, outcomes, troubles, olt, stillDeparting: departing, ports)
    }

    private static let emptyList = "It shows none of the ONUs that it had."

    /// An OLT that had many ONUs and shows none is believed when it still shows none a while later.
    private func doubtEmptiness(of ports: [PONPort], _ olt: OLT, _ health: OLTHealth) async throws {
        let now = time.now()
        if let since = health.emptiedAt, now - since >= Self.emptySpan { return }
        guard try await database.onusKnown(on: ports.map(\.text), of: olt.id) >= Self.many else { return }
        if health.emptiedAt.map({ $0 > now }) ?? true { try await database.noteEmptied(olt.id, at: now) }
        throw OLTFailure.unreadable(Self.emptyList)
    }

    /// Whether the OLT shows anything of what it was told, so that it is worth keeping over a restart.
    private func hasNews(
        _ targets: [ONUTarget], from before: [ObservedONU], to observed: [ObservedONU],
        _ outcomes: [ONU.ID: Outcome], _ gone: [ONUSerial], _ olt: OLT
    ) -> Bool {
        if gone.contains(where: { serial in !observed.contains { $0.serial == serial } }) { return true }
        func isEnabled(_ target: ONUTarget, _ all: [ObservedONU]) -> Bool? {
            all.first { $0.serial == target.serial }?.isEnabled
        }
        return targets.contains { target in
            // Of a change that was refused, the cut or the reconnection may have been done.
            if case .failed = outcomes[target.id] { return isEnabled(target, before) != isEnabled(target, observed) }
            let isDone = outcomes[target.id] == .done
            return (isDone || outcomes[target.id] == nil && target.awaitsProof)
                && target.isTrue(among: observed, olt, isReadBack: isDone)
        }
    }

    private func greet(_ olt: OLT, _ health: OLTHealth, _ session: any OLTSession) async throws {
        let identity = try await session.identify()
        let now = time.now()
        try await database.transaction { database in
            try await database.note(identity, of: olt.id, at: now)
            guard health.state == .down else { return }
            try await database.record(Act(.oltReachable, olt.subject), by: .commandLine, at: now, from: randomness)
            // It may have returned with an older configuration.
            if !isWhole { try await database.queue(AlignOLT(olt.id, isWhole: true), at: now) }
        }
    }

    /// All ports where one is moved, removed or in doubt: it may be anywhere.
    private func ports(for due: [ONUTarget], _ departing: [ONUSerial], of olt: OLT) -> [PONPort] {
        let all = olt.ponPorts
        guard !isWhole, departing.isEmpty, !due.contains(where: \.mayBeElsewhere) else { return all }
        let wanted = Set(due.map(\.port))
        return all.filter(wanted.contains)
    }
}

// Sending.
extension OLTAlignment {
    /// What became of an ONU in this alignment.
    enum Outcome: Sendable, Equatable {
        case done
        /// Somebody decided otherwise meanwhile.
        case changed
        case failed(kind: String, reason: String)
    }

    private func mend(
        _ work: [ONUTarget], _ observed: [ObservedONU], _ olt: OLT, _ session: any OLTSession
    ) async throws -> [ONU.ID: Outcome] {
        var outcomes: [ONU.ID: Outcome] = [:]
        // Numbers that ONUs of this alignment took.
        var observed = observed
        var registered: [ONU.ID] = []
        for target in work {
            // Decided anew right before anything is sent.
            guard try await database.onuRevision(target.id) == target.revisions else {
                outcomes[target.id] = .changed
                continue
            }
            do throws(OLTFailure) {
                let steps = target.steps(among: observed, olt)
                for step in steps {
                    try await session.perform(step)
                    if case .authorize(let unit, let place) = step {
                        observed.append(ObservedONU(unit.serial, at: place))
                        registered.append(target.id)
                    }
                }
                outcomes[target.id] = .done
            } catch {
                outcomes[target.id] = .failed(kind: error.kind(isFirst: !target.isDoubtful), reason: error.reason)
                if error.endsSession {
                    try await keepLog(of: target.id, olt, session)
                    try await database.note([trouble(of: target, "uncertain", error.reason)])
                    throw error
                }
            }
            try await keepLog(of: target.id, olt, session)
            if registered.last == target.id { try await database.note(registered: target.id) }
        }
        return outcomes
    }

    /// Removes those that were taken from their service. Returns those that it removed.
    private func remove(
        _ departing: [ONUSerial], _ observed: [ObservedONU], _ olt: OLT, _ session: any OLTSession
    ) async throws -> [ONUSerial] {
        var gone: [ONUSerial] = []
        for unit in observed where departing.contains(unit.serial) {
            do throws(OLTFailure) {
                try await session.perform(.remove(unit.place))
                gone.append(unit.serial)
            } catch {
                if error.endsSession { throw error }
            }
        }
        if !gone.isEmpty { try await keepLog(of: nil, olt, session) }
        return gone
    }

    private func keepLog(of unit: ONU.ID?, _ olt: OLT, _ session: any OLTSession) async throws {
        let log = await session.takeLog()
        guard !log.isEmpty else { return }
        let now = time.now()
        let rows = log.map { exchange in
            (id: Identifiers.ID<OLTCommandRow>.make(milliseconds: now.milliseconds, from: randomness), exchange)
        }
        try await database.write(rows.map { ($0.id.uuid, $0.1) }, of: unit, at: olt.id, now: now)
    }
}

extension OLTFailure {
    /// As `onus.trouble_kind` has it. A serial number that is taken is looked for on all ports first.
    fileprivate func kind(isFirst: Bool) -> String {
        switch self {
        case .busy: "busy"
        case .refused(.serialTaken, _) where isFirst: "uncertain"
        case .refused: "refused"
        case .half: "half"
        case .unreachable, .signInRefused, .uncertain, .unreadable: "uncertain"
        }
    }
}

// Keeping what was read.
extension OLTAlignment {
    private func keep(
        _ observed: [ObservedONU], on ports: [PONPort], _ targets: [ONUTarget], _ outcomes: [ONU.ID: Outcome],
        _ found: [FoundONU], _ olt: OLT, _ begin: Monotonic
    ) async throws -> [ONUTrouble] {
        let now = time.now()
        var proven: [ONUTarget] = []
        var over: [ONUTarget] = []
        var troubles: [ONUTrouble] = []
        for target in targets {
            switch outcomes[target.id] {
            case .failed(let kind, let reason): troubles.append(trouble(of: target, kind, reason))
            case .changed: continue
            case .done, nil:
                if target.isRefused, !isWhole { continue }
                if target.isTrue(among: observed, olt, isReadBack: outcomes[target.id] == .done) {
                    if target.isAbsent { over.append(target) } else { proven.append(target) }
                } else if target.isRefused {
                    continue
                } else if outcomes[target.id] == .done {
                    // Written to again and again, its memory would wear out: a person looks at it.
                    let isLast = target.tries + 1 >= Self.mostTries
                    troubles.append(
                        trouble(
                            of: target, isLast ? "refused" : "busy", "It said that it was done, but shows otherwise."))
                } else if !target.isProven, olt.mode == .active, target.hasNoRoom(among: observed, olt.vendor) {
                    troubles.append(trouble(of: target, "full", "The port has no free number."))
                }
            }
        }
        let span = Int(((Monotonic.read() - begin) / .milliseconds(1)).rounded())
        let (verified, ended, failed) = (proven, over, troubles)
        try await database.transaction { database in
            try await database.keep(observed, on: ports.map(\.text), of: olt.id, at: now, from: randomness)
            try await database.note(failed)
            for target in verified where !target.isProven {
                try await database.record(
                    Act(
                        .onuVerified, Act.Subject("onu", target.id.uuid, named: target.serial.text),
                        after: [Act.Detail("access", target.state.rawValue), Act.Detail("olt", olt.name)]),
                    by: .commandLine, at: now, from: randomness)
            }
            try await database.prove(verified, at: now)
            for target in ended {
                try await database.remove(target.id)
                try await database.record(
                    Act(
                        .onuReleased, Act.Subject("onu", target.id.uuid, named: target.serial.text),
                        before: [Act.Detail("olt", olt.name)]), by: .commandLine, at: now, from: randomness)
            }
            try await database.keep(found, of: olt.id, at: now)
            try await database.noteRead(olt.id, hasPorts: !ports.isEmpty, span: isWhole ? span : nil, at: now)
            if isWhole { try await database.queue(LookAtOutages(), at: now) }
            try await database.announceFibre()
        }
        return failed
    }

    private func trouble(of target: ONUTarget, _ kind: String, _ reason: String) -> ONUTrouble {
        let pause: Duration? = kind == "busy" ? .seconds(20 << min(target.tries, 5)) : nil
        return ONUTrouble(
            target: target, kind: kind, reason: reason, tries: target.tries + 1,
            restsUntil: pause.map { time.now() + $0 })
    }

    private func next(
        after targets: [ONUTarget], _ observed: [ObservedONU], _ outcomes: [ONU.ID: Outcome],
        _ troubles: [ONUTrouble], _ olt: OLT, stillDeparting departing: [ONUSerial], _ ports: [PONPort]
    ) -> Next? {
        guard olt.mode == .active else { return nil }
        let now = time.now()
        if outcomes.values.contains(.changed) { return Next(at: now, isWhole: false) }
        var spans: [Duration] = []
        if troubles.contains(where: { $0.kind == "uncertain" }) { spans.append(.seconds(20)) }
        spans += troubles.compactMap { trouble in trouble.restsUntil.map { $0 - now } }
        spans += targets.filter { $0.isResting(at: now) && outcomes[$0.id] == nil }.map { $0.rest(at: now) }
        if observed.contains(where: { departing.contains($0.serial) }) { spans.append(.seconds(300)) }
        let troubled = Set(troubles.map(\.target.id))
        for target in targets where target.isOpen && !troubled.contains(target.id) && !target.isResting(at: now) {
            guard let ordered = target.orderedAt, now - ordered < Self.patience, ports.contains(target.port),
                observed.contains(where: { $0.serial == target.serial && !$0.isOnline })
            else { continue }
            spans.append(.seconds(5))
        }
        return spans.min().map { Next(at: now + $0, isWhole: false) }
    }
}

/// Why an ONU is not as it should be.
struct ONUTrouble: Sendable {
    let target: ONUTarget
    /// As `onus.trouble_kind` has it.
    let kind: String
    let reason: String
    let tries: Int
    let restsUntil: Instant?
}

/// An ONU with its service's desired state.
struct ONUTarget: Sendable {
    struct Revisions: Sendable, Equatable {
        let access: Int
        let order: Int
    }

    let id: ONU.ID
    let serial: ONUSerial
    let port: PONPort
    let state: DesiredONU.State
    let revisions: Revisions
    let isProven: Bool
    let orderedAt: Instant?
    private let place: Int?
    private let trouble: String
    /// Whether the trouble is about the decision that holds now.
    private let isTroubleCurrent: Bool
    /// How often that decision was tried.
    let tries: Int
    private let restsUntil: Instant?
    /// Registered under another template.
    private let isOutdated: Bool
    private let profile: ONUProfile
    private let description: String

    var isOpen: Bool { state == .open }
    var isAbsent: Bool { state == .absent }
    /// Waits for a person, or for the next decision.
    var isRefused: Bool { isTroubleCurrent && ["refused", "half", "full"].contains(trouble) }
    var isDoubtful: Bool { trouble == "uncertain" || trouble == "half" && !isRefused }
    /// Was told already, and may show it by now.
    var awaitsProof: Bool { !isProven && (trouble == "busy" || trouble == "uncertain") }
    var mayBeElsewhere: Bool { place != nil || !trouble.isEmpty || state == .absent }

    private var desired: DesiredONU {
        DesiredONU(serial, on: port, state, profile: profile, description: description)
    }

    func steps(among observed: [ObservedONU], _ olt: OLT, isReadBack: Bool = false) -> [OLTStep] {
        ONUComparison(
            desired, among: observed, of: olt.vendor, isDoubtful: isDoubtful && !isReadBack,
            isOutdated: isOutdated && !isReadBack
        ).steps
    }

    func isTrue(among observed: [ObservedONU], _ olt: OLT, isReadBack: Bool) -> Bool {
        steps(among: observed, olt, isReadBack: isReadBack).isEmpty && canBeProven(by: observed)
    }

    /// What the OLT did not show proves nothing.
    private func canBeProven(by observed: [ObservedONU]) -> Bool {
        let own = observed.first { $0.serial == serial && $0.place.port == port }
        return switch state {
        case .open: own != nil
        case .closed: own.map { $0.isEnabled == false } ?? true
        case .absent: own == nil
        }
    }

    func isResting(at now: Instant) -> Bool { rest(at: now) > .zero }

    /// A rest further away was noted by a clock that was put back since.
    func rest(at now: Instant) -> Duration {
        guard isTroubleCurrent, let restsUntil, restsUntil > now, restsUntil - now <= .seconds(640) else {
            return .zero
        }
        return restsUntil - now
    }

    func hasNoRoom(among observed: [ObservedONU], _ vendor: OLTVendor) -> Bool {
        observed.filter { $0.place.port == port }.count >= vendor.unitNumbers.count
    }
}

extension ONUTarget: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("onu_id")
        let (serial, port): (String, String) = (try row.read("serial"), try row.read("port"))
        guard let serial = ONUSerial(serial), let port = PONPort(port) else {
            throw DatabaseError.wrongColumn("An ONU's serial number or port cannot be read")
        }
        (self.serial, self.port) = (serial, port)
        let access: String = try row.read("access")
        state = DesiredONU.State(rawValue: access) ?? .open
        revisions = Revisions(access: try row.read("access_revision"), order: try row.read("revision"))
        isProven = try row.read("is_proven")
        orderedAt = try row.read("ordered_at")
        let place: Int32? = try row.read("place")
        self.place = place.map { Int($0) }
        trouble = try row.read("trouble_kind")
        isTroubleCurrent = try row.read("is_trouble_current")
        let tries: Int32 = try row.read("tries")
        self.tries = isTroubleCurrent ? Int(tries) : 0
        restsUntil = try row.read("rests_until")
        let outdated: Bool? = try row.read("is_outdated")
        isOutdated = outdated ?? false
        let (vlan, gem): (Int32, Int32) = (try row.read("vlan"), try row.read("gem"))
        profile = ONUProfile(
            unitType: try row.read("unit_type"), line: try row.read("line_profile"),
            service: try row.read("service_profile"), vlan: Int(vlan), gem: Int(gem),
            upload: try row.read("upload_profile"), download: try row.read("download_profile"))
        let (name, number): (String, Int) = (try row.read("customer_name"), try row.read("service_number"))
        description = "\(number) \(name)"
    }
}
