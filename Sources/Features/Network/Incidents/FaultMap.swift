import Identifiers
import Monitoring
import Routers
import Time
import Topology

/// The network as it stands, from which follows what is down by itself and what only hangs on that. Decides and does
/// nothing else.
package struct FaultMap: Sendable {
    package struct Node: Sendable {
        let device: Device.ID
        let name: String
        let upstream: Device.ID?
        let router: Router.ID?
        let state: DeviceState.Standing
        let since: Instant?

        package init(
            _ device: Device.ID, _ name: String, under upstream: Device.ID? = nil, router: Router.ID? = nil,
            _ state: DeviceState.Standing, since: Instant? = nil
        ) {
            (self.device, self.name, self.upstream, self.router) = (device, name, upstream, router)
            (self.state, self.since) = (state, since)
        }
    }

    /// One cause: the highest device that is down, with all that it takes along.
    package struct Fault: Sendable, Equatable {
        package let device: Device.ID
        package let name: String
        /// The site where it stands.
        package let site: Site.ID?
        package let since: Instant?
        package let sites: Set<Site.ID>
        package let routers: Set<Router.ID>
        /// The devices that hang on it.
        package let below: Set<Device.ID>
    }

    private let nodes: [Device.ID: Node]
    private let sites: [Site.ID: Site]
    private let standing: [Device.ID: Site.ID]
    private let ofRouter: [Router.ID: Device.ID]
    private var devicesBelow: [Device.ID: [Device.ID]] = [:]
    private var sitesBelow: [Site.ID: [Site.ID]] = [:]

    package init(_ nodes: [Node], _ sites: [Site]) {
        self.nodes = Dictionary(nodes.map { ($0.device, $0) }, uniquingKeysWith: { first, _ in first })
        self.sites = Dictionary(sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ofRouter = Dictionary(
            nodes.compactMap { node in node.router.map { ($0, node.device) } }, uniquingKeysWith: { first, _ in first })
        var standing: [Device.ID: Site.ID] = [:]
        for site in sites {
            if let device = site.device { standing[device] = site.id }
            if let router = site.router, let device = ofRouter[router] { standing[device] = site.id }
        }
        (self.standing, self.ofRouter) = (standing, ofRouter)
        for node in nodes {
            if let upstream = node.upstream { devicesBelow[upstream, default: []].append(node.device) }
        }
        for site in sites { if let upstream = site.upstream { sitesBelow[upstream, default: []].append(site.id) } }
    }

    /// In order of name.
    package var faults: [Fault] {
        nodes.values.filter { $0.state == .down && !isUnderDown($0) }.map(fault)
            .sorted { ($0.name, "\($0.device)") < ($1.name, "\($1.device)") }
    }

    /// Whether something that feeds it is down.
    private func isUnderDown(_ node: Node) -> Bool {
        var (devices, places): ([Device.ID], [Site.ID]) = ([], [])
        func look(above node: Node) {
            if let upstream = node.upstream { devices.append(upstream) }
            if let place = standing[node.device], let upstream = sites[place]?.upstream { places.append(upstream) }
        }
        look(above: node)
        var (seenDevices, seenPlaces): (Set<Device.ID>, Set<Site.ID>) = ([node.device], [])
        while true {
            if let next = devices.popLast() {
                guard seenDevices.insert(next).inserted, let found = nodes[next] else { continue }
                if found.state == .down { return true }
                if found.state != .up { look(above: found) }
            } else if let next = places.popLast() {
                guard seenPlaces.insert(next).inserted, let place = sites[next], !isRouterUp(at: place) else {
                    continue
                }
                devices += self.devices(at: place)
                if let upstream = place.upstream { places.append(upstream) }
            } else {
                return false
            }
        }
    }

    /// A router that answers proves its site, also where the gauge beside it is down.
    private func isRouterUp(at site: Site) -> Bool {
        site.router.flatMap { ofRouter[$0] }.flatMap { nodes[$0] }?.state == .up
    }

    private func devices(at site: Site) -> [Device.ID] {
        [site.device, site.router.flatMap { ofRouter[$0] }].compactMap(\.self)
    }

    /// What it takes along: everything that hangs on it, but for what answers all the same.
    private func fault(_ root: Node) -> Fault {
        var (devices, places) = ([root.device], [Site.ID]())
        var (below, reached, routers): (Set<Device.ID>, Set<Site.ID>, Set<Router.ID>) = ([], [], [])
        while true {
            if let next = devices.popLast() {
                guard let node = nodes[next], below.insert(next).inserted else { continue }
                if let router = node.router { routers.insert(router) }
                if let place = standing[next] { places.append(place) }
                devices += (devicesBelow[next] ?? []).filter { nodes[$0]?.state != .up }
            } else if let next = places.popLast() {
                guard let place = sites[next], !isRouterUp(at: place), reached.insert(next).inserted else { continue }
                if let router = place.router { routers.insert(router) }
                for lower in sitesBelow[next] ?? [] {
                    guard let site = sites[lower] else { continue }
                    let there = self.devices(at: site)
                    if there.contains(where: { nodes[$0]?.state == .up }) { continue }
                    places.append(lower)
                    devices += there
                }
            } else {
                break
            }
        }
        below.remove(root.device)
        return Fault(
            device: root.device, name: standing[root.device].flatMap { sites[$0]?.name } ?? root.name,
            site: standing[root.device], since: root.since, sites: reached, routers: routers, below: below)
    }
}
