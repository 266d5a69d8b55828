import Access
import Declarations
import HTML
import Identifiers
import Locale
import Monitoring
import Notices
import Nouns
import Panel
import Routers
import Tenancy
import Time
import Topology
import Zones

/// An incident: since when, whom it affects, what they were told and credited.
struct IncidentPage: View {
    let incident: Incident
    /// What polls show of its device; nil where it has none.
    let standing: DeviceState.Standing?
    let site: Site?
    let zone: String?
    let affected: [AffectedRow]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var isOver: Bool { incident.state == .resolved }

    var body: Markup {
        Crumb(Incident.list, visit: visit)
        PageHeading(incident.title)
        p(.class("subject")) {
            StateMark(incident.state, for: reader)
            " \(IncidentWords.all.text(for: reader, .count(incident.customers)))"
        }
        if incident.isQuiet, !isOver { p(.class("notice")) { IncidentWords.quiet.text(for: reader) } }
        if !isOver, standing == .unknown { p(.class("notice")) { IncidentWords.unseen.text(for: reader) } }
        if !isOver, standing == .down { p(.class("hint")) { IncidentWords.endsByItself.text(for: reader) } }
        if let whole = incident.partOf {
            p(.class("notice")) {
                a(.href("\(Incident.path)/\(whole)")) { IncidentWords.partOf.text(for: reader) }
            }
        }
        if !isOver, visit.mayAct(with: .networkOperate) { acts }
        if incident.isMistake { p(.class("notice")) { IncidentWords.wasMistake.text(for: reader) } }
        facts
        affectedCard
    }

    private var acts: Markup {
        div(.class("acts service-acts")) {
            if incident.state == .open {
                form(.class("inline"), .method(.post), .action("\(incident.panelPath)/acknowledgement")) {
                    button(.type("submit")) { IncidentWords.acknowledge.text(for: reader) }
                }
            }
            if incident.cause != .device {
                a(.class("button danger"), .href("\(incident.panelPath)/mistake"), .data("dialog", "")) {
                    IncidentWords.mistake.text(for: reader)
                }
            }
            a(.class("button"), .href("\(incident.panelPath)/news")) { IncidentWords.tell.text(for: reader) }
            if standing != .down {
                a(.class("button"), .href("\(incident.panelPath)/resolution"), .data("dialog", "")) {
                    IncidentWords.resolve.text(for: reader)
                }
            }
        }
    }

    private var facts: Markup {
        dl(.class("facts card")) {
            fact(.cause, incident.cause.text(for: reader))
            fact(.started, visit.moment(incident.startedAt))
            if let resolvedAt = incident.resolvedAt { fact(.resolvedAt, visit.moment(resolvedAt)) }
            fact(
                .lasted,
                incident.duration(at: visit.now, for: reader)
                    + (isOver ? "" : " (\(IncidentWords.goesOn.text(for: reader)))"))
            if !isOver {
                fact(.expected, incident.expectedAt.map(visit.moment) ?? IncidentWords.etaUnknown.text(for: reader))
            }
            if let site {
                div {
                    dt { IncidentWords.site.text(for: reader) }
                    dd { a(.href(site.panelPath)) { site.name } }
                }
            }
            if let zone { fact(.zone, zone) }
            fact(.openedBy, incident.author)
            if let moment = incident.acknowledgedAt {
                fact(.acknowledgedBy, "\(incident.acknowledger) · \(visit.moment(moment))")
            }
            if isOver { fact(.resolvedBy, incident.resolver) }
            if !incident.note.isEmpty { fact(.note, incident.note) }
        }
    }

    private func fact(_ words: IncidentWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }

    private var affectedCard: Markup {
        section(.class("card"), .aria("label", IncidentWords.affectedList.text(for: reader))) {
            h2 { IncidentWords.affectedList.text(for: reader) }
            if affected.isEmpty {
                p(.class("hint")) { IncidentWords.nowhere.text(for: reader) }
            } else {
                if incident.customers > affected.count {
                    p(.class("hint")) {
                        IncidentWords.moreAffected.text(for: reader, .number("number", affected.count))
                    }
                }
                ul(.class("plain lines")) { for row in affected { line(row) } }
            }
        }
    }

    private func line(_ row: AffectedRow) -> Markup {
        var said: [String] = []
        if row.notice == .failed, let failure = row.failure {
            said.append(visit.catalogue.failure(failure, by: row.channel, for: reader))
        } else if row.notice == nil, row.telling != nil {
            said.append(IncidentWords.tellingSpaced.text(for: reader))
        }
        if let minutes = row.minutes, minutes > 0 {
            said.append(IncidentWords.durationMinutes.text(for: reader, .number("number", minutes)))
        }
        if let credit = row.credit {
            let amount = Money(minor: credit, visit.tenant.currency).exactText(for: reader)
            said.append("\(IncidentWords.credit.text(for: reader)): \(amount)")
        }
        let text = said.joined(separator: " · ")
        return li {
            a(.href("/panel/customers/\(row.customer)")) { "\(row.name) (\(row.number))" }
            span {
                if let notice = row.notice { StateMark(notice, for: reader) }
                " \(text)"
            }
        }
    }
}

/// The announced maintenance that is not over.
struct MaintenancesPage: View {
    let maintenances: [Maintenance]
    let names: [UUID: String]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(Incident.list, visit: visit)
        PageHeading(IncidentWords.maintenances.text(for: reader)) {
            if visit.mayAct(with: .networkOperate) {
                NewLink(IncidentWords.announce.text(for: reader), path: "\(Maintenance.path)/new")
            }
        }
        p(.class("hint lead")) { IncidentWords.maintenanceIntro.text(for: reader) }
        if maintenances.isEmpty {
            EmptyState(.calendar, IncidentWords.noMaintenance.text(for: reader), act: nil)
        } else {
            for maintenance in maintenances { card(maintenance) }
        }
    }

    private func card(_ maintenance: Maintenance) -> Markup {
        let place = (maintenance.site?.uuid ?? maintenance.zone?.uuid).flatMap { names[$0] }
        return section(.class("card"), .aria("label", maintenance.title)) {
            h2 { maintenance.title }
            if maintenance.isActive(at: visit.now) {
                p {
                    span(.class("state"), .data("tone", Tone.warning.rawValue)) {
                        IncidentWords.underWay.text(for: reader)
                    }
                }
            }
            dl(.class("facts")) {
                fact(.from, visit.moment(maintenance.startsAt))
                fact(.until, visit.moment(maintenance.endsAt))
                fact(.scope, place ?? IncidentWords.wholeNetwork.text(for: reader))
                if !maintenance.note.isEmpty { fact(.note, maintenance.note) }
            }
            if visit.mayAct(with: .networkOperate) {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(maintenance.panelPath)/cancel"), .data("dialog", "")) {
                        IncidentWords.cancel.text(for: reader)
                    }
                }
            }
        }
    }

    private func fact(_ words: IncidentWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

extension Visit {
    func moment(_ instant: Instant) -> String { instant.text(.short, in: tenant.timeZone, for: reader) }
}
