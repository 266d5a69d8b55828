import Time

/// A simulated router without sockets: menus, subscribers' lines, and an external clock. Confined to one loop.
package final class LabRouter {
    package let version: LabVersion
    package internal(set) var now: Instant
    var bootedAt: Instant
    var tables: [LabTable]
    let menus: [String: Int]
    let actions: [String: LabAction]
    private let directories: Set<String>

    // The subscribers' equipment: see `LabLines`.
    var lines: [String: LabLine] = [:]
    var dialling: [(due: Instant, line: String)] = []
    var firstDialling = 0
    var sessions: [UInt32: LabSession] = [:]
    var freeAddresses: [String: LabPool] = [:]
    package var redialDelay = Duration.seconds(2)

    /// Change listeners, and timed work.
    var watches: [LabStream] = []
    var timed: [LabStream] = []
    /// Whether a ping or a measurement is running for a client.
    package var isMeasuring: Bool { timed.contains { $0.client != nil } }
    var files: [String: String] = [:]
    var backups: [String: LabBackup] = [:]
    /// Changes with their author and time; the oldest are dropped.
    package private(set) var journal: [LabJournalEntry] = []
    package private(set) var commandCount = 0
    /// Set for a restart, which closes the sockets.
    var isRebooting = false

    package init(_ version: LabVersion, at now: Instant, packages: Set<String> = []) {
        self.version = version
        self.now = now
        bootedAt = now
        let schemas = MenuSchema.read(MenuTable.text, for: version, with: packages)
        tables = schemas.map(LabTable.init)
        menus = Dictionary(uniqueKeysWithValues: schemas.enumerated().map { ($1.path, $0) })
        var actions: [String: LabAction] = [
            "/ping": .ping, "/export": .export, "/system/reboot": .reboot, "/system/backup/save": .saveBackup,
            "/system/backup/load": .loadBackup,
        ]
        var directories: Set<String> = ["", "/system/backup"]
        for (index, schema) in schemas.enumerated() {
            for verb in LabVerb.allCases where verb.fits(schema) {
                if verb == .read, !version.readsFilesInPieces { continue }
                actions["\(schema.path)/\(verb.rawValue)"] = .menu(index, verb)
            }
            var path = schema.path
            while !path.isEmpty {
                directories.insert(path)
                path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            }
        }
        self.actions = actions
        self.directories = directories
        furnish()
    }

    func table(_ path: String) -> Int {
        guard let index = menus[path] else { preconditionFailure("The table of menus has no \(path)") }
        return index
    }

    /// Executes a command. False when it continues as a stream, which ends it later.
    func execute(
        _ command: LabCommand, as policies: Set<String>, for client: any LabClient, into answer: inout LabAnswer
    ) -> Bool {
        commandCount &+= 1
        do throws(LabTrap) {
            guard let action = actions[command.path] else { throw unknownPath(command.path) }
            guard policies.contains(policy(for: action)) else { throw .notPermitted }
            if action.isWrite { note(command) }
            return try perform(action, command, as: policies, for: client, into: &answer)
        } catch {
            answer.trap(error)
            answer.done()
            return true
        }
    }

    private func policy(for action: LabAction) -> String {
        if case .menu(let menu, let verb) = action, verb.isWrite, tables[menu].schema.path.hasPrefix("/user"),
            !tables[menu].schema.path.hasPrefix("/user-manager")
        {
            return "policy"
        }
        return action.policy
    }

    private func unknownPath(_ path: String) -> LabTrap {
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        return directories.contains(parent) ? .noSuchCommand : .noSuchPrefix
    }

    private func note(_ command: LabCommand) {
        if journal.count >= 100_000 { journal.removeFirst(50_000) }
        journal.append(
            LabJournalEntry(
                at: now, path: command.path, attributes: command.attributes.map { "\($0.name)=\($0.value)" }))
    }

    private func perform(
        _ action: LabAction, _ command: LabCommand, as policies: Set<String>, for client: any LabClient,
        into answer: inout LabAnswer
    ) throws(LabTrap) -> Bool {
        switch action {
        case .menu(let menu, let verb):
            return try perform(verb, on: menu, command, as: policies, for: client, into: &answer)
        case .ping: return try ping(command, for: client, into: &answer)
        case .export: try exportToFile(command, menu: nil, policies, into: &answer)
        case .reboot:
            answer.done()
            reboot()
        case .saveBackup:
            keepBackup(command.value("name") ?? "MikroTik")
            addFile("\(command.value("name") ?? "MikroTik").backup", kind: "backup", contents: "")
            answer.done()
        case .loadBackup:
            guard restoreBackup(command.value("name") ?? "") else { throw LabTrap("failure: backup file not found") }
            answer.done()
        }
        return true
    }

    private func perform(
        _ verb: LabVerb, on menu: Int, _ command: LabCommand, as policies: Set<String>, for client: any LabClient,
        into answer: inout LabAnswer
    ) throws(LabTrap) -> Bool {
        switch verb {
        case .print, .getall:
            let isFollowing = command.has("follow") || command.has("follow-only")
            if isFollowing { try listen(menu, command, policies, for: client) }
            if !command.has("follow-only") { try print(menu, command, policies, into: &answer, ends: !isFollowing) }
            return !isFollowing
        case .listen:
            try listen(menu, command, policies, for: client)
            return false
        case .add:
            let id = try add(menu, command)
            answer.done(returning: LabRow.text(id))
            return true
        case .monitor: return try monitorTraffic(command, for: client, into: &answer)
        case .read: try readFile(command, into: &answer)
        case .export: try exportToFile(command, menu: menu, policies, into: &answer)
        case .set: try set(menu, command)
        case .unset: try unset(menu, command)
        case .remove: try remove(menu, command)
        case .enable: try toggle(menu, command, to: "false")
        case .disable: try toggle(menu, command, to: "true")
        case .move: try move(menu, command)
        case .resetCounters: try resetCounters(menu, command)
        case .makeStatic: try makeStatic(menu, command)
        case .run: try runScript(menu, command)
        case .save, .load: throw .noSuchCommand
        }
        answer.done()
        return true
    }
}

/// A changing command, refused ones included.
package struct LabJournalEntry: Sendable, Equatable {
    package let at: Instant
    package let path: String
    package let attributes: [String]
}

/// A stream's client connection.
protocol LabClient: AnyObject {
    func push(_ answer: [UInt8])
}
