import Addresses
import Loop
import Sockets
import Synchronization

/// The address of a router's API. The caller has resolved its name and checked that it may be dialled.
package struct RouterAddress: Sendable {
    package enum Security: Sendable, Equatable {
        /// Port 8728. For a VPN or the provider's own wires.
        case plain
        /// Port 8729.
        case tls(TLSTrust)
    }

    package let address: IPAddress
    package let port: UInt16
    package let security: Security

    package init(_ address: IPAddress, port: UInt16? = nil, _ security: Security = .plain) {
        self.address = address
        self.port = port ?? (security == .plain ? 8728 : 8729)
        self.security = security
    }
}

extension RouterAddress.Security {
    // A context for each trust would do; a session is opened seldom enough for one each.
    var context: TLSContext? { if case .tls(let trust) = self { TLSContext(client: trust) } else { nil } }
}

/// A signed-in connection to one router, for tasks of any loop. Its commands run side by side and share the connection;
/// routers write two log lines for every login, so one session is kept and used by all.
package final class RouterSession: Sendable {
    private let loop: EventLoop
    private let wire: Confined<SessionWire>
    private let tags = Atomic<UInt64>(SessionWire.untagged)

    private init(on loop: EventLoop, limits: RouterLimits, deadlines: RouterDeadlines) {
        self.loop = loop
        wire = Confined(SessionWire(on: loop, limits: limits, deadlines: deadlines), on: loop)
    }

    deinit { close() }

    package static func open(
        to address: RouterAddress, as credentials: RouterCredentials, on loop: EventLoop,
        limits: RouterLimits = RouterLimits(), deadlines: RouterDeadlines = RouterDeadlines()
    ) async throws(RouterError) -> RouterSession {
        let session = RouterSession(on: loop, limits: limits, deadlines: deadlines)
        try await session.connect(to: address)
        do {
            try await session.signIn(as: credentials, within: deadlines.login)
        } catch {
            session.close()
            throw error
        }
        return session
    }

    /// The whole answer.
    package func run(_ command: RouterCommand) async throws(RouterError) -> RouterReply {
        try await run(command, tag: tags.add(1, ordering: .relaxed).newValue)
    }

    package func rows(of command: RouterCommand) async throws(RouterError) -> [RouterRow] {
        try await run(command).rows
    }

    /// Hands rows over as they come: changes of a menu (`listen`), or what is measured. When `read` returns or throws,
    /// the router is told to stop.
    package func follow<Outcome>(
        _ command: RouterCommand, _ read: (RouterFeed) async throws -> Outcome
    ) async throws -> Outcome {
        let tag = tags.add(1, ordering: .relaxed).newValue
        let buffer = Confined(FeedBuffer(), on: loop)
        let wire = wire
        loop.perform {
            wire.object.begin(Call(tag: tag, command: command, receiver: .feed(buffer.object)))
        }
        defer { loop.perform { wire.object.abandon(tag, RouterError.cancelled) } }
        return try await read(RouterFeed(buffer: buffer))
    }

    /// What is under way fails. Closing twice is harmless.
    package func close() {
        let wire = wire
        loop.perform { wire.object.close() }
    }

    /// The SHA-256 of the router's certificate, to be remembered and asked for from then on.
    package func certificateFingerprint() async -> [UInt8]? {
        let wire = wire
        return await withUnsafeContinuation { continuation in
            loop.perform { continuation.resume(returning: wire.object.fingerprint) }
        }
    }

    private func connect(to address: RouterAddress) async throws(RouterError) {
        let (wire, loop) = (wire, loop)
        let result: Result<Void, RouterError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform { wire.object.connect(to: address, continuation) }
                // A cancellation that came first found nothing to end.
                if Task.isCancelled { self.close() }
            }
        } onCancel: {
            loop.submit { wire.object.close() }
        }
        try result.get()
    }

    func run(_ command: RouterCommand, tag: UInt64) async throws(RouterError) -> RouterReply {
        let (wire, loop) = (wire, loop)
        let abandon: @Sendable () -> Void = { wire.object.abandon(tag, RouterError.cancelled) }
        let result: Result<RouterReply, RouterError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform { wire.object.begin(Call(tag: tag, command: command, receiver: .command(continuation))) }
                // A cancellation that came first found nothing to abandon.
                if Task.isCancelled { loop.submit(abandon) }
            }
        } onCancel: {
            loop.submit(abandon)
        }
        return try result.get()
    }
}

/// The rows of a command that goes on, for one reader.
package struct RouterFeed: Sendable, AsyncSequence {
    fileprivate let buffer: Confined<FeedBuffer>

    /// Nil when the command has ended by itself.
    package func next() async throws(RouterError) -> RouterRow? {
        let buffer = buffer
        let result: Result<RouterRow?, RouterError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                buffer.loop.perform { buffer.object.next(continuation) }
                if Task.isCancelled { buffer.loop.submit { buffer.object.cancelReader() } }
            }
        } onCancel: {
            buffer.loop.submit { buffer.object.cancelReader() }
        }
        return try result.get()
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let feed: RouterFeed

        package func next() async throws(RouterError) -> RouterRow? { try await feed.next() }

        package func next(isolation actor: isolated (any Actor)?) async throws(RouterError) -> RouterRow? {
            try await feed.next()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(feed: self) }
}
