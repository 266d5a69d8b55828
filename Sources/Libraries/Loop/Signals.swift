import CSystem
import Glibc

/// Receives signals as events of a loop instead of interrupting a thread.
package final class Signals: ReadinessHandler {
    private let descriptor: Int32
    private let loop: EventLoop
    private let received: (Int32) -> Void

    /// Blocks these signals in this thread and those it starts: call it first of all, on the main thread.
    package static func block(_ signals: [Int32]) {
        var set = mask(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Calls `received` on the loop for each of these signals, which must be blocked in every thread. Create and close
    /// it on the loop's thread.
    package init(_ signals: [Int32], on loop: EventLoop, _ received: @escaping (Int32) -> Void) {
        var set = Self.mask(of: signals)
        descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        precondition(descriptor >= 0, "The system has no file descriptors left")
        self.loop = loop
        self.received = received
        loop.add(descriptor, handler: self, for: [.input, .edges])
    }

    package func isReady(for readiness: Readiness) {
        var information = signalfd_siginfo()
        while read(descriptor, &information, MemoryLayout<signalfd_siginfo>.size) > 0 {
            received(Int32(bitPattern: information.ssi_signo))
        }
    }

    package func close() {
        loop.remove(descriptor)
        Glibc.close(descriptor)
    }

    private static func mask(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
