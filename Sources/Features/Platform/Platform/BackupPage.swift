import Declarations
import HTML
import Locale
import Panel
import Time

struct BackupPage: View {
    let standing: BackupStanding
    let runs: [BackupRun]
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        h1 { BackupWords.title.text(for: reader) }
        p(.class("lead")) { BackupWords.intro.text(for: reader) }
        if let alarm = standing.alarm(at: visit.now) {
            p(.class("notice notice-warn"), .role("status")) { words(alarm).text(for: reader) }
        }
        Facts(facts: facts(reader))
        if runs.isEmpty {
            p(.class("hint")) { BackupWords.how.text(for: reader) }
        } else {
            ConsoleTable(
                label: BackupWords.runs.text(for: reader),
                headings: [BackupWords.ended, .what, .outcome, .size, .took].map { $0.text(for: reader) },
                rows: runs.map { row($0, reader) })
        }
    }

    private func facts(_ reader: Reader) -> [(name: String, value: String)] {
        let none = PlatformWords.none.text(for: reader)
        let good = standing.lastGood
        let drill = standing.lastDrill
        return [
            (BackupWords.lastBackup.text(for: reader), good.map { visit.text($0.endedAt) } ?? none),
            (BackupWords.size.text(for: reader), good?.bytes.map { size($0, reader) } ?? none),
            (BackupWords.lastDrill.text(for: reader), drill.map { visit.text($0.endedAt) } ?? none),
            (BackupWords.restoredIn.text(for: reader), drill.map { seconds($0.took, reader) } ?? none),
            (BackupWords.lost.text(for: reader), drill?.lost.map { seconds($0, reader) } ?? none),
        ]
    }

    private func row(_ run: BackupRun, _ reader: Reader) -> Markup {
        tr {
            td { visit.text(run.endedAt) }
            td { (run.kind == .backup ? BackupWords.backup : .drill).text(for: reader) }
            td {
                StateMark(
                    isGood: run.faults.isEmpty,
                    text: (run.faults.isEmpty ? BackupWords.worked : .failed).text(for: reader))
                if !run.faults.isEmpty {
                    ul { for fault in run.faults { li { fault } } }
                }
            }
            td { run.bytes.map { size($0, reader) } ?? "" }
            td { seconds(run.took, reader) }
        }
    }

    private func words(_ alarm: BackupStanding.Alarm) -> BackupWords {
        switch alarm {
        case .never: .never
        case .old: .old
        case .failed: .lastFailed
        case .drillFailed: .drillFailed
        }
    }

    private func size(_ bytes: Int64, _ reader: Reader) -> String {
        "\(Int((bytes + (1 << 20) - 1) >> 20).text(for: reader)) MiB"
    }

    private func seconds(_ seconds: Int64, _ reader: Reader) -> String {
        seconds < 120
            ? "\(Int(seconds).text(for: reader)) s" : "\(Int((seconds + 30) / 60).text(for: reader)) min"
    }
}
