import Access
import Identifiers
import Identity
import Locale
import Loop
import Mail
import Postgres
import Simulation
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Jobs
@testable import Letters

/// Letters of two companies on a real database, with workers, a mail server and faults that a seed decides.
struct SimulatedLetters: Sendable {
    let tenants: [TestTenant]
    let people: [StaffMember]
    let simulation: Simulation
    let server: SimulatedPeer<Delivered>

    /// What the mail server took.
    struct Delivered: Sendable {
        let letter: UUID
        let sender: String
        let recipient: String
    }

    private static let writing = Duration.seconds(2 * 3600)
    private static let trouble = Duration.seconds(3 * 3600)
    private static let patience = Duration.seconds(5 * 86_400)

    private var database: Database { tenants[0].site.test.database }
    private var beginning: Instant { tenants[0].now }
    private var calm: Instant { beginning + Self.trouble }

    init(_ tenants: [TestTenant], _ people: [StaffMember], seed: UInt64) {
        (self.tenants, self.people) = (tenants, people)
        simulation = Simulation(seed: seed, from: tenants[0].now)
        server = SimulatedPeer("mail", in: simulation)
    }

    /// The record of what happened.
    func run() async throws -> String {
        server.comeAndGo(until: calm, awayFor: .seconds(900))
        for number in 0..<tenants.count {
            simulation.start("clerk \(number)") { clerk in
                for letter in 1...6 {
                    try await clerk.pause(for: simulation.span(upTo: Self.writing / 6))
                    try await write(letter, as: number, clerk)
                }
            }
        }
        let workers = LiveWorkers()
        for number in 1...2 { begin(worker: number, on: workers) }
        simulation.start("faults") { faults in
            while simulation.now < calm {
                try await faults.pause(for: simulation.span(upTo: .seconds(600)))
                try await endLease(of: workers, by: faults)
            }
        }
        try await simulation.run(until: beginning + Self.patience)
        return simulation.record
    }

    private func write(_ letter: Int, as number: Int, _ clerk: SimulatedProcess) async throws {
        let (tenant, person) = (tenants[number], people[number])
        clerk.note("writes \(letter)")
        try await tenant.database.write(
            .passwordLink, to: person.email, about: person.id.uuid,
            on: Letterhead(language: .es, origin: "http://\(tenant.host)"), at: simulation.now,
            from: simulation.randomness)
    }

    /// A lease ends before its time, and now and then the whole program with it; another begins in its place.
    private func endLease(of workers: LiveWorkers, by faults: SimulatedProcess) async throws {
        guard let (id, process) = workers.pick(with: simulation) else { return }
        let isDeadly = simulation.chance(50)
        faults.note("\(isDeadly ? "kills" : "outlasts the lease of") \(process.name)")
        try await database.platform.execute("DELETE FROM job_workers WHERE worker_id = \(id)")
        try await database.platform.execute("SELECT rescue_jobs(\(simulation.now))")
        guard isDeadly else { return }
        process.kill()
        workers.remove(id)
        begin(worker: Int(process.name.split(separator: " ")[1]) ?? 0, on: workers)
    }
}

// The workers.
extension SimulatedLetters {
    private func begin(worker number: Int, on workers: LiveWorkers) {
        simulation.start("worker \(number)", after: simulation.span(upTo: .seconds(30))) { process in
            var kinds = JobKinds()
            kinds.add(SendLetter.self) { try await $0.run(in: $1, by: office(of: process)) }
            var (turn, id) = (Turn(worker: UUID(high: 0, low: 0), now: simulation.now, kinds: kinds), UUID?.none)
            while true {
                if try await !isAlive(id) {
                    if let id { workers.remove(id) }
                    let own = UUID(high: simulation.randomness.next(), low: simulation.randomness.next())
                    try await database.platform.execute(
                        """
                        INSERT INTO job_workers (worker_id, kinds, expires_at)
                        VALUES (\(own), \(kinds.names), clock_timestamp() + interval '1 day')
                        """)
                    id = own
                    workers.put(own, process)
                    turn = Turn(worker: own, now: simulation.now, kinds: kinds)
                }
                turn.now = simulation.now
                turn.wanted = 2
                let answer = try await turn.take(in: database.platform)
                (turn.done, turn.ended) = ([], [])
                for claim in answer.claims {
                    if try await perform(claim, kinds, process) { turn.done.append(claim) }
                    turn.ended.append(claim.tenant)
                }
                if answer.claims.isEmpty {
                    let span =
                        answer.jobsAt.map { $0 <= simulation.now ? .milliseconds(1) : $0 - simulation.now }
                        ?? .seconds(600)
                    try await process.pause(for: min(span, simulation.span(upTo: .seconds(600))))
                }
                if simulation.now > calm, try await isAllDone() { return }
            }
        }
    }

