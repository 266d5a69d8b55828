import JSON
import Testing

@Suite struct JSONFieldsTests {
    struct Plan: JSONReadable, Equatable {
        enum Kind: String, CaseIterable, JSONReadable { case fiber, radio }

        let name: String
        let kind: Kind
        let speeds: [Int]
        let note: String?

        init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
            var fields = try JSONFields(json, at: pointer)
            let name = fields.required("name", as: String.self)
            let kind = fields.required("kind", as: Kind.self)
            let speeds = fields.required("speeds", as: [Int].self)
            note = fields.optional("note", as: String.self)
            if name?.isEmpty == true { fields.refuse("name", .expected("some text")) }
            (self.name, self.kind, self.speeds) = try fields.finish(name, kind, speeds)
        }
    }

    private func problems<Value: JSONReadable>(reading text: String, as type: Value.Type) throws -> [String] {
        let json = try JSONValue.parse(Array(text.utf8))
        do throws(JSONError) {
            _ = try Value(json: json)
        } catch {
            guard case .refused(let problems) = error else { throw error }
            return problems.map(\.description)
        }
        return []
    }

    @Test func `a good object is read`() throws {
        let json = try JSONValue.parse(Array(#"{"speeds":[10,20],"kind":"radio","name":"Plus","note":null}"#.utf8))
        let plan = try Plan(json: json)
        #expect(plan.name == "Plus")
        #expect(plan.kind == .radio)
        #expect(plan.speeds == [10, 20])
        #expect(plan.note == nil)
    }

    @Test(arguments: [
        (
            #"[{"name":7,"kind":"cable","speeds":[1,"2",3.5],"nota":1},{"name":"","kind":"fiber","speeds":{},"note":1}, 5]"#,
            [
                "/0/name: expected text", "/0/kind: expected one of fiber, radio",
                "/0/speeds/1: expected a whole number",
                "/0/speeds/2: expected a whole number", "/0/nota: unknown field", "/1/speeds: expected a list",
                "/1/note: expected text", "/1/name: expected some text", "/2: expected an object",
            ]
        ),
        (#"[{}]"#, ["/0/name: missing", "/0/kind: missing", "/0/speeds: missing"]),
        (#"{}"#, ["the whole: expected a list"]),
        (
            #"[{"name":"a","kind":"fiber","speeds":[],"a/b~c":1}]"#, ["/0/a~1b~0c: unknown field"]
        ),
    ])
    func `everything wrong is told at once with its place`(text: String, expected: [String]) throws {
        #expect(try problems(reading: text, as: [Plan].self) == expected)
    }

    @Test func `a million wrong elements are not a million problems`() throws {
        let text = "[" + [String](repeating: "0", count: 10_000).joined(separator: ",") + "]"
        #expect(try problems(reading: text, as: [String].self).count == 50)
        let unknown = "{" + (0..<1000).map { "\"n\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try problems(reading: "[\(unknown)]", as: [Plan].self).count == 50)
    }

    @Test func `types are not bent`() throws {
        #expect(try problems(reading: "1", as: Bool.self).count == 1)
        #expect(try problems(reading: "true", as: Int.self).count == 1)
        #expect(try problems(reading: #""1""#, as: Int.self).count == 1)
        #expect(try problems(reading: "1.0", as: Int.self).count == 1)
        #expect(try problems(reading: "3000000000", as: Int32.self).count == 1)
        #expect(try problems(reading: "1e999", as: Double.self).count == 1)
        #expect(try problems(reading: "null", as: String.self).count == 1)
        #expect(try Double(json: .integer(2)) == 2)
        #expect(try Double(json: .decimal("2.5e1")) == 25)
    }
}
