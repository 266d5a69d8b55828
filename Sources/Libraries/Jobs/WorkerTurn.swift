import Identifiers
import Loop
import Postgres
import Time

// A worker's turn, each time it is woken: reports ended jobs and claims the next. On the home loop, one turn at a time.
extension Worker {
    /// Returns how long to sleep unless the bell rings.
    func turn(takesMore: Bool) async throws(DatabaseError) -> Duration {
        try await releaseUnknown()
        try await settleOthers()
        let now = time.now()
        if takesMore, let due = schedulesAt, due <= now { try await fireSchedules(at: now) }
        let answer = try await exchange(at: now, takesMore: takesMore)
        for claim in answer.claims { start(claim) }
        schedulesAt = answer.schedulesAt
        return pause(after: answer)
    }

    private func exchange(at now: Instant, takesMore: Bool) async throws(DatabaseError) -> Turn.Answer {
        var turn = Turn(worker: lease.worker, now: now, kinds: kinds, configuration: configuration)
        // Others may have ended while earlier ones were settled.
        let settled = endings.filter(\.isDone)
        endings.removeAll(where: \.isDone)
        turn.done = settled.map(\.job.claim)
        turn.ended = ended.sorted()
        ended = []
        turn.wanted = takesMore ? max(0, configuration.places - running.count) : 0
        turn.saturated = saturatedTenants()
        do {
            let answer = try await turn.take(in: database.platform)
            for ending in settled { report(ending, wasOurs: answer.finished.contains(ending.job.claim.token)) }
            return answer
        } catch {
            endings += settled.map { Ending(job: $0.job, outcome: $0.outcome, mayBeSettled: true) }
            ended.formUnion(turn.ended)
            mayHoldUnknown = true
            throw error
        }
    }

    private func pause(after answer: Turn.Answer) -> Duration {
        let now = time.now()
        let untilSchedule = answer.schedulesAt.map { $0 - now } ?? configuration.poll
        let hasPlaces = running.count < configuration.places
        // `jobsAt` may be -infinity, so compare before subtracting.
        var untilJob =
            hasPlaces ? answer.jobsAt.map { $0 <= now ? .zero : $0 - now } ?? configuration.poll : configuration.poll
        // Another worker holds the locks for a moment.
        if untilJob <= .zero && answer.claims.isEmpty {
            untilJob = .microseconds(Int64(2000 + randomness.next() % 8000))
        }
        let monotonic = Monotonic.read()
        let untilEnding = endings.filter { !$0.isDone }.map { $0.settleAt - monotonic }.min() ?? configuration.poll
        return max(.zero, min(untilJob, untilSchedule, untilEnding, configuration.poll))
    }

    private func saturatedTenants() -> [TenantID] {
        var counts: [TenantID: Int] = [:]
        for job in running.values { counts[job.claim.tenant, default: 0] += 1 }
        return counts.filter { $0.value >= configuration.share }.map(\.key)
    }

    private func start(_ claim: Claim) {
        // Only known kinds were requested.
        guard let kind = kinds[claim.kind] else { return }
        let loop = nextLoopForJob()
        let context = JobContext(claim, in: database, time: time, randomness: randomness, on: loop)
        let job = RunningJob(claim, as: kind, in: context)
        running[claim.token] = job
        onEvent(.started(job.report))
        let home = home
        job.task = loop.spawn { [board = configuration.board] in
            let outcome = await job.run(on: board)
            home.perform { self.ended(job, outcome) }
        }
    }

    private func ended(_ job: RunningJob, _ outcome: RunningJob.Outcome) {
        switch outcome {
        case .done: end(job, as: .done)
        case .failed(let error): end(job, as: ending(of: job, after: error))
        }
    }

    private func ending(of job: RunningJob, after error: any Error) -> Ending.Outcome {
        if job.cancellation == .lost || FailureReason.saysLost(error) { return .lost }
        if job.cancellation == .released { return .released }
        let reason = FailureReason.text(of: error)
        if error is PermanentFailure { return .dead(reason: reason) }
        let claim = job.claim
        if claim.attempt >= claim.attempts {
            return .dead(reason: "\(reason) (attempt \(claim.attempt) of \(claim.attempts))")
        }
        return .retry(
            at: time.now() + job.kind.rules.backoff.delay(after: claim.attempt, from: randomness), reason: reason)
    }

