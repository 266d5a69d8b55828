import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time
import Vault

/// A company's UISP: where it answers, and what came of asking it.
package struct Controller: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Controller>

    package let id: ID
    /// Unique in the tenant; 0 before it is added.
    package internal(set) var number = 0
    package var name = ""
    /// `https://uisp.example.net`, without a path.
    package var address = ""
    /// The plain text of a token just typed; the stored one is encrypted and never read back here.
    package var token: String?
    /// Of the server's key, where no authority signed it.
    package var fingerprint = ""
    /// The names of the company's wireless networks, one a line.
    package var ssids = ""
    package var isOn = true
    package internal(set) var state = ControllerState()

    package init(id: ID) { self.id = id }

    package static let path = "/panel/fleet/controllers"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("fleet_controller", id.uuid, named: name) }

    static func field(_ id: ID) -> SecretField { SecretField("token", of: "fleet_controllers", row: id.uuid) }

    var ownNetworks: Set<String> {
        Set(ssids.split(separator: "\n").map { $0.trimmed.lowercased() }.filter { !$0.isEmpty })
    }
}

extension Substring {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}

/// What the last attempts to ask a controller showed.
package struct ControllerState: Sendable, Equatable {
    package enum Health: String, FieldChoice {
        case unknown, up, down

        package var message: Message {
            switch self {
            case .unknown: Message(es: "Sin probar", en: "Not tried", pt: "Não testado")
            case .up: Message(es: "Responde", en: "Answers", pt: "Responde")
            case .down: Message(es: "Con problemas", en: "In trouble", pt: "Com problemas")
            }
        }

        package var tone: Tone {
            switch self {
            case .unknown: .quiet
            case .up: .good
            case .down: .bad
            }
        }
    }

    package var health = Health.unknown
    package var version = ""
    /// `FleetFailure.word`; empty while all is well.
    package var trouble = ""
    package var troubleDetail = ""
    package var askedAt: Instant?
    package var syncedAt: Instant?
    package var syncMilliseconds: Int?
}

extension Controller: Fielded {
    package static let noun = "FleetController"

    package static let fields: [Field<Controller>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "c.name COLLATE \"und-x-icu\""),
        .line("address", \.address, 1...200, Message(es: "Dirección", en: "Address", pt: "Endereço")).hint(
            Message(
                es:
                    "https:// y el nombre de su UISP, sin nada detrás. Una dirección IP debe estar en sus redes de equipos.",
                en:
                    "https:// and the name of your UISP, nothing behind it. An IP address must be in your device networks.",
                pt:
                    "https:// e o nome do seu UISP, sem nada depois. Um endereço IP deve estar em suas redes de equipamentos."
            )),
        .secret("token", \.token, upTo: 200, Message(es: "Token de la API", en: "API token", pt: "Token da API")).hint(
            Message(
                es: "UISP: Settings › Users › API tokens. No se muestra nunca; vacío, queda el que está guardado.",
                en: "UISP: Settings › Users › API tokens. Never shown; empty, the one that is kept stays.",
                pt: "UISP: Settings › Users › API tokens. Nunca é mostrado; vazio, fica o que está guardado.")),
        .line(
            "fingerprint", \.fingerprint, 0...60,
            Message(es: "Huella de la clave", en: "Key's fingerprint", pt: "Impressão da chave")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "Solo con certificado propio: SHA-256 de la clave pública, en base 64.",
                en: "Only with a certificate of its own: SHA-256 of the public key, in base 64.",
                pt: "Somente com certificado próprio: SHA-256 da chave pública, em base 64.")),
        .lines(
            "ssids", \.ssids, 0...2000,
            Message(es: "Sus redes (SSID)", en: "Your networks (SSID)", pt: "Suas redes (SSID)")
        )
        .only(in: [.form, .api, .record]).hint(
            Message(
                es: "Una por línea. Un equipo en otra red se marca como intruso; sin ninguna, no se mira.",
                en: "One a line. A device on another network is marked as an intruder; with none, nothing is checked.",
                pt: "Uma por linha. Um equipamento em outra rede é marcado como intruso; sem nenhuma, não se verifica.")
        ),
        .flag(
            "on", \.isOn,
            Message(es: "Leerlo cada dos minutos", en: "Read it every two minutes", pt: "Ler a cada dois minutos")
        )
        .only(in: [.form, .api, .record]),
    ]
}

extension Controller: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("health", state.health.rawValue)
            json.member("version", state.version)
            json.member("trouble", state.trouble)
            json.member("synced_at", state.syncedAt?.rfc3339)
            json.fields(of: self)
        }
    }
}

/// A controller with how many devices it keeps, as its list shows it.
struct ControllerInUse: Sendable, RowReadable {
    let controller: Controller
    let devices: Int

    init(row: Row) throws(DatabaseError) {
        controller = try Controller(row: row)
        devices = try row.read("devices")
    }

    static let list = List<ControllerInUse>(
        "fleet_controllers", at: Controller.path, FleetWords.controllers.message,
        of: Controller.fields.map { $0.of(\.controller) } + [
            .derived("health", \.controller.state.health, FleetWords.health.message).filtered(by: "c.health"),
            .counted("devices", \.devices, FleetWords.devices.message),
        ], by: "name", key: "c.controller_id", id: \.controller.id.uuid)
}

extension Controller: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("controller_id"))
        number = try row.read("number")
        name = try row.read("name")
        address = try row.read("address")
        fingerprint = try row.read("fingerprint")
        ssids = try row.read("ssids")
        isOn = try row.read("is_on")
        state.health = try row.word("health")
        state.version = try row.read("version")
        state.trouble = try row.read("trouble")
        state.troubleDetail = try row.read("trouble_detail")
        state.askedAt = try row.read("asked_at")
        state.syncedAt = try row.read("synced_at")
        state.syncMilliseconds = try row.read("sync_milliseconds")
    }
}
