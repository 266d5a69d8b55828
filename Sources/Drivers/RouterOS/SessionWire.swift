import Loop
import Sockets

/// A session's state on its loop: the connection, and the calls in flight and queued.
final class SessionWire {
    private let loop: EventLoop
    private let limits: RouterLimits
    private let deadlines: RouterDeadlines
    private var socket: SocketConnection?
    private var reader: SentenceReader
    private var calls: [UInt64: Call] = [:]
    private var waiting: [Call] = []
    private var firstWaiting = 0
    private var underWay = 0
    private var nextTag: UInt64 = 1 << 32
    private var opening: UnsafeContinuation<Result<Void, RouterError>, Never>?
    private var openingTimer: LoopTimer?
    /// Why the session ended.
    private var ending: RouterError?

    /// The tag of an untagged call: the login, when nothing else is in flight.
    static let untagged: UInt64 = 0

    init(on loop: EventLoop, limits: RouterLimits, deadlines: RouterDeadlines) {
        self.loop = loop
        self.limits = limits
        self.deadlines = deadlines
        reader = SentenceReader(limits: limits)
    }

    var fingerprint: [UInt8]? { socket?.fingerprint }

    func connect(
        to address: RouterAddress, _ continuation: UnsafeContinuation<Result<Void, RouterError>, Never>
    ) {
        // The session may have been cancelled before.
        if let ending { return continuation.resume(returning: .failure(ending)) }
        let connection: SocketConnection
        do throws(SocketError) {
            connection = try SocketConnection(
                to: address.address, port: address.port, encryptedBy: address.security.context, on: loop)
        } catch {
            return continuation.resume(returning: .failure(RouterError(error, .neverSent)))
        }
        socket = connection
        opening = continuation
        openingTimer = loop.after(deadlines.connecting) { [unowned self] in
            end { .deadlineExceeded(self.deadlines.connecting, $0) }
        }
        connection.onOpen = { [unowned self] in opened(.success(())) }
        connection.onInput = { [unowned self] in receive($0) }
        connection.onEnd = { [unowned self] error in end { RouterError(error, $0) } }
    }

    func begin(_ call: Call) {
        if let ending { return call.finish(.failure(ending.neverSent)) }
        calls[call.tag] = call
        if underWay < limits.commandsAtOnce || call.tag == Self.untagged { send(call) } else { waiting.append(call) }
    }

    /// The caller gives up: it gets the error, and the command is cancelled on the router.
    func abandon(_ tag: UInt64, _ error: (RouterError.Delivery) -> RouterError) {
        guard let call = calls[tag] else { return }
        if case .nobody = call.receiver { return }
        // Bytes already queued are still sent, whatever becomes of the caller.
        call.finish(.failure(error(call.lastByte == nil ? .neverSent : .maybeDone)))
        stop(call)
    }

    func close() { end { .interrupted("it was closed by us", $0) } }

    private func opened(_ result: Result<Void, RouterError>) {
        if let openingTimer { loop.cancel(openingTimer) }
        openingTimer = nil
        opening?.resume(returning: result)
        opening = nil
    }
}

extension SessionWire {
    private func send(_ call: Call) {
        guard let socket else { return }
        do throws(RouterError) {
            socket.send(try call.command.encoded(tag: call.tag == Self.untagged ? nil : call.tag))
        } catch {
            calls[call.tag] = nil
            return call.finish(.failure(error))
        }
        underWay += 1
        call.lastByte = socket.queuedCount
        if case .feed = call.receiver { return }
        let span = call.command.deadline ?? deadlines.command
        call.timer = loop.after(span) { [unowned self] in
            abandon(call.tag) { .deadlineExceeded(span, $0) }
        }
    }

    private func sendWaiting() {
        while underWay < limits.commandsAtOnce, firstWaiting < waiting.count {
            let call = waiting[firstWaiting]
            firstWaiting += 1
            if calls[call.tag] != nil { send(call) }
        }
        if firstWaiting == waiting.count || firstWaiting > 1024 {
            waiting.removeFirst(firstWaiting)
            firstWaiting = 0
        }
    }

    /// Whether a call on a dead connection was delivered.
    private func delivery(of call: Call) -> RouterError.Delivery {
        guard let lastByte = call.lastByte, let socket, socket.sentCount >= lastByte else { return .neverSent }
        return .maybeDone
    }

    /// Cancels an abandoned call on the router. A router that does not answer this either is taken for dead.
    private func stop(_ call: Call) {
        guard call.lastByte != nil, let socket else {
            calls[call.tag] = nil
            return
        }
        // An untagged call cannot be cancelled.
        if call.tag == Self.untagged { return end { .interrupted("signing in was given up", $0) } }
        let cancel = Call(
            tag: nextTag, command: RouterCommand("/cancel", ["tag": "\(call.tag)"]), receiver: .nobody)
        nextTag += 1
        calls[cancel.tag] = cancel
        if let bytes = try? cancel.command.encoded(tag: cancel.tag) { socket.send(bytes) }
        cancel.lastByte = socket.queuedCount
        if let timer = call.timer { loop.cancel(timer) }
        call.timer = loop.after(deadlines.cancellation) { [unowned self] in
            end { .interrupted("the router answers nothing, not even a cancellation", $0) }
        }
    }
}

