import JSON
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String, as dialect: JSONDialect = .strict) throws(JSONError) -> JSONValue {
        try JSONValue.parse(Array(text.utf8), as: dialect)
    }

    @Test(arguments: [
        "null", "true", "false", "0", "-0", "1", "-1", "10", "0.0", "0.5", "-0.1", "1e1", "1E+2", "1e-2", "123.456e789",
        "9223372036854775807", "9223372036854775808", "[]", "{}", " [ ] ", "\t\r\n{\n}\n", "[1]", "[1,2]", "[[[]]]",
        "[null,true,false]", #"{"a":1}"#, #"{"":0}"#, #"{"a":{"a":{}}}"#, #"{"a":1,"b":2}"#, #""""#, #""a""#, #""\"""#,
        #""\\""#, #""\/""#, #""\b\f\n\r\t""#, #""\u0000""#, #""\u0041\u00e9\u20AC""#, #""\uD83D\uDEF0""#, #""ñ€🛰""#,
        "\"\u{7F}\"", "\"\u{2028}\"", "\"\u{FFFF}\"", #"["a","b"]"#, "1 ", " 1", #"{"A":1,"a":2}"#,
    ])
    func `what RFC 8259 allows is read`(text: String) throws {
        var json = JSONWriter()
        let value = try parse(text)
        json.value(value)
        #expect(try JSONValue.parse(json.bytes) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity", "-", "+1", "01", "-01", "00", "1.", ".5",
        "1.e1", "1e",
        "1e+", "0x10", "1_000", "--1", "1 2", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "{", "}",
        #"{"a""#,
        #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, "{a:1}", "{'a':1}", "{1:1}", #"{"a" 1}"#, #"{"a":1 "b":2}"#,
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"a"}"#, "{null:1}", "'a'", #"""#, #""a"#, #""\"#, #""\x41""#,
        #""\'""#,
        #""\u""#, #""\u12""#, #""\u12G4""#, #""\uD800""#, #""\uDC00""#, #""\uD800\u0041""#, #""\uD800x""#,
        #""\uDC00\uD800""#,
        #""\uD83D\uDE"#, "\"a\nb\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", "// a\n1", "/* a */ 1", "1//", "\u{FEFF}1",
        "\u{A0}1", "\u{C}1", "[1]]", "{}{}", "[}", "{]", #"["a":1]"#, "truefalse", "\\u0031", "[\"a\",\n4\n,1,",
    ])
    func `what RFC 8259 does not allow is refused`(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        [0x22, 0xE2, 0x82, 0x22], [0x31, 0xFE], [0xFF, 0xFE, 0x31, 0x00], [0x22, 0x80, 0x22],
    ])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes, as: .json5) }
    }

    @Test(arguments: [
        ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)), ("-0", .integer(0)),
        ("9223372036854775808", .decimal("9223372036854775808")), ("10.50", .decimal("10.50")),
        ("1e2", .decimal("1e2")),
        (#""\uD83D\uDEF0\u00f1""#, .string("🛰ñ")), (#""a\/b\\c""#, .string(#"a/b\c"#)),
        ("[1,null]", .array([.integer(1), .null])),
    ])
    func `values keep what was written`(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test func `members keep their order`() throws {
        guard case .object(let object) = try parse(#"{"z":1,"a":2,"m":3}"#) else {
            Issue.record("not an object")
            return
        }
        #expect(object.members.map(\.name) == ["z", "a", "m"])
        #expect(object["m"] == .integer(3))
        #expect(object["q"] == nil)
    }

    @Test(arguments: [
        ("", 1, 1, "expected a value, found the end"),
        ("{\n  \"añ\": 1,\n  \"añ\": 2}", 3, 3, "expected each name once"),
        ("[\"ñ\" 1]", 1, 6, "expected ',' or ']' after an element"),
        ("[1,]", 1, 4, "expected no comma before the end"),
        ("{\"a\" 1}", 1, 6, "expected ':' after a name"),
        ("\"abc", 1, 5, "expected a closing quote, found the end"),
        ("[\n\n  01]", 3, 4, "expected ',' or ']' after an element"),
        ("\"\\uD800\"", 1, 4, "expected both halves of a surrogate pair"),
    ])
    func `an error says where and what was expected`(text: String, line: Int, column: Int, reason: String) {
        #expect(throws: JSONError.malformed(line: line, column: column, reason: reason)) { try parse(text) }
    }

    @Test func `depth, size and length of numbers have a limit`() throws {
        let nested = { (depth: Int) in [UInt8](repeating: UInt8(ascii: "["), count: depth) }
        let closed = { (depth: Int) in nested(depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth) }
        _ = try JSONValue.parse(closed(64))
        #expect(throws: JSONError.malformed(line: 1, column: 65, reason: "expected at most 64 levels")) {
            try JSONValue.parse(closed(65))
        }
        #expect(throws: JSONError.self) { try JSONValue.parse(nested(100_000)) }
        #expect(throws: JSONError.self) { try JSONValue.parse(nested(1_000_000), limits: JSONLimits(depth: .max)) }
        #expect(throws: JSONError.self) { try JSONValue.parse(closed(3), limits: JSONLimits(bytes: 5)) }
        let long = [UInt8](repeating: UInt8(ascii: "1"), count: 129)
        #expect(throws: JSONError.self) { try JSONValue.parse(long) }
        #expect(try JSONValue.parse(Array(long.dropLast())) == .decimal(String(repeating: "1", count: 128)))
    }

    @Test func `an object of very many names is read in time and still refuses a second one`() throws {
        let members = (0..<50_000).map { "\"n\($0)\":0" }.joined(separator: ",")
        let started = ContinuousClock.now
        _ = try parse("{\(members)}")
        #expect(throws: JSONError.self) { try parse("{\(members),\"n40000\":0}") }
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test(arguments: [
        ("// a brand\n{\n  name: 'Norte', /* slug */ slug: \"norte\",\n}", #"{"name":"Norte","slug":"norte"}"#),
        ("[1, 2, ]", "[1,2]"), ("0xFF", "255"), ("-0x10", "-16"), ("0x7fffffffffffffff", "9223372036854775807"),
        (#"'it\'s'"#, #""it's""#), (#"'"'"#, #""\"""#), ("\"a\\\nb\"", #""ab""#), ("{$a_1: 1}", #"{"$a_1":1}"#),
        ("1 // end", "1"), ("\u{FEFF}1", "1"), ("{null: 1, true: 2}", #"{"null":1,"true":2}"#),
    ])
    func `JSON5 takes what people write in files`(text: String, strict: String) throws {
        #expect(try parse(text, as: .json5) == parse(strict))
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(arguments: [
        "/* open", "/*/", "/", "1 /", "[,]", "{,}", "{a}", "{a-b:1}", "{1a:1}", "{a:1,a:2}", "{a:1,'a':2}", "0x", "0xG",
        "0x8000000000000000", "NaN", "+Infinity", "'open", "'a\"", "1.", "",
    ])
    func `JSON5 still refuses`(text: String) {
        #expect(throws: JSONError.self) { try parse(text, as: .json5) }
    }

    /// Mutations of good texts: nothing may trap, and what is taken must survive being written and read again.
    @Test(arguments: 1...8)
    func `no bytes break the parser`(seed: UInt64) throws {
        let seeds = [
            #"{"name":"José \"el\" Gómez","tags":["a","ñ",null],"balance":-10.50,"nested":{"x":[[],{}],"u":"\uD83D\uDEF0"}}"#,
            "{ a: 0x1F, 'b': [1,], /* c */ c: \"d\\\ne\", // end\n}", "[[[[1e5,-0,0.1,123456789012345678901]]]]",
        ].map { Array($0.utf8) }
        let alphabet = Array("{}[]\",:\\u0019eE+-.tfn'/*x \n".utf8) + [0x00, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
        var dice = Dice(seed: seed)
        for _ in 0..<4000 {
            var bytes = seeds.randomElement(using: &dice)!
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let place = Int.random(in: 0..<max(bytes.count, 1), using: &dice)
                switch Int.random(in: 0..<4, using: &dice) {
                case 0 where !bytes.isEmpty: bytes[place] = alphabet.randomElement(using: &dice)!
                case 1: bytes.insert(alphabet.randomElement(using: &dice)!, at: min(place, bytes.count))
                case 2 where !bytes.isEmpty: bytes.remove(at: place)
                default: bytes.removeLast(Int.random(in: 0...min(8, bytes.count), using: &dice))
                }
            }
            for dialect in [JSONDialect.strict, .json5] {
                guard let value = try? JSONValue.parse(bytes, as: dialect) else { continue }
                var json = JSONWriter()
                json.value(value)
                #expect(try JSONValue.parse(json.bytes) == value)
            }
        }
    }
}
