import Access
import HTML
import Identifiers
import Locale
import Panel
import Tenancy
import Time

/// Ajustes › Dominios, in words for somebody who has never seen a DNS record.
struct DomainsPage: View {
    let domains: [Domain]
    /// The name under the base host, which always exists.
    let home: String
    let typed: String
    let fault: DomainRefusal?
    /// The result of a check just made.
    let told: (id: Domain.ID, message: Message)?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { DomainWords.domains.text(for: reader) }
        p(.class("hint")) { DomainWords.intro.text(for: reader, .text("home", home)) }
        ul(.class("cards")) {
            for domain in domains {
                DomainCard(
                    domain: domain, home: home, told: told?.id == domain.id ? told?.message : nil, visit: visit)
            }
        }
        if visit.mayAct(with: .settingsManage) { add(reader) }
    }

    private func add(_ reader: Reader) -> Markup {
        HTML.form(.class("card"), .method(.post), .action("/panel/domains")) {
            h2 { DomainWords.add.text(for: reader) }
            FormField(
                DomainWords.name.text(for: reader), name: "host", hint: DomainWords.nameHint.text(for: reader),
                error: fault?.message.text(for: reader)
            ) { wiring in
                input(
                    wiring, .required(), .maxlength(253), .autocomplete("off"), .inputmode("url"), .value(typed))
            }
            button(.type("submit"), .class("primary")) { DomainWords.add.text(for: reader) }
        }
    }
}

struct DomainCard: View {
    let domain: Domain
    let home: String
    let told: Message?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        li(.class("card")) {
            h2 { domain.host }
            p {
                span(.class("state"), .data("state", domain.state.rawValue)) { domain.state.words.text(for: reader) }
            }
            if let told { p(.class("notice notice-warn"), .role("alert")) { told.text(for: reader) } }
            if domain.state == .losing, let end = domain.lostAt {
                p { DomainWords.losingHint.text(for: reader, .text("until", text(end + Domain.patience))) }
            }
            if domain.state == .claimed || domain.state == .losing {
                DomainInstructions(domain: domain, home: home, reader: reader)
            }
            if let checked = domain.checkedAt {
                p(.class("hint")) { DomainWords.checked.text(for: reader, .text("moment", text(checked))) }
            }
            if visit.mayAct(with: .settingsManage) { DomainActsRow(domain: domain, reader: reader) }
        }
    }

    private func text(_ moment: Instant) -> String { moment.text(.short, in: visit.tenant.timeZone, for: visit.reader) }
}

struct DomainInstructions: View {
    let domain: Domain
    let home: String
    let reader: Reader

    var body: Markup {
        p { DomainWords.place.text(for: reader) }
        ol {
            li {
                DomainWords.createProof.text(for: reader)
                record("TXT", domain.proofName, domain.proofText)
            }
            li {
                DomainWords.createPointer.text(for: reader)
                record("CNAME", domain.host, home)
            }
            li { DomainWords.thenCheck.text(for: reader) }
        }
    }

    private func record(_ kind: String, _ name: String, _ value: String) -> Markup {
        dl(.class("record")) {
            div {
                dt { DomainWords.recordKind.text(for: reader) }
                dd { code { kind } }
            }
            div {
                dt { DomainWords.recordName.text(for: reader) }
                dd { code { name } }
            }
            div {
                dt { DomainWords.recordValue.text(for: reader) }
                dd { code { value } }
            }
        }
    }
}

struct DomainActsRow: View {
    let domain: Domain
    let reader: Reader

    var body: Markup {
        div(.class("acts")) {
            if !domain.isVouched {
                HTML.form(.method(.post), .action("/panel/domains/\(domain.id)/check")) {
                    button(.type("submit")) { DomainWords.check.text(for: reader) }
                }
            }
            a(.class("button danger"), .href("/panel/domains/\(domain.id)/remove"), .data("dialog", "")) {
                DomainWords.remove.text(for: reader)
            }
        }
    }
}

extension Domain {
    enum State: String {
        case claimed = "awaiting_installation"
        case served = "active"
        case losing = "suspended"

        var words: DomainWords {
            switch self {
            case .claimed: .claimed
            case .served: .served
            case .losing: .losing
            }
        }
    }

    var state: State { servedSince == nil ? .claimed : lostAt == nil ? .served : .losing }
}
