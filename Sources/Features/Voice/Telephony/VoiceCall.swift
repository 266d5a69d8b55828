import API
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A call, while it goes on and after it (CDR). Kamailio's functions write it; nothing changes what was rated.
package struct VoiceCall: Sendable, Equatable {
    package typealias ID = Identifiers.ID<VoiceCall>

    package let id: ID
    /// By the time it began.
    package let number: Int
    package let account: VoiceAccount.ID
    package let accountName: String
    package let carrierName: String
    package let caller: String
    package let dialled: String
    package let callee: String
    package let destination: String
    package let state: State
    /// Of SIP.
    package let code: Int
    package let reason: String
    package let startedAt: Instant
    /// In the company's zone.
    package let started: String
    package let answeredAt: Instant?
    package let endedAt: Instant?
    package let seconds: Int
    /// In millionths.
    package let amount: Int64
    package let cost: Int64
    package let sipID: String

    package enum State: String, FieldChoice {
        case live, answered, busy, cancelled, failed, blocked

        package var message: Message {
            switch self {
            case .live: Message(es: "En curso", en: "Live", pt: "Em curso")
            case .answered: Message(es: "Contestada", en: "Answered", pt: "Atendida")
            case .busy: Message(es: "Ocupado", en: "Busy", pt: "Ocupado")
            case .cancelled: Message(es: "Cancelada", en: "Cancelled", pt: "Cancelada")
            case .failed: Message(es: "Fallida", en: "Failed", pt: "Falhou")
            case .blocked: Message(es: "Bloqueada", en: "Blocked", pt: "Bloqueada")
            }
        }

        package var tone: Tone {
            switch self {
            case .live, .answered: .good
            case .busy, .cancelled: .quiet
            case .failed: .bad
            case .blocked: .warning
            }
        }
    }

    /// Why a call was not put through.
    package enum Reason: String, MessageCatalogue {
        case number, suspended, fraud, pace, channels, listed, rate, balance, route, carriers = "busy_carriers", lost

        package var message: Message {
            switch self {
            case .number: Message(es: "Número inválido", en: "Invalid number", pt: "Número inválido")
            case .suspended: Message(es: "Cuenta suspendida", en: "Account suspended", pt: "Conta suspensa")
            case .fraud: Message(es: "Regla contra fraude", en: "Rule against fraud", pt: "Regra contra fraude")
            case .pace:
                Message(es: "Llamadas por segundo", en: "Calls a second", pt: "Chamadas por segundo")
            case .channels: Message(es: "Canales ocupados", en: "Channels in use", pt: "Canais ocupados")
            case .listed: Message(es: "Lista negra", en: "Blacklist", pt: "Lista negra")
            case .rate: Message(es: "Destino sin tarifa", en: "No rate for it", pt: "Destino sem tarifa")
            case .balance: Message(es: "Sin saldo", en: "No balance", pt: "Sem saldo")
            case .route:
                Message(
                    es: "Sin carrier a ese precio", en: "No carrier at that price",
                    pt: "Sem operadora a esse preço")
            case .carriers:
                Message(
                    es: "Carriers sin canales libres", en: "No carrier has a channel free",
                    pt: "Operadoras sem canais livres")
            case .lost: Message(es: "No se supo su fin", en: "Its end is unknown", pt: "Fim desconhecido")
            }
        }
    }

    static let path = "/panel/voice/calls"
    var panelPath: String { "\(Self.path)/\(id)" }

    func reasonText(for reader: Reader) -> String {
        Reason(rawValue: reason)?.text(for: reader) ?? (code == 0 ? "" : "SIP \(code)")
    }
}

extension VoiceCall {
    /// Newest first by default. Days are those of the company's zone.
    static func list(in zone: TimeZone) -> List<VoiceCall> {
        List<VoiceCall>(
            "voice_calls", at: path, TelephonyWords.calls.message, of: fields + days(in: zone), by: "number",
            id: \.id.uuid)
    }

    private static let fields: [Field<VoiceCall>] = [
        Field("number", .count(0...Int.max), TelephonyWords.number.message) { .integer($0.number) }
            .sorted(by: "c.number").only(in: []),
        Field("started", .line(0...40), TelephonyWords.started.message) { .text($0.started) },
        Field("account_name", .line(0...100), TelephonyWords.account.message) { .text($0.accountName) },
        Field("caller", .line(0...20), TelephonyWords.caller.message) { .text($0.caller) },
        Field<VoiceCall>("callee", .line(0...40), TelephonyWords.callee.message) {
            .text($0.callee.isEmpty ? $0.dialled : $0.callee)
        }.filtered(by: "c.callee"),
        Field("destination", .line(0...100), TelephonyWords.destination.message) { .text($0.destination) }
            .minor(),
        Field<VoiceCall>.derived("state", \.state, TelephonyWords.state.message).filtered(by: "c.state"),
        .counted("seconds", \.seconds, TelephonyWords.seconds.message),
        Field("amount", .line(0...30), TelephonyWords.amount.message) { .text(Micros.text($0.amount)) },
        Field("cost", .line(0...30), TelephonyWords.cost.message) { .text(Micros.text($0.cost)) }
            .only(in: .record),
        Field("carrier_name", .line(0...100), TelephonyWords.carrier.message) { .text($0.carrierName) }.minor(),
        .counted("code", \.code, TelephonyWords.code.message).only(in: .record),
        Field("reason", .line(0...50), TelephonyWords.reason.message) { .text($0.reason) }.only(in: .record),
        Field("account", .reference, TelephonyWords.account.message) { .id($0.account.uuid) }
            .filtered(by: "c.account_id").only(in: []),
    ]

