/// A device whose configuration is exported as text, and changed by scripts that are rolled back unless confirmed.
package protocol ConfiguredSession: AccessSession {
    func configuration() async throws(AccessFailure) -> ConfigurationText
    /// A menu's current rows; empty for a menu that this version lacks.
    func rows(
        of menu: String, _ properties: [String], where condition: (name: String, value: String)?
    ) async throws(AccessFailure) -> [[String: String]]
    func answersPing(_ address: String) async throws(AccessFailure) -> Bool
    /// Leaves an undo script on the device, which runs it after this span unless disarmed: no connection is needed.
    func arm(_ undo: String, after span: Duration) async throws(AccessFailure)
    func run(_ script: String) async throws(AccessFailure)
    /// Runs the armed undo script now.
    func takeBack() async throws(AccessFailure)
    /// Removes the undo script: the change stays.
    func disarm() async throws(AccessFailure)
}

package struct ConfigurationText: Sendable, Equatable {
    package let text: String
    /// Whether the device exported its passwords too.
    package let hasSecrets: Bool

    package init(_ text: String, hasSecrets: Bool) { (self.text, self.hasSecrets) = (text, hasSecrets) }
}
