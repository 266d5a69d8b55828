import Glibc
import Loop
import SNMP

/// One device of a lab. Its values follow the time of day, so that its charts look like those of a device in use.
package final class LabAgent {
    package enum Kind: String, Sendable, CaseIterable {
        /// An airMAX radio that customers connect to, and one of a link between towers.
        case sector, backhaul
        case `switch`

        package static let tower: [Kind] = [.switch, .backhaul, .sector, .sector, .sector]
    }

    package enum Fault: String, Sendable {
        case off, garbage, slow
        /// Counters of 32 bits that go over their end, and counters that begin anew.
        case wrap, reset
    }

    private let kind: Kind
    private let number: Int
    private let begin = Monotonic.read()
    private var resetAt = 0.0
    package var fault: Fault? {
        didSet { if fault == .reset { resetAt = elapsed } }
    }

    package init(_ kind: Kind, number: Int) { (self.kind, self.number) = (kind, number) }

    private var elapsed: Double {
        let (seconds, attoseconds) = (Monotonic.read() - begin).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    private static let airMAX: ObjectID = [1, 3, 6, 1, 4, 1, 41112, 1, 4]

    /// A wave of a few minutes, of its own for each device.
    private func wave(_ span: Double) -> Double { sin(elapsed / span + Double(number) * 1.7) }

    private func octets(_ rate: Double) -> UInt64 {
        // Near the end of 64 bits, and counted from the start or the reset.
        let counted = UInt64(max(0, (elapsed - resetAt) * rate))
        return fault == .reset || resetAt > 0 ? counted : counted &+ 1_000_000_000 * UInt64(number)
    }

    private var rows: [SNMPVariable] {
        var rows: [SNMPVariable] = []
        func put(_ name: ObjectID, _ value: SNMPValue) { rows.append(SNMPVariable(name, value)) }
        func text(_ text: String) -> SNMPValue { .octets(Array(text.utf8)) }
        let system: ObjectID = [1, 3, 6, 1, 2, 1, 1]
        put(
            system.appending(1, 0),
            text(kind == .switch ? "RouterOS CRS328-24P-4S+" : "Linux 2.6.33 Rocket M5 airOS v6.3"))
        put(system.appending(3, 0), .ticks(UInt32(truncatingIfNeeded: Int((elapsed - resetAt + 86_400) * 100))))
        put(system.appending(5, 0), text("\(kind.rawValue)-\(number)"))
        let names = kind == .switch ? ["sfp1", "ether1", "ether2", "ether3"] : ["ath0", "eth0"]
        for (index, name) in names.enumerated() {
            let (place, rate) = (UInt32(index + 1), 400_000.0 * Double(number) / Double(index + 1))
            let narrow = UInt32(
                truncatingIfNeeded: octets(rate) &+ (fault == .wrap ? UInt64(UInt32.max) - 60_000_000 : 0))
            put([1, 3, 6, 1, 2, 1, 2, 2, 1, 2, place], text(name))
            put([1, 3, 6, 1, 2, 1, 2, 2, 1, 8, place], .integer(1))
            put([1, 3, 6, 1, 2, 1, 2, 2, 1, 10, place], .counter32(narrow))
            put([1, 3, 6, 1, 2, 1, 2, 2, 1, 16, place], .counter32(narrow / 4))
            guard fault != .wrap else { continue }
            put([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, place], text(name))
            put([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6, place], .counter64(octets(rate)))
            put([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 10, place], .counter64(octets(rate / 4)))
        }
        if kind == .switch {
            put([1, 3, 6, 1, 2, 1, 25, 3, 3, 1, 2, 1], .gauge(UInt32(18 + 6 * wave(200))))
            let mikroTik: ObjectID = [1, 3, 6, 1, 4, 1, 14988, 1, 1, 3]
            put(mikroTik.appending(8, 0), .gauge(UInt32(241 + 2 * wave(900))))
            put(mikroTik.appending(10, 0), .gauge(UInt32(380 + 30 * wave(1500))))
        } else {
            let radio = Self.airMAX.appending(5, 1)
            put(radio.appending(5, 1), .integer(Int64(-58 - Double(number % 7) + 3 * wave(300))))
            put(radio.appending(7, 1), .integer(Int64(88 + 8 * wave(400))))
            put(radio.appending(8, 1), .integer(-94))
            put(radio.appending(9, 1), .integer(130_000_000))
            put(radio.appending(10, 1), .integer(117_000_000))
            put(radio.appending(15, 1), .integer(kind == .sector ? 24 + Int64(number % 5) : 1))
            put(Self.airMAX.appending(6, 1, 4, 1), .integer(Int64(71 + 9 * wave(600))))
            put(Self.airMAX.appending(8, 3, 0), .integer(Int64(34 + 12 * wave(250))))
            put(Self.airMAX.appending(8, 4, 0), .integer(Int64(47 + 3 * wave(1800))))
        }
        return rows.sorted { $0.name < $1.name }
    }

    /// Nil for what an agent does not answer.
    func answer(to question: SNMPMessage) -> SNMPMessage? {
        let rows = rows
        func next(_ name: ObjectID) -> SNMPVariable {
            let place = rows.firstIndex { name < $0.name }
            return place.map { rows[$0] } ?? SNMPVariable(name, .endOfView)
        }
        var answer = question
        answer.kind = .response
        (answer.errorStatus, answer.errorIndex) = (0, 0)
        switch question.kind {
        case .get:
            answer.variables = question.variables.map { asked in
                rows.first { $0.name == asked.name } ?? SNMPVariable(asked.name, .noSuchInstance)
            }
        case .getNext: answer.variables = question.variables.map { next($0.name) }
        case .getBulk:
            var names = question.variables.map(\.name)
            answer.variables = []
            for _ in 0..<min(max(0, question.errorIndex), 50) {
                let found = names.map(next)
                names = found.map(\.name)
                answer.variables += found
                if found.allSatisfy({ $0.value == .endOfView }) { break }
            }
        default: return nil
        }
        return answer
    }
}
