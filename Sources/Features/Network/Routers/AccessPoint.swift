import Identifiers
import JSON
import Locale
import Nouns
import Services
import Time
import Vault

/// How a service reaches the network: router, method and name.
package struct AccessPoint: Sendable, Equatable {
    package let service: Service.ID
    package var router: Router.ID?
    package var method = Method.pppoe
    package var name = ""
    /// The plain text of a password just typed; only its encrypted form is stored.
    package var password: String?
    package var address = ""
    package var profile = ""
    package internal(set) var revision = 0

    package init(service: Service.ID) { self.service = service }

    package enum Method: String, FieldChoice {
        case pppoe, queue, lease

        package var message: Message {
            switch self {
            case .pppoe: Message(es: "PPPoE", en: "PPPoE", pt: "PPPoE")
            case .queue:
                Message(
                    es: "IP fija con cola simple", en: "Fixed IP with a simple queue", pt: "IP fixo com fila simples")
            case .lease:
                Message(
                    es: "DHCP: IP fija por MAC", en: "DHCP: fixed IP by MAC", pt: "DHCP: IP fixo por MAC")
            }
        }
    }

    static func field(_ service: Service.ID) -> SecretField {
        SecretField("password", of: "access_points", row: service.uuid)
    }
}

extension AccessPoint: Fielded {
    package static let noun = "AccessPoint"

    package static let fields: [Field<AccessPoint>] = [
        .reference("router", \.router, Message(es: "Router", en: "Router", pt: "Roteador")),
        .choice("method", \.method, Message(es: "Método", en: "Method", pt: "Método")),
        .line(
            "name", \.name, 1...100,
            Message(
                es: "Usuario PPPoE, nombre de la cola o MAC", en: "PPPoE user, name of the queue or MAC",
                pt: "Usuário PPPoE, nome da fila ou MAC")
        ),
        .secret(
            "password", \.password, upTo: 100,
            Message(es: "Contraseña PPPoE", en: "PPPoE password", pt: "Senha PPPoE")
        ).hint(
            Message(
                es: "Solo hace falta si el secreto no existe todavía en el router.",
                en: "Needed only where the secret is not on the router yet.",
                pt: "Só é necessária se o secret ainda não existe no roteador.")),
        .line("address", \.address, 0...50, Message(es: "IP del cliente", en: "Customer's IP", pt: "IP do cliente"))
            .hint(
                Message(
                    es: "Obligatoria con cola simple o DHCP; en PPPoE, solo si es fija.",
                    en: "Required with a simple queue or DHCP; with PPPoE only where it is fixed.",
                    pt: "Obrigatório com fila simples ou DHCP; em PPPoE, só se for fixo.")),
        .line(
            "profile", \.profile, 0...100,
            Message(
                es: "Perfil mientras está activo", en: "Profile while it is active", pt: "Perfil enquanto está ativo")
        ).hint(
            Message(
                es: "Vacío: el del plan en este router o, si no hay, el que el secreto ya tenga.",
                en: "Empty: the plan's on this router or, if there is none, the one that the secret has.",
                pt: "Vazio: o do plano neste roteador ou, se não houver, o que o secret já tem.")),
    ]
}

extension AccessPoint: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("service", service.description)
            json.member("revision", revision)
            json.fields(of: self)
        }
    }
}
