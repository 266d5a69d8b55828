import Synchronization
import Time

/// A program on the other side of a connection, with its faults: it answers, refuses, cannot be reached for a while, or takes
/// a message and breaks off before it has confirmed it. It remembers what it took.
package final class SimulatedPeer<Message: Sendable>: Sendable {
    package enum Answer: String, Sendable, CaseIterable {
        case takes
        /// It has taken the message, and the sender does not learn of it.
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

    /// Is away now and then, until the moment from which nothing fails any more.
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

    /// Whatever it answers, that is noted. Faults are of every hundred.
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
