import Access
import Crypto
import Identifiers
import Postgres
import Tenancy
import Time
import Vault

extension Command {
    static let keys = Command(
        "keys", "The keys that the secrets in the database are encrypted under.", subcommands: [.addKey, .rotateKeys],
        notes: """
            To replace a key: `mastil keys add` here, copy the file that MASTIL_KEYS names to every machine that serves,
            then `mastil keys rotate`. Nothing has to be restarted. An old key may be removed when no backup that needs
            it is kept.
            """)

    private static let addKey = Command(
        "add", "Makes a key and puts it first in the file that MASTIL_KEYS names.",
        options: [Option("name", "NAME", "what it is called (the day, such as 2026-11-21)")]
    ) { invocation, _ in
        let configuration = try Configuration.read()
        let name = invocation.value("name") ?? String(TimeSource.system.now().rfc3339.prefix(10))
        let key: KeyRing.Key
        do {
            key = try KeyRing.Key.make(id: name, from: .system)
        } catch {
            throw Complaint("--name: \(error)", status: ExitStatus.usage)
        }
        try KeyFile(path: configuration.keys).add(key)
        Terminal.say("\(configuration.keys): the current key is \(name) now.")
        return ExitStatus.done
    }

    private static let rotateKeys = Command(
        "rotate", "Wraps every tenant's data keys with the current key, while the servers go on."
    ) { _, loops in
        try await CommandContext.use(loops) { context in
            let vault = try Vault(from: .system, readRing: KeyFile(path: context.configuration.keys).read)
            var count = 0
            for tenant in try await context.database.platform.everyTenant() {
                do {
                    count += try await vault.rewrap(in: context.database.tenant(tenant.id.scope))
                } catch let fault as CryptoError {
                    throw Complaint("\(tenant.slug): \(fault)")
                }
            }
            let current = try KeyFile(path: context.configuration.keys).read().current.id
            Terminal.say("Wrapped \(count) data keys anew; all depend on \(current) alone.")
        }
    }
}
