import Addresses
import Events
import FleetProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Time

/// An antenna, as UISP keeps it.
package struct FleetDevice: Sendable, Equatable {
    package typealias ID = Identifiers.ID<FleetDevice>

    package let id: ID
    package let number: Int
    package let controller: Controller.ID
    /// The controller's own id.
    package let uid: String
    package let mac: String
    package let name: String
    package let model: String
    package let role: String
    package let firmware: String
    package let standing: Standing
    package let isAuthorized: Bool
    package let address: String
    package let ssid: String
    package let site: String
    package let siteName: String
    package let signal: Int?
    package let failsDecryption: Bool
    package let seenAt: Instant?
    package let since: Instant
    package let twin: ID?
    package let work: Work
    package let closedReason: String
    package let closedBy: String
    package let service: Service.ID?
    package let customer: String

    package static let path = "/panel/fleet/devices"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var title: String { name.isEmpty ? mac : name }
    package var subject: Act.Subject { Act.Subject("fleet_device", id.uuid, named: title) }

    package enum Standing: String, FieldChoice {
        case up, down, unknown, unauthorized, phantom, intruder, vanished

        package var message: Message {
            switch self {
            case .up: Message(es: "En línea", en: "Online", pt: "On-line")
            case .down: Message(es: "Caído", en: "Down", pt: "Fora do ar")
            case .unknown: Message(es: "Desconocido", en: "Unknown", pt: "Desconhecido")
            case .unauthorized: Message(es: "Sin autorizar", en: "Not authorized", pt: "Não autorizado")
            case .phantom: Message(es: "Fantasma", en: "Phantom", pt: "Fantasma")
            case .intruder: Message(es: "Intruso", en: "Intruder", pt: "Intruso")
            case .vanished: Message(es: "Desaparecido", en: "Vanished", pt: "Desaparecido")
            }
        }

        package var tone: Tone {
            switch self {
            case .up: .good
            case .down, .intruder: .bad
            case .unknown, .unauthorized, .vanished: .warning
            case .phantom: .quiet
            }
        }
    }

    /// Whether somebody has to look at it.
    package enum Work: String, FieldChoice {
        case none, open, closed

        package var message: Message {
            switch self {
            case .none: Message(es: "Nada", en: "Nothing", pt: "Nada")
            case .open: Message(es: "Por atender", en: "To be looked at", pt: "A atender")
            case .closed: Message(es: "Atendido", en: "Looked at", pt: "Atendido")
            }
        }

        package var tone: Tone { self == .open ? .warning : .quiet }
    }
}

extension FleetDevice.Standing {
    /// What a device is that its controller lists.
    init(of device: ControlledDevice, in own: OwnNetworks) {
        let isConnected = device.status == "active"
        if device.name.isEmpty, device.address.isEmpty, !isConnected, !device.isAuthorized {
            self = .phantom
        } else if own.isForeign(address: device.address, ssid: device.ssid) {
            self = .intruder
        } else {
            switch device.status {
            case "active": self = .up
            case "disconnected", "inactive": self = .down
            case "unauthorized": self = .unauthorized
            default: self = .unknown
            }
        }
    }
}

/// What tells a company's own devices from strangers' ones.
struct OwnNetworks: Sendable {
    /// The networks that the company declared for its devices.
    let ranges: [AddressRange]
    /// In lower case; empty where none is known.
    let ssids: Set<String>

    private static let inside = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10",
    ]
    .compactMap { AddressRange($0) }

    /// An address of the public internet that the company did not declare, or a network that is not its own.
    func isForeign(address: String, ssid: String) -> Bool {
        if !ssid.isEmpty, !ssids.isEmpty, !ssids.contains(ssid.lowercased()) { return true }
        guard let address = IPAddress(address) else { return false }
        return !Self.inside.contains { $0.contains(address) } && !ranges.contains { $0.contains(address) }
    }
}

extension FleetDevice {
    static let fields: [Field<FleetDevice>] = [
        Field("name", .line(0...200), FleetWords.name.message, get: { .text($0.title) })
            .sorted(by: "d.name COLLATE \"und-x-icu\""),
        .derived("standing", \.standing, FleetWords.standing.message).filtered(by: "d.standing"),
        Field("mac", .line(0...17), FleetWords.mac.message, get: { .text($0.mac) }).sorted(by: "d.mac"),
        Field("address", .line(0...50), FleetWords.address.message, get: { .text($0.address) }),
        Field("model", .line(0...200), FleetWords.model.message, get: { .text($0.model) }).minor()
            .sorted(by: "d.model"),
        Field("firmware", .line(0...200), FleetWords.firmware.message, get: { .text($0.firmware) })
            .only(in: [.api, .record]).sorted(by: "d.firmware"),
        Field("site", .line(0...200), FleetWords.site.message, get: { .text($0.siteName) }).minor(),
        Field("customer", .line(0...200), FleetWords.customer.message, get: { .text($0.customer) }),
        Field("ssid", .line(0...200), FleetWords.ssid.message, get: { .text($0.ssid) }).only(in: [.api, .record]),
        Field("signal", .line(0...50), FleetWords.signal.message) { device in
            .text(device.signal.map { "\($0) dBm" } ?? "")
        }.minor(),
        .derived("work", \.work, FleetWords.work.message).filtered(by: FleetDevice.workExpression)
            .only(in: [.api, .record]),
        Field("since", .line(0...50), FleetWords.since.message, get: { .text($0.since.rfc3339) })
            .only(in: [.record]),
    ]

    /// SQL of whether somebody has to look at a device.
    static let workExpression: SQL = """
        CASE WHEN d.standing = 'up' AND d.twin_id IS NULL AND NOT d.fails_decryption THEN 'none'
            WHEN d.closed_since = d.since THEN 'closed' ELSE 'open' END
        """

    static let list = List<FleetDevice>(
        "fleet", at: path, FleetWords.title.message, of: fields, by: "name", key: "d.device_id", id: \.id.uuid,
        isSearchable: true)
}

extension FleetDevice: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("device_id")
        number = try row.read("number")
        controller = try row.read("controller_id")
        uid = try row.read("uid")
        mac = try row.read("mac")
        name = try row.read("name")
        model = try row.read("model")
        role = try row.read("role")
        firmware = try row.read("firmware")
        standing = try row.word("standing")
        isAuthorized = try row.read("is_authorized")
        address = try row.read("address")
        ssid = try row.read("ssid")
        site = try row.read("site_uid")
        siteName = try row.read("site_name")
        signal = try row.read("signal")
        failsDecryption = try row.read("fails_decryption")
        seenAt = try row.read("seen_at")
        since = try row.read("since")
        twin = try row.read("twin_id")
        work = try row.word("work")
        closedReason = try row.read("closed_reason")
        closedBy = try row.read("closed_by")
        service = try row.read("service_id")
        customer = try row.read("customer")
    }
}

extension FleetDevice: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("name", name)
            json.member("mac", mac)
            json.member("model", model)
            json.member("firmware", firmware)
            json.member("standing", standing.rawValue)
            json.member("authorized", isAuthorized)
            json.member("address", address)
            json.member("ssid", ssid)
            json.member("site", siteName)
            json.member("since", since.rfc3339)
            json.member("work", work.rawValue)
            json.member("service", service?.description)
        }
    }
}
