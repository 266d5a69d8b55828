import Access
import Crypto
import Declarations
import Events
import GatewayProtocol
import Identifiers
import Locale
import Payments
import Postgres
import Tenancy
import Time
import Vault

/// The program's gateways, with each company's keys.
package struct GatewayActs: Sendable {
    private let drivers: [any PaymentGateway]
    private let vault: Vault
    private let randomness: Randomness

    package init(_ drivers: [any PaymentGateway], vault: Vault, randomness: Randomness) {
        (self.drivers, self.vault, self.randomness) = (drivers, vault, randomness)
    }

    /// Providers with a driver.
    var providers: [GatewayProvider] { drivers.map(\.provider) }

    func driver(of provider: GatewayProvider) throws -> any PaymentGateway {
        guard let driver = drivers.first(where: { $0.provider == provider }) else { throw AccessRefusal.notFound }
        return driver
    }

    func keys(of provider: GatewayProvider, in database: TenantDatabase) async throws -> GatewayKeys {
        guard let sealed = try await database.sealedSecrets(of: provider) else { throw AccessRefusal.notFound }
        let secret = try await vault.open(sealed.secret, for: Gateway.secretField(of: sealed.id), in: database)
        return GatewayKeys(secret: String(decoding: secret, as: UTF8.self))
    }

    func noticeSecret(of provider: GatewayProvider, in database: TenantDatabase) async throws -> String? {
        guard let sealed = try await database.sealedSecrets(of: provider), let secret = sealed.noticeSecret else {
            return nil
        }
        let opened = try await vault.open(secret, for: Gateway.noticeField(of: sealed.id), in: database)
        return String(decoding: opened, as: UTF8.self)
    }

    /// Keeps keys that the provider takes. A field that was left empty keeps what there is.
    package func save(
        _ provider: GatewayProvider, secret: String, noticeSecret: String, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> (gateway: Gateway, account: GatewayAccount) {
        let driver = try driver(of: provider)
        let known = try await database.gateway(provider)
        guard known != nil || !secret.isEmpty else { throw GatewayRefusal.keyMissing }
        let secret = secret.isEmpty ? try await keys(of: provider, in: database).secret : secret
        let account = try await examine(secret, at: driver)
        return try await database.transaction { database in
            let known = try await database.gateway(provider)
            let id = known?.id ?? .make(milliseconds: principal.now.milliseconds, from: randomness)
            let sealed = try await vault.seal(
                Array(secret.utf8), for: Gateway.secretField(of: id), at: principal.now, in: database)
            var sealedNotice = try await database.sealedSecrets(of: provider)?.noticeSecret
            if !noticeSecret.isEmpty {
                sealedNotice = try await vault.seal(
                    Array(noticeSecret.utf8), for: Gateway.noticeField(of: id), at: principal.now, in: database)
            }
            let gateway = Gateway(
                provider: provider, id: id, isOn: known?.isOn ?? false, secretEnd: String(secret.suffix(4)),
                hasNoticeSecret: sealedNotice != nil,
                hook: known?.hook ?? Token.make(prefix: "pay", from: randomness).text,
                account: String(account.name.prefix(200)), isLive: account.isLive, currencies: account.currencies,
                examinedAt: principal.now, noticedAt: known?.noticedAt, forgedAt: known?.forgedAt)
            try await database.put(gateway, sealed: sealed, noticeSecret: sealedNotice)
            try await database.addPaymentMethod(provider.rawValue, named: provider.name, .card)
            try await database.record(
                Act(
                    .gatewayChanged, gateway.subject,
                    after: [Act.Detail("gateway_account", gateway.account), Act.Detail("gateway_keys", "changed")]),
                by: principal.actor, at: principal.now)
            return (gateway, account)
        }
    }

    /// Tests the stored keys.
    func examine(_ provider: GatewayProvider, in database: TenantDatabase) async throws -> GatewayAccount {
        let driver = try driver(of: provider)
        return try await examine(keys(of: provider, in: database).secret, at: driver)
    }

    private func examine(_ secret: String, at driver: any PaymentGateway) async throws -> GatewayAccount {
        do throws(GatewayFailure) {
            return try await driver.examine(GatewayKeys(secret: secret))
        } catch {
            throw GatewayRefusal(error, of: driver.provider)
        }
    }

    package func set(
        _ provider: GatewayProvider, isOn: Bool, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let gateway = try await database.gateway(provider) else { throw AccessRefusal.notFound }
            if isOn, !gateway.takes(tenant.currency) { throw GatewayRefusal.otherCurrency(provider) }
            guard gateway.isOn != isOn else { return }
            try await database.set(provider, isOn: isOn)
            try await database.record(
                Act(.gatewayChanged, gateway.subject, after: [Act.Detail("gateway_on", isOn ? "yes" : "no")]),
                by: principal.actor, at: principal.now)
        }
    }
}

extension Gateway {
    fileprivate var subject: Act.Subject { Act.Subject("gateway", id.uuid, named: provider.name) }
}
