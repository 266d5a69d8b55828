import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import RouterScripts
import Routers
import Tenancy
import Time

/// A table that scrolls sideways in a narrow window.
private struct Sheet: View {
    let title: String
    let heads: [String]
    let rows: [Markup]

    var body: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead { tr { for head in heads { th(.scope("col")) { head } } } }
                tbody { for row in rows { row } }
            }
        }
    }
}

struct BackupsPage: View {
    let routers: [Router]
    let states: [Router.ID: BackupState]
    let form: NounForm<BackupRules>
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(BackupWords.backups.text(for: reader))
        p(.class("hint lead")) { BackupWords.intro.text(for: reader) }
        if routers.isEmpty {
            EmptyState(.versions, BackupWords.noRouters.text(for: reader))
        } else {
            Sheet(
                title: BackupWords.backups.text(for: reader),
                heads: [BackupWords.router, .last, .versions, .state].map { $0.text(for: reader) },
                rows: routers.map { row(of: $0, states[$0.id] ?? BackupState()) })
        }
        if visit.mayAct(with: .networkManage) {
            h2 { BackupWords.rules.text(for: reader) }
            HTML.form(.class("card form"), .method(.post), .action("\(BackupRoutes.path)/rules")) {
                FormHead(form.faults, revision: form.revision, visit: visit)
                NounFields(form, isNew: false, for: reader)
                div(.class("form-acts")) {
                    button(.type("submit"), .class("primary")) { BackupWords.save.text(for: reader) }
                }
            }
        }
    }

    private func row(of router: Router, _ state: BackupState) -> Markup {
        tr {
            td(.class("name")) { a(.href(BackupRoutes.path(of: router.id))) { router.name } }
            td {
                state.seenAt.map { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
                    ?? BackupWords.never.text(for: reader)
            }
            td { state.versions.text(for: reader) }
            td { BackupStanding(state: state, reader: reader) }
        }
    }
}

private struct BackupStanding: View {
    let state: BackupState
    let reader: Reader

    var body: Markup {
        if state.alarmedAt != nil {
            span(.class("state"), .data("tone", Tone.bad.rawValue)) { BackupWords.late.text(for: reader) }
        } else if !state.trouble.isEmpty {
            span(.class("state"), .data("tone", Tone.warning.rawValue)) {
                BackupWords.trouble.text(for: reader, .text("reason", state.trouble))
            }
        } else if state.seenAt != nil {
            span(.class("state"), .data("tone", Tone.good.rawValue)) { BackupWords.ok.text(for: reader) }
        } else {
            span(.class("hint")) { BackupWords.never.text(for: reader) }
        }
    }
}

struct RouterBackupsPage: View {
    let router: Router
    let state: BackupState
    let backups: [RouterBackup]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        PageHeading(BackupWords.back.text(for: reader, .name(router.name))) {
            if visit.mayAct(with: .networkOperate) {
                form(.class("inline"), .method(.post), .action(BackupRoutes.path(of: router.id))) {
                    button(.type("submit")) { BackupWords.backUpNow.text(for: reader) }
                }
            }
        }
        p(.class("subject")) { BackupStanding(state: state, reader: reader) }
        if backups.isEmpty {
            EmptyState(.versions, BackupWords.none.text(for: reader))
        } else {
            if backups.count > 1 { comparison }
            Sheet(
                title: BackupWords.versions.text(for: reader),
                heads: [BackupWords.number, .taken, .why, .changes, .size, .secrets, .download].map {
                    $0.text(for: reader)
                },
                rows: backups.map(row))
        }
    }

    private var comparison: Markup {
        form(.class("filter"), .method(.get), .action("\(BackupRoutes.path(of: router.id))/difference")) {
            choice(.from, "from", chosen: backups[1].number)
            choice(.to, "to", chosen: backups[0].number)
            button(.type("submit")) { BackupWords.compare.text(for: reader) }
        }
    }

    private func choice(_ words: BackupWords, _ name: String, chosen: Int) -> Markup {
        FormField(words.text(for: reader), name: name) { wiring in
            select(wiring) {
                for backup in backups {
                    option(.value("\(backup.number)"), .selected(backup.number == chosen)) {
                        "\(backup.number) · \(moment(backup.takenAt))"
                    }
                }
            }
        }.body
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func row(of backup: RouterBackup) -> Markup {
        tr {
            td(.class("name")) { backup.number.text(for: reader) }
            td { moment(backup.takenAt) }
            td { backup.reason.text(for: reader) }
            td { changes(of: backup) }
            td { "\(max(1, backup.bytes / 1024).text(for: reader)) KB" }
            td { (backup.hasSecrets ? BackupWords.withSecrets : .withoutSecrets).text(for: reader) }
            td {
                if visit.mayAct(with: .networkBackups) {
                    a(.href("\(BackupRoutes.path)/\(backup.id)/file")) { BackupWords.download.text(for: reader) }
                }
            }
        }
    }

    @MarkupBuilder private func changes(of backup: RouterBackup) -> Markup {
        if backups.contains(where: { $0.number == backup.number - 1 }) {
            a(.href("\(BackupRoutes.path(of: router.id))/difference?from=\(backup.number - 1)&to=\(backup.number)")) {
                "\(BackupWords.difference.text(for: reader)) (\(backup.changes.text(for: reader)))"
            }
        } else {
            span(.class("hint")) { BackupWords.first.text(for: reader) }
        }
    }
}

struct BackupDifferencePage: View {
    let router: Router
    let old: RouterBackup
    let new: RouterBackup
    let difference: ConfigurationDifference
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(BackupWords.back.text(for: reader, .name(router.name)), path: BackupRoutes.path(of: router.id))
        h1 {
            "\(BackupWords.difference.text(for: reader)) \(old.number.text(for: reader)) → \(new.number.text(for: reader))"
        }
        p(.class("hint lead")) { "\(moment(old.takenAt)) → \(moment(new.takenAt))" }
        if difference.isEmpty { EmptyState(.check, BackupWords.same.text(for: reader)) }
        for section in difference.sections {
            h2 { "/" + section.menu.split(separator: "/").joined(separator: " ") }
            HTML.section(.class("card"), .aria("label", section.menu)) {
                for change in section.changes { line(of: change) }
            }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    @MarkupBuilder private func line(of change: ConfigurationDifference.Change) -> Markup {
        switch change {
        case .added(let text): line(.added, .good, "", text)
        case .removed(let text): line(.removed, .bad, "", text)
        case .changed(let name, let from, let to):
            let lines = [from.isEmpty ? nil : "− \(from)", to.isEmpty ? nil : "+ \(to)"]
            line(.changed, .warning, name, lines.compactMap(\.self).joined(separator: "\n"))
        case .reordered: line(.reordered, .warning, "", "")
        }
    }

    @MarkupBuilder private func line(_ words: BackupWords, _ tone: Tone, _ name: String, _ text: String) -> Markup {
        p {
            span(.class("state"), .data("tone", tone.rawValue)) { words.text(for: reader) }
            if !name.isEmpty { " \(name)" }
        }
        if !text.isEmpty { pre(.class("sent"), .tabindex(0)) { code { text } } }
    }
}
