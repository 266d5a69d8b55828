import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import SNMP
import Time
import Zones

/// A part of the company's network that is watched: a router, an antenna, a switch.
package struct Device: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Device>

    package let id: ID
    /// Unique in the tenant; 0 before the device is added.
    package var number = 0
    package var name = ""
    package var kind = Kind.accessPoint
    package var method = Method.ping
    /// Empty for a router watched by its API: its address is the router's.
    package var address = ""
    /// Of SNMP.
    package var port = 161
    /// The plain text of an SNMP community just typed; the stored one is encrypted and never read back here.
    package var community: String?
    /// Of SNMP v3.
    package var snmpUser = ""
    /// Passwords just typed, of which only keys are kept, sealed.
    package var snmpPassword: String?
    package var snmpPrivacy: String?
    /// The device whose loss takes this one along.
    package var upstream: Device.ID?
    package var zone: Zone.ID?
    package var isWatched = true
    /// The router of Network/Routers that this device is.
    package internal(set) var router: Router.ID?
    package internal(set) var hasCommunity = false

    package init(id: ID) { self.id = id }

    package enum Kind: String, FieldChoice {
        case router, `switch`
        case accessPoint = "access_point"
        case backhaul, olt, cpe, ups, server, other

        package var message: Message {
            switch self {
            case .router: Message(es: "Router", en: "Router", pt: "Roteador")
            case .switch: Message(es: "Switch", en: "Switch", pt: "Switch")
            case .accessPoint: Message(es: "Sector (AP)", en: "Sector (AP)", pt: "Setor (AP)")
            case .backhaul: Message(es: "Enlace", en: "Backhaul link", pt: "Enlace")
            case .olt: Message(es: "OLT", en: "OLT", pt: "OLT")
            case .cpe: Message(es: "Antena de cliente", en: "Customer's antenna", pt: "Antena de cliente")
            case .ups: Message(es: "UPS o energía", en: "UPS or power", pt: "UPS ou energia")
            case .server: Message(es: "Servidor", en: "Server", pt: "Servidor")
            case .other: Message(es: "Otro", en: "Other", pt: "Outro")
            }
        }
    }

    package enum Method: String, FieldChoice {
        case ping, snmp
        /// SNMP v3 with SHA-256, and with SHA for devices that know no other.
        case snmp3
        case snmp3SHA1 = "snmp3_sha1"
        case routeros

        /// Of SNMP v3.
        var hash: SNMPUser.Hash? {
            switch self {
            case .snmp3: .sha256
            case .snmp3SHA1: .sha1
            case .ping, .snmp, .routeros: nil
            }
        }

        var isSNMP: Bool { self == .snmp || hash != nil }

        /// The protocol by which a latency is measured, called so in every language.
        var way: String {
            switch self {
            case .ping: "ping"
            case .snmp, .snmp3, .snmp3SHA1: "SNMP"
            case .routeros: "API"
            }
        }

        package var message: Message {
            switch self {
            case .ping: Message(es: "Ping", en: "Ping", pt: "Ping")
            case .snmp: Message(es: "SNMP v2c", en: "SNMP v2c", pt: "SNMP v2c")
            case .snmp3: Message(es: "SNMP v3 (SHA-256)", en: "SNMP v3 (SHA-256)", pt: "SNMP v3 (SHA-256)")
            case .snmp3SHA1: Message(es: "SNMP v3 (SHA)", en: "SNMP v3 (SHA)", pt: "SNMP v3 (SHA)")
            case .routeros: Message(es: "API de MikroTik", en: "MikroTik's API", pt: "API do MikroTik")
            }
        }
    }

    package static let path = "/panel/devices"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("device", id.uuid, named: name) }
}

extension Device: Fielded {
    package static let noun = "Device"

    package static let fields: [Field<Device>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "d.name COLLATE \"und-x-icu\""),
        .choice("kind", \.kind, Message(es: "Tipo", en: "Kind", pt: "Tipo")).filtered(by: "d.kind"),
        .line("address", \.address, 0...50, Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")).hint(
            Message(
                es: "Debe estar en una de sus redes de equipos.", en: "It must be in one of your device networks.",
                pt: "Deve estar em uma das suas redes de equipamentos.")),
        .choice("method", \.method, Message(es: "Se vigila por", en: "Watched by", pt: "Vigiado por"))
            .filtered(by: "d.method").minor(),
        .secret(
            "community", \.community, upTo: 100,
            Message(es: "Comunidad SNMP", en: "SNMP community", pt: "Comunidade SNMP")
        ).hint(
            Message(
                es: "De solo lectura. No se muestra nunca; vacía, queda la que está guardada.",
                en: "Read-only. Never shown; empty, the one that is kept stays.",
                pt: "Somente leitura. Nunca é mostrada; vazia, fica a que está guardada.")),
        .line(
            "snmp_user", \.snmpUser, 0...32, Message(es: "Usuario SNMP v3", en: "SNMP v3 user", pt: "Usuário SNMP v3")
        ).only(in: [.form, .api, .record]),
        .secret(
            "snmp_password", \.snmpPassword, upTo: 100,
            Message(
                es: "Contraseña de autenticación v3", en: "v3 authentication password",
                pt: "Senha de autenticação v3")
        ).hint(
            Message(
                es: "De 8 letras o más. No se muestra nunca; vacía, quedan las que están guardadas.",
                en: "Of 8 letters or more. Never shown; empty, those that are kept stay.",
                pt: "De 8 letras ou mais. Nunca é mostrada; vazia, ficam as que estão guardadas.")),
        .secret(
            "snmp_privacy", \.snmpPrivacy, upTo: 100,
            Message(es: "Contraseña de privacidad v3", en: "v3 privacy password", pt: "Senha de privacidade v3")
        ).hint(
            Message(
                es: "Con ella todo va cifrado con AES-128. Se escribe junto con la otra.",
                en: "With it everything is encrypted by AES-128. It is written together with the other.",
                pt: "Com ela tudo vai cifrado com AES-128. Escreve-se junto com a outra.")),
        .count("port", \.port, 1...65535, Message(es: "Puerto SNMP", en: "SNMP port", pt: "Porta SNMP"))
            .only(in: [.form, .api, .record]),
        .reference("upstream", \.upstream, Message(es: "Cuelga de", en: "Hangs on", pt: "Depende de"))
            .only(in: [.form, .api, .record]).hint(
                Message(
                    es: "Si aquel se cae, este se cae con él.", en: "If that one fails, this one fails with it.",
                    pt: "Se aquele cai, este cai com ele.")),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona")).only(in: [.form, .api, .record])
            .filtered(by: "d.zone_id"),
        .flag("watched", \.isWatched, Message(es: "Vigilarlo", en: "Watch it", pt: "Vigiar"))
            .only(in: [.form, .api, .record]),
    ]
}

extension Device: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("router", router?.description)
            json.fields(of: self)
        }
    }
}

/// A device with what its polls showed, as lists show it.
package struct DeviceInState: Sendable {
    package let device: Device
    package let state: DeviceState

    static let fields: [Field<DeviceInState>] =
        Device.fields.map { $0.of(\.device) } + [
            .derived("state", \.state.standing, DeviceWords.state.message).filtered(by: "coalesce(t.state, 'unknown')"),
            Field("latency", .line(0...50), DeviceWords.latency.message) { row in
                .text(row.state.latencyText)
            },
        ]

    static let list = List<DeviceInState>(
        "devices", at: Device.path, DeviceWords.devices.message, of: fields, by: "name", key: "d.device_id",
        id: \.device.id.uuid, isSearchable: true)
}
