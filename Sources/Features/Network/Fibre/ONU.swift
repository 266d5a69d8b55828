import Events
import FibreProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Time

/// An ONU: whose it is, where it is to be, and what was last read of it.
package struct ONU: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ONU>

    package let id: ID
    package let number: Int
    package let olt: OLT.ID
    package let oltName: String
    package let serial: String
    package let port: String
    package let place: Int?
    package let description: String
    package let service: Service.ID?
    package let serviceNumber: Int?
    package let customerName: String
    package let template: ONUTemplate.ID?
    package let templateName: String
    package let revision: Int
    package let isOnline: Bool
    package let cause: ObservedONU.Cause?
    /// Hundredths of a dBm.
    package let received: Int?
    package let returned: Int?
    package let distance: Int?
    package let since: Instant?
    package let seenAt: Instant?
    package let provedAt: Instant?
    package let standing: Standing
    package let trouble: String
    let vendor: OLTVendor
    let oltHealth: OLTHealth.State
    let oltMode: OLT.Mode

    package static let path = "/panel/onus"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("onu", id.uuid, named: serial) }
    package var powerText: String { received.map(Self.decibels) ?? "" }

    static func decibels(_ hundredths: Int) -> String {
        let size = abs(hundredths)
        return "\(hundredths < 0 ? "−" : "")\(size / 100).\(size % 100 / 10) dBm"
    }

    /// Nothing counts as done before it was read back.
    package enum Standing: String, FieldChoice {
        case waiting, refused, half, online, weak
        case noLight = "no_light"
        case power, suspended, offline, unbound

        package var message: Message {
            switch self {
            case .waiting: Message(es: "Por aplicar", en: "To be applied", pt: "A aplicar")
            case .refused: Message(es: "La OLT no aceptó", en: "The OLT refused", pt: "A OLT não aceitou")
            case .half: Message(es: "A medias", en: "Half done", pt: "Pela metade")
            case .online: Message(es: "En línea", en: "On line", pt: "On-line")
            case .weak: Message(es: "Señal débil", en: "Weak signal", pt: "Sinal fraco")
            case .noLight: Message(es: "Sin luz", en: "No light", pt: "Sem luz")
            case .power: Message(es: "Sin corriente", en: "No power", pt: "Sem energia")
            case .suspended: Message(es: "Cortada", en: "Cut", pt: "Cortada")
            case .offline: Message(es: "Fuera de línea", en: "Off line", pt: "Fora do ar")
            case .unbound: Message(es: "Sin contrato", en: "Without a contract", pt: "Sem contrato")
            }
        }

        package var tone: Tone {
            switch self {
            case .online: .good
            case .refused, .half, .noLight: .bad
            case .waiting, .weak, .power, .offline, .unbound: .warning
            case .suspended: .quiet
            }
        }

        /// The column that lists sort out by; of the tables onus (u), its OLT (o) and desired_services (d).
        static let sql: SQL = """
            CASE WHEN u.service_id IS NULL THEN 'unbound'
                WHEN u.trouble_kind = 'half' AND u.trouble_access = d.revision THEN 'half'
                WHEN u.trouble_kind IN ('refused', 'full') AND u.trouble_access = d.revision THEN 'refused'
                WHEN u.proved_at IS NULL OR u.proved_revision <> u.revision OR u.proved_access <> d.revision THEN 'waiting'
                WHEN d.access = 'closed' AND s.state <> 'pending' THEN 'suspended'
                WHEN NOT u.is_online THEN
                    CASE u.cause WHEN 'no_light' THEN 'no_light' WHEN 'power' THEN 'power' ELSE 'offline' END
                WHEN u.received < o.weak_power * 100 THEN 'weak'
                ELSE 'online' END
            """
    }
}

extension ONU {
    static let fields: [Field<ONU>] = [
        Field("serial", .line(0...12), FibreWords.serial.message) { .text($0.serial) }.sorted(by: "u.serial"),
        .derived("standing", \.standing, FibreWords.state.message).filtered(by: Standing.sql),
        Field("customer", .line(0...200), FibreWords.customer.message) { .text($0.customerName) },
        Field("olt", .line(0...100), FibreWords.olt.message) { .text($0.oltName) },
        Field("port", .line(0...20), FibreWords.port.message) { row in
            .text(row.place.map { "\(row.port):\($0)" } ?? row.port)
        },
        Field("received", .line(0...20), FibreWords.power.message) { .text($0.powerText) },
        Field("distance", .line(0...20), FibreWords.distance.message) { .text($0.distance.map { "\($0) m" } ?? "") }
            .only(in: .record),
        Field("description", .line(0...200), FibreWords.description.message) { .text($0.description) }.only(
            in: .record),
    ]