    private static func days(in zone: TimeZone) -> [Field<VoiceCall>] {
        let day: SQL = "(c.started_at AT TIME ZONE \(zone.name))::date"
        return [
            Field("since", .day, TelephonyWords.since.message) { _ in .none }.filtered(by: day, .atLeast).only(in: []),
            Field("until", .day, TelephonyWords.until.message) { _ in .none }.filtered(by: day, .atMost).only(in: []),
        ]
    }

    static func rows(_ which: SQL, of tenant: TenantID, in zone: TimeZone) -> SQL {
        """
        SELECT c.call_id, c.number, c.account_id, a.name AS account_name, coalesce(k.name, '') AS carrier_name,
            c.caller, c.dialled, c.callee, c.destination, c.state, c.code, c.reason, c.started_at, c.answered_at,
            c.ended_at, c.seconds, c.amount, c.cost, c.sip_id,
            to_char(c.started_at AT TIME ZONE \(zone.name), 'YYYY-MM-DD HH24:MI:SS') AS started
        FROM voice_calls c
        JOIN voice_accounts a ON a.tenant_id = \(tenant) AND a.account_id = c.account_id
        LEFT JOIN voice_carriers k ON k.tenant_id = \(tenant) AND k.carrier_id = c.carrier_id
        WHERE c.tenant_id = \(tenant) \(which)
        """
    }
}

extension TenantDatabase {
    package func voiceCall(_ id: VoiceCall.ID, in zone: TimeZone = .utc) async throws(DatabaseError) -> VoiceCall? {
        try await first(VoiceCall.rows("AND c.call_id = \(id)", of: tenant, in: zone))
    }

    package func voiceCalls(after number: Int = 0, limit: Int = 1000) async throws(DatabaseError) -> [VoiceCall] {
        try await rows(
            VoiceCall.rows("AND c.number > \(number) ORDER BY c.number LIMIT \(limit)", of: tenant, in: .utc))
    }

    func liveVoiceCalls(in zone: TimeZone = .utc, limit: Int = 500) async throws(DatabaseError) -> [VoiceCall] {
        try await rows(
            VoiceCall.rows("AND c.state = 'live' ORDER BY c.number DESC LIMIT \(limit)", of: tenant, in: zone))
    }

    func voiceCalls(_ query: ListQuery<VoiceCall>, in zone: TimeZone) -> SQL {
        VoiceCall.rows("\(query.restriction) \(query.position) \(query.sorting)", of: tenant, in: zone)
    }

    func voiceCallsCounted(_ query: ListQuery<VoiceCall>) -> SQL {
        "FROM voice_calls c WHERE c.tenant_id = \(tenant) \(query.restriction)"
    }
}

extension VoiceCall: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("call_id")
        number = try row.read("number")
        account = try row.read("account_id")
        accountName = try row.read("account_name")
        carrierName = try row.read("carrier_name")
        caller = try row.read("caller")
        dialled = try row.read("dialled")
        callee = try row.read("callee")
        destination = try row.read("destination")
        state = try row.word("state")
        let (code, seconds): (Int32, Int32) = (try row.read("code"), try row.read("seconds"))
        (self.code, self.seconds) = (Int(code), Int(seconds))
        reason = try row.read("reason")
        startedAt = try row.read("started_at")
        started = try row.read("started")
        answeredAt = try row.read("answered_at")
        endedAt = try row.read("ended_at")
        amount = try row.read("amount")
        cost = try row.read("cost")
        sipID = try row.read("sip_id")
    }
}

extension VoiceCall: ListedResource {
    package static let schema = Schema.object(
        "VoiceCall",
        [
            .required("id", .id, TelephonyAPIWords.callID),
            .required("account", .id, TelephonyAPIWords.accountID),
            .required("carrier_name", .text, TelephonyWords.carrier),
            .required("caller", .text, TelephonyWords.caller),
            .required("dialled", .text, TelephonyWords.dialled),
            .required("callee", .text, TelephonyWords.callee),
            .required("destination", .text, TelephonyWords.destination),
            .required("state", .words(State.allCases.map(\.rawValue)), TelephonyWords.state),
            .required("code", .integer(0...699), TelephonyWords.code),
            .required("reason", .text, TelephonyWords.reason),
            .required("started_at", .text, TelephonyWords.started),
            .required("answered_at", Schema.text.orNull, TelephonyWords.answered),
            .required("ended_at", Schema.text.orNull, TelephonyWords.ended),
            .required("seconds", .integer(0...Int.max), TelephonyWords.seconds),
            .required("amount", .text, TelephonyWords.amount),
            .required("cost", .text, TelephonyWords.cost),
            .required("sip_id", .text, TelephonyWords.sipID),
        ])

    package var path: String { "/api/v1/voice-calls/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("account", account.description)
            json.member("carrier_name", carrierName)
            json.member("caller", caller)
            json.member("dialled", dialled)
            json.member("callee", callee)
            json.member("destination", destination)
            json.member("state", state.rawValue)
            json.member("code", code)
            json.member("reason", reason)
            json.member("started_at", startedAt.rfc3339)
            json.member("answered_at", answeredAt?.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
            json.member("seconds", seconds)
            json.member("amount", Micros.text(amount))
            json.member("cost", Micros.text(cost))
            json.member("sip_id", sipID)
        }
    }
}
