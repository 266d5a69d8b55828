import Access
import Declarations
import Glibc
import HTML
import Identifiers
import Locale
import Panel
import Postgres
import Time

/// The health page's sections on crashes: closed routes and jobs, and the latest crashes.
struct CrashSections: View {
    let crashes: [StoredCrash]
    let closed: [ClosedRoute]
    let tenantNames: [TenantID: String]
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        if !closed.isEmpty {
            h2 { CrashWords.closed.text(for: reader) }
            p(.class("notice notice-warn")) { CrashWords.closedIntro.text(for: reader) }
            ul(.class("cards")) { for route in closed { card(route, reader) } }
        }
        h2 { CrashWords.crashes.text(for: reader) }
        if crashes.isEmpty {
            EmptyState(.check, CrashWords.none.text(for: reader))
        } else {
            p(.class("hint")) { CrashWords.intro.text(for: reader) }
            ul(.class("cards")) { for crash in crashes { card(crash, reader) } }
        }
    }

    private func card(_ closed: ClosedRoute, _ reader: Reader) -> Markup {
        li(.class("card")) {
            p {
                strong { code { closed.entry.route } }
                " · \(company(closed.entry.tenant) ?? CrashWords.everyone.text(for: reader))"
            }
            p(.class("hint")) { "\(CrashWords.since.text(for: reader)): \(visit.text(closed.closedAt))" }
            if visit.may(.manage) {
                form(.method(.post), .action("/platform/closed-routes/reopen")) {
                    input(.type("hidden"), .name("route"), .value(closed.entry.route))
                    input(.type("hidden"), .name("tenant"), .value(closed.entry.tenant?.description ?? ""))
                    button(.type("submit")) { CrashWords.reopen.text(for: reader) }
                }
            }
        }
    }

    private func card(_ crash: StoredCrash, _ reader: Reader) -> Markup {
        li(.class("card")) {
            p {
                strong { code { crash.name ?? CrashWords.unknownWork.text(for: reader) } }
                company(crash.tenant).map { " · \($0)" } ?? ""
            }
            p(.class("hint")) {
                "\(visit.text(crash.at)) · \(crash.process) · \(crash.signalName) · \(CrashWords.build.text(for: reader)) \(crash.build)"
            }
            if crash.inFlight > 0 {
                p(.class("hint")) { CrashWords.lostWith.text(for: reader, .count(Int(crash.inFlight))) }
            }
            details {
                summary { CrashWords.backtrace.text(for: reader) }
                pre { crash.backtrace.joined(separator: "\n") }
            }
        }
    }

    private func company(_ tenant: UUID?) -> String? {
        tenant.map { tenantNames[TenantID($0)] ?? $0.description }
    }
}

extension StoredCrash {
    fileprivate var signalName: String {
        switch signal {
        case SIGILL: "SIGILL"
        case SIGTRAP: "SIGTRAP"
        case SIGSEGV: "SIGSEGV"
        case SIGBUS: "SIGBUS"
        case SIGABRT: "SIGABRT"
        case SIGFPE: "SIGFPE"
        default: "\(signal)"
        }
    }
}
