import Loop
import Synchronization

/// A server-sent event to an open page.
package struct ServerEvent: Sendable {
    package var name: String?
    package var id: String?
    package var data: String

    package init(_ data: String, name: String? = nil, id: String? = nil) {
        self.data = data
        self.name = name
        self.id = id
    }

    /// Line breaks in the data become `data:` lines; in a name or id they would begin a field, so they are removed.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (field, value) in [("event: " as StaticString, name), ("id: ", id)] {
            guard let value else { continue }
            bytes.append(field)
            bytes.append(contentsOf: value.utf8.filter { $0 != .lineFeed && $0 != .carriageReturn && $0 != 0 })
            bytes.append(.lineFeed)
        }
        for line in data.utf8.split(omittingEmptySubsequences: false, whereSeparator: { $0 == .lineFeed }) {
            bytes.append("data: " as StaticString)
            bytes.append(contentsOf: line.filter { $0 != .carriageReturn })
            bytes.append(.lineFeed)
        }
        bytes.append(.lineFeed)
        return bytes
    }
}

/// The event stream of one open page. Any loop may send; a page that falls behind is closed and reconnects by itself,
/// or, where its feed has a beginning, gets the beginning again.
package final class EventFeed: Sendable {
    /// Writes the initial state before any event, as fast as the client reads.
    package typealias Beginning = @Sendable (EventFeed, BodyWriter) async throws -> Void

    private enum Wake {
        case events([UInt8])
        case heartbeat
        case beginning
        case end
    }

    private struct State {
        var pending: [UInt8] = []
        var count = 0
        var isOpen = true
        var hasOverflowed = false
        var mustBegin: Bool
        var waiter: UnsafeContinuation<Wake, Never>?
        var hasEnded = false
        var onEnd: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>
    private let limit: Int
    private let heartbeat: Duration
    private let begin: Beginning?

    /// Queued bytes, unless they are a single event's.
    private static let byteLimit = 256 * 1024

    /// `limit` is how many events may be queued for the page.
    package init(limit: Int = 64, heartbeat: Duration = .seconds(15), begin: Beginning? = nil) {
        self.limit = limit
        self.heartbeat = heartbeat
        self.begin = begin
        state = Mutex(State(mustBegin: begin != nil))
    }

    /// Whether the page is still there.
    package var isOpen: Bool { state.withLock(\.isOpen) }

    /// False when the page is gone or its queue is full; without a beginning, a full queue closes it.
    @discardableResult
    package func send(_ event: ServerEvent) -> Bool {
        let bytes = event.bytes
        let (isTaken, waiter, wake) = state.withLock { state -> (Bool, UnsafeContinuation<Wake, Never>?, Wake) in
            guard state.isOpen else { return (false, nil, .end) }
            let waiter = state.waiter.take()
            if waiter != nil { return (true, waiter, .events(bytes)) }
            guard
                state.count < limit, state.count == 0 || state.pending.count + bytes.count <= Self.byteLimit
            else {
                if begin != nil { return (false, nil, .end) }
                state.isOpen = false
                state.hasOverflowed = true
                state.pending = []
                return (false, nil, .end)
            }
            state.pending += bytes
            state.count += 1
            return (true, nil, .end)
        }
        waiter?.resume(returning: wake)
        return isTaken
    }

    /// Writes the beginning again, after what was sent so far.
    package func beginAgain() {
        let waiter = state.withLock { state in
            state.mustBegin = true
            return state.waiter.take()
        }
        waiter?.resume(returning: .beginning)
    }

    /// Ends the stream after what was sent so far.
    package func finish() {
        let waiter = state.withLock { state in
            state.isOpen = false
            return state.waiter.take()
        }
        waiter?.resume(returning: .end)
    }

    /// Called once when the page is gone, to unsubscribe it.
    package func onEnd(_ call: @escaping @Sendable () -> Void) {
        let hasEnded = state.withLock { state in
            if !state.hasEnded { state.onEnd = call }
            return state.hasEnded
        }
        if hasEnded { call() }
    }

    /// Writes until the feed is finished or the client gone.
    func run(to writer: BodyWriter, on loop: EventLoop) async throws {
        defer { end() }
        while true {
            switch await next(on: loop) {
            case .beginning:
                state.withLock { $0.mustBegin = false }
                // In a task of its own, so that the memory of its calls is released.
                if let begin { try await loop.run { try await begin(self, writer) } }
            case .events(let bytes): try await writer.write(bytes)
            case .heartbeat: try await writer.write(Array(":\n\n".utf8))
            case .end:
                if Task.isCancelled || state.withLock({ $0.hasOverflowed }) { throw RequestError.interrupted }
                return
            }
        }
    }

    private func next(on loop: EventLoop) async -> Wake {
        let timer = loop.after(heartbeat) { self.wake(.heartbeat) }
        defer { loop.cancel(timer) }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let wake = state.withLock { state -> Wake? in
                    if state.count > 0 {
                        defer { (state.pending, state.count) = ([], 0) }
                        return .events(state.pending)
                    }
                    guard state.isOpen, !Task.isCancelled else { return .end }
                    if state.mustBegin { return .beginning }
                    state.waiter = continuation
                    return nil
                }
                if let wake { continuation.resume(returning: wake) }
            }
        } onCancel: {
            wake(.end)
        }
    }

    private func wake(_ wake: Wake) {
        state.withLock { $0.waiter.take() }?.resume(returning: wake)
    }

    /// The page is gone, or never connected. Idempotent.
    func end() {
        let call = state.withLock { state in
            state.isOpen = false
            state.hasEnded = true
            return state.onEnd.take()
        }
        call?()
    }
}

extension BodyWriter {
    package func write(_ events: [ServerEvent]) async throws(RequestError) { try await write(events.flatMap(\.bytes)) }
}
