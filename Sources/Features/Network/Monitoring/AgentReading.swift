import SNMP

/// What an agent said in one poll.
struct AgentReading: Sendable {
    var identity = ""
    var model = ""
    /// In hundredths of a second since it started.
    var ticks: UInt32?
    var readings: [Reading] = []

    /// The columns and scalars that are asked for, each by the name before it: whatever index a firmware gives a radio,
    /// the next one is its first. What a device does not know is answered with another's name, and left out.
    private enum Place {
        static let description: ObjectID = [1, 3, 6, 1, 2, 1, 1, 1]
        static let uptime: ObjectID = [1, 3, 6, 1, 2, 1, 1, 3]
        static let name: ObjectID = [1, 3, 6, 1, 2, 1, 1, 5]
        static let processor: ObjectID = [1, 3, 6, 1, 2, 1, 25, 3, 3, 1, 2]
        /// RouterOS gives its memory the index 65536.
        static let memorySize: ObjectID = [1, 3, 6, 1, 2, 1, 25, 2, 3, 1, 5]
        static let memoryUsed: ObjectID = [1, 3, 6, 1, 2, 1, 25, 2, 3, 1, 6]
    }

    private static let mikroTik: ObjectID = [1, 3, 6, 1, 4, 1, 14988, 1, 1]
    private static let airMAX: ObjectID = [1, 3, 6, 1, 4, 1, 41112, 1, 4]

    /// With what makes of the agent's number one of ours.
    private static let values: [(place: ObjectID, metric: Metric, make: @Sendable (Int64) -> Int64?)] = [
        (Place.processor, .cpu, percent),
        (mikroTik.appending(3, 8), .voltage, { (1...10_000).contains($0) ? $0 : nil }),
        (mikroTik.appending(3, 10), .temperature, { (-1000...2000).contains($0) ? $0 : nil }),
        (mikroTik.appending(1, 1, 1, 4), .signal, level),
        (mikroTik.appending(1, 1, 1, 9), .ccq, quality),
        (mikroTik.appending(1, 3, 1, 6), .stations, count),
        (mikroTik.appending(1, 3, 1, 9), .noise, level),
        (airMAX.appending(5, 1, 5), .signal, level),
        (airMAX.appending(5, 1, 7), .ccq, quality),
        (airMAX.appending(5, 1, 8), .noise, level),
        (airMAX.appending(5, 1, 9), .radioSent, count),
        (airMAX.appending(5, 1, 10), .radioReceived, count),
        (airMAX.appending(5, 1, 15), .stations, count),
        (airMAX.appending(6, 1, 4), .capacity, percent),
        (airMAX.appending(8, 3), .cpu, percent),
        (airMAX.appending(8, 4), .temperature, { (-100...200).contains($0) ? $0 * 10 : nil }),
    ]

    static let names: [ObjectID] =
        [
            Place.description, Place.uptime, Place.name, Place.memorySize.appending(65535),
            Place.memoryUsed.appending(65535),
        ] + values.map(\.place)
    /// For agents whose answers have no room for all.
    static let fewNames: [ObjectID] = [Place.description, Place.uptime, Place.name]

    init(_ answer: [SNMPVariable], to names: [ObjectID]) {
        var found: [ObjectID: SNMPValue] = [:]
        for (place, variable) in zip(names, answer) where !variable.value.isException {
            if variable.name.isBelow(place) || variable.name.parts.dropLast().elementsEqual(place.parts.dropLast()) {
                found[place] = variable.value
            }
        }
        identity = found[Place.name]?.text(upTo: 100) ?? ""
        model = found[Place.description]?.text(upTo: 200) ?? ""
        if case .ticks(let ticks) = found[Place.uptime] { self.ticks = ticks }
        for value in Self.values {
            guard let number = found[value.place]?.number, let made = value.make(number),
                !readings.contains(where: { $0.metric == value.metric })
            else { continue }
            readings.append(Reading(value.metric, Int(made)))
        }
        if let size = found[Place.memorySize.appending(65535)]?.number, size > 0,
            let used = found[Place.memoryUsed.appending(65535)]?.number, (0...size).contains(used)
        {
            readings.append(Reading(.memory, Int(Double(used) / Double(size) * 100)))
        }
    }

    @Sendable private static func percent(_ value: Int64) -> Int64? { (0...100).contains(value) ? value : nil }
    @Sendable private static func level(_ value: Int64) -> Int64? { (-150..<0).contains(value) ? value : nil }
    @Sendable private static func count(_ value: Int64) -> Int64? { value >= 0 && value < 1 << 40 ? value : nil }

    /// Some firmwares count it in tenths of a per cent; those of AC radios have none, and say 0.
    @Sendable private static func quality(_ value: Int64) -> Int64? {
        switch value {
        case 1...100: value
        case 101...1000: value / 10
        default: nil
        }
    }
}

extension InterfaceCounters {
    private static let name: ObjectID = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1]
    private static let received: ObjectID = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6]
    private static let sent: ObjectID = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 10]
    private static let oldName: ObjectID = [1, 3, 6, 1, 2, 1, 2, 2, 1, 2]
    private static let narrowReceived: ObjectID = [1, 3, 6, 1, 2, 1, 2, 2, 1, 10]
    private static let narrowSent: ObjectID = [1, 3, 6, 1, 2, 1, 2, 2, 1, 16]

    static let columns = [name, received, sent]
    /// Of agents without the wide counters.
    static let narrowColumns = [oldName, narrowReceived, narrowSent]

    init(_ rows: [[UInt32]: [ObjectID: SNMPValue]], ticks: UInt32, readAt: Int64) {
        var interfaces: [String: Octets] = [:]
        for (_, row) in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard interfaces.count < Self.most,
                let name = (row[Self.name] ?? row[Self.oldName])?.text(upTo: 64), !Self.isPassing(name)
            else { continue }
            if case .counter64(let received) = row[Self.received], case .counter64(let sent) = row[Self.sent] {
                interfaces[name] = Octets(received: received, sent: sent, isNarrow: false)
            } else if case .counter32(let received) = row[Self.narrowReceived],
                case .counter32(let sent) = row[Self.narrowSent]
            {
                interfaces[name] = Octets(received: UInt64(received), sent: UInt64(sent), isNarrow: true)
            }
        }
        self.init(ticks: ticks, readAt: readAt, interfaces: interfaces)
    }

    /// Interfaces of customers' sessions come and go: "<pppoe-ana>". Their traffic is the customer's.
    private static func isPassing(_ name: String) -> Bool { name.isEmpty || name == "lo" || name.hasPrefix("<") }
}
