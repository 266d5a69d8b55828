import Addresses
import Loop
import Sockets
import Synchronization

/// The address of a router's API. The caller has resolved its name and checked that it may be dialled.
package struct RouterAddress: Sendable {
    package enum Security: Sendable, Equatable {
        /// Port 8728. Only for a VPN or the provider's own network.
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
    // A new context each time: sessions are opened too seldom to cache them.
    var context: TLSContext? { if case .tls(let trust) = self { TLSContext(client: trust) } else { nil } }
}

/// A signed-in connection to one router, for tasks of any loop. Commands run concurrently on one connection; routers
/// write two log lines for every login, so one session is kept and shared.
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

    /// Returns the complete reply.
    package func run(_ command: RouterCommand) async throws(RouterError) -> RouterReply {
        try await run(command, tag: tags.add(1, ordering: .relaxed).newValue)
    }

    package func rows(of command: RouterCommand) async throws(RouterError) -> [RouterRow] {
        try await run(command).rows
    }

    /// Streams rows as they come: a menu's changes (`listen`), or measurements. When `read` returns or throws, the
    /// command is cancelled on the router.
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

    /// Fails commands in flight. Idempotent.
    package func close() {
        let wire = wire
        loop.perform { wire.object.close() }
    }

    /// The SHA-256 of the router's certificate, to be stored and pinned from then on.
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
                // The cancellation came before there was anything to end.
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
                // The cancellation came before there was a call to abandon.
                if Task.isCancelled { loop.submit(abandon) }
            }
        } onCancel: {
            loop.submit(abandon)
        }
        return try result.get()
    }
}

/// The rows of a continuing command, for one reader.
package struct RouterFeed: Sendable, AsyncSequence {
    fileprivate let buffer: Confined<FeedBuffer>

    /// Nil once the command has ended by itself.
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
