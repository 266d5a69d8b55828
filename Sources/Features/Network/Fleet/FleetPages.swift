import Access
import Declarations
import FleetProtocol
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// The devices, with how many there are of each state above them.
struct FleetPage: View {
    let totals: [FleetTotal]
    let list: ListPage<FleetDevice>
    let visit: Visit

    var body: Markup {
        if !totals.isEmpty { tiles }
        list
    }

    private var tiles: Markup {
        let reader = visit.reader
        let open = totals.reduce(0) { $0 + $1.open }
        return ul(.class("tiles"), .aria("label", FleetWords.standing.text(for: reader))) {
            for standing in FleetDevice.Standing.allCases {
                if let total = totals.first(where: { $0.standing == standing }) {
                    Tile(
                        standing.text(for: reader), total.count.text(for: reader),
                        path: "\(FleetDevice.path)?standing=\(standing.rawValue)")
                }
            }
            Tile(
                FleetWords.worklist.text(for: reader), open.text(for: reader), path: "\(FleetDevice.path)?work=open")
        }
    }
}

/// A device's page: what UISP says of it, whose it is, and what may be done.
struct FleetDevicePage: View {
    let device: FleetDevice
    let link: FleetLink?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(FleetDevice.list, visit: visit)
        PageHeading(device.title)
        p(.class("subject")) {
            StateMark(device.standing, for: reader)
            if device.work != .none { StateMark(device.work, for: reader) }
        }
        if device.twin != nil { p(.class("notice")) { FleetWords.twin.text(for: reader) } }
        if device.failsDecryption { p(.class("notice notice-bad")) { FleetWords.decryption.text(for: reader) } }
        if visit.mayAct(with: .fleetManage) { bar }
        dl(.class("facts card")) {
            fact(.since, moment(device.since))
            if let seenAt = device.seenAt { fact(.seen, moment(seenAt)) }
            fact(.mac, device.mac)
            fact(.address, device.address)
            fact(.model, device.model)
            fact(.firmware, device.firmware)
            fact(.ssid, device.ssid)
            if let signal = device.signal { fact(.signal, "\(signal) dBm") }
            fact(.site, device.siteName)
            if device.work == .closed { fact(.closedBy, "\(device.closedBy): \(device.closedReason)") }
        }
        if let link {
            section(.class("card"), .aria("label", FleetWords.customer.text(for: reader))) {
                h2 { device.customer }
                p {
                    "\(FleetWords.evidence.text(for: reader)): \(link.evidence.text(for: reader)) · \(link.proof)"
                }
                p {
                    a(.class("button"), .href("/panel/services/\(link.service)")) {
                        FleetWords.seeService.text(for: reader)
                    }
                }
            }
        }
    }

    private var bar: Markup {
        nav(.class("acts service-acts"), .aria("label", FleetWords.acts.text(for: reader))) {
            if device.standing != .intruder, !device.isAuthorized || device.service == nil {
                act("authorize", .authorize)
            }
            if device.work == .open { act("close", .close) }
            if device.failsDecryption {
                form(.class("inline"), .method(.post), .action("\(device.panelPath)/key")) {
                    button(.type("submit")) { FleetWords.renewKey.text(for: reader) }
                }
            }
            if device.mayBeRemoved {
                form(.class("inline"), .method(.post), .action("\(FleetRoutes.removalPath)/new")) {
                    input(.type("hidden"), .name(Selection.field), .value("\(device.id)"))
                    button(.type("submit")) { FleetWords.remove.text(for: reader) }
                }
            }
        }
    }

    private func act(_ segment: String, _ words: FleetWords) -> Markup {
        a(.class("button"), .href("\(device.panelPath)/\(segment)")) { words.text(for: reader) }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: FleetWords, _ text: String) -> Markup {
        text.isEmpty
            ? .nothing
            : div {
                dt { words.text(for: reader) }
                dd { text }
            }
    }
}

/// Asks where a device goes and whose it is.
struct AuthorizePage: View {
    let device: FleetDevice
    let sites: [FleetSite]
    let site: String
    let service: String
    let refusal: FleetRefusal?
    let visit: Visit

    private static let most = 2000

    var body: Markup {
        let reader = visit.reader
        Crumb(device.title, path: device.panelPath)
        h1 { FleetWords.authorizeTitle.text(for: reader, .name(device.title)) }
        p(.class("hint lead")) { FleetWords.authorizeHint.text(for: reader) }
        form(.class("card form"), .method(.post), .action("\(device.panelPath)/authorize")) {
            FormHead(refusal.map { [FormFault(name: $0.field, message: $0.message)] } ?? [], visit: visit)
            if !device.isAuthorized {
                FormField(
                    FleetWords.site.text(for: reader), name: "site",
                    error: refusal == .siteUnknown ? refusal?.message.text(for: reader) : nil
                ) { wiring in
                    FieldOptions(
                        sites.prefix(Self.most).map { ($0.uid, $0.name) },
                        none: FleetWords.chooseSite.text(for: reader),
                        isRequired: true
                    ).select(wiring, chosen: site.isEmpty ? device.site : site)
                }
            }
            FormField(
                FleetWords.serviceNumber.text(for: reader), name: "service",
                hint: FleetWords.serviceHint.text(for: reader),
                error: refusal == .serviceUnknown ? refusal?.message.text(for: reader) : nil
            ) { wiring in
                input(wiring, .type("text"), .inputmode("numeric"), .maxlength(20), .value(service))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(device.panelPath)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) {
                    (device.isAuthorized ? FleetWords.link : .authorize).text(for: reader)
                }
            }
        }
    }
}

