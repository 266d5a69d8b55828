import Identifiers
import Locale
import Monitoring
import Nouns
import Postgres
import SNMP
import Time

/// What a device says by itself, by a trap of SNMP or a line of syslog.
package struct DeviceSignal: Sendable, Equatable {
    package typealias ID = Identifiers.ID<DeviceSignal>

    package enum Kind: String, FieldChoice {
        case coldStart = "cold_start"
        case warmStart = "warm_start"
        case linkDown = "link_down"
        case linkUp = "link_up"
        case authenticationFailure = "authentication_failure"
        case trap, syslog

        package var message: Message {
            switch self {
            case .coldStart: Message(es: "Arrancó", en: "It started", pt: "Iniciou")
            case .warmStart: Message(es: "Se reinició", en: "It restarted", pt: "Reiniciou")
            case .linkDown: Message(es: "Enlace caído", en: "Link down", pt: "Link caído")
            case .linkUp: Message(es: "Enlace arriba", en: "Link up", pt: "Link ativo")
            case .authenticationFailure:
                Message(es: "Comunidad equivocada", en: "Wrong community", pt: "Comunidade errada")
            case .trap: Message(es: "Aviso SNMP", en: "SNMP trap", pt: "Aviso SNMP")
            case .syslog: Message(es: "Registro", en: "Log", pt: "Registro")
            }
        }

        /// Whether the device may be down or back, so that it is worth a poll at once.
        var wakesPoll: Bool {
            switch self {
            case .coldStart, .warmStart, .linkDown, .linkUp: true
            case .authenticationFailure, .trap, .syslog: false
            }
        }

        package var tone: Tone {
            switch self {
            case .linkDown: .bad
            case .coldStart, .warmStart, .authenticationFailure: .warning
            case .linkUp: .good
            case .trap, .syslog: .quiet
            }
        }
    }

    package let id: ID
    package let device: Device.ID
    package let at: Instant
    package let kind: Kind
    /// Of syslog.
    package let severity: Int?
    package let text: String

    static let longest = 500
    /// Kept of each device.
    static let kept = 200
}

extension DeviceSignal {
    private static let trapName: ObjectID = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]
    private static let traps: ObjectID = [1, 3, 6, 1, 6, 3, 1, 1, 5]
    /// ifDescr, ifName and ifAlias: how a link that is meant is called.
    private static let linkNames: [ObjectID] = [
        [1, 3, 6, 1, 2, 1, 2, 2, 1, 2], [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1], [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18],
    ]
    private static let linkIndex: ObjectID = [1, 3, 6, 1, 2, 1, 2, 2, 1, 1]

    /// What a trap or an inform says; nil for what is neither.
    static func reading(_ message: SNMPMessage) -> (kind: Kind, text: String)? {
        guard message.kind == .trap || message.kind == .inform,
            let named = message.variables.first(where: { $0.name == trapName }), case .objectID(let name) = named.value
        else { return nil }
        let kind: Kind =
            switch name {
            case traps.appending(1): .coldStart
            case traps.appending(2): .warmStart
            case traps.appending(3): .linkDown
            case traps.appending(4): .linkUp
            case traps.appending(5): .authenticationFailure
            default: .trap
            }
        guard kind != .trap else {
            let values = message.variables.prefix(12).filter { $0.name != trapName }.compactMap { variable in
                variable.value.text(upTo: 100) ?? variable.value.number.map { "\($0)" }
            }
            return (kind, ([name.description] + values).joined(separator: " · ").prefix(scalars: longest))
        }
        let names = linkNames.compactMap { column in
            message.variables.first { $0.name.isBelow(column) }?.value.text(upTo: 100)
        }.filter { !$0.isEmpty }
        let index = message.variables.first { $0.name.isBelow(linkIndex) }?.value.number
        return (kind, (names.first ?? index.map { "\($0)" } ?? "").prefix(scalars: longest))
    }

    /// A line of syslog, as RFC 3164 or RFC 5424 has it; nil where no priority stands before it.
    static func reading(syslog bytes: UnsafeRawBufferPointer) -> (severity: Int, text: String)? {
        guard bytes.count >= 4, bytes.count <= 8192, bytes[0] == UInt8(ascii: "<"),
            let end = bytes.prefix(5).firstIndex(of: UInt8(ascii: ">")), end > 1
        else { return nil }
        var priority = 0
        for digit in bytes[1..<end] {
            guard (0x30...0x39).contains(digit) else { return nil }
            priority = priority * 10 + Int(digit - 0x30)
        }
        guard priority <= 191 else { return nil }
        let rest = String(decoding: bytes[(end + 1)...].prefix(longest * 4), as: UTF8.self)
        var scalars = String.UnicodeScalarView()
        for scalar in rest.unicodeScalars where scalar != "\u{FEFF}" {
            scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return (priority & 7, said(String(scalars)).prefix(scalars: longest))
    }

    /// Without the head of version 1, whose time and host we know ourselves: `1 TIME HOST APP PROC ID [DATA] text`.
    private static func said(_ line: String) -> String {
        let parts = line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 7, parts[0] == "1", parts[1] == "-" || parts[1].contains("T") else {
            return line.split(separator: " ").joined(separator: " ")
        }
        var rest = Substring(parts[6])
        if rest.hasPrefix("-") {
            rest = rest.dropFirst()
        } else {
            while rest.first == "[", let close = rest.firstIndex(of: "]") { rest = rest[rest.index(after: close)...] }
        }
        let text = rest.drop { $0 == " " }
        return parts[3] == "-" ? String(text) : "\(parts[3]): \(text)"
    }
}

