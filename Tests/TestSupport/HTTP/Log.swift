import Synchronization

/// What happened on the server's side of a test, in order.
package final class Log<Entry: Sendable>: Sendable {
    private let entries = Mutex<[Entry]>([])

    package init() {}

    package func add(_ entry: Entry) { entries.withLock { $0.append(entry) } }

    package var all: [Entry] { entries.withLock { $0 } }
}
