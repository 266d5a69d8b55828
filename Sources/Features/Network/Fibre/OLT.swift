import Events
import FibreProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time
import Zones

/// An optical line terminal, with our sign-in.
package struct OLT: Sendable, Equatable {
    package typealias ID = Identifiers.ID<OLT>

    package let id: ID
    /// Unique in the tenant; 0 before it is added.
    package internal(set) var number = 0
    package var name = ""
    package var vendor = OLTVendor.huawei
    /// What its commands differ by; for ZTE `C600` or empty.
    package var firmware = ""
    package var address = ""
    package var port = 23
    package var login = ""
    /// Just typed; the stored ones are encrypted and never read back here.
    package var password: String?
    package var enablePassword: String?
    package var ports = ""
    package var weakPower = 27
    package var zone: Zone.ID?
    package var mode = Mode.shadow

    package init(id: ID) { self.id = id }

    package static let path = "/panel/olts"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("olt", id.uuid, named: name) }
    /// Empty where they cannot be read, which the form refuses.
    package var ponPorts: [PONPort] { PONPort.list(ports, for: vendor) ?? [] }

    package enum Mode: String, FieldChoice {
        case shadow, active

        package var message: Message {
            switch self {
            case .shadow: Message(es: "En sombra: solo mira", en: "In shadow: only looks", pt: "Em sombra: só olha")
            case .active:
                Message(
                    es: "Activa: autoriza, corta y reconecta", en: "Active: authorizes, cuts and reconnects",
                    pt: "Ativa: autoriza, corta e reconecta")
            }
        }

        package var tone: Tone { self == .shadow ? .warning : .quiet }
    }
}

extension OLTVendor: FieldChoice {
    package var message: Message {
        switch self {
        case .huawei: Message(es: "Huawei", en: "Huawei", pt: "Huawei")
        case .zte: Message(es: "ZTE", en: "ZTE", pt: "ZTE")
        case .vsol: Message(es: "V-SOL", en: "V-SOL", pt: "V-SOL")
        case .fiberhome: Message(es: "FiberHome", en: "FiberHome", pt: "FiberHome")
        }
    }
}

extension OLT: Fielded {
    package static let noun = "OLT"

    package static let fields: [Field<OLT>] = device + plant

    private static let device: [Field<OLT>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "o.name COLLATE \"und-x-icu\""),
        .choice("vendor", \.vendor, Message(es: "Marca", en: "Vendor", pt: "Marca")).filtered(by: "o.vendor"),
        .line(
            "firmware", \.firmware, 0...50,
            Message(es: "Familia o versión", en: "Family or version", pt: "Família ou versão")
        )
        .only(in: [.form, .api, .record]).hint(
            Message(
                es: "De ZTE, C600 si es de esa familia; vacío en las demás.",
                en: "Of ZTE, C600 where it is of that family; empty otherwise.",
                pt: "Da ZTE, C600 se é dessa família; vazio nas demais.")),
        .line("address", \.address, 1...50, Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")).hint(
            Message(
                es: "Debe estar en una de sus redes de equipos.", en: "It must be in one of your device networks.",
                pt: "Deve estar em uma das suas redes de equipamentos.")),
        .port("port", \.port, Message(es: "Puerto de Telnet", en: "Telnet port", pt: "Porta do Telnet"))
            .only(in: [.form, .api, .record]),
        .line("login", \.login, 1...100, Message(es: "Usuario", en: "User", pt: "Usuário"))
            .only(in: [.form, .api, .record]),
        .secret("password", \.password, upTo: 100, Message(es: "Contraseña", en: "Password", pt: "Senha")).hint(
            Message(
                es: "No se muestra nunca. Vacía, queda la que está guardada.",
                en: "Never shown. Empty, the one that is kept stays.",
                pt: "Nunca é mostrada. Vazia, fica a que está guardada.")),
        .secret(
            "enable_password", \.enablePassword, upTo: 100,
            Message(es: "Contraseña de enable", en: "Enable password", pt: "Senha de enable")
        ).hint(
            Message(
                es: "Si la OLT pide otra para el modo privilegiado.",
                en: "Where the OLT asks for another at the privileged level.",
                pt: "Se a OLT pede outra no modo privilegiado.")),
    ]

    private static let plant: [Field<OLT>] = [
        .line("ports", \.ports, 1...200, Message(es: "Puertos PON", en: "PON ports", pt: "Portas PON"))
            .only(in: [.form, .api, .record]).hint(
                Message(
                    es:
                        "Como los cuenta la OLT: 0/1/0-7 en Huawei, 1/1/1-16 en ZTE, 0/1-8 en V-SOL, 11/1-8 en FiberHome.",
                    en:
                        "As the OLT counts them: 0/1/0-7 on Huawei, 1/1/1-16 on ZTE, 0/1-8 on V-SOL, 11/1-8 on FiberHome.",
                    pt: "Como a OLT as conta: 0/1/0-7 na Huawei, 1/1/1-16 na ZTE, 0/1-8 na V-SOL, 11/1-8 na FiberHome.")
            ),
        .count(
            "weak_power", \.weakPower, 8...40,
            Message(es: "Señal débil desde (−dBm)", en: "Weak signal from (−dBm)", pt: "Sinal fraco a partir de (−dBm)")
        ).only(in: [.form, .api, .record]),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona")).only(in: [.form, .api, .record])
            .filtered(by: "o.zone_id"),
        .choice("mode", \.mode, Message(es: "Modo", en: "Mode", pt: "Modo")).filtered(by: "o.mode").hint(
            Message(
                es: "En sombra no se le manda nada: se ve qué se le mandaría.",
                en: "In shadow nothing is sent to it: you see what would be.",
                pt: "Em sombra nada lhe é enviado: vê-se o que seria.")),
    ]
}

