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
        // A serial number is registered once: elsewhere it goes first.
        let removals = own.filter { $0.place != here?.place }.map { OLTStep.remove($0.place) }
        guard isPresent else {
            steps = removals
            return
        }
        let isAnew = isOutdated || isDoubtful && here?.isServed == nil
        steps = removals + Self.steps(to: desired, from: here, among: all, of: vendor, isAnew)
    }

    private static func steps(
        to desired: DesiredONU, from here: ObservedONU?, among all: [ObservedONU], of vendor: OLTVendor,
        _ isAnew: Bool
    ) -> [OLTStep] {
        guard let here else {
            let taken = Set(all.filter { $0.place.port == desired.port }.map(\.place.number))
            guard let free = vendor.unitNumbers.first(where: { !taken.contains($0) }) else { return [] }
            let place = ONUPlace(desired.port, free)
            return [.authorize(desired, at: place)] + (desired.state == .closed ? [.suspend(place)] : [])
        }
        if isAnew {
            let again: [OLTStep] = [.remove(here.place), .authorize(desired, at: here.place)]
            return again + (desired.state == .closed ? [.suspend(here.place)] : [])
        }
        var steps: [OLTStep] = here.isServed == false ? [.serve(desired, at: here.place)] : []
        switch (desired.state, here.isEnabled) {
        case (.closed, true?): steps.append(.suspend(here.place))
        case (.open, false?): steps.append(.restore(here.place))
        default: break
        }
        return steps
    }
}
