/// Work on untrusted input, done in a process of its own. A new kind takes one type, its `perform` beside the libraries
/// it needs, and a line in `mastil-render`.
package protocol SandboxWork: WireValue {
    associatedtype Answer: WireValue
    /// What is wrong with the file, reported by the work itself.
    associatedtype Fault: Error & WireValue

    static var kind: String { get }
    static var limits: SandboxLimits { get }
    /// Whether the process may do further work for the same tenant. Not where it reads an untrusted file, which may
    /// leave state that spoils the next result: glyphs of 10³⁰ pixels leave pictures without any.
    static var keepsProcess: Bool { get }

    /// Whether the answer is plausible for this work. It is as untrusted as the file.
    func accepts(_ answer: Answer) -> Bool
}

extension SandboxWork {
    package static var limits: SandboxLimits { SandboxLimits() }
    package static var keepsProcess: Bool { false }
    package func accepts(_ answer: Answer) -> Bool { true }
}

/// Work with its implementation, linked into `mastil-render`, never into a server.
package protocol PerformableWork: SandboxWork {
    func perform() throws(Fault) -> Answer
}

package struct SandboxLimits: Sendable {
    /// A limit on CPU time, and through `patience` on wall-clock time.
    package var seconds = 1.5
    /// In addition to a fresh process's memory.
    package static let memory = 192 * 1024 * 1024
    /// The size of the request, and of the answer.
    package static let mostBytes = 32 * 1024 * 1024

    package init(seconds: Double = 1.5) { self.seconds = seconds }
}

package enum SandboxFailure: Error, Equatable {
    /// The queue is full, in total or for this tenant.
    case full
    /// The time limit expired.
    case overran
    /// The process crashed, or ran out of memory.
    case crashed(reason: String)
}
