import Glibc
import JSON
import Loop
import TestSupport

@testable import Mail

/// A mail server of other people's making (aiosmtpd), for one test.
struct MailServer: Sendable {
    let folder: TemporaryFolder
    private let process: ChildProcess
    let plainPort: Int
    let startPort: Int
    let wrappedPort: Int

    /// Its certificate is for `localhost` only.
    static func with(_ use: @escaping @Sendable (MailServer, EventLoop) async throws -> Void) async throws {
        let loop = Loops.tests.all[0]
        try await loop.run {
            let folder = try TemporaryFolder()
            let made = try await Program.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                    "\(folder.path)/key.pem", "-out", "\(folder.path)/certificate.pem",
                ], on: loop)
            precondition(made.end == .exit(0), "openssl makes no certificate")
            let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
            let process = try ChildProcess(
                "/usr/bin/python3", ["/\(tests)/MailServer/server.py", folder.path],
                environment: ["PATH": "/usr/bin:/bin"],
                on: loop)
            let ports = await text(of: "\(folder.path)/ports", on: loop).split(separator: " ").compactMap { Int($0) }
            precondition(ports.count == 3, "aiosmtpd does not start")
            try await use(
                MailServer(
                    folder: folder, process: process, plainPort: ports[0], startPort: ports[1], wrappedPort: ports[2]),
                loop)
            process.send(signal: SIGTERM)
            _ = await process.ended()
        }
    }

    /// What the server took, as Python's own mail reader sees it.
    func taken(_ number: Int, on loop: EventLoop) async throws -> TakenMail {
        try TakenMail(json: JSONValue.parse(Array(await Self.text(of: "\(folder.path)/\(number).json", on: loop).utf8)))
    }

    private static func text(of path: String, on loop: EventLoop) async -> String {
        _ = await eventually(on: loop) { access(path, R_OK) == 0 }
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

struct TakenMail: JSONReadable, Equatable {
    let from, to, subject, text, html, sender, hello: String
    let names, defects, recipients: [String]
    let longest: Int
    let encrypted: Bool
    /// Its name, how it is shown, and its bytes.
    let picture: String?

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let texts = ["from", "to", "subject", "text", "html", "sender", "hello"].map {
            fields.required($0, as: String.self)
        }
        let lists = ["names", "defects", "recipients"].map { fields.required($0, as: [String].self) }
        let longest = fields.required("longest", as: Int.self)
        let encrypted = fields.required("encrypted", as: Bool.self)
        picture = fields.optional("picture", as: String.self)
        (self.longest, self.encrypted) = try fields.finish(longest, encrypted)
        let words = texts.map { $0 ?? "" }
        (from, to, subject, text, html, sender, hello) = (
            words[0], words[1], words[2], words[3], words[4], words[5], words[6]
        )
        (names, defects, recipients) = (lists[0] ?? [], lists[1] ?? [], lists[2] ?? [])
    }
}
