import Access
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// A customer's services, as a tab of their pages.
struct CustomerServicesPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let services: [Service]
    let seen: [Service.ID: ServiceSight.Seen]
    let profiles: [FiscalProfile]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        heading
        section(.class("card")) {
            h2 { ServiceWords.services.text(for: reader) }
            ServicesCard(services: services, seen: seen, customer: customer, visit: visit)
        }
        FiscalList(profiles: profiles, path: "\(customer.panelPath)/fiscal", visit: visit)
    }
}

/// A customer's fiscal profiles.
private struct FiscalList: View {
    let profiles: [FiscalProfile]
    let path: String
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h2 { ServiceWords.fiscal.text(for: reader) }
        if profiles.isEmpty { p(.class("hint")) { ServiceWords.noFiscal.text(for: reader) } }
        ul(.class("plain")) {
            for profile in profiles {
                li {
                    if visit.mayAct(with: .servicesManage) {
                        a(.href("/panel/fiscal/\(profile.id)")) { profile.legalName }
                    } else {
                        profile.legalName
                    }
                    span(.class("hint")) { " · \(TaxID.name(in: visit.tenant.region)) \(profile.taxID)" }
                    if profile.isDoubtful(in: visit.tenant.region) {
                        p(.class("warning")) { ServiceWords.doubtfulTaxID.text(for: reader) }
                    }
                }
            }
        }
        if visit.mayAct(with: .servicesManage) {
            div(.class("acts")) { NewLink(ServiceWords.newFiscal.text(for: reader), path: "\(path)/new") }
        }
    }
}

/// A service: its data, the possible acts, and its history.
struct ServicePage: View {
    let service: Service
    let customer: Customer
    let options: [String: FieldOptions]
    let lines: [ServiceHistoryLine]
    let charges: [ServiceChargeRow]
    let isFrozen: Bool
    let seen: ServiceSight.Seen?
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(customer.name, path: "\(customer.panelPath)/services")
        PageHeading(service.title) {
            if visit.mayAct(with: .servicesManage), service.state != .cancelled {
                a(.class("button"), .href("\(service.panelPath)/edit")) {
                    Icon.edit
                    span { ServiceWords.edit.text(for: reader) }
                }
            }
        }
        if parts.isEmpty { standing } else { LivePart(.network, for: visit) { standing } }
        NounFacts(service, options: options, for: reader)
        ChargeTable(service: service, charges: charges, visit: visit)
        ServiceHistoryTable(lines: lines, reader: reader)
    }

    /// The present state, as decided and as observed by other rooms.
    @MarkupBuilder private var standing: Markup {
        p(.class("subject")) {
            seen?.mark ?? StateMark(service.state, for: reader).body
            if let seen { span(.class("hint")) { seen.words } }
            span(.class("number")) { service.price.exactText(for: reader) }
            if service.isPriceAgreed { span(.class("mark")) { ServiceWords.agreedPrice.text(for: reader) } }
            if let until = service.paidUntil(for: reader) { span { " · \(until)" } }
        }
        ServiceActsBar(service: service, isFrozen: isFrozen, visit: visit)
        for part in parts { part }
    }
}

/// The acts open to the visitor now.
private struct ServiceActsBar: View {
    let service: Service
    let isFrozen: Bool
    let visit: Visit

    private var acts: [(words: ServiceWords, segment: String, permission: Permission)] {
        switch service.state {
        case .cancelled: return []
        case .pending:
            return [
                (.activate, Activation.segment, .servicesActivate), (.changePlan, PlanChange.segment, .servicesManage),
                (.changePrice, PriceChange.segment, .servicesPrice),
                (.addCharge, ServiceCharge.segment, .servicesPrice),
                (.addPromotion, ServicePromotion.segment, .servicesPrice),
                (.addCredit, ServiceCredit.segment, .servicesPrice), (.move, Move.segment, .servicesManage),
                (.cancel, Cancellation.segment, .servicesManage),
            ]
        case .active, .cut, .frozen:
            return [
                service.state == .cut
                    ? (.reconnect, "reconnections", .servicesCut) : (.cut, Cut.segment, .servicesCut),
                isFrozen ? (.unfreeze, "freeze-ends", .servicesManage) : (.freeze, Freeze.segment, .servicesManage),
                (.changePlan, PlanChange.segment, .servicesManage), (.changePrice, PriceChange.segment, .servicesPrice),
                (.addCharge, ServiceCharge.segment, .servicesPrice),
                (.addPromotion, ServicePromotion.segment, .servicesPrice),
                (.addCredit, ServiceCredit.segment, .servicesPrice), (.move, Move.segment, .servicesManage),
                (.cancel, Cancellation.segment, .servicesManage),
            ]
        }
    }

