import CSystem
import Glibc
import Loop

/// A real DNS server (dnsmasq) that knows the TXT records it is told, and says of everything else that it is not there.
package final class NameServer: Sendable {
    package struct Failure: Error { package let reason: String }

    package let address: String
    private let process: ChildProcess
    private let loop: EventLoop

    /// It is there for as long as the work lasts.
    package static func serving<Result>(
        _ records: [String: [String]], _ work: (NameServer) async throws -> Result
    ) async throws -> Result {
        for _ in 0..<20 {
            guard let server = try await start(records, port: .random(in: 20_000..<32_000)) else { continue }
            defer { server.stop() }
            return try await work(server)
        }
        throw Failure(reason: "dnsmasq found no port")
    }

    private static func start(_ records: [String: [String]], port: UInt16) async throws -> NameServer? {
        let loop = Loops.tests.all[0]
        var arguments = [
            "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file=", "--local=/#/",
            "--listen-address=127.0.0.1", "--bind-interfaces", "--port=\(port)", "--user=\(userName)",
            "--log-facility=-",
        ]
        for (name, texts) in records {
            for text in texts { arguments.append("--txt-record=\(name),\(pieces(of: text).joined(separator: ","))") }
        }
        let process = try await onLoop(loop) { [arguments] in
            try ChildProcess(
                "dnsmasq", arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], on: loop)
        }
        let server = NameServer(address: "127.0.0.1:\(port)", process: process, loop: loop)
        for _ in 0..<500 {
            if isOpen(port) { return server }
            if kill(process.identifier, 0) != 0 { return nil }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    private init(address: String, process: ChildProcess, loop: EventLoop) {
        self.address = address
        self.process = process
        self.loop = loop
    }

    private func stop() {
        let process = process
        loop.perform { process.send(signal: SIGKILL) }
    }

    private static func onLoop<Value: Sendable>(
        _ loop: EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withUnsafeThrowingContinuation { continuation in
            loop.perform { continuation.resume(with: Result { try work() }) }
        }
    }

    /// A string of a record holds 255 bytes at most; a longer text is several.
    private static func pieces(of text: String) -> [String] {
        var rest = Substring(text)
        var pieces: [String] = []
        repeat {
            pieces.append(String(rest.prefix(200)))
            rest = rest.dropFirst(200)
        } while !rest.isEmpty
        return pieces
    }

    private static var userName: String { getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root" }

    private static func isOpen(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafeMutableBytes(of: &name) {
            connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count)) == 0
        }
    }
}
