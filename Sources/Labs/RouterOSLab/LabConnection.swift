import Addresses
import Loop
import Sockets

/// A client's connection: reads sentences, answers them, and injects the enabled faults.
final class LabConnection: LabClient {
    let isControl: Bool
    let peer: IPAddress
    let socket: SocketConnection
    unowned let server: LabServer
    private var reader = LabReader()
    /// The user's group policies; nil before signing in.
    var policies: Set<String>?
    var challenge: [UInt8]?
    private var isDeaf = false

    init(_ socket: SocketConnection, from peer: IPAddress, isControl: Bool, of server: LabServer) {
        self.socket = socket
        self.peer = peer
        self.isControl = isControl
        self.server = server
    }

    func start() {
        socket.onInput = { [unowned self] in receive($0) }
        socket.onEnd = { [unowned self] _ in server.forget(self) }
        socket.onDrain = { [unowned self] in socket.resume() }
    }

    func push(_ answer: [UInt8]) { if !isDeaf { socket.send(answer) } }

    func close(_ farewell: SocketConnection.Farewell = .flushed) {
        socket.close(farewell)
        server.forget(self)
    }

    /// Closes once the current answer has been sent.
    func closeSoon() { server.loop.after(.zero) { [weak self] in self?.close() } }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        if isDeaf { return }
        reader.append(bytes)
        server.catchUp()
        do throws(LabReader.Nonsense) {
            while !socket.isClosed, !isDeaf, let sentence = try reader.next() { take(sentence) }
        } catch {
            close()
        }
        // A client that reads slowly must wait with its commands.
        if socket.unsentCount > 1 << 20 { socket.pause() }
        server.settle()
    }

    private func take(_ sentence: LabSentence) {
        guard let command = LabCommand(sentence.words) else {
            return refuse(.noSuchPrefix, tag: nil)
        }
        if isControl { return control(command) }
        let latency = server.latency
        let fault = server.faults.meet(command.path)
        switch fault {
        case nil: answer(command, after: latency)
        case .slow(let span): answer(command, after: latency + span)
        case .cutAfterBytes(let count):
            // A router executes nothing before the last byte has arrived.
            if count >= sentence.byteCount { _ = result(of: command) }
            close(.reset)
        case .cutAtFirstWord: answer(command, after: latency, thenClose: true) { Self.firstWord(of: $0) }
        case .cutAfterDone: answer(command, after: latency, thenClose: true)
        case .halfOpen:
            isDeaf = true
            socket.pause()
        case .hang: break
        case .garbage: answer(command, after: latency) { _ in [0xFF] + Array("nada de esto es una frase".utf8) }
        case .wrongTag: answer(command.carrying(tag: "4294967295000"), after: latency)
        case .changeNothing: answerAsIfDone(command)
        case .refuseLogin: refuse(LabTrap(server.router.version.badLogin), tag: command.tag)
        }
    }

    private func answer(
        _ command: LabCommand, after delay: Duration, thenClose: Bool = false,
        _ spoil: ([UInt8]) -> [UInt8] = { $0 }
    ) {
        let (bytes, isLast) = result(of: command)
        if !bytes.isEmpty || thenClose { send(spoil(bytes), after: delay, thenClose: thenClose || isLast) }
    }

    private func answerAsIfDone(_ command: LabCommand) {
        guard let action = server.router.actions[command.path], action.isWrite, policies != nil else {
            return answer(command, after: server.latency)
        }
        var answer = LabAnswer(tag: command.tag)
        answer.done(returning: command.path.hasSuffix("/add") ? "*FFFF" : nil)
        send(answer.bytes, after: server.latency)
    }

    func refuse(_ trap: LabTrap, tag: String?) {
        var answer = LabAnswer(tag: tag)
        answer.trap(trap)
        answer.done()
        send(answer.bytes, after: server.latency)
    }

    /// Answers to pipelined commands may overlap: each is delayed on its own.
    func send(_ bytes: [UInt8], after delay: Duration, thenClose: Bool = false) {
        guard delay > .zero else {
            socket.send(bytes)
            return thenClose ? closeSoon() : ()
        }
        server.loop.after(delay) { [weak self] in
            guard let self, !isDeaf else { return }
            socket.send(bytes)
            if thenClose { closeSoon() }
        }
    }

    private static func firstWord(of bytes: [UInt8]) -> [UInt8] {
        // All first words are shorter than 128 bytes.
        bytes.isEmpty ? [] : Array(bytes[..<min(bytes.count, 1 + Int(bytes[0]))])
    }
}
