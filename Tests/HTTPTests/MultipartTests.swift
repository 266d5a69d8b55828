import Addresses
import Glibc
import Loop
import TestSupport
import Testing

@testable import HTTP

@Suite struct MultipartTests {
    private static func part(_ head: String, _ body: String) -> String { "--b0\r\n\(head)\r\n\r\n\(body)\r\n" }

    private static let text = "Content-Disposition: form-data; name=\"note\""
    private static let file =
        "Content-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png"

    private func events(_ pieces: [[UInt8]], limits: MultipartLimits = MultipartLimits()) throws -> [String] {
        var parser = MultipartParser(boundary: Array("b0".utf8), limits: limits)
        var log: [String] = []
        var data: [UInt8] = []
        for piece in pieces {
            for event in try parser.parse(piece) {
                switch event {
                case .part(let head): log.append("\(head.field)|\(head.fileName ?? "-")|\(head.contentType ?? "-")")
                case .data(let bytes): data += bytes
                case .partEnd:
                    log.append(String(decoding: data, as: UTF8.self))
                    data = []
                }
            }
        }
        if parser.isDone { log.append("done") }
        return log
    }

    @Test func `a form cut into any three pieces gives the same parts`() throws {
        let form = Array(
            (Self.part(Self.text, "hola\r\n--b\r\n-- b0") + Self.part(Self.file, "") + Self.part(Self.file, "\r\n\r")
                + "--b0--\r\nepilogue").utf8)
        let expected = [
            "note|-|-", "hola\r\n--b\r\n-- b0", "photo|a.png|image/png", "", "photo|a.png|image/png", "\r\n\r", "done",
        ]
        for first in 0...form.count {
            for second in stride(from: first, through: form.count, by: 7) {
                let pieces = [form[..<first], form[first..<second], form[second...]].map(Array.init)
                #expect(try events(pieces) == expected)
            }
        }
        #expect(try events(form.map { [$0] }) == expected)
    }

    @Test(arguments: [
        "preamble\r\n--b0\r\n", "--b1\r\n", "--b0 \r\n", "--b0xy", "--b0\n\n",
        "--b0\r\nContent-Disposition: form-data\r\n\r\nx",
        "--b0\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx",
        "--b0\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\nx",
        "--b0\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx",
        "--b0\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx",
        "--b0\r\nX: y\r\n folded\r\n\r\nx", "--b0\r\nX\r\n\r\nx", "--b0\r\nX: \u{0}\r\n\r\nx",
        "--b0\r\n\(text)\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx",
        "--b0\r\n\(text)\r\nContent-Transfer-Encoding: base64\r\n\r\nx",
        "--b0\r\nX: " + String(repeating: "y", count: 5000),
        "--b0\r\nX: " + String(repeating: "y", count: 5000) + "\r\n\r\n",
    ])
    func `a form that is none is refused`(form: String) {
        #expect(throws: RequestError.self) { try events([Array(form.utf8)]) }
    }

    @Test func `more parts than allowed are refused`() {
        let form = Array((String(repeating: Self.part(Self.text, "x"), count: 4)).utf8)
        #expect(throws: RequestError.malformed("The form has more than 3 parts.")) {
            try events([form], limits: MultipartLimits(parts: 3))
        }
    }

    @Test(arguments: [
        ("foto.png", "foto.png"), ("C:\\Users\\ana\\foto.png", "foto.png"), ("../../etc/passwd", "passwd"),
        ("..", "file"), (".bashrc", "bashrc"), ("a\u{202E}gnp.exe", "agnp.exe"), ("año.png ", "año.png"),
        ("a\u{0}b\nc.png", "abc.png"), ("a<b>:\"|?*.png", "ab.png"), ("", ""), ("/", "file"), ("x.php.", "x.php"),
        ("\u{200B}\u{FEFF}", "file"),
    ])
    func `the name of a file is cleaned`(sent: String, shown: String) {
        #expect(FileName.cleaned(Array(sent.utf8)) == shown)
    }

    @Test func `a name is never longer than a file system takes`() {
        #expect(FileName.cleaned([UInt8](repeating: 65, count: 5000)).utf8.count == 200)
        #expect(FileName.cleaned(Array(String(repeating: "ñ", count: 5000).utf8)).utf8.count == 200)
    }

    private func withUploads(
        limits: MultipartLimits = MultipartLimits(), _ test: (RunningServer, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var configuration = ServerConfiguration(listeners: [.init(.ip(.loopback, port: 0))])
        configuration.uploadDirectory = folder.path
        try await RunningServer.run(
            configuration,
            handler: { request in
                do {
                    let form = try await request.body.multipart(limits: limits)
                    var text = form.fields.all.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
                    for file in form.files {
                        let bytes = try await file.bytes()
                        let sum = bytes.reduce(into: 0) { $0 = ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
                        text += " \(file.field):\(file.name):\(file.size):\(sum)"
                    }
                    return .text(text)
                } catch let error as RequestError { return .refusal(error, to: request) } catch {
                    return .problem(.internalServerError)
                }
            }
        ) { server in try await test(server, folder) }
    }

    @Test func `a form from curl arrives with its files, which leave nothing behind`() async throws {
        let bytes = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) })
        let sum = bytes.reduce(into: 0) { $0 = ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
        let sources = try TemporaryFolder()
        try sources.write("big.bin", bytes)
        try sources.write("empty", [])
        try await withUploads { server, folder in
            let result = try await Program.run(
                "curl",
                [
                    "-s", "-F", "note=hola \"ñ\"", "-F", "photo=@\(sources.path)/big.bin;filename=\"a/../b\\\"c.png\"",
                    "-F", "none=@\(sources.path)/empty;filename=x", "http://\(server.address)/",
                ], on: server.loops.all[0])
            #expect(result.text == "note=hola \"ñ\" photo:b%22c.png:3000000:\(sum) none:x:0:0")
            #expect(try entries(of: folder.path) == [])
        }
        withExtendedLifetime(sources) {}
    }

    @Test func `limits of fields, files and kinds hold`() async throws {
        try await withUploads(limits: MultipartLimits(fieldBytes: 10, fileBytes: 1000)) { server, _ in
            let cases: [(String, String, Int)] = [
                (
                    Self.part(Self.text, String(repeating: "x", count: 11)) + "--b0--",
                    "multipart/form-data; boundary=b0", 413
                ),
                (
                    Self.part(Self.file, String(repeating: "x", count: 1001)) + "--b0--",
                    "multipart/form-data; boundary=\"b0\"", 413
                ),
                (
                    Self.part(Self.file, String(repeating: "x", count: 1000)) + "--b0--",
                    "Multipart/Form-Data; boundary=b0", 200
                ),
                (Self.part(Self.text, "x"), "multipart/form-data; boundary=b0", 400),
                ("--b0--", "multipart/form-data", 400),
                ("--b0--", "multipart/form-data; boundary=b0; boundary=b0", 400),
                ("--b0--", "multipart/form-data; boundary=" + String(repeating: "b", count: 71), 400),
                ("a=b", "application/x-www-form-urlencoded", 415),
                (
                    Self.part(Self.text, "x").replacing("x", with: "\u{FF}") + "--b0--",
                    "multipart/form-data; boundary=b0", 200
                ),
            ]
            for (body, type, status) in cases {
                let answer = try await server.client { client in
                    try client.send(
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                    )
                    return try client.response()
                }
                #expect(answer.status == status, "\(type): \(answer.text)")
            }
        }
    }

    private func entries(of path: String) throws -> [String] {
        let folder = try #require(opendir(path))
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
