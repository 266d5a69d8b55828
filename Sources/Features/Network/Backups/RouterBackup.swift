import Access
import Crypto
import Identifiers
import JSON
import Locale
import Loop
import Nouns
import Postgres
import RouterScripts
import Routers
import Time
import Vault

/// One version of a router's configuration, stored encrypted; opening it needs the right to its passwords.
package struct RouterBackup: Sendable, Equatable {
    package typealias ID = Identifiers.ID<RouterBackup>

    package enum Reason: String, FieldChoice {
        case night, asked, audit, fix

        package var message: Message {
            switch self {
            case .night: Message(es: "De cada noche", en: "Nightly", pt: "De cada noite")
            case .asked: Message(es: "Pedido", en: "Asked for", pt: "Pedido")
            case .audit: Message(es: "Al auditar", en: "By an audit", pt: "Ao auditar")
            case .fix: Message(es: "Tras una corrección", en: "After a fix", pt: "Após uma correção")
            }
        }
    }

    package let id: ID
    package let router: Router.ID
    package let number: Int
    package let bytes: Int
    package let hasSecrets: Bool
    let version: String
    package let reason: Reason
    package let changes: Int
    package let takenAt: Instant

    static func field(_ id: ID) -> SecretField { SecretField("content", of: "router_backups", row: id.uuid) }
}

/// The state of a router's backups.
struct BackupState: Sendable, Equatable {
    var seenAt: Instant?
    var trouble = ""
    var alarmedAt: Instant?
    var versions = 0
}

/// How long versions are kept, and when a missing backup is reported.
package struct BackupRules: Sendable, Equatable {
    package var keepDays = 180
    package var keepLeast = 10
    package var alarmDays = 3

    package init() {}
}

extension BackupRules: Fielded {
    package static let noun = "BackupRules"

    package static let fields: [Field<BackupRules>] = [
        .count(
            "keep_days", \.keepDays, 1...3650,
            Message(es: "Días que se guardan", en: "Days to keep them", pt: "Dias que se guardam")),
        .count(
            "keep_least", \.keepLeast, 1...1000,
            Message(
                es: "Versiones de cada router que siempre quedan", en: "Versions of each router that always stay",
                pt: "Versões de cada roteador que sempre ficam")),
        .count(
            "alarm_days", \.alarmDays, 1...90,
            Message(
                es: "Avisar tras estos días sin respaldo", en: "Warn after so many days without a backup",
                pt: "Avisar após estes dias sem backup")),
    ]
}

extension BackupRules: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

/// Stores configurations encrypted, and opens them.
package struct BackupVault: Sendable {
    private let vault: Vault
    private let randomness: Randomness
    /// Where texts of megabytes are read and compared.
    private let pool: BlockingPool

    package init(_ vault: Vault, randomness: Randomness, workingOn pool: BlockingPool) {
        (self.vault, self.randomness, self.pool) = (vault, randomness, pool)
    }

    package func text(of backup: RouterBackup, in database: TenantDatabase) async throws -> String {
        guard let sealed = try await database.sealedContent(of: backup.id) else { throw AccessRefusal.notFound }
        return String(
            decoding: try await vault.open(sealed, for: RouterBackup.field(backup.id), in: database), as: UTF8.self)
    }

    package func difference(
        from old: RouterBackup, to new: RouterBackup, in database: TenantDatabase
    ) async throws -> ConfigurationDifference {
        let (old, new) = (try await text(of: old, in: database), try await text(of: new, in: database))
        return try await pool.run(for: database.tenant.uuid) {
            ConfigurationDifference(from: RouterConfiguration(old), to: RouterConfiguration(new))
        }
    }

    /// Stores a new version if the configuration changed; otherwise only notes that it was read.
    @discardableResult
    package func keep(
        _ text: String, hasSecrets: Bool, of router: Router, because reason: RouterBackup.Reason, at now: Instant,
        in database: TenantDatabase
    ) async throws -> RouterBackup? {
        for _ in 0..<3 {
            let newest = try await database.backups(of: router.id, limit: 1).first
            let before: String? =
                if let newest { try await self.text(of: newest, in: database) } else { nil }
            let read = try await pool.run(for: database.tenant.uuid) {
                let configuration = RouterConfiguration(text)
                let changes = before.map {
                    ConfigurationDifference(from: RouterConfiguration($0), to: configuration).count
                }
                return (version: configuration.version ?? "", changes: changes ?? 0)
            }
            let kept: Kept = try await database.transaction { database in
                guard try await database.router(router.id) != nil else { return .version(nil) }
                guard try await database.backups(of: router.id, limit: 1).first?.id == newest?.id else {
                    return .overtaken
                }
                let backup = RouterBackup(
                    id: .make(milliseconds: now.milliseconds, from: randomness), router: router.id,
                    number: (newest?.number ?? 0) + 1, bytes: text.utf8.count, hasSecrets: hasSecrets,
                    version: read.version, reason: reason, changes: read.changes, takenAt: now)
                let wasAlarmed = try await database.noteBackup(of: router.id, at: now)
                if wasAlarmed { try await database.record(.backupReturned, of: router, at: now, from: randomness) }
                // Passwords may have come or gone with a policy of our user there.
                if let newest, read.changes == 0, newest.hasSecrets == hasSecrets { return .version(nil) }
                let sealed = try await vault.seal(
                    Array(text.utf8), for: RouterBackup.field(backup.id), at: now, in: database)
                try await database.insert(backup, content: sealed)
                return .version(backup)
            }
            if case .version(let backup) = kept { return backup }
        }
        throw AccessRefusal.madeMeanwhile
    }

    private enum Kept: Sendable {
        case version(RouterBackup?)
        /// By another one that was kept while this was compared.
        case overtaken
    }
}
