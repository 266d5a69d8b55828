import API
import Access
import Addresses
import Customers
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

/// A SIP customer: from where a customer's calls come, what they pay and how much they may call.
package struct VoiceAccount: Sendable, Equatable {
    package typealias ID = Identifiers.ID<VoiceAccount>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var customer: Customer.ID?
    package var deck: Deck.ID?
    /// Separated by spaces or commas.
    package var addresses = ""
    package var payment = Payment.prepaid
    package var creditLimit: Money
    /// Calls a second.
    package var pace = 5
    package var channels = 10
    /// Minutes.
    package var longest = 60
    package var margin = 0
    package var country = ""
    package var nationalDigits = 10
    package var accessCode = "00"
    package var state = State.active
    package internal(set) var customerName = ""
    /// By a rule against fraud.
    package internal(set) var blockedUntil: Instant?
    package internal(set) var blockedBecause = ""
    /// In millionths.
    package internal(set) var unposted: Int64 = 0

    package init(id: ID, in currency: Currency) {
        self.id = id
        creditLimit = .zero(currency)
    }

    var title: String { name }

    package enum Payment: String, FieldChoice {
        case prepaid, postpaid

        package var message: Message {
            switch self {
            case .prepaid: Message(es: "Prepago", en: "Prepaid", pt: "Pré-pago")
            case .postpaid: Message(es: "Pospago", en: "Postpaid", pt: "Pós-pago")
            }
        }
    }

    package enum State: String, FieldChoice {
        case active, suspended

        package var message: Message {
            switch self {
            case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
            case .suspended: Message(es: "Suspendido", en: "Suspended", pt: "Suspenso")
            }
        }

        package var tone: Tone { self == .active ? .good : .bad }
    }

    /// The most addresses that one account may have.
    private static let mostAddresses = 20

    /// Nil where one of them cannot be read, or there are too many.
    var places: [IPAddress]? {
        let words = addresses.split { $0 == " " || $0 == "," || $0 == ";" }
        let places = words.compactMap { IPAddress(String($0)) }
        return places.count == words.count && (1...Self.mostAddresses).contains(places.count) ? places : nil
    }
}

extension VoiceAccount: Fielded {
    package static let noun = "VoiceAccount"

    package static let fields: [Field<VoiceAccount>] = identity + limits + numbering

    private static let details: FieldPlaces = [.form, .api, .record]

    private static let identity: [Field<VoiceAccount>] = [
        .line("name", \.name, 1...100, TelephonyWords.name.message).sorted(by: "x.name COLLATE \"und-x-icu\""),
        .reference("customer", \.customer, TelephonyWords.customer.message).only(in: details),
        .reference("deck", \.deck, TelephonyWords.sellDeck.message).only(in: details),
        Field<VoiceAccount>.line("addresses", \.addresses, 1...500, TelephonyWords.addresses.message)
            .hint(TelephonyWords.addressesHint.message),
        .choice("payment", \.payment, TelephonyWords.payment.message).filtered(by: "x.payment"),
        .choice("state", \.state, TelephonyWords.state.message).filtered(by: "x.state"),
    ]

    private static let limits: [Field<VoiceAccount>] = [
        Field<VoiceAccount>.money("credit_limit", \.creditLimit, TelephonyWords.creditLimit.message)
            .hint(TelephonyWords.creditLimitHint.message).only(in: details),
        .count("pace", \.pace, 1...1000, TelephonyWords.pace.message),
        .count("channels", \.channels, 1...10_000, TelephonyWords.channels.message),
        .count("longest", \.longest, 1...1440, TelephonyWords.longest.message).only(in: details),
        Field<VoiceAccount>.count("margin", \.margin, 0...1000, TelephonyWords.margin.message)
            .hint(TelephonyWords.marginHint.message).only(in: details),
    ]

    private static let numbering: [Field<VoiceAccount>] = [
        Field<VoiceAccount>.line("country", \.country, 0...4, TelephonyWords.country.message)
            .hint(TelephonyWords.countryHint.message).only(in: details),
        .count("national_digits", \.nationalDigits, 0...14, TelephonyWords.nationalDigits.message).only(in: details),
        .line("access_code", \.accessCode, 0...6, TelephonyWords.accessCode.message).only(in: details),
    ]
}

