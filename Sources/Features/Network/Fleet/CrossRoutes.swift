import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// What routers, books and UISP do not agree on, in the panel.
struct CrossRoutes: Sendable {
    static let path = "/panel/fleet/cross"

    private let acts: FleetActs
    private let files: ListFiles

    init(_ acts: FleetActs, files: ListFiles) { (self.acts, self.files) = (acts, files) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/fleet/cross", .fleetRead, "Cruce de routers, servicios y UISP", show)
        routes.post("/panel/fleet/cross", .fleetManage, "Hace el cruce ahora", compare)
        routes.get("/panel/fleet/gaps", .fleetRead, "Lo que no cuadra entre routers, servicios y UISP", list)
        routes.get("/panel/fleet/gaps.csv", .fleetRead, "Lo que no cuadra, en CSV") { try await file(.csv, $0) }
        routes.get("/panel/fleet/gaps.xlsx", .fleetRead, "Lo que no cuadra, en Excel") { try await file(.xlsx, $0) }
        routes.get("/panel/fleet/gaps/:id", .fleetRead, "Una línea que no cuadra, con su causa", showGap)
        routes.post("/panel/fleet/gaps/:id/link", .fleetManage, "Liga un servicio a un equipo de UISP", link)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let latest = try await visit.database.fleetDay(upTo: visit.today)
        let before: [FleetDayCount]
        if let day = latest.first?.day {
            before = try await visit.database.fleetDay(upTo: day.advanced(by: -1))
        } else {
            before = []
        }
        let page = CrossPage(
            latest: latest, before: before, gaps: try await visit.database.gapTotals(), visit: visit)
        return try await Panel.page(page, titled: FleetWords.cross.text(for: visit.reader), for: visit)
    }

    private func compare(_ visit: Visit) async throws -> Response {
        try await visit.database.queue(CompareFleet(), at: visit.now)
        return Panel.done(.fleetBeingCompared, at: Self.path)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(FleetGapInList.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.gapRows(query), counted: visit.database.countedGaps(query))
        let page = ListPage(
            part,
            .init(
                .check, none: FleetWords.noGaps.message, intro: FleetWords.gapsIntro.message,
                search: FleetWords.search.message),
            links: FleetRemedy.all(for: visit).map { .init($0.text, path: $0.path) } + [
                .init(FleetWords.cross.text(for: visit.reader), path: Self.path)
            ], files: ListFiles.Format.allCases,
            visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func file(_ format: ListFiles.Format, _ visit: Visit) async throws -> Response {
        let query = try ListQuery(FleetGapInList.list, visit.request.query)
        return try await files.answer(query, as: format, for: visit) { part in
            try await visit.database.rows(visit.database.gapRows(part))
        }
    }

    private func showGap(_ visit: Visit, id: FleetGapInList.ID) async throws -> Response {
        try await page(found(id, visit), nil, visit)
    }

    private func link(_ visit: Visit, id: FleetGapInList.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["device", FormID.field])
        let gap = try await found(id, visit)
        guard let service = gap.gap.service, let known = try await visit.database.service(service, on: visit.today)
        else {
            throw AccessRefusal.notFound
        }
        do {
            guard let wanted = FleetDevice.ID(sent["device"] ?? ""),
                let device = try await visit.database.fleetDevice(wanted)
            else { throw FleetRefusal.deviceTaken }
            try await acts.link(known, to: device, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: FleetGapInList.path)
        } catch let refusal as FleetRefusal {
            return try await page(gap, refusal, visit)
        }
    }

    private func page(_ gap: FleetGapInList, _ refusal: FleetRefusal?, _ visit: Visit) async throws -> Response {
        let mayBeLinked = gap.gap.service != nil && [.tie, .serviceAlone].contains(gap.gap.kind)
        let page = GapPage(
            gap: gap, antennas: mayBeLinked ? try await visit.database.freeAntennas(limit: 2000) : [],
            refusal: refusal, visit: visit)
        return try await Panel.page(page, titled: gap.gap.name, status: refusal?.status ?? .ok, for: visit)
    }

    private func found(_ id: FleetGapInList.ID, _ visit: Visit) async throws -> FleetGapInList {
        guard let gap = try await visit.database.gap(id) else { throw AccessRefusal.notFound }
        return gap
    }
}

/// The latest counts beside those of the day before, with the names that came and went.
struct CrossPage: View {
    let latest: [FleetDayCount]
    let before: [FleetDayCount]
    let gaps: [GapTotal]
    let visit: Visit

    private static let named = 50
    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(FleetDevice.list, visit: visit)
        PageHeading(FleetWords.cross.text(for: reader)) {
            if visit.mayAct(with: .fleetManage) {
                form(.class("inline"), .method(.post), .action(CrossRoutes.path)) {
                    button(.type("submit")) { FleetWords.compareNow.text(for: reader) }
                }
            }
        }
        p(.class("hint lead")) { FleetWords.crossIntro.text(for: reader) }
        if let madeAt = latest.first?.madeAt {
            p {
                FleetWords.updated.text(
                    for: reader, .text("moment", madeAt.text(.short, in: visit.tenant.timeZone, for: reader)))
            }
            if let unread = latest.first(where: { $0.kind == .unread }), unread.count > 0 {
                p(.class("notice notice-bad"), .role("alert")) {
                    FleetWords.unread.text(for: reader, .text("names", unread.names.joined(separator: ", ")))
                }
            }
            tiles
            counts
            changes
        } else {
            EmptyState(.check, FleetWords.noDay.text(for: reader))
        }
    }

