import Access
import Declarations
import Events
import HTTP
import Identifiers
import Loop
import Postgres
import Synchronization
import Telemetry
import Time

/// The live listeners of this process, programs and open pages, by tenant. One database connection notifies of events;
/// they are read once for all listeners, and each is sent what it may see at that moment.
package final class LiveUpdates: Sendable {
    /// What a listener receives: a program every event, an open page only that its topic changed.
    private enum Interest {
        case events
        case changes(LiveTopic)
    }

    /// A listener.
    private struct Line {
        let feed: EventFeed
        let visit: Visit
        let owner: UUID
        let interest: Interest
        var permissions: Set<Permission>
        /// The last event sent or skipped.
        var position: Int
        /// False while it catches up on missed events on its own.
        var isLive = false

        /// Whether it holds the permission for a published event.
        func mayBeTold(_ event: FeedEvent) -> Bool {
            guard let publication = visit.catalogue.event(event.kind)?.publication else { return false }
            return permissions.contains(publication.permission)
        }
    }

    /// A tenant's pending notifications other than new events.
    private struct News {
        var changesCredentials = false
        var topics: Set<LiveTopic> = []

        mutating func add(_ other: News) {
            changesCredentials = changesCredentials || other.changesCredentials
            topics.formUnion(other.topics)
        }
    }

    private struct State {
        var lines: [TenantID: [Int: Line]] = [:]
        var count = 0
        /// The tenants to process.
        var news: [TenantID: News] = [:]
    }

    private let state = Mutex(State())
    private let wake: AsyncStream<Void>.Continuation
    private let wakes: AsyncStream<Void>
    private let time: TimeSource
    private let limit: Int
    private let ownerLimit: Int

    /// The interval in seconds of checking credentials without a notification, since they also expire. Each second a
    /// share of the tenants is checked, so that nobody's events wait for all of them.
    private static let checkEvery: UInt64 = 30
    private static let checksAtOnce = 32
    /// The client's reconnection delay.
    private static let retry = "retry: 2000\n"

    /// `limit` is per tenant, `ownerLimit` per person or token.
    package init(time: TimeSource, limit: Int = 500, ownerLimit: Int = 20) {
        self.time = time
        self.limit = limit
        self.ownerLimit = ownerLimit
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The number of listeners.
    package var count: Int { state.withLock { $0.lines.values.reduce(0) { $0 + $1.count } } }
}

// Joining and leaving.
extension LiveUpdates {
    /// Every event that a program may see, after `Last-Event-ID` or from now on.
    func events(_ visit: Visit) async throws -> Response {
        var position: Int?
        if let text = visit.request.headers["last-event-id"] {
            guard let number = Int(text), number >= 0 else { throw BadRequest() }
            position = number
        }
        let head = try await EventChain.head(in: visit.database)?.sequence ?? 0
        return try open(.events, after: min(position ?? head, head), visit)
    }

    /// Changes of a part of the panel, from now on.
    func changes(of topic: LiveTopic, _ visit: Visit) async throws -> Response {
        try open(.changes(topic), after: try await EventChain.head(in: visit.database)?.sequence ?? 0, visit)
    }

    private func open(_ interest: Interest, after position: Int, _ visit: Visit) throws -> Response {
        guard !visit.request.isFromElsewhere else { throw AccessRefusal.crossSite }
        guard let admitted = visit.admitted else { throw AccessRefusal.signInRequired }
        let tenant = visit.database.tenant
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        let feed = EventFeed(limit: FeedPage.length + 56) { [weak self] feed, writer in
            try await self?.begin(number, of: tenant, on: feed, writer)
        }
        let line = Line(
            feed: feed, visit: visit, owner: admitted.id, interest: interest, permissions: admitted.permissions,
            position: position)
        try state.withLock { state throws(FeedRefusal) in
            let lines = state.lines[tenant, default: [:]]
            guard lines.count < limit, lines.values.count(where: { $0.owner == admitted.id }) < ownerLimit else {
                throw .tooMany
            }
            state.lines[tenant, default: [:]][number] = line
        }
        feed.onEnd { [weak self] in self?.remove(number, of: tenant) }
        return .events(feed)
    }

    private func remove(_ number: Int, of tenant: TenantID) {
        state.withLock { state in
            state.lines[tenant]?[number] = nil
            if state.lines[tenant]?.isEmpty == true { state.lines[tenant] = nil }
        }
    }

    /// Sends a program the events it missed, batch by batch as fast as it reads, and then makes it live. Events in
    /// between come with the next batch or the live round.
    private func begin(_ number: Int, of tenant: TenantID, on feed: EventFeed, _ writer: BodyWriter) async throws {
        guard let line = line(number, of: tenant) else { return feed.finish() }
        let isProgram = if case .events = line.interest { true } else { false }
        try await writer.write(Array("\(Self.retry)\(isProgram ? "id: \(line.position)\n" : "")\n".utf8))
        while feed.isOpen {
            // The credential may have been withdrawn since admission, or while catching up.
            try await check([number], line, of: tenant)
            guard let checked = self.line(number, of: tenant) else { return }
            let page = isProgram ? try await checked.visit.database.feedPage(after: checked.position) : nil
            let events = page?.events ?? []
            try await writer.write(events.filter(checked.mayBeTold).map(\.message))
            let isLast = page?.isLast ?? true
            put(number, of: tenant, at: events.last?.sequence ?? checked.position, isLive: isLast)
            if isLast { return look(at: tenant) }
        }
    }

    private func line(_ number: Int, of tenant: TenantID) -> Line? { state.withLock { $0.lines[tenant]?[number] } }
}

// Notifications.
extension LiveUpdates {
    /// Follows the database until the task is cancelled.
    package func run(in database: Database, on loop: EventLoop, log: Log) async {
        let listening = loop.spawn { await self.listen(to: database) }
        let checking = loop.spawn { await self.checkNowAndThen(on: loop) }
        for await _ in wakes {
            while let (tenant, news) = next() {
                do {
                    try await tell(tenant, news, in: database)
                } catch {
                    log.warning("feed_not_read", .init("tenant", tenant.description), .error(error))
                    // The database's notification after reconnecting wakes us again.
                    state.withLock { $0.news[tenant, default: News()].add(news) }
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
            case .gap: lookAtAll(News(changesCredentials: true, topics: Set(LiveTopic.allCases)))
            case .payload(let text):
                let parts = text.split(separator: " ")
                guard parts.count == 2, let tenant = TenantID(String(parts[0])) else { continue }
                let topic = LiveTopic(rawValue: String(parts[1]))
                look(at: tenant, News(changesCredentials: parts[1] == "0", topics: topic.map { [$0] } ?? []))
            }
        }
    }

    private func checkNowAndThen(on loop: EventLoop) async {
        for second in 0... {
            do { try await loop.sleep(for: .seconds(1)) } catch { return }
            let part = UInt64(second) % Self.checkEvery
            for tenant in state.withLock({ Array($0.lines.keys) }) where tenant.uuid.low % Self.checkEvery == part {
                look(at: tenant, News(changesCredentials: true))
            }
        }
    }

    private func lookAtAll(_ news: News) {
        for tenant in state.withLock({ Array($0.lines.keys) }) { look(at: tenant, news) }
    }

    private func look(at tenant: TenantID, _ news: News = News()) {
        state.withLock { state in
            guard state.lines[tenant] != nil else { return }
            state.news[tenant, default: News()].add(news)
        }
        wake.yield()
    }

    private func next() -> (TenantID, News)? {
        state.withLock { state in
            guard let (tenant, news) = state.news.first else { return nil }
            state.news[tenant] = nil
            return (tenant, news)
        }
    }
}

// Sending.
extension LiveUpdates {
    private func tell(_ tenant: TenantID, _ news: News, in database: Database) async throws {
        if news.changesCredentials { try await checkCredentials(of: tenant) }
        for line in liveLines(of: tenant).values {
            if case .changes(let topic) = line.interest, news.topics.contains(topic) { line.feed.send(.changed) }
        }
        while let start = liveLines(of: tenant).values.map(\.position).min() {
            let page = try await database.tenant(tenant).feedPage(after: start)
            if page.events.contains(where: \.changesCredentials) { try await checkCredentials(of: tenant) }
            tell(page.events, after: start, to: tenant)
            if page.isLast { return }
        }
    }

    /// Listeners that joined meanwhile at an earlier position get a round of their own.
    private func tell(_ events: [FeedEvent], after start: Int, to tenant: TenantID) {
        guard let last = events.last else { return }
        let messages = events.map(\.message)
        for (number, line) in liveLines(of: tenant) where line.position >= start {
            let news = zip(events, messages).drop { $0.0.sequence <= line.position }
            switch line.interest {
            case .events:
                var told = line.position
                for (event, message) in news {
                    if line.mayBeTold(event), !line.feed.send(message) { break }
                    told = event.sequence
                }
                put(number, of: tenant, at: told, isLive: told >= last.sequence)
                // A listener that falls behind gets the rest as fast as it reads.
                if told < last.sequence { line.feed.beginAgain() }
            case .changes(let topic):
                if news.contains(where: { topic.isChanged(by: $0.0.kind) }) { line.feed.send(.changed) }
                put(number, of: tenant, at: max(line.position, last.sequence), isLive: true)
            }
        }
    }

    private func put(_ number: Int, of tenant: TenantID, at position: Int, isLive: Bool) {
        state.withLock { state in
            state.lines[tenant]?[number]?.position = position
            state.lines[tenant]?[number]?.isLive = isLive
        }
    }

    private func liveLines(of tenant: TenantID) -> [Int: Line] {
        state.withLock { ($0.lines[tenant] ?? [:]).filter(\.value.isLive) }
    }

    /// Disconnects listeners whose credential has become invalid, and updates the others' permissions. Each credential
    /// is checked once, several concurrently; events wait meanwhile.
    private func checkCredentials(of tenant: TenantID) async throws {
        let lines = state.withLock { $0.lines[tenant] ?? [:] }
        var groups = Dictionary(grouping: lines.keys) { lines[$0]?.visit.askedAgainAs ?? [] }.values.makeIterator()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for place in 0... {
                if place >= Self.checksAtOnce { _ = try await tasks.next() }
                guard let numbers = groups.next(), let line = numbers.first.flatMap({ lines[$0] }) else { break }
                tasks.addTask { try await self.check(numbers, line, of: tenant) }
            }
            try await tasks.waitForAll()
        }
    }

    /// Checks a credential once for all listeners that share it.
    private func check(_ numbers: [Int], _ line: Line, of tenant: TenantID) async throws {
        do {
            let admitted = try await line.visit.admitAgain(at: time.now())
            state.withLock { state in
                for number in numbers { state.lines[tenant]?[number]?.permissions = admitted.permissions }
            }
        } catch let error as DatabaseError where error.sqlState == "MA401" || error.sqlState == "MA403" {
            for number in numbers {
                let feed = state.withLock { $0.lines[tenant]?[number]?.feed }
                remove(number, of: tenant)
                feed?.finish()
            }
        }
    }
}

extension ServerEvent {
    fileprivate static let changed = ServerEvent("", name: "changed")
}
