import Addresses
import Loop
import Sockets

@testable import RouterOS

/// A router that answers every sentence with the bytes that a test's script gives.
final class ScriptedRouter: Sendable {
    typealias Script = @Sendable (_ words: [String]) -> Answer

    enum Answer: Sendable {
        case bytes([UInt8])
        case nothing
        /// These bytes, and the connection is closed.
        case last([UInt8])
    }

    let address: RouterAddress
    private let listener: Confined<SocketListener>

    static func sentences(_ sentences: [String]...) -> Answer { .bytes(sentences.flatMap(encoded)) }

    init(on loop: EventLoop, _ script: @escaping Script) throws {
        precondition(loop.isCurrent)
        let listener = try SocketListener(at: .loopback, port: 0, on: loop) { descriptor, _ in
            let socket = SocketConnection(descriptor, on: loop)
            var reader = SentenceReader(limits: RouterLimits())
            socket.onInput = { bytes in
                reader.append(bytes)
                while !socket.isClosed, let sentence = try? reader.next() {
                    let sentence = words(sentence)
                    let isLogin = sentence[0] == "/login"
                    switch isLogin ? Self.sentences(["!done"]) : script(sentence) {
                    case .bytes(let answer): socket.send(answer)
                    case .nothing: break
                    case .last(let answer):
                        socket.send(answer)
                        socket.close()
                    }
                }
            }
        }
        address = RouterAddress(.loopback, port: listener.port)
        self.listener = Confined(listener, on: loop)
    }

    func close() { listener.object.close() }
}

/// A session with a scripted router, on a loop of its own.
func withScript<Outcome: Sendable>(
    limits: RouterLimits = RouterLimits(), deadlines: RouterDeadlines = .short,
    _ script: @escaping ScriptedRouter.Script,
    _ use: @escaping @Sendable (RouterSession, EventLoop) async throws -> Outcome
) async throws -> Outcome {
    let loop = EventLoop(name: "test")
    loop.start()
    defer { loop.stop() }
    return try await loop.run {
        let router = try ScriptedRouter(on: loop, script)
        let session = try await RouterSession.open(
            to: router.address, as: RouterCredentials(name: "mastil", password: ""), on: loop, limits: limits,
            deadlines: deadlines)
        defer { session.close() }
        let outcome = try await use(session, loop)
        router.close()
        return outcome
    }
}

extension RouterDeadlines {
    static var short: RouterDeadlines {
        var deadlines = RouterDeadlines()
        deadlines.command = .milliseconds(600)
        deadlines.cancellation = .milliseconds(400)
        return deadlines
    }
}

/// The error of a command that must fail.
func failure<Outcome>(_ work: () async throws -> Outcome) async -> RouterError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? RouterError
    }
}

func tag(of words: [String]) -> String { words.first { $0.hasPrefix(".tag=") } ?? "" }
