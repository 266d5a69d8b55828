import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Routers
import Tenancy
import Time

extension [RouterFinding] {
    fileprivate func standing(_ standing: RouterFinding.Standing) -> [RouterFinding] {
        filter { $0.standing == standing }.sorted {
            ($0.rule.severity, $0.rule.rawValue) < ($1.rule.severity, $1.rule.rawValue)
        }
    }

    /// Out of a hundred.
    var score: Int { Audit.score(standing(.open).map(\.rule)) }
}

/// A score as number, word and colour.
private struct ScoreMark: View {
    let score: Int?
    let reader: Reader

    var body: Markup {
        if let score {
            let tone: Tone = score >= 90 ? .good : score >= 60 ? .warning : .bad
            span(.class("state"), .data("tone", tone.rawValue)) {
                "\(score.text(for: reader)) / \(100.text(for: reader))"
            }
        } else {
            span(.class("hint")) { AuditorWords.never.text(for: reader) }
        }
    }
}

/// The company's routers, worst first.
struct AuditorPage: View {
    let routers: [Router]
    let audits: [Router.ID: RouterAudit]
    let findings: [RouterFinding]
    let visit: Visit

    private var reader: Reader { visit.reader }

    private struct Line {
        let router: Router
        let audit: RouterAudit?
        let findings: [RouterFinding]

        var score: Int? { audit?.auditedAt == nil ? nil : findings.score }
    }

    private var lines: [Line] {
        let byRouter = Dictionary(grouping: findings, by: \.router)
        return routers.map { Line(router: $0, audit: audits[$0.id], findings: byRouter[$0.id] ?? []) }
            .sorted { ($0.score ?? 101) < ($1.score ?? 101) }
    }

    var body: Markup {
        PageHeading(AuditorWords.auditor.text(for: reader))
        p(.class("hint lead")) { AuditorWords.intro.text(for: reader) }
        if routers.isEmpty {
            EmptyState(
                .domains, AuditorWords.noRouters.text(for: reader),
                act: (AuditorWords.newRouter.text(for: reader), "\(Router.path)/new"))
        } else {
            let lines = lines
            let scores = lines.compactMap(\.score)
            if !scores.isEmpty {
                p(.class("subject")) {
                    AuditorWords.company.text(for: reader)
                    " "
                    ScoreMark(score: scores.reduce(0, +) / scores.count, reader: reader)
                }
            }
            table(of: lines)
            worst
        }
    }

    private func table(of lines: [Line]) -> Markup {
        let title = AuditorWords.score.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [AuditorWords.router, .score, .findings, .upgrade, .audited] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for line in lines { row(of: line) } }
            }
        }
    }

    private func row(of line: Line) -> Markup {
        tr {
            td(.class("name")) { a(.href(AuditRoutes.path(of: line.router.id))) { line.router.name } }
            td { ScoreMark(score: line.score, reader: reader) }
            td { line.findings.filter { $0.standing == .open }.count.text(for: reader) }
            td { if let audit = line.audit, audit.auditedAt != nil { StateMark(audit.verdict, for: reader) } }
            td {
                line.audit?.auditedAt.map { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
                    ?? AuditorWords.never.text(for: reader)
            }
        }
    }

    private func row(of finding: RouterFinding) -> Markup {
        tr {
            td { StateMark(finding.rule.severity, for: reader) }
            td(.class("name")) {
                a(.href("\(AuditRoutes.path(of: finding.router))#\(finding.id)")) {
                    finding.rule.title.text(for: reader)
                }
            }
            td { finding.subject }
            td { finding.routerName }
        }
    }

    @MarkupBuilder private var worst: Markup {
        let open = findings.standing(.open)
        h2 { AuditorWords.findings.text(for: reader) }
        if open.isEmpty {
            EmptyState(.check, AuditorWords.none.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", AuditorWords.findings.text(for: reader)))
            {
                HTML.table {
                    caption { AuditorWords.findings.text(for: reader) }
                    thead {
                        tr {
                            for words in [AuditorWords.severity, .finding, .thing, .router] {
                                th(.scope("col")) { words.text(for: reader) }
                            }
                        }
                    }
                    tbody { for finding in open { row(of: finding) } }
                }
            }
        }
    }
}

/// One router's score and findings, with what to do.
struct RouterAuditPage: View {
    let router: Router
    let audit: RouterAudit?
    let findings: [RouterFinding]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        PageHeading("\(AuditorWords.auditor.text(for: reader)) · \(router.name)") {
            if visit.mayAct(with: .networkOperate) {
                form(.class("inline"), .method(.post), .action(AuditRoutes.path(of: router.id))) {
                    button(.type("submit")) { AuditorWords.auditNow.text(for: reader) }
                }
            }
        }
        AuditSummary(audit: audit, findings: findings, visit: visit)
        part(.openOnes, findings.standing(.open))
        part(.ignoredOnes, findings.standing(.ignored))
        part(.fixedOnes, findings.standing(.fixed))
        if findings.isEmpty, audit?.auditedAt != nil { EmptyState(.check, AuditorWords.clean.text(for: reader)) }
    }

    @MarkupBuilder private func part(_ words: AuditorWords, _ part: [RouterFinding]) -> Markup {
        if !part.isEmpty {
            h2 { "\(words.text(for: reader)) (\(part.count.text(for: reader)))" }
            for finding in part { FindingCard(finding: finding, visit: visit) }
        }
    }
}

