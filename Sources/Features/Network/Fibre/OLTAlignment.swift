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

    /// How long an authorized ONU is awaited: it boots and ranges.
    private static let patience = Duration.seconds(180)

    /// Returns when to align again; nil where nothing is left to do.
    func run() async throws -> Next? {
        guard let olt = try await database.olt(self.olt), let health = try await database.oltHealth(self.olt) else {
            return nil
        }
        if let rest = health.restsUntil, rest > time.now() { return Next(at: rest, isWhole: isWhole) }
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
        if isWhole || health.state != .up { try await greet(olt, health, session) }
        let targets = try await database.onuTargets(of: olt.id)
        let departing = try await database.departingONUs(from: olt.id)
        // What was refused waits for a person; a whole reading only looks at it.
        let due = targets.filter { !$0.isProven && !$0.isRefused }
        let ports = self.ports(for: due, departing, of: olt)
        let doubted = isWhole ? targets.filter { !$0.isOpen || $0.isRefused } : []
        let sure = Set((due + doubted).map(\.serial))
        var observed = try await session.units(on: ports, sure: sure)
        var outcomes: [ONU.ID: Outcome] = [:]
        if olt.mode == .active {
            let work = (isWhole ? targets.filter { !$0.isRefused } : due).filter {
                !$0.steps(among: observed, olt).isEmpty
            }
            outcomes = try await mend(work, observed, olt, session)
            let gone = try await remove(departing, observed, olt, session)
            if outcomes.values.contains(where: \.isDone) || !gone.isEmpty {
                let touched = Set(work.map(\.serial)).union(due.map(\.serial))
                observed = try await session.units(on: ports, sure: touched)
                try await session.save()
                try await keepLog(of: nil, olt, session)
            }
            try await database.forgetDepartures(
                of: departing.filter { serial in !observed.contains { $0.serial == serial } }, from: olt.id)
        }
        let found = try await session.found(on: olt.ponPorts)
        try await keep(observed, on: ports, targets, outcomes, found, olt, begin)
        return next(after: targets, observed, outcomes, olt, stillDeparting: departing, ports)
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

        var isDone: Bool { self == .done }
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
                    try await database.note(troubleOf: [(target.id, "uncertain", error.reason)])
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
        case .unreachable, .signInRefused, .uncertain: "uncertain"
        }
    }
}

// Keeping what was read.
extension OLTAlignment {
    private func keep(
        _ observed: [ObservedONU], on ports: [PONPort], _ targets: [ONUTarget], _ outcomes: [ONU.ID: Outcome],
        _ found: [FoundONU], _ olt: OLT, _ begin: Monotonic
    ) async throws {
        let now = time.now()
        let read = Set(ports)
        var proven: [ONUTarget] = []
        var over: [ONUTarget] = []
        var troubles: [(ONU.ID, String, String)] = []
        for target in targets where isWhole || read.contains(target.port) {
            switch outcomes[target.id] {
            case .failed(let kind, let reason): troubles.append((target.id, kind, reason))
            case .changed: continue
            case .done, nil:
                if target.isRefused, !isWhole { continue }
                if target.steps(among: observed, olt, isReadBack: outcomes[target.id] == .done).isEmpty,
                    target.canBeProven(by: observed)
                {
                    if target.isAbsent { over.append(target) } else { proven.append(target) }
                } else if target.isRefused {
                    continue
                } else if outcomes[target.id] == .done {
                    troubles.append((target.id, "busy", "It said that it was done, but shows otherwise."))
                } else if !target.isProven, olt.mode == .active, target.hasNoRoom(among: observed, olt.vendor) {
                    troubles.append((target.id, "full", "The port has no free number."))
                }
            }
        }
        let span = Int(((Monotonic.read() - begin) / .milliseconds(1)).rounded())
        let (verified, ended, failed) = (proven, over, troubles)
        try await database.transaction { database in
            try await database.keep(observed, on: ports.map(\.text), of: olt.id, at: now, from: randomness)
            try await database.note(troubleOf: failed)
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
            try await database.noteRead(olt.id, span: isWhole ? span : nil, at: now)
            if isWhole { try await database.queue(LookAtOutages(), at: now) }
            try await database.announceFibre()
        }
    }

    private func next(
        after targets: [ONUTarget], _ observed: [ObservedONU], _ outcomes: [ONU.ID: Outcome], _ olt: OLT,
        stillDeparting departing: [ONUSerial], _ ports: [PONPort]
    ) -> Next? {
        guard olt.mode == .active else { return nil }
        let now = time.now()
        if outcomes.values.contains(.changed) { return Next(at: now, isWhole: false) }
        var spans: [Duration] = []
        for outcome in outcomes.values {
            if case .failed(let kind, _) = outcome, kind != "refused" { spans.append(.seconds(20)) }
        }
        if observed.contains(where: { departing.contains($0.serial) }) { spans.append(.seconds(60)) }
        for target in targets where target.isOpen {
            guard let ordered = target.orderedAt, now - ordered < Self.patience, ports.contains(target.port),
                observed.contains(where: { $0.serial == target.serial && !$0.isOnline })
            else { continue }
            spans.append(.seconds(5))
        }
        return spans.min().map { Next(at: now + $0, isWhole: false) }
    }
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
    /// Registered under another template.
    private let isOutdated: Bool
    private let profile: ONUProfile
    private let description: String

    var isOpen: Bool { state == .open }
    var isAbsent: Bool { state == .absent }
    /// Waits for a person.
    var isRefused: Bool { trouble == "refused" || trouble == "half" || trouble == "full" }
    var isDoubtful: Bool { trouble == "uncertain" }
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

    /// What the OLT did not show proves nothing.
    func canBeProven(by observed: [ObservedONU]) -> Bool {
        if state != .open { return true }
        return observed.contains { $0.serial == serial && $0.place.port == port }
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