extension VoiceAccount: VoiceNoun {
    static let kind = "voice_account"
    static let key: SQL = "x.account_id"
    static let events = VoiceEvents(
        created: .voiceAccountCreated, changed: .voiceAccountChanged, deleted: .voiceAccountDeleted)

    static let list = List<VoiceAccount>(
        "voice_accounts", at: "/panel/voice/accounts", TelephonyWords.accounts.message,
        of: fields + [
            Field("customer_name", .line(0...200), TelephonyWords.customer.message) { .text($0.customerName) }
        ], by: "name", key: "x.account_id", id: \.id.uuid)

    static func blank(_ id: ID, of tenant: Tenant) -> VoiceAccount {
        var account = VoiceAccount(id: id, in: tenant.currency)
        account.country = tenant.callingCode
        return account
    }

    static func selection(_ which: SQL, of tenant: TenantID) -> SQL {
        """
        SELECT x.account_id, x.number, x.name, x.customer_id, x.deck_id, x.addresses, x.payment, x.credit_limit, x.pace,
            x.channels, x.longest, x.margin, x.country, x.national_digits, x.access_code, x.state, x.blocked_until,
            x.blocked_because, x.unposted, c.name AS customer_name, x.currency
        FROM voice_accounts x
        JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = x.customer_id
        WHERE x.tenant_id = \(tenant) \(which)
        """
    }

    static func counting(_ query: ListQuery<VoiceAccount>, of tenant: TenantID) -> SQL {
        "FROM voice_accounts x WHERE x.tenant_id = \(tenant) \(query.restriction)"
    }

    static func deletion(of id: ID, of tenant: TenantID) -> SQL {
        """
        WITH freed AS (SELECT put_voice_peers(\(tenant), \(id.uuid), '{}'::inet[])),
        gone AS (DELETE FROM voice_accounts WHERE tenant_id = \(tenant) AND account_id = \(id) RETURNING 1)
        SELECT FROM freed, gone
        """
    }

    func insertion(of tenant: TenantID, at now: Instant) -> SQL {
        """
        WITH next AS (\(TenantDatabase.nextVoiceNumber(of: Self.kind, for: tenant)))
        INSERT INTO voice_accounts (
            tenant_id, account_id, number, name, customer_id, deck_id, addresses, payment, currency, credit_limit, pace,
            channels, longest, margin, country, national_digits, access_code, state, made_at)
        SELECT \(tenant), \(id), n.last, \(name), \(customer), \(deck), \(written), \(payment.rawValue),
            \(creditLimit.currency.rawValue), \(creditLimit.minor), \(Int32(pace)), \(Int32(channels)), \(Int32(longest)), \(Int32(margin)), \(country),
            \(Int32(nationalDigits)), \(accessCode), \(state.rawValue), \(now)
        FROM next n
        """
    }

    func update(of tenant: TenantID) -> SQL {
        """
        UPDATE voice_accounts SET name = \(name), customer_id = \(customer), deck_id = \(deck), addresses = \(written),
            payment = \(payment.rawValue), credit_limit = \(creditLimit.minor), pace = \(Int32(pace)),
            channels = \(Int32(channels)), longest = \(Int32(longest)), margin = \(Int32(margin)),
            country = \(country), national_digits = \(Int32(nationalDigits)), access_code = \(accessCode),
            state = \(state.rawValue)
        WHERE tenant_id = \(tenant) AND account_id = \(id)
        """
    }

    private var written: String { (places ?? []).map { "\($0)" }.joined(separator: " ") }

    func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String> {
        guard let customer, let known = try await database.customers([customer]).first else {
            throw TelephonyRefusal.customerMissing
        }
        guard let deck, let sold = try await database.voice(deck) else { throw TelephonyRefusal.deckMissing }
        guard places != nil else { throw TelephonyRefusal.addressUnreadable }
        guard Digits.areAll(country), Digits.areAll(accessCode) else { throw TelephonyRefusal.digitsWanted }
        return ["customer": known.name, "deck": sold.name]
    }

