import Time

/// The state that survives a restart.
struct LabBackup {
    let tables: [LabTable]
}

extension LabRouter {
    package func keepBackup(_ name: String) { backups[name] = LabBackup(tables: tables) }

    /// Restores the state with its ids, and restarts. False where there is no such backup.
    @discardableResult
    package func restoreBackup(_ name: String) -> Bool {
        guard let backup = backups[name] else { return false }
        tables = backup.tables
        dropWhatIsLive()
        reboot()
        return true
    }

    /// Ends all sessions, which then dial in again.
    package func reboot() {
        dropWhatIsLive()
        bootedAt = now
        isRebooting = true
        for (place, line) in lines.keys.sorted().enumerated() {
            dialling.append((now + redialDelay + .milliseconds(place), line))
        }
    }

    private func dropWhatIsLive() {
        sessions = [:]
        freeAddresses = [:]
        dialling = []
        firstDialling = 0
        for path in ["/ppp/active", "/ip/pool/used"] {
            let menu = table(path)
            for id in tables[menu].order { tables[menu].remove(id) }
        }
        for menu in tables.indices {
            guard let dynamic = tables[menu].schema.dynamic, tables[menu].schema.path != "/ip/dhcp-server/lease" else {
                continue
            }
            for id in tables[menu].order where tables[menu][id]?.values[dynamic] == "true" { tables[menu].remove(id) }
        }
    }
}