    /// Idempotent.
    func end(_ job: RunningJob, as outcome: Ending.Outcome) {
        guard running.removeValue(forKey: job.claim.token) != nil else { return }
        ended.insert(job.claim.tenant)
        endings.append(Ending(job: job, outcome: outcome))
        bell.ring()
    }

    func lose(_ job: RunningJob) { job.cancel(.lost) }

    /// Settles jobs that did not simply succeed, one by one; never by two turns at once. The first that meets a lock is
    /// deferred, and the rest waits for the next turn, which is immediate, so that jobs are claimed in between.
    private func settleOthers() async throws(DatabaseError) {
        while let index = endings.firstIndex(where: { !$0.isDone && $0.settleAt <= Monotonic.read() }) {
            var ending = endings.remove(at: index)
            do {
                try await settle(ending)
            } catch {
                let isLocked = error.sqlState == "55P03"
                if isLocked {
                    ending.timesLocked += 1
                    let backoff = Backoff(first: .milliseconds(100), longest: .seconds(2))
                    ending.settleAt = Monotonic.read() + backoff.limit(after: ending.timesLocked)
                } else {
                    ending.mayBeSettled = true
                }
                endings.append(ending)
                if isLocked { return }
                throw error
            }
        }
    }

    private func settle(_ ending: Ending) async throws(DatabaseError) {
        let (claim, platform) = (ending.job.claim, database.platform)
        switch ending.outcome {
        case .done, .lost: report(ending, wasOurs: false)
        case .retry(let moment, let reason):
            report(ending, wasOurs: try await platform.retry(claim, at: moment, after: reason, isFree: false))
        case .released:
            report(ending, wasOurs: try await platform.retry(claim, at: time.now(), after: nil, isFree: true))
        case .dead(let reason):
            report(ending, wasOurs: try await platform.bury(claim, because: reason, at: time.now()))
        }
    }

    private func report(_ ending: Ending, wasOurs: Bool) {
        let job = ending.job
        let took = Monotonic.read() - job.startedAt
        if !wasOurs && job.context.hasCompleted { return onEvent(.finished(job.report, took: took)) }
        guard wasOurs || ending.mayBeSettled else { return onEvent(.lost(job.report)) }
        switch ending.outcome {
        case .done: onEvent(.finished(job.report, took: took))
        case .retry(let moment, let reason): onEvent(.failed(job.report, reason: reason, retryAt: moment))
        case .dead(let reason): onEvent(.died(job.report, reason: reason))
        case .released: onEvent(.released(job.report))
        case .lost: onEvent(.lost(job.report))
        }
    }

    /// Gives back jobs that the queue believes to run here: claimed in a trip whose answer was lost.
    private func releaseUnknown() async throws(DatabaseError) {
        guard mayHoldUnknown else { return }
        for claim in try await database.platform.claims(of: lease.worker) {
            let isKnown = running[claim.token] != nil || endings.contains { $0.job.claim.token == claim.token }
            if !isKnown { _ = try await database.platform.retry(claim, at: time.now(), after: nil, isFree: true) }
        }
        mayHoldUnknown = false
    }

    private func fireSchedules(at now: Instant) async throws(DatabaseError) {
        let due: [DueSchedule] = try await database.platform.rows(
            """
            SELECT tenant_id, name, expression, zone, catch_up, next_at FROM job_schedules
            WHERE next_at <= \(now) ORDER BY next_at, tenant_id, name LIMIT 200
            """)
        guard !due.isEmpty else { return }
        var firings: [Firing] = []
        for schedule in due {
            do {
                firings.append(try Firing(of: schedule, at: now, tolerance: configuration.scheduleTolerance))
            } catch {
                firings.append(Firing(brokenAt: now))
                onEvent(.badSchedule(schedule.tenant, name: schedule.name, reason: "\(error)"))
            }
        }
        let statement: SQL = """
            SELECT fire_job_schedules(
                \(due.map(\.tenant)), \(due.map(\.name)), \(due.map(\.nextAt)), \(firings.map(\.following)),
                \(firings.map(\.occurrence)))
            """
        let count: Int? = try await database.platform.value(statement.ringing(JobAnnouncement.bell))
        if let count, count > 0 { onEvent(.scheduled(count: count)) }
    }
}
