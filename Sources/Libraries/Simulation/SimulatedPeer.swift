import Synchronization
import Time

/// A fault-injecting peer: it answers, refuses, is unreachable for a while, or accepts a message and disconnects before
/// confirming it. It records what it accepted.
package final class SimulatedPeer<Message: Sendable>: Sendable {
    package enum Answer: String, Sendable, CaseIterable {
        case takes
        /// The message is accepted, but the sender gets no confirmation.
        case takesUnheard
        case isBusy
        case refuses
        case isAway
    }

    package let name: String
    private let simulation: Simulation
    private let isAway = Mutex(false)
    private let kept = Mutex<[(moment: Instant, message: Message)]>([])

    package init(_ name: String, in simulation: Simulation) {
        self.name = name
        self.simulation = simulation
    }

    package var taken: [(moment: Instant, message: Message)] { kept.withLock(\.self) }

    /// Goes away now and then, until the moment from which nothing fails any more.
    package func comeAndGo(until calm: Instant, awayFor longest: Duration) {
        simulation.start("\(name)'s line") { [self] line in
            while simulation.now < calm {
                try await line.pause(for: simulation.span(upTo: longest * 4))
                isAway.withLock { $0 = simulation.now < calm }
                try await line.pause(for: simulation.span(upTo: longest))
                isAway.withLock { $0 = false }
            }
        }
    }

    /// Records the message whatever the answer. `faults` is a percentage.
    package func hear(_ message: Message, called text: String, faults percent: Int) -> Answer {
        var answer = Answer.takes
        if isAway.withLock(\.self) {
            answer = .isAway
        } else if simulation.chance(percent) {
            answer = Answer.allCases[1 + simulation.number(below: Answer.allCases.count - 1)]
        }
        if answer == .takes || answer == .takesUnheard {
            kept.withLock { $0.append((simulation.now, message)) }
        }
        simulation.note("\(name): \(answer.rawValue) \(text)")
        return answer
    }
}
