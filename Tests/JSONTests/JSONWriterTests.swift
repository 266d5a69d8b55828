import JSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(reserving: 16)
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test func `commas stand between members and elements and nowhere else`() {
        let text = written { json in
            json.object { json in
                json.member("id", 7)
                json.object("empty") { _ in }
                json.array("list") { json in
                    json.value(1)
                    json.array { json in json.value("x") }
                    json.object { json in json.member("y", true) }
                    json.object { _ in }
                    json.value(2)
                }
                json.member(named: "a\"b", nil as String?)
                json.member("speeds", [10, 20] as [Int64])
                json.member("last", false)
            }
        }
        #expect(
            text == #"{"id":7,"empty":{},"list":[1,["x"],{"y":true},{},2],"a\"b":null,"speeds":[10,20],"last":false}"#)
    }

    @Test(arguments: [
        (Int64.min, "-9223372036854775808"), (.max, "9223372036854775807"), (0, "0"), (-1, "-1"), (9, "9"), (10, "10"),
        (99, "99"), (100, "100"), (-1_000_000, "-1000000"),
    ])
    func `integers are written whole`(value: Int64, expected: String) {
        #expect(written { $0.value(value) } == expected)
    }

    @Test(arguments: [
        (0.1, "0.1"), (-2.5, "-2.5"), (1e300, "1e+300"), (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
    ])
    func `only finite doubles are numbers`(value: Double, expected: String) {
        #expect(written { $0.value(value) } == expected)
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("quote \" and \\", #""quote \" and \\""#),
        ("line\nreturn\r\ttab", #""line\nreturn\r\ttab""#),
        ("\u{0}\u{1}\u{1F}\u{7F}", "\"\\u0000\\u0001\\u001f\u{7F}\""),
        ("eight888\"", #""eight888\"""#), ("ñandú €5 ☎ 🛰", "\"ñandú €5 ☎ 🛰\""),
        ("\u{2028}a\u{2029}b\u{2027}", "\"\\u2028a\\u2029b\u{2027}\""), ("</script>", #""</script>""#),
    ])
    func `text is escaped byte by byte`(text: String, expected: String) {
        #expect(written { $0.value(text) } == expected)
        let bytes = Array(text.utf8)
        #expect(written { json in bytes.withUnsafeBufferPointer { json.string(utf8: $0) } } == expected)
    }

    @Test(arguments: [
        [0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xE2], [0xE2, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80],
    ])
    func `bytes that are not UTF-8 still give valid JSON`(bytes: [UInt8]) throws {
        var json = JSONWriter()
        json.object { json in
            bytes.withUnsafeBufferPointer { json.member("raw", utf8: $0) }
            json.member("next", 1)
        }
        let value = try JSONValue.parse(json.bytes)
        guard case .object(let object) = value, case .string(let text) = object["raw"] else {
            Issue.record("not an object with text: \(value)")
            return
        }
        #expect(text.unicodeScalars.contains("\u{FFFD}"))
        #expect(object["next"] == .integer(1))
    }

    @Test func `random text comes back as it was`() throws {
        var dice = Dice(seed: 7)
        for _ in 0..<2000 {
            let text = dice.text(upTo: 40)
            var json = JSONWriter()
            json.object { json in json.member(named: text, text) }
            let back = try JSONValue.parse(json.bytes)
            guard case .object(let object) = back, let member = object.members.first else {
                Issue.record("lost \(text.debugDescription)")
                return
            }
            #expect(member.name.utf8.elementsEqual(text.utf8))
            #expect(member.value == .string(text))
        }
    }

    @Test func `a value that writes nothing becomes null`() {
        struct Silent: JSONWritable { func write(to json: inout JSONWriter) {} }
        #expect(written { $0.object { $0.member("a", Silent()) } } == #"{"a":null}"#)
        #expect(
            written {
                $0.array {
                    $0.value(1); $0.value(Silent())
                }
            } == "[1,null]")
    }

    @Test func `a body that throws passes its error on`() {
        struct Stop: Error {}
        var json = JSONWriter()
        #expect(throws: Stop.self) { try json.object { (_) throws(Stop) in throw Stop() } }
    }
}