extension OLT: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

/// What contacts with an OLT have shown.
package struct OLTHealth: Sendable, Equatable {
    package enum State: String, FieldChoice {
        case unknown, up, down

        package var message: Message {
            switch self {
            case .unknown: Message(es: "Sin probar", en: "Not tried", pt: "Sem testar")
            case .up: Message(es: "Responde", en: "Answers", pt: "Responde")
            case .down: Message(es: "No responde", en: "Does not answer", pt: "Não responde")
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

    package var state = State.unknown
    package var model = ""
    package var version = ""
    package var seenAt: Instant?
    package var trouble = ""
    package var failures = 0
    package var restsUntil: Instant?
    /// When it first showed none of the ONUs that it had, where it has shown none since.
    var emptiedAt: Instant?
    package var comparedAt: Instant?
    /// Milliseconds that reading all of it took.
    package var comparedIn: Int?
}

/// A row of the list of OLTs.
package struct OLTUse: Sendable {
    package let olt: OLT
    package let health: OLTHealth
    let units: Int
    let online: Int

    static let fields: [Field<OLTUse>] =
        OLT.fields.map { $0.of(\.olt) } + [
            .derived("health", \.health.state, FibreWords.state.message).filtered(by: "o.health"),
            .counted("units", \.units, FibreWords.units.message),
            .counted("online", \.online, FibreWords.online.message),
        ]

    static let list = List<OLTUse>(
        "olts", at: OLT.path, FibreWords.olts.message, of: fields, by: "name", key: "o.olt_id", id: \.olt.id.uuid,
        isSearchable: true)
}

extension OLT: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("olt_id"))
        number = try row.read("number")
        name = try row.read("name")
        vendor = try row.word("vendor")
        firmware = try row.read("firmware")
        address = try row.read("address")
        let (port, weak): (Int32, Int32) = (try row.read("port"), try row.read("weak_power"))
        (self.port, weakPower) = (Int(port), -Int(weak))
        login = try row.read("login")
        ports = try row.read("ports")
        zone = try row.read("zone_id")
        mode = try row.word("mode")
    }
}

extension OLTHealth: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        state = try row.word("health")
        model = try row.read("model")
        version = try row.read("version")
        seenAt = try row.read("seen_at")
        trouble = try row.read("trouble")
        let failures: Int32 = try row.read("failures")
        self.failures = Int(failures)
        restsUntil = try row.read("rests_until")
        emptiedAt = try row.read("emptied_at")
        comparedAt = try row.read("compared_at")
        let span: Int32? = try row.read("compared_in")
        comparedIn = span.map { Int($0) }
    }
}

extension OLTUse: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        olt = try OLT(row: row)
        health = try OLTHealth(row: row)
        (units, online) = (try row.read("units"), try row.read("online"))
    }
}
