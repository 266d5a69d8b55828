import Access
import Declarations
import HTML
import Identity
import Locale
import Panel
import Roles
import Tenancy
import Time

/// The platform's impersonations in this panel, with reasons, and how to end them.
struct ImpersonationRecordPage: View {
    let visits: [Impersonation]
    let isAllowed: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { ImpersonationRecordWords.visits.text(for: reader) }
        p(.class("hint lead")) { ImpersonationRecordWords.intro.text(for: reader) }
        if visit.admitted?.hasImpersonationToSee == true, visit.mayAct(with: .rolesManage) {
            form(.class("card"), .method(.post), .action("/panel/visits/seen")) {
                p { ImpersonationRecordWords.unseen.text(for: reader) }
                button(.type("submit"), .class("primary")) { ImpersonationRecordWords.seen.text(for: reader) }
            }
        }
        if visits.isEmpty {
            EmptyState(.visits, ImpersonationRecordWords.none.text(for: reader))
        } else {
            ul(.class("cards")) { for item in visits { VisitCard(item: item, visit: visit) } }
        }
        VisitPermission(isAllowed: isAllowed, visit: visit)
    }
}

struct VisitCard: View {
    let item: Impersonation
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let isOpen = item.isOpen(at: visit.now)
        li(.class("card")) {
            p {
                strong { item.name }
                span(.class("state"), .data("state", isOpen ? "in_debt" : "ended")) {
                    " \((isOpen ? ImpersonationRecordWords.open : .over).text(for: reader))"
                }
            }
            p { "\(ImpersonationRecordWords.reason.text(for: reader)): \(item.reason)" }
            p(.class("hint")) { facts(reader) }
            if isOpen, visit.mayAct(with: .rolesManage) {
                form(.method(.post), .action("/panel/visits/\(item.id)/end")) {
                    button(.type("submit"), .class("danger")) { ImpersonationRecordWords.end.text(for: reader) }
                }
            }
        }
    }

    private func facts(_ reader: Reader) -> String {
        func text(_ moment: Instant) -> String { moment.text(.short, in: visit.tenant.timeZone, for: reader) }
        let entered = item.enteredAt.map { "\(ImpersonationRecordWords.entered.text(for: reader)): \(text($0))" }
        let end =
            item.endedAt.map {
                "\(ImpersonationRecordWords.endedBy.text(for: reader, .name(item.endedBy ?? ""))): \(text($0))"
            } ?? "\(ImpersonationRecordWords.until.text(for: reader)): \(text(item.expiresAt))"
        return [
            item.power.words.text(for: reader), entered ?? ImpersonationRecordWords.notEntered.text(for: reader), end,
        ].joined(separator: " · ")
    }
}

struct VisitPermission: View {
    let isAllowed: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h2 { ImpersonationRecordWords.permission.text(for: reader) }
        form(.class("card"), .method(.post), .action("/panel/visits/permission")) {
            p { (isAllowed ? ImpersonationRecordWords.allowed : .forbidden).text(for: reader) }
            if visit.mayAct(with: .rolesManage) {
                input(.type("hidden"), .name("allow"), .value(isAllowed ? "no" : "yes"))
                button(.type("submit"), .class(isAllowed ? "danger" : "")) {
                    (isAllowed ? ImpersonationRecordWords.forbid : .allow).text(for: reader)
                }
            }
        }
    }
}
