import JSON
import Locale
import Testing

@testable import API
@testable import Nouns

@Suite struct SchemaTests {
    private static let order = Schema.object(
        "Order",
        [
            .required("name", .line(1...5), APIWords.company), .optional("note", .line(0...3), APIWords.company),
            .optional("size", .words(["s", "m"]), APIWords.company),
            .optional("count", .integer(1...9), APIWords.items),
            .optional("id", .id, APIWords.items), .optional("on", .day, APIWords.items),
            .optional("tags", .list(of: .line(1...2)), APIWords.items),
            .optional("next", Schema.text.orNull, APIWords.next), .optional("more", .anyObject, APIWords.items),
        ])

    @Test(arguments: [
        #"{"name":"Añañé"}"#, #"{"name":"a b","note":"","size":"m","count":9,"next":null,"more":{"x":[1]}}"#,
        #"{"name":"😀😀😀😀😀","id":"01900000-0000-7000-8000-000000000000","on":"2028-02-29","tags":[],"next":"x"}"#,
    ])
    func `what is as its schema says passes`(json: String) throws {
        #expect(Self.order.violations(of: try JSONValue.parse(Array(json.utf8))) == [])
    }

    @Test(arguments: [
        ("[]", ["": "type"]), ("{}", ["/name": "missing"]), (#"{"name":null}"#, ["/name": "type"]),
        (#"{"name":"abc","nmae":"x","a/b":1}"#, ["/nmae": "unknown", "/a~1b": "unknown"]),
        (#"{"name":"","note":"abcd"}"#, ["/name": "too_short", "/note": "too_long"]),
        (#"{"name":" a"}"#, ["/name": "characters"]), (#"{"name":"a\nb"}"#, ["/name": "characters"]),
        (#"{"name":"a\u0000b"}"#, ["/name": "characters"]), (#"{"name":"a\u007f"}"#, ["/name": "characters"]),
        (#"{"name":"abcdef"}"#, ["/name": "too_long"]), (#"{"name":"a","size":"l"}"#, ["/size": "not_allowed"]),
        (#"{"name":"a","count":0}"#, ["/count": "out_of_range"]), (#"{"name":"a","count":1.5}"#, ["/count": "type"]),
        (#"{"name":"a","count":"1"}"#, ["/count": "type"]), (#"{"name":"a","id":"7"}"#, ["/id": "format"]),
        (#"{"name":"a","on":"2026-02-30"}"#, ["/on": "format"]),
        (#"{"name":"a","tags":["ab","abc",1]}"#, ["/tags/1": "too_long", "/tags/2": "type"]),
        (#"{"name":"a","tags":{}}"#, ["/tags": "type"]), (#"{"name":"a","more":[]}"#, ["/more": "type"]),
    ])
    func `everything that is wrong is told, with its place`(json: String, faults: [String: String]) throws {
        let found = Self.order.violations(of: try JSONValue.parse(Array(json.utf8)))
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.pointer.text, $0.fault.code) }) == faults)
        for language in Language.allCases {
            for violation in found { #expect(!violation.fault.text(for: Reader(language, in: .mexico)).isEmpty) }
        }
    }

    @Test func `a million faults are not a million lines`() throws {
        let many = "[\(Array(repeating: "1", count: 1000).joined(separator: ","))]"
        let found = Self.order.violations(of: try JSONValue.parse(Array(#"{"name":"a","tags":\#(many)}"#.utf8)))
        #expect(found.count == Violation.most)
    }

    @Test func `it is written as JSON Schema`() throws {
        var json = JSONWriter()
        json.value(
            Schema.object(
                "Thing",
                [
                    .required("name", .line(1...5), APIWords.company),
                    .optional("next", Schema.text.orNull, APIWords.next),
                    .optional("order", Self.order, APIWords.items),
                ]))
        let written = try JSONValue.parse(json.bytes)
        #expect(
            written
                == (try JSONValue.parse(
                    Array(
                        #"""
                        {"type":"object","additionalProperties":false,"required":["name"],"properties":{
                          "name":{"type":"string","minLength":1,"maxLength":5,
                            "pattern":"^[^\\u0000-\\u0020\\u007f]([^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f])?$"},
                          "next":{"type":["string","null"]},"order":{"$ref":"#/components/schemas/Order"}}}
                        """#.utf8))))
    }
}
