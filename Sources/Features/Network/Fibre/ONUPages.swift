import Access
import Customers
import Declarations
import FibreProtocol
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

struct ONUsPage: View {
    let list: ListPage<ONU>
    let contracts: [ServiceWithoutONU]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        list
        if !contracts.isEmpty {
            section(.class("card"), .aria("label", FibreWords.contracts.text(for: reader))) {
                h2 { FibreWords.contracts.text(for: reader) }
                p(.class("hint")) { FibreWords.contractsHint.text(for: reader) }
                ul {
                    for service in contracts {
                        li { a(.href("/panel/services/\(service.id)")) { service.title } }
                    }
                }
            }
        }
    }
}

/// The ONUs that ask to get in, for a technician with a telephone.
struct AskingPage: View {
    let units: [AskingONU]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ONU.list, visit: visit)
        PageHeading(FibreWords.asking.text(for: reader)) {}
        p(.class("hint lead")) { FibreWords.askingIntro.text(for: reader) }
        if visit.mayAct(with: .networkOperate) {
            form(.method(.post), .action(ONURoutes.asking), .class("acts")) {
                button(.type("submit")) { FibreWords.find.text(for: reader) }
            }
        }
        LivePart(.network, for: visit) {
            if units.isEmpty {
                p(.class("empty")) { FibreWords.noneAsking.text(for: reader) }
            } else {
                ul(.class("cards")) {
                    for unit in units { card(unit) }
                }
            }
        }
    }

    private func card(_ unit: AskingONU) -> Markup {
        li(.class("card")) {
            h2 { code { unit.serial } }
            p {
                "\(unit.oltName) · \(FibreWords.port.text(for: reader)) \(unit.port)"
                if !unit.model.isEmpty { " · \(unit.model)" }
            }
            p(.class("hint")) { unit.foundAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            if visit.mayAct(with: .networkOperate) {
                p {
                    a(.class("button"), .href("\(ONU.path)/new?serial=\(unit.serial)")) {
                        FibreWords.authorize.text(for: reader)
                    }
                }
            }
        }
    }
}

/// An ONU's page: how far its authorization is, its signal, and what was sent.
struct ONUPage: View {
    let unit: ONU
    let mayRestart: Bool
    let commands: [OLTCommandRow]
    let remainder: ServiceRemainder?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ONU.list, visit: visit)
        PageHeading(unit.serial) {
            if unit.service != nil, visit.mayAct(with: .networkOperate) {
                a(.class("button"), .href("\(unit.panelPath)/edit")) { FibreWords.change.text(for: reader) }
            }
        }
        LivePart(.network, for: visit) {
            if let remainder { Remainder(remainder: remainder, visit: visit) }
            ONUState(unit: unit, visit: visit)
        }
        if visit.mayAct(with: .networkOperate), unit.service != nil {
            if [.refused, .half, .waiting].contains(unit.standing) {
                form(.method(.post), .action("\(unit.panelPath)/retry"), .class("acts")) {
                    button(.type("submit")) { FibreWords.retry.text(for: reader) }
                }
            }
            div(.class("acts")) {
                if mayRestart {
                    a(.class("button"), .href("\(unit.panelPath)/restart"), .data("dialog", "")) {
                        FibreWords.restart.text(for: reader)
                    }
                }
                a(.class("button danger"), .href("\(unit.panelPath)/release"), .data("dialog", "")) {
                    FibreWords.release.text(for: reader)
                }
            }
        }
        CommandLog(commands: commands, visit: visit)
    }
}

/// What is left to do after an ONU was authorized, each with its link.
private struct Remainder: View {
    let remainder: ServiceRemainder
    let visit: Visit

    private var steps: [(words: FibreWords, path: String, permission: Permission)] {
        let service = "/panel/services/\(remainder.service)"
        return (remainder.isUnbound ? [(.bindToRouter, "\(service)/access", .networkOperate)] : [])
            + (remainder.isPending ? [(.activate, service, .servicesActivate)] : [])
    }

    var body: Markup {
        if !steps.isEmpty {
            p(.class("notice notice-warn")) {
                FibreWords.missing.text(for: visit.reader)
                for (index, step) in steps.enumerated() {
                    index == 0 ? " " : " · "
                    if visit.mayAct(with: step.permission) {
                        a(.href(step.path)) { step.words.text(for: visit.reader) }
                    } else {
                        step.words.text(for: visit.reader)
                    }
                }
            }
        }
    }
}

