import Access
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Vault
import WebClient

/// Acts on a company's integration with PagerDuty.
package struct PagingActs: Sendable {
    let line: PagingLine
    let vault: Vault

    package init(_ line: PagingLine, vault: Vault) { (self.line, self.vault) = (line, vault) }

    /// Keeps the integration. An empty key keeps what there is, at the same address only: a key goes to nobody else.
    package func save(
        _ account: PagingAccount, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard line.mayReach(account.address) else { throw PagingRefusal.addressWrong }
        let key = account.key ?? ""
        guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw PagingRefusal.keyWrong }
        try await database.transaction { database in
            let company = try await database.lockedTenant()
            let known = try await database.pagingAccount(locked: true)
            var kept = account
            kept.key = nil
            let sealed: [UInt8]
            if key.isEmpty {
                guard let known, known.address == account.address, let old = try await database.sealedPagingKey() else {
                    throw PagingRefusal.keyMissing
                }
                (sealed, kept.keyEnd) = (old, known.keyEnd)
            } else {
                sealed = try await vault.seal(
                    Array(key.utf8), for: PagingAccount.field(of: database.tenant), at: principal.now, in: database)
                kept.keyEnd = String(key.suffix(4))
            }
            let subject = Act.Subject("tenant", database.tenant.uuid, named: company?.name ?? "")
            var act =
                known.map { Act.change(.pagingChanged, subject, from: $0.details(), to: kept.details()) }
                ?? Act(.pagingChanged, subject, after: kept.details())
            if !key.isEmpty {
                act = Act(
                    .pagingChanged, subject, before: act?.before ?? [],
                    after: (act?.after ?? []) + [Act.Detail("paging_key", "changed")])
            }
            guard let act else { return }
            try await database.put(kept, key: sealed)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    /// Opens an alert that says it is a test, and resolves it.
    func test(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {
        guard let account = try await database.pagingAccount() else { throw PagingRefusal.keyMissing }
        let key = try await key(in: database)
        let summary = PagingWords.testSummary.text(for: tenant.reader, .text("company", tenant.name))
        for action in [PagerEvent.Action.trigger, .resolve] {
            let event = PagerEvent(
                action, deduplication: "mastil-test-\(tenant.id)", summary: summary, source: tenant.name,
                severity: "info", at: now)
            do throws(PagingFailure) {
                try await line.send(event, to: account.address, with: key)
            } catch {
                try await database.notePaging(error.text, at: now)
                throw PagingRefusal.notTaken
            }
        }
        try await database.notePaging(nil, at: now)
    }

    func key(in database: TenantDatabase) async throws -> String {
        guard let sealed = try await database.sealedPagingKey() else { throw PagingRefusal.keyMissing }
        let opened = try await vault.open(sealed, for: PagingAccount.field(of: database.tenant), in: database)
        return String(decoding: opened, as: UTF8.self)
    }
}

package enum PagingRefusal: Refusal, MessageCatalogue, Equatable {
    case addressWrong, keyWrong, keyMissing, notTaken

    package var status: Status { .unprocessableContent }

    package var code: String {
        switch self {
        case .addressWrong: "address_wrong"
        case .keyWrong: "key_wrong"
        case .keyMissing: "key_missing"
        case .notTaken: "not_taken"
        }
    }

    var field: String { self == .addressWrong ? "paging_address" : "paging_key" }

    package var message: Message {
        switch self {
        case .addressWrong:
            Message(
                es: "Escriba una dirección pública que empiece con https://.",
                tu: "Escribe una dirección pública que empiece con https://.",
                vos: "Escribí una dirección pública que empiece con https://.",
                en: "Write a public address that begins with https://.",
                pt: "Escreva um endereço público que comece com https://.")
        case .keyWrong:
            Message(
                es: "La clave tiene letras y números, sin espacios.",
                en: "The key is letters and digits, without blanks.",
                pt: "A chave tem letras e números, sem espaços.")
        case .keyMissing:
            Message(
                es: "Escriba la clave de integración.", tu: "Escribe la clave de integración.",
                vos: "Escribí la clave de integración.", en: "Write the integration key.",
                pt: "Escreva a chave de integração.")
        case .notTaken:
            Message(
                es: "La prueba no fue aceptada. Revise la clave y la dirección.",
                tu: "La prueba no fue aceptada. Revisa la clave y la dirección.",
                vos: "La prueba no fue aceptada. Revisá la clave y la dirección.",
                en: "The test was not taken. Check the key and the address.",
                pt: "O teste não foi aceito. Verifique a chave e o endereço.")
        }
    }
}
