import Access
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// That a customer agreed to be written to first at their telephone, and how the company knows it.
struct MessageConsent: Sendable, RowReadable {
    typealias ID = Identifiers.ID<MessageConsent>

    let phone: String
    let way: Way
    let givenOn: Day
    /// What was said or signed, and where it is kept.
    let proof: String
    let recordedBy: String
    let endedAt: Instant?
    let endedBy: String?

    enum Way: String, FieldChoice {
        case contract, form, call, person

        var message: Message {
            switch self {
            case .contract: Message(es: "En su contrato", en: "In their contract", pt: "No contrato")
            case .form: Message(es: "En un formulario", en: "On a form", pt: "Em um formulário")
            case .call: Message(es: "Por teléfono", en: "By telephone", pt: "Por telefone")
            case .person: Message(es: "En persona", en: "In person", pt: "Pessoalmente")
            }
        }
    }

    init(row: Row) throws(DatabaseError) {
        phone = try row.read("phone")
        way = try row.word("way")
        givenOn = try row.read("given_on")
        proof = try row.read("proof")
        recordedBy = try row.read("recorded_by")
        endedAt = try row.read("ended_at")
        endedBy = try row.read("ended_by")
    }
}

struct NewConsent: Sendable {
    let way: MessageConsent.Way
    let givenOn: Day
    let proof: String

    static let longestProof = 500
}

/// Why a consent is not noted.
enum ConsentRefusal: String, Refusal, MessageCatalogue {
    case noPhone = "consent_no_phone"
    case dayWrong = "consent_day_wrong"
    case proofMissing = "consent_proof_missing"
    case notGiven = "consent_not_given"

    var status: Status { .unprocessableContent }
    var code: String { rawValue }

    var message: Message {
        switch self {
        case .noPhone:
            Message(
                es: "El cliente no tiene un teléfono en su ficha.", en: "The customer has no telephone on file.",
                pt: "O cliente não tem um telefone na ficha.")
        case .dayWrong:
            Message(
                es: "El día en que aceptó no puede estar en el futuro.",
                en: "The day on which they agreed cannot be in the future.",
                pt: "O dia em que aceitou não pode estar no futuro.")
        case .proofMissing:
            Message(
                es: "Escriba cómo consta: qué dijo o firmó, y dónde está guardado.",
                en: "Write how it is known: what was said or signed, and where it is kept.",
                pt: "Escreva como consta: o que disse ou assinou, e onde está guardado.")
        case .notGiven:
            Message(
                es: "No consta que este teléfono aceptara mensajes.",
                en: "It is not on record that this telephone agreed to messages.",
                pt: "Não consta que este telefone aceitou mensagens.")
        }
    }
}

/// What a customer wrote first, which is a consent by itself.
struct FirstWords: Sendable, RowReadable {
    let channel: Channel
    let at: Instant
    let words: String

    init(row: Row) throws(DatabaseError) {
        (channel, at, words) = (try row.word("channel"), try row.read("made_at"), try row.read("body"))
    }
}

extension TenantDatabase {
    /// The newest first.
    func consents(of customer: Customer.ID) async throws(DatabaseError) -> [MessageConsent] {
        try await rows(
            """
            SELECT phone, way, given_on, proof, recorded_by, ended_at, ended_by FROM message_consents
            WHERE tenant_id = \(tenant) AND customer_id = \(customer) ORDER BY made_at DESC, consent_id DESC LIMIT 20
            """)
    }

    /// By chats that are not the company's own.
    func firstWords(of customer: Customer.ID) async throws(DatabaseError) -> FirstWords? {
        try await first(
            """
            SELECT c.channel, m.made_at, m.body FROM conversations c
            CROSS JOIN LATERAL (
                SELECT made_at, body FROM messages
                WHERE tenant_id = \(tenant) AND conversation_id = c.conversation_id AND direction = 'in'
                ORDER BY message_id LIMIT 1) m
            WHERE c.tenant_id = \(tenant) AND c.customer_id = \(customer) AND c.channel <> 'portal'
            ORDER BY m.made_at LIMIT 1
            """)
    }

    /// Of the telephone that the customer has on file now.
    package func hasConsent(_ customer: Customer.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (SELECT FROM customers c
                WHERE c.tenant_id = \(tenant) AND c.customer_id = \(customer) AND \(hasConsent))
            """) ?? false
    }

    /// Of a customer `c`.
    var hasConsent: SQL {
        """
        EXISTS (
            SELECT FROM message_consents k
            WHERE k.tenant_id = \(tenant) AND k.customer_id = c.customer_id AND k.phone = c.phone
                AND k.ended_at IS NULL)
        """
    }

    /// An earlier one for the same telephone stays: it is another proof.
    func note(
        _ new: NewConsent, of id: Customer.ID, on today: Day, by actor: Actor, at now: Instant
    ) async throws {
        try await transaction { database in
            guard let customer = try await database.customer(id, locked: true) else { throw AccessRefusal.notFound }
            guard let phone = Phone(e164: customer.phone) else { throw ConsentRefusal.noPhone }
            guard new.givenOn <= today else { throw ConsentRefusal.dayWrong }
            guard !new.proof.isEmpty else { throw ConsentRefusal.proofMissing }
            let consent = MessageConsent.ID.make(milliseconds: now.milliseconds, from: .system)
            try await database.execute(
                """
                INSERT INTO message_consents (
                    tenant_id, consent_id, customer_id, phone, way, given_on, proof, recorded_by, made_at)
                VALUES (
                    \(tenant), \(consent), \(id), \(phone.e164), \(new.way.rawValue), \(new.givenOn),
                    \(new.proof.prefix(scalars: NewConsent.longestProof)),
                    \(actor.name.prefix(scalars: 200)), \(now))
                """)
            try await database.record(
                Act(
                    .consentNoted, Act.Subject("customer", id.uuid, named: customer.name),
                    after: [
                        Act.Detail("consent_way", new.way.rawValue), Act.Detail("consent_proof", new.proof),
                    ]), by: actor, at: now)
        }
    }

    /// All that the customer has: they are not written to first any more.
    func endConsents(of id: Customer.ID, by actor: Actor, at now: Instant) async throws {
        try await transaction { database in
            guard let customer = try await database.customer(id, locked: true) else { throw AccessRefusal.notFound }
            let ended = try await database.execute(
                """
                UPDATE message_consents SET ended_at = \(now),
                    ended_by = \(actor.name.prefix(scalars: 200))
                WHERE tenant_id = \(tenant) AND customer_id = \(id) AND ended_at IS NULL
                """)
            guard ended > 0 else { throw ConsentRefusal.notGiven }
            try await database.record(
                Act(.consentEnded, Act.Subject("customer", id.uuid, named: customer.name)), by: actor,
                at: now)
        }
    }
}

extension EventKind {
    package static let consentNoted = EventKind(
        "message_consent.noted",
        Message(
            es: "Anotó que el cliente acepta que se le escriba", en: "Noted that the customer agrees to be written to",
            pt: "Anotou que o cliente aceita que lhe escrevam"))
    package static let consentEnded = EventKind(
        "message_consent.ended",
        Message(
            es: "Anotó que el cliente ya no acepta que se le escriba",
            en: "Noted that the customer no longer agrees to be written to",
            pt: "Anotou que o cliente não aceita mais que lhe escrevam"))
}
