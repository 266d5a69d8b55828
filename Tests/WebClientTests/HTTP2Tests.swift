import Addresses
import CSystem
import Glibc
import Loop
import Testing

@testable import WebClient

/// Against nginx, where it is installed: HTTP/2 is not spoken by anything of ours.
@Suite(.enabled(if: access("/usr/sbin/nginx", X_OK) == 0, "nginx is not installed"))
struct HTTP2Tests {
    private let resolver = Resolver { _ in [IPAddress("127.0.0.1")!] }

    @Test func `many requests share one connection where HTTP2 is offered`() async throws {
        try await withNginx { port in
            try await withClient(resolver: resolver) { client, loop in
                try await eventually("nginx answers", on: loop) {
                    await failure { try await client.send(get("/", port)) } == nil
                }

                let answers = try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 0..<90 {
                        group.addTask(executorPreference: loop) {
                            var request = get("/", port)
                            if number % 2 == 1 { request.body = .bytes([UInt8](repeating: 120, count: 50_000)) }
                            return String(decoding: try await client.send(request).body, as: UTF8.self)
                        }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                // Protocol and number of the connection, the same for all.
                #expect(answers.count == 1)
                #expect(answers.first?.hasPrefix("HTTP/2.0 ") == true)

                let big = try await client.send(get("/big", port))
                #expect(big.body.count == 16 << 20)
            }
        }
    }

    /// And waits on a connection of HTTP/1.1, where no more than the socket holds can pile up.
    @Test func `a stream that is read slowly holds up no other request`() async throws {
        try await withNginx { port in
            try await withClient(resolver: resolver) { client, loop in
                try await eventually("nginx answers", on: loop) {
                    await failure { try await client.send(get("/", port)) } == nil
                }

                let protocolName = try await client.stream(get("/", port)) { try await $0.next() }
                #expect(protocolName?.starts(with: "HTTP/1.1 ".utf8) == true)
                // Two that read nothing for a while, and one after another that are answered meanwhile.
                let total = try await client.stream(get("/big", port)) { first in
                    try await client.stream(get("/big", port)) { second in
                        for _ in 0..<100 {
                            let answer = try await client.send(get("/", port))
                            #expect(answer.body.starts(with: "HTTP/2.0 ".utf8))
                        }
                        var total = 0
                        while let piece = try await second.next() { total += piece.count }
                        while let piece = try await first.next() { total += piece.count }
                        return total
                    }
                }
                #expect(total == 32 << 20)
            }
        }
    }

    private func get(_ path: String, _ port: UInt16) -> WebRequest {
        WebRequest(
            "GET", "https://box.example:\(port)\(path)", egress: .test(port),
            trust: .publicKey(sha256: TLSFixture.publicKey), bodyLimit: 32 << 20)
    }

    private func withNginx(_ use: @Sendable (UInt16) async throws -> Void) async throws {
        var path = Array("/tmp/mastil-nginx-XXXXXX\0".utf8CString)
        mkdtemp(&path)
        let folder = String(decoding: path.dropLast(2).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let spare = try RawServer { _ in }
        spare.stop()
        let port = spare.port
        try put("cert.pem", TLSFixture.certificate, in: folder)
        try put("key.pem", TLSFixture.privateKey, in: folder)
        try put("big", [UInt8](repeating: 98, count: 16 << 20), in: folder)
        let configuration = """
            daemon off; master_process off; pid \(folder)/pid; error_log \(folder)/error.log;
            events { worker_connections 512; }
            http {
                access_log off; client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
                fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
                server {
                    listen 127.0.0.1:\(port) ssl http2; ssl_certificate \(folder)/cert.pem;
                    ssl_certificate_key \(folder)/key.pem; root \(folder); keepalive_requests 100000;
                    location = / { return 200 "$server_protocol $connection"; }
                }
            }
            """
        try put("nginx.conf", Array(configuration.utf8), in: folder)
        var child = pid_t()
        let arguments = ["nginx", "-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/error.log"]
        var pointers = arguments.map { strdup($0) } + [nil]
        posix_spawn(&child, "/usr/sbin/nginx", nil, nil, &pointers, environ)
        for pointer in pointers { free(pointer) }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await use(port)) } catch { outcome = .failure(error) }
        // Swift's threads block every signal, and so does what they start: only this one gets through.
        kill(child, SIGKILL)
        waitpid(child, nil, 0)
        for name in ["cert.pem", "key.pem", "big", "nginx.conf", "error.log", "pid"] { unlink("\(folder)/\(name)") }
        for name in ["body", "proxy", "fastcgi", "uwsgi", "scgi", ""] { rmdir("\(folder)/\(name)") }
        try outcome.get()
    }

    private func put(_ name: String, _ bytes: [UInt8], in folder: String) throws {
        let descriptor = open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o644)
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw CannotListen(host: name, port: 0, code: errno)
        }
    }
}