/// Why an ONU cannot be authorized yet, above the form.
struct AuthorizationNotice: View {
    let hasServices: Bool
    /// The vendor that has no template.
    let vendor: OLTVendor?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if !hasServices {
            p(.class("notice notice-warn")) {
                FibreWords.noServices.text(for: reader)
                if visit.mayAct(with: .servicesManage) {
                    " "
                    a(.href(Customer.list.path)) { FibreWords.createService.text(for: reader) }
                }
            }
        }
        if let vendor {
            p(.class("notice notice-warn")) {
                FibreWords.noTemplatesOf.text(for: reader, .name(vendor.name))
                if visit.mayAct(with: .networkManage) {
                    " "
                    a(.href("\(ONUTemplate.path)/new")) { FibreWords.newTemplate.text(for: reader) }
                }
            }
        }
    }
}

/// What was last read of an ONU, each with its proof.
struct ONUState: View {
    let unit: ONU
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        p(.class("subject")) { StateMark(unit.standing, for: reader) }
        if unit.standing == .waiting, unit.trouble.isEmpty {
            p(.class("hint")) { waiting.text(for: reader) }
        }
        if unit.standing == .unbound { p(.class("hint")) { FibreWords.unboundHint.text(for: reader) } }
        dl(.class("facts card")) {
            if !unit.trouble.isEmpty { fact(.trouble, unit.trouble) }
            if let service = unit.service {
                div {
                    dt { FibreWords.customer.text(for: reader) }
                    dd { a(.href("/panel/services/\(service)")) { unit.customerName } }
                }
            }
            fact(
                .power, unit.received.map(ONU.decibels), orElse: unit.vendor.listsPower ? .notYet : .notTold)
            if let returned = unit.returned { fact(.returned, ONU.decibels(returned)) }
            if let distance = unit.distance { fact(.distance, "\(distance) m") }
            div {
                dt { FibreWords.olt.text(for: reader) }
                dd {
                    a(.href("\(OLT.path)/\(unit.olt)")) { unit.oltName }
                    " · \(unit.place.map { "\(unit.port):\($0)" } ?? unit.port)"
                }
            }
            if !unit.templateName.isEmpty { fact(.template, unit.templateName) }
            if !unit.description.isEmpty { fact(.description, unit.description) }
            fact(.since, unit.since.map(moment))
            if unit.service != nil { fact(.verified, unit.provedAt.map(moment)) }
        }
    }

    private var waiting: FibreWords {
        if unit.oltMode == .shadow { return .waitingInShadow }
        return unit.oltHealth == .down ? .waitingForOLT : .waitingHint
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: FibreWords, _ text: String?, orElse missing: FibreWords = .notYet) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd {
                if let text { text } else { span(.class("hint")) { missing.text(for: reader) } }
            }
        }
    }
}

enum FibrePart {
    /// Nothing where the company has no OLT.
    static func ofService(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard visit.may(.networkRead) else { return .nothing }
        let unit = try await visit.database.onu(ofService: service.id)
        if unit == nil {
            guard service.state != .cancelled, try await !visit.database.olts().isEmpty else { return .nothing }
        }
        return ServiceONU(service: service, unit: unit, visit: visit).body
    }
}

private struct ServiceONU: View {
    let service: Service
    let unit: ONU?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", FibreWords.onu.text(for: reader))) {
            h2 { FibreWords.onu.text(for: reader) }
            if let unit {
                p {
                    a(.href(unit.panelPath)) { unit.serial }
                    " "
                    StateMark(unit.standing, for: reader)
                    if unit.received != nil { " · \(unit.powerText)" }
                }
                if !unit.trouble.isEmpty { p(.class("hint")) { unit.trouble } }
            } else {
                p(.class("hint")) { FibreWords.noONU.text(for: reader) }
                if visit.mayAct(with: .networkOperate) {
                    div(.class("acts")) {
                        a(.class("button"), .href("\(ONU.path)/new?service=\(service.id)")) {
                            FibreWords.give.text(for: reader)
                        }
                    }
                }
            }
        }
    }
}
