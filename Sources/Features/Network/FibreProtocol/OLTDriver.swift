import Addresses
import Loop

/// A driver for optical line terminals.
package protocol OLTDriver: Sendable {
    func open(_ target: OLTTarget, on loop: EventLoop) async throws(OLTFailure) -> any OLTSession
    /// The commands of a step, as they are sent and shown: without secrets.
    func commands(for step: OLTStep, on vendor: OLTVendor, firmware: String) -> [String]
}

/// A signed-in session. One at a time for each OLT: they have few lines, and commands depend on the level.
package protocol OLTSession: Sendable {
    func identify() async throws(OLTFailure) -> OLTIdentity
    /// The ONUs registered on these ports. Those of `sure` are read one by one where the list does not tell enough.
    func units(on ports: [PONPort], sure: Set<ONUSerial>) async throws(OLTFailure) -> [ObservedONU]
    /// The ONUs that ask to be registered. V-SOL shows them port by port.
    func found(on ports: [PONPort]) async throws(OLTFailure) -> [FoundONU]
    func perform(_ step: OLTStep) async throws(OLTFailure)
    /// Keeps the running configuration over a restart of the OLT.
    func save() async throws(OLTFailure)
    func configuration() async throws(OLTFailure) -> String
    /// The commands that changed something since the last call, with their answers.
    func takeLog() async -> [OLTExchange]
    func close()
}

package struct OLTTarget: Sendable {
    package let address: IPAddress
    package let port: UInt16
    package let vendor: OLTVendor
    package let firmware: String
    package let login: String
    package let password: String
    /// For the privileged level, where the OLT asks for one.
    package let enablePassword: String

    package init(
        address: IPAddress, port: UInt16, vendor: OLTVendor, firmware: String = "", login: String, password: String,
        enablePassword: String = ""
    ) {
        (self.address, self.port, self.vendor, self.firmware) = (address, port, vendor, firmware)
        (self.login, self.password, self.enablePassword) = (login, password, enablePassword)
    }
}

extension OLTTarget: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(address):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

package struct OLTIdentity: Sendable, Equatable {
    package let name: String
    package let model: String
    package let version: String

    package init(name: String, model: String = "", version: String = "") {
        (self.name, self.model, self.version) = (name, model, version)
    }
}

package struct OLTExchange: Sendable, Equatable {
    package let command: String
    package let answer: String
    package let isRefused: Bool
    /// Whether it took an earlier command back.
    package let isUndo: Bool

    package init(_ command: String, answer: String, isRefused: Bool = false, isUndo: Bool = false) {
        (self.command, self.answer, self.isRefused, self.isUndo) = (command, answer, isRefused, isUndo)
    }
}

/// Why an OLT was not reached or did not do what it was told.
package enum OLTFailure: Error, Equatable {
    case unreachable(String)
    case signInRefused(String)
    /// It is occupied: to be tried again.
    case busy(String)
    /// It refused, and everything that was done before was taken back.
    case refused(Refusal, String)
    /// It refused, and a part of what was done before could not be taken back.
    case half(String)
    /// The session ended in the middle of a change: read before repeating.
    case uncertain(String)
    /// What it showed is not the list that was asked for: it proves nothing.
    case unreadable(String)

    package enum Refusal: String, Sendable {
        case serialTaken = "serial_taken"
        case numberTaken = "number_taken"
        case absent
        case badReference = "bad_reference"
        case notPermitted = "not_permitted"
        case unknownCommand = "unknown_command"
        case other
    }

    /// Whether the OLT or the session is at fault, not one command.
    package var endsSession: Bool {
        switch self {
        case .unreachable, .signInRefused, .uncertain, .unreadable: true
        case .busy, .refused, .half: false
        }
    }

    package var reason: String {
        switch self {
        case .unreachable(let text), .signInRefused(let text), .busy(let text), .refused(_, let text), .half(let text),
            .uncertain(let text), .unreadable(let text):
            text
        }
    }
}
