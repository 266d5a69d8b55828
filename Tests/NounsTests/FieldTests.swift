import Access
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Postgres
import Testing
import Time

@testable import Nouns

/// A noun with a field of every kind.
struct Tower: Sendable, Equatable, JSONWritable {
    let id: ID<Tower>
    var number = 7
    var name = ""
    var notes = ""
    var phone = ""
    var email = ""
    var state = State.planned
    var owner: ID<Tower>?
    var height = 10
    var isLit = false
    var built: Day

    enum State: String, FieldChoice {
        case planned, built

        var message: Message {
            switch self {
            case .planned: Message(es: "Prevista", en: "Planned", pt: "Prevista")
            case .built: Message(es: "Construida", en: "Built", pt: "Construída")
            }
        }
    }

    func write(to json: inout JSONWriter) { json.object { json in json.fields(of: self) } }

    static let built = Day(iso: "2026-11-20")!
    static var blank: Tower { Tower(id: ID(UUID(high: 1, low: 2)), built: built) }
}

extension Tower: Fielded {
    static let noun = "Tower"

    static let fields: [Field<Tower>] = [
        .counted("number", \.number, "N.º").sorted(by: "number"),
        .line("name", \.name, 1...20, "Nombre").sorted(by: "name"),
        .lines("notes", \.notes, 0...60, "Notas"),
        .phone("phone", \.phone, "Teléfono"),
        .email("email", \.email, "Correo"),
        .choice("state", \.state, "Estado").filtered(by: "state"),
        .reference("owner", \.owner, "Dueño").filtered(by: "owner_id"),
        .count("height", \.height, 1...300, "Altura"),
        .flag("is_lit", \.isLit, "Con luz"),
        .day("built", \.built, "Fecha").sorted(by: "built"),
    ]

    static let list = List<Tower>(
        "towers", at: "/panel/towers", "Torres", of: fields, by: "number", id: \.id.uuid, isSearchable: true)
}

extension Message: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(es: .always(text), en: .always(text), pt: .always(text)) }
}

@Suite struct FieldTests {
    private static let reader = Reader(.es, in: .mexico)

    private static func form(_ text: String) throws -> NounForm<Tower> {
        let fields = try Array(text.utf8).withUnsafeBytes { try Fields(urlEncoded: $0) }
        return try NounForm<Tower>(fields)
    }

    @Test func `the words of nouns and lists are complete`() {
        #expect(NounWords.problems + ViolationWords.problems + UndoRefusal.problems == [])
        #expect(Tower.fields.flatMap(\.problems) == [])
    }

    @Test func `a form is kept as it is stored, and what is left empty stays as a new one begins`() throws {
        let form = try Self.form(
            "name=++Cerro++Alto+&notes=+a++b%0D%0A%0D%0A&email=Ana%40EXAMPLE.com&state=built&height=35&is_lit=yes&built="
        )
        #expect(form.faults.isEmpty)
        let tower = form.applied(to: .blank)
        #expect(tower.name == "Cerro Alto" && tower.notes == "a b" && tower.email == "ana@example.com")
        #expect(tower.state == .built && tower.height == 35 && tower.isLit && tower.built == Tower.built)
        #expect(tower.number == 7 && tower.owner == nil)
    }

    @Test(
        arguments: [
            ("81 0000-1853", Region.mexico, "+528100001853", "81 0000 1853"),
            ("+52 1 81 0000 1853", .mexico, "+528100001853", "81 0000 1853"),
            ("01 555 0100", .peru, "+5115550100", "01 555 0100"),
            ("+57 300 000 1856", .mexico, "+573000001856", "+573000001856"), ("", .mexico, "", ""),
        ])
    func `a telephone is kept in one form and read as the country writes it`(
        typed: String, region: Region, kept: String, read: String
    ) throws {
        let notation = Notation(.mxn, for: Reader(.es, in: region))
        #expect(try FieldKind.phone.read(typed, in: notation) == .text(kept))
        #expect(try FieldKind.phone.read(.string(typed), in: notation) == .text(kept))
        #expect(FieldKind.phone.text(of: .text(kept), for: notation.reader) == read)
        #expect(try FieldKind.phone.read(read, in: notation) == .text(kept))
    }

