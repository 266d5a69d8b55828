import Addresses
import HTTP
import Loop
import TestSupport
import Testing

@Suite struct TLSTests {
    /// A self-signed certificate for the name, made by the openssl program.
    private func certificate(_ name: String, in folder: TemporaryFolder, on loop: EventLoop, as file: String)
        async throws -> Certificates.Files
    {
        let files = Certificates.Files(chain: "\(folder.path)/\(file).pem", key: "\(folder.path)/\(file).key")
        let made = try await Program.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", files.key, "-out",
                files.chain,
            ], on: loop)
        #expect(made.end == .exit(0))
        return files
    }

    private func withServer(
        _ test: (RunningServer, Certificates, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let loops = Loops(count: 1)
        loops.start()
        defer { loops.stop() }
        let files = [
            try await certificate("norte.test", in: folder, on: loops.all[0], as: "norte"),
            try await certificate("*.sur.test", in: folder, on: loops.all[0], as: "sur"),
        ]
        let certificates = try Certificates(files)
        let path = folder.path
        try folder.write("page.bin", Self.bytes)
        let listener = ServerConfiguration.Listener(.ip(.loopback, port: 0), certificates: certificates)
        try await RunningServer.run(
            ServerConfiguration(listeners: [listener]),
            handler: { request in
                if request.method == .post {
                    do throws(RequestError) {
                        return .text("\(try await request.body.bytes(upTo: 10_000_000).count)")
                    } catch {
                        return .problem(error)
                    }
                }
                if request.rawTarget.hasPrefix("/long") {
                    return .text(String(repeating: request.rawTarget + "\n", count: 60_000))
                }
                return .file(under: path, request.path.all) ?? .text("\(request.scheme) \(request.host)")
            }
        ) { server in try await test(server, certificates, folder) }
        withExtendedLifetime(folder) {}
    }

    private static let bytes = [UInt8]((0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 3) })

    private func curl(
        _ server: RunningServer, _ host: String, trusting file: String, _ path: String = "/", _ options: [String] = []
    ) async throws -> Program.Result {
        guard case .ip(_, let port) = server.address else { preconditionFailure() }
        return try await Program.run(
            "curl",
            ["-s", "--cacert", file, "--resolve", "\(host):\(port):127.0.0.1", "https://\(host):\(port)\(path)"]
                + options,
            on: server.loops.all[0])
    }

    @Test func `each name is shown its own certificate`() async throws {
        try await withServer { server, _, folder in
            var result = try await curl(server, "norte.test", trusting: "\(folder.path)/norte.pem")
            #expect(result.text == "https norte.test")
            result = try await curl(server, "pagos.sur.test", trusting: "\(folder.path)/sur.pem")
            #expect(result.text == "https pagos.sur.test")
            // Wrong certificate, or a name that none covers: curl refuses (60).
            result = try await curl(server, "norte.test", trusting: "\(folder.path)/sur.pem")
            #expect(result.end == .exit(60))
            result = try await curl(server, "oeste.test", trusting: "\(folder.path)/norte.pem")
            #expect(result.end == .exit(60))
        }
    }

    @Test func `files, uploads and several requests go through`() async throws {
        try await withServer { server, _, folder in
            let trusted = "\(folder.path)/norte.pem"
            let file = try await curl(server, "norte.test", trusting: trusted, "/page.bin")
            #expect(file.output == Self.bytes)
            let part = try await curl(server, "norte.test", trusting: trusted, "/page.bin", ["-r", "1000-1999"])
            #expect(part.output == Array(Self.bytes[1000..<2000]))
            let upload = try await curl(
                server, "norte.test", trusting: trusted, "/", ["--data-binary", "@\(folder.path)/page.bin"])
            #expect(upload.text == "2000000")
        }
    }

    @Test func `new certificates hold for new connections, bad ones change nothing`() async throws {
        try await withServer { server, certificates, folder in
            let loop = server.loops.all[0]
            let fresh = try await certificate("norte.test", in: folder, on: loop, as: "fresh")
            try certificates.reload([fresh])
            var result = try await curl(server, "norte.test", trusting: fresh.chain)
            #expect(result.text == "https norte.test")
            result = try await curl(server, "norte.test", trusting: "\(folder.path)/norte.pem")
            #expect(result.end == .exit(60))
            let mixed = Certificates.Files(chain: fresh.chain, key: "\(folder.path)/sur.key")
            #expect(throws: ServerError.self) { try certificates.reload([mixed]) }
            #expect(throws: ServerError.self) {
                try certificates.reload([Certificates.Files(chain: "/nowhere", key: fresh.key)])
            }
            result = try await curl(server, "norte.test", trusting: fresh.chain)
            #expect(result.text == "https norte.test")
        }
    }

    @Test func `a client that asks ahead and stops reading for a while gets every answer whole`() async throws {
        try await withServer { server, _, _ in
            let asked = (0..<12).map { "GET /long\($0) HTTP/1.1\\r\\nHost: norte.test\\r\\n" }
            let requests = asked.joined(separator: "\\r\\n") + "Connection: close\\r\\n\\r\\n"
            // The pipe behind the client takes 64 KB while nobody reads it.
            let script = """
                (printf '\(requests)'; sleep 3) | openssl s_client -quiet -connect \(server.address) 2>/dev/null |
                    (sleep 1; grep -a -o -E '/long[0-9]+' | sort | uniq -c | wc -l)
                """
            let result = try await Program.run("bash", ["-c", script], on: server.loops.all[0])
            #expect(result.text == "12\n")
        }
    }

    @Test(arguments: ["-tls1", "-tls1_1"])
    func `old versions of TLS are refused`(version: String) async throws {
        try await withServer { server, _, _ in
            let result = try await Program.run(
                "openssl", ["s_client", "-connect", "\(server.address)", version, "-cipher", "ALL:@SECLEVEL=0"],
                on: server.loops.all[0])
            #expect(result.text.contains("no peer certificate available"))
        }
    }

    @Test func `HTTP/1.1 is agreed on, and plain bytes get nowhere`() async throws {
        try await withServer { server, _, _ in
            let result = try await Program.run(
                "openssl", ["s_client", "-connect", "\(server.address)", "-alpn", "h2,http/1.1"],
                on: server.loops.all[0])
            #expect(result.text.contains("ALPN protocol: http/1.1"))
            let plain = try await server.client { client in
                try client.send("GET / HTTP/1.1\r\nHost: norte.test\r\n\r\n")
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(!plain.contains("HTTP/1.1"))
        }
    }
}
