/// One change on an OLT. Each is carried out whole or taken back.
package enum OLTStep: Sendable, Equatable {
    case authorize(DesiredONU, at: ONUPlace)
    /// Registers the service of an ONU that was left without it.
    case serve(DesiredONU, at: ONUPlace)
    case suspend(ONUPlace)
    case restore(ONUPlace)
    case remove(ONUPlace)
    case restart(ONUPlace)
}

/// What differs between an ONU and its desired state. Decides and does nothing else.
package struct ONUComparison: Sendable, Equatable {
    /// In the order in which they are sent; empty where nothing differs.
    package let steps: [OLTStep]
    /// The ONU as it was observed where it belongs.
    package let observed: ObservedONU?

    package var isTrue: Bool { steps.isEmpty }

    /// `all` is what the OLT shows on its ports. An ONU is registered anew under another template, and after a change with
    /// an unknown end where the OLT does not show its service.
    package init(
        _ desired: DesiredONU, among all: [ObservedONU], of vendor: OLTVendor, isDoubtful: Bool = false,
        isOutdated: Bool = false
    ) {
        let own = all.filter { $0.serial == desired.serial }
        let isPresent = desired.state != .absent && !(desired.state == .closed && vendor.suspendsByRemoval)
        let here = isPresent ? own.first { $0.place.port == desired.port } : nil
        observed = here
        // A serial number is registered once: elsewhere it goes before it is registered here.
        let removals = own.filter { $0.place != here?.place }.map { OLTStep.remove($0.place) }
        guard isPresent else {
            steps = removals
            return
        }
        let isAnew = isOutdated || isDoubtful && here?.isServed == nil
        guard let here, !isAnew else {
            steps = removals + Self.registration(of: desired, at: here?.place, among: all, of: vendor)
            return
        }
        // A cut or a reconnection does not wait for anything that the OLT may refuse.
        steps =
            Self.access(of: desired, from: here) + removals
            + (here.isServed == false ? [.serve(desired, at: here.place)] : [])
    }

    /// Nothing where the port has no free number.
    private static func registration(
        of desired: DesiredONU, at registered: ONUPlace?, among all: [ObservedONU], of vendor: OLTVendor
    ) -> [OLTStep] {
        let taken = Set(all.filter { $0.place.port == desired.port }.map(\.place.number))
        let free = vendor.unitNumbers.first { !taken.contains($0) }.flatMap { ONUPlace(desired.port, $0) }
        guard let place = registered ?? free else { return [] }
        return (registered.map { [.remove($0)] } ?? []) + [.authorize(desired, at: place)]
            + (desired.state == .closed ? [.suspend(place)] : [])
    }

    private static func access(of desired: DesiredONU, from here: ObservedONU) -> [OLTStep] {
        switch (desired.state, here.isEnabled) {
        case (.closed, true?): [.suspend(here.place)]
        case (.open, false?): [.restore(here.place)]
        default: []
        }
    }
}
