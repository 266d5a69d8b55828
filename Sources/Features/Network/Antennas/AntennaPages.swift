import Access
import Fleet
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Tickets
import Time

/// The antennas, with how their agents stand above them.
struct AntennasPage: View {
    let totals: [FindingTotal]
    let missing: Int
    let list: ListPage<Antenna>
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        ul(.class("tiles"), .aria("label", AntennaWords.agent.text(for: reader))) {
            Tile(
                AntennaWords.missing.text(for: reader), missing.text(for: reader),
                path: "\(FleetGapInList.path)?kind=missing")
            for finding in Antenna.Finding.allCases {
                if let total = totals.first(where: { $0.finding == finding }) {
                    Tile(
                        finding.text(for: reader), total.count.text(for: reader),
                        path: "\(Antenna.path)?finding=\(finding.rawValue)")
                }
            }
        }
        list
    }
}

/// A job: how its lines stand, what may be done with it, and a line for each antenna.
struct AntennaJobPage: View {
    static let most = 1000

    let job: AntennaJob
    let totals: [LineTotal]
    let lines: [AntennaLine]
    let visit: Visit

    private var reader: Reader { visit.reader }

    private func count(_ state: AntennaLine.State) -> Int { totals.first { $0.state == state }?.count ?? 0 }

    var body: Markup {
        Crumb(AntennaJobInList.list, visit: visit)
        PageHeading(AntennaWords.job.text(for: reader, .text("number", "\(job.number)")))
        p(.class("subject")) {
            StateMark(job.state, for: reader)
            " \(job.kind.text(for: reader)) · \(job.scope.text(for: reader))"
        }
        dl(.class("facts card")) {
            fact(.author, job.author)
            fact(.made, moment(job.madeAt))
            for state in AntennaLine.State.allCases where count(state) > 0 {
                div {
                    dt { state.text(for: reader) }
                    dd { count(state).text(for: reader) }
                }
            }
        }
        if job.state == .examined {
            p(.class("notice")) { AntennaWords.examinedText.text(for: reader, .number("planned", count(.planned))) }
        } else if job.state == .stopped {
            p(.class("notice")) { AntennaWords.nothingPlanned.text(for: reader) }
        }
        bar
        if !lines.isEmpty { table }
    }

    private var bar: Markup {
        let (mayManage, hasFailed) = (visit.mayAct(with: .antennasManage), count(.failed) > 0)
        let isAtRest = !job.state.isUnderWay
        return nav(.class("acts service-acts"), .aria("label", AntennaWords.acts.text(for: reader))) {
            if mayManage, job.state == .examined || job.state == .stopped {
                act("work", job.kind == .reboot ? .applyReboot : .apply, isFirst: true)
            }
            if mayManage, job.state.isUnderWay { act("stop", .stop) }
            if mayManage, isAtRest, hasFailed { act("retry", .retry) }
            if mayManage, isAtRest, lines.contains(where: { $0.state == .failed && $0.trouble == .keyChanged }) {
                act("keys", .acceptKeys)
            }
            if visit.mayAct(with: .ticketsWork), isAtRest,
                lines.contains(where: { $0.state == .failed && $0.ticket == nil && $0.trouble.needsVisit })
            {
                act("tickets", .openTickets)
            }
        }
    }

    private func act(_ segment: String, _ words: AntennaWords, isFirst: Bool = false) -> Markup {
        form(.class("inline"), .method(.post), .action("\(job.panelPath)/\(segment)")) {
            button(.type("submit"), .when(isFirst, .class("primary"))) { words.text(for: reader) }
        }
    }

    private var table: Markup {
        let title = AntennaWords.lines.text(for: reader)
        return .group([
            lines.count < Self.most
                ? .nothing
                : p(.class("hint")) { AntennaWords.moreLines.text(for: reader, .number("most", Self.most)) },
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                HTML.table {
                    caption { title }
                    thead {
                        tr {
                            for words in [AntennaWords.name, .what, .finding, .triedAt] {
                                th(.scope("col")) { words.text(for: reader) }
                            }
                        }
                    }
                    tbody { for line in lines { AntennaLineRow(line: line, visit: visit) } }
                }
            },
        ])
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: AntennaWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

private struct AntennaLineRow: View {
    let line: AntennaLine
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        tr {
            td(.class("name")) {
                line.name
                " "
                small { "\(line.mac) · \(line.address)" }
            }
            td {
                StateMark(line.state, for: reader)
                if line.trouble != .none { " \(line.trouble.text(for: reader))" }
                if !line.detail.isEmpty { " (\(line.detail))" }
                if let ticket = line.ticket {
                    " "
                    a(.href("\(Ticket.path)/\(ticket)")) { AntennaWords.ticket.text(for: reader) }
                }
            }
            td {
                if line.finding != .unknown { line.finding.text(for: reader) }
                if let before = line.childBefore, let after = line.childAfter {
                    p(.class("hint")) {
                        AntennaWords.processes.text(
                            for: reader, .text("before", "\(before)"), .text("after", "\(after)"),
                            .text("parent", line.parent.map { "\($0)" } ?? "–"))
                    }
                }
                if !line.commands.isEmpty {
                    details {
                        summary { AntennaWords.details.text(for: reader) }
                        for command in line.commands { p { code { command } } }
                    }
                }
            }
            td {
                if let triedAt = line.triedAt { triedAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            }
        }
    }
}