extension SessionWire {
    private func receive(_ bytes: UnsafeRawBufferPointer) {
        reader.append(bytes)
        do throws(WireFault) {
            while ending == nil, let sentence = try reader.next() { try take(Answer(sentence)) }
        } catch {
            end { .interrupted("the router sent what makes no sense: \(error.reason)", $0) }
        }
    }

    private func take(_ answer: Answer) throws(WireFault) {
        if case .fatal(let reason) = answer.kind { return end { .fatal(reason, $0) } }
        guard let call = calls[answer.tag ?? Self.untagged] else {
            throw WireFault(reason: "an answer to a command that was not given")
        }
        switch answer.kind {
        case .row: add(answer.row, to: call)
        case .trap: if call.traps.count < 100 { call.traps.append(RouterTrap(answer.row)) }
        case .done: finish(call, answer.row)
        case .empty, .unknown, .fatal: break
        }
    }

    private func add(_ row: RouterRow, to call: Call) {
        switch call.receiver {
        case .nobody: break
        case .feed(let buffer):
            buffer.add(row)
            if buffer.unreadCount > limits.unreadRows { abandon(call.tag) { _ in .readTooSlowly } }
        case .command:
            call.rows.append(row)
            call.byteCount += row.byteCount
            if call.rows.count > limits.replyRows || call.byteCount > limits.replyBytes {
                let size = "\(call.rows.count) rows, \(call.byteCount) bytes"
                abandon(call.tag) { .tooLarge(size, $0) }
            }
        }
    }

    private func finish(_ call: Call, _ end: RouterRow) {
        calls[call.tag] = nil
        if let timer = call.timer { loop.cancel(timer) }
        // `/cancel` does not count as a command in flight.
        if call.command.path != "/cancel" { underWay -= 1 }
        call.finish(
            call.traps.isEmpty ? .success(RouterReply(rows: call.rows, end: end)) : .failure(.refused(call.traps)))
        sendWaiting()
    }

    /// Ends the session and fails each call by whether it may have been delivered.
    private func end(_ error: (RouterError.Delivery) -> RouterError) {
        guard ending == nil else { return }
        ending = error(.neverSent)
        let outcomes = calls.values.map { ($0, error(delivery(of: $0))) }
        calls = [:]
        waiting = []
        opened(.failure(error(.neverSent)))
        // Closes without flushing: a call reported as unsent must stay unsent.
        socket?.close(.unsent)
        for (call, error) in outcomes {
            if let timer = call.timer { loop.cancel(timer) }
            call.finish(.failure(error))
        }
    }
}

/// A parsed reply sentence.
struct Answer {
    enum Kind: Equatable {
        case row
        case done
        case trap
        case fatal(String)
        /// Since 7.18, precedes the end of a reply without rows.
        case empty
        /// A reply word of a later version.
        case unknown
    }

    let kind: Kind
    let tag: UInt64?
    let row: RouterRow

    init(_ sentence: Sentence) throws(WireFault) {
        let words = sentence.words.map { sentence.bytes[$0] }
        row = RouterRow(sentence)
        tag = try Self.tag(words)
        let word = words[0]
        if word.elementsEqual("!re".utf8) {
            kind = .row
        } else if word.elementsEqual("!done".utf8) {
            kind = .done
        } else if word.elementsEqual("!trap".utf8) {
            kind = .trap
        } else if word.elementsEqual("!empty".utf8) {
            kind = .empty
        } else if word.elementsEqual("!fatal".utf8) {
            kind = .fatal(words.count > 1 ? RouterText.decode(words[1]) : "it gave no reason")
        } else if word.first == UInt8(ascii: "!") {
            kind = .unknown
        } else {
            throw WireFault(reason: "a sentence that is no answer")
        }
    }

    /// Our tags are numbers from 1.
    private static func tag(_ words: [ArraySlice<UInt8>]) throws(WireFault) -> UInt64? {
        guard let word = words.first(where: { $0.starts(with: ".tag=".utf8) }) else { return nil }
        let digits = word.dropFirst(5)
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let tag = UInt64(String(decoding: digits, as: UTF8.self)), tag != SessionWire.untagged
        else { throw WireFault(reason: "a tag that we never gave") }
        return tag
    }
}

extension RouterError {
    init(_ error: SocketError, _ delivery: Delivery) {
        switch error {
        case .notConnected(let reason): self = .notConnected(reason)
        case .untrusted(let reason): self = .untrusted(reason)
        case .ended: self = .interrupted("the router closed the connection", delivery)
        case .broken(let reason): self = .interrupted(reason, delivery)
        }
    }

    /// The same error, for a command that comes after the session's end.
    fileprivate var neverSent: RouterError {
        switch self {
        case .notConnected, .untrusted: self
        default: .interrupted("the session is over: \(self)", .neverSent)
        }
    }
}