    private func isAlive(_ id: UUID?) async throws -> Bool {
        guard let id else { return false }
        return try await database.platform.value("SELECT true FROM job_workers WHERE worker_id = \(id)") ?? false
    }

    private func isAllDone() async throws -> Bool {
        try await database.platform.value("SELECT NOT EXISTS (SELECT FROM jobs)") ?? false
    }

    /// Whether it is done. What the worker does about a failure, it does as the real one does.
    private func perform(_ claim: Claim, _ kinds: JobKinds, _ process: SimulatedProcess) async throws -> Bool {
        guard let kind = kinds[claim.kind] else { return false }
        let context = JobContext(
            claim, in: database, time: simulation.time, randomness: simulation.randomness, on: Loops.tests.all[0])
        try await process.pause(for: simulation.span(upTo: .seconds(2)))
        let job = RunningJob(claim, as: kind, in: context)
        switch await job.run(on: nil) {
        case .done:
            // Killed between the last word of its work and the first to the queue.
            try await process.pause(for: simulation.span(upTo: .seconds(2)))
            return true
        case .failed(let error):
            try process.live()
            process.note("fails with \(FailureReason.text(of: error))")
            if FailureReason.saysLost(error) { return false }
            let platform = database.platform
            if error is PermanentFailure || claim.attempt >= claim.attempts {
                _ = try await platform.bury(claim, because: FailureReason.text(of: error), at: simulation.now)
            } else {
                let delay = kind.rules.backoff.delay(after: claim.attempt, from: simulation.randomness)
                _ = try await platform.retry(
                    claim, at: simulation.now + delay, after: FailureReason.text(of: error), isFree: false)
            }
            return false
        }
    }

    private func office(of process: SimulatedProcess) -> LetterSender {
        var office = LetterSender(
            sender: "avisos@{slug}.example",
            tenant: { [tenants] id in tenants.first { $0.tenant.id.scope == id }?.tenant },
            send: { message throws(MailError) in try await send(message, by: process) })
        StaffLetters.add(to: &office)
        return office
    }

    private func send(_ message: MailMessage, by process: SimulatedProcess) async throws(MailError) {
        do {
            try await process.pause(for: simulation.span(upTo: .seconds(5)))
        } catch {
            throw .interrupted("killed")
        }
        let number = people.firstIndex { $0.email == message.recipient.address } ?? -1
        let answer = server.hear(
            Delivered(letter: message.id, sender: message.sender.address, recipient: message.recipient.address),
            called: "a letter to \(number)", faults: simulation.now < calm ? 30 : 0)
        do {
            try await process.pause(for: simulation.span(upTo: .seconds(5)))
        } catch {
            throw .interrupted("killed")
        }
        switch answer {
        case .takes: return
        case .takesUnheard: throw .interrupted("silence")
        case .isBusy: throw .postponed("later")
        case .refuses: throw .refused("no")
        case .isAway: throw .notConnected("away")
        }
    }
}

// What must be so in the end.
extension SimulatedLetters {
    /// What is wrong; nothing when all is well.
    func faults() async throws -> [String] {
        var faults: [String] = []
        let taken = server.taken.map(\.message)
        let troubles = simulation.record.split(separator: "\n").count { line in
            ["takesUnheard", "faults:"].contains { line.contains($0) }
        }
        for (number, tenant) in tenants.enumerated() {
            let letters = try await tenant.database.letters(before: nil, limit: 100)
            if letters.count != 6 { faults.append("\(letters.count) letters of \(tenant.host)") }
            for letter in letters {
                let copies = taken.filter { $0.letter == letter.id.uuid }
                switch letter.state {
                case .waiting: faults.append("a letter of \(letter.madeAt.rfc3339) waits for ever")
                case .sent: if copies.isEmpty { faults.append("a letter is said to be sent and nobody took it") }
                case .failed: if letter.reason == nil { faults.append("a letter failed without a reason") }
                }
                if copies.count > 1 + troubles { faults.append("\(copies.count) copies of a letter") }
            }
            let own = taken.filter { $0.sender == "avisos@\(tenant.tenant.slug).example" }
            if own.contains(where: { $0.recipient != people[number].email }) {
                faults.append("a letter of \(tenant.host) went to somebody else's people")
            }
        }
        return faults
    }
}

/// The workers that hold a lease, by the name they have in the queue.
final class LiveWorkers: Sendable {
    private let workers = Mutex<[UUID: SimulatedProcess]>([:])

    func put(_ id: UUID, _ process: SimulatedProcess) { workers.withLock { $0[id] = process } }
    func remove(_ id: UUID) { workers.withLock { $0[id] = nil } }

    func pick(with simulation: Simulation) -> (UUID, SimulatedProcess)? {
        workers.withLock { workers in
            guard !workers.isEmpty else { return nil }
            let id = workers.keys.sorted()[simulation.number(below: workers.count)]
            return workers[id].map { (id, $0) }
        }
    }
}
