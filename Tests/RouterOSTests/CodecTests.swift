import Testing

@testable import RouterOS

@Suite struct CodecTests {
    @Test(
        arguments: [
            (0, [0x00]), (0x7F, [0x7F]), (0x80, [0x80, 0x80]), (0x3FFF, [0xBF, 0xFF]), (0x4000, [0xC0, 0x40, 0x00]),
            (0x1F_FFFF, [0xDF, 0xFF, 0xFF]), (0x20_0000, [0xE0, 0x20, 0x00, 0x00]),
            (0xFFF_FFFF, [0xEF, 0xFF, 0xFF, 0xFF]), (0x1000_0000, [0xF0, 0x10, 0x00, 0x00, 0x00]),
        ] as [(Int, [UInt8])])
    func `a length is written in the shortest of the five forms`(length: Int, bytes: [UInt8]) {
        var written: [UInt8] = []
        WordLength.append(length, to: &written)
        #expect(written == bytes)
        let reading = bytes.withUnsafeBufferPointer { WordLength.read($0) }
        #expect(reading == .length(length, headerBytes: bytes.count))
        for count in bytes.indices {
            #expect(bytes[..<count].withUnsafeBufferPointer { WordLength.read($0) } == .incomplete)
        }
    }

    @Test func `the bytes that the manual reserves end the connection`() {
        for byte in 0xF1...0xFF as ClosedRange<UInt8> {
            var reader = SentenceReader(limits: RouterLimits())
            reader.append([byte, 0, 0, 0, 0])
            #expect(throws: WireFault.self) { try reader.next() }
        }
    }

    @Test func `sentences are the same however they are cut`() throws {
        let long = String(repeating: "x", count: 300)
        let bytes = encoded(["!re", "=name=\(long)", "=comment="]) + [0, 0] + encoded(["!done", ".tag=7"])
        for size in [1, 2, 3, 100, bytes.count] {
            var reader = SentenceReader(limits: RouterLimits())
            var sentences: [[String]] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                reader.append(Array(bytes[start..<min(bytes.count, start + size)]))
                while let sentence = try reader.next() { sentences.append(words(sentence)) }
            }
            #expect(sentences == [["!re", "=name=\(long)", "=comment="], ["!done", ".tag=7"]])
        }
    }

    @Test func `an answer of thousands of rows is read whole, however it is cut`() throws {
        let rows = (0..<3000).map {
            ["!re", "=.id=*\($0)", "=name=cliente\($0)", "=comment=\(String(repeating: "x", count: 60))"]
        }
        let bytes = rows.flatMap { encoded($0) }
        #expect(bytes.count > 3 << 16)
        for size in [1000, 4096, 65_535, 65_536, 100_000, bytes.count] {
            var reader = SentenceReader(limits: RouterLimits())
            var read: [[String]] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                reader.append(Array(bytes[start..<min(bytes.count, start + size)]))
                while let sentence = try reader.next() { read.append(words(sentence)) }
            }
            #expect(read == rows, "in pieces of \(size)")
        }
    }

    @Test func `a word, a sentence and their number have a bound`() {
        var limits = RouterLimits()
        (limits.wordBytes, limits.sentenceBytes, limits.sentenceWords) = (100, 250, 4)
        for words in [
            [String(repeating: "x", count: 101)], Array(repeating: "=a=b", count: 5),
            Array(repeating: String(repeating: "x", count: 99), count: 3),
        ] {
            var reader = SentenceReader(limits: limits)
            reader.append(encoded(words))
            #expect(throws: WireFault.self) { try reader.next() }
        }
        // Told by its length alone, before its bytes have come.
        var reader = SentenceReader(limits: limits)
        reader.append([0xF0, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WireFault.self) { try reader.next() }
    }

    @Test func `a value may hold the sign, be empty, or be what older tools wrote`() throws {
        var bytes: [UInt8] = encoded(["!re", "=.id=*1A", "=comment=a=b=c", "=name=", "=flag"])
        bytes.removeLast()
        bytes += [10] + Array("=city=Pe".utf8) + [0xF1, 0x80] + [0]
        var reader = SentenceReader(limits: RouterLimits())
        reader.append(bytes)
        let row = RouterRow(try #require(try reader.next()))
        #expect(row.id == "*1A")
        #expect(row["comment"] == "a=b=c")
        #expect(row["name"] == "")
        #expect(row["flag"] == "")
        #expect(row["city"] == "Peñ€")
        #expect(row.bytes(of: "city") == Array("Pe".utf8) + [0xF1, 0x80])
        #expect(row["nothing"] == nil)
    }

    @Test func `a condition becomes words for the router's stack`() throws {
        let query = RouterQuery.all([
            .equal("profile", "Morosos"), .any([.has("comment"), .not(.lacks("caller-id"))]), .greater("uptime", "1h"),
        ])
        let command = RouterCommand("/ppp/secret/print", where: query, only: [".id", "name"])
        var reader = SentenceReader(limits: RouterLimits())
        reader.append(try command.encoded(tag: 12))
        #expect(
            words(try #require(try reader.next())) == [
                "/ppp/secret/print", "=.proplist=.id,name", "?=profile=Morosos", "?comment", "?-caller-id", "?#!",
                "?#|",
                "?>uptime=1h", "?#&&", ".tag=12",
            ])
    }

    @Test(arguments: [
        RouterCommand("ppp/secret/print"), RouterCommand("/ppp secret/print"), RouterCommand("/x", ["na=me": "v"]),
        RouterCommand("/x", ["": "v"]), RouterCommand("/x", where: .has("#!")), RouterCommand("/x", where: .has("-a")),
        RouterCommand("/x", where: .all([])), RouterCommand("/x", where: .not(.any([]))),
        RouterCommand("/x", only: ["a,b"]),
    ])
    func `what the router would read as something else is not sent`(command: RouterCommand) {
        #expect(throws: RouterError.self) { try command.encoded(tag: 1) }
    }

    @Test func `credentials are never printed`() {
        let credentials = RouterCredentials(name: "mastil", password: "hunter2")
        var dumped = ""
        dump(credentials, to: &dumped)
        #expect(!"\(credentials) \(dumped)".contains("hunter2"))
    }

    @Test func `the answer to a challenge is RouterOS's own`() throws {
        let answer = try RouterSession.answer(to: "ebddd18303a54111e2dea05a92ab46b4", with: "admin")
        #expect(answer.hasPrefix("00") && answer.utf8.count == 34)
        #expect(throws: RouterError.self) { try RouterSession.answer(to: "nada", with: "admin") }
    }
}

extension SentenceReader {
    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }
}

func encoded(_ words: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in words {
        WordLength.append(word.utf8.count, to: &bytes)
        bytes += Array(word.utf8)
    }
    return bytes + [0]
}

func words(_ sentence: Sentence) -> [String] {
    sentence.words.map { String(decoding: sentence.bytes[$0], as: UTF8.self) }
}
