import Identifiers
import Testing

@testable import Crypto

@Suite struct KeyRingTextTests {
    private func ring(_ text: String) throws(CryptoError) -> KeyRing { try KeyRing(text: Array(text.utf8)) }

    @Test func `the first line is the current key, and remarks and empty lines are skipped`() throws {
        let one = try KeyRing.Key.make(id: "2026-11-20", from: .system)
        let two = try KeyRing.Key.make(id: "2026-11-21", from: .system)
        let ring = try ring("# Keys\n\n\(two.line)\r\n  \(one.line)\n")
        #expect(ring.current.id == "2026-11-21")
        #expect(ring.contains("2026-11-20") && !ring.contains("2026-11-19"))
        #expect(ring.current.line == two.line)
    }

    @Test(arguments: [
        "", "# nothing\n", "one", "one:", "one:AAAA", "one:!!!!", " :AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "a b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\na:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func `a file that is no key ring is refused, without repeating what it says`(text: String) {
        do {
            _ = try ring(text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(!"\(error)".contains("AAAA"))
        }
    }
}
