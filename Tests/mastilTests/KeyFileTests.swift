import Crypto
import Identifiers
import TestSupport
import Testing

@testable import mastil

@Suite struct KeyFileTests {
    @Test func `a new key becomes the current one, and the others stay`() throws {
        let folder = try TemporaryFolder()
        let file = KeyFile(path: "\(folder.path)/keys")
        try file.add(.make(id: "one", from: .system))
        #expect(File.mode(file.path) == 0o600)
        try file.add(.make(id: "two", from: .system))
        let ring = try file.read()
        #expect(ring.current.id == "two" && ring.contains("one"))
        #expect(File.text(file.path)?.hasPrefix("# ") == true && File.mode(file.path) == 0o600)
        #expect(throws: Complaint.self) { try file.add(.make(id: "one", from: .system)) }
        #expect(try file.read().current.id == "two")
    }

    @Test func `a file that is not there, not ours alone or no key ring is said plainly`() throws {
        let folder = try TemporaryFolder()
        let file = KeyFile(path: "\(folder.path)/keys")
        func complaint() -> String {
            do {
                _ = try file.read()
                return ""
            } catch { return error.text }
        }
        #expect(complaint().contains("mastil keys add"))
        #expect(File.write("one:\(String(repeating: "A", count: 43))=\n", to: file.path, mode: 0o604))
        #expect(complaint().contains("chmod 600") || File.mode(file.path) == 0o600)
        let broken = KeyFile(path: "\(folder.path)/broken")
        #expect(File.write("one:AAAA\n", to: broken.path, mode: 0o600))
        #expect(throws: Complaint.self) { try broken.read() }
    }
}
