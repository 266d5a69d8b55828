/// The sites by what feeds them. A site whose feeding site is out of sight stands at the top.
package struct NetworkTree: Sendable {
    package struct Branch: Sendable {
        package let use: SiteUse
        package let below: [Branch]
        /// Services of the site and of all that hang on it.
        package let services: Int
    }

    package let roots: [Branch]

    package init(_ uses: [SiteUse]) {
        let known = Set(uses.map(\.site.id))
        var fed: [Site.ID?: [SiteUse]] = [:]
        for use in uses {
            let upstream = use.site.upstream.flatMap { known.contains($0) ? $0 : nil }
            fed[upstream, default: []].append(use)
        }
        roots = Self.branches(of: nil, fed, deep: 0)
    }

    private static func branches(of site: Site.ID?, _ fed: [Site.ID?: [SiteUse]], deep: Int) -> [Branch] {
        guard deep < 64 else { return [] }
        return (fed[site] ?? []).map { use in
            let below = branches(of: use.site.id, fed, deep: deep + 1)
            return Branch(use: use, below: below, services: below.reduce(use.services) { $0 + $1.services })
        }
    }
}