    private var tiles: Markup {
        .group([
            h2 { FleetWords.ofToday.text(for: reader) },
            ul(.class("tiles")) {
                for kind in FleetGap.Kind.allCases {
                    let count = gaps.first { $0.kind == kind }?.count ?? 0
                    Tile(
                        kind.text(for: reader), count.text(for: reader),
                        path: "\(FleetGapInList.path)?kind=\(kind.rawValue)")
                }
            },
        ])
    }

    private var counts: Markup {
        let title = FleetWords.countOf.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [FleetWords.countOf, .today, .before] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for kind in FleetCount.Kind.allCases {
                        tr {
                            td(.class("name")) { kind.text(for: reader) }
                            td(.class("figures")) { count(of: kind, latest) }
                            td(.class("figures")) { count(of: kind, before) }
                        }
                    }
                }
            }
        }
    }

    private func count(of kind: FleetCount.Kind, _ day: [FleetDayCount]) -> String {
        day.first { $0.kind == kind }?.count.text(for: reader) ?? "–"
    }

    /// Why a count is another than the day before: by name.
    private var changes: Markup {
        .group(
            FleetCount.Kind.allCases.compactMap { kind in
                guard let now = latest.first(where: { $0.kind == kind }),
                    let then = before.first(where: { $0.kind == kind })
                else { return nil }
                let (new, gone) = (
                    Set(now.names).subtracting(then.names).sorted(), Set(then.names).subtracting(now.names).sorted()
                )
                guard !new.isEmpty || !gone.isEmpty else { return nil }
                return section(.class("card"), .aria("label", kind.text(for: reader))) {
                    h2 { kind.text(for: reader) }
                    if !gone.isEmpty { names(.gone, gone) }
                    if !new.isEmpty { names(.new, new) }
                }
            })
    }

    private func names(_ words: FleetWords, _ names: [String]) -> Markup {
        p {
            strong { "\(words.text(for: reader)) (\(names.count.text(for: reader))): " }
            names.prefix(Self.named).joined(separator: " · ")
            if names.count > Self.named { " …" }
        }
    }
}

/// One line that does not agree: its cause, and the device that a person may link.
struct GapPage: View {
    let gap: FleetGapInList
    let antennas: [FleetAntenna]
    let refusal: FleetRefusal?
    let visit: Visit

    var body: Markup {
        let (reader, gap) = (visit.reader, gap.gap)
        Crumb(FleetGapInList.list, visit: visit)
        PageHeading(gap.name)
        p(.class("subject")) { StateMark(gap.kind, for: reader) }
        dl(.class("facts card")) {
            if gap.cause != .none { fact(.cause, gap.cause.text(for: reader)) }
            fact(.mac, gap.mac)
            fact(.vendor, gap.vendor)
            fact(.address, gap.address)
            fact(.found, self.gap.foundAt.text(.short, in: visit.tenant.timeZone, for: reader))
        }
        p(.class("acts")) {
            if let service = gap.service {
                a(.class("button"), .href("/panel/services/\(service)")) { FleetWords.seeService.text(for: reader) }
            }
            if gap.kind == .missing {
                for remedy in FleetRemedy.all(for: visit) {
                    a(.class("button primary"), .href(remedy.path)) { remedy.text }
                }
            }
            if let device = gap.device {
                a(.class("button"), .href("\(FleetDevice.path)/\(device)")) { FleetWords.device.text(for: reader) }
            }
        }
        if !antennas.isEmpty, visit.mayAct(with: .fleetManage) { choice }
    }

    private var choice: Markup {
        let reader = visit.reader
        return form(
            .class("card form"), .method(.post), .action("\(FleetGapInList.path)/\(gap.id)/link")
        ) {
            FormHead(refusal.map { [FormFault(name: "device", message: $0.message)] } ?? [], visit: visit)
            h2 { FleetWords.linkTitle.text(for: reader) }
            FormField(
                FleetWords.device.text(for: reader), name: "device", error: refusal?.message.text(for: reader)
            ) { wiring in
                FieldOptions(
                    antennas.map { ("\($0.id)", "\($0.title) · \($0.mac)") },
                    none: FleetWords.chooseDevice.text(for: reader), isRequired: true
                ).select(wiring)
            }
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) { FleetWords.link.text(for: reader) }
            }
        }
    }

    private func fact(_ words: FleetWords, _ text: String) -> Markup {
        text.isEmpty
            ? .nothing
            : div {
                dt { words.text(for: visit.reader) }
                dd { text }
            }
    }
}
