import FibreProtocol

/// One command, with what takes it back.
struct OLTCommand: Sendable {
    let text: String
    /// The answer to the question that it asks; a question that is not expected is answered with no.
    var confirmation: String?
    /// From the base level; sent when a later command is refused.
    var undo: [OLTCommand] = []
    /// Refusals that mean that it is done already.
    var forgives: Set<OLTFailure.Refusal> = []
    /// Whether it changes something; the others only move between levels.
    var changes = true

    init(
        _ text: String, confirmation: String? = nil, undo: [OLTCommand] = [],
        forgives: Set<OLTFailure.Refusal> = [], changes: Bool = true
    ) {
        (self.text, self.confirmation, self.undo) = (text, confirmation, undo)
        (self.forgives, self.changes) = (forgives, changes)
    }

    static func level(_ text: String) -> OLTCommand { OLTCommand(text, changes: false) }
}

/// How a vendor's OLT is spoken to.
protocol Dialect: Sendable {
    /// Sent after the sign-in, refusals ignored: releases differ.
    var preparation: [String] { get }
    /// The end of the prompt where steps begin.
    var base: String { get }
    /// Enters the base level from the privileged one.
    var entry: [String] { get }
    /// Goes up by a level.
    var leaving: String { get }
    /// The marks of lines by which the OLT refuses.
    var refusalMarks: [String] { get }
    var identification: String { get }

    func identity(from lines: [String], host: String) -> OLTIdentity
    /// Empty where the vendor has no such command.
    func commands(for step: OLTStep) -> [OLTCommand]
    var saving: [OLTCommand] { get }
    var configuration: [OLTCommand] { get }

    func found(on ports: [PONPort], by line: OLTLine) async throws(OLTFailure) -> [FoundONU]
    func units(on port: PONPort, sure: Set<ONUSerial>, by line: OLTLine) async throws(OLTFailure) -> [ObservedONU]
}

extension Dialect {
    /// Whether this whole line is a refusal.
    func refusal(_ line: String) -> OLTFailure? {
        let plain = line.trimmed
        let lower = plain.lowercased()
        guard refusalMarks.contains(where: lower.hasPrefix) else { return nil }
        func says(_ words: String...) -> Bool { words.contains { lower.contains($0) } }
        if says("busy", "retry after", "locked") { return .busy(plain) }
        if says("insufficient privilege", "permission denied") { return .refused(.notPermitted, plain) }
        if says(
            "unknown command", "parameter error", "incomplete command", "invalid input", "no matched command",
            "command incomplete")
        {
            return .refused(.unknownCommand, plain)
        }
        if says(
            "does not exist", "do not exist", "no related information", "no service virtual port", "no ont available",
            "not authcated")
        {
            return .refused(says("vlan", "profile", "gem port", "onu type") ? .badReference : .absent, plain)
        }
        if says("sn already", "sn has", "sn is", "serial") { return .refused(.serialTaken, plain) }
        if says("already exist", "conflicted") { return .refused(.numberTaken, plain) }
        return .refused(.other, plain)
    }

    /// `Key : value`, with a small key.
    static func dictionary(_ line: String) -> (key: String, value: String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (String(line[..<colon]).trimmed.lowercased(), String(line[line.index(after: colon)...]).trimmed)
    }
}

extension OLTVendor {
    func dialect(_ firmware: String) -> any Dialect {
        switch self {
        case .huawei: HuaweiDialect()
        case .zte: ZTEDialect(isC600: firmware.uppercased().hasPrefix("C6"))
        case .vsol: VSOLDialect()
        case .fiberhome: FiberHomeDialect()
        }
    }
}

extension PONPort {
    /// Where a row of its list says that an ONU is.
    func place(of number: Int?) throws(OLTFailure) -> ONUPlace {
        guard let place = number.flatMap({ ONUPlace(self, $0) }) else {
            throw .unreadable("Its list has an ONU with a number that cannot be.")
        }
        return place
    }
}

/// Hundredths of a dBm out of `-20.85`, `-20.850(dbm)` or `:-21.5`; nil where there is no number.
func hundredths(of text: some StringProtocol) -> Int? {
    let digits = text.drop { $0 == ":" || $0 == " " }.prefix { $0.isNumber || $0 == "-" || $0 == "." }
    guard let value = Double(digits), value.isFinite, -99...99 ~= value else { return nil }
    return Int((value * 100).rounded())
}

func metres(of text: some StringProtocol) -> Int? {
    guard let value = Int(text.prefix(while: \.isNumber)), value <= 200_000 else { return nil }
    return value
}
