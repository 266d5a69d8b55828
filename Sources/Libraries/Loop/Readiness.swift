import CSystem

/// The owner of a file descriptor, notified when it is readable or writable.
package protocol ReadinessHandler: AnyObject {
    func isReady(for readiness: Readiness)
}

package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let input = Readiness(rawValue: EPOLLIN.rawValue)
    package static let output = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer sends no more, is gone, or the descriptor failed.
    package static let ended = Readiness(rawValue: EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue)
    /// Edge triggered: read or write until it would block.
    package static let edges = Readiness(rawValue: EPOLLET.rawValue)
    package static let everything: Readiness = [.input, .output, .ended, .edges]
}
