import Glibc
import Nouns

/// The answer to «¿Hay servicio en esta dirección?»: the boxes and sectors in reach that still take a customer, nearest
/// first.
package struct Feasibility: Sendable, Equatable {
    package struct Offer: Sendable, Equatable {
        package let site: Site
        package let meters: Int
        /// Nil where nobody counts them.
        package let free: Int?
    }

    package let offers: [Offer]
    /// The nearest that is in reach but full.
    package let full: Offer?

    /// A drop cable from a box, and a radio link from a sector.
    package static let boxReach = 300
    package static let sectorReach = 12_000

    package init(at place: Coordinates, among sites: [SiteUse], limit: Int = 10) {
        let inReach = sites.compactMap { use -> Offer? in
            guard use.site.kind.servesCustomers, let there = use.site.coordinates else { return nil }
            let meters = place.meters(to: there)
            guard meters <= (use.site.kind == .box ? Self.boxReach : Self.sectorReach) else { return nil }
            return Offer(site: use.site, meters: meters, free: use.free)
        }
        .sorted { ($0.meters, $0.site.name) < ($1.meters, $1.site.name) }
        offers = Array(inReach.filter { $0.free != 0 }.prefix(limit))
        full = inReach.first { $0.free == 0 }
    }

    package var isFeasible: Bool { !offers.isEmpty }
}

extension Coordinates {
    /// Along the surface, by the haversine formula.
    package func meters(to other: Coordinates) -> Int {
        let radians = Double.pi / 180 / 1_000_000
        let (here, there) = (Double(latitude) * radians, Double(other.latitude) * radians)
        let rise = sin((there - here) / 2)
        let turn = sin(Double(other.longitude - longitude) * radians / 2)
        let share = min(1, rise * rise + cos(here) * cos(there) * turn * turn)
        return Int((2 * 6_371_008.8 * asin(share.squareRoot())).rounded())
    }
}
