import Access
import Events
import Identifiers
import Ledger
import Locale
import Loop
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import Customers
@testable import Telephony

/// Two companies with a SIP customer each, at an address of its own, and a Kamailio that serves both.
struct VoiceBench: Sendable {
    let tenant: TestTenant
    let kamailio: Kamailio
    let customer: Customer.ID
    let account: VoiceAccount.ID
    let source: String

    private var database: TenantDatabase { tenant.database }

    static func withVoice(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .ledger, .telephony, body: body)
    }

    static func serving(_ body: (_ norte: VoiceBench, _ sur: VoiceBench) async throws -> Void) async throws {
        try await withVoice { norte, sur in
            try await Kamailio.serving(norte.site.test) { kamailio in
                try await body(
                    open(norte, at: "127.0.0.2", kamailio), open(sur, at: "127.0.0.3", kamailio))
            }
        }
    }

    /// Sells a second for one unit of the currency, so that seconds are read from the price.
    private static func open(
        _ tenant: TestTenant, at source: String, _ kamailio: Kamailio
    ) async throws -> VoiceBench {
        let deck = try await tenant.deck("Venta", "52,México,60,1,1")
        let customer = try await tenant.customer("Beto")
        var account = VoiceAccount.blank(tenant.newID(), of: tenant.tenant)
        (account.name, account.customer, account.deck) = ("Beto SIP", customer, deck)
        (account.addresses, account.country, account.pace) = (source, "52", 50)
        let added = try await account.add(to: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        let bench = VoiceBench(
            tenant: tenant, kamailio: kamailio, customer: customer, account: added.id, source: source)
        return bench
    }

    /// Money that the customer paid in advance.
    func pay(_ units: Int64) async throws {
        let amount = Money(minor: units * 100, tenant.tenant.currency)
        try await database.post(
            Transaction(
                id: tenant.newID(), .payment, of: tenant.newID(Customer.self).uuid,
                on: tenant.tenant.timeZone.day(at: tenant.now),
                [Posting(.money("cash"), amount), Posting(.credit(customer), try -amount)]),
            by: .commandLine, at: tenant.now)
    }

    @discardableResult
    func carrier(_ name: String, at address: String, price: String, channels: Int = 10) async throws -> Carrier.ID {
        var carrier = Carrier(id: tenant.newID())
        (carrier.name, carrier.address, carrier.port) = (name, address, Kamailio.carrierPort)
        (carrier.deck, carrier.channels) = (try await tenant.deck("Compra \(name)", "52,México,\(price),1,1"), channels)
        return try await carrier.add(to: tenant.tenant, by: tenant.commandLine, in: database).id
    }

    func change(_ change: (inout VoiceAccount) -> Void) async throws {
        guard let known: VoiceAccount = try await database.voice(account) else { throw NeverCame() }
        var changed = known
        change(&changed)
        _ = try await known.change(to: changed, of: tenant.tenant, by: tenant.commandLine, in: database)
    }

    func call(_ number: String, talking milliseconds: Int = 500) async throws {
        try await kamailio.call(number, from: source, talking: milliseconds)
    }

    /// The newest first, when none goes on any more.
    func calls() async throws -> [VoiceCall] {
        for _ in 0..<500 {
            if try await database.liveVoiceCalls().isEmpty { break }
            try await Kamailio.loop.sleep(for: .milliseconds(10))
        }
        return try await database.voiceCalls().reversed()
    }

    /// Of the newest call.
    func last() async throws -> VoiceCall {
        guard let last = try await calls().first else { throw NeverCame() }
        return last
    }

    func unposted() async throws -> Int64 {
        let found: VoiceAccount? = try await database.voice(account)
        return found?.unposted ?? -1
    }
}

struct NeverCame: Error {}

extension TestTenant {
    func newID<Noun>(_: Noun.Type = Noun.self) -> ID<Noun> {
        .make(milliseconds: now.milliseconds, from: site.randomness)
    }

    func deck(_ name: String, _ rates: String) async throws -> Deck.ID {
        var deck = Deck(id: newID())
        deck.name = name
        _ = try await deck.add(to: tenant, by: commandLine, in: database)
        // The database's clock is the machine's.
        let past = Instant(seconds: 1_700_000_000)
        _ = try await RateSheet(rates, at: past, in: tenant.timeZone).put(
            into: deck.id, isWhole: false, by: commandLine, from: site.randomness, in: database)
        return deck.id
    }

    func customer(_ name: String) async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }
}
