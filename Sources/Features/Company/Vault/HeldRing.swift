import Crypto
import Synchronization

/// A cached key ring.
final class HeldRing: Sendable {
    private let read: @Sendable () throws -> KeyRing
    private let ring: Mutex<KeyRing>

    init(_ read: @escaping @Sendable () throws -> KeyRing) throws {
        self.read = read
        ring = Mutex(try read())
    }

    var held: KeyRing { ring.withLock(\.self) }

    func readAnew() throws -> KeyRing {
        let new = try read()
        ring.withLock { $0 = new }
        return new
    }
}
