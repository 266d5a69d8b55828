import API
import Access
import Addresses
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// A wholesaler that takes the company's calls.
package struct Carrier: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Carrier>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var address = ""
    package var port = 5060
    package var techPrefix = ""
    package var deck: Deck.ID?
    /// The lowest goes first; carriers of the same priority go by price.
    package var priority = 10
    package var channels = 30
    package var state = State.active
    package internal(set) var live = 0

    package init(id: ID) { self.id = id }

    var title: String { name }

    package enum State: String, FieldChoice {
        case active, paused

        package var message: Message {
            switch self {
            case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
            case .paused: Message(es: "En pausa", en: "Paused", pt: "Em pausa")
            }
        }

        package var tone: Tone { self == .active ? .good : .warning }
    }
}

extension Carrier: Fielded {
    package static let noun = "VoiceCarrier"

    package static let fields: [Field<Carrier>] = [
        .line("name", \.name, 1...100, TelephonyWords.name.message).sorted(by: "x.name COLLATE \"und-x-icu\""),
        .line("address", \.address, 1...50, TelephonyWords.address.message),
        .port("port", \.port, TelephonyWords.port.message).only(in: [.form, .api, .record]),
        Field<Carrier>.line("tech_prefix", \.techPrefix, 0...10, TelephonyWords.techPrefix.message)
            .hint(TelephonyWords.techPrefixHint.message).only(in: [.form, .api, .record]),
        .reference("deck", \.deck, TelephonyWords.buyDeck.message).only(in: [.form, .api, .record]),
        Field<Carrier>.count("priority", \.priority, 1...100, TelephonyWords.priority.message)
            .hint(TelephonyWords.priorityHint.message),
        .count("channels", \.channels, 1...100_000, TelephonyWords.channels.message),
        .choice("state", \.state, TelephonyWords.state.message).filtered(by: "x.state"),
    ]
}

extension Carrier: VoiceNoun {
    static let kind = "voice_carrier"
    static let key: SQL = "x.carrier_id"
    static let events = VoiceEvents(
        created: .voiceCarrierCreated, changed: .voiceCarrierChanged, deleted: .voiceCarrierDeleted)

    static let list = List<Carrier>(
        "voice_carriers", at: "/panel/voice/carriers", TelephonyWords.carriers.message,
        of: fields + [.counted("live", \.live, TelephonyWords.live.message)], by: "name", key: "x.carrier_id",
        id: \.id.uuid)

    static func blank(_ id: ID, of tenant: Tenant) -> Carrier { Carrier(id: id) }

    static func selection(_ which: SQL, of tenant: TenantID) -> SQL {
        """
        SELECT x.carrier_id, x.number, x.name, x.address, x.port, x.tech_prefix, x.deck_id, x.priority, x.channels,
            x.state, (
                SELECT count(*) FROM voice_calls c
                WHERE c.tenant_id = \(tenant) AND c.carrier_id = x.carrier_id AND c.state = 'live') AS live
        FROM voice_carriers x WHERE x.tenant_id = \(tenant) \(which)
        """
    }

    static func counting(_ query: ListQuery<Carrier>, of tenant: TenantID) -> SQL {
        "FROM voice_carriers x WHERE x.tenant_id = \(tenant) \(query.restriction)"
    }

    static func deletion(of id: ID, of tenant: TenantID) -> SQL {
        "DELETE FROM voice_carriers WHERE tenant_id = \(tenant) AND carrier_id = \(id)"
    }

    func insertion(of tenant: TenantID, at now: Instant) -> SQL {
        """
        WITH next AS (\(TenantDatabase.nextVoiceNumber(of: Self.kind, for: tenant)))
        INSERT INTO voice_carriers (
            tenant_id, carrier_id, number, name, address, port, tech_prefix, deck_id, priority, channels, state,
            made_at)
        SELECT \(tenant), \(id), n.last, \(name), \(written), \(Int32(port)), \(techPrefix), \(deck),
            \(Int32(priority)), \(Int32(channels)), \(state.rawValue), \(now)
        FROM next n
        """
    }

    func update(of tenant: TenantID) -> SQL {
        """
        UPDATE voice_carriers SET name = \(name), address = \(written), port = \(Int32(port)),
            tech_prefix = \(techPrefix), deck_id = \(deck), priority = \(Int32(priority)),
            channels = \(Int32(channels)), state = \(state.rawValue)
        WHERE tenant_id = \(tenant) AND carrier_id = \(id)
        """
    }

    private var written: String { IPAddress(address).map { "\($0)" } ?? "" }

    func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> {
        guard let deck, let bought = try await database.voice(deck) else { throw TelephonyRefusal.deckMissing }
        guard IPAddress(address) != nil else { throw TelephonyRefusal.carrierUnreadable }
        guard Digits.areAll(techPrefix) else { throw TelephonyRefusal.techPrefixWrong }
        return ["deck": bought.name]
    }

    static func options(for visit: Visit) async throws -> [String: FieldOptions] {
        try await Deck.options(of: "deck", for: visit)
    }
}

extension Carrier: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("carrier_id"))
        number = try row.read("number")
        name = try row.read("name")
        address = try row.read("address")
        let (port, priority, channels): (Int32, Int32, Int32) = (
            try row.read("port"), try row.read("priority"), try row.read("channels")
        )
        (self.port, self.priority, self.channels) = (Int(port), Int(priority), Int(channels))
        techPrefix = try row.read("tech_prefix")
        deck = try row.read("deck_id")
        state = try row.word("state")
        live = try row.read("live")
    }
}

extension Carrier: ListedResource {
    package static let schema = Schema.object(
        noun,
        [
            .required("id", .id, TelephonyAPIWords.carrierID),
            .required("live", .integer(0...Int.max), TelephonyWords.live),
        ] + schemaFields)

    package var path: String { "/api/v1/voice-carriers/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("live", live)
            json.fields(of: self)
        }
    }
}
