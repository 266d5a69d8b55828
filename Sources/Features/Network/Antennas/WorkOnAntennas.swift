import Access
import AntennaProtocol
import Declarations
import Events
import Fleet
import Identifiers
import JSON
import Jobs
import Loop
import Postgres
import Routers
import Tenancy
import Time

/// Goes on with a job on antennas: looks at lines, or does what was planned. Stopped in the middle, it goes on where it
/// was.
package struct WorkOnAntennas: Job {
    package static let kind = "network.work-on-antennas"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.tenantLimit, rules.timeLimit) = (20, 1, .seconds(600))
        return rules
    }

    package let job: AntennaJob.ID

    package var key: String? { job.description }
    package var lane: String? { "antennas" }
    package var priority: JobPriority { .whenQuiet }

    package init(_ job: AntennaJob.ID) { self.job = job }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("job", as: String.self)
        guard let id = AntennaJob.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("job"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("job", job.description) } }

    package func run(in context: JobContext, with acts: AntennaActs) async throws {
        let end = context.now + .seconds(400)
        let next = try await acts.work(on: job, until: end, time: context.time, in: context.database)
        if let next { try await context.database.queue(self, at: next) }
    }
}

extension AntennaActs {
    /// So many antennas at once.
    static let atOnce = 6
    /// An antenna is back from a boot within that time, or it is a failure.
    static let bootLimit = Duration.seconds(300)
    static let bootLook = Duration.seconds(30)

    /// Works until nothing is left or the time is over. Returns when to go on.
    func work(
        on id: AntennaJob.ID, until end: Instant, time: TimeSource, in database: TenantDatabase
    ) async throws -> Instant? {
        let keys: AntennaReach.Keys
        do {
            keys = try await reach.keys(in: database)
        } catch AntennaRefusal.accessNeeded {
            try await database.set(.stopped, of: id, finished: nil)
            return nil
        }
        while time.now() < end {
            guard let job = try await database.antennaJob(id), job.state.isUnderWay else { return nil }
            let now = time.now()
            let lines = try await part(of: job, keys, at: now, in: database)
            if lines.isEmpty {
                let booting = try await database.antennaLines(of: id, in: [.booting], limit: 1)
                if !booting.isEmpty { return now + Self.bootLook }
                try await finish(id, at: now, in: database)
                return nil
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for line in lines {
                    group.addTask(executorPreference: reach.dialer.loop) {
                        try await work(on: line, of: job, with: keys, time: time, in: database)
                    }
                }
                try await group.waitForAll()
            }
        }
        return time.now()
    }

    /// The next lines. Of a sector only so many boot at once.
    private func part(
        of job: AntennaJob, _ keys: AntennaReach.Keys, at now: Instant, in database: TenantDatabase
    ) async throws -> [AntennaLine] {
        guard job.state == .working else {
            return try await database.antennaLines(of: job.id, in: [.waiting], limit: Self.atOnce)
        }
        guard job.kind == .reboot else {
            return try await database.antennaLines(of: job.id, in: [.planned, .acting], limit: Self.atOnce)
        }
        let down = try await database.antennaLines(of: job.id, in: [.acting, .booting], limit: 10_000)
        let looked = down.filter { line in line.triedAt.map { now >= $0 + Self.bootLook } ?? true }
        var bySector = Dictionary(grouping: down, by: \.sector).mapValues(\.count)
        var next: [AntennaLine] = []
        for line in try await database.antennaLines(of: job.id, in: [.planned], limit: 10_000) {
            guard next.count < Self.atOnce else { break }
            guard bySector[line.sector, default: 0] < keys.access.sectorLimit else { continue }
            bySector[line.sector, default: 0] += 1
            next.append(line)
        }
        return Array((looked + next).prefix(Self.atOnce))
    }