    static let list = List<ONU>(
        "onus", at: path, FibreWords.onus.message, of: fields, by: "serial", key: "u.onu_id", id: \.id.uuid,
        isSearchable: true)
}

extension ONU: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("serial", serial)
            json.member("olt", olt.description)
            json.member("port", port)
            json.member("place", place)
            json.member("service", service?.description)
            json.member("template", template?.description)
            json.member("standing", standing.rawValue)
            json.member("online", isOnline)
            json.member("received", received)
            json.member("returned", returned)
            json.member("distance", distance)
            json.member("verified_at", provedAt?.rfc3339)
            json.member("trouble", trouble)
        }
    }
}

extension ONU: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("onu_id")
        number = try row.read("number")
        olt = try row.read("olt_id")
        oltName = try row.read("olt_name")
        serial = try row.read("serial")
        port = try row.read("port")
        let place: Int32? = try row.read("place")
        self.place = place.map { Int($0) }
        description = try row.read("description")
        service = try row.read("service_id")
        serviceNumber = try row.read("service_number")
        customerName = try row.read("customer_name")
        template = try row.read("template_id")
        templateName = try row.read("template_name")
        revision = try row.read("revision")
        isOnline = try row.read("is_online")
        let cause: String = try row.read("cause")
        self.cause = ObservedONU.Cause(rawValue: cause)
        let (received, returned, distance): (Int32?, Int32?, Int32?) = (
            try row.read("received"), try row.read("returned"), try row.read("distance")
        )
        (self.received, self.returned) = (received.map { Int($0) }, returned.map { Int($0) })
        self.distance = distance.map { Int($0) }
        since = try row.read("since")
        seenAt = try row.read("seen_at")
        provedAt = try row.read("proved_at")
        standing = try row.word("standing")
        trouble = try row.read("trouble")
        vendor = try row.word("vendor")
        oltHealth = try row.word("olt_health")
        oltMode = try row.word("olt_mode")
    }
}

/// What somebody orders of an ONU: whose it becomes, where it is, and what the OLT is told.
package struct ONUOrder: Sendable, Equatable {
    package var serial = ""
    package var service: Service.ID?
    package var template: ONUTemplate.ID?
    /// Both empty: where it was found asking.
    package var olt: OLT.ID?
    package var port = ""

    package init() {}
}

extension ONUOrder: Fielded {
    package static let noun = "OnuOrder"

    package static let fields: [Field<ONUOrder>] = [
        .line("serial", \.serial, 1...24, FibreWords.serial.message).hint(FibreWords.serialHint.message),
        .reference("service", \.service, FibreWords.service.message),
        .reference("template", \.template, FibreWords.template.message),
        .reference("olt", \.olt, FibreWords.olt.message).hint(FibreWords.placeHint.message),
        .line("port", \.port, 0...20, FibreWords.port.message).hint(FibreWords.portHint.message),
    ]
}

/// An ONU that asked to be registered when its OLT was last read.
package struct AskingONU: Sendable {
    let olt: OLT.ID
    let oltName: String
    package let serial: String
    package let port: String
    let model: String
    let foundAt: Instant
}

extension AskingONU: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        olt = try row.read("olt_id")
        oltName = try row.read("olt_name")
        serial = try row.read("serial")
        port = try row.read("port")
        model = try row.read("model")
        foundAt = try row.read("found_at")
    }
}

/// A command sent to an OLT, with its answer.
struct OLTCommandRow: RowReadable {
    let content: String
    let answer: String
    let isRefused: Bool
    let isUndo: Bool
    let sentAt: Instant

    init(row: Row) throws(DatabaseError) {
        content = try row.read("content")
        answer = try row.read("answer")
        isRefused = try row.read("is_refused")
        isUndo = try row.read("is_undo")
        sentAt = try row.read("sent_at")
    }
}

/// What a service with an ONU still lacks before its customer is on line.
struct ServiceRemainder: RowReadable {
    let service: Service.ID
    let isPending: Bool
    /// Where the company has routers at all.
    let isUnbound: Bool

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        (isPending, isUnbound) = (try row.read("is_pending"), try row.read("is_unbound"))
    }
}

/// A service that may be given an ONU, or that has none though a box serves it.
struct ServiceWithoutONU: RowReadable {
    let id: Service.ID
    let number: Int
    let customer: String
    let planName: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        number = try row.read("number")
        customer = try row.read("customer_name")
        planName = try row.read("plan_name")
    }

    var title: String { "\(customer) · \(planName) (\(number))" }
}
