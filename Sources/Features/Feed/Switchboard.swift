import Access
import Events
import HTTP
import Identifiers
import Loop
import Postgres
import Synchronization
import Telemetry
import Time

/// Who is told live what happens: the open pages and programs of this process, by tenant. The database says that
/// something happened, over one connection; what it was is read once for all who listen, and told to each as far as they
/// may see it at that moment.
package final class Switchboard: Sendable {
    /// Somebody who listens.
    private struct Line {
        let feed: EventFeed
        let visit: Visit
        let owner: UUID
        var permissions: Set<Permission>
        /// The last event that was told, or passed over.
        var position: Int
    }

    private struct State {
        var lines: [TenantID: [Int: Line]] = [:]
        var count = 0
        /// Tenants to be looked at, and whether the credentials of those who listen are to be looked at first.
        var stale: [TenantID: Bool] = [:]
    }

    private let state = Mutex(State())
    private let wake: AsyncStream<Void>.Continuation
    private let wakes: AsyncStream<Void>
    private let time: TimeSource
    private let limit: Int
    private let ownerLimit: Int

    /// So much is read at once, and a little more may wait for one that listens.
    private static let page = 200
    /// How often credentials are looked at that nobody withdrew: they end by themselves too.
    private static let checkEvery = Duration.seconds(30)

    /// How many may listen of one tenant, and with one session or token's owner.
    package init(time: TimeSource, limit: Int = 500, ownerLimit: Int = 20) {
        self.time = time
        self.limit = limit
        self.ownerLimit = ownerLimit
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// From the event after `Last-Event-ID` on, or from now on.
    package func open(_ visit: Visit) async throws -> Response {
        guard !visit.request.isFromElsewhere else { throw AccessRefusal.crossSite }
        var position: Int?
        if let text = visit.request.headers["last-event-id"] {
            guard let number = Int(text), number >= 0 else { throw BadRequest() }
            position = number
        }
        let head = try await EventChain.head(in: visit.database)?.sequence ?? 0
        guard let admitted = visit.admitted else { throw AccessRefusal.signInRequired }
        let feed = EventFeed(limit: Self.page + 56)
        let tenant = visit.database.tenant
        let line = Line(
            feed: feed, visit: visit, owner: admitted.id, permissions: admitted.permissions,
            position: min(position ?? head, head))
        let number = try state.withLock { state throws(FeedRefusal) in
            let lines = state.lines[tenant, default: [:]]
            guard lines.count < limit, lines.values.count(where: { $0.owner == admitted.id }) < ownerLimit else {
                throw .tooMany
            }
            state.count += 1
            state.lines[tenant, default: [:]][state.count] = line
            return state.count
        }
        feed.onEnd { [weak self] in self?.remove(number, of: tenant) }
        // Between the look at the record and now, something may have happened, or the credential be gone.
        look(at: tenant, checksCredentials: true)
        return .events(feed)
    }

    /// How many listen.
    package var count: Int { state.withLock { $0.lines.values.reduce(0) { $0 + $1.count } } }

    private func remove(_ number: Int, of tenant: TenantID) {
        state.withLock { state in
            state.lines[tenant]?[number] = nil
            if state.lines[tenant]?.isEmpty == true { state.lines[tenant] = nil }
        }
    }
}

// What wakes it.
extension Switchboard {
    /// Follows the database until the task is cancelled.
    package func run(in database: Database, on loop: EventLoop, log: Log) async {
        let listening = loop.spawn { await self.listen(to: database) }
        let checking = loop.spawn { await self.checkNowAndThen(on: loop) }
        for await _ in wakes {
            while let (tenant, checksCredentials) = next() {
                do {
                    try await tell(tenant, checksCredentials, in: database)
                } catch {
                    log.warning("feed_not_read", .init("tenant", tenant.description), .error(error))
                    // The database's own word that it is back wakes us again.
                    state.withLock { $0.stale[tenant] = checksCredentials }
                    break
                }
            }
        }
        listening.cancel()
        checking.cancel()
    }

    private func listen(to database: Database) async {
        for await notification in database.listen(Outbox.channel) {
            switch notification {
            case .gap: lookAtAll()
            case .payload(let text):
                let parts = text.split(separator: " ")
                guard parts.count == 2, let tenant = TenantID(String(parts[0])) else { continue }
                look(at: tenant, checksCredentials: parts[1] == "0")
            }
        }
    }

    private func checkNowAndThen(on loop: EventLoop) async {
        while !Task.isCancelled {
            do { try await loop.sleep(for: Self.checkEvery) } catch { return }
            lookAtAll()
        }
    }

    private func lookAtAll() {
        for tenant in state.withLock({ Array($0.lines.keys) }) { look(at: tenant, checksCredentials: true) }
    }

    private func look(at tenant: TenantID, checksCredentials: Bool) {
        state.withLock { state in
            guard state.lines[tenant] != nil else { return }
            state.stale[tenant] = checksCredentials || state.stale[tenant] == true
        }
        wake.yield()
    }

    private func next() -> (TenantID, Bool)? {
        state.withLock { state in
            guard let (tenant, checksCredentials) = state.stale.first else { return nil }
            state.stale[tenant] = nil
            return (tenant, checksCredentials)
        }
    }
}

// What it does then.
extension Switchboard {
    private func tell(_ tenant: TenantID, _ checksCredentials: Bool, in database: Database) async throws {
        if checksCredentials { try await self.checkCredentials(of: tenant) }
        while let start = positions(of: tenant).min() {
            let events = try await database.tenant(tenant).feedEvents(after: start, limit: Self.page)
            if events.contains(where: \.changesCredentials) { try await self.checkCredentials(of: tenant) }
            tell(events, to: tenant)
            if events.count < Self.page { return }
        }
    }

    private func tell(_ events: [FeedEvent], to tenant: TenantID) {
        guard let last = events.last else { return }
        let texts = events.map { $0.kind == nil ? "" : $0.text }
        let lines = state.withLock { state in
            let lines = state.lines[tenant, default: [:]]
            for number in lines.keys {
                state.lines[tenant]?[number]?.position = max(lines[number]?.position ?? 0, last.sequence)
            }
            return lines
        }
        for line in lines.values {
            for (event, text) in zip(events, texts) where event.sequence > line.position {
                guard let kind = event.kind, line.permissions.contains(kind.permission) else { continue }
                line.feed.send(ServerEvent(text, name: event.word, id: "\(event.sequence)"))
            }
        }
    }

    private func positions(of tenant: TenantID) -> [Int] {
        state.withLock { $0.lines[tenant]?.values.map(\.position) ?? [] }
    }

    /// Ends the lines whose credential is good no more, and learns what the others may see by now.
    private func checkCredentials(of tenant: TenantID) async throws {
        for (number, line) in state.withLock({ $0.lines[tenant] ?? [:] }) {
            do {
                let admitted = try await line.visit.admitAgain(at: time.now())
                state.withLock { $0.lines[tenant]?[number]?.permissions = admitted.permissions }
            } catch let error as DatabaseError where error.sqlState == "MA401" || error.sqlState == "MA403" {
                remove(number, of: tenant)
                line.feed.finish()
            }
        }
    }
}
