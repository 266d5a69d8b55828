import Access
import BankAccounts
import Customers
import Events
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy

/// A text that people answer with often, called up by its code: "/saldo". Blanks in brackets are filled for each customer.
package struct CannedReply: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CannedReply>

    package let id: ID
    package var code = ""
    package var body = ""

    package init(id: ID) { self.id = id }

    /// What a blank may be called. Companies write these, in the language of most of them.
    enum Blank: String, CaseIterable {
        case customer = "nombre"
        case debt = "deuda"
        case howToPay = "como-pagar"
        case company = "empresa"
        case author = "quien-atiende"
    }

    /// The texts between brackets.
    var blanks: [String] {
        body.split(separator: "[").dropFirst(body.hasPrefix("[") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "]").map { String(part[..<$0]) }
        }
    }

    func checked() throws(ConversationRefusal) -> CannedReply {
        let isCode = code.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard !code.isEmpty, isCode else { throw .codeWrong }
        if let unknown = blanks.first(where: { Blank(rawValue: $0) == nil }) { throw .unknownBlank(unknown) }
        return self
    }

    /// A blank that has no value stays, so that its author sees what is missing.
    func filled(_ values: [Blank: String]) -> String {
        var text = body
        for (blank, value) in values where !value.isEmpty {
            text = text.split(separator: "[\(blank.rawValue)]", omittingEmptySubsequences: false)
                .joined(separator: value)
        }
        return text
    }
}

extension CannedReply: Fielded {
    package static let noun = "CannedReply"

    package static let fields: [Field<CannedReply>] = [
        .line("code", \.code, 1...30, Message(es: "Código", en: "Code", pt: "Código")).hint(
            Message(
                es: "Se escribe /código en la respuesta: minúsculas, cifras y guiones.",
                en: "Written as /code in the answer: small letters, digits and hyphens.",
                pt: "Escreve-se /código na resposta: minúsculas, algarismos e hifens.")),
        .lines("body", \.body, 1...2000, Message(es: "Texto", en: "Text", pt: "Texto")).hint(
            Message(
                es: "Puede llevar [nombre], [deuda], [como-pagar], [empresa] y [quien-atiende].",
                en: "It may have [nombre], [deuda], [como-pagar], [empresa] and [quien-atiende].",
                pt: "Pode levar [nombre], [deuda], [como-pagar], [empresa] e [quien-atiende].")),
    ]
}

extension CannedReply: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension CannedReply: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("canned_reply_id")
        code = try row.read("code")
        body = try row.read("body")
    }
}

extension CannedReply {
    func put(instead before: CannedReply?, by principal: Principal, in database: TenantDatabase) async throws {
        let reply = try checked()
        try await database.transaction { database in
            let taken: ID? = try await database.value(
                """
                SELECT canned_reply_id FROM canned_replies WHERE tenant_id = \(database.tenant) AND code = \(code)
                """)
            guard taken == nil || taken == id else { throw ConversationRefusal.codeTaken }
            try await database.execute(
                """
                INSERT INTO canned_replies (tenant_id, canned_reply_id, code, body)
                VALUES (\(database.tenant), \(id), \(reply.code), \(reply.body))
                ON CONFLICT (tenant_id, canned_reply_id) DO UPDATE SET code = excluded.code, body = excluded.body
                """)
            try await database.record(
                Act(.cannedReplyChanged, subject, before: before?.details() ?? [], after: details()),
                by: principal.actor, at: principal.now)
        }
    }

    static func delete(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let reply = try await database.cannedReply(id) else { throw AccessRefusal.notFound }
            try await database.execute(
                "DELETE FROM canned_replies WHERE tenant_id = \(database.tenant) AND canned_reply_id = \(id)")
            try await database.record(
                Act(.cannedReplyDeleted, reply.subject, before: reply.details()), by: principal.actor,
                at: principal.now)
        }
    }

    private var subject: Act.Subject { Act.Subject("canned_reply", id.uuid, named: "/\(code)") }
}

extension TenantDatabase {
    package func cannedReplies() async throws(DatabaseError) -> [CannedReply] {
        try await rows(
            """
            SELECT canned_reply_id, code, body FROM canned_replies WHERE tenant_id = \(tenant) ORDER BY code LIMIT 500
            """)
    }

    func cannedReply(_ id: CannedReply.ID) async throws(DatabaseError) -> CannedReply? {
        try await first(
            """
            SELECT canned_reply_id, code, body FROM canned_replies
            WHERE tenant_id = \(tenant) AND canned_reply_id = \(id)
            """)
    }

    /// The reply of this code with its blanks filled for whom it is written to; nil where there is none.
    func cannedReply(
        _ code: String, to conversation: Conversation, from author: String, of company: Tenant
    ) async throws -> String? {
        try await cannedReply(
            code, to: conversation.title, customer: conversation.customer, from: author, of: company)
    }

    package func cannedReply(
        _ code: String, to name: String, customer: Customer.ID?, from author: String, of company: Tenant
    ) async throws -> String? {
        let reply: CannedReply? = try await first(
            "SELECT canned_reply_id, code, body FROM canned_replies WHERE tenant_id = \(tenant) AND code = \(code)")
        guard let reply else { return nil }
        return reply.filled(try await answerValues(for: name, customer: customer, from: author, of: company))
    }

    /// What blanks of an answer may have, by name: as in canned replies.
    package func answerBlanks(
        in conversation: Conversation, from author: String, of company: Tenant
    ) async throws -> [String: String] {
        let values = try await answerValues(
            for: conversation.title, customer: conversation.customer, from: author, of: company)
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    }

    private func answerValues(
        for name: String, customer: Customer.ID?, from author: String, of company: Tenant
    ) async throws -> [CannedReply.Blank: String] {
        var values: [CannedReply.Blank: String] = [.company: company.name, .author: author, .customer: name]
        if let customer, let customer = try await self.customer(customer) {
            values[.debt] = try await balance(of: customer.account, in: company.currency).owed.exactText(
                for: company.reader)
            values[.howToPay] =
                HowToPay(try await bankAccounts(shownOnly: true), number: customer.number, for: company.reader).text
        }
        return values
    }
}