    var body: Markup {
        let days: [(words: ServiceWords, segment: String, permission: Permission)] =
            service.isPrepaid && service.state != .cancelled ? [(.giveDays, DayCredit.segment, .servicesPrice)] : []
        let open = (acts + days).filter { visit.mayAct(with: $0.permission) }
        if !open.isEmpty {
            nav(.class("acts service-acts"), .aria("label", ServiceWords.acts.text(for: visit.reader))) {
                for act in open {
                    a(.class("button"), .href("\(service.panelPath)/\(act.segment)/new")) {
                        act.words.text(for: visit.reader)
                    }
                }
            }
        }
    }
}

private struct ChargeTable: View {
    let service: Service
    let charges: [ServiceChargeRow]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if !charges.isEmpty {
            h2 { ServiceWords.charges.text(for: reader) }
            ul(.class("plain")) { for row in charges { li { line(row) } } }
        }
    }

    @MarkupBuilder private func line(_ row: ServiceChargeRow) -> Markup {
        let charge = row.charge
        let isOver = charge.toDay.map { $0 < visit.today } ?? false
        span { "\(charge.name) · \(charge.amount.exactText(for: reader)) · \(charge.kind.text(for: reader))" }
        span(.class("hint")) { " \(charge.day.text(.short, for: reader))" }
        if let until = charge.toDay {
            span(.class("hint")) {
                " \(ServiceWords.until.text(for: reader, .text("until", until.text(.short, for: reader))))"
            }
        }
        if !isOver, visit.mayAct(with: .servicesPrice) {
            form(.class("inline"), .method(.post), .action("\(service.panelPath)/charges/\(row.id)/end")) {
                button(.type("submit")) { ServiceWords.endCharge.text(for: reader) }
            }
        }
    }
}

private struct ServiceHistoryTable: View {
    let lines: [ServiceHistoryLine]
    let reader: Reader

    var body: Markup {
        h2 { ServiceWords.history.text(for: reader) }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", ServiceWords.history.text(for: reader))) {
            table {
                caption { ServiceWords.history.text(for: reader) }
                thead {
                    tr {
                        for words in [ServiceWords.day, .what, .author] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for line in lines {
                        tr {
                            td(.class("figures")) { line.day.text(.short, for: reader) }
                            td { line.text(for: reader) }
                            td { line.author }
                        }
                    }
                }
            }
        }
    }
}

extension ServiceHistoryLine {
    func text(for reader: Reader) -> String {
        let words: String =
            switch kind {
            case .terms: ServiceWords.terms.text(for: reader, .text("plan", text))
            case .activated: ServiceWords.activated.text(for: reader)
            case .cancelled:
                ServiceWords.cancelled.text(
                    for: reader, .text("reason", Cancellation.Reason(rawValue: text)?.text(for: reader) ?? text))
            case .frozen: [ServiceWords.frozen.text(for: reader), text].filter { !$0.isEmpty }.joined(separator: ": ")
            case .cut:
                ServiceWords.wasCut.text(
                    for: reader, .text("reason", Cut.Reason(rawValue: text)?.text(for: reader) ?? text))
            case .reconnected: ServiceWords.reconnected.text(for: reader)
            case .moved: ServiceWords.moved.text(for: reader, .text("address", text))
            case .promotion: "\(ServiceWords.promotion.text(for: reader)) \(text)"
            case .days: ServiceWords.bought.text(for: reader, .text("days", text))
            case .credit: "\(ServiceWords.addCredit.text(for: reader)): \(text)"
            }
        let end = until.map { ServiceWords.until.text(for: reader, .text("until", $0.text(.short, for: reader))) }
        return [words, amount?.exactText(for: reader), end].compactMap(\.self).joined(separator: " · ")
    }
}
