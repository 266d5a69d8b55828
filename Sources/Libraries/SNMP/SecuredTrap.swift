/// A message of version 3 that a device sent by itself, not yet proved. Its engine is the device's own.
package struct SecuredTrap: Sendable {
    /// Nil for what is no message of version 3.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard SecuredMessage.version(of: bytes) == 3, let secured = try? SecuredMessage(bytes) else { return nil }
        self.secured = secured
    }

    private let secured: SecuredMessage

    /// When it was made, by the device's engine.
    package struct Moment: Sendable, Equatable {
        package let boots: Int32
        package let seconds: Int32

        /// Whether it may follow the other: RFC 3414 lets messages be late by 150 seconds. What is older was heard
        /// before.
        package func follows(_ other: Moment) -> Bool {
            boots == other.boots ? Int64(seconds) + 150 >= Int64(other.seconds) : boots > other.boots
        }
    }

    package var moment: Moment { Moment(boots: secured.engine.boots, seconds: secured.engine.time) }

    /// What it says, if the user's keys prove it.
    package func message(by user: SNMPUser) -> SNMPMessage? {
        guard secured.user == Array(user.name.utf8), !secured.engine.id.isEmpty else { return nil }
        let keys = user.keys(at: secured.engine.id)
        guard secured.isGenuine(by: keys) else { return nil }
        return try? secured.opened(by: keys)
    }
}
