import Access
import AccessProtocol
import Crypto
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Plans
import Tenancy
import Time

/// A router's page: its data, health and acts.
struct RouterPage: View {
    let router: Router
    let health: RouterHealth
    let trial: RouterTrial?
    let options: [String: FieldOptions]
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(RouterUse.list, visit: visit)
        PageHeading(router.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(router.panelPath)/edit")) {
                    Icon.edit
                    span { RouterWords.edit.text(for: reader) }
                }
            }
        }
        p(.class("subject")) {
            StateMark(health.state, for: reader)
            if router.mode == .shadow { StateMark(router.mode, for: reader) }
        }
        RouterActsBar(router: router, visit: visit)
        if let trial { RouterTrialCard(router: router, trial: trial, reader: reader) }
        HealthFacts(router: router, health: health, visit: visit)
        NounFacts(router, options: options, for: reader)
        for part in parts { part }
    }
}

private struct RouterActsBar: View {
    let router: Router
    let visit: Visit

    var body: Markup {
        nav(.class("acts service-acts"), .aria("label", RouterWords.acts.text(for: visit.reader))) {
            if visit.mayAct(with: .networkOperate) {
                button("trial", .tryConnection)
                button("comparison", .compareNow)
            }
            link("sessions", .sessions)
            if visit.mayAct(with: .networkManage) {
                button(router.isPaused ? "resume" : "pause", router.isPaused ? .resume : .pause)
                a(.class("button"), .href("\(router.panelPath)/profiles")) {
                    RouterWords.profiles.text(for: visit.reader)
                }
                link("import", .import)
                a(.class("button"), .href("\(router.panelPath)/move")) {
                    RouterMoveWords.title.text(for: visit.reader)
                }
                a(.class("button"), .href("\(router.panelPath)/script"), .data("dialog", "")) {
                    RouterWords.script.text(for: visit.reader)
                }
            }
        }
    }

    private func link(_ segment: String, _ words: RouterImportWords) -> Markup {
        a(.class("button"), .href("\(router.panelPath)/\(segment)")) { words.text(for: visit.reader) }
    }

    private func button(_ segment: String, _ words: RouterWords) -> Markup {
        form(.class("inline"), .method(.post), .action("\(router.panelPath)/\(segment)")) {
            HTML.button(.type("submit")) { words.text(for: visit.reader) }
        }
    }
}

private struct HealthFacts: View {
    let router: Router
    let health: RouterHealth
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        dl(.class("facts card")) {
            fact(.identity, health.identity)
            fact(.version, health.version)
            fact(.board, health.board)
            fact(.seen, health.seenAt.map(moment))
            if !health.trouble.isEmpty { fact(.trouble, router.trouble(health.trouble, for: reader)) }
            fact(.compared, health.comparedAt.map(moment))
            if health.unbound > 0 { fact(.unbound, health.unbound.text(for: reader)) }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: RouterWords, _ text: String?) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd {
                if let text, !text.isEmpty {
                    text
                } else {
                    span(.class("hint")) { RouterWords.never.text(for: reader) }
                }
            }
        }
    }
}

extension Router {
    /// The failure's text, translated where the connection failed.
    func trouble(_ reason: String, for reader: Reader) -> String {
        reason.hasPrefix("No connection to the router")
            ? RouterWords.noConnection.text(for: reader, .text("place", "\(address):\(port)")) : reason
    }
}

/// The result of «Probar conexión»: the device, our policies there, and those missing.
private struct RouterTrialCard: View {
    let router: Router
    let trial: RouterTrial
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", RouterWords.trialTitle.text(for: reader, .name(router.name)))) {
            h2 { RouterWords.trialTitle.text(for: reader, .name(router.name)) }
            switch trial {
            case .failed(let failure):
                p(.class("error")) { RouterWords.trialFailed.text(for: reader) }
                p(.class("hint")) { router.trouble(failure.reason, for: reader) }
            case .answered(let identity): answered(identity)
            }
        }
    }

    @MarkupBuilder private func answered(_ identity: DeviceIdentity) -> Markup {
        if identity.missingPolicies.isEmpty {
            p(.class("good")) { RouterWords.trialGood.text(for: reader) }
        } else {
            p(.class("error")) {
                "\(RouterWords.missing.text(for: reader)): \(identity.missingPolicies.joined(separator: ", "))"
            }
            p(.class("hint")) { RouterWords.missingHint.text(for: reader) }
        }
        dl(.class("facts")) {
            fact(.identity, identity.name)
            fact(.version, identity.version)
            fact(.board, identity.board)
            if let serial = identity.serialNumber { fact(.serial, serial) }
            if let fingerprint = identity.fingerprint { fact(.fingerprint, Hex.encode(fingerprint)) }
            fact(
                .permissions,
                identity.policies.map { $0.filter { !$0.hasPrefix("!") }.sorted().joined(separator: ", ") }
                    ?? RouterWords.unknownPermissions.text(for: reader))
        }
    }

    private func fact(_ words: RouterWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

/// The profile for each plan on a router.
struct RouterProfilesPage: View {
    let router: Router
    let plans: [Plan]
    let profiles: [Plan.ID: String]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        h1 { RouterWords.profiles.text(for: reader) }
        p(.class("hint lead")) { RouterWords.profilesIntro.text(for: reader) }
        form(.class("card form"), .method(.post), .action("\(router.panelPath)/profiles")) {
            FormHead([], visit: visit)
            div(.class("fields")) {
                for plan in plans {
                    div {
                        FormField(plan.name, name: "\(plan.id)") { wiring in
                            input(
                                wiring, .maxlength(100), .autocomplete("off"), .value(profiles[plan.id] ?? ""))
                        }
                    }
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(router.panelPath)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { NounWords.save.text(for: reader) }
            }
        }
    }
}

/// The script to paste into a router once.
struct RouterScriptPage: View {
    let router: Router
    let script: RouterScript
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(router.name, path: router.panelPath)
        h1 { RouterWords.script.text(for: reader) }
        p(.class("hint lead")) { RouterWords.scriptIntro.text(for: reader) }
        if !script.isLimited { p(.class("warning")) { RouterWords.scriptOpen.text(for: reader) } }
        pre(.class("card"), .tabindex(0)) { code { script.text } }
        form(.class("acts"), .method(.post), .action("\(router.panelPath)/trial")) {
            button(.type("submit"), .class("primary")) { RouterWords.tryConnection.text(for: reader) }
        }
    }
}
