/// A device whose configuration is read as a text, and changed by a script that takes itself back unless it is kept.
package protocol ConfiguredSession: AccessSession {
    func configuration() async throws(AccessFailure) -> ConfigurationText
    /// What a menu shows now; of a menu that this version lacks nothing.
    func rows(
        of menu: String, _ properties: [String], where condition: (name: String, value: String)?
    ) async throws(AccessFailure) -> [[String: String]]
    func answersPing(_ address: String) async throws(AccessFailure) -> Bool
    /// Leaves a script with the device that it runs by itself after this span, unless it is disarmed: it needs nobody who
    /// still reaches the device.
    func arm(_ undo: String, after span: Duration) async throws(AccessFailure)
    func run(_ script: String) async throws(AccessFailure)
    /// Runs what is armed now.
    func takeBack() async throws(AccessFailure)
    /// What was changed stays.
    func disarm() async throws(AccessFailure)
}

package struct ConfigurationText: Sendable, Equatable {
    package let text: String
    /// Whether the device put its passwords into it.
    package let hasSecrets: Bool

    package init(_ text: String, hasSecrets: Bool) { (self.text, self.hasSecrets) = (text, hasSecrets) }
}
