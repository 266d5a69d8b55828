import Addresses
import FibreProtocol
import Loop
import Sockets

/// A command line over telnet: sends a line and reads until a prompt or a question. Loop-confined; one caller at a time.
final class CommandLine: @unchecked Sendable {
    enum Stop: Sendable, Equatable {
        case prompt
        /// It asks something before it goes on, such as `(y/n)[n]:`.
        case question(String)
    }

    private let loop: EventLoop
    private var socket: SocketConnection?
    private var telnet = Telnet()
    private(set) var screen = Screen()
    private var ending: OLTFailure?
    private var waiter: UnsafeContinuation<Void, Never>?
    private var timer: LoopTimer?
    private var isOpen = false

    init(on loop: EventLoop) { self.loop = loop }

    func connect(to address: IPAddress, port: UInt16, within span: Duration) async throws(OLTFailure) {
        let connection: SocketConnection
        do throws(SocketError) {
            connection = try SocketConnection(to: address, port: port, on: loop)
        } catch {
            throw .unreachable(error.description)
        }
        socket = connection
        connection.onOpen = { [unowned self] in
            isOpen = true
            wake()
        }
        connection.onInput = { [unowned self] in receive($0) }
        connection.onEnd = { [unowned self] error in
            ending = .unreachable(error.description)
            wake()
        }
        let due = Monotonic.read() + span
        while !isOpen {
            if let ending { throw ending }
            guard await arrival(before: due) else { throw .unreachable("It does not answer.") }
        }
    }

    /// Sends a line. Only a line feed: some OLTs take CR LF for two answers.
    func send(_ line: String) {
        screen.clear()
        socket?.send(Array(line.utf8) + [0x0A])
    }

    /// The current line was answered and ends nothing any more.
    func forgetLine() { screen.eraseLast() }

    func answer(_ text: String) { socket?.send(Array(text.utf8) + [0x0A]) }

    /// Waits until the unended line is one that `stop` knows. A pager is told to go on.
    func wait(
        within span: Duration, _ stop: (_ last: String, _ lines: [String]) -> Stop?
    ) async throws(OLTFailure) -> Stop {
        let due = Monotonic.read() + span
        while true {
            let last = screen.last
            if Self.isPager(last) {
                screen.eraseLast()
                socket?.send([0x20])
                continue
            }
            if let found = stop(last, screen.lines) { return found }
            if let ending { throw ending }
            guard await arrival(before: due) else {
                close()
                throw .unreachable("It stopped answering.")
            }
        }
    }

    func close() {
        socket?.close()
        socket = nil
        if ending == nil { ending = .unreachable("The session was closed.") }
        wake()
    }

    private static func isPager(_ line: String) -> Bool {
        let plain = line.trimmed
        return plain.hasPrefix("---- More") || plain == "--More--" || plain.hasPrefix("--Press any key to continue")
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        let (text, answer) = telnet.take(bytes)
        if !answer.isEmpty { socket?.send(answer) }
        screen.take(text)
        guard screen.size < Screen.most else { return close() }
        wake()
    }

    /// False once the deadline has passed. Must be called on the loop.
    private func arrival(before due: Monotonic) async -> Bool {
        let rest = due - Monotonic.read()
        guard rest > .zero, !Task.isCancelled else { return false }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform {
                    self.waiter = continuation
                    self.timer = self.loop.after(rest) { self.wake() }
                }
            }
        } onCancel: {
            loop.submit { self.wake() }
        }
        return true
    }

    private func wake() {
        if let timer { loop.cancel(timer) }
        timer = nil
        waiter?.resume()
        waiter = nil
    }
}

extension String {
    var trimmed: String {
        var rest = Substring(self)
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    /// The words between blanks.
    var words: [String] { split(whereSeparator: \.isWhitespace).map(String.init) }
}
