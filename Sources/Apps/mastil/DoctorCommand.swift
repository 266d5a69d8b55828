import Access
import Identifiers
import Images
import Loop
import Postgres
import Sandbox
import Tenancy
import Vault

extension Command {
    static let doctor = Command(
        "doctor", "Says what is set, and whether what the program needs is there.",
        notes: "Exit status 1 when something is wrong."
    ) { _, loops in
        Terminal.say(
            Configuration.settings.map { "MASTIL_\($0.name): \($0.meaning)" + standard($0.standard) }.joined(
                separator: "\n"))
        let configuration = try Configuration.read()
        let htmx = "\(configuration.publicDirectory)/vendor/htmx.min.js"
        Terminal.say(
            File.bytes(htmx) == nil
                ? "\n!!  \(htmx) is missing: pages work, with reloads. `deploy/up --prepare` fetches it"
                : "\nok  the script library of the pages is installed")
        Terminal.say(await drawing(in: Sandbox(on: loops.all[0])))
        let database = try configuration.openDatabase(on: loops)
        do {
            try await database.check()
            Terminal.say("\nok  PostgreSQL answers as mastil_app and as mastil_platform")
            let tenants = try await database.platform.tenants().count
            Terminal.say("ok  the database is migrated and holds \(tenants) tenants")
            let problems = try await loops.blocking.run {
                try Schema.lint.problems(on: OwnerConnection(configuration.database.platform))
            }
            guard problems.isEmpty else {
                throw Complaint("Tables that do not keep tenants apart:\n  " + problems.joined(separator: "\n  "))
            }
            Terminal.say("ok  every table keeps the rules that keep tenants apart")
            try await checkKeys(configuration, in: database)
            let signs = try configuration.headSigner() != nil
            Terminal.say(
                signs
                    ? "ok  each tenant's audit trail is signed every midnight"
                    : "!!  MASTIL_AUDIT_KEY names no key: audit trails are not signed")
            return ExitStatus.done
        } catch let error as DatabaseError {
            throw Complaint(error.advice)
        }
    }

    private static func drawing(in sandbox: Sandbox) async -> String {
        let square = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"
        do {
            _ = try await sandbox.run(
                try DrawPicture(Array(square.utf8), as: [.squared(side: 16)]), for: Tenant.ID.platform.uuid)
            return "ok  mastil-render draws, with no way out"
        } catch {
            return "!!  mastil-render does not draw, so there are no logos and no papers: \(error)"
        }
    }

    private static func checkKeys(_ configuration: Configuration, in database: Database) async throws {
        let (sound, faults) = try await keyFaults(configuration, in: database)
        guard faults.isEmpty else {
            throw Complaint(
                "Secrets that \(configuration.keys) does not open:\n  " + faults.joined(separator: "\n  "))
        }
        Terminal.say("ok  \(configuration.keys) opens all \(sound) data keys")
    }

    /// How many data keys the ring opens, and each tenant whose key it does not: its secrets are unreadable until that
    /// key is found.
    static func keyFaults(
        _ configuration: Configuration, in database: Database
    ) async throws -> (sound: Int, faults: [String]) {
        let vault = try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read)
        var sound = 0
        var faults: [String] = []
        for tenant in try await database.platform.everyTenant() {
            let outcome = try await vault.check(in: database.tenant(tenant.id.scope))
            sound += outcome.sound
            faults += outcome.faults.map { "\(tenant.slug): \($0)" }
        }
        return (sound, faults)
    }

    private static func standard(_ text: String?) -> String {
        guard let text else { return " (needed)" }
        return text.isEmpty ? "" : " (\(text))"
    }
}
