import CSystem
import Glibc

/// Waits on a loop for a child process to exit.
package final class ProcessWatch: ReadinessHandler {
    package enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    private let identifier: pid_t
    private let loop: EventLoop
    private let descriptor: Int32
    private var onEnd: ((End) -> Void)?

    /// Calls `onEnd` once, on the loop. Call it on the loop's thread.
    package static func start(of identifier: pid_t, on loop: EventLoop, onEnd: @escaping (End) -> Void) {
        let watch = ProcessWatch(identifier, on: loop, onEnd)
        loop.add(watch.descriptor, handler: watch, for: .input)
    }

    private init(_ identifier: pid_t, on loop: EventLoop, _ onEnd: @escaping (End) -> Void) {
        self.identifier = identifier
        self.loop = loop
        self.onEnd = onEnd
        descriptor = csystem_pidfd_open(identifier)
        precondition(descriptor >= 0, "The kernel gives no handle on child processes")
    }

    package func isReady(for readiness: Readiness) {
        var status: Int32 = 0
        guard let onEnd, waitpid(identifier, &status, WNOHANG) == identifier else { return }
        self.onEnd = nil
        loop.remove(descriptor)
        close(descriptor)
        let signal = status & 0x7F
        onEnd(signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal))
    }
}
