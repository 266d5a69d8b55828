import Access
import Channels
import Declarations
import HTML
import Locale
import Notices
import Nouns
import Panel
import Tenancy
import Time

/// A campaign: what it says and to whom; before it begins what it would do, and afterwards what became of it.
struct CampaignPage: View {
    let campaign: Campaign
    /// Of its zone and its plan.
    let names: [CampaignWords: String]
    let forecast: CampaignForecast?
    let fates: [(fate: CampaignRecipient.Fate, count: Int)]
    let failures: [CampaignFailure]
    /// It paused by itself.
    let isFailing: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(Campaign.list, visit: visit)
        PageHeading(campaign.title)
        p(.class("subject")) {
            StateMark(campaign.state, for: reader)
            " \(campaign.purpose.text(for: reader))"
        }
        if visit.mayAct(with: .campaignsManage) { acts }
        if let forecast { prospect(forecast) } else { results }
        facts
    }

    private var acts: Markup {
        div(.class("acts service-acts")) {
            switch campaign.state {
            case .draft:
                a(.class("button primary"), .href("\(campaign.panelPath)/start"), .data("dialog", "")) {
                    CampaignWords.start.text(for: reader)
                }
                a(.class("button"), .href("\(campaign.panelPath)/edit")) { CampaignWords.edit.text(for: reader) }
            case .running:
                act("pause", .pause)
                stop
            case .paused:
                act("continue", .goOn)
                stop
            case .finished, .stopped: Markup.group([])
            }
        }
    }

    private func act(_ path: String, _ words: CampaignWords) -> Markup {
        form(.class("inline"), .method(.post), .action("\(campaign.panelPath)/\(path)")) {
            button(.type("submit")) { words.text(for: reader) }
        }
    }

    private var stop: Markup {
        a(.class("button danger"), .href("\(campaign.panelPath)/stop"), .data("dialog", "")) {
            CampaignWords.stop.text(for: reader)
        }
    }

    // MARK: - Before

    @MarkupBuilder private func prospect(_ forecast: CampaignForecast) -> Markup {
        for warning in forecast.warnings(of: campaign) {
            p(.class("notice notice-warn")) { warning.text(for: reader, .count(forecast.unreached)) }
        }
        section(.class("card"), .aria("label", CampaignWords.forecast.text(for: reader))) {
            h2 { CampaignWords.forecast.text(for: reader) }
            dl(.class("facts")) {
                fact(.written, forecast.written.text(for: reader))
                if forecast.count.optedOut > 0 { fact(.optedOut, forecast.count.optedOut.text(for: reader)) }
                for carrier in visit.catalogue.noticeCarriers {
                    if let count = forecast.channels[carrier.name] {
                        line(carrier.words.text(for: reader), count.text(for: reader))
                    }
                }
                if forecast.unreached > 0 { fact(.unreached, forecast.unreached.text(for: reader)) }
                fact(.cost, cost(forecast))
                fact(.lasts, duration(forecast.written))
            }
            if forecast.isPartial {
                p(.class("hint")) {
                    CampaignWords.partial.text(for: reader, .number("number", CampaignForecast.mostCounted))
                }
            }
        }
        section(.class("card"), .aria("label", CampaignWords.preview.text(for: reader))) {
            h2 { CampaignWords.preview.text(for: reader) }
            if forecast.samples.isEmpty {
                p(.class("hint")) { CampaignRefusal.nobody.text(for: reader) }
            }
            for sample in forecast.samples {
                h3 { "\(sample.customer) · \(sample.subject)" }
                for line in sample.text.split(separator: "\n") { p { String(line) } }
            }
        }
    }

    private func cost(_ forecast: CampaignForecast) -> String {
        guard forecast.templates > 0 else { return CampaignWords.free.text(for: reader) }
        return CampaignWords.costOf.text(
            for: reader, .number("number", forecast.templates),
            .text("template", forecast.outlook.template ?? ""),
            .text("price", forecast.outlook.price.exactText(for: reader)),
            .text("sum", forecast.cost.exactText(for: reader)))
    }

    private func duration(_ customers: Int) -> String {
        let (batch, pause) = campaign.pace
        let turns = max(0, (customers + batch - 1) / batch - 1)
        let (minutes, isTooMuch) = turns.multipliedReportingOverflow(by: Int(pause.components.seconds / 60))
        if isTooMuch || minutes >= 120 {
            return CampaignWords.hours.text(for: reader, .count(max(2, minutes / 60)))
        }
        return CampaignWords.minutes.text(for: reader, .count(max(1, minutes)))
    }

    // MARK: - After

    @MarkupBuilder private var results: Markup {
        if isFailing {
            p(.class("notice notice-warn")) {
                CampaignWords.failing.text(for: reader, .number("number", Campaign.mostFailures))
            }
        }
        section(.class("card"), .aria("label", CampaignWords.results.text(for: reader))) {
            h2 { CampaignWords.results.text(for: reader) }
            dl(.class("facts")) {
                for (fate, count) in ordered {
                    div {
                        dt { StateMark(fate, for: reader) }
                        dd {
                            a(.href("\(campaign.recipientsPath)?fate=\(fate.rawValue)")) { count.text(for: reader) }
                        }
                    }
                }
            }
            if !causes.isEmpty {
                h3 { CampaignWords.causes.text(for: reader) }
                dl(.class("facts")) { for (cause, count) in causes { line(cause, count.text(for: reader)) } }
            }
            p {
                a(.href(campaign.recipientsPath)) {
                    CampaignWords.allRecipients.text(for: reader, .count(campaign.recipients))
                }
            }
        }
    }

    /// In words; codes that say the same count together.
    private var causes: [(String, Int)] {
        var counts: [String: Int] = [:]
        for failure in failures {
            counts[visit.catalogue.failure(failure.code, by: failure.channel, for: reader), default: 0] += failure.count
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// By how far they came.
    private var ordered: [(CampaignRecipient.Fate, Int)] {
        CampaignRecipient.Fate.allCases.compactMap { fate in
            fates.first { $0.fate == fate }.map { (fate, $0.count) }
        }
    }

    private var facts: Markup {
        dl(.class("facts card")) {
            fact(.subject, campaign.subject)
            div {
                dt { CampaignWords.text.text(for: reader) }
                dd { for line in campaign.text.split(separator: "\n") { p { String(line) } } }
            }
            if let zone = names[.zone] { fact(.zone, zone) }
            if let plan = names[.plan] { fact(.plan, plan) }
            fact(.standing, campaign.standing.text(for: reader))
            fact(.debt, campaign.debt.text(for: reader))
            if campaign.purpose == .announcement { fact(.reach, campaign.reach.text(for: reader)) }
            fact(.perHour, campaign.perHour.text(for: reader))
            fact(.author, campaign.author)
            if let startedAt = campaign.startedAt { fact(.started, moment(startedAt)) }
            if let nextAt = campaign.nextAt, nextAt > visit.now { fact(.next, moment(nextAt)) }
            if let endedAt = campaign.endedAt { fact(.ended, moment(endedAt)) }
        }
    }

    private func fact(_ words: CampaignWords, _ text: String) -> Markup { line(words.text(for: reader), text) }

    private func line(_ name: String, _ text: String) -> Markup {
        div {
            dt { name }
            dd { text }
        }
    }

    private func moment(_ instant: Instant) -> String {
        instant.text(.short, in: visit.tenant.timeZone, for: reader)
    }
}
