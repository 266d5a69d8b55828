import Addresses
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time
import Zones

/// A router that connects customers, with our sign-in.
package struct Router: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Router>

    package let id: ID
    /// Unique in the tenant; 0 before the router is added.
    package var number = 0
    package var name = ""
    package var address = ""
    package var port = 8728
    package var security = Security.plain
    package var login = ""
    /// The plain text of a password just typed; the stored one is encrypted and never read back here.
    package var password: String?
    package var zone: Zone.ID?
    package var cut = Cut.profile
    package var cutProfile = "Morosos"
    package var cutList = "morosos"
    /// A new router stays in shadow mode until a person has seen what would be sent.
    package var mode = Mode.shadow
    package internal(set) var isPaused = false

    package init(id: ID) { self.id = id }

    package enum Security: String, FieldChoice {
        case plain, tls
        case anonymousTLS = "anonymous_tls"

        package var message: Message {
            switch self {
            case .plain: Message(es: "Sin cifrar (api)", en: "Plain (api)", pt: "Sem criptografia (api)")
            case .tls:
                Message(
                    es: "TLS con certificado (api-ssl)", en: "TLS with a certificate (api-ssl)",
                    pt: "TLS com certificado (api-ssl)")
            case .anonymousTLS:
                Message(
                    es: "TLS sin certificado (api-ssl)", en: "TLS without a certificate (api-ssl)",
                    pt: "TLS sem certificado (api-ssl)")
            }
        }
    }

    package enum Mode: String, FieldChoice {
        case shadow, active

        package var message: Message {
            switch self {
            case .shadow: Message(es: "En sombra: solo mira", en: "In shadow: only looks", pt: "Em sombra: só olha")
            case .active:
                Message(
                    es: "Activo: corta y reconecta", en: "Active: cuts and reconnects",
                    pt: "Ativo: corta e reconecta")
            }
        }

        package var tone: Tone { self == .shadow ? .warning : .quiet }
    }

    /// How the router cuts PPPoE accounts.
    package enum Cut: String, FieldChoice {
        case profile, list, disable

        package var message: Message {
            switch self {
            case .profile:
                Message(es: "Perfil de morosos", en: "Profile of debtors", pt: "Perfil de inadimplentes")
            case .list:
                Message(es: "Lista de direcciones", en: "Address list", pt: "Lista de endereços")
            case .disable:
                Message(es: "Deshabilitar el secreto", en: "Disable the secret", pt: "Desabilitar o secret")
            }
        }
    }
}

extension Router: Fielded {
    package static let noun = "Router"

    package static let fields: [Field<Router>] = connection + cutting

    private static let connection: [Field<Router>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "r.name COLLATE \"und-x-icu\""),
        .line("address", \.address, 1...50, Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")).hint(
            Message(
                es: "Debe estar en una de sus redes de equipos.", en: "It must be in one of your device networks.",
                pt: "Deve estar em uma das suas redes de equipamentos.")),
        .port("port", \.port, Message(es: "Puerto de la API", en: "API port", pt: "Porta da API"))
            .only(in: [.form, .api, .record]),
        .choice("security", \.security, Message(es: "Cifrado", en: "Encryption", pt: "Criptografia"))
            .only(in: [.form, .api, .record]),
        .line("login", \.login, 1...100, Message(es: "Usuario", en: "User", pt: "Usuário"))
            .only(in: [.form, .api, .record]),
        .secret("password", \.password, upTo: 100, Message(es: "Contraseña", en: "Password", pt: "Senha")).hint(
            Message(
                es: "No se muestra nunca. Vacía, queda la que está guardada.",
                en: "Never shown. Empty, the one that is kept stays.",
                pt: "Nunca é mostrada. Vazia, fica a que está guardada.")),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona")).only(in: [.form, .api, .record])
            .filtered(by: "r.zone_id"),
        .choice("mode", \.mode, Message(es: "Modo", en: "Mode", pt: "Modo")).only(in: [.api, .record]),
    ]

    private static let cutting: [Field<Router>] = [
        .choice("cut", \.cut, Message(es: "Cómo corta", en: "How it cuts", pt: "Como corta"))
            .only(in: [.form, .api, .record]),
        .line(
            "cut_profile", \.cutProfile, 0...100,
            Message(es: "Perfil de morosos", en: "Profile of debtors", pt: "Perfil de inadimplentes")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "Como se llama en el router.", en: "As it is called on the router.",
                pt: "Como se chama no roteador.")),
        .line(
            "cut_list", \.cutList, 1...100,
            Message(es: "Lista de morosos", en: "List of debtors", pt: "Lista de inadimplentes")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "La lista que el firewall bloquea.", en: "The list that the firewall drops.",
                pt: "A lista que o firewall bloqueia.")),
    ]
}

extension Router: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("paused", isPaused)
            json.fields(of: self)
        }
    }
}

/// What contacts with a router have shown.
package struct RouterHealth: Sendable, Equatable {
    package var state = State.unknown
    package var identity = ""
    package var version = ""
    package var board = ""
    package var seenAt: Instant?
    /// Why the last contact failed.
    package var trouble = ""
    package var failures = 0
    package var restsUntil: Instant?
    /// When the whole router was last compared.
    package var comparedAt: Instant?
    package var unbound = 0

    package enum State: String, FieldChoice {
        case unknown, up, down, paused

        package var message: Message {
            switch self {
            case .unknown: Message(es: "Sin probar", en: "Not tried", pt: "Sem testar")
            case .up: Message(es: "Responde", en: "Answers", pt: "Responde")
            case .down: Message(es: "No responde", en: "Does not answer", pt: "Não responde")
            case .paused: Message(es: "En pausa", en: "Paused", pt: "Em pausa")
            }
        }

        package var tone: Tone {
            switch self {
            case .unknown: .quiet
            case .up: .good
            case .down: .bad
            case .paused: .warning
            }
        }
    }
}

/// A row of the router list.
struct RouterUse: Sendable {
    let router: Router
    let health: RouterHealth
    let services: Int

    static let fields: [Field<RouterUse>] =
        Router.fields.map { $0.of(\.router) } + [
            .derived("health", \.health.state, RouterWords.health.message).filtered(
                by: "CASE WHEN r.is_paused THEN 'paused' ELSE r.health END"),
            Field("version", .line(0...50), RouterWords.version.message) { .text($0.health.version) },
            .counted("services", \.services, RouterWords.services.message),
        ]

    static let list = List<RouterUse>(
        "routers", at: "/panel/routers", RouterWords.routers.message, of: fields, by: "name", id: \.router.id.uuid,
        isSearchable: true)
}

extension Router {
    package static let path = "/panel/routers"
    package var panelPath: String { "\(Self.path)/\(id)" }
}
