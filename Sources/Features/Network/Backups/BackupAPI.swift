import API
import Access
import Declarations
import HTTP
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Postgres
import RouterScripts
import Routers
import Time

/// Backups in the API.
package struct BackupAPI: Sendable {
    private let backups: BackupVault

    package init(_ backups: BackupVault) { self.backups = backups }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/routers/:id/backups", .networkRead, BackupWords.apiList) { (visit, id: Router.ID) in
            try await Self.list(of: id, visit)
        }
        routes.post("/api/v1/routers/:id/backups", .networkOperate, BackupWords.apiBackUp) {
            (visit, _: NoInput, id: Router.ID) in
            guard let list = try await Self.list(of: id, visit) else { throw AccessRefusal.notFound }
            try await visit.database.queue(BackUpRouter(id, because: .asked), at: visit.now)
            return list
        }
        routes.get("/api/v1/router-backups/:id/difference", .networkRead, BackupWords.apiDifference) {
            (visit, id: RouterBackup.ID) in
            try await difference(to: id, visit)
        }
        routes.file("/api/v1/router-backups/:id/file", .networkBackups, BackupWords.apiFile, as: .text) {
            (visit, id: RouterBackup.ID) in
            try await backups.file(id, for: visit)
        }
    }

    private static func list(of id: Router.ID, _ visit: Visit) async throws -> BackupList? {
        guard try await visit.database.router(id) != nil else { return nil }
        return BackupList(
            router: id, state: try await visit.database.backupStates()[id] ?? BackupState(),
            backups: try await visit.database.backups(of: id, limit: 1000))
    }

    private func difference(to id: RouterBackup.ID, _ visit: Visit) async throws -> BackupDifference? {
        guard let new = try await visit.database.backup(id) else { return nil }
        guard let old = try await visit.database.backup(new.number - 1, of: new.router) else {
            return BackupDifference(old: nil, new: new, sections: [])
        }
        let difference = try await backups.difference(from: old, to: new, in: visit.database)
        return BackupDifference(old: old.number, new: new, sections: difference.sections)
    }
}

private struct BackupList: Resource {
    let router: Router.ID
    let state: BackupState
    let backups: [RouterBackup]

    static let schema = Schema.object(
        "RouterBackups",
        [
            .required("seen_at", Schema.text.orNull, BackupWords.apiSeen),
            .required("late", .flag, BackupWords.apiLate), .required("trouble", .text, BackupWords.apiTrouble),
            .required(
                "items",
                .list(
                    of: .object(
                        "RouterBackup",
                        [
                            .required("id", .id, BackupWords.apiID),
                            .required("number", .integer(1...Int.max), BackupWords.apiNumber),
                            .required("taken_at", .text, BackupWords.apiTaken),
                            .required(
                                "reason", .words(RouterBackup.Reason.allCases.map(\.rawValue)), BackupWords.apiReason),
                            .required("bytes", .integer(0...Int.max), BackupWords.apiBytes),
                            .required("has_secrets", .flag, BackupWords.apiSecrets),
                            .required("changes", .integer(0...Int.max), BackupWords.apiChanges),
                        ])), BackupWords.apiVersions),
        ])

    var path: String { "/api/v1/routers/\(router)/backups" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("seen_at", state.seenAt?.rfc3339)
            json.member("late", state.alarmedAt != nil)
            json.member("trouble", state.trouble)
            json.array("items") { json in
                for backup in backups {
                    json.object { json in
                        json.member("id", backup.id.description)
                        json.member("number", backup.number)
                        json.member("taken_at", backup.takenAt.rfc3339)
                        json.member("reason", backup.reason.rawValue)
                        json.member("bytes", backup.bytes)
                        json.member("has_secrets", backup.hasSecrets)
                        json.member("changes", backup.changes)
                    }
                }
            }
        }
    }
}

private struct BackupDifference: Resource {
    let old: Int?
    let new: RouterBackup
    let sections: [ConfigurationDifference.Section]

    static let schema = Schema.object(
        "BackupDifference",
        [
            .required("from", Schema.integer(1...Int.max).orNull, BackupWords.apiFrom),
            .required("to", .integer(1...Int.max), BackupWords.apiTo),
            .required(
                "changes",
                .list(
                    of: .object(
                        "BackupChange",
                        [
                            .required("menu", .text, BackupWords.apiMenu),
                            .required(
                                "change", .words(["added", "removed", "changed", "reordered"]), BackupWords.apiChange),
                            .required("old", .text, BackupWords.apiOld), .required("new", .text, BackupWords.apiNew),
                        ])), BackupWords.apiChanges),
        ])

    var path: String { "/api/v1/router-backups/\(new.id)/difference" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("from", old)
            json.member("to", new.number)
            json.array("changes") { json in
                for section in sections {
                    for change in section.changes {
                        let (word, old, new) = change.parts
                        json.object { json in
                            json.member("menu", section.menu)
                            json.member("change", word)
                            json.member("old", old)
                            json.member("new", new)
                        }
                    }
                }
            }
        }
    }
}

extension ConfigurationDifference.Change {
    fileprivate var parts: (word: String, old: String, new: String) {
        switch self {
        case .added(let text): ("added", "", text)
        case .removed(let text): ("removed", text, "")
        case .changed(let name, let from, let to): ("changed", "\(name) \(from)", "\(name) \(to)")
        case .reordered: ("reordered", "", "")
        }
    }
}
