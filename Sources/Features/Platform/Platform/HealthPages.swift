import Access
import Declarations
import HTML
import Jobs
import Locale
import Panel
import Postgres
import Telemetry
import Time

struct HealthPage: View {
    let report: HealthReport
    let queue: JobStatistics
    let kinds: [JobKindCount]
    let dead: [DeadJob]
    let crashes: [StoredCrash]
    let closed: [ClosedRoute]
    let tenantNames: [TenantID: String]
    let pool: DatabaseStatistics
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        h1 { PlatformWords.health.text(for: reader) }
        h2 { PlatformWords.dependencies.text(for: reader) }
        DependencyTable(report: report, reader: reader)
        h2 { PlatformWords.queue.text(for: reader) }
        QueueFacts(queue: queue, visit: visit)
        KindTable(kinds: kinds, reader: reader)
        h2 { PlatformWords.deadJobs.text(for: reader) }
        if dead.isEmpty {
            EmptyState(.check, PlatformWords.noDeadJobs.text(for: reader))
        } else {
            ul(.class("cards")) {
                for job in dead { DeadJobCard(job: job, tenant: tenantNames[job.tenant] ?? "", visit: visit) }
            }
        }
        CrashSections(crashes: crashes, closed: closed, tenantNames: tenantNames, visit: visit)
        h2 { PlatformWords.databasePool.text(for: reader) }
        PoolFacts(pool: pool, reader: reader)
    }
}

struct DependencyTable: View {
    let report: HealthReport
    let reader: Reader

    var body: Markup {
        ConsoleTable(
            label: PlatformWords.dependencies.text(for: reader),
            headings: [PlatformWords.dependency, .state, .answeredIn].map { $0.text(for: reader) },
            rows: report.findings.map { finding in
                let span = finding.latency.components
                let milliseconds = Int(span.seconds) * 1000 + Int(span.attoseconds / 1_000_000_000_000_000)
                return tr {
                    td { finding.name }
                    td { state(of: finding) }
                    td { "\(milliseconds.text(for: reader)) ms" }
                }
            })
    }

    @MarkupBuilder private func state(of finding: HealthReport.Finding) -> Markup {
        switch finding.state {
        case .ok: StateMark(isGood: true, text: PlatformWords.works.text(for: reader))
        case .degraded(let reason), .failed(let reason):
            StateMark(isGood: false, text: PlatformWords.fails.text(for: reader))
            span(.class("hint")) { reason }
        }
    }
}

struct QueueFacts: View {
    let queue: JobStatistics
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        let oldest = queue.oldestReady.map { visit.text($0) } ?? PlatformWords.none.text(for: reader)
        let facts: [(PlatformWords, String)] = [
            (.waiting, queue.queued.text(for: reader)), (.ready, queue.ready.text(for: reader)),
            (.running, queue.running.text(for: reader)), (.dead, queue.dead.text(for: reader)),
            (.workers, queue.workers.text(for: reader)), (.oldestReady, oldest),
        ]
        Facts(facts: facts.map { ($0.text(for: reader), $1) })
        if queue.workers == 0 { p(.class("notice notice-warn")) { PlatformWords.noWorkers.text(for: reader) } }
    }
}

struct KindTable: View {
    let kinds: [JobKindCount]
    let reader: Reader

    var body: Markup {
        if kinds.isEmpty {
            p(.class("hint")) { PlatformWords.queueEmpty.text(for: reader) }
        } else {
            ConsoleTable(
                label: PlatformWords.byKind.text(for: reader),
                headings: [PlatformWords.kind, .waiting, .parked, .running, .dead].map { $0.text(for: reader) },
                rows: kinds.map { kind in
                    tr {
                        td { code { kind.kind } }
                        td { Figure(.waiting, kind.queued, reader) }
                        td { Figure(.parked, kind.parked, reader) }
                        td { Figure(.running, kind.running, reader) }
                        td { Figure(.dead, kind.dead, reader) }
                    }
                })
        }
    }
}

struct DeadJobCard: View {
    let job: DeadJob
    let tenant: String
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        li(.class("card")) {
            p {
                strong { code { job.kind } }
                " · \(tenant)"
            }
            p { "\(PlatformWords.reason.text(for: reader)): \(job.reason)" }
            p(.class("hint")) {
                "\(PlatformWords.attempts.text(for: reader, .count(job.attempts))) · \(PlatformWords.died.text(for: reader)): \(visit.text(job.diedAt))"
            }
            if visit.may(.manage) {
                div(.class("buttons")) {
                    act("retry", .retry, "", reader)
                    act("discard", .discard, "danger", reader)
                }
            }
        }
    }

    private func act(_ verb: String, _ words: PlatformWords, _ style: String, _ reader: Reader) -> Markup {
        form(.method(.post), .action("/platform/dead-jobs/\(job.id)/\(verb)")) {
            input(.type("hidden"), .name("tenant"), .value("\(job.tenant)"))
            input(.type("hidden"), .name("kind"), .value(job.kind))
            button(.type("submit"), .class(style)) { words.text(for: reader) }
        }
    }
}

struct PoolFacts: View {
    let pool: DatabaseStatistics
    let reader: Reader

    var body: Markup {
        let facts: [(PlatformWords, String)] = [
            (.connections, pool.connections.text(for: reader)), (.calls, pool.calls.text(for: reader)),
            (.inFlight, pool.inFlight.text(for: reader)), (.callsWaiting, pool.waiting.text(for: reader)),
            (.transactions, pool.transactions.text(for: reader)), (.lost, pool.lostConnections.text(for: reader)),
            (.lastFailure, pool.lastFailure ?? PlatformWords.none.text(for: reader)),
        ]
        Facts(facts: facts.map { ($0.text(for: reader), $1) })
    }
}
