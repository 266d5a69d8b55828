import Synchronization
import Time

/// A clock that stands still until the test moves it.
package final class HeldClock: Sendable {
    private let moment: Mutex<Instant>

    package init(at moment: Instant) { self.moment = Mutex(moment) }

    package var now: Instant { moment.withLock(\.self) }
    package var source: TimeSource { TimeSource { self.now } }

    package func advance(by span: Duration) { moment.withLock { $0 = $0 + span } }
}
