import FibreProtocol
import Loop

package struct OLTDeadlines: Sendable {
    package var connecting = Duration.seconds(8)
    package var command = Duration.seconds(20)
    /// Saving and printing a whole configuration.
    package var saving = Duration.seconds(180)

    package init() {}
}

/// OLTs by their command line over telnet.
package struct OLTCommandLineDriver: OLTDriver {
    private let deadlines: OLTDeadlines

    package init(deadlines: OLTDeadlines = OLTDeadlines()) { self.deadlines = deadlines }

    package func open(_ target: OLTTarget, on loop: EventLoop) async throws(OLTFailure) -> any OLTSession {
        try await OLTLine.open(target, deadlines: deadlines, on: loop)
    }

    package func commands(for step: OLTStep, on vendor: OLTVendor, firmware: String) -> [String] {
        vendor.dialect(firmware).commands(for: step).map(\.text)
    }
}
