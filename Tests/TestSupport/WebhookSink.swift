import Glibc
import JSON
import Loop

/// The other end of a webhook: a program of its own (Tests/WebhookSink/sink.py), which checks signatures by the
/// specification alone and answers as the path of the address says.
package struct WebhookSink: Sendable {
    // Held, for it is gone with its last user.
    private let temporary: TemporaryFolder
    private var folder: String { temporary.path }
    package let port: UInt16

    /// What it was sent, in order.
    package struct Message: Sendable {
        package let path: String
        package let id: String
        package let timestamp: String
        package let signatures: Int
        /// For each secret it was told, in their order, whether it made one of the signatures.
        package let valid: [Bool]
        package let type: String
        package let body: String
    }

    /// The file of the authority that signed its certificate.
    package var authority: String { "\(folder)/authority.pem" }

    package func address(_ path: String) -> String { "https://127.0.0.1:\(port)/\(path)" }

    package static func with<Result>(_ work: (WebhookSink) async throws -> Result) async throws -> Result {
        let folder = try TemporaryFolder()
        let loop = Loops.tests.all[1]
        let script =
            "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/WebhookSink/sink.py"
        let process = try await loop.run {
            try ChildProcess(
                "setpriv", ["--pdeathsig", "KILL", "/usr/bin/python3", script, folder.path],
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], on: loop)
        }
        do {
            let sink = WebhookSink(temporary: folder, port: try await port(in: folder.path, on: loop))
            let result = try await work(sink)
            await end(process, on: loop)
            return result
        } catch {
            await end(process, on: loop)
            throw error
        }
    }

    private struct NeverListened: Error {}

    private static func port(in folder: String, on loop: EventLoop) async throws -> UInt16 {
        let deadline = Monotonic.read() + .seconds(60)
        while Monotonic.read() < deadline {
            if let port = UInt16(text("\(folder)/port")) { return port }
            try await loop.sleep(for: .milliseconds(10))
        }
        throw NeverListened()
    }

    private static func end(_ process: ChildProcess, on loop: EventLoop) async {
        loop.perform { process.send(signal: SIGKILL) }
        _ = await process.ended()
    }

    /// The secrets to check with, as the panel showed them.
    package func learn(_ secrets: String...) { write(secrets.joined(separator: "\n"), to: "secrets") }

    /// The moment from which it counts when it answers with a date.
    package func set(now seconds: Int64) { write("\(seconds)", to: "now") }

    /// How much of its huge answer was taken from it, once it has ended.
    package var huge: Int? { Int(Self.text("\(folder)/huge")) }

    package func messages() throws -> [Message] {
        try Self.text("\(folder)/log").split(separator: "\n").map { line in
            let value = try JSONValue.parse(Array(line.utf8))
            guard case .object(let object) = value else { fatalError("\(line) is no object") }
            func text(_ name: String) -> String { if case .string(let text) = object[name] { text } else { "" } }
            var valid: [Bool] = []
            if case .array(let values) = object["valid"] { valid = values.map { $0 == .bool(true) } }
            var count = 0
            if case .integer(let number) = object["signatures"] { count = Int(number) }
            return Message(
                path: text("path"), id: text("id"), timestamp: text("timestamp"), signatures: count, valid: valid,
                type: text("type"), body: text("body"))
        }
    }

    private func write(_ text: String, to name: String) {
        guard let file = fopen("\(folder)/\(name)", "w") else { fatalError("\(folder)/\(name) cannot be written") }
        fputs(text, file)
        fclose(file)
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
