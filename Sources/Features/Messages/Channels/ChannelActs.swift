import Access
import ChannelProtocol
import Crypto
import Declarations
import Events
import Identifiers
import Locale
import Postgres
import Time
import Vault

/// The channels of the program, and the keys that companies have at them.
package struct ChannelActs: Sendable {
    private let drivers: [any MessagingChannel]
    let vault: Vault
    let randomness: Randomness

    package init(_ drivers: [any MessagingChannel], vault: Vault, randomness: Randomness) {
        (self.drivers, self.vault, self.randomness) = (drivers, vault, randomness)
    }

    /// The providers with a driver in this program.
    var providers: [ChannelProvider] { drivers.map(\.provider) }

    func driver(of provider: ChannelProvider) throws -> any MessagingChannel {
        guard let driver = drivers.first(where: { $0.provider == provider }) else { throw AccessRefusal.notFound }
        return driver
    }

    func keys(of account: ChannelAccount, in database: TenantDatabase) async throws -> ChannelKeys {
        guard let sealed = try await database.sealedKeys(of: account.id) else { throw AccessRefusal.notFound }
        let token = try await vault.open(sealed.token, for: ChannelAccount.tokenField(of: account.id), in: database)
        let secret = try await vault.open(sealed.secret, for: ChannelAccount.secretField(of: account.id), in: database)
        return ChannelKeys(
            token: String(decoding: token, as: UTF8.self), number: account.number,
            secret: String(decoding: secret, as: UTF8.self), verification: account.verification,
            business: account.business)
    }

    /// What somebody writes to connect an account. A secret that is left empty stays as it was.
    package struct GivenKeys: Sendable {
        package let token: String
        package let number: String
        package let secret: String

        package init(token: String, number: String = "", secret: String = "") {
            (self.token, self.number, self.secret) = (token, number, secret)
        }
    }

    /// Connects an account with keys that the provider takes, or gives a known one new keys. `address` is where the
    /// company is reached.
    package func connect(
        _ provider: ChannelProvider, _ given: GivenKeys, as known: ChannelAccount? = nil, reachedAt address: String,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> (account: ChannelAccount, found: ExaminedAccount) {
        let driver = try driver(of: provider)
        var held: ChannelKeys?
        if let known { held = try await keys(of: known, in: database) }
        // Telegram's secret is ours to choose.
        let chosen = provider == .telegram ? Token.make(prefix: "tgs", from: randomness).text : ""
        let keys = ChannelKeys(
            token: given.token.isEmpty ? held?.token ?? "" : given.token,
            number: given.number.isEmpty ? held?.number ?? "" : given.number,
            secret: given.secret.isEmpty ? held?.secret ?? chosen : given.secret,
            verification: known?.verification ?? Token.make(prefix: "verify", from: randomness).text)
        guard !keys.token.isEmpty, !keys.secret.isEmpty else { throw ChannelRefusal.keysMissing }
        let id = known?.id ?? .make(milliseconds: principal.now.milliseconds, from: randomness)
        let hook = known?.hook ?? Token.make(prefix: "chan", from: randomness).text
        let found = try await register(keys, at: driver, "\(address)/hooks/channels/\(hook)")
        return try await database.transaction { database in
            guard try await database.channelAccounts().count < ChannelAccount.most || known != nil else {
                throw ChannelRefusal.tooMany
            }
            if !keys.number.isEmpty, let other = try await database.channelAccount(provider, numbered: keys.number),
                other.id != id
            {
                throw ChannelRefusal.sameNumber
            }
            let token = try await vault.seal(
                Array(keys.token.utf8), for: ChannelAccount.tokenField(of: id), at: principal.now, in: database)
            let secret = try await vault.seal(
                Array(keys.secret.utf8), for: ChannelAccount.secretField(of: id), at: principal.now, in: database)
            let account = ChannelAccount(
                id: id, provider: provider, isOn: true, tokenEnd: String(keys.token.suffix(4)),
                verification: keys.verification, number: keys.number,
                business: known?.business ?? "", hook: hook,
                name: found.name.prefix(scalars: 200), handle: found.handle.prefix(scalars: 100),
                examinedAt: principal.now, noticedAt: known?.noticedAt, forgedAt: known?.forgedAt, stopped: nil)
            try await database.put(account, token: token, secret: secret, at: principal.now)
            try await database.record(
                Act(.channelChanged, account.subject, after: account.details + [Act.Detail("channel_keys", "changed")]),
                by: principal.actor, at: principal.now)
            return (account, found)
        }
    }

    /// Tries the keys that there are; where the provider takes them, an account that was stopped goes on.
    package func examine(
        _ account: ChannelAccount, reachedAt address: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> ExaminedAccount {
        let keys = try await keys(of: account, in: database)
        let found = try await register(keys, at: driver(of: account.provider), address + account.hookPath)
        try await database.transaction { database in
            try await database.release(account.id, at: principal.now)
            if account.stopped != nil {
                try await database.record(
                    Act(.channelChanged, account.subject, after: account.details), by: principal.actor,
                    at: principal.now)
            }
        }
        return found
    }

    private func register(
        _ keys: ChannelKeys, at driver: any MessagingChannel, _ hook: String
    ) async throws -> ExaminedAccount {
        do throws(ChannelFailure) {
            try await driver.register(hook, with: keys)
            return try await driver.examine(keys, toldAt: hook)
        } catch {
            throw ChannelRefusal.failed(error, driver.provider)
        }
    }

    func set(
        _ id: ChannelAccount.ID, isOn: Bool, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let account = try await database.channelAccount(id) else { throw AccessRefusal.notFound }
            guard account.isOn != isOn else { return }
            try await database.set(id, isOn: isOn)
            try await database.record(
                Act(
                    .channelChanged, account.subject,
                    after: account.details + [Act.Detail("channel_on", isOn ? "yes" : "no")]), by: principal.actor,
                at: principal.now)
        }
    }
}

extension ChannelAccount {
    var subject: Act.Subject { Act.Subject("channel", id.uuid, named: "\(provider.name) \(handle)") }
    var details: [Act.Detail] { [Act.Detail("channel_account", handle)] }
}
