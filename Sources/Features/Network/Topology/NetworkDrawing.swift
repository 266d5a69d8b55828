import Access
import Declarations
import Glibc
import HTML
import Locale
import Nouns
import Panel
import Tenancy

/// The sites with coordinates as a plain drawing, north up, to scale.
package struct NetworkDrawing: Sendable {
    package struct Point: Sendable {
        package let use: SiteUse
        package let x: Int
        package let y: Int
    }

    package static let width = 800
    package let height: Int
    package let points: [Point]
    /// From a site to the one that feeds it, where both have coordinates.
    package let links: [(from: Point, to: Point)]

    package init(_ uses: [SiteUse]) {
        let placed = uses.compactMap { use in use.site.coordinates.map { (use, $0) } }
        let latitudes = placed.map { $0.1.latitude }
        let longitudes = placed.map { $0.1.longitude }
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        // A degree of longitude shortens towards the poles.
        let squeeze = max(0.05, cos(Double(south + (north - south) / 2) / 1_000_000 * .pi / 180))
        let (wide, tall) = (max(1, Double(east - west) * squeeze), max(1, Double(north - south)))
        let room = Double(Self.width - 2 * Self.margin)
        let scale = min(room / wide, 1000 / tall)
        height = max(240, Int(tall * scale) + 2 * Self.margin)
        points = placed.map { use, place in
            Point(
                use: use, x: Self.margin + Int(Double(place.longitude - west) * squeeze * scale),
                y: Self.margin + Int(Double(north - place.latitude) * scale))
        }
        let known = Dictionary(points.map { ($0.use.site.id, $0) }, uniquingKeysWith: { first, _ in first })
        links = points.compactMap { point in
            point.use.site.upstream.flatMap { known[$0] }.map { (point, $0) }
        }
    }

    private static let margin = 40
}

struct MapPage: View {
    let drawing: NetworkDrawing
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(SiteUse.list, visit: visit)
        PageHeading(TopologyWords.map.text(for: reader)) {
            a(.class("button"), .href(SiteRoutes.tree)) { TopologyWords.tree.text(for: reader) }
        }
        p(.class("hint lead")) { TopologyWords.mapIntro.text(for: reader) }
        if drawing.points.isEmpty {
            EmptyState(.zones, TopologyWords.mapEmpty.text(for: reader), act: nil)
        } else {
            figure(.class("chart network-map card")) { picture }
        }
    }

    private var picture: Markup {
        svg(
            .viewBox("0 0 \(NetworkDrawing.width) \(drawing.height)"), .role("group"),
            .aria("label", TopologyWords.map.text(for: reader))
        ) {
            for link in drawing.links {
                line(
                    .class("axis"), .x1(link.from.x), .x2(link.to.x), .y1(link.from.y), .y2(link.to.y))
            }
            for point in drawing.points { mark(point) }
        }
    }

    private func mark(_ point: NetworkDrawing.Point) -> Markup {
        let site = point.use.site
        return a(
            .href(site.panelPath),
            .aria("label", "\(site.name), \(site.kind.message.text(for: reader))")
        ) {
            circle(.class("site"), .cx(point.x), .cy(point.y), .r(site.kind == .box ? 6 : 12))
            if site.kind != .box {
                svgText(.class("site-name"), .x(point.x + 16), .y(point.y + 5), .aria("hidden", "true")) { site.name }
            }
        }
    }
}