    @Test func `a text that is no telephone of the country is refused, and an old one is shown as it is`() {
        let notation = Notation(.mxn, for: Self.reader)
        #expect(throws: Violation.Fault.notPhone(.areaMissing)) { try FieldKind.phone.read("1234 5678", in: notation) }
        #expect(throws: Violation.Fault.notPhone(.strangeCharacter)) {
            try FieldKind.phone.read("no tiene", in: notation)
        }
        // Without a country only what says its own is read.
        #expect(throws: Violation.Fault.notPhone(.unknownPrefix)) { try FieldKind.phone.read("81 0000 1853") }
        #expect(FieldKind.phone.text(of: .text("no tiene"), for: Self.reader) == "no tiene")
    }

    @Test func `everything that cannot be taken is told beside its field, and what was typed stays`() throws {
        let form = try Self.form(
            "name=&email=ana&height=301&built=2026-02-30&phone=\(String(repeating: "5", count: 41))")
        #expect(form.faults.map(\.name) == ["name", "phone", "email", "height", "built"])
        #expect(form.fault("height", for: Self.reader) == "Debe estar entre 1 y 300.")
        #expect(form.faults.last?.summary(for: Self.reader).hasPrefix("Fecha: Debe ser una fecha") == true)
        #expect(form.typed(in: Tower.fields[4]) == "ana")
        #expect(form.applied(to: .blank) == .blank)
    }

    @Test(arguments: ["state=gone", "owner=x", "colour=red", "name=a&name=b", "number=8"])
    func `what no page of ours offers is a bad request`(form: String) {
        #expect(throws: (any Error).self) { try Self.form(form) }
    }

    /// The limit counts what PostgreSQL counts, whatever is drawn as one character.
    @Test func `form and API take a text of as many scalars, and not one more`() throws {
        // The second draws ten characters of two scalars each.
        for kept in [String(repeating: "ñ", count: 20), String(repeating: "x\u{301}", count: 10)] {
            #expect(try Tower.fields[1].kind.read(kept) == .text(kept))
            let more = kept + "x"
            #expect(throws: Violation.Fault.tooLong(20)) { try Tower.fields[1].kind.read(more) as FieldValue }
            #expect(!Tower.fields[1].kind.schema.violations(of: .string(more)).isEmpty)
        }
    }

    @Test func `what programs send and read is the same, and every fault has its place`() throws {
        var tower = Tower.blank
        (tower.name, tower.owner, tower.isLit) = ("Cerro", ID(UUID(high: 3, low: 4)), true)
        var json = JSONWriter()
        json.value(tower)
        let value = try JSONValue.parse(json.bytes)
        #expect(Schema.object("Tower", Tower.schemaFields).violations(of: value).isEmpty)
        let body = Array(
            #"{"name":"Cerro","owner":"\#(UUID(high: 3, low: 4))","is_lit":true,"email":"A@example.com"}"#.utf8)
        let sent = NewNoun<Tower>(try Members(body: body, as: NewNoun<Tower>.schema))
        let made = try sent.noun(from: .blank)
        #expect(made.name == "Cerro" && made.owner == tower.owner && made.isLit && made.email == "a@example.com")
        #expect(throws: InvalidInput.self) { try Members(body: Array("{}".utf8), as: NewNoun<Tower>.schema) }
        let change = NounChanges<Tower>(
            try Members(body: Array(#"{"owner":null}"#.utf8), as: NounChanges<Tower>.schema))
        #expect(try change.applied(to: made).owner == nil)
        let wrong = NounChanges<Tower>(
            try Members(body: Array(#"{"email":"ana"}"#.utf8), as: NounChanges<Tower>.schema))
        let refused = #expect(throws: InvalidInput.self) { try wrong.applied(to: made) }
        #expect(refused?.violations.map(\.pointer.text) == ["/email"])
    }

    @Test func `a form is late once anything that programs read has changed`() throws {
        var tower = Tower.blank
        tower.name = "Cerro"
        let form = NounForm(tower)
        #expect(form.late(for: tower) == nil)
        tower.height = 11
        let late = try #require(form.late(for: tower))
        #expect(late.faults.count == 1 && late.late(for: tower) == nil)
    }

    @Test func `the record names what it refers to, and a change only what became different`() {
        var tower = Tower.blank
        let before = tower.details(naming: ["owner": "Sur"])
        tower.state = .built
        #expect(before.first { $0.name == "owner" }?.value == "Sur" && before.count == 9)
        let kind = Tower.fields[5].kind
        #expect(kind.text(ofRecorded: "built", for: Self.reader) == "Construida")
        #expect(kind.text(ofRecorded: "burnt", for: Self.reader) == "burnt")
    }
}

@Suite struct ListTests {
    private static func query(_ text: String) throws -> ListQuery<Tower> {
        let fields = try Array(text.utf8).withUnsafeBytes { try Fields(urlEncoded: $0) }
        return try ListQuery(Tower.list, fields)
    }

    @Test(arguments: [
        "/panel/towers", "/panel/towers?q=cerro&state=built&order=-built&size=100",
        "/panel/towers?order=name&after=7&from=Cerro&total=90", "/panel/towers?before=7",
    ])
    func `what a list shows stands in its address`(address: String) throws {
        let query = try Self.query(String(address.drop { $0 != "?" }.dropFirst()))
        #expect(query.address == address)
    }

    @Test(arguments: [
        "after=x", "after=9999999999999999999999", "order=built&after=1&from=ayer", "order=built&after=1", "before=",
    ])
    func `a place that cannot be read is refused, before anything is reckoned with it`(address: String) {
        #expect(throws: RequestError.self) { try Self.query(address) }
    }

    @Test func `a filter that cannot be read shows the whole list`() throws {
        let query = try Self.query("state=gone&owner=x&size=7&order=colour&total=-1")
        #expect(query.address == "/panel/towers")
    }

    @Test func `a page knows what stands before and after it`() throws {
        func towers(_ numbers: ClosedRange<Int>) -> [Tower] {
            numbers.map { number in
                var tower = Tower.blank
                tower.number = number
                return tower
            }
        }
        let first = ListPart(try Self.query("size=25"), towers(1...26), total: 60)
        #expect(first.rows.count == 25 && first.previous == nil)
        #expect(first.next?.address == "/panel/towers?size=25&after=25&total=60")
        let middle = ListPart(try Self.query("size=25&after=25&total=60"), towers(26...51), total: 60)
        #expect(middle.previous?.address == "/panel/towers?size=25&before=26&total=60")
        let last = ListPart(try Self.query("size=25&after=50"), towers(51...60), total: nil)
        #expect(last.next == nil && last.previous?.address == "/panel/towers?size=25&before=51")
        let back = ListPart(try Self.query("size=25&before=26"), towers(1...25).reversed(), total: nil)
        #expect(
            back.rows.first?.number == 1 && back.previous == nil
                && back.next?.address == "/panel/towers?size=25&after=25")
    }

    @Test func `somebody's columns stand in the list's order, and none are everybody's`() throws {
        let query = try Self.query("")
        #expect(
            ListPart(query, [], total: 0, chosen: ["name", "gone", "number"]).columns.map(\.name) == ["number", "name"])
        #expect(ListPart(query, [], total: 0, chosen: []).columns.count == Tower.fields.count)
    }
}
