import Access
import Crypto
import Customers
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// Shows whose chat it is: a word that a customer was given, written from the chat that is to be theirs. It is good once,
/// for a week.
package enum LinkCode {
    package static let span = Duration.seconds(7 * 86_400)
    static let length = 8
    /// Without what is read as something else.
    static let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    /// Wrong ones before the chat is locked, and for how long.
    static let tries = 3
    static let lock = Duration.seconds(86_400)

    static func make(from randomness: Randomness) -> String {
        String((0..<length).map { _ in letters[Int(randomness.next() % UInt64(letters.count))] })
    }

    static func digest(of code: String, _ tenant: TenantID) -> [UInt8] {
        SHA256.digest(of: "link \(tenant) \(code)".utf8)
    }

    /// What a customer wrote: "/vincular ABCD2345", "vincular abcd-2345", or what Telegram sends for a link to its bot.
    static func read(_ text: String) -> String? {
        let words = text.uppercased().split(whereSeparator: \.isWhitespace)
        guard let first = words.first, ["/VINCULAR", "VINCULAR", "/START", "/LINK", "LINK"].contains(first) else {
            return nil
        }
        let code = words.dropFirst().joined().filter { $0 != "-" }
        // «link de pago por favor» is no try: without the slash it has to look like a code.
        let isCode = code.count == length && code.allSatisfy(letters.contains)
        return first.hasPrefix("/") ? code.isEmpty || code.utf8.count > 64 ? nil : code : isCode ? code : nil
    }
}

extension TenantDatabase {
    /// The newest code of a customer is the only one.
    package func makeLinkCode(
        for customer: Customer.ID, by principal: Principal, from randomness: Randomness
    ) async throws -> String {
        let code = LinkCode.make(from: randomness)
        try await transaction { database in
            guard let known = try await database.customer(customer) else { throw AccessRefusal.notFound }
            try await database.execute(
                """
                INSERT INTO link_codes (tenant_id, customer_id, digest, made_at, expires_at)
                VALUES (
                    \(tenant), \(customer), \(LinkCode.digest(of: code, tenant)), \(principal.now),
                    \(principal.now + LinkCode.span))
                ON CONFLICT (tenant_id, customer_id) DO UPDATE
                SET digest = excluded.digest, made_at = excluded.made_at, expires_at = excluded.expires_at
                """)
            try await database.record(Act(.linkCodeMade, known.subject), by: principal.actor, at: principal.now)
        }
        return code
    }

    /// Whether the text was a try to link with a code: it is answered here, and by nobody else.
    func tryCode(
        in text: String, of conversation: Conversation, _ company: Tenant, at now: Instant
    ) async throws -> Bool {
        guard conversation.customer == nil, let code = LinkCode.read(text) else { return false }
        let system = MessageAuthor(.system, name: company.name)
        if let until = conversation.linkLockedUntil, until > now {
            try await send(.text(LinkWords.locked.text(for: company.reader)), in: conversation.id, by: system, at: now)
            return true
        }
        let customer: Customer.ID? = try await value(
            """
            DELETE FROM link_codes
            WHERE tenant_id = \(tenant) AND digest = \(LinkCode.digest(of: code, tenant)) AND expires_at > \(now)
            RETURNING customer_id
            """)
        if let customer, let known = try await self.customer(customer) {
            try await link(conversation, to: known, by: .code, author: system, at: now)
            let words = LinkWords.done.text(for: company.reader, .name(known.name))
            try await send(.text(words), in: conversation.id, by: system, at: now)
            return true
        }
        try await noteWrongCode(in: conversation, by: system, company, at: now)
        return true
    }

