/// A PON port as the OLT counts it: `0/1/3` on Huawei and ZTE, `0/1` on V-SOL, `4/3` on FiberHome.
package struct PONPort: Sendable, Hashable, Comparable {
    package let numbers: [Int]

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int(String($0.filter { $0 != " " })) }
        guard (2...3).contains(parts.count), numbers.count == parts.count, numbers.allSatisfy((0...255).contains)
        else { return nil }
        self.numbers = numbers
    }

    package var text: String { numbers.map(String.init).joined(separator: "/") }
    /// The board that carries it.
    package var board: String { numbers.dropLast().map(String.init).joined(separator: "/") }
    package var port: Int { numbers.last ?? 0 }

    package static func < (left: PONPort, right: PONPort) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    /// Ports with commas between, ranges of the last number allowed: `0/1/0-7, 0/2/0`. Nil where unreadable.
    package static func list(_ text: String, for vendor: OLTVendor) -> [PONPort]? {
        var ports: [PONPort] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            let halves = part.split(separator: "-", omittingEmptySubsequences: false)
            guard let first = PONPort(halves[0]), first.numbers.count == vendor.numbersOfPort else { return nil }
            guard halves.count == 2 else {
                guard halves.count == 1 else { return nil }
                ports.append(first)
                continue
            }
            guard let last = Int(halves[1]), last >= first.port, last <= 255 else { return nil }
            for port in first.port...last {
                guard let one = PONPort("\(first.board)/\(port)") else { return nil }
                ports.append(one)
            }
        }
        return ports.isEmpty || ports.count > 512 || Set(ports).count < ports.count ? nil : ports
    }
}

package enum OLTVendor: String, Sendable, CaseIterable {
    case huawei, zte, vsol, fiberhome

    package var name: String {
        switch self {
        case .huawei: "Huawei"
        case .zte: "ZTE"
        case .vsol: "V-SOL"
        case .fiberhome: "FiberHome"
        }
    }

    package var numbersOfPort: Int {
        switch self {
        case .huawei, .zte: 3
        case .vsol, .fiberhome: 2
        }
    }

    /// The numbers that an ONU may have on a port.
    package var unitNumbers: ClosedRange<Int> { self == .huawei ? 0...127 : 1...128 }

    /// Whether its list of ONUs has their power. On the others it is read of one ONU at a time, while that one is changed.
    package var listsPower: Bool { self == .huawei || self == .zte }

    /// FiberHome has no confirmed command to suspend an ONU: a suspended one is taken off the OLT, and our record stays.
    package var suspendsByRemoval: Bool { self == .fiberhome }
}

/// Where an ONU is registered: its port and its number there.
package struct ONUPlace: Sendable, Hashable {
    package let port: PONPort
    package let number: Int

    /// Nil for a number that GPON does not have.
    package init?(_ port: PONPort, _ number: Int) {
        guard 0...255 ~= number else { return nil }
        (self.port, self.number) = (port, number)
    }

    package var text: String { "\(port.text):\(number)" }
}