private struct AuditSummary: View {
    let audit: RouterAudit?
    let findings: [RouterFinding]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        dl(.class("facts card")) {
            fact(.score, ScoreMark(score: audit?.auditedAt == nil ? nil : findings.score, reader: reader).body)
            if let audit, let at = audit.auditedAt {
                fact(.audited, .text(at.text(.short, in: visit.tenant.timeZone, for: reader)))
                fact(.upgrade, StateMark(audit.verdict, for: reader).body)
            }
        }
        if let audit {
            if !audit.concerns.isEmpty {
                ul(.class("card plain lines")) {
                    for concern in audit.concerns { li { concern.message.text(for: reader) } }
                }
            }
            if !audit.trouble.isEmpty {
                p(.class("warning")) { AuditorWords.trouble.text(for: reader, .text("reason", audit.trouble)) }
            }
            if audit.unread > 0 { p(.class("hint")) { AuditorWords.unread.text(for: reader, .count(audit.unread)) } }
        }
    }

    private func fact(_ words: AuditorWords, _ value: Markup) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { value }
        }
    }
}

private struct FindingCard: View {
    let finding: RouterFinding
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = finding.rule.title.text(for: reader)
        section(.class("card"), .id("\(finding.id)"), .aria("label", "\(title) \(finding.subject)")) {
            h3 { title }
            p(.class("subject")) {
                StateMark(finding.rule.severity, for: reader)
                " \(finding.rule.rawValue)"
                if !finding.subject.isEmpty { " · \(finding.subject)" }
            }
            p { finding.text(for: reader) }
            p { "\(AuditorWords.why.text(for: reader)): \(finding.rule.reason.text(for: reader))" }
            p(.class("hint")) { times }
            if let fix = finding.fix {
                p {
                    StateMark(fix, for: reader)
                    if !note.isEmpty { " \(note)" }
                }
            }
            if finding.standing != .fixed { acts }
        }
    }

    private var note: String {
        finding.fixNote == RouterFixing.changedMeanwhile
            ? AuditorWords.changedMeanwhile.text(for: reader) : finding.fixNote
    }

    private var times: String {
        var parts = [AuditorWords.since.text(for: reader, .text("date", moment(finding.openedAt)))]
        if let fixed = finding.fixedAt {
            parts.append(AuditorWords.fixedOn.text(for: reader, .text("date", moment(fixed))))
        }
        if finding.standing == .ignored {
            parts.append(
                AuditorWords.ignoredBy.text(
                    for: reader, .name(finding.ignoredBy), .text("reason", finding.ignoredBecause)))
        }
        return parts.joined(separator: " · ")
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    @MarkupBuilder private var acts: Markup {
        details {
            summary { AuditorWords.commands.text(for: reader) }
            pre(.class("sent"), .tabindex(0)) { code { finding.commands.joined(separator: "\n") } }
            if !finding.isApplicable { p(.class("hint")) { AuditorWords.applyManual.text(for: reader) } }
        }
        if visit.mayAct(with: .networkManage) {
            div(.class("acts")) {
                if finding.standing == .ignored {
                    form(.class("inline"), .method(.post), .action("\(AuditRoutes.path(of: finding))/heed")) {
                        button(.type("submit")) { AuditorWords.heed.text(for: reader) }
                    }
                } else {
                    if finding.isApplicable { link("fix", .apply) }
                    link("ignore", .ignore)
                }
            }
        }
    }

    private func link(_ segment: String, _ words: AuditorWords) -> Markup {
        a(.class("button"), .href("\(AuditRoutes.path(of: finding))/\(segment)"), .data("dialog", "")) {
            words.text(for: reader)
        }
    }
}