    /// The third wrong one in a row locks the chat.
    func noteWrongCode(
        in conversation: Conversation, by system: MessageAuthor, _ company: Tenant, at now: Instant
    ) async throws {
        let failures = conversation.linkFailures + 1
        let isLocked = failures >= LinkCode.tries
        try await execute(
            """
            UPDATE conversations SET link_failures = \(isLocked ? 0 : failures),
                link_locked_until = \(isLocked ? now + LinkCode.lock : nil)
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        _ = try await append(
            .activity(isLocked ? .codesLocked : .codeWrong, naming: "", by: system), to: conversation.id, at: now)
        try await send(
            .text((isLocked ? LinkWords.locked : .wrong).text(for: company.reader)), in: conversation.id, by: system,
            at: now)
    }

    /// What the channel itself shows: the portal whose session it is, others the telephone, where exactly one customer
    /// has it on file.
    func linkByChannel(
        _ conversation: Conversation, _ channel: Channel, _ phone: String?, by author: MessageAuthor, at now: Instant
    ) async throws {
        if channel == .portal {
            guard let id = Customer.ID(conversation.correspondent), let known = try await customer(id) else { return }
            return try await link(conversation, to: known, by: .portal, author: author, at: now)
        }
        guard let phone else { return }
        let known: [UUID] = try await rows(
            """
            SELECT customer_id FROM customers
            WHERE tenant_id = \(tenant) AND phone = \(phone) AND merged_into IS NULL AND NOT phone_is_claimed
                AND state <> 'cancelled' AND NOT EXISTS (
                    SELECT FROM conversations c
                    WHERE c.tenant_id = \(tenant) AND c.conversation_id = \(conversation.id) AND c.was_unlinked)
            LIMIT 2
            """
        ).map { (row: LinkedCustomer) in row.id }
        guard known.count == 1, let customer = try await customer(Customer.ID(known[0])) else { return }
        try await link(conversation, to: customer, by: .phone, author: author, at: now)
    }

    /// Staff say whose it is.
    package func link(
        _ id: Conversation.ID, to customer: Customer.ID, by author: MessageAuthor, at now: Instant
    ) async throws {
        try await transaction { database in
            guard let conversation = try await database.conversation(id, locked: true) else {
                throw AccessRefusal.notFound
            }
            guard conversation.customer == nil else { throw ConversationRefusal.linked }
            guard let known = try await database.customer(customer) else { throw ConversationRefusal.unknownCustomer }
            try await database.link(conversation, to: known, by: .staff, author: author, at: now)
        }
    }

    package func unlink(_ id: Conversation.ID, by author: MessageAuthor, at now: Instant) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.customer != nil, conversation.channel != .portal else {
                throw ConversationRefusal.notLinked
            }
            try await database.execute(
                """
                UPDATE conversations SET customer_id = NULL, link_proof = NULL, linked_at = NULL, was_unlinked = TRUE
                WHERE tenant_id = \(tenant) AND conversation_id = \(id)
                """)
            return (
                Act(.conversationUnlinked, conversation.subject, before: conversation.details),
                .activity(.unlinked, naming: author.name, by: author)
            )
        }
    }

    private func link(
        _ conversation: Conversation, to customer: Customer, by proof: Conversation.LinkProof, author: MessageAuthor,
        at now: Instant
    ) async throws {
        try await execute(
            """
            UPDATE conversations SET customer_id = \(customer.id), link_proof = \(proof.rawValue), linked_at = \(now),
                was_unlinked = FALSE, link_failures = 0, link_locked_until = NULL
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        let activity: ConversationActivity? =
            switch proof {
            case .phone: .linkedByPhone
            case .code: .linkedByCode
            case .staff: .linkedByStaff
            case .portal: nil
            }
        if let activity {
            _ = try await append(
                .activity(activity, naming: customer.name, by: author), to: conversation.id, at: now)
        }
        try await record(
            Act(
                .conversationLinked, conversation.subject,
                after: [Act.Detail("customer", customer.name), Act.Detail("link_proof", proof.rawValue)]),
            by: author.actor, at: now)
    }
}

private struct LinkedCustomer: RowReadable {
    let id: UUID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

enum LinkWords: MessageCatalogue {
    case done, wrong, locked

    var message: Message {
        switch self {
        case .done:
            Message(
                es: "Listo: este chat quedó vinculado a la cuenta de {name}.",
                en: "Done: this chat is linked to the account of {name}.",
                pt: "Pronto: este chat ficou vinculado à conta de {name}.")
        case .wrong:
            Message(
                es: "Ese código no es válido o ya venció. Revíselo y escríbalo de nuevo, o pida otro.",
                tu: "Ese código no es válido o ya venció. Revísalo y escríbelo de nuevo, o pide otro.",
                vos: "Ese código no es válido o ya venció. Revisalo y escribilo de nuevo, o pedí otro.",
                en: "That code is not valid or has expired. Check it and write it again, or ask for another.",
                pt: "Esse código não é válido ou venceu. Confira e escreva de novo, ou peça outro.")
        case .locked:
            Message(
                es: "Hubo demasiados códigos equivocados. Intente mañana, o pida que le atienda una persona.",
                tu: "Hubo demasiados códigos equivocados. Intenta mañana, o pide que te atienda una persona.",
                vos: "Hubo demasiados códigos equivocados. Intentá mañana, o pedí que te atienda una persona.",
                en: "There were too many wrong codes. Try tomorrow, or ask for a person.",
                pt: "Houve códigos errados demais. Tente amanhã, ou peça para falar com uma pessoa.")
        }
    }
}