extension TenantDatabase {
    /// Adds them, and forgets the oldest beyond what is kept of each device.
    func add(_ signals: [DeviceSignal]) async throws(DatabaseError) {
        let devices = Array(Set(signals.map(\.device)))
        _ = try await batch([
            """
            INSERT INTO device_signals (tenant_id, signal_id, device_id, at, kind, severity, text)
            SELECT \(tenant), g.id, g.device_id, g.at, g.kind, g.severity, g.text
            FROM unnest(
                \(signals.map(\.id)), \(signals.map(\.device)), \(signals.map(\.at)), \(signals.map(\.kind.rawValue)),
                \(signals.map(\.severity)), \(signals.map(\.text))
            ) g(id, device_id, at, kind, severity, text)
            JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = g.device_id
            """,
            """
            DELETE FROM device_signals s USING unnest(\(devices)) g(device_id)
            WHERE s.tenant_id = \(tenant) AND s.device_id = g.device_id AND s.signal_id < (
                SELECT o.signal_id FROM device_signals o
                WHERE o.tenant_id = \(tenant) AND o.device_id = g.device_id
                ORDER BY o.signal_id DESC OFFSET \(DeviceSignal.kept - 1) LIMIT 1)
            """,
        ])
    }

    /// The newest first.
    package func signals(of device: Device.ID, limit: Int) async throws(DatabaseError) -> [DeviceSignal] {
        try await rows(
            """
            SELECT signal_id, device_id, at, kind, severity, text FROM device_signals
            WHERE tenant_id = \(tenant) AND device_id = \(device) ORDER BY signal_id DESC LIMIT \(limit)
            """)
    }

    /// Who may speak to the listeners: the watched devices with their addresses.
    func signalPeers() async throws(DatabaseError) -> [SignalPeer] {
        try await rows(
            """
            SELECT d.device_id, coalesce(d.address, r.address, '') AS address,
                d.method, d.snmp_user, d.community
            FROM devices d LEFT JOIN routers r ON r.tenant_id = \(tenant) AND r.router_id = d.router_id
            WHERE d.tenant_id = \(tenant) AND d.is_watched LIMIT 100000
            """)
    }
}

struct SignalPeer: RowReadable, Sendable {
    let device: Device.ID
    let address: String
    let method: Device.Method
    let user: String
    /// Sealed: the community, or the keys of version 3.
    let secret: [UInt8]?

    init(row: Row) throws(DatabaseError) {
        (device, address) = (try row.read("device_id"), try row.read("address"))
        (method, user) = (try row.word("method"), try row.read("snmp_user"))
        secret = try row.read("community")
    }
}

extension DeviceSignal: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("signal_id"), device: try row.read("device_id"), at: try row.read("at"),
            kind: try row.word("kind"), severity: try row.read("severity"), text: try row.read("text"))
    }
}