/// A preview of the exact commands of a fix.
struct FixPage: View {
    let finding: RouterFinding
    /// The router is in shadow mode or paused.
    let isHeld: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(finding.routerName, path: AuditRoutes.path(of: finding.router))
        h1 { AuditorWords.applyTitle.text(for: reader) }
        p { finding.text(for: reader) }
        p { AuditorWords.applyText.text(for: reader, .name(finding.routerName)) }
        block(.commands, finding.commands)
        if finding.undo.isEmpty {
            p(.class("hint")) { AuditorWords.applyNoUndo.text(for: reader) }
        } else {
            p { AuditorWords.applyUndo.text(for: reader) }
            block(.undo, finding.undo)
        }
        if isHeld { p(.class("warning")) { AuditorWords.inShadow.text(for: reader) } }
        form(.method(.post), .action("\(AuditRoutes.path(of: finding))/fix")) {
            div(.class("form-acts")) {
                a(.class("button"), .href(AuditRoutes.path(of: finding.router))) {
                    AuditorWords.cancel.text(for: reader)
                }
                if !isHeld, finding.isApplicable, finding.standing == .open {
                    button(.type("submit"), .class("primary")) { AuditorWords.applyTitle.text(for: reader) }
                }
            }
        }
    }

    @MarkupBuilder private func block(_ words: AuditorWords, _ lines: [String]) -> Markup {
        h2 { words.text(for: reader) }
        pre(.class("card sent"), .tabindex(0)) { code { lines.joined(separator: "\n") } }
    }
}

struct IgnorePage: View {
    let finding: RouterFinding
    let fault: AuditRefusal?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(finding.routerName, path: AuditRoutes.path(of: finding.router))
        h1 { AuditorWords.ignoreTitle.text(for: reader) }
        p { finding.text(for: reader) }
        form(.class("card form"), .method(.post), .action("\(AuditRoutes.path(of: finding))/ignore")) {
            FormHead(fault.map { [FormFault(name: "reason", message: $0.message)] } ?? [], visit: visit)
            FormField(
                AuditorWords.ignoreReason.text(for: reader), name: "reason",
                hint: AuditorWords.ignoreHint.text(for: reader), error: fault?.text(for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"), .value(""))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(AuditRoutes.path(of: finding.router))) {
                    AuditorWords.cancel.text(for: reader)
                }
                button(.type("submit"), .class("primary")) { AuditorWords.ignoreTitle.text(for: reader) }
            }
        }
    }
}

/// The router page's card: its score, with a link to the audit.
struct AuditCard: View {
    let router: Router
    let audit: RouterAudit?
    let findings: [RouterFinding]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let open = findings.filter { $0.standing == .open }.count
        section(.class("card"), .aria("label", AuditorWords.auditor.text(for: reader))) {
            h2 { AuditorWords.auditor.text(for: reader) }
            p(.class("subject")) {
                ScoreMark(score: audit?.auditedAt == nil ? nil : findings.score, reader: reader)
                if open > 0 { " \(AuditorWords.findings.text(for: reader)): \(open.text(for: reader))" }
            }
            p { a(.class("button"), .href(AuditRoutes.path(of: router.id))) { AuditorWords.see.text(for: reader) } }
        }
    }
}
