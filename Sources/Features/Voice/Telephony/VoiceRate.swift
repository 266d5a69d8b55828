import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A deck's price for the numbers that begin with a prefix.
package struct VoiceRate: Sendable, Equatable {
    package typealias ID = Identifiers.ID<VoiceRate>

    package let id: ID
    package let deck: Deck.ID
    package let prefix: String
    package let destination: String
    /// A minute's, and that of every answered call: in millionths.
    package let price: Int64
    package let fee: Int64
    /// Seconds that are billed at least, and by how many more.
    package let minimum: Int
    package let increment: Int
    package let effectiveAt: Instant
    /// In the company's zone.
    package let effective: String
    package let ended: String

    static func list(of deck: Deck) -> List<VoiceRate> {
        List<VoiceRate>(
            "voice_rates", at: "\(deck.panelPath)/rates", TelephonyWords.rates.message,
            of: [
                Field("prefix", .line(1...15), TelephonyWords.prefix.message) { .text($0.prefix) }
                    .sorted(by: "r.prefix").filtered(by: "r.prefix"),
                Field("destination", .line(0...100), TelephonyWords.destination.message) { .text($0.destination) },
                Field("price", .line(0...20), TelephonyWords.price.message) { .text(Micros.text($0.price)) },
                Field("billing", .line(0...20), TelephonyWords.billing.message) {
                    .text("\($0.minimum)/\($0.increment)")
                },
                Field("fee", .line(0...20), TelephonyWords.fee.message) { .text(Micros.text($0.fee)) }.minor(),
                Field("effective", .line(0...20), TelephonyWords.effective.message) { .text($0.effective) },
                Field("ended", .line(0...20), TelephonyWords.ends.message) { .text($0.ended) }.minor(),
            ], by: "prefix", key: "r.rate_id", id: \.id.uuid)
    }
}

extension VoiceRate: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("rate_id")
        deck = try row.read("deck_id")
        prefix = try row.read("prefix")
        destination = try row.read("destination")
        price = try row.read("price")
        fee = try row.read("fee")
        let (minimum, increment): (Int32, Int32) = (try row.read("minimum"), try row.read("increment"))
        (self.minimum, self.increment) = (Int(minimum), Int(increment))
        effectiveAt = try row.read("effective_at")
        effective = try row.read("effective")
        ended = try row.read("ended")
    }
}

extension TenantDatabase {
    private func voiceRates(of deck: Deck.ID, _ which: SQL, in zone: TimeZone) -> SQL {
        """
        SELECT r.rate_id, r.deck_id, r.prefix, r.destination, r.price, r.fee, r.minimum, r.increment, r.effective_at,
            to_char(r.effective_at AT TIME ZONE \(zone.name), 'YYYY-MM-DD HH24:MI') AS effective,
            coalesce(to_char(r.ended_at AT TIME ZONE \(zone.name), 'YYYY-MM-DD HH24:MI'), '') AS ended
        FROM voice_rates r WHERE r.tenant_id = \(tenant) AND r.deck_id = \(deck) \(which)
        """
    }

    func voiceRates(of deck: Deck.ID, _ query: ListQuery<VoiceRate>, in zone: TimeZone) -> SQL {
        voiceRates(of: deck, "\(query.restriction) \(query.position) \(query.sorting)", in: zone)
    }

    func voiceRatesCounted(of deck: Deck.ID, _ query: ListQuery<VoiceRate>) -> SQL {
        "FROM voice_rates r WHERE r.tenant_id = \(tenant) AND r.deck_id = \(deck) \(query.restriction)"
    }

    /// The latest of each of these prefixes that has not ended; of all where none are given.
    func latestVoiceRates(of deck: Deck.ID, _ prefixes: [String]) async throws(DatabaseError) -> [VoiceRate] {
        try await rows(
            """
            SELECT DISTINCT ON (r.prefix) r.rate_id, r.deck_id, r.prefix, r.destination, r.price, r.fee, r.minimum,
                r.increment, r.effective_at, '' AS effective, '' AS ended
            FROM voice_rates r
            WHERE r.tenant_id = \(tenant) AND r.deck_id = \(deck) AND r.ended_at IS NULL
                AND r.prefix = ANY (\(prefixes))
            ORDER BY r.prefix, r.effective_at DESC
            """)
    }

    /// How many prefixes in effect are not among these.
    func voiceRatesMissing(of deck: Deck.ID, _ prefixes: [String]) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(DISTINCT r.prefix) FROM voice_rates r
            WHERE r.tenant_id = \(tenant) AND r.deck_id = \(deck) AND r.ended_at IS NULL
                AND NOT r.prefix = ANY (\(prefixes))
            """) ?? 0
    }

    func insert(_ lines: [RateSheet.Line], ids: [UUID], into deck: Deck.ID) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO voice_rates (
                tenant_id, rate_id, deck_id, prefix, destination, price, fee, minimum, increment, effective_at)
            SELECT \(tenant), l.id, \(deck), l.prefix, l.destination, l.price, l.fee, l.minimum, l.increment, l.moment
            FROM unnest(
                \(ids), \(lines.map(\.prefix)), \(lines.map(\.destination)), \(lines.map(\.price)),
                \(lines.map(\.fee)), \(lines.map { Int32($0.minimum) }), \(lines.map { Int32($0.increment) }),
                \(lines.map(\.effectiveAt))
            ) AS l (id, prefix, destination, price, fee, minimum, increment, moment)
            ON CONFLICT (tenant_id, deck_id, prefix, effective_at) DO UPDATE SET destination = excluded.destination,
                price = excluded.price, fee = excluded.fee, minimum = excluded.minimum,
                increment = excluded.increment, ended_at = NULL
            """)
    }

    /// Ends the prefixes that are not among these.
    func endVoiceRates(of deck: Deck.ID, besides prefixes: [String], at moment: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE voice_rates SET ended_at = greatest(\(moment), effective_at)
            WHERE tenant_id = \(tenant) AND deck_id = \(deck) AND ended_at IS NULL AND NOT prefix = ANY (\(prefixes))
            """)
    }
}
