import Access
import Customers
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A demonstration company's telephony: rates from a file, two carriers, two SIP customers and what they called.
package enum InventedTelephony {
    private static let calls = 400
    private static let days = 14

    /// Where there is none yet. `rates` is a sheet of selling rates.
    package static func fill(
        rates bytes: [UInt8], of tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        let sheet = RateSheet(String(decoding: bytes, as: UTF8.self), at: principal.now, in: tenant.timeZone)
        let known: [Deck] = try await database.voices(limit: 1)
        let customers = try await database.voiceCustomers().prefix(2)
        guard known.isEmpty, !sheet.lines.isEmpty, customers.count == 2 else { return }
        try await database.transaction { database in
            func deck(_ name: String, at percent: Int64) async throws -> Deck.ID {
                var deck = Deck(id: .make(milliseconds: principal.now.milliseconds, from: randomness))
                deck.name = name
                _ = try await deck.add(to: tenant, by: principal, in: database)
                _ = try await sheet.at(percent).put(
                    into: deck.id, isWhole: false, by: principal, from: randomness, in: database)
                return deck.id
            }
            let sold = try await deck("Venta", at: 100)
            for (place, percent) in [Int64(60), 75].enumerated() {
                var carrier = Carrier(id: .make(milliseconds: principal.now.milliseconds, from: randomness))
                (carrier.name, carrier.address) = ("Carrier \(place + 1)", "127.0.0.\(41 + place)")
                carrier.deck = try await deck("Compra \(place + 1)", at: percent)
                _ = try await carrier.add(to: tenant, by: principal, in: database)
            }
            for (place, customer) in customers.enumerated() {
                var account = VoiceAccount.blank(
                    .make(milliseconds: principal.now.milliseconds, from: randomness), of: tenant)
                (account.name, account.customer, account.deck) = ("\(customer.name) SIP", customer.id, sold)
                account.payment = place == 0 ? .postpaid : .prepaid
                account.addresses = place == 0 ? "127.0.0.1" : "203.0.113.\(7 + place)"
                let added = try await account.add(to: tenant, by: principal, in: database)
                try await database.inventVoiceCalls(
                    of: added, isAnswered: place == 0, calls: place == 0 ? calls : 12, over: days, sheet.lines,
                    until: principal.now, from: randomness)
            }
        }
    }
}

extension RateSheet {
    /// The same rates at so many per cent of their prices.
    fileprivate func at(_ percent: Int64) -> RateSheet {
        var sheet = self
        sheet.scale(by: percent)
        return sheet
    }
}

extension TenantDatabase {
    /// Calls of office hours; of an account without balance all are refused.
    fileprivate func inventVoiceCalls(
        of account: VoiceAccount, isAnswered: Bool, calls: Int, over days: Int, _ rates: [RateSheet.Line],
        until now: Instant, from randomness: Randomness
    ) async throws(DatabaseError) {
        let places = Array(0..<calls)
        let span = Int64(days) * 86_400 / Int64(calls)
        try await execute(
            """
            INSERT INTO voice_calls (
                tenant_id, call_id, number, account_id, carrier_id, sip_id, caller, dialled, callee, destination, state, code,
                reason, started_at, answered_at, ended_at, seconds, amount, cost, price, fee, minimum, increment, position,
                deadline)
            SELECT \(tenant), l.id, floor(extract(epoch FROM l.began) * 1000000), \(account.id),
                CASE WHEN l.state <> 'blocked' THEN (
                    SELECT k.carrier_id FROM voice_carriers k WHERE k.tenant_id = \(tenant) ORDER BY k.number LIMIT 1) END,
                'demo-' || l.id, l.caller, l.callee, l.callee, l.destination, l.state, l.code,
                CASE l.state WHEN 'blocked' THEN 'balance' ELSE '' END, l.began,
                CASE l.state WHEN 'answered' THEN l.began + interval '8 seconds' END,
                l.began + (8 + l.seconds) * interval '1 second', l.seconds,
                voice_amount(l.price, l.fee, l.minimum, l.increment, l.seconds),
                voice_amount(l.price * 6 / 10, l.fee, l.minimum, l.increment, l.seconds), l.price, l.fee, l.minimum,
                l.increment, 1, l.began + interval '1 hour'
            FROM unnest(
                \(places.map { _ in UUID.v7(milliseconds: now.milliseconds, from: randomness) }),
                \(places.map { now - .seconds(span * Int64($0 + 1) + Int64(account.number)) }),
                \(places.map { "\(account.country)55\(10_000_000 + $0 * 7919 % 80_000_000)" }),
                \(places.map { Self.rate($0, of: rates).prefix + "\(1_000_000 + $0 * 104_729 % 8_000_000)" }),
                \(places.map { Self.rate($0, of: rates).destination }),
                \(places.map { Self.state($0, isAnswered).rawValue }),
                \(places.map { Self.code(Self.state($0, isAnswered)) }),
                \(places.map { Self.state($0, isAnswered) == .answered ? Int32(20 + $0 * 37 % 560) : 0 }),
                \(places.map { Self.rate($0, of: rates).price }), \(places.map { Self.rate($0, of: rates).fee }),
                \(places.map { Int32(Self.rate($0, of: rates).minimum) }),
                \(places.map { Int32(Self.rate($0, of: rates).increment) })
            ) AS l (id, began, caller, callee, destination, state, code, seconds, price, fee, minimum, increment)
            """)
        try await execute(
            """
            UPDATE voice_accounts SET unposted = (
                SELECT coalesce(sum(amount), 0)::bigint FROM voice_calls
                WHERE tenant_id = \(tenant) AND account_id = \(account.id))
            WHERE tenant_id = \(tenant) AND account_id = \(account.id)
            """)
    }

    private static func rate(_ place: Int, of rates: [RateSheet.Line]) -> RateSheet.Line {
        rates[place * place % rates.count]
    }

    private static func state(_ place: Int, _ isAnswered: Bool) -> VoiceCall.State {
        guard isAnswered else { return .blocked }
        return switch place % 10 {
        case 3: .busy
        case 6: .cancelled
        case 8: .failed
        default: .answered
        }
    }

    private static func code(_ state: VoiceCall.State) -> Int32 {
        switch state {
        case .live: 0
        case .answered: 200
        case .busy: 486
        case .cancelled: 487
        case .failed: 503
        case .blocked: 402
        }
    }
}
