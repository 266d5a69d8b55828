import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Routers
import Services
import Tenancy

/// A site's page: what it is, what hangs on it and who is connected there.
struct SitePage: View {
    let use: SiteUse
    let options: [String: FieldOptions]
    let below: [SiteUse]
    let placed: [PlacedService]
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var site: Site { use.site }

    var body: Markup {
        Crumb(SiteUse.list, visit: visit)
        PageHeading(site.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(site.panelPath)/edit")) {
                    Icon.edit
                    span { TopologyWords.edit.text(for: reader) }
                }
            }
        }
        p(.class("subject")) {
            StateMark(site.kind, for: reader)
            " \(TopologyWords.all.text(for: reader, .count(use.services)))"
            if let free = use.free { " · \(TopologyWords.free.text(for: reader)): \(free.text(for: reader))" }
        }
        for part in parts { part }
        NounFacts(site, options: options, for: reader)
        if site.kind != .box { belowCard }
        if site.kind.servesCustomers { placedCard }
    }

    private var belowCard: Markup {
        section(.class("card"), .aria("label", TopologyWords.below.text(for: reader))) {
            h2 { TopologyWords.below.text(for: reader) }
            if below.isEmpty {
                p(.class("hint")) { TopologyWords.noneBelow.text(for: reader) }
            } else {
                ul {
                    for use in below {
                        li {
                            a(.href(use.site.panelPath)) { use.site.name }
                            " · \(use.site.kind.message.text(for: reader))"
                        }
                    }
                }
            }
        }
    }

    private var placedCard: Markup {
        section(.class("card"), .aria("label", TopologyWords.placed.text(for: reader))) {
            h2 { TopologyWords.placed.text(for: reader) }
            if visit.mayAct(with: .networkOperate) {
                div(.class("acts")) {
                    a(.class("button"), .href("\(site.panelPath)/services")) {
                        TopologyWords.connectServices.text(for: reader)
                    }
                }
            }
            if placed.isEmpty {
                p(.class("hint")) { TopologyWords.nonePlaced.text(for: reader) }
            } else {
                div(
                    .class("table"), .role("region"), .tabindex(0),
                    .aria("label", TopologyWords.placed.text(for: reader))
                ) {
                    table {
                        thead {
                            tr {
                                th(.scope("col")) { TopologyWords.port.text(for: reader) }
                                th(.scope("col")) { TopologyWords.customer.text(for: reader) }
                            }
                        }
                        tbody { for service in placed { row(service) } }
                    }
                }
            }
        }
    }

    private func row(_ service: PlacedService) -> Markup {
        tr {
            td { service.port?.text(for: reader) ?? "—" }
            td {
                a(.href("/panel/services/\(service.id)")) { "\(service.customer) (\(service.number))" }
                " "
                StateMark(service.state, for: reader)
            }
        }
    }
}

/// The whole network as nested lists, which need no script and read well aloud.
struct TreePage: View {
    let tree: NetworkTree
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(SiteUse.list, visit: visit)
        PageHeading(TopologyWords.tree.text(for: reader)) {
            a(.class("button"), .href(SiteRoutes.map)) { TopologyWords.map.text(for: reader) }
        }
        p(.class("hint lead")) { TopologyWords.treeIntro.text(for: reader) }
        if tree.roots.isEmpty {
            EmptyState(.zones, TopologyWords.none.text(for: reader), act: nil)
        } else {
            div(.class("card")) { list(tree.roots) }
        }
    }

    private func list(_ branches: [NetworkTree.Branch]) -> Markup {
        ul(.class("tree")) {
            for branch in branches {
                li {
                    a(.href(branch.use.site.panelPath)) { branch.use.site.name }
                    span(.class("hint")) {
                        " \(branch.use.site.kind.message.text(for: reader)) · \(TopologyWords.all.text(for: reader, .count(branch.services)))"
                    }
                    if !branch.below.isEmpty { list(branch.below) }
                }
            }
        }
    }
}

/// «¿Hay servicio aquí?»
struct CoveragePage: View {
    let typed: String
    let isUnreadable: Bool
    let answer: Feasibility?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(SiteUse.list, visit: visit)
        PageHeading(TopologyWords.coverage.text(for: reader))
        p(.class("hint lead")) {
            TopologyWords.coverageIntro.text(
                for: reader, .number("boxes", Feasibility.boxReach),
                .number("sectors", Feasibility.sectorReach / 1000))
        }
        form(.class("card form"), .method(.get), .action(SiteRoutes.coverage)) {
            FormField(TopologyWords.coordinates.text(for: reader), name: "at") { wiring in
                input(wiring, .type("text"), .value(typed), .maxlength(60), .required(true), .autocomplete("off"))
            }
            if isUnreadable { p(.class("error"), .role("alert")) { TopologyWords.unreadable.text(for: reader) } }
            div(.class("form-acts")) { button(.type("submit")) { TopologyWords.ask.text(for: reader) } }
        }
        if let answer { result(answer) }
    }

    private func result(_ answer: Feasibility) -> Markup {
        section(.class("card"), .aria("label", TopologyWords.coverage.text(for: reader))) {
            h2 { (answer.isFeasible ? TopologyWords.yes : .no).text(for: reader) }
            if let full = answer.full {
                p(.class("hint")) {
                    TopologyWords.fullNear.text(for: reader, .name(full.site.name), .number("number", full.meters))
                }
            }
            if answer.isFeasible {
                ul { for offer in answer.offers { li { line(offer) } } }
            }
        }
    }

    private func line(_ offer: Feasibility.Offer) -> Markup {
        let free = offer.free.map { $0.text(for: reader) } ?? TopologyWords.notCounted.text(for: reader)
        return .group([
            a(.href(offer.site.panelPath)) { offer.site.name },
            .text(
                " · \(offer.site.kind.message.text(for: reader)) · \(TopologyWords.meters.text(for: reader, .number("number", offer.meters))) · \(TopologyWords.free.text(for: reader)): \(free)"
            ),
        ])
    }
}