    private func work(
        on line: AntennaLine, of job: AntennaJob, with keys: AntennaReach.Keys, time: TimeSource,
        in database: TenantDatabase
    ) async throws {
        var line = line
        if line.state == .booting {
            return try await lookAtBoot(line, with: keys, time: time, in: database)
        }
        let now = time.now()
        line.tries = min(line.tries + 1, 1_000_000)
        switch try await reach.read(line, with: keys, at: now, in: database) {
        case .failure(let failure):
            try await fail(line, failure, at: now, in: database)
        case .success(let (reading, login, target)):
            let finding = Antenna.Finding(of: reading, wanting: keys.access.server)
            try await database.put(
                reading, finding, of: line, login: login, as: .make(milliseconds: now.milliseconds, from: randomness),
                at: now)
            (line.finding, line.triedAt, line.parent) = (finding, now, reading.parent)
            if line.state == .acting, job.kind != .reboot, finding == .right, let before = line.childBefore,
                let child = reading.child, child != before
            {
                // It was done before the work was stopped, and not written down.
                (line.state, line.childAfter) = (.done, child)
                return try await database.update(line)
            }
            switch LineDecision(job.kind, of: line, finding) {
            case .already: line.state = .already
            case .fail(let trouble):
                return try await fail(line, LineFailure(trouble), at: now, in: database)
            case .act where job.state == .examining: line.state = .planned
            case .act:
                (line.state, line.childBefore) = (.acting, reading.child)
                try await database.update(line)
                return try await act(on: line, reading, of: job, at: target, with: keys, time: time, in: database)
            }
            try await database.update(line)
        }
    }

    private func act(
        on line: AntennaLine, _ reading: AntennaReading, of job: AntennaJob, at target: AntennaTarget,
        with keys: AntennaReach.Keys, time: TimeSource, in database: TenantDatabase
    ) async throws {
        var line = line
        let restart: AgentRestart?
        do throws(AntennaFailure) {
            switch job.kind {
            case .restart: restart = try await reach.driver.restartAgent(of: reading, at: target)
            case .rewrite where keys.connection.isEmpty: throw .refused("connection")
            case .rewrite: restart = try await reach.driver.point(reading, to: keys.connection, at: target)
            case .reboot:
                try await reach.driver.reboot(target)
                restart = nil
            case .read: return
            }
        } catch {
            return try await fail(line, LineFailure(error), at: time.now(), in: database)
        }
        guard let restart else {
            (line.state, line.commands, line.triedAt) = (.booting, ["reboot"], time.now())
            return try await database.update(line)
        }
        (line.parent, line.childAfter, line.commands) = (restart.parent, restart.childAfter, restart.commands)
        line.state = .done
        try await database.note(.right, of: line.mac)
        try await database.update(line)
    }

    private func lookAtBoot(
        _ line: AntennaLine, with keys: AntennaReach.Keys, time: TimeSource, in database: TenantDatabase
    ) async throws {
        var line = line
        let now = time.now()
        let since = line.triedAt ?? now
        if case .success(let (reading, _, _)) = try await reach.read(line, with: keys, at: now, in: database),
            let uptime = reading.uptime, Int64(uptime) <= now.seconds - since.seconds + 30
        {
            (line.state, line.finding) = (.done, Antenna.Finding(of: reading, wanting: keys.access.server))
            line.childAfter = reading.child
            return try await database.update(line)
        }
        if now >= since + Self.bootLimit { try await fail(line, LineFailure(.notBack), at: now, in: database) }
    }

    private func fail(
        _ line: AntennaLine, _ failure: LineFailure, at now: Instant, in database: TenantDatabase
    ) async throws {
        // Work that was stopped says nothing of the antenna.
        try Task.checkCancellation()
        var line = line
        (line.state, line.trouble, line.detail, line.triedAt) = (.failed, failure.trouble, failure.detail, now)
        try await database.transaction { database in
            try await database.update(line)
            try await database.put(
                failure.trouble, of: line, as: .make(milliseconds: now.milliseconds, from: randomness), at: now)
        }
    }

    /// The totals stand; UISP and the comparison are read again.
    private func finish(_ id: AntennaJob.ID, at now: Instant, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let job = try await database.antennaJob(id, locked: true), job.state.isUnderWay else { return }
            let totals = try await database.lineTotals(of: id)
            let planned = totals.contains { $0.state == .planned }
            if job.state == .examining, planned {
                return try await database.set(.examined, of: id, finished: nil)
            }
            try await database.set(.done, of: id, finished: now)
            func count(_ state: AntennaLine.State) -> String { "\(totals.first { $0.state == state }?.count ?? 0)" }
            try await database.record(
                Act(
                    .antennaJobDone, job.subject,
                    after: [
                        Act.Detail("kind", job.kind.rawValue), Act.Detail("antennas_done", count(.done)),
                        Act.Detail("antennas_already", count(.already)), Act.Detail("antennas_failed", count(.failed)),
                    ]), by: .commandLine, at: now)
            if job.state == .working {
                try await database.queue(SyncFleet(), at: now + .seconds(10))
                try await database.queue(CompareFleet(), at: now + .seconds(40))
            }
        }
    }
}
