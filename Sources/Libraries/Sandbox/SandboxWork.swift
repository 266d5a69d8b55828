/// A piece of work on what strangers sent, done in a process of its own. A new kind is one type, its `perform` beside the
/// libraries it needs, and a line in `mastil-render`.
package protocol SandboxWork: WireValue {
    associatedtype Answer: WireValue
    /// What is wrong with the file, told by the work itself.
    associatedtype Fault: Error & WireValue

    static var kind: String { get }
    static var limits: SandboxLimits { get }
    /// Whether its process does more work of the same tenant. Not where it reads a stranger's file, which may leave it so
    /// that the next one comes out wrong: letters of 10³⁰ pixels leave pictures without any.
    static var keepsProcess: Bool { get }

    /// Whether the answer can be one to this work. It is as foreign as the file.
    func accepts(_ answer: Answer) -> Bool
}

extension SandboxWork {
    package static var limits: SandboxLimits { SandboxLimits() }
    package static var keepsProcess: Bool { false }
    package func accepts(_ answer: Answer) -> Bool { true }
}

/// Work whose libraries are at hand: linked into `mastil-render`, never into what serves.
package protocol PerformableWork: SandboxWork {
    func perform() throws(Fault) -> Answer
}

package struct SandboxLimits: Sendable {
    /// Of the processor, and of the clock.
    package var seconds = 1.5
    /// Beyond what the process takes when it starts.
    package static let memory = 192 * 1024 * 1024
    /// Of the work as it is sent, and of its answer.
    package static let mostBytes = 32 * 1024 * 1024

    package init(seconds: Double = 1.5) { self.seconds = seconds }
}

package enum SandboxFailure: Error, Equatable {
    /// Too much waits already, of everybody's or of this tenant's.
    case full
    /// It took too long.
    case overran
    /// It was too much for the process, or for its memory.
    case crashed(reason: String)
}