/// Asks why nothing more needs to be done.
struct ClosePage: View {
    let device: FleetDevice
    let reason: String
    let refusal: FleetRefusal?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(device.title, path: device.panelPath)
        h1 { FleetWords.closeTitle.text(for: reader, .name(device.title)) }
        form(.class("card form"), .method(.post), .action("\(device.panelPath)/close")) {
            FormHead(refusal.map { [FormFault(name: "reason", message: $0.message)] } ?? [], visit: visit)
            FormField(
                FleetWords.reason.text(for: reader), name: "reason", error: refusal?.message.text(for: reader)
            ) { wiring in
                input(wiring, .type("text"), .required(true), .maxlength(300), .value(reason))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(device.panelPath)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { FleetWords.close.text(for: reader) }
            }
        }
    }
}

/// UISP's tree: towers with what hangs on them, and customers' places that belong to nobody.
struct FleetSitesPage: View {
    static let path = "/panel/fleet/sites"

    let sites: [FleetSite]
    let visit: Visit

    private static let most = 500
    private var reader: Reader { visit.reader }

    var body: Markup {
        let towers = sites.filter { $0.kind == .site }
        let endpoints = sites.filter { $0.kind == .endpoint }
        let orphans = endpoints.filter(\.client.isEmpty)
        let below = Dictionary(grouping: endpoints, by: \.parent)
        Crumb(FleetDevice.list, visit: visit)
        h1 { FleetWords.sites.text(for: reader) }
        p(.class("hint lead")) { FleetWords.sitesIntro.text(for: reader) }
        p {
            "\(FleetWords.towers.text(for: reader)): \(towers.count.text(for: reader)) · "
            "\(FleetWords.endpoints.text(for: reader)): \(endpoints.count.text(for: reader)) · "
            "\(FleetWords.orphans.text(for: reader)): \(orphans.count.text(for: reader))"
        }
        if !towers.isEmpty {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", FleetWords.towers.text(for: reader))) {
                table {
                    caption { FleetWords.towers.text(for: reader) }
                    thead {
                        tr {
                            for words in [FleetWords.name, .endpoints, .devices] {
                                th(.scope("col")) { words.text(for: reader) }
                            }
                        }
                    }
                    tbody {
                        for tower in towers.prefix(Self.most) {
                            let endpoints = below[tower.uid] ?? []
                            tr {
                                td(.class("name")) { tower.name }
                                td(.class("figures")) { endpoints.count.text(for: reader) }
                                td(.class("figures")) {
                                    (tower.devices + endpoints.reduce(0) { $0 + $1.devices }).text(for: reader)
                                }
                            }
                        }
                    }
                }
            }
        }
        if !orphans.isEmpty {
            section(.class("card"), .aria("label", FleetWords.orphans.text(for: reader))) {
                h2 { FleetWords.orphans.text(for: reader) }
                ul { for orphan in orphans.prefix(Self.most) { li { orphan.name } } }
            }
        }
    }
}

struct FleetOutagesPage: View {
    static let path = "/panel/fleet/outages"

    let outages: [FleetOutage]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(FleetDevice.list, visit: visit)
        h1 { FleetWords.outages.text(for: reader) }
        if outages.isEmpty {
            EmptyState(.check, FleetWords.noOutages.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", FleetWords.outages.text(for: reader))) {
                table {
                    caption { FleetWords.outages.text(for: reader) }
                    tbody {
                        for outage in outages {
                            tr {
                                td(.class("name")) {
                                    if let device = outage.device {
                                        a(.href("\(FleetDevice.path)/\(device)")) { outage.name }
                                    } else {
                                        outage.name
                                    }
                                }
                                td(.class("figures")) { moment(outage.startedAt) }
                                td(.class("figures")) {
                                    outage.endedAt.map(moment) ?? FleetWords.open.text(for: reader)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func moment(_ instant: Instant) -> String {
        instant.text(.short, in: visit.tenant.timeZone, for: visit.reader)
    }
}

/// Says whether a connection string lets an antenna in.
struct ConnectionPage: View {
    static let path = "/panel/fleet/connection"

    let text: String
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(FleetDevice.list, visit: visit)
        h1 { FleetWords.connection.text(for: reader) }
        p(.class("hint lead")) { FleetWords.connectionIntro.text(for: reader) }
        if !text.isEmpty { verdict }
        if visit.mayAct(with: .fleetRead) {
            form(.class("card form"), .method(.post), .action(Self.path)) {
                FormHead([], visit: visit)
                FormField(FleetWords.connectionText.text(for: reader), name: "text") { wiring in
                    input(wiring, .type("text"), .required(true), .maxlength(500), .autocomplete("off"), .value(text))
                }
                div(.class("form-acts")) {
                    button(.type("submit"), .class("primary")) { FleetWords.check.text(for: reader) }
                }
            }
        }
    }

    private var verdict: Markup {
        let reader = visit.reader
        let (faults, right) = ConnectionString.check(text)
        return section(.class("card"), .aria("label", FleetWords.check.text(for: reader))) {
            if faults.isEmpty {
                p(.class("good")) { FleetWords.connectionGood.text(for: reader) }
            } else {
                ul { for fault in faults { li { fault.text(for: reader) } } }
                if let right {
                    p { FleetWords.right.text(for: reader) }
                    p { code { right.text } }
                }
            }
        }
    }
}
