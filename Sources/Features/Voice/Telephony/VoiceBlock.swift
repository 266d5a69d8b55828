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

/// Numbers that nobody may call, or that may not call (lista negra), by their first digits.
package struct VoiceBlock: Sendable, Equatable {
    package typealias ID = Identifiers.ID<VoiceBlock>

    package let id: ID
    package internal(set) var number = 0
    package var kind = Kind.destination
    package var prefix = ""
    package var reason = ""

    package init(id: ID) { self.id = id }

    var title: String { prefix }

    package enum Kind: String, FieldChoice {
        case destination, caller

        package var message: Message {
            switch self {
            case .destination: Message(es: "Destino", en: "Destination", pt: "Destino")
            case .caller: Message(es: "Origen", en: "Caller", pt: "Origem")
            }
        }
    }
}

extension VoiceBlock: Fielded {
    package static let noun = "VoiceBlock"

    package static let fields: [Field<VoiceBlock>] = [
        Field<VoiceBlock>.line("prefix", \.prefix, 1...20, TelephonyWords.prefix.message)
            .hint(TelephonyWords.prefixHint.message).sorted(by: "x.prefix", then: "x.block_id"),
        .choice("kind", \.kind, TelephonyWords.kind.message).filtered(by: "x.kind"),
        .line("reason", \.reason, 0...200, TelephonyWords.reason.message),
    ]
}

extension VoiceBlock: VoiceNoun {
    static let kind = "voice_block"
    static let key: SQL = "x.block_id"
    static let events = VoiceEvents(
        created: .voiceBlockCreated, changed: .voiceBlockChanged, deleted: .voiceBlockDeleted)

    static let list = List<VoiceBlock>(
        "voice_blocks", at: "/panel/voice/blocks", TelephonyWords.blocks.message, of: fields, by: "prefix",
        key: "x.block_id", id: \.id.uuid)

    static func blank(_ id: ID, of tenant: Tenant) -> VoiceBlock { VoiceBlock(id: id) }

    static func selection(_ which: SQL, of tenant: TenantID) -> SQL {
        """
        SELECT x.block_id, x.number, x.kind, x.prefix, x.reason FROM voice_blocks x
        WHERE x.tenant_id = \(tenant) \(which)
        """
    }

    static func counting(_ query: ListQuery<VoiceBlock>, of tenant: TenantID) -> SQL {
        "FROM voice_blocks x WHERE x.tenant_id = \(tenant) \(query.restriction)"
    }

    static func deletion(of id: ID, of tenant: TenantID) -> SQL {
        "DELETE FROM voice_blocks WHERE tenant_id = \(tenant) AND block_id = \(id)"
    }

    func insertion(of tenant: TenantID, at now: Instant) -> SQL {
        """
        WITH next AS (\(TenantDatabase.nextVoiceNumber(of: Self.kind, for: tenant)))
        INSERT INTO voice_blocks (tenant_id, block_id, number, kind, prefix, reason, made_at)
        SELECT \(tenant), \(id), n.last, \(kind.rawValue), \(prefix), \(reason), \(now) FROM next n
        """
    }

    func update(of tenant: TenantID) -> SQL {
        """
        UPDATE voice_blocks SET kind = \(kind.rawValue), prefix = \(prefix), reason = \(reason)
        WHERE tenant_id = \(tenant) AND block_id = \(id)
        """
    }

    func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> {
        guard Digits.areAll(prefix) else { throw TelephonyRefusal.prefixWrong }
        return [:]
    }
}

extension VoiceBlock: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("block_id"))
        number = try row.read("number")
        kind = try row.word("kind")
        prefix = try row.read("prefix")
        reason = try row.read("reason")
    }
}

extension VoiceBlock: ListedResource {
    package static let schema = Schema.object(
        noun, [.required("id", .id, TelephonyAPIWords.blockID)] + schemaFields)

    package var path: String { "/api/v1/voice-blocks/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}
