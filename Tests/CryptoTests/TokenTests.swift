import Identifiers
import Testing

@testable import Crypto

@Suite struct TokenTests {
    // The published sample without its prefix, and thirty A.
    @Test(arguments: [("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17"), ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "0uCPlr")])
    func `the checksum is the published one`(random: String, checksum: String) throws {
        #expect(String(decoding: Token.checksum(random.utf8), as: UTF8.self) == checksum)

        let token = try #require(Token("mst_live_\(random)\(checksum)"))
        #expect(token.prefix == "mst_live")
        #expect(token.lastFour == String(checksum.suffix(4)))
    }

    @Test(arguments: ["mst_live", "mst_test", "isp"])
    func `a new token is read back, and its digest is that of its text`(prefix: String) {
        let token = Token.make(prefix: prefix, from: .system)

        #expect(token.prefix == prefix)
        #expect(token.text.utf8.count == prefix.utf8.count + 37)
        #expect(Token(token.text) == token)
        #expect(token.digest == SHA256.digest(of: token.text.utf8))
    }

    @Test func `one wrong character anywhere is refused without a database`() {
        let token = Token.make(prefix: "mst_live", from: Randomness(seed: 4))
        let bytes = Array(token.text.utf8)
        for position in 9..<bytes.count {
            for replacement in "09AZaz_-é ".utf8 where replacement != bytes[position] {
                var wrong = bytes
                wrong[position] = replacement
                #expect(Token(String(decoding: wrong, as: UTF8.self)) == nil)
            }
        }
    }

    @Test(arguments: [
        "", "_", "mst_live_", "mst_live", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17",
        "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17",
        "MST_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "mst_live__zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17",
        "mst_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17 ", "mst_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17\n",
        "mst live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "mst_live_QWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17",
    ])
    func `what has not the form of a token is refused`(text: String) {
        #expect(Token(text) == nil)
    }

    @Test func `a token shown by mistake keeps its secret`() {
        let token = Token.make(prefix: "mst_live", from: Randomness(seed: 9))
        let secret = token.text.dropFirst(9).dropLast(4)
        var dumped = ""
        dump(token, to: &dumped)

        for shown in ["\(token)", String(reflecting: token), String(describing: [token]), dumped] {
            #expect(!shown.contains(secret))
        }
    }

    /// 62 does not divide 256: without care the first eight characters come up a quarter more often.
    @Test func `every character comes up as often as any other`() {
        let drawn = Base62.random(620_000, from: Randomness(seed: 2))
        var counts: [UInt8: Int] = [:]
        for character in drawn { counts[character, default: 0] += 1 }

        #expect(drawn.count == 620_000)
        #expect(counts.count == 62)
        // 10,000 each; six standard deviations are 600.
        #expect(counts.values.allSatisfy { (9400...10_600).contains($0) })
    }
}
