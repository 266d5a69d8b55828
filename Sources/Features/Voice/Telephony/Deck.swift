import API
import Access
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A price list by prefixes: what customers pay, or what a carrier charges.
package struct Deck: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Deck>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var note = ""
    /// In effect now or later.
    package internal(set) var rates = 0

    package init(id: ID) { self.id = id }

    var title: String { name }
}

extension Deck: Fielded {
    package static let noun = "VoiceDeck"

    package static let fields: [Field<Deck>] = [
        .line("name", \.name, 1...100, TelephonyWords.name.message).sorted(by: "x.name COLLATE \"und-x-icu\""),
        .lines("note", \.note, 0...500, TelephonyWords.note.message).only(in: [.form, .api, .record]),
    ]
}

extension Deck: VoiceNoun {
    static let kind = "voice_deck"
    static let key: SQL = "x.deck_id"
    static let events = VoiceEvents(
        created: .voiceDeckCreated, changed: .voiceDeckChanged, deleted: .voiceDeckDeleted)

    static let list = List<Deck>(
        "voice_decks", at: "/panel/voice/decks", TelephonyWords.decks.message,
        of: fields + [.counted("rates", \.rates, TelephonyWords.rates.message)], by: "name", key: "x.deck_id",
        id: \.id.uuid)

    static func blank(_ id: ID, of tenant: Tenant) -> Deck { Deck(id: id) }

    static func selection(_ which: SQL, of tenant: TenantID) -> SQL {
        """
        SELECT x.deck_id, x.number, x.name, x.note, (
            SELECT count(*) FROM voice_rates r
            WHERE r.tenant_id = \(tenant) AND r.deck_id = x.deck_id AND r.ended_at IS NULL) AS rates
        FROM voice_decks x WHERE x.tenant_id = \(tenant) \(which)
        """
    }

    static func counting(_ query: ListQuery<Deck>, of tenant: TenantID) -> SQL {
        "FROM voice_decks x WHERE x.tenant_id = \(tenant) \(query.restriction)"
    }

    static func deletion(of id: ID, of tenant: TenantID) -> SQL {
        "DELETE FROM voice_decks WHERE tenant_id = \(tenant) AND deck_id = \(id)"
    }

    func insertion(of tenant: TenantID, at now: Instant) -> SQL {
        """
        WITH next AS (\(TenantDatabase.nextVoiceNumber(of: Self.kind, for: tenant)))
        INSERT INTO voice_decks (tenant_id, deck_id, number, name, note, made_at)
        SELECT \(tenant), \(id), n.last, \(name), \(note), \(now) FROM next n
        """
    }

    func update(of tenant: TenantID) -> SQL {
        "UPDATE voice_decks SET name = \(name), note = \(note) WHERE tenant_id = \(tenant) AND deck_id = \(id)"
    }

    func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> { [:] }
}

extension Deck: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("deck_id"))
        number = try row.read("number")
        name = try row.read("name")
        note = try row.read("note")
        rates = try row.read("rates")
    }
}

extension Deck: ListedResource {
    package static let schema = Schema.object(
        noun,
        [
            .required("id", .id, TelephonyAPIWords.deckID),
            .required("rates", .integer(0...Int.max), TelephonyWords.rates),
        ] + schemaFields)

    package var path: String { "/api/v1/voice-decks/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("rates", rates)
            json.fields(of: self)
        }
    }
}
