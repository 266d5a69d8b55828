import Access
import Declarations
import Glibc
import HTML
import JSON
import Locale
import Monitoring
import Nouns
import Panel
import Routers
import Tenancy

/// The sites with coordinates as a plain drawing, north up, to scale. Sites whose marks would cover each other share
/// one, and names are written where they cover no other.
package struct NetworkDrawing: Sendable {
    /// A mark with its sites, the most important first.
    package struct Place: Sendable {
        package let x: Int
        package let y: Int
        package internal(set) var sites: [SiteUse]
        package internal(set) var names: Names?
    }

    /// Lines of text beside a mark.
    package struct Names: Sendable {
        package let x: Int
        /// Of the first line's foot.
        package let y: Int
        /// Whether the lines end there, to the left of the mark.
        package let isBefore: Bool
        let box: Box
    }

    struct Box: Sendable {
        let left, top, right, bottom: Int

        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    /// For which screens it is drawn, with letters that are legible there.
    package enum Size: String, Sendable, CaseIterable {
        case wide, narrow

        package var width: Int { self == .wide ? 800 : 350 }
        var margin: Int { self == .wide ? 40 : 24 }
        var letter: Int { self == .wide ? 15 : 12 }
        var lineHeight: Int { letter + 5 }
        package var mark: Int { self == .wide ? 10 : 8 }
        package var boxMark: Int { self == .wide ? 6 : 4 }
    }

    package let size: Size
    package let height: Int
    package private(set) var places: [Place]
    /// From a site to the one that feeds it, where both have coordinates.
    package let links: [(from: (x: Int, y: Int), to: (x: Int, y: Int))]

    /// Names at one place; the others are counted.
    package static let mostNames = 3

    package init(_ uses: [SiteUse], for size: Size = .wide) {
        self.size = size
        let placed = uses.compactMap { use in use.site.coordinates.map { (use, $0) } }
        let latitudes = placed.map { $0.1.latitude }
        let longitudes = placed.map { $0.1.longitude }
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        // A degree of longitude shortens towards the poles.
        let squeeze = max(0.05, cos(Double(south + (north - south) / 2) / 1_000_000 * .pi / 180))
        let (wide, tall) = (max(1, Double(east - west) * squeeze), max(1, Double(north - south)))
        let room = Double(size.width - 2 * size.margin)
        let scale = min(room / wide, (size == .wide ? 1000 : 600) / tall)
        height = max(size == .wide ? 240 : 200, Int(tall * scale) + 2 * size.margin)
        var spots: [Site.ID: (x: Int, y: Int)] = [:]
        for (use, place) in placed {
            spots[use.site.id] = (
                size.margin + Int(Double(place.longitude - west) * squeeze * scale),
                size.margin + Int(Double(north - place.latitude) * scale)
            )
        }
        links = placed.compactMap { use, _ in
            guard let from = spots[use.site.id], let to = use.site.upstream.flatMap({ spots[$0] }) else { return nil }
            return (from, to)
        }
        places = Self.grouped(placed.map(\.0).sorted { $0.site.kind.rank < $1.site.kind.rank }, at: spots, size)
        writeNames()
    }

    /// The most important site of a place gives it its spot.
    private static func grouped(
        _ uses: [SiteUse], at spots: [Site.ID: (x: Int, y: Int)], _ size: Size
    ) -> [Place] {
        var places: [Place] = []
        // Places by squares of a mark's size, so that each site is compared with its neighbours only.
        var squares: [[Int]: [Int]] = [:]
        let side = 2 * size.mark
        for use in uses {
            guard let spot = spots[use.site.id] else { continue }
            let (column, row) = (spot.x / side, spot.y / side)
            var near: Int?
            search: for across in column - 1...column + 1 {
                for down in row - 1...row + 1 {
                    near = squares[[across, down]]?.first { index in
                        abs(places[index].x - spot.x) < side && abs(places[index].y - spot.y) < side
                    }
                    if near != nil { break search }
                }
            }
            if let near {
                places[near].sites.append(use)
            } else {
                squares[[column, row], default: []].append(places.count)
                places.append(Place(x: spot.x, y: spot.y, sites: [use]))
            }
        }
        return places
    }

    /// A lone box has no name. Names for which there is no room are left out; the mark still tells them.
    private mutating func writeNames() {
        let radius = size.mark
        var taken = places.prefix(2000).map { place in
            Box(
                left: place.x - radius, top: place.y - radius, right: place.x + radius, bottom: place.y + radius)
        }
        for (index, place) in places.prefix(2000).enumerated() {
            guard place.sites.count > 1 || place.sites[0].site.kind != .box else { continue }
            let shown = place.sites.prefix(Self.mostNames)
            let lines = shown.count + (place.sites.count > shown.count ? 1 : 0)
            let letters = max(shown.map { $0.site.name.unicodeScalars.count }.max() ?? 0, 8)
            let (wide, tall) = (letters * size.letter * 6 / 10, lines * size.lineHeight)
            let middle = place.y - tall / 2
            let tries: [(left: Int, top: Int, isBefore: Bool)] = [
                (place.x + radius + 4, middle, false), (place.x - radius - 4 - wide, middle, true),
                (place.x + radius + 4, place.y - tall, false), (place.x + radius + 4, place.y, false),
                (place.x - radius - 4 - wide, place.y - tall, true), (place.x - radius - 4 - wide, place.y, true),
                (place.x - wide / 2, place.y + radius + 2, false),
                (place.x - wide / 2, place.y - radius - 2 - tall, false),
            ]
            for spot in tries {
                let box = Box(left: spot.left, top: spot.top, right: spot.left + wide, bottom: spot.top + tall)
                guard box.left >= 0, box.top >= 0, box.right <= size.width, box.bottom <= height,
                    !taken.contains(where: box.meets)
                else { continue }
                taken.append(box)
                places[index].names = Names(
                    x: spot.isBefore ? box.right : box.left, y: box.top + size.letter, isBefore: spot.isBefore,
                    box: box)
                break
            }
        }
    }
}

extension Site.Kind {
    /// The most important first.
    fileprivate var rank: Int {
        switch self {
        case .office: 0
        case .tower: 1
        case .node: 2
        case .cabinet: 3
        case .sector: 4
        case .box: 5
        }
    }
}

struct MapPage: View {
    let uses: [SiteUse]
    let tiles: MapTiles
    let visit: Visit

    private var reader: Reader { visit.reader }

    /// Sites that the map which moves shows.
    private static let most = 5000

    var body: Markup {
        Crumb(SiteUse.list, visit: visit)
        PageHeading(TopologyWords.map.text(for: reader)) {
            a(.class("button"), .href(SiteRoutes.tree)) { TopologyWords.tree.text(for: reader) }
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href(MapTiles.path)) { TopologyWords.tiles.text(for: reader) }
            }
        }
        p(.class("hint lead")) { TopologyWords.mapIntro.text(for: reader) }
        let placed = uses.filter { $0.site.coordinates != nil }.sorted { $0.site.kind.rank < $1.site.kind.rank }
        if placed.isEmpty {
            EmptyState(.zones, TopologyWords.mapEmpty.text(for: reader), act: nil)
        } else {
            if let library = Asset.leaflet.address { living(Array(placed.prefix(Self.most)), by: library) }
            details(.class("map-drawing"), .open()) {
                summary { TopologyWords.plainMap.text(for: reader) }
                figure(.class("chart network-map card")) {
                    for size in NetworkDrawing.Size.allCases {
                        MapDrawing(drawing: NetworkDrawing(placed, for: size), reader: reader)
                    }
                }
            }
        }
    }

    /// Where scripts run: a map that moves and zooms. The drawing says the same to the keyboard.
    private func living(_ placed: [SiteUse], by library: String) -> Markup {
        .group([
            link(.rel("stylesheet"), .href(Asset.leafletStyle.href)),
            div(
                .class("live-map"), .hidden(), .aria("label", TopologyWords.map.text(for: reader)), .role("group"),
                .data("map", content(placed))),
            script(src: library, .defer()), script(src: Asset.map.href, .defer()),
        ])
    }

    private func content(_ placed: [SiteUse]) -> String {
        let numbers = Dictionary(
            placed.enumerated().map { ($0.element.site.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var json = JSONWriter(reserving: 120 * placed.count)
        json.object { json in
            json.array("sites") { json in for use in placed { write(use, to: &json) } }
            json.array("links") { json in
                for (number, use) in placed.enumerated() {
                    guard let upstream = use.site.upstream.flatMap({ numbers[$0] }) else { continue }
                    json.array { json in
                        json.integer(Int64(number))
                        json.integer(Int64(upstream))
                    }
                }
            }
            if tiles.origin != nil {
                json.member("tiles", tiles.address)
                json.member("attribution", tiles.attribution)
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ use: SiteUse, to json: inout JSONWriter) {
        guard let place = use.site.coordinates else { return }
        json.object { json in
            json.member("name", use.site.name)
            json.member("path", use.site.panelPath)
            json.member("about", use.about(for: reader))
            json.member("state", (use.standing ?? .unknown).rawValue)
            if use.site.kind == .box { json.member("box", 1) }
            json.array("at") { json in
                json.number(Double(place.latitude) / 1_000_000)
                json.number(Double(place.longitude) / 1_000_000)
            }
        }
    }
}

extension SiteUse {
    /// «Torre · Caído».
    fileprivate func about(for reader: Reader) -> String {
        let kind = site.kind.message.text(for: reader)
        return standing.map { "\(kind) · \($0.text(for: reader))" } ?? kind
    }
}

private struct MapDrawing: View {
    let drawing: NetworkDrawing
    let reader: Reader

    var body: Markup {
        svg(
            .class(drawing.size.rawValue), .viewBox("0 0 \(drawing.size.width) \(drawing.height)"), .role("group"),
            .aria("label", TopologyWords.map.text(for: reader))
        ) {
            for link in drawing.links {
                line(.class("axis"), .x1(link.from.x), .x2(link.to.x), .y1(link.from.y), .y2(link.to.y))
            }
            for place in drawing.places {
                if place.sites.count == 1 { lone(place) } else { shared(place) }
            }
        }
    }

    private func lone(_ place: NetworkDrawing.Place) -> Markup {
        let use = place.sites[0]
        let says = "\(use.site.name), \(use.about(for: reader))"
        return a(.href(use.site.panelPath), .aria("label", says), tone(of: place)) {
            mark(place, says)
            if let names = place.names { text(use.site.name, names, 0) }
        }
    }

    /// The mark leads to the first, each name to its own.
    private func shared(_ place: NetworkDrawing.Place) -> Markup {
        let all = place.sites.map(\.site.name).joined(separator: ", ")
        let shown = place.sites.prefix(NetworkDrawing.mostNames)
        let rest = place.sites.count - shown.count
        var parts = [
            a(.href(shown[0].site.panelPath), .aria("label", all), tone(of: place)) { mark(place, all) }
        ]
        guard let names = place.names else { return .group(parts) }
        for (number, use) in shown.enumerated() {
            parts.append(
                a(.href(use.site.panelPath), .aria("label", "\(use.site.name), \(use.about(for: reader))")) {
                    text(use.site.name, names, number)
                })
        }
        if rest > 0 {
            let more = TopologyWords.moreHere.text(for: reader, .number("number", rest))
            parts.append(a(.href(SiteRoutes.tree)) { text(more, names, shown.count) })
        }
        return .group(parts)
    }

    private func mark(_ place: NetworkDrawing.Place, _ says: String) -> Markup {
        let isBox = place.sites.allSatisfy { $0.site.kind == .box }
        return circle(
            .class("site"), .cx(place.x), .cy(place.y), .r(isBox ? drawing.size.boxMark : drawing.size.mark)
        ) {
            HTML.title { says }
        }
    }

    private func text(_ name: String, _ names: NetworkDrawing.Names, _ line: Int) -> Markup {
        svgText(
            .class(names.isBefore ? "before" : ""), .x(names.x),
            .y(names.y + line * drawing.size.lineHeight)
        ) { name }
    }

    /// Red where one of its sites is down, green where one is known to be up.
    private func tone(of place: NetworkDrawing.Place) -> Attribute {
        let standings = place.sites.compactMap(\.standing)
        if standings.contains(.down) { return .data("tone", Tone.bad.rawValue) }
        return standings.contains(.up) ? .data("tone", Tone.good.rawValue) : .absent
    }
}