    func settle(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {
        guard try await database.putVoicePeers(places ?? [], of: id) else { throw TelephonyRefusal.addressTaken }
        try await PostUsage.schedule(in: tenant.timeZone, from: now, in: database)
    }

    static func options(for visit: Visit) async throws -> [String: FieldOptions] {
        let customers = try await visit.database.voiceCustomers()
        var options = try await Deck.options(of: "deck", for: visit)
        options["customer"] = FieldOptions(
            customers.map { ($0.id.description, $0.name) },
            none: TelephonyWords.choose.text(for: visit.reader), isRequired: true)
        return options
    }
}

extension Deck {
    static func options(of field: String, for visit: Visit) async throws -> [String: FieldOptions] {
        let decks: [Deck] = try await visit.database.voices()
        return [
            field: FieldOptions(
                decks.map { ($0.id.description, $0.name) }, none: TelephonyWords.choose.text(for: visit.reader),
                isRequired: true)
        ]
    }
}

enum Digits {
    static func areAll(_ text: String) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension Tenant {
    /// Of its country's telephones; empty where people have to say it.
    fileprivate var callingCode: String {
        switch region {
        case .mexico: "52"
        case .colombia: "57"
        case .peru: "51"
        case .argentina: "54"
        case .chile: "56"
        case .brazil: "55"
        case .ecuador: "593"
        case .venezuela: "58"
        case .guatemala: "502"
        default: ""
        }
    }
}

extension VoiceAccount: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency \(code)") }
        self.init(id: try row.read("account_id"), in: currency)
        number = try row.read("number")
        name = try row.read("name")
        customer = try row.read("customer_id")
        deck = try row.read("deck_id")
        addresses = try row.read("addresses")
        payment = try row.word("payment")
        let limit: Int64 = try row.read("credit_limit")
        creditLimit = Money(minor: limit, currency)
        let (pace, channels, longest): (Int32, Int32, Int32) = (
            try row.read("pace"), try row.read("channels"), try row.read("longest")
        )
        (self.pace, self.channels, self.longest) = (Int(pace), Int(channels), Int(longest))
        let (margin, digits): (Int32, Int32) = (try row.read("margin"), try row.read("national_digits"))
        (self.margin, nationalDigits) = (Int(margin), Int(digits))
        country = try row.read("country")
        accessCode = try row.read("access_code")
        state = try row.word("state")
        customerName = try row.read("customer_name")
        blockedUntil = try row.read("blocked_until")
        blockedBecause = try row.read("blocked_because")
        unposted = try row.read("unposted")
    }
}

extension VoiceAccount: ListedResource {
    package static let schema = Schema.object(
        noun,
        [
            .required("id", .id, TelephonyAPIWords.accountID),
            .required("currency", .text, TelephonyAPIWords.currency),
            .required("blocked_until", Schema.text.orNull, TelephonyAPIWords.blockedUntil),
            .required("unposted", .text, TelephonyAPIWords.unposted),
        ] + schemaFields)

    package var path: String { "/api/v1/voice-accounts/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("currency", creditLimit.currency.code)
            json.member("blocked_until", blockedUntil?.rfc3339)
            json.member("unposted", Micros.text(unposted))
            json.fields(of: self)
        }
    }
}

/// A customer by name, to choose from.
struct VoiceCustomer: RowReadable, Sendable {
    let id: Customer.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        name = try row.read("name")
    }
}

extension TenantDatabase {
    /// As many as a list to choose from holds; programs may give any customer.
    func voiceCustomers() async throws(DatabaseError) -> [VoiceCustomer] {
        try await rows(
            """
            SELECT customer_id, name FROM customers WHERE tenant_id = \(tenant) AND state = 'active'
            ORDER BY number LIMIT 2000
            """)
    }

    /// False where an address is another account's.
    func putVoicePeers(_ places: [IPAddress], of account: VoiceAccount.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            WITH put AS (
                SELECT put_voice_peers(
                    \(tenant), \(account.uuid), \(places.map { "\($0)" })::text[]::inet[]) AS done)
            SELECT done FROM put
            """) ?? false
    }

    func liftVoiceBlock(of account: VoiceAccount.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE voice_accounts SET blocked_until = NULL, blocked_because = ''
            WHERE tenant_id = \(tenant) AND account_id = \(account)
            """)
    }
}

extension VoiceAccount {
    /// Ends a rule's block before its time.
    static func unblock(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let account = try await database.voice(id, locked: true) else { throw AccessRefusal.notFound }
            guard account.blockedUntil != nil else { return }
            try await database.liftVoiceBlock(of: id)
            try await database.record(
                Act(
                    .voiceAccountUnblocked, account.subject, before: [Act.Detail("rule", account.blockedBecause)]),
                by: principal.actor, at: principal.now)
        }
    }
}
