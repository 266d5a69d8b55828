import Access
import Events
import Identifiers
import OpenID
import Postgres
import Vault

/// A company's rule for external sign-in: whether it is allowed, the client credentials, and the required organisation
/// of accounts.
package struct ExternalSignInRule: Sendable, Equatable {
    package let isAllowed: Bool
    /// Its secret is stored with it, and never shown.
    package let client: String?
    package let domain: String?

    package init(isAllowed: Bool, client: String?, domain: String?) {
        self.isAllowed = isAllowed
        self.client = client
        self.domain = domain
    }

    fileprivate var details: [Act.Detail] {
        [
            Act.Detail("allowed_google", isAllowed ? "yes" : "no"), Act.Detail("client", client ?? ""),
            Act.Detail("domain", domain ?? ""),
        ]
    }
}

extension ExternalSignIn {
    /// Without a new secret the old one is kept; without a client there is none.
    package func save(
        _ rule: ExternalSignInRule, secret: String?, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard rule.client != nil || !rule.isAllowed else { throw ExternalRefusal.clientMissing }
        let field = SecretField.ofClient(of: database.tenant)
        try await database.transaction { database in
            let before = try await database.externalSignInRule()
            var sealed: [UInt8]?
            if rule.client != nil {
                if let secret {
                    sealed = try await signIn.vault.seal(
                        Array(secret.utf8), for: field, at: principal.now, in: database)
                } else {
                    sealed = try await database.sealedClientSecret()
                }
                guard sealed != nil else { throw ExternalRefusal.clientMissing }
            }
            guard before != rule || secret != nil else { return }
            try await database.execute(
                """
                INSERT INTO external_sign_in_rules (tenant_id, is_allowed, client, secret, domain)
                VALUES (\(database.tenant), \(rule.isAllowed), \(rule.client), \(sealed), \(rule.domain))
                ON CONFLICT (tenant_id) DO UPDATE SET is_allowed = excluded.is_allowed, client = excluded.client,
                    secret = excluded.secret, domain = excluded.domain
                """)
            let changed = secret == nil ? [] : [Act.Detail("client_secret", "new")]
            try await database.record(
                Act(.securityExternalSignIn, before: before.details, after: rule.details + changed),
                by: principal.actor, at: principal.now)
        }
    }

    func client(in database: TenantDatabase) async throws -> OpenIDClient? {
        guard let id = try await database.externalSignInRule().client,
            let sealed = try await database.sealedClientSecret()
        else { return nil }
        let secret = try await signIn.vault.open(sealed, for: .ofClient(of: database.tenant), in: database)
        return OpenIDClient(id: id, secret: String(decoding: secret, as: UTF8.self))
    }
}

extension SecretField {
    fileprivate static func ofClient(of tenant: TenantID) -> SecretField {
        SecretField("secret", of: "external_sign_in_rules", row: tenant.uuid)
    }
}

extension TenantDatabase {
    package func externalSignInRule() async throws(DatabaseError) -> ExternalSignInRule {
        try await first(
            "SELECT is_allowed, client, domain FROM external_sign_in_rules WHERE tenant_id = \(tenant)")
            ?? ExternalSignInRule(isAllowed: false, client: nil, domain: nil)
    }

    fileprivate func sealedClientSecret() async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT secret FROM external_sign_in_rules WHERE tenant_id = \(tenant) AND secret IS NOT NULL")
    }
}

extension ExternalSignInRule: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isAllowed = try row.read("is_allowed")
        client = try row.read("client")
        domain = try row.read("domain")
    }
}
